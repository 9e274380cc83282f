"""What surrounds a page says where the page stands: its section, its way from the home page, its
place among the printed pages. Most of it is made once for many pages, and must fit each of them."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from archives import published_files

PAGES = sorted(name for name in published_files() if name.endswith(".html"))
SECTIONS = {
    "index.html": "首页",
    "issues/index.html": "各期",
    "topics/": "主题",
    "sources/": "来源",
    "trends.html": "热词",
    "search.html": "检索",
}


@cache
def page(address: str) -> LexborHTMLParser:
    return LexborHTMLParser(published_files()[address].decode())


def leading_to(address: str, selector: str) -> list[str]:
    """The addresses to which links lead from a page."""
    return [
        urljoin(address, node.attributes["href"] or "").removeprefix("/")
        for node in page(address).css(selector)
    ]


@pytest.mark.parametrize("address", PAGES)
def test_the_section_of_a_page_is_marked_and_no_other(address: str) -> None:
    expected = [name for start, name in SECTIONS.items() if address.startswith(start)]
    assert [node.text() for node in page(address).css(".nav [aria-current]")] == expected


@pytest.mark.parametrize("address", PAGES)
def test_navigation_leads_to_the_same_pages_from_everywhere(address: str) -> None:
    assert leading_to(address, ".nav a") == leading_to("index.html", ".nav a")
    assert leading_to(address, ".footer a") == leading_to("index.html", ".footer a")


@pytest.mark.parametrize("address", [name for name in PAGES if name.count("/") == 2])
def test_the_way_ends_at_the_page_itself_which_is_no_link(address: str) -> None:
    links, (end,) = leading_to(address, ".breadcrumb a"), page(address).css(".breadcrumb span")
    assert links[0] == "index.html"
    assert end.attributes["aria-current"] == "page"
    assert address not in links


@pytest.mark.parametrize("address", [name for name in PAGES if re.search(r"/p\d+\.html", name)])
def test_of_the_printed_pages_the_page_itself_is_marked(address: str) -> None:
    assert leading_to(address, ".page-list [aria-current=page]") == [address]


def test_on_the_page_of_an_issue_no_printed_page_is_marked() -> None:
    assert leading_to("issues/2014-05-1/index.html", ".page-list a") != []
    assert leading_to("issues/2014-05-1/index.html", ".page-list [aria-current]") == []
