"""Addresses, and the relative way from one to another."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import published_files
from bulletin_site.pages import urls

FOLDERS = st.lists(st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]*", fullmatch=True), max_size=4)
FILES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._-]*\.html", fullmatch=True)
ADDRESSES = st.builds(lambda folders, file: "/".join([*folders, file]), FOLDERS, FILES)
BASES = ["http://example.cn/", "http://example.cn/a/b/", "file:///D:/archive/"]


@given(ADDRESSES, ADDRESSES)
def test_a_link_leads_from_any_address_to_any_other_wherever_the_site_is_put(
    start: str, target: str
) -> None:
    for base in BASES:
        assert urljoin(base + start, urls.link(start, target)) == base + target


@given(ADDRESSES, ADDRESSES)
def test_a_link_is_relative_and_names_a_file(start: str, target: str) -> None:
    parts = urlsplit(urls.link(start, target))
    assert (parts.scheme, parts.netloc) == ("", "")
    assert not parts.path.startswith("/")
    assert parts.path.rpartition("/")[2] == target.rpartition("/")[2]


@given(ADDRESSES, ADDRESSES)
def test_a_link_with_an_anchor_leads_to_the_place(start: str, target: str) -> None:
    found = urljoin(f"http://example.cn/{start}", urls.link(start, target, "p6"))
    assert found == f"http://example.cn/{target}#p6"


@pytest.mark.parametrize(
    ("start", "target", "anchor", "link"),
    [
        ("index.html", "search.html", "", "search.html"),
        ("index.html", "index.html", "", "index.html"),
        ("issues/2014-05-1/01.html", "issues/2014-05-1/p2.html", "a01", "p2.html#a01"),
        ("issues/2014-05-1/01.html", "index.html", "", "../../index.html"),
        ("issues/2014-05-1/01.html", "issues/2014-05-1/01.html", "p3", "#p3"),
        ("404.html", "topics/index.html", "", "topics/index.html"),
    ],
)
def test_links_are_the_shortest_ones(start: str, target: str, anchor: str, link: str) -> None:
    assert urls.link(start, target, anchor) == link


def test_nouns_have_the_addresses_of_the_contract() -> None:
    assert urls.HOME == "index.html"
    assert urls.issue("2014-05-1") == "issues/2014-05-1/index.html"
    assert urls.article("2014-05-1/01") == "issues/2014-05-1/01.html"
    assert urls.printed_page("2014-05-1", 5) == "issues/2014-05-1/p5.html"
    assert urls.TOPICS == "topics/index.html"
    assert urls.topic("big-data") == "topics/big-data.html"
    assert urls.SOURCES == "sources/index.html"
    assert urls.SEARCH == "search.html"
    assert urls.SEARCH_INDEX == "search/index.json"
    assert (urls.FEED, urls.SITEMAP, urls.NOT_FOUND) == ("feed.xml", "sitemap.xml", "404.html")
    assert urls.page_anchor(6) == "p6"


@pytest.mark.parametrize(
    ("address", "issue"),
    [
        ("issues/2014-05-1/index.html", "2014-05-1"),
        ("issues/2014-05-1/p5.html", "2014-05-1"),
        ("topics/big-data.html", None),
        ("index.html", None),
        ("issues/old.html", None),
    ],
)
def test_the_issue_of_an_address(address: str, issue: str | None) -> None:
    assert urls.issue_of(address) == issue


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_words_of_a_search_come_back_from_its_link(words: str) -> None:
    link = urls.query("search.html", words)
    assert link.isascii()
    assert unquote(urlsplit(link).query) == f"q={words}"
    assert "+" not in link


def test_every_file_of_the_site_has_an_ascii_name_without_surprises() -> None:
    for address in published_files():
        assert address.isascii()
        assert not set(address) & set(' %?#&:\\"<>|*')
    # Windows and macOS do not tell `A` from `a`.
    assert len({address.lower() for address in published_files()}) == len(published_files())
