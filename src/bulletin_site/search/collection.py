"""All documents together: which word stands in which field of which document, and how often.

Arrays and not objects: an archive of ten thousand articles has three million such facts.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bulletin_site.search.documents import FIELDS, Document

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Four columns, in the order of term, field and document. `count` is how often the term stands
    in that field of that document (tf)."""

    term: Numbers
    field: Numbers
    document: Numbers
    count: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A document's number is its place in printed order, a field's its place in `FIELDS`; terms are
    numbered in the order in which they first occur, as lunr numbers them. `literals` and `lengths`
    (in words) are by field, then by document."""

    ids: Sequence[str]
    years: Sequence[int]
    literals: Sequence[Sequence[str]]
    lengths: Numbers
    terms: Sequence[str]
    postings: Postings


def collect(documents: Iterable[Document]) -> Collection:
    """Number the terms of all documents and sort what is known of them."""
    ids: list[str] = []
    years: list[int] = []
    literals: list[list[str]] = [[] for _ in FIELDS]
    lengths = array("q")
    numbers: dict[str, int] = {}
    terms, counts, distinct = array("q"), array("q"), array("q")
    for document in documents:
        ids.append(document.id)
        years.append(document.year)
        for position, field in enumerate(document.fields):
            literals[position].append(field.literal)
            lengths.append(field.length)
            distinct.append(len(field.counts))
            terms.extend([numbers.setdefault(word, len(numbers)) for word in field.counts])
            counts.extend(field.counts.values())
    return Collection(
        ids=ids,
        years=years,
        literals=literals,
        lengths=_numbers(lengths).reshape(-1, len(FIELDS)).T,
        terms=list(numbers),
        postings=_postings(_numbers(terms), _numbers(counts), _numbers(distinct)),
    )


def _postings(terms: Numbers, counts: Numbers, distinct: Numbers) -> Postings:
    """From what stands in the first field of the first document, in its second, and so on."""
    document, field = np.divmod(np.repeat(np.arange(len(distinct)), distinct), len(FIELDS))
    order = np.argsort(terms * len(FIELDS) + field, kind="stable")
    return Postings(
        term=terms[order], field=field[order], document=document[order], count=counts[order]
    )


def whole_words(collection: Collection, is_known: Callable[[str], bool]) -> Postings:
    """The postings without the words that were counted inside of longer ones only: a search for
    数据 finds 大数据, but an article about 大数据 does not speak of 数据 besides."""
    longer, inside = _inner_words(collection.terms, is_known)
    held, fields, documents = collection.postings, len(FIELDS), len(collection.ids)
    bounds = np.searchsorted(longer, np.arange(len(collection.terms) + 1))
    times = (bounds[1:] - bounds[:-1])[held.term]
    # For each posting of a longer word one for each word inside of it, to be taken away.
    which = np.repeat(np.arange(len(times)), times)
    place = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    parts = inside[bounds[:-1][held.term[which]] + place]
    keys = np.concatenate(
        [
            (held.term * fields + held.field) * documents + held.document,
            (parts * fields + held.field[which]) * documents + held.document[which],
        ]
    )
    counts = np.concatenate([held.count, -held.count[which]])
    order = np.argsort(keys, kind="stable")
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    left = np.add.reduceat(counts[order], first) if len(first) else counts
    kept = left > 0
    both, document = np.divmod(keys[order][first][kept], max(1, documents))
    term, field = np.divmod(both, fields)
    return Postings(term=term, field=field, document=document, count=left[kept])


def _inner_words(terms: Sequence[str], is_known: Callable[[str], bool]) -> tuple[Numbers, Numbers]:
    """Pairs of a term and a shorter one that was counted inside of it: of two or three characters
    and known to jieba, as `segment` counts them."""
    numbers = {term: number for number, term in enumerate(terms)}
    longer, inside = array("q"), array("q")
    for number, term in enumerate(terms):
        for length in (2, 3):
            for start in range(len(term) - length + 1 if len(term) > length else 0):
                part = numbers.get(term[start : start + length])
                if part is not None and is_known(terms[part]):
                    longer.append(number)
                    inside.append(part)
    return _numbers(longer), _numbers(inside)


def _numbers(column: array[int]) -> Numbers:
    return np.frombuffer(column, dtype=np.int64) if column else np.zeros(0, dtype=np.int64)
