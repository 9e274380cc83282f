"""axe-core (the npm package in tests/web) finds nothing on any page, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from archives import ROOT, published_files

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCHEMES: tuple[tuple[Literal["light", "dark"], object], ...] = (("light", RULES), ("dark", COLOURS))
"""In the dark other colours are all that differs."""


@contextmanager
def examined(browser: Browser, **settings: Any) -> Iterator[Page]:
    """A page in which axe is at hand."""
    # axe itself is a script that the policy of the site would not let in.
    context = browser.new_context(bypass_csp=True, **settings)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[tuple[str, str, str, str]]:
    """What axe finds on the page as it is now, in light and in dark: where, which rule, what."""
    found: list[tuple[str, str, str, str]] = []
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # Of all that axe has to say no more comes over than is looked at.
        told = page.evaluate(
            """async rules => {
              const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
              return found.violations.map((each) => [each.id, each.nodes[0].html]);
            }""",
            rules,
        )
        found += [(page.url, scheme, rule, html) for rule, html in told]
    return found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with examined(browser) as page:
        yield page


def test_axe_finds_no_violation_on_any_page(page: Page, site: Path) -> None:
    found = []
    for name in sorted(n for n in published_files() if n.endswith(".html")):
        page.goto(f"{site.as_uri()}/{name}")
        found += violations(page)
    assert found == []


def test_axe_finds_no_violation_where_something_was_searched_for(page: Page, site: Path) -> None:
    found = []
    # Hits with the filters open, hits of a part of the query, a guess, nothing at all.
    for query in ("政务&year=2014", "大数据无纸化", "zhengwuyun", "拖拉机"):
        page.goto(f"{site.as_uri()}/search.html?q={query}")
        page.wait_for_selector("#results[aria-busy='false']", state="attached")
        found += violations(page)
    page.goto(f"{site.as_uri()}/search.html?q=数据")
    page.click(".hit-title a")
    page.get_by_role("button", name="下一处").click()
    found += violations(page)
    assert found == []


def test_axe_finds_no_violation_where_one_goes_on_reading_in_large_type(
    page: Page, site: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    article = f"{site.as_uri()}/issues/2014-06-2/11.html"
    page.goto(article)
    page.get_by_role("button", name="大").click()
    page.locator("#s6").evaluate("e => e.scrollIntoView()")
    page.goto(f"{site.as_uri()}/index.html")
    page.goto(article)
    page.wait_for_selector(".place-bar")
    found = violations(page)
    page.get_by_role("link", name="继续阅读").click()
    page.get_by_role("link", name="第6段", exact=True).focus()
    found += violations(page)
    assert found == []


def test_axe_would_see_a_violation_that_is_there_in_the_dark_alone(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/index.html")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { body * { color: #222; } }")
    found = {(scheme, rule) for _, scheme, rule, _ in violations(page)}
    assert ("light", "html-has-lang") in found
    assert ("dark", "color-contrast") in found
    assert ("light", "color-contrast") not in found
