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

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bulletin_site.search.documents import BODY, FIELDS, SOURCE, TITLE, Document

VERSION = "2.3.9"
BOOSTS = {BODY: 1, TITLE: 5, SOURCE: 2}
_K1, _B = 1.2, 0.75

Posting = tuple[list[int], list[int]]
"""Numbers of documents, rising, and beside each its score in thousandths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredTerm:
    """A term with its number in lunr's vectors and its postings, in the order of `FIELDS`."""

    number: int
    postings: tuple[Posting, Posting, Posting]


def score(documents: Sequence[Document]) -> dict[str, ScoredTerm]:
    """Every term of the documents, in the order in which lunr numbers them."""
    terms: dict[str, ScoredTerm] = {}
    for number, document in enumerate(documents):
        for position, field in enumerate(document.fields):
            for word in field.counts:
                term = terms.get(word)
                if term is None:
                    empty: tuple[Posting, Posting, Posting] = (([], []), ([], []), ([], []))
                    term = terms[word] = ScoredTerm(number=len(terms), postings=empty)
                term.postings[position][0].append(number)
    idfs = {word: _idf(term, len(documents)) for word, term in terms.items()}
    for position, name in enumerate(FIELDS):
        fields = [document.fields[position] for document in documents]
        boost = BOOSTS[name]
        average = sum(field.length for field in fields) / len(fields) if fields else 1.0
        for field in fields:
            # In the order of lunr's own operations: another order rounds differently.
            norm = _K1 * (1 - _B + _B * (field.length / average)) if field.length else 1.0
            weights = {count: (_K1 + 1) * count for count in set(field.counts.values())}
            for word, count in field.counts.items():
                weight = idfs[word] * weights[count] / (norm + count) * boost
                terms[word].postings[position][1].append(round(round(weight, 3) * 1000))
    return terms


def _idf(term: ScoredTerm, document_count: int) -> float:
    fields = sum(len(numbers) for numbers, _ in term.postings)
    return math.log(1 + abs((document_count - fields + 0.5) / (fields + 0.5)))


def index_json(
    documents: Sequence[Document], terms: Mapping[str, ScoredTerm], numbers: range | None = None
) -> str:
    """lunr's serialized form, of all documents or of those with some numbers."""
    chosen = numbers if numbers is not None else range(len(documents))
    vectors: dict[tuple[int, int], list[tuple[int, int]]] = {
        (number, position): [] for number in chosen for position in range(len(FIELDS))
    }
    # lunr.js compares terms by UTF-16 code units and throws on any other order; Python's order
    # differs where a character beyond the BMP meets one above the surrogates.
    inverted: list[str] = []
    refs = {number: f"{_quoted(documents[number].id)}:{{}}" for number in chosen}
    for word in sorted(terms, key=lambda term: term.encode("utf-16-be")):
        term = terms[word]
        postings: list[str] = []
        for position, name in enumerate(FIELDS):
            held = [
                (number, thousandths)
                for number, thousandths in zip(*term.postings[position], strict=True)
                if number in refs
            ]
            for number, thousandths in held:
                vectors[number, position].append((term.number, thousandths))
            postings.append(f'"{name}":{{{",".join(refs[number] for number, _ in held)}}}')
        if numbers is None or any(not posting.endswith("{}") for posting in postings):
            inverted.append(f'[{_quoted(word)},{{{",".join(postings)},"_index":{term.number}}}]')
    fields = ",".join(_quoted(name) for name in FIELDS)
    field_vectors = ",".join(
        f"[{_quoted(f'{FIELDS[position]}/{documents[number].id}')},[{_vector(entries)}]]"
        for (number, position), entries in vectors.items()
    )
    return (
        f'{{"version":"{VERSION}","fields":[{fields}],"fieldVectors":[{field_vectors}],'
        f'"invertedIndex":[{",".join(inverted)}],"pipeline":[]}}'
    )


def _vector(entries: list[tuple[int, int]]) -> str:
    entries.sort()
    return ",".join(f"{number},{thousandths / 1000}" for number, thousandths in entries)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
