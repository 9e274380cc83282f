"""The complete index as lunr.js 2.3.9 loads it, and the scores in it.

The same as lunr.py's builder makes with lists of words and empty pipelines, byte for byte (a test
holds the two against each other), from counts instead of tokens and in a fraction of the time: the
builder looks at every character of every token and inserts into sorted vectors one by one.

A term's weight in a field of a document is BM25 (Robertson and Zaragoza, 2009) as lunr computes it:
idf × (k1 + 1) × tf / (k1 × (1 − b + b × length / average length) + tf) × boost, rounded to three
decimals, with k1 = 1.2, b = 0.75 and idf = ln(1 + |(N − n + 0.5) / (n + 0.5)|), where n counts the
fields, not the documents, that have the term.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bulletin_site.search.collection import Collection, Numbers
from bulletin_site.search.columns import distinct, joined, numerals, quoted
from bulletin_site.search.documents import BODY, FIELDS, SOURCE, TITLE

VERSION = "2.3.9"
BOOSTS = {BODY: 1, TITLE: 5, SOURCE: 2}
_K1, _B = 1.2, 0.75


def scores(collection: Collection) -> Numbers:
    """The weight of every posting in thousandths."""
    postings, lengths = collection.postings, collection.lengths
    fields = np.bincount(postings.term, minlength=len(collection.terms))
    idf = np.array([_idf(int(n), len(collection.ids)) for n in fields])
    boosts = np.array([BOOSTS[name] for name in FIELDS])
    # In the order of lunr's own operations: another order rounds differently.
    with np.errstate(invalid="ignore"):  # a field that is empty everywhere has no postings
        norms = _K1 * (1 - _B + _B * (lengths / np.array(averages(collection))[:, None]))
    norm, tf = norms[postings.field, postings.document], postings.count
    weights = idf[postings.term] * ((_K1 + 1) * tf) / (norm + tf) * boosts[postings.field]
    return thousandths(weights)


def averages(collection: Collection) -> list[float]:
    """The average length of each field, in words."""
    return [float(of_field.sum() / max(1, len(of_field))) for of_field in collection.lengths]


def _idf(fields: int, documents: int) -> float:
    return math.log(1 + abs((documents - fields + 0.5) / (fields + 0.5)))


def thousandths(weights: NDArray[np.float64]) -> Numbers:
    """Rounded as Python rounds decimals. Where a product is about half-way it cannot be trusted."""
    products = weights * 1000
    rounded = np.rint(products).astype(np.int64)
    for at in np.flatnonzero(np.abs(products - np.floor(products) - 0.5) < 1e-6):
        rounded[at] = round(round(float(weights[at]), 3) * 1000)
    return rounded


def index_json(collection: Collection, scores: Numbers, numbers: range | None = None) -> str:
    """lunr's serialized form, of all documents or of those with some numbers."""
    chosen = numbers if numbers is not None else range(len(collection.ids))
    postings = collection.postings
    held = np.flatnonzero((postings.document >= chosen.start) & (postings.document < chosen.stop))
    term, field = postings.term[held], postings.field[held]
    document, score = postings.document[held] - chosen.start, scores[held]
    ids = [quoted(collection.ids[number]) for number in chosen]
    fields = ",".join(quoted(name) for name in FIELDS)
    vectors = ",".join(_vectors(ids, term, document * len(FIELDS) + field, score))
    inverted = ",".join(_inverted(ids, collection.terms, term, field, document))
    return (
        f'{{"version":"{VERSION}","fields":[{fields}],"fieldVectors":[{vectors}],'
        f'"invertedIndex":[{inverted}],"pipeline":[]}}'
    )


def _vectors(ids: Sequence[str], term: Numbers, vector: Numbers, score: Numbers) -> list[str]:
    """A line for each field of each document: its terms in order of their numbers, with their
    scores."""
    order = np.argsort(vector, kind="stable")
    known, place = np.unique(score[order], return_inverse=True)
    shown = np.array([str(score / 1000) for score in known.tolist()], dtype=object)
    entries = np.empty((len(order), 2), dtype=object)
    entries[:, 0] = numerals(term[order])
    entries[:, 1] = shown[place] if len(place) else shown
    lists = joined(entries, vector[order], len(ids) * len(FIELDS))
    names = (f'"{name}/{id_[1:]}' for id_ in ids for name in FIELDS)
    return [f"[{name},[{entries}]]" for name, entries in zip(names, lists, strict=True)]


def _inverted(
    ids: Sequence[str], terms: Sequence[str], term: Numbers, field: Numbers, document: Numbers
) -> list[str]:
    """A line for each term that stands somewhere.

    lunr.js compares terms by UTF-16 code units and throws on any other order; Python's order
    differs where a character beyond the BMP meets one above the surrogates."""
    refs = np.array([f"{id_}:{{}}" for id_ in ids], dtype=object)
    lists = joined(refs[document], term * len(FIELDS) + field, len(terms) * len(FIELDS))
    names = [f'"{name}":{{' for name in FIELDS]
    lines = []
    standing = distinct(term).tolist()
    for number in sorted(standing, key=lambda number: terms[number].encode("utf-16-be")):
        at = number * len(FIELDS)
        of_term = "},".join(
            name + list_ for name, list_ in zip(names, lists[at : at + len(FIELDS)], strict=True)
        )
        lines.append(f'[{quoted(terms[number])},{{{of_term}}},"_index":{number}}}]')
    return lines
