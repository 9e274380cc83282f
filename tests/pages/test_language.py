"""English inside Chinese is marked as English; not a character of the text changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archives import only, published_files, with_body
from bulletin_site.pages import prose
from bulletin_site.pages.language import english


def marked(text: str) -> list[str]:
    return [node.text() for node in LexborHTMLParser(str(english(text))).css("span[lang=en]")]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("《Magic Quadrant》报告", ["Magic Quadrant"]),
        ("即Software as a Service（SaaS）。", ["Software as a Service"]),
        ("Web-scale IT，Internet of Everything", ["Web-scale IT", "Internet of Everything"]),
        ("R & D", ["R & D"]),
        ("Bill English与John Podesta", ["Bill English", "John Podesta"]),
    ],
)
def test_two_words_and_more_are_english(text: str, runs: list[str]) -> None:
    assert marked(text) == runs


@pytest.mark.parametrize(
    "text",
    [
        "政务云",
        "IT部门的CIO",
        "IT 部门",
        "Web 2.0",
        "见http://www.example.com/a 与mail@example.cn",
        "é tude",
        "85 页",
        "",
    ],
)
def test_a_single_word_is_a_part_of_the_chinese(text: str) -> None:
    assert marked(text) == []


TEXTS = st.text(st.sampled_from("ab Z9&<>\"'.-/@:é汉，　 \n")) | st.text()


@given(TEXTS)
def test_the_text_stays_as_it_is(text: str) -> None:
    printable = text.replace("\0", "").replace("\r", "")
    shown = only(f"<body><pre>\n{english(printable)}</pre></body>", "pre").text()
    assert shown == printable


def test_code_and_addresses_are_not_touched() -> None:
    (article,) = with_body("甲`big data`乙[big data](big%20data.html)").articles
    html = str(prose.html(article.body.tokens, None))
    assert "<code>big data</code>" in html
    assert '<a href="big%20data.html"><span lang="en">big data</span></a>' in html


def test_english_in_titles_and_in_texts_is_marked_wherever_they_stand() -> None:
    files = published_files()
    for page in ("issues/2014-05-1/06.html", "issues/2014-05-1/full.html"):
        assert '<span lang="en">big data</span>' in files[page].decode()
