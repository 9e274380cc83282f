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
from bulletin_site.search.collection import Collection, counted
from bulletin_site.search.documents import FIELDS, Document, FieldText, document
from bulletin_site.search.lunr_index import BOOSTS, index_json, thousandths
from bulletin_site.search.segment import Segmenter

Documents = Sequence[tuple[str, Document]]
"""By their ids."""


def by_lunr(found: Documents) -> str:
    """What lunr.py makes of the same words, with its terms in the order that lunr.js wants."""
    builder = Builder()
    builder.ref("id")
    for field in FIELDS:
        builder.field(field, boost=BOOSTS[field])
    for id_, fields in found:
        words = {
            name: list(Counter(field.counts).elements())
            for name, field in zip(FIELDS, fields, strict=True)
        }
        builder.add({"id": id_, **words})
    index = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def collection(found: Documents) -> Collection:
    columns = counted([bytes(16)] * len(found), [fields for _, fields in found])
    ids = [id_ for id_, _ in found]
    return Collection(ids=ids, years=[2014] * len(ids), new=(), columns=columns)


def test_the_index_of_the_printed_issues_is_that_of_lunr_byte_for_byte() -> None:
    for held in (published().archive, archive(TWO_ISSUES)):
        segmenter = Segmenter(held.dictionary)
        found = [(article.id, document(article, segmenter)) for article in held.articles]
        assert index_json(collection(found)).decode() == by_lunr(found)


def field(words: list[str]) -> FieldText:
    return FieldText(literal="", counts=Counter(words), whole=Counter(words))


WORDS = st.lists(
    st.sampled_from(["云", "计算", "数据", "大数据", "a", "12", "𠮷", "﨎"]), max_size=12
)
DOCUMENTS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6).map(
    lambda texts: [
        (f"2014-05-1/{n:02}", (field(a), field(b), field(c)))
        for n, (a, b, c) in enumerate(texts, start=1)
    ]
)


def is_complete(found: Documents) -> bool:
    """Has each field a word anywhere? lunr.py divides by its average length."""
    return all(any(fields[position].counts for _, fields in found) for position in range(3))


@given(DOCUMENTS.filter(is_complete))
def test_the_index_of_any_documents_is_that_of_lunr(found: Documents) -> None:
    assert index_json(collection(found)).decode() == by_lunr(found)


@given(DOCUMENTS, st.data())
def test_the_index_of_a_part_is_that_of_these_documents_alone(
    found: Documents, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(found) - 1))
    stop = data.draw(st.integers(start + 1, len(found)))
    part = collection(found).part(range(start, stop))
    assert index_json(part) == index_json(collection(found[start:stop]))


def test_scores_half_way_between_two_thousandths_are_rounded_as_python_rounds_decimals() -> None:
    halves = np.array([0.0005, 1.0005, 2.6745, 0.3, 12.3455, 1.2345])
    expected = [round(round(float(half), 3) * 1000) for half in halves]
    assert thousandths(halves).tolist() == expected
