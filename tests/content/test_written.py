"""Front matter that this program writes is read back as what it was."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.front_matter import split
from bulletin_site.content.source import SourceFile
from bulletin_site.content.written import article_front_matter, issue_front_matter, quoted
from bulletin_site.content.yaml_nodes import Listing, Node, Text, compose

LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\n\r\x00"), min_size=1
).map(str.strip)
"""What may stand in a title: one line."""
AWKWARD = st.text("：: #'\"|>-[]{}&*!%@`,?\\~甲a1 \t\u3000", min_size=1).map(str.strip)
PROSE = (LINES | AWKWARD).filter(bool)


OF_CHARACTERS = {"control-character", "invisible-character", "lost-character"}
"""What is said of a title that has such characters; it is read back with them."""


def read(front_matter: str) -> dict[str, Node]:
    document, problems = split(SourceFile(path="01.md", text=front_matter))
    assert {problem.code for problem in problems} <= OF_CHARACTERS
    assert document
    return document.front_matter.entries


def text(node: Node) -> str:
    assert isinstance(node, Text)
    return node.text.strip()


@given(title=PROSE, source=PROSE, topics=st.lists(PROSE, max_size=3))
def test_an_article_s(title: str, source: str, topics: list[str]) -> None:
    entries = read(article_front_matter(title=title, page=2, topics=topics, source=source))
    assert (text(entries["title"]), text(entries["source"])) == (title, source)
    node = entries["topics"]
    assert isinstance(node, Listing)
    assert [text(item) for item in node.items] == topics


@given(label=PROSE, organization=PROSE, publisher=PROSE)
def test_an_issue_s(label: str, organization: str, publisher: str) -> None:
    entries = read(
        issue_front_matter(
            day=date(2014, 5, 9), label=label, organization=organization, publisher=publisher
        )
    )
    assert [text(entries[key]) for key in ("date", "label", "organization", "publisher")] == [
        *("2014-05-09", label, organization, publisher)
    ]


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text(value: str) -> None:
    mapping, problems = compose("import.yaml", f"doubt: {quoted(value)}", 1)
    assert problems == []
    assert mapping
    node = mapping.entries["doubt"]
    assert isinstance(node, Text)
    assert node.text == value
    assert json.loads(quoted(value)) == value


def test_nothing_is_quoted_that_need_not_be() -> None:
    written = article_front_matter(
        title="《条例》9月: “开始”#1", page=2, topics=["政务云", "大数据"], source="文汇报"
    )
    assert written == (
        "---\ntitle: 《条例》9月: “开始”#1\npage: 2\ntopics: [政务云, 大数据]\nsource: 文汇报\n---\n"
    )
