"""Files are made when they are asked for, once, and found as on a server of files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bulletin_site.batch import Unmade
from bulletin_site.preview.edition import Edition
from preview.small_site import OUTSIDE, PAGES, Maker

EVERY_PAGE = {name for name in PAGES if name.endswith(".html")}


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


@pytest.mark.parametrize(
    ("changed", "pages"),
    [
        ({}, set()),
        ({"index.html": "a new home"}, {"index.html"}),
        ({"assets/site.css": "b {}"}, EVERY_PAGE),
        ({"search/catalog.js": "[1]"}, {"search.html"}),
    ],
    ids=["nothing", "a page", "a style", "what is searched"],
)
def test_a_page_has_another_version_when_it_or_what_it_loads_is_another(
    changed: dict[str, str], pages: set[str]
) -> None:
    first = Maker().edition(PAGES)
    second = Maker().edition({**PAGES, **changed}, first)
    assert {name for name in EVERY_PAGE if first.version(name) != second.version(name)} == pages


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
