"""Reading with large text, wide spacing, the keyboard, one's own colours, without motion: WCAG beyond
what axe can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from archives import BASE, write
from bulletin_site.__main__ import main

pytestmark = pytest.mark.browser

KINDS = [
    "index.html",
    "issues/index.html",
    "issues/2014-06-2/full.html",
    "trends.html",
    "corrections.html",
    "help/index.html",
    "help/editors.html",
    "help/problems.html",
    "issues/2014-05-1/index.html",
    "issues/2014-06-2/index.html",
    "issues/2014-05-1/06.html",
    "issues/2014-06-2/11.html",
    "issues/2014-05-1/p6.html",
    "topics/index.html",
    "topics/big-data.html",
    "sources/index.html",
    "sources/wenhuibao.html",
    "search.html",
    "search.html?q=大数据无纸化&year=2014",
    "issues/2014-05-1/06.html?q=大数据",
    "404.html",
]
WALKED = [
    "index.html",
    "help/editors.html",
    "issues/2014-06-2/index.html",
    "issues/2014-05-1/p6.html",
    "sources/wenhuibao.html",
    "search.html?q=大数据无纸化&year=2014",
    "issues/2014-05-1/06.html?q=大数据",
]

# 1.4.12: what readers may set without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""

# Text that lies outside the screen or on other text, and boxes that hide a part of theirs.
LOSSES = r"""() => {
  // On a telephone the headline repeats what is cut off the path to it.
  const repeated = ".breadcrumb li:last-child";
  const unseen = (element) => element.closest(".hidden, .skip, option, noscript, template, " + repeated) !== null;
  const told = (element, text) => element.className + "|" + element.tagName + ": " + text.trim().slice(0, 20);
  const losses = [];
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (node.data.trim() === "" || unseen(element) || !element.checkVisibility()) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(element).fontSize);
    for (const box of range.getClientRects()) {
      // A table of many columns moves in a frame of its own, which the keyboard reaches.
      if ((box.left < -1 || box.right > innerWidth + 1) && !element.closest(".scroll[tabindex]")) {
        losses.push("outside: " + told(element, node.data));
      }
      // The character itself: a font's box is taller than it, and half of a full-width stop is blank.
      const middle = (box.top + box.bottom) / 2;
      const fixed = element.closest(".marks-bar") !== null;
      const blank = /[、，。：；）”]\s*$/.test(node.data) ? size / 2 : 1;
      lines.push({ element, node, fixed, left: box.left + 1, right: box.right - blank,
        top: middle - size * 0.4, bottom: middle + size * 0.4 });
    }
  }
  lines.forEach((a, at) => {
    for (const b of lines.slice(at + 1)) {
      if (a.fixed === b.fixed && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        losses.push("overlap: " + told(a.element, a.node.data) + " / " + told(b.element, b.node.data));
      }
    }
  });
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const hides = style.overflowX !== "visible" || style.overflowY !== "visible";
    const larger = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (hides && larger && !element.matches(".scroll[tabindex]") && !unseen(element) && element.checkVisibility()) {
      losses.push("hidden: " + told(element, element.textContent));
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    losses.push("wider than the screen");
  }
  return losses;
}"""

# What the keyboard is expected to reach, in the order of the page; and the focus put before all of it
# (the search page puts the cursor into its field).
STOPS = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return Array.from(document.querySelectorAll("a[href], button, input, select, summary"))
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element, number) => { element.dataset.stop = number; return number; });
}"""
HERE = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getClientRects()[0];
  const [x, y] = [box.left + Math.min(8, box.width / 2), box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return {
    stop: Number(element.dataset.stop ?? -1),
    shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inSight: top !== null && (element.contains(top) || top.contains(element)),
    html: element.outerHTML.slice(0, 80),
  };
}"""


def opened(browser: Browser, address: str, **settings: Any) -> Page:
    """A page in which styles can be set from outside, as a reader's own are."""
    page = browser.new_context(bypass_csp=True, **settings).new_page()
    page.goto(address)
    return page


