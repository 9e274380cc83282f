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

import numpy as np
from numpy.typing import NDArray

from bulletin_site.search.collection import Collection, Numbers, lengths, texts
from bulletin_site.search.columns import Pieces, constant, pieces, quoted, woven
from bulletin_site.search.documents import BODY, FIELDS, SOURCE, TITLE

VERSION = "2.3.9"
BOOSTS = {BODY: 1, TITLE: 5, SOURCE: 2}
_K1, _B = 1.2, 0.75


def index_json(collection: Collection) -> bytes:
    """lunr's serialized form."""
    fields = ",".join(quoted(name) for name in FIELDS)
    return b"".join(
        (
            f'{{"version":"{VERSION}","fields":[{fields}],"fieldVectors":['.encode(),
            _listed(_vectors(collection)),
            b'],"invertedIndex":[',
            _listed(_inverted(collection)),
            b'],"pipeline":[]}',
        )
    )


def scores(collection: Collection) -> Numbers:
    """The weight of every posting in thousandths."""
    columns = collection.columns
    text = texts(columns)
    document, field = np.divmod(text, len(FIELDS))
    standing = np.bincount(columns.term, minlength=len(columns.terms))
    idf = np.array([_idf(n, len(collection.ids)) for n in range(int(standing.max(initial=0)) + 1)])
    boosts = np.array([BOOSTS[name] for name in FIELDS])
    # In the order of lunr's own operations: another order rounds differently.
    with np.errstate(invalid="ignore"):  # a field that is empty everywhere has no postings
        norms = _K1 * (1 - _B + _B * (lengths(columns) / np.array(averages(collection))))
    norm, tf = norms[document, field], columns.count
    weights = idf[standing[columns.term]] * ((_K1 + 1) * tf) / (norm + tf) * boosts[field]
    return thousandths(weights)


def averages(collection: Collection) -> list[float]:
    """The average length of each field, in words."""
    of_fields = lengths(collection.columns).sum(axis=0).tolist()
    return [words / max(1, len(collection.ids)) for words in of_fields]


def _idf(fields: int, documents: int) -> float:
    return math.log(1 + abs((documents - fields + 0.5) / (fields + 0.5)))


def thousandths(weights: NDArray[np.float64]) -> Numbers:
    """Rounded as Python rounds decimals. Where a product is about half-way it cannot be trusted."""
    products = weights * 1000
    rounded = np.rint(products).astype(np.int64)
    for at in np.flatnonzero(np.abs(products - np.floor(products) - 0.5) < 1e-6):
        rounded[at] = round(round(float(weights[at]), 3) * 1000)
    return rounded


def _vectors(collection: Collection) -> Pieces:
    """A line for each field of each document: its terms in order of their numbers, with their
    scores; a comma after each."""
    columns = collection.columns
    text = texts(columns)
    order = np.argsort(text.astype(np.int64) << 32 | columns.term)
    numerals = pieces([b"%d," % number for number in range(len(columns.terms))])
    known, place = np.unique(scores(collection)[order], return_inverse=True)
    shown = pieces([f"{score / 1000}," for score in known.tolist()])
    entries = woven(numerals[columns.term[order]], shown[place])
    lists = entries.grouped(np.append(0, columns.bounds)).without_last()
    names = [f'["{name}/{quoted(id_)[1:]},[' for id_ in collection.ids for name in FIELDS]
    return woven(pieces(names), lists, constant("]],", len(names)))


def _inverted(collection: Collection) -> Pieces:
    """A line for each term, a comma after each.

    lunr.js compares terms by UTF-16 code units and throws on any other order; Python's order
    differs where a character beyond the BMP meets one above the surrogates."""
    columns = collection.columns
    terms = sorted(
        range(len(columns.terms)), key=lambda number: columns.terms[number].encode("utf-16-be")
    )
    rank = np.empty(len(terms), dtype=np.int64)
    rank[terms] = np.arange(len(terms))
    document, field = np.divmod(texts(columns).astype(np.int64), len(FIELDS))
    group = rank[columns.term] * len(FIELDS) + field
    order = np.argsort(group * len(collection.ids) + document)
    bounds = np.searchsorted(group[order], np.arange(len(terms) * len(FIELDS) + 1))
    references = pieces([f"{quoted(id_)}:{{}}," for id_ in collection.ids])
    lists = woven(references[document[order]]).grouped(bounds).without_last()
    lines = [pieces([f"[{quoted(columns.terms[number])},{{" for number in terms])]
    for at, name in enumerate(FIELDS):
        lines.append(constant(f"{quoted(name)}:{{", len(terms)))
        lines.append(lists[at :: len(FIELDS)])
        lines.append(constant("},", len(terms)))
    lines.append(pieces([f'"_index":{number}}}],' for number in terms]))
    return woven(*lines)


def _listed(lines: Pieces) -> bytes:
    return lines.content.tobytes().removesuffix(b",")
