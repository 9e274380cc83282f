"""Files are made when they are asked for, once, and found as on a server of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bulletin_site.batch import Batch, Unmade
from bulletin_site.preview.edition import Edition
from bulletin_site.problems import Problem

PAGES = {
    "index.html": "home",
    "404.html": "nothing here",
    "search.html": "search",
    "issues/index.html": "issues",
    "issues/2014-05-1/01.html": "article",
    "assets/site.css": "a {}",
    "search/catalog.js": "[]",
}
BROKEN = Problem(path="templates/article.html", line=3, code="template", message="错", hint="改")

OUTSIDE = [
    "/../index.html",
    "/issues/../index.html",
    "/issues/../../etc/passwd",
    "/%2e%2e/index.html",
    "/..%2findex.html",
    "/issues/%2e%2e/index.html",
    "/issues/..%5c..%5cindex.html",
    "/issues\\index.html",
    "/issues%5cindex.html",
    "/index.html%00",
    "/index.html%00.css",
    "/%00",
    "//index.html",
    "//etc/passwd",
    "/etc/passwd",
    "/C:/index.html",
    "/c:%5cwindows%5cwin.ini",
    "/file:///etc/passwd",
    "/./index.html",
    "/issues/./index.html",
    "/%252e%252e/index.html",
    "/%c0%ae%c0%ae/index.html",
    "/%ff",
    "/%",
    "/index.html/",
    "/index.html/..",
    "/INDEX.HTML",
    "/index.html ",
    "/ index.html",
    "/~root/index.html",
    "/.git/config",
    "/issues/archive.yaml",
    "/assets/",
    "/CON",
    "/" + "a" * 5000,
]
"""Paths of requests that lead to nothing in `PAGES`."""


class Maker:
    """Batches whose making is counted."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def batch(self, pages: Mapping[str, str]) -> Batch:
        def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
            for address in addresses:
                self.made[address] += 1
                if pages[address] == "broken":
                    raise Unmade(BROKEN)
                if pages[address] == "mistaken":
                    raise ZeroDivisionError("a mistake")
                yield address, pages[address].encode()

        return Batch(keys={name: f"key of {text}" for name, text in pages.items()}, make=make)

    def edition(self, pages: Mapping[str, str], earlier: Edition | None = None) -> Edition:
        return Edition([self.batch({name: text}) for name, text in pages.items()], earlier)



def test_a_file_is_made_when_it_is_asked_for_and_once() -> None:
    maker = Maker()
    edition = maker.edition(PAGES)
    assert maker.made == {}
    assert edition.content("index.html") == edition.content("index.html") == b"home"
    assert maker.made == {"index.html": 1}


def test_many_who_ask_at_the_same_time_have_it_made_once() -> None:
    maker = Maker()
    edition, all_at_once = Edition([maker.batch(PAGES)]), Barrier(8)

    def ask(number: int) -> bytes:
        all_at_once.wait()
        return edition.content("index.html")

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {b"home"}
    assert maker.made == {"index.html": 1}


def test_the_next_edition_takes_over_what_stays_the_same() -> None:
    maker = Maker()
    first = maker.edition(PAGES)
    for address in ("index.html", "search.html"):
        first.content(address)
    second = maker.edition({**PAGES, "search.html": "another search"}, first)
    assert second.content("index.html") == b"home"
    assert second.content("search.html") == b"another search"
    assert maker.made == {"index.html": 1, "search.html": 2}
    gone = maker.edition({"404.html": "nothing here"}, second)
    assert gone.address_of("/index.html") is None


def test_a_page_has_another_version_when_it_or_what_it_loads_is_another() -> None:
    maker = Maker()
    first = maker.edition(PAGES)

    def altered(**pages: str) -> set[str]:
        second = maker.edition({**PAGES, **{k.replace("__", "/"): v for k, v in pages.items()}}, first)
        pages_alone = [name for name in PAGES if name.endswith(".html")]
        return {name for name in pages_alone if first.version(name) != second.version(name)}

    everything = {name for name in PAGES if name.endswith(".html")}
    assert altered() == set()
    assert altered(**{"index.html": "a new home"}) == {"index.html"}
    assert altered(**{"assets__site.css": "b {}"}) == everything
    assert altered(**{"search__catalog.js": "[1]"}) == {"search.html"}


def test_what_cannot_be_made_is_tried_again() -> None:
    maker = Maker()
    edition = maker.edition({"index.html": "broken"})
    for _ in range(2):
        with pytest.raises(Unmade):
            edition.content("index.html")
    assert maker.made == {"index.html": 2}


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/issues/", "issues/index.html"),
        ("/issues/2014-05-1/01.html", "issues/2014-05-1/01.html"),
        ("/issues%2F2014%2D05-1/01.html", "issues/2014-05-1/01.html"),
        ("/issues", None),
        ("/nothing.html", None),
    ],
)
def test_a_path_leads_to_a_file_and_a_folder_to_its_index(path: str, address: str | None) -> None:
    assert Maker().edition(PAGES).address_of(path) == address


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_outside(path: str) -> None:
    assert Maker().edition(PAGES).address_of(path) is None
