"""Which earlier articles an article is related to, and by which words.

Every article is compared with what was printed up to its own issue, with the weights that words had
then (tf–idf, cosine of the angle between two articles; Salton and Buckley, 1988). So an issue that
is published later changes nothing that is said about the past, and no page of the past.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

import msgspec
import numpy as np
from numpy.typing import NDArray

from bulletin_site.batch import key
from bulletin_site.cache import Cache
from bulletin_site.pages.words import Related
from bulletin_site.search.collection import Collection, Columns, Numbers, ranges, sizes, texts
from bulletin_site.search.documents import BODY, FIELDS, TITLE
from bulletin_site.search.segment import is_telling

MOST = 4
"""So many related articles at most."""
MOST_WORDS = 3
"""So many words at most say why."""
_TITLE_WEIGHT = 3
_TELLING = 16
"""An article is compared by so many of its words: those that tell most about it."""
_LATEST = 500
"""Of the articles that have a word, so many are looked at: the latest."""
_BITS = 32
"""Of a document or an entry, next to another number."""
_LEAST = 0.05
"""Below this cosine two articles only happen to use the same words."""

Weights = NDArray[np.float64]


class _Compared(msgspec.Struct, array_like=True):
    """What became of an issue. `made_from`: a hash of it and of all issues before; `squares` of the
    lengths of its articles as vectors."""

    made_from: bytes
    related: list[tuple[Related, ...]]
    squares: list[float]


def related_articles(collection: Collection, cache: Cache) -> dict[str, tuple[Related, ...]]:
    """The related articles of each article by its id, the nearest first. What the cache knows is
    taken over up to the first issue that is not as it was."""
    name = key("related")
    kept = cache.get(name)
    known = msgspec.msgpack.decode(kept, type=list[_Compared]) if kept is not None else []
    issues = list(_issues(collection.ids))
    chain = list(_chain(collection, issues))
    both = zip(known, chain, strict=False)
    compared = [issue for issue, _ in takewhile(lambda pair: pair[0].made_from == pair[1], both)]
    if len(compared) < max(len(known), len(issues)):
        compared += _compared(collection, issues, chain, compared)
        cache.put(name, msgspec.msgpack.encode(compared))
    related = (each for issue in compared for each in issue.related)
    return dict(zip(collection.ids, related, strict=True))


def _issues(ids: Sequence[str]) -> Iterator[range]:
    """The documents of each issue."""
    first = 0
    for _, group in groupby(ids, key=lambda id_: id_.rpartition("/")[0]):
        numbers = range(first, first + sum(1 for _ in group))
        yield numbers
        first = numbers.stop


def _chain(collection: Collection, issues: Sequence[range]) -> Iterator[bytes]:
    """For each issue a hash of it and of all before."""
    before = b""
    for numbers in issues:
        digest = hashlib.sha256(before)
        for number in numbers:
            digest.update(collection.ids[number].encode() + b"\0")
            digest.update(collection.columns.digests[number])
        before = digest.digest()
        yield before


def _compared(
    collection: Collection,
    issues: Sequence[range],
    chain: Sequence[bytes],
    before: Sequence[_Compared],
) -> Iterator[_Compared]:
    """Compare the issues that come after those that were compared before."""
    todo = issues[len(before) :]
    if not todo:
        return
    words = _words(collection, issues, todo[0].start)
    squares = np.bincount(words.document, words.weight**2, len(collection.ids))
    squares[: todo[0].start] = [square for issue in before for square in issue.squares]
    lengths = np.sqrt(np.where(squares > 0, squares, 1))
    for numbers, made_from in zip(todo, chain[len(before) :], strict=True):
        yield _Compared(
            made_from=made_from,
            related=_nearest(numbers, collection, words, lengths),
            squares=squares[numbers.start : numbers.stop].tolist(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Words of texts and titles together, by term and document."""

    term: Numbers
    document: Numbers
    weight: Weights
    standing: Numbers
    """How many documents have the term up to the end of the document's issue."""
    of_term: Numbers
    """Where the entries of each term begin."""
    by_document: Numbers
    """The entries of the documents that are compared, by document and term."""
    of_document: Numbers
    """Where those of each document begin."""


