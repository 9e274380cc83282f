"""The preview shows hostile texts as text, in its list of problems and beside an imported file, and
gives nothing to pages of other sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archives import BASE, write
from browser.preview_page import preview_page
from browser.server import serving
from bulletin_site.__main__ import main
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from hostile_archive import ISSUE, hostile
from hostile_links import TARGETS
from hostile_texts import ALL
from preview.program import PATIENCE, Program, running, save

pytestmark = pytest.mark.browser

ARTICLE = f"issues/{ISSUE}/03.md"
SOME = ALL[::7]
IMPORTED = "2014-08-1"

ODD = """() => {
  const host = document.querySelector("bulletin-preview");
  const all = [...document.querySelectorAll("*"), ...host.shadowRoot.querySelectorAll("*")];
  const kinds = "SCRIPT IMG IFRAME OBJECT EMBED FORM BASE STYLE SVG MATH VIDEO AUDIO".split(" ");
  const isOwn = (one) => one.tagName === "SCRIPT" && /^[/][.]preview[/]|^[./]*assets[/]/.test(one.getAttribute("src"));
  const isBad = (one) =>
    (kinds.includes(one.tagName.toUpperCase()) && !isOwn(one) && one.type !== "application/ld+json" && one.role !== "search") ||
    one.getAttributeNames().some((name) => name.startsWith("on")) ||
    /^(javascript|data|vbscript|file):/i.test(one.getAttribute("href") || "");
  return window.hostile === undefined ? all.filter(isBad).map((one) => one.outerHTML) : ["it has run"];
}"""

FROM_ELSEWHERE = """async (preview) => {
  const told = (made) => new Promise((resolve) => {
    made.onload = made.onmessage = () => resolve("given");
    made.onerror = () => resolve("nothing");
    if (made instanceof Element) {
      document.head.append(made);
    }
  });
  const read = async (options) => {
    try {
      return await (await fetch(preview + "index.html", options)).text() === "" ? "nothing" : "given";
    } catch {
      return "nothing";
    }
  };
  const element = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const found = {
    fetch: await read({}),
    opaque: await read({ mode: "no-cors" }),
    script: await told(element("script", { src: preview + "search/catalog.js" })),
    style: await told(element("link", { rel: "stylesheet", href: preview + "assets/site.css" })),
    picture: await told(element("img", { src: preview + "assets/icon.svg" })),
    news: await told(new EventSource(preview + ".preview/events?path=/")),
  };
  const frame = element("iframe", { src: preview });
  document.body.append(frame);
  await new Promise((resolve) => { frame.onload = resolve; });
  found.frame = frame.contentDocument === null ? "nothing" : "given";
  return found;
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A correct archive, and an issue imported from a text file of hostile texts."""
    folder = tmp_path_factory.mktemp("archives")
    printed = build(read_inputs(write(folder / "printed", hostile(SOME)))).files
    assert printed is not None
    (folder / "八月第一期.txt").write_bytes(printed[f"issues/{ISSUE}/{ISSUE}.txt"])
    root = write(folder / "archive", BASE)
    assert (
        main(["import", "--root", str(root), "--as", IMPORTED, str(folder / "八月第一期.txt")]) == 0
    )
    return root


@pytest.fixture(scope="module")
def program(root: Path) -> Iterator[Program]:
    with running(root) as program:
        yield program


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with preview_page(browser) as page:
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.on(
            "request",
            lambda one: asked.append(one.url) if "evil" in one.url.split("?")[0] else None,
        )
        yield page
        assert asked == []


def test_beside_an_imported_file_its_texts_are_text(page: Page, program: Program) -> None:
    page.goto(f"{program.url}.preview/import/{IMPORTED}/")
    expect(page.locator("bulletin-preview")).to_be_attached()
    assert page.evaluate(ODD) == []
    shown = "".join((page.locator("main").text_content() or "").split())
    assert [text for text in SOME if "".join(text.split()) not in shown] == []


def test_problems_quote_hostile_lines(page: Page, program: Program, root: Path) -> None:
    text = BASE[ARTICLE]
    wrong = [f"[去]({target})" for target in TARGETS]
    patience = PATIENCE * 1000
    page.goto(program.url)
    save(root / ARTICLE, text + "\n" + "\n\n".join(wrong) + "\n")
    listed = page.locator("bulletin-preview .excerpt")
    expect(listed.filter(has_text="java&Tab;script").first).to_be_visible(timeout=patience)
    assert page.evaluate(ODD) == []
    shown = " ".join(listed.all_inner_texts())
    assert [line for line in wrong if line not in shown and ".." not in line] == []
    keys = "".join(f"{json.dumps(one)}: {json.dumps(one)}\n" for one in SOME)
    save(root / ARTICLE, text.replace("page: 4\n", f"page: 4\n{keys}"))
    unknown = page.locator("bulletin-preview li").filter(has_text="不认识的键")
    expect(unknown.first).to_be_visible(timeout=patience)
    assert page.evaluate(ODD) == []
    save(root / ARTICLE, text)


def test_a_page_of_another_site_is_given_nothing(
    browser: Browser, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>x</title><body>", "utf-8")
    page = browser.new_page()
    with serving(tmp_path) as elsewhere:
        for preview in (program.url, program.url.replace("127.0.0.1", "localhost")):
            page.goto(f"{elsewhere}/index.html")
            found = page.evaluate(FROM_ELSEWHERE, preview)
            assert set(found.values()) == {"nothing"}, found
    page.close()
