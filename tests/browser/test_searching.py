"""Searching the published site as readers do, from a folder and from a server."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from archives import published
from bulletin_site.content.model import Article
from bulletin_site.pages import prose

pytestmark = pytest.mark.browser

ARTICLES = published().archive.articles
QUERIES = [
    "大数据",
    "云计算",
    "政务公开",
    "江苏 大数据",
    "wifi",
    "85页",
    "85 页",
    "ＷＩＦＩ",
    "ZDNet 存储频道",
]
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "通知:",
    "~",
    "-通知",
    "*",
    "+云",
    "𠮷",
    "😀",
    "云" * 5000,
]


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(f"{address}/search.html")
    return page


def open_search(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/search.html?q={quote(query)}")
    page.wait_for_selector("#results[aria-busy='false']", state="attached")
    page.wait_for_selector("[role=status]:not(:empty)")


def matches(page: Page, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("query => bulletin.search(query)", query)
    return found


def literal(text: str) -> str:
    return "".join(text.split()).lower()


def has(article: Article, phrase: str) -> bool:
    fields = (article.title, prose.plain_text(article.body).text, article.source or "")
    return any(literal(phrase) in literal(field) for field in fields)


@pytest.mark.parametrize(
    "query", ["大数据", "云计算", "政务公开", "江苏 大数据", "wifi", "85页", "85 页"]
)
def test_a_query_finds_exactly_the_articles_that_have_it(
    page: Page, address: str, query: str
) -> None:
    page.goto(f"{address}/search.html")
    full = {match["article"] for match in matches(page, query) if not match["partial"]}
    assert full == {a.id for a in ARTICLES if all(has(a, word) for word in query.split())}
    assert full


def test_the_page_shows_the_very_list_that_the_search_answers(page: Page, address: str) -> None:
    for query in QUERIES:
        open_search(page, address, query)
        hits = page.locator("#results > li")
        shown = [
            hits.nth(position).locator("a").first.get_attribute("href")
            for position in range(hits.count())
        ]
        answered = [f"issues/{match['article']}.html" for match in matches(page, query)]
        assert shown == answered[:10], query
        assert shown, query


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.id))
def test_a_title_finds_its_article_first(page: Page, address: str, article: Article) -> None:
    open_search(page, address, article.title)
    first = page.locator("#results > li").first.locator("a").first
    assert first.inner_text() == article.title
    assert first.get_attribute("href") == f"issues/{article.id}.html"


def test_a_hit_names_the_printed_page_of_the_match_and_leads_to_it(
    page: Page, address: str
) -> None:
    open_search(page, address, "抢占大数据发展先机")
    number = page.locator("#results > li").first.locator("a.page")
    assert "6" in number.inner_text()
    number.click()
    page.wait_for_url("**/06.html#p6")


def test_a_match_across_a_page_end_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html")
    assert matches(page, "组织当地重点企业")[0]["article"] == "2014-05-1/06"


def test_quotation_marks_ask_for_the_exact_words(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html")
    for query in ("“信用大数据平台”", "「信用大数据平台」", '"信用大数据平台"'):
        assert [match["article"] for match in matches(page, query)] == ["2014-05-1/05"]


def test_what_nothing_has_is_said_with_what_to_do(page: Page, address: str) -> None:
    open_search(page, address, "拖拉机")
    assert page.locator("#results > li").count() == 0
    assert "没有找到" in page.locator("[role=status]").inner_text()


@pytest.mark.parametrize("query", HOSTILE)
def test_a_query_is_data_whatever_it_holds(page: Page, address: str, query: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_search(page, address, query[:500])
    assert isinstance(matches(page, query), list)
    assert page.locator("#results img, #status img").count() == 0
    assert errors == []


def test_typing_shows_results_and_the_address_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html")
    page.fill("input[type=search][name=q]", "无纸化")
    page.wait_for_selector("#results > li")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_selector("#results > li")
    assert "无纸化" in page.locator("#results > li").first.inner_text()


def test_the_search_box_of_any_page_leads_to_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}/issues/2014-05-1/06.html")
    page.fill("form[role=search] input", "政务云")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector("#results > li")


def test_lost_data_is_said_and_the_indexes_are_offered(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/search/catalog.js", lambda route: route.abort())
    page.goto(f"{address}/search.html?q={quote('政务云')}")
    page.wait_for_selector("#results[aria-busy='false']", state="attached")
    page.wait_for_selector("[role=status]:has-text('没有读到')")
    page.close()