def _words(collection: Collection, issues: Sequence[range], first: int) -> _Words:
    """The telling words that stand in any document from `first` on."""
    columns, documents = collection.columns, len(collection.ids)
    held = np.flatnonzero(_telling(columns, first)[columns.term] & (columns.whole > 0))
    of_held, field = np.divmod(texts(columns)[held], len(FIELDS))
    times = np.array([{BODY: 1, TITLE: _TITLE_WEIGHT}.get(name, 0) for name in FIELDS])
    counted = columns.whole[held] * times[field]
    compared = np.flatnonzero(counted)
    both = columns.term[held[compared]].astype(np.int64) << _BITS | of_held[compared]
    order = np.argsort(both)
    both, counted = both[order], counted[compared[order]]
    starts = np.flatnonzero(np.diff(both, prepend=-1))
    counts = np.add.reduceat(counted, starts) if len(starts) else counted
    term, document = both[starts] >> _BITS, both[starts] & ((1 << _BITS) - 1)
    of_term = np.searchsorted(term, np.arange(len(columns.terms) + 1))
    lasts = np.repeat([numbers.stop - 1 for numbers in issues], [len(n) for n in issues])
    last = lasts[document]
    # Entries of a term in the same issue stand together.
    ends = np.append(np.flatnonzero(np.diff(term) | np.diff(last)) + 1, len(term))
    standing = np.repeat(ends, sizes(ends)) - of_term[term]
    logarithm = np.log(np.arange(1, 2 + max(documents, int(counts.max(initial=0)))))
    own = np.flatnonzero(document >= first)
    own = own[np.argsort(document[own] << _BITS | own)]
    return _Words(
        term=term,
        document=document,
        weight=(1 + logarithm[counts - 1]) * (logarithm[last + 1] - logarithm[standing - 1]),
        standing=standing,
        of_term=of_term,
        by_document=own,
        of_document=np.searchsorted(document[own], np.arange(documents + 1)),
    )


def _telling(columns: Columns, first: int) -> NDArray[np.bool_]:
    """Which terms stand in documents from `first` on and can say what they are about."""
    start = columns.bounds[first * len(FIELDS) - 1] if first else 0
    telling = np.zeros(len(columns.terms), dtype=np.bool_)
    telling[columns.term[start:]] = True
    found = np.flatnonzero(telling)
    telling[found] = [is_telling(columns.terms[number]) for number in found.tolist()]
    return telling


def _nearest(
    numbers: range, collection: Collection, words: _Words, lengths: Weights
) -> list[tuple[Related, ...]]:
    """The related articles of the articles of an issue."""
    own = _own(numbers, words)
    end = words.of_term[words.term[own]] + words.standing[own]
    start = np.maximum(words.of_term[words.term[own]], end - _LATEST)
    found = ranges(start, end)
    by = np.repeat(own, end - start)
    other = words.document[found] != words.document[by]
    found, by = found[other], by[other]
    shares = words.weight[by] * words.weight[found]
    # A row for each article of the issue, a column for each of the archive until then.
    pairs = (words.document[by] - numbers.start) * numbers.stop + words.document[found]
    shape = (len(numbers), numbers.stop)
    products = np.bincount(pairs, shares, len(numbers) * numbers.stop).reshape(shape)
    own_lengths = lengths[numbers.start : numbers.stop, None]
    best = _best(products / lengths[: numbers.stop] / own_lengths)
    is_best = np.zeros(shape, dtype=np.bool_)
    is_best[best] = True
    chosen = np.flatnonzero(is_best.ravel()[pairs])
    shared: dict[int, list[tuple[float, int]]] = {}
    for pair, share, term in zip(
        pairs[chosen].tolist(),
        shares[chosen].tolist(),
        words.term[found[chosen]].tolist(),
        strict=True,
    ):
        shared.setdefault(pair, []).append((-share, term))
    related: list[list[Related]] = [[] for _ in numbers]
    for row, column in zip(*(each.tolist() for each in best), strict=True):
        terms = sorted(shared[row * numbers.stop + column], key=lambda each: each[0])
        if len(terms) > 1:
            names = _distinct([collection.columns.terms[term] for _, term in terms])
            related[row].append(Related(article_id=collection.ids[column], words=names))
    return [tuple(each) for each in related]


def _own(numbers: range, words: _Words) -> Numbers:
    """The entries of the words that tell most about each document, those first."""
    start, end = words.of_document[[numbers.start, numbers.stop]]
    entries = words.by_document[start:end]
    order = np.lexsort((-words.weight[entries], words.document[entries]))
    of_document = words.of_document[numbers.start : numbers.stop]
    rank = np.arange(start, end) - np.repeat(
        of_document, np.diff(words.of_document[numbers.start : numbers.stop + 1])
    )
    own: Numbers = entries[order][rank < _TELLING]
    return own


def _best(cosines: Weights) -> tuple[Numbers, Numbers]:
    """In each row the columns with the highest cosines, of equally near ones the latest; processors
    do not agree on the last digits."""
    row, column = np.nonzero(cosines >= _LEAST)
    order = np.lexsort((-column, -np.round(cosines[row, column], 9), row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    return row[rank < MOST], column[rank < MOST]


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """The first words, without those that stand inside of another (数据 in 大数据)."""
    whole = [word for word in words if not any(word != other and word in other for other in words)]
    return tuple(whole[:MOST_WORDS])
