"""The documents of an EPUB in a browser, which most reading systems are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archives import project_templates
from bulletin_site.pages import urls
from bulletin_site.pages.book import book_of_all
from bulletin_site.pages.epub import entries
from bulletin_site.pages.render import environment_of
from rich_archive import rich

pytestmark = pytest.mark.browser

ARTICLE = urls.book_article("2014-05-1/01")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that has everything, unpacked."""
    folder = tmp_path_factory.mktemp("book")
    found = rich()
    environment = environment_of(project_templates())
    for name, content in entries(book_of_all(found.publication, found.issues), environment):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module", params=[360, 800])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    yield page
    page.close()


def opened(page: Page, book: Path, place: str) -> None:
    page.goto((book / place).as_uri())


def test_every_document_fits_a_narrow_screen(page: Page, book: Path) -> None:
    for file in sorted(book.rglob("*.xhtml")):
        opened(page, book, file.relative_to(book).as_posix())
        assert page.locator("main").count() == 1, file
        assert page.locator("parsererror").count() == 0, file
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, file


def test_a_pages_number_is_shown_where_it_begins_and_not_copied(page: Page, book: Path) -> None:
    opened(page, book, ARTICLE)
    box = page.locator("#p3").bounding_box()
    assert box
    assert box["width"] > 0
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.body'))")
    assert "一段里有两处分页" in page.evaluate("getSelection().toString()")


def test_paragraphs_begin_two_characters_in_and_items_do_not(page: Page, book: Path) -> None:
    opened(page, book, ARTICLE)
    indent = "node => parseFloat(getComputedStyle(node).textIndent) / parseFloat(getComputedStyle(node).fontSize)"
    assert page.locator(".body > p").first.evaluate(indent) == 2
    assert page.locator(".body li p").first.evaluate(indent) == 0


def test_nothing_has_a_colour_of_its_own_at_night(page: Page, book: Path) -> None:
    """A reading system that turns the page dark sets two colours, and all the text follows."""
    opened(page, book, ARTICLE)
    page.evaluate("document.documentElement.style.color = 'rgb(1, 2, 3)'")
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('body *:not(a)')]"
        ".map(node => getComputedStyle(node).color))]"
    )
    assert colours == ["rgb(1, 2, 3)"]
