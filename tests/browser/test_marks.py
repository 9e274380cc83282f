"""An article that was opened from the results: what was searched for is marked, and one can go from mark to mark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.server import serving
from browser.small_archive import HARVESTER, TRACTOR, TRADITIONAL, Piece, publish

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("marked"))


@pytest.fixture(scope="module")
def small(small_site: Path) -> str:
    """The made-up archive, in a folder."""
    return small_site.as_uri()


@pytest.fixture(scope="module", params=["file", "http"])
def anywhere(request: pytest.FixtureRequest, small: str, small_site: Path) -> Iterator[str]:
    """The same, and on a server: what a page may do with its address is not the same there."""
    if request.param == "file":
        yield small
    else:
        with serving(small_site) as address:
            yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 700, "height": 300})
    page.set_default_timeout(10_000)
    yield page
    page.close()


def open_hit(page: Page, small: str, query: str, piece: Piece, link: str = "") -> None:
    """Search, and follow one of the links of the hit: that of the title, or the one of that name."""
    page.goto(f"{small}/search.html?q={quote(query)}")
    hit = page.locator("#results > li", has=page.locator(f"a[href='issues/{piece.id}.html']"))
    hit.get_by_role("link", name=link or piece.title).click()
    page.wait_for_url(f"**/issues/{piece.id}.html*")


def marks(page: Page) -> list[str]:
    return page.locator("main mark").all_inner_texts()


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="检索到的文字")


def said(page: Page) -> Locator:
    return bar(page).get_by_role("status")


def current(page: Page) -> Locator:
    return page.locator("mark.current")


def test_an_article_opened_from_a_hit_shows_the_matches_marked(page: Page, anywhere: str) -> None:
    open_hit(page, anywhere, "秋收 联网", HARVESTER)
    assert marks(page) == ["秋收", "联网"]
    expect(said(page)).to_have_text("检索词 2 处")
    # The marks are of this visit: what is copied from the address bar is the address of the article.
    assert page.url == f"{anywhere}/issues/{HARVESTER.id}.html"


def test_one_can_go_from_match_to_match_and_round(page: Page, small: str) -> None:
    open_hit(page, small, "拖拉机", TRACTOR)
    onward, back = (bar(page).get_by_role("button", name=name) for name in ("下一处", "上一处"))
    onward.press("Enter")
    expect(said(page)).to_have_text("第 1 处，共 2 处")
    expect(current(page)).to_be_in_viewport()
    onward.press("Enter")
    expect(said(page)).to_have_text("第 2 处，共 2 处")
    expect(current(page)).to_be_in_viewport()
    assert current(page).locator("xpath=..").inner_text() == "农机站的同志说，拖拉机下地了。"
    onward.press("Enter")
    expect(said(page)).to_have_text("第 1 处，共 2 处")
    back.press("Enter")
    expect(said(page)).to_have_text("第 2 处，共 2 处")
    expect(current(page)).to_have_count(1)


def test_from_the_printed_page_one_goes_on_to_the_match_behind_it(
    page: Page, anywhere: str
) -> None:
    open_hit(page, anywhere, "拖拉机 手续", TRACTOR, link="第4页")
    assert page.url.endswith("#p4")
    assert marks(page) == ["拖拉机", "手续", "拖拉机"]
    bar(page).get_by_role("button", name="下一处").click()
    expect(current(page)).to_have_text("手续")


def test_the_keyboard_reaches_the_bar_before_the_article(page: Page, small: str) -> None:
    open_hit(page, small, "拖拉机", TRACTOR)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(bar(page).get_by_role("button", name="上一处")).to_be_focused()


def test_the_bar_does_not_cover_the_end_of_the_page(page: Page, small: str) -> None:
    open_hit(page, small, "拖拉机", TRACTOR)
    page.keyboard.press("End")
    # Chromium goes on scrolling for a while.
    expect(page.locator(".footer")).to_be_in_viewport(ratio=0.99)
    footer = page.locator(".footer a").last
    link, over = footer.bounding_box(), bar(page).bounding_box()
    assert link is not None
    assert over is not None
    assert link["y"] + link["height"] <= over["y"]


@pytest.mark.parametrize("query", ["云计算", "雲計算"])
def test_traditional_characters_are_marked_whichever_were_typed(
    page: Page, small: str, query: str
) -> None:
    open_hit(page, small, query, TRADITIONAL)
    assert marks(page) == ["雲計算"] * 3
    open_hit(page, small, "家办事", TRADITIONAL)
    assert marks(page) == ["家辦事"]


def test_a_match_in_the_source_alone_is_marked_where_print_has_it(page: Page, small: str) -> None:
    open_hit(page, small, "农民日报", TRACTOR)
    assert marks(page) == ["农民日报"]
    bar(page).get_by_role("button", name="下一处").click()
    expect(current(page)).to_be_in_viewport()


def test_the_marks_stay_when_the_page_is_loaded_anew(page: Page, anywhere: str) -> None:
    open_hit(page, anywhere, "拖拉机", TRACTOR)
    page.reload()
    assert marks(page) == ["拖拉机", "拖拉机"]


def test_an_article_that_was_not_searched_for_has_no_marks(page: Page, small: str) -> None:
    page.goto(f"{small}/issues/{TRACTOR.id}.html")
    assert marks(page) == []
    expect(bar(page)).to_have_count(0)