def turn_to(page: Page, address: str) -> None:
    page.goto(address)
    if "search.html?" in address:
        page.wait_for_selector("#results[aria-busy='false'] > li")
    elif "?q=" in address:
        page.wait_for_selector(".marks-bar")


def test_no_text_is_lost_at_four_times_the_size_nor_with_more_space(
    browser: Browser, over_http: str
) -> None:
    page = opened(browser, over_http)
    losses = []
    for name in KINDS:
        turn_to(page, f"{over_http}/{name}")
        for spaced in (False, True):
            if spaced:
                page.add_style_tag(content=SPACING)
            for width in (320, 768, 1280):
                page.set_viewport_size({"width": width, "height": width * 4 // 5})
                losses += [(name, spaced, width, loss) for loss in page.evaluate(LOSSES)]
    assert losses == []
    page.context.close()


def test_no_word_is_too_long_for_the_screen(browser: Browser, tmp_path: Path) -> None:
    word = "www.example.gov.cn/" + "abcdefghij" * 20
    name = BASE["issues/archive.yaml"].replace("电子政务信息汇编", f"电子政务 {word}")
    article = BASE["issues/2014-05-1/01.md"].replace("title: ", f"title: {word} ")
    article = article.replace("source: ", f"source: {word}")
    article += f"\n|甲|乙|\n|---|---|\n|{word}|`{word}`|\n\n~~~\n{word} {word}\n~~~\n\n`{word}`\n"
    files = {**BASE, "issues/archive.yaml": name, "issues/2014-05-1/01.md": article}
    assert main(["build", "--root", str(write(tmp_path, files))]) == 0
    page = browser.new_page()
    wide = []
    for address in sorted((tmp_path / "site").rglob("*.html")):
        page.goto(address.as_uri())
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((address.name, width))
    assert wide == []
    page.context.close()


def test_text_that_is_lost_would_be_seen(browser: Browser, over_http: str) -> None:
    page = opened(browser, f"{over_http}/index.html", viewport={"width": 320, "height": 256})
    for style in (
        "h2 { height: 1em; overflow: hidden; }",
        "h2 { white-space: nowrap; letter-spacing: 3em; }",
        "h2 { line-height: 0; }",
    ):
        page.goto(f"{over_http}/index.html")
        page.add_style_tag(content=style)
        assert page.evaluate(LOSSES), style
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, over_http: str, width: int
) -> None:
    page = opened(browser, over_http, viewport={"width": width, "height": 800})
    for name in WALKED:
        turn_to(page, f"{over_http}/{name}")
        stops = page.evaluate(STOPS)
        reached = []
        for _ in stops:
            page.keyboard.press("Tab")
            here = page.evaluate(HERE)
            assert here["shown"], (name, here["html"])
            assert here["inSight"], (name, here["html"])
            reached.append(here["stop"])
        assert reached == stops, name
    page.context.close()


def test_the_first_stop_leads_past_the_head(browser: Browser, over_http: str) -> None:
    page = opened(browser, over_http)
    for name in WALKED:
        turn_to(page, f"{over_http}/{name}")
        page.evaluate(STOPS)
        page.keyboard.press("Tab")
        assert page.locator(".skip").evaluate("e => e.clientWidth > 50"), name
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main", name
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer, .marks-bar') !== null")
    page.context.close()


def test_nothing_moves_for_readers_who_want_no_motion(browser: Browser, over_http: str) -> None:
    page = opened(browser, over_http, reduced_motion="reduce")
    for name in KINDS:
        turn_to(page, f"{over_http}/{name}")
        page.evaluate(
            "document.querySelectorAll('[aria-busy]').forEach((e) => { e.ariaBusy = 'true'; })"
        )
        assert (
            page.evaluate(
                """() => Array.from(document.querySelectorAll("*")).flatMap((element) => {
                const style = getComputedStyle(element);
                const moves = [style.transitionDuration, style.animationDuration, style.scrollBehavior];
                return moves.join() === "0s,0s,auto" ? [] : [element.outerHTML.slice(0, 80)];
            })"""
            )
            == []
        ), name
    page.context.close()
