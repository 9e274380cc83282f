"""Which earlier articles an article is related to, and by which words.

Every article is compared with what was printed up to its own issue, with the weights that words had
then (tf–idf, cosine of the angle between two articles; Salton and Buckley, 1988). So an issue that
is published later changes nothing that is said about the past, and no page of the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bulletin_site.pages.words import Related
from bulletin_site.search.collection import Collection, Numbers, Postings
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
_LEAST = 0.05
"""Below this cosine two articles only happen to use the same words."""

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Words of texts and titles together, by term and document, then again by document."""

    term: Numbers
    document: Numbers
    weight: Weights
    standing: Numbers
    """How many documents have the term up to the end of the document's issue."""
    of_term: Numbers
    """Where the entries of each term begin."""
    by_document: Numbers
    of_document: Numbers


def related_articles(collection: Collection, postings: Postings) -> dict[str, tuple[Related, ...]]:
    """The related articles of each article by its id, the nearest first."""
    telling = np.array([is_telling(term) for term in collection.terms], dtype=bool)
    columns = _columns(collection, postings, telling)
    squares = np.bincount(columns.document, columns.weight**2, len(collection.ids))
    lengths = np.sqrt(np.where(squares > 0, squares, 1))
    return {
        id_: tuple(_nearest(number, collection, columns, lengths))
        for number, id_ in enumerate(collection.ids)
    }


def _columns(collection: Collection, postings: Postings, telling: NDArray[np.bool_]) -> _Columns:
    documents = len(collection.ids)
    times = {BODY: 1, TITLE: _TITLE_WEIGHT}
    factor = np.array([times.get(name, 0) for name in FIELDS])[postings.field]
    held = np.flatnonzero((factor > 0) & telling[postings.term])
    both = postings.term[held] * documents + postings.document[held]
    order = np.argsort(both, kind="stable")
    first = np.diff(both[order], prepend=-1) != 0
    keys = both[order][first]
    counts = np.add.reduceat((postings.count * factor)[held][order], np.flatnonzero(first))
    term, document = np.divmod(keys, documents)
    of_term = np.searchsorted(term, np.arange(len(collection.terms) + 1))
    last = _last_of_issue(collection.ids)[document]
    standing = np.searchsorted(keys, term * documents + last, side="right") - of_term[term]
    by_document = np.argsort(document, kind="stable")
    return _Columns(
        term=term,
        document=document,
        weight=(1 + np.log(counts)) * np.log((last + 2) / standing),
        standing=standing,
        of_term=of_term,
        by_document=by_document,
        of_document=np.searchsorted(document[by_document], np.arange(documents + 1)),
    )


def _last_of_issue(ids: Sequence[str]) -> Numbers:
    """For each document the number of the last one in its issue."""
    issues = [id_.rpartition("/")[0] for id_ in ids]
    lasts = {issue: number for number, issue in enumerate(issues)}
    return np.array([lasts[issue] for issue in issues], dtype=np.int64)


def _nearest(
    number: int, collection: Collection, columns: _Columns, lengths: Weights
) -> Iterator[Related]:
    start, end = columns.of_document[number : number + 2]
    own = columns.by_document[start:end]
    own = own[np.argsort(-columns.weight[own], kind="stable")[:_TELLING]]
    entries = [_others(entry, number, columns) for entry in own.tolist()]
    if not entries:
        return
    found = np.concatenate(entries)
    shares = np.repeat(columns.weight[own], [len(each) for each in entries]) * columns.weight[found]
    others = columns.document[found]
    cosines = np.bincount(others, shares) / (lengths[: others.max(initial=0) + 1] * lengths[number])
    # Of equally near ones the latest.
    for other in np.lexsort((-np.arange(len(cosines)), -cosines))[:MOST].tolist():
        shared = found[others == other]
        if cosines[other] < _LEAST or len(shared) < 2:
            continue
        best = shared[np.argsort(-shares[others == other], kind="stable")]
        words = _distinct([collection.terms[term] for term in columns.term[best].tolist()])
        yield Related(article_id=collection.ids[other], words=words)


def _others(entry: int, number: int, columns: _Columns) -> Numbers:
    """The entries of a term in other documents up to the end of the issue, the latest of them."""
    begin = int(columns.of_term[columns.term[entry]])
    end = begin + int(columns.standing[entry])
    entries = np.arange(max(begin, end - _LATEST), end)
    other: NDArray[np.bool_] = columns.document[entries] != number
    return entries[other]


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """The first words, without those that stand inside of another (数据 in 大数据)."""
    whole = [word for word in words if not any(word != other and word in other for other in words)]
    return tuple(whole[:MOST_WORDS])
