"""The help in a browser: its pictures show the program as it is, the handbook is two sheets.

`UPDATE_EXPECTED=1` takes the pictures anew. What each of them shows is kept as text in
`tests/data/help/`, for their bytes differ with every Chromium and every font.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from archives import TWO_ISSUES, write
from bulletin_site.build import build
from bulletin_site.inputs import read
from bulletin_site.pages import urls
from handbook import DATA, PICTURES, said, sample
from preview.program import running, save

pytestmark = pytest.mark.browser

WIDTH, HEIGHT, SCALE = 680, 320, 2
WIDE, HIGH = 1088, 512
"""The window in which two pages lie side by side; its picture is as large as the others."""
COLOURS = 32
WRONG = "issues/2014-05-1/02.md"

Show = Callable[[Page, Path, Path], AbstractContextManager[str]]
"""Brings a page before a picture is taken of it, from an empty folder or from the published site;
tells what is to be seen."""


@contextmanager
def contents(page: Page, _folder: Path, site: Path) -> Iterator[str]:
    page.goto((site / "issues/2014-05-1/index.html").as_uri())
    yield at(page, ".toc-heading")


@contextmanager
def printed_page(page: Page, _folder: Path, site: Path) -> Iterator[str]:
    page.goto((site / "issues/2014-05-1/p5.html").as_uri())
    yield at(page, ".printed-title")


@contextmanager
def correction(page: Page, folder: Path, _site: Path) -> Iterator[str]:
    page.goto((built(folder) / "issues/2014-06-2/01.html").as_uri())
    yield at(page, ".signature")


@contextmanager
def withdrawn(page: Page, folder: Path, _site: Path) -> Iterator[str]:
    page.goto((built(folder) / "issues/2014-06-2/03.html").as_uri())
    yield at(page, ".masthead")


@contextmanager
def preview(page: Page, folder: Path, _site: Path) -> Iterator[str]:
    with running(write(folder, TWO_ISSUES)) as program:
        with page.expect_response("**/.preview/events?*"):
            page.goto(program.url + "issues/2014-05-1/02.html")
        save(folder / WRONG, TWO_ISSUES[WRONG].replace("source", "sources"))
        bar = page.locator("bulletin-preview section")
        expect(bar).to_be_visible()
        yield f"{bar.inner_text()}\n{page.locator('main').inner_text()}"


@contextmanager
def beside(page: Page, folder: Path, _site: Path) -> Iterator[str]:
    said(sample(folder), "import", "六月第一期.docx")
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    with running(folder) as program:
        page.goto(f"{program.url}.preview/import/2014-06-1/")
        text = at(page, "#p3")
        expect(page.locator("#p3 img")).to_have_js_property("complete", True)
        yield text


SHOWS: dict[str, Show] = {
    "contents": contents,
    "printed-page": printed_page,
    "preview": preview,
    "beside": beside,
    "correction": correction,
    "withdrawn": withdrawn,
}


def built(folder: Path) -> Path:
    files = build(read(write(folder, TWO_ISSUES))).files
    assert files is not None
    for name, content in files.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_bytes(content)
    return folder / "site"


def at(page: Page, selector: str) -> str:
    """Scroll an element to the top."""
    page.locator(selector).first.evaluate("e => e.scrollIntoView()")
    return page.locator("main").inner_text()


def take(page: Page, name: str) -> None:
    """Write a picture, in few colours."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if picture.width > WIDTH * SCALE:
        picture = picture.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.LANCZOS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


@pytest.mark.parametrize("name", SHOWS)
def test_a_picture_shows_the_program_as_it_is(
    browser: Browser, name: str, tmp_path: Path, site: Path
) -> None:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, color_scheme="light"
    )
    kept = DATA / f"{name}.txt"
    try:
        page = context.new_page()
        with SHOWS[name](page, tmp_path, site) as text:
            if os.environ.get("UPDATE_EXPECTED"):
                take(page, name)
                DATA.mkdir(parents=True, exist_ok=True)
                kept.write_text(text, encoding="utf-8", newline="\n")
    finally:
        context.close()
    assert text == kept.read_text("utf-8")


def test_the_editors_handbook_is_two_sheets_of_paper(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / urls.HANDBOOK).as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    assert len(pypdfium2.PdfDocument(printed)) == 2
