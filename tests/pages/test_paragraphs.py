"""Every paragraph of an article has an address, and a link by which it can be cited."""

from __future__ import annotations

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from archives import only, with_body
from bulletin_site.pages import prose
from pages.test_prose import SOUP, article, ink, numbered


def cited(markdown: str, number: int | None = None) -> LexborHTMLParser:
    (found,) = with_body(markdown).articles
    paragraphs = prose.Paragraphs(article=number)
    html = prose.html(found.body.tokens, lambda page: f"p{page}.html", paragraphs=paragraphs)
    return LexborHTMLParser(f"<body>{html}</body>")


def places(markdown: str, number: int | None = None) -> dict[str, str]:
    """The texts of paragraphs by their ids."""
    return {
        node.id or "": ink(node.text()) for node in cited(markdown, number).css("p[id], li[id]")
    }


def test_paragraphs_are_counted_from_one() -> None:
    assert places("甲\n\n乙\n\n丙") == {"s1": "甲", "s2": "乙", "s3": "丙"}


def test_a_paragraph_that_a_page_end_cut_is_one_paragraph() -> None:
    assert places("甲{p3}乙\n\n丙") == {"s1": "甲乙", "s2": "丙"}


def test_headings_are_not_counted() -> None:
    assert places("甲\n\n## 小标题\n\n乙") == {"s1": "甲", "s2": "乙"}


@pytest.mark.parametrize("items", ["- 乙\n- 丙", "- 乙\n\n- 丙", "1. 乙\n2. 丙", "> 乙\n>\n> 丙"])
def test_items_and_quotations_are_counted(items: str) -> None:
    found = places(f"甲\n\n{items}\n\n丁")
    assert list(found) == ["s1", "s2", "s3", "s4"]
    assert [text[-1] for text in found.values()] == ["甲", "乙", "丙", "丁"]


def test_among_several_articles_the_address_names_the_article() -> None:
    assert places("甲\n\n乙", 5) == {"a05-s1": "甲", "a05-s2": "乙"}


def test_a_paragraph_has_a_link_to_itself_that_has_a_name_and_no_text() -> None:
    links = cited("甲\n\n乙", 5).css("a.place")
    assert [link.attributes["href"] for link in links] == ["#a05-s1", "#a05-s2"]
    assert [link.attributes["aria-label"] for link in links] == ["第5篇第1段", "第5篇第2段"]
    assert [link.text() for link in links] == ["", ""]


def test_a_text_that_is_not_cited_has_no_addresses() -> None:
    (found,) = with_body("甲\n\n- 乙").articles
    assert "id=" not in prose.html(found.body.tokens, None)


@given(SOUP.map(numbered))
def test_addresses_leave_the_text_as_it_is(markdown: str) -> None:
    assert ink(only(cited(markdown), "body").text()) == ink(
        prose.plain_text(article(markdown).body).text
    )


@given(SOUP.map(numbered))
def test_addresses_are_numbered_without_a_gap_and_hold_their_paragraphs(markdown: str) -> None:
    found = places(markdown)
    texts = prose.paragraphs_of(article(markdown).body)
    assert list(found) == [f"s{number}" for number in range(1, len(texts) + 1)]
    for shown, text in zip(found.values(), texts, strict=True):
        assert shown.startswith(ink(text))


@given(SOUP.map(numbered))
def test_citing_does_not_change_what_is_shared(markdown: str) -> None:
    body = article(markdown).body
    before = str(prose.html(body.tokens, None))
    prose.html(body.tokens, None, paragraphs=prose.Paragraphs())
    assert str(prose.html(body.tokens, None)) == before
