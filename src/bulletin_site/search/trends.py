"""Which words each period of the archive speaks of, and which of them rise or fall.

An article speaks of a word that stands in its title or at least twice in its text, and then counts
once: what one long article repeats is no trend, nor is what is said in passing. Two periods are
compared by the logarithm of the odds that an article has the word, with half an article added to
every count (Haldane, 1956; Anscombe, 1956), divided by its standard error: a word that stands in
one article of a small issue does not outweigh one that has risen from ten to thirty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from bulletin_site.content.model import Archive
from bulletin_site.pages.words import Period, Trends, has_trends, told_by_years
from bulletin_site.search.collection import Collection, sizes, texts
from bulletin_site.search.documents import BODY, FIELDS, TITLE
from bulletin_site.search.subjects import Subjects

MOST_RISING = 10
MOST_FALLING = 6
MOST_OF_PERIOD = 8
_HALF = 0.5
_CLEARLY = 1.0
"""In standard errors."""
_NEVER = 0xFFFFFFFF


def trends(archive: Archive, collection: Collection, subjects: Subjects) -> Trends:
    """The words of all periods. Nothing is said of an archive of one period."""
    if not has_trends(archive):
        return Trends()
    by_year = told_by_years(archive)
    periods = [
        (key, f"{key}年" if by_year else group[0].name, sum(len(i.articles) for i in group))
        for key, issues in groupby(
            archive.issues, key=lambda issue: str(issue.date.year) if by_year else issue.id
        )
        for group in (list(issues),)
    ]
    in_periods = np.array([articles for _, _, articles in periods])
    numbers, counts = _counts(collection, in_periods)
    words = [collection.columns.terms[number] for number in numbers.tolist()]
    scores = _scores(counts, in_periods)
    latest = scores[:, -1]
    rising = _best(latest, words, subjects, MOST_RISING)
    falling = _best(-latest, words, subjects, MOST_FALLING)
    shown = [
        Period(
            key=key,
            name=name,
            articles=articles,
            words=_best(of_period, words, subjects, MOST_OF_PERIOD),
        )
        for (key, name, articles), of_period in zip(periods, scores.T, strict=True)
    ]
    named = {*rising, *falling}
    place = {word: at for at, word in enumerate(words) if word in named}
    return Trends(
        by_year=by_year,
        periods=tuple(shown),
        rising=rising,
        falling=falling,
        counts={word: tuple(counts[place[word]].tolist()) for word in sorted(named)},
    )


def _counts(
    collection: Collection, in_periods: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of which at least two articles speak and at most half of them, and how many do in
    each period."""
    columns, documents = collection.columns, len(collection.ids)
    least = np.array([{TITLE: 1, BODY: 2}.get(name, _NEVER) for name in FIELDS], dtype=np.uint32)
    held = np.flatnonzero(
        columns.whole >= np.repeat(np.tile(least, documents), sizes(columns.bounds))
    )
    pairs = np.sort(columns.term[held] * np.int64(documents) + texts(columns)[held] // len(FIELDS))
    term, document = np.divmod(pairs[np.diff(pairs, prepend=-1) != 0], documents)
    speaking = np.bincount(term, minlength=len(columns.terms))
    is_word = (speaking > 1) & (speaking <= max(2, documents / 2))
    numbers = np.flatnonzero(is_word)
    word = (np.cumsum(is_word) - 1)[term[is_word[term]]]
    periods = len(in_periods)
    period = np.repeat(np.arange(periods), in_periods)[document[is_word[term]]]
    every = np.bincount(word * periods + period, minlength=len(numbers) * periods)
    return numbers, every.reshape(-1, periods)


def _scores(counts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of each word, for each period against all others: the logarithm of the odds ratio in standard
    errors."""
    here, rest = counts, counts.sum(axis=1, keepdims=True) - counts
    cells = [here, sizes - here, rest, (sizes.sum() - sizes) - rest]
    a, b, c, d = (cell + _HALF for cell in cells)
    scores: NDArray[np.float64] = np.log(a * d / (b * c)) / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return scores


def _best(
    scores: NDArray[np.float64], words: Sequence[str], subjects: Subjects, most: int
) -> tuple[str, ...]:
    """The subjects with the highest scores, of equal ones the rarest; of words inside of one
    another (数据, 大数据) the first."""
    chosen: list[str] = []
    for word in _ordered(scores, words, subjects):
        if len(chosen) == most:
            break
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen)


def _ordered(
    scores: NDArray[np.float64], words: Sequence[str], subjects: Subjects
) -> Iterator[str]:
    """Nothing is asked of words that come after those that are wanted: that takes a dictionary."""
    rounded = np.round(scores, 6)
    clear = np.flatnonzero(scores > _CLEARLY)
    order = clear[np.argsort(-rounded[clear], kind="stable")]
    for _, equal in groupby(order.tolist(), key=rounded.__getitem__):
        of_subjects = (words[at] for at in equal if subjects.is_subject(words[at]))
        yield from sorted(of_subjects, key=lambda word: (subjects.commonness(word), word))
