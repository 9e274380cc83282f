"""Which words each period of the archive speaks of, and which of them rise or fall.

An article speaks of a word that stands in its title or at least twice in its text, and then counts
once: what one long article repeats is no trend, nor is what is said in passing. Two periods are
compared by the logarithm of the odds that an article has the word, with half an article added to
every count (Haldane, 1956; Anscombe, 1956), divided by its standard error: a word that stands in
one article of a small issue does not outweigh one that has risen from ten to thirty.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from bulletin_site.content.model import Archive
from bulletin_site.pages.words import Period, Trends, has_trends, told_by_years
from bulletin_site.search.collection import Collection, Postings
from bulletin_site.search.documents import BODY, FIELDS, TITLE
from bulletin_site.search.segment import Segmenter

MOST_RISING = 10
MOST_FALLING = 6
MOST_OF_PERIOD = 8
_HALF = 0.5
_CLEARLY = 1.0
"""In standard errors."""


def trends(
    archive: Archive, collection: Collection, postings: Postings, segmenter: Segmenter
) -> Trends:
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
    sizes = np.array([articles for _, _, articles in periods])
    numbers, counts = _counts(collection, postings, sizes)
    subjects = [segmenter.is_subject(collection.terms[number]) for number in numbers]
    numbers, counts = numbers[subjects], counts[subjects]
    words = [collection.terms[number] for number in numbers]
    common = [segmenter.commonness(word) for word in words]
    scores = _scores(counts, sizes)
    latest = scores[:, -1]
    rising = _best(latest, words, common, MOST_RISING)
    falling = _best(-latest, words, common, MOST_FALLING)
    shown = [
        Period(
            key=key,
            name=name,
            articles=articles,
            words=_best(of_period, words, common, MOST_OF_PERIOD),
        )
        for (key, name, articles), of_period in zip(periods, scores.T, strict=True)
    ]
    place = {word: at for at, word in enumerate(words)}
    named = {*rising, *falling}
    return Trends(
        by_year=by_year,
        periods=tuple(shown),
        rising=rising,
        falling=falling,
        counts={word: tuple(counts[place[word]].tolist()) for word in sorted(named)},
    )


def _counts(
    collection: Collection, postings: Postings, sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of which at least two articles speak and at most half of them, and how many do in
    each period."""
    documents = len(collection.ids)
    title, body = (postings.field == FIELDS.index(name) for name in (TITLE, BODY))
    held = title | (body & (postings.count > 1))
    pairs = np.sort(postings.term[held] * documents + postings.document[held])
    term, document = np.divmod(pairs[np.diff(pairs, prepend=-1) != 0], documents)
    articles = np.bincount(term, minlength=len(collection.terms))
    numbers = np.flatnonzero((articles > 1) & (articles <= max(2, documents / 2)))
    period = np.repeat(np.arange(len(sizes)), sizes)[document]
    every = np.bincount(term * len(sizes) + period, minlength=len(collection.terms) * len(sizes))
    return numbers, every.reshape(-1, len(sizes))[numbers]


def _scores(counts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of each word, for each period against all others: the logarithm of the odds ratio in standard
    errors."""
    here, rest = counts, counts.sum(axis=1, keepdims=True) - counts
    cells = [here, sizes - here, rest, (sizes.sum() - sizes) - rest]
    a, b, c, d = (cell + _HALF for cell in cells)
    scores: NDArray[np.float64] = np.log(a * d / (b * c)) / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return scores


def _best(
    scores: NDArray[np.float64], words: Sequence[str], common: Sequence[int], most: int
) -> tuple[str, ...]:
    """The words with the highest scores, of equal ones the rarest; of words inside of one another
    (数据, 大数据) the first."""
    order = sorted(
        np.flatnonzero(scores > _CLEARLY).tolist(),
        key=lambda at: (-round(float(scores[at]), 6), common[at], words[at]),
    )
    chosen: list[str] = []
    for at in order:
        if len(chosen) == most:
            break
        if not any(words[at] in other or other in words[at] for other in chosen):
            chosen.append(words[at])
    return tuple(chosen)
