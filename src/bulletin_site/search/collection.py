"""All documents together: which word stands in which field of which document, and how often.

Arrays and not objects: an archive of ten thousand articles has three million such facts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
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


def _numbers(column: array[int]) -> Numbers:
    return np.frombuffer(column, dtype=np.int64) if column else np.zeros(0, dtype=np.int64)
