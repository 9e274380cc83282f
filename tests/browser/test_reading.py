"""Reading the published site in a real browser: links, page numbers, copying, no scripts, paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archives import published, published_files
from bulletin_site.pages import prose

pytestmark = pytest.mark.browser

PAGES = sorted(name for name in published_files() if name.endswith(".html"))
WIDTHS = (320, 360, 768, 1280)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page()


def test_no_page_complains_or_asks_another_host(browser: Browser, address: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # An icon that is still on its way when the test goes on to the next page is no complaint.
    page.on(
        "requestfailed",
        lambda request: (
            None if request.failure == "net::ERR_ABORTED" else complaints.append(request.url)
        ),
    )
    page.on("request", lambda request: requests.append(request.url))
    for name in PAGES:
        page.goto(f"{address}/{name}")
    assert complaints == []
    origin = address.split("/a/")[0]
    assert [url for url in requests if not url.startswith(origin)] == []
    page.close()


def test_every_number_of_every_table_of_contents_leads_to_the_place(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    followed = 0
    for issue in published().archive.issues:
        contents = f"{address}/issues/{issue.id}/index.html"
        for position, article in enumerate(issue.articles):
            page.goto(contents)
            entry = page.locator("ol.toc > li").nth(position)
            assert entry.locator("a").first.inner_text() == article.title
            number = entry.locator("a.page")
            assert number.inner_text() == str(article.first_page)
            number.click()
            page.wait_for_url(f"**/p{article.first_page}.html*")
            place = page.locator(":target")
            assert place.locator("h2").inner_text() == f"{article.number}、{article.title}"
            assert place.evaluate("e => e.getBoundingClientRect().top < innerHeight")
            followed += 1
    assert followed == 25
    page.close()


def test_a_page_break_is_named_for_screen_readers_and_is_where_the_print_has_it(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/issues/2014-05-1/06.html#p6")
    mark = page.locator("#p6")
    assert mark.get_attribute("role") == "doc-pagebreak"
    session = page.context.new_cdp_session(page)
    found = session.send("DOM.getDocument")
    node = session.send("DOM.querySelector", {"nodeId": found["root"]["nodeId"], "selector": "#p6"})
    tree = session.send(
        "Accessibility.queryAXTree", {"nodeId": node["nodeId"], "role": "DocPageBreak"}
    )
    # Chromium exposes the role under its own name; what matters is the name that is read out.
    everything = (
        tree["nodes"]
        or session.send(
            "Accessibility.getPartialAXTree", {"nodeId": node["nodeId"], "fetchRelatives": False}
        )["nodes"]
    )
    assert everything[0]["name"]["value"] == "第6页"
    before = mark.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e.closest('.body'));"
        " r.setEndBefore(e); return r.toString(); }"
    )
    assert before.endswith("组织当地重")


def test_what_is_copied_is_what_was_printed(page: Page, address: str) -> None:
    for article in published().archive.articles:
        page.goto(f"{address}/issues/{article.id}.html")
        copied = page.evaluate(
            "() => { const s = getSelection(); s.selectAllChildren(document.querySelector('.body'));"
            " return s.toString(); }"
        )
        assert squeezed(copied) == squeezed(prose.plain_text(article.body).text)


def test_without_scripts_all_is_readable_and_the_search_page_leads_on(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/issues/2014-06-2/index.html")
    page.click("text=政务服务改革将推")
    assert page.locator("article[data-article='2014-06-2/13'] .body").inner_text()
    page.goto(f"{address}/search.html")
    assert "没有启用" in page.locator("noscript").inner_text()
    page.locator("noscript a", has_text="主题").click()
    page.wait_for_url("**/topics/index.html")
    context.close()


def test_no_page_is_wider_than_the_screen(page: Page, site: Path) -> None:
    too_wide = []
    for name in PAGES:
        page.goto(f"{site.as_uri()}/{name}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append((width, name))
    assert too_wide == []


def test_a_line_of_an_article_holds_thirty_to_forty_characters(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site.as_uri()}/issues/2014-05-1/06.html")
    characters = page.locator(".body").evaluate(
        "e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)"
    )
    assert 30 <= characters <= 40


def test_a_printed_page_has_the_lines_of_the_printed_grid(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site.as_uri()}/issues/2014-05-1/p6.html")
    characters = page.locator(".prose").first.evaluate(
        "e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)"
    )
    assert round(characters) == 28


def test_a_paragraph_that_resumes_after_a_page_end_is_not_indented(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/issues/2014-05-1/p6.html")
    paragraphs = page.locator(".prose p")
    indents = [
        paragraphs.nth(position).evaluate("e => getComputedStyle(e).textIndent")
        for position in range(2)
    ]
    assert indents[0] == "0px"
    assert float(indents[1].removesuffix("px")) > 30


def test_paper_gets_the_text_and_nothing_to_click(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/issues/2014-05-1/06.html")
    page.emulate_media(media="print")
    for hidden in (".masthead", ".breadcrumb", ".neighbours", ".footer"):
        assert not page.locator(hidden).is_visible()
    assert page.locator(".body").is_visible()


def test_the_keyboard_reaches_the_text_first(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/issues/2014-05-1/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
