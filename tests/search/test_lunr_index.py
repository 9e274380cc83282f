"""The plain writer of lunr's index against lunr.py's own builder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder

from archives import TWO_ISSUES, archive, published
from bulletin_site.search.documents import FIELDS, Document, FieldText, documents
from bulletin_site.search.lunr_index import BOOSTS, index_json, score
from bulletin_site.search.segment import segmenter


def by_lunr(found: Sequence[Document]) -> str:
    """What lunr.py makes of the same words, with its terms in the order that lunr.js wants."""
    builder = Builder()
    builder.ref("id")
    for field in FIELDS:
        builder.field(field, boost=BOOSTS[field])
    for document in found:
        words = {
            name: list(field.counts.elements())
            for name, field in zip(FIELDS, document.fields, strict=True)
        }
        builder.add({"id": document.id, **words})
    index = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def test_the_index_of_the_printed_issues_is_that_of_lunr_byte_for_byte() -> None:
    for held in (published().archive, archive(TWO_ISSUES)):
        found = documents(held, segmenter(held.dictionary))
        assert index_json(found, score(found)) == by_lunr(found)


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
    assert index_json(found, score(found)) == by_lunr(found)
