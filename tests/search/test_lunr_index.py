"""The plain writer of lunr's index against lunr.py's own builder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder

from archives import TWO_ISSUES, archive, published
from bulletin_site.cache import Cache
from bulletin_site.search.collection import collect
from bulletin_site.search.documents import FIELDS, Document, FieldText, documents
from bulletin_site.search.lunr_index import BOOSTS, index_json, scores, thousandths


def by_lunr(found: Sequence[Document]) -> str:
    """What lunr.py makes of the same words, with its terms in the order that lunr.js wants."""
    builder = Builder()
    builder.ref("id")
    for field in FIELDS:
        builder.field(field, boost=BOOSTS[field])
    for document in found:
        words = {
            name: list(Counter(field.counts).elements())
            for name, field in zip(FIELDS, document.fields, strict=True)
        }
        builder.add({"id": document.id, **words})
    index = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def ours(found: Sequence[Document]) -> str:
    collection = collect(found)
    return index_json(collection, scores(collection))


def test_the_index_of_the_printed_issues_is_that_of_lunr_byte_for_byte() -> None:
    for held in (published().archive, archive(TWO_ISSUES)):
        found = tuple(documents(held, Cache()))
        assert ours(found) == by_lunr(found)


def field(words: list[str]) -> FieldText:
    return FieldText(literal="", counts=Counter(words), length=len(words))


WORDS = st.lists(
    st.sampled_from(["云", "计算", "数据", "大数据", "a", "12", "𠮷", "﨎"]), max_size=12
)
DOCUMENTS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6).map(
    lambda texts: [
        Document(id=f"2014-05-1/{n:02}", year=2014, fields=(field(a), field(b), field(c)))
        for n, (a, b, c) in enumerate(texts, start=1)
    ]
)


@given(
    DOCUMENTS.filter(lambda found: all(any(d.fields[p].length for d in found) for p in range(3)))
)
def test_the_index_of_any_documents_is_that_of_lunr(found: list[Document]) -> None:
    assert ours(found) == by_lunr(found)


@given(DOCUMENTS)
def test_the_index_in_parts_says_what_the_whole_says(found: list[Document]) -> None:
    collection = collect(found)
    of_terms = scores(collection)
    whole = json.loads(index_json(collection, of_terms))
    vectors, standing = [], set()
    for number in range(len(found)):
        part = json.loads(index_json(collection, of_terms, range(number, number + 1)))
        vectors += part["fieldVectors"]
        standing |= {
            (term, posting["_index"], field, reference)
            for term, posting in part["invertedIndex"]
            for field in FIELDS
            for reference in posting[field]
        }
    assert vectors == whole["fieldVectors"]
    assert standing == {
        (term, posting["_index"], field, reference)
        for term, posting in whole["invertedIndex"]
        for field in FIELDS
        for reference in posting[field]
    }


def test_scores_half_way_between_two_thousandths_are_rounded_as_python_rounds_decimals() -> None:
    halves = np.array([0.0005, 1.0005, 2.6745, 0.3, 12.3455, 1.2345])
    expected = [round(round(float(half), 3) * 1000) for half in halves]
    assert thousandths(halves).tolist() == expected
