"""What a page costs who reads it: bytes on the first visit and on the next, and that nothing moves."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext

from archives import published, published_files

pytestmark = pytest.mark.browser

FIRST_VISIT = 30_000
NEXT_VISIT = 8_000
ARTICLES = [f"issues/{article.id}.html" for article in published().archive.articles]
KINDS = [
    "index.html",
    "issues/index.html",
    "issues/2014-06-2/full.html",
    "trends.html",
    "corrections.html",
    "help/index.html",
    "help/editors.html",
    "issues/2014-05-1/index.html",
    "issues/2014-06-2/index.html",
    "issues/2014-05-1/06.html",
    "issues/2014-05-1/p6.html",
    "topics/index.html",
    "topics/big-data.html",
    "sources/index.html",
    "sources/wenhuibao.html",
    "search.html",
    "404.html",
]
SEARCHES = ["search.html?q=大数据", "search.html?q=政务&year=2014", "search.html?q=拖拉机"]

# In place before the page is: what moves although nobody did anything, and what it moves.
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    if (!shift.hadRecentInput) {
      const moved = shift.sources.map((source) => source.node && source.node.parentElement.outerHTML);
      window.shifts.push([shift.value, ...moved.map(String).map((html) => html.slice(0, 80))]);
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = """() => document.fonts.ready.then(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(window.shifts)))))"""


def zipped(name: str) -> int:
    return len(gzip.compress(published_files()[name], 9, mtime=0))


@pytest.fixture(params=[360, 1280])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    context.add_init_script(WATCH)
    yield context
    context.close()


def test_an_article_is_light_on_the_first_visit_and_on_the_next(
    browser: Browser, over_http: str
) -> None:
    heaviest = max(ARTICLES, key=zipped)
    assert zipped(heaviest) <= NEXT_VISIT
    page = browser.new_context().new_page()
    loaded: list[str] = []
    page.on("response", lambda response: loaded.append(unquote(response.url)))
    page.goto(f"{over_http}/{heaviest}")
    page.wait_for_load_state("networkidle")
    names = {url.split("/a/汇编/")[1] for url in loaded}
    assert {heaviest, "assets/site.css"} <= names
    # Headless browsers ask for no icon.
    weights = {name: zipped(name) for name in names | {"assets/icon.svg"}}
    assert sum(weights.values()) <= FIRST_VISIT, weights
    page.context.close()


def test_no_page_moves_while_it_loads(context: BrowserContext, over_http: str) -> None:
    page = context.new_page()
    moved = {}
    for name in KINDS:
        page.goto(f"{over_http}/{name}")
        moved[name] = page.evaluate(SETTLED)
    assert moved == {name: [] for name in KINDS}


def test_no_result_moves_while_the_answer_loads(context: BrowserContext, over_http: str) -> None:
    page = context.new_page()
    moved = {}
    for name in SEARCHES:
        page.goto(f"{over_http}/{name}")
        page.wait_for_selector("#results[aria-busy='false']", state="attached")
        page.wait_for_selector("[role=status]:not(:empty)")
        moved[name] = page.evaluate(SETTLED)
    assert moved == {name: [] for name in SEARCHES}


def test_what_moves_would_be_seen(context: BrowserContext, over_http: str) -> None:
    page = context.new_page()
    page.goto(f"{over_http}/index.html")
    page.evaluate("document.querySelector('main').prepend(document.createElement('hr'))")
    assert page.evaluate(SETTLED)
