"""What scripts add to reading: arrow keys, the type size, printing, the place where one stopped; and the addresses of
paragraphs, which need none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from archives import published

pytestmark = pytest.mark.browser

LONG = "issues/2014-06-2/11.html"
SHORT = "issues/2014-05-1/05.html"
WHOLE = "issues/2014-05-1/full.html"
PRINTED = "issues/2014-05-1/p5.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 500})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def folder(site: Path) -> str:
    """The site as a folder that was opened with a double click."""
    return site.as_uri()


def press_and_arrive(page: Page, key: str, name: str) -> None:
    page.keyboard.press(key)
    page.wait_for_url(f"**/{name}")


# The arrow keys


def test_arrows_lead_from_page_to_page_and_at_the_ends_to_the_contents(
    page: Page, folder: str
) -> None:
    page.goto(f"{folder}/issues/2014-05-1/p10.html")
    press_and_arrive(page, "ArrowRight", "p11.html")
    press_and_arrive(page, "ArrowLeft", "p10.html")
    press_and_arrive(page, "ArrowRight", "p11.html")
    press_and_arrive(page, "ArrowRight", "index.html")


def test_arrows_lead_from_article_to_article_and_on_to_the_next_issue(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/issues/2014-05-1/12.html")
    press_and_arrive(page, "ArrowRight", "2014-06-2/01.html")
    press_and_arrive(page, "ArrowLeft", "2014-05-1/12.html")
    press_and_arrive(page, "ArrowLeft", "11.html")


@pytest.mark.parametrize("key", ["Alt+ArrowRight", "Control+ArrowRight", "Shift+ArrowRight"])
def test_arrows_with_other_keys_are_left_to_the_browser(page: Page, folder: str, key: str) -> None:
    page.goto(f"{folder}/{PRINTED}")
    watch(page)
    page.keyboard.press(key)
    assert followed(page) == 0
    page.keyboard.press("ArrowRight")
    assert followed(page) == 1


def test_arrows_move_in_a_field_and_in_selected_text(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{PRINTED}")
    watch(page)
    page.fill("#quick", "政务云")
    page.keyboard.press("ArrowRight")
    page.evaluate(
        "() => { document.activeElement.blur();"
        " getSelection().selectAllChildren(document.querySelector('.prose p')); }"
    )
    page.keyboard.press("ArrowRight")
    assert followed(page) == 0
    page.evaluate("getSelection().removeAllRanges()")
    page.keyboard.press("ArrowRight")
    assert followed(page) == 1


def test_arrows_scroll_a_page_that_is_wider_than_the_screen(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{PRINTED}")
    watch(page)
    page.evaluate("document.querySelector('.sheet').style.minWidth = '3000px'")
    page.keyboard.press("ArrowRight")
    assert followed(page) == 0


def watch(page: Page) -> None:
    """Count the links that are followed, and stay on the page."""
    page.evaluate(
        "() => { window.followed = 0; document.addEventListener('click', event => {"
        " event.preventDefault(); window.followed += 1; }); }"
    )


def followed(page: Page) -> int:
    return int(page.evaluate("window.followed"))


# The type size


def size_of_text(page: Page) -> float:
    return float(
        page.locator(".prose").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    )


@pytest.mark.parametrize("name", [LONG, WHOLE, PRINTED])
def test_the_type_size_is_set_and_stays_on_all_pages_of_text(
    page: Page, address: str, name: str
) -> None:
    page.goto(f"{address}/{name}")
    group = page.get_by_role("group", name="字体")
    expect(group.get_by_role("button", name="中")).to_have_attribute("aria-pressed", "true")
    usual = size_of_text(page)
    group.get_by_role("button", name="大").click()
    expect(group.get_by_role("button", name="大")).to_have_attribute("aria-pressed", "true")
    expect(group.get_by_role("button", name="中")).to_have_attribute("aria-pressed", "false")
    assert size_of_text(page) == usual * 1.25
    page.goto(f"{address}/{SHORT}")
    assert size_of_text(page) == usual * 1.25
    group.get_by_role("button", name="小").click()
    assert size_of_text(page) < usual


def test_the_chosen_size_is_there_at_the_first_paint_and_nothing_moves(
    context: BrowserContext, page: Page, folder: str
) -> None:
    page.goto(f"{folder}/{LONG}")
    page.get_by_role("button", name="大").click()
    context.add_init_script(
        "window.shifts = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) window.shifts += e.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"{folder}/{LONG}", wait_until="load")
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    assert page.evaluate("window.shifts") == 0


@pytest.mark.parametrize("width", [320, 360, 864, 1280])
def test_in_large_type_nothing_is_wider_than_the_screen(
    page: Page, folder: str, width: int
) -> None:
    page.goto(f"{folder}/{LONG}")
    page.get_by_role("button", name="大").click()
    page.set_viewport_size({"width": width, "height": 800})
    for name in (LONG, WHOLE, PRINTED):
        page.goto(f"{folder}/{name}")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def test_without_scripts_there_is_nothing_that_needs_them(browser: Browser, folder: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in (LONG, WHOLE, PRINTED):
        page.goto(f"{folder}/{name}")
        expect(page.locator(".tools")).to_be_hidden()
    context.close()


def test_a_browser_that_keeps_nothing_still_shows_all(
    context: BrowserContext, page: Page, folder: str
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{folder}/{LONG}")
    page.get_by_role("button", name="大").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.goto(f"{folder}/{SHORT}")
    assert errors == []


# Printing


def test_the_button_prints(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}")
    page.evaluate("window.print = () => { document.title = '已打印'; }")
    page.get_by_role("button", name="打印本页").click()
    expect(page).to_have_title("已打印")


def test_on_paper_an_article_says_where_it_was_printed(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}#s2")
    line = page.locator(".printed-at")
    expect(line).to_be_hidden()
    page.emulate_media(media="print")
    expect(line).to_be_visible()
    expect(line).to_have_text("电子政务信息汇编　2014年六月第二期　第11—12页")
    for hidden in (".tools", ".place >> nth=1"):
        expect(page.locator(hidden)).to_be_hidden()


# The addresses of paragraphs


def test_the_link_of_a_paragraph_appears_when_one_points_at_it(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}")
    link = page.get_by_role("link", name="第2段", exact=True)
    assert opacity(link) == 0
    page.locator("#s2").hover()
    assert opacity(link) == 1
    link.click()
    page.wait_for_url("**#s2")


def test_the_keyboard_comes_to_the_link_of_a_paragraph(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}")
    page.get_by_role("button", name="打印本页").focus()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="第1段", exact=True)
    expect(link).to_be_focused()
    assert opacity(link) == 1


def opacity(link: Locator) -> float:
    return float(link.evaluate("e => getComputedStyle(e).opacity"))


def test_what_is_copied_from_the_whole_issue_is_what_was_printed(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{WHOLE}")
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('#a05')); return getSelection().toString(); }"
    )
    assert "段" not in copied
    assert "第5页" not in copied


# The whole issue


def test_the_contents_of_the_whole_issue_lead_to_its_articles(page: Page, address: str) -> None:
    page.goto(f"{address}/issues/2014-05-1/index.html")
    page.get_by_role("link", name="整期阅读").click()
    page.wait_for_url("**/full.html")
    issue = published().archive.issues[0]
    entries = page.locator("ol.toc > li .title")
    assert entries.all_inner_texts() == [article.title for article in issue.articles]
    entries.nth(4).click()
    page.wait_for_url("**/full.html#a05")
    expect(page.locator("#a05 h2")).to_be_in_viewport()
    page.get_by_role("link", name="本期目录").click()
    page.wait_for_url("**/index.html")


def test_from_a_printed_page_one_comes_to_the_same_page_in_the_whole_issue(
    page: Page, folder: str
) -> None:
    page.goto(f"{folder}/issues/2014-05-1/p6.html")
    page.get_by_role("link", name="整期阅读").click()
    page.wait_for_url("**/full.html#p6")
    expect(page.locator("#p6")).to_be_in_viewport()


# The place where one stopped


def stop_at(page: Page, paragraph: str) -> None:
    """Read as far as that paragraph, and go elsewhere."""
    page.locator(f"#{paragraph}").evaluate("e => e.scrollIntoView()")
    page.goto(page.url.rsplit("/", 3)[0] + "/corrections.html")


def offer(page: Page) -> Locator:
    return page.get_by_role("group", name="上次读到的地方")


def remembered(page: Page) -> list[list[str]]:
    found = json.loads(page.evaluate("localStorage.getItem('bulletin.places')") or "[]")
    return [[path.rsplit("/", 1)[1], place] for path, place in found]


def test_who_comes_back_is_offered_to_go_on_and_not_taken_there(page: Page, address: str) -> None:
    page.goto(f"{address}/{LONG}")
    expect(offer(page)).to_have_count(0)
    stop_at(page, "s6")
    page.goto(f"{address}/{LONG}")
    expect(offer(page).get_by_role("status")).to_have_text("上次读到第6段")
    assert page.evaluate("window.pageYOffset") == 0
    offer(page).get_by_role("link", name="继续阅读").click()
    page.wait_for_url("**#s6")
    expect(page.locator("#s6")).to_be_in_viewport()
    expect(offer(page)).to_have_count(0)


def test_the_whole_issue_names_the_article_too(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{WHOLE}")
    stop_at(page, "a05-s2")
    page.goto(f"{folder}/{WHOLE}")
    expect(offer(page).get_by_role("status")).to_have_text("上次读到第5篇第2段")


def test_the_keyboard_meets_the_offer_before_the_text_and_can_refuse_it(
    page: Page, folder: str
) -> None:
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    page.goto(f"{folder}/{LONG}")
    expect(offer(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(offer(page).get_by_role("link", name="继续阅读")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(offer(page)).to_have_count(0)
    page.goto(f"{folder}/corrections.html")
    page.goto(f"{folder}/{LONG}")
    assert remembered(page) == []


def test_who_only_looked_in_does_not_lose_the_place(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    page.goto(f"{folder}/{LONG}")
    page.goto(f"{folder}/corrections.html")
    assert remembered(page) == [["11.html", "s6"]]


def test_who_has_read_to_the_end_is_offered_nothing(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    page.goto(f"{folder}/{LONG}")
    page.locator(".signature, .neighbours").last.evaluate("e => e.scrollIntoView()")
    page.goto(f"{folder}/corrections.html")
    assert remembered(page) == []


def test_who_scrolls_on_is_not_kept_by_the_offer(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    page.goto(f"{folder}/{LONG}")
    expect(offer(page)).to_be_visible()
    page.evaluate("window.scrollTo(0, 2 * innerHeight)")
    expect(offer(page)).to_have_count(0)


def test_a_link_to_a_place_and_a_text_that_is_seen_at_once_bring_no_offer(
    page: Page, folder: str
) -> None:
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    page.goto(f"{folder}/{LONG}#s2")
    expect(page.locator("#s2")).to_be_in_viewport()
    expect(offer(page)).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 4000})
    page.goto(f"{folder}/corrections.html")
    page.goto(f"{folder}/{LONG}")
    expect(page.get_by_role("button", name="中")).to_have_attribute("aria-pressed", "true")
    expect(offer(page)).to_have_count(0)


def test_no_more_than_fifty_places_are_kept(page: Page, folder: str) -> None:
    page.goto(f"{folder}/{SHORT}")
    others = [[f"/x/{number}.html", "s3"] for number in range(60)]
    page.evaluate("e => localStorage.setItem('bulletin.places', JSON.stringify(e))", others)
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    found = remembered(page)
    assert len(found) == 50
    assert found[0] == ["11.html", "s6"]


@pytest.mark.parametrize("value", ["", "x", "7", "null", "[7]", '[["a"]]', '{"a": 1}'])
def test_what_others_left_in_the_store_does_no_harm(page: Page, folder: str, value: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{folder}/{SHORT}")
    page.evaluate(
        "v => { localStorage.setItem('bulletin.places', v); localStorage.setItem('bulletin.size', v); }",
        value,
    )
    page.goto(f"{folder}/{LONG}")
    stop_at(page, "s6")
    assert remembered(page) == [["11.html", "s6"]]
    assert errors == []
