"""The page of an import in a browser: the printed page beside the text it became."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from archives import BASE, write
from browser.preview_page import preview_page
from browser.test_accessibility import examined, violations
from bulletin_site.__main__ import main
from preview.program import Program, running, save

pytestmark = pytest.mark.browser

ISSUE = "2014-07-1"
BESIDE = f".preview/import/{ISSUE}/"
PRINTED = """\
<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><style>
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :nth(1) { @bottom-center { content: ""; } }
@page { @bottom-center { content: "— " counter(page) " —"; } }
body { font: 16pt/28pt "Noto Serif CJK SC", serif; }
p { margin: 0; text-indent: 2em; }
div { break-before: page; }
h1, h2, .c { text-align: center; text-indent: 0; font-size: 16pt; margin: 0; }
</style>
<h1>电子政务信息汇编</h1><p class="c">2014年7月11日</p><p class="c">七月第一期</p>
<p class="c">目 录</p>
<p class="c">1、某省建成政务云…………2</p><p class="c">2、某市向社会开放交通数据…………3</p>
<div><h2>1、某省建成政务云</h2>
<p>某省建成覆盖全省的政务云平台，各厅局的业务系统陆续迁入，机房由四十处减到三处。</p>
<p>下一步将制定迁移的时间表。</p><p>（文汇报）</p></div>
<div><h2>2、某市向社会开放交通数据</h2>
<p>某市向社会开放交通数据，市民可以自由下载使用，首批有公共汽车到站时间等八类。</p>
<p>（人民网）</p></div></html>
"""


@pytest.fixture(scope="module")
def imported(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an issue that was imported from a PDF which Chromium printed."""
    root = write(tmp_path_factory.mktemp("archive"), BASE)
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PRINTED)
    page.pdf(path=root / "七月第一期.pdf", prefer_css_page_size=True)
    context.close()
    assert main(["import", "--root", str(root), str(root / "七月第一期.pdf")]) == 0
    return root


@pytest.fixture(scope="module")
def program(imported: Path) -> Iterator[Program]:
    with running(imported) as program:
        yield program


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with preview_page(browser) as page:
        yield page


def box(found: Locator) -> FloatRect:
    place = found.bounding_box()
    assert place
    return place


def test_the_picture_and_the_text_of_a_page_stand_side_by_side(
    page: Page, program: Program
) -> None:
    page.goto(f"{program.url}issues/{ISSUE}/p3.html")
    page.get_by_role("link", name="对照原件").click()
    expect(page).to_have_url(f"{program.url}{BESIDE}#p3")
    row = page.locator("#p3")
    picture, text = row.locator("img"), row.locator(".beside-text")
    expect(text).to_contain_text("某市向社会开放交通数据，市民可以自由下载使用")
    expect(picture).to_have_js_property("naturalWidth", 1000)
    one, other = box(picture), box(text)
    assert one["x"] + one["width"] <= other["x"]
    assert abs(one["y"] - other["y"]) < 5
    assert one["width"] > 500
    # On a narrow screen one is above the other, and nothing sticks out.
    page.set_viewport_size({"width": 360, "height": 740})
    one, other = box(picture), box(text)
    assert one["y"] + one["height"] <= other["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    picture.click()
    expect(page).to_have_url(re.compile(f"{re.escape(program.url + BESIDE)}[0-9a-f]+-003.png"))


def test_a_settled_doubt_disappears_when_import_yaml_is_saved(
    page: Page, program: Program, imported: Path
) -> None:
    page.goto(program.url + BESIDE)
    doubts = page.locator(".beside-doubts li")
    record = imported / f"issues/{ISSUE}/import.yaml"
    before = record.read_text("utf-8")
    expect(doubts).to_have_count(before.count("doubt:"))
    start = before.index("  - in:")
    end = before.index("  - in:", start + 1)
    save(record, before[:start] + before[end:])
    expect(doubts).to_have_count(before.count("doubt:") - 1)
    save(record, before)
    expect(doubts).to_have_count(before.count("doubt:"))


def test_keys_lead_from_doubt_to_doubt(page: Page, program: Program) -> None:
    page.goto(program.url + BESIDE)
    first, second = (page.locator(f"#d{number}") for number in (1, 2))
    page.keyboard.press("n")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    page.keyboard.press("n")
    expect(second).to_be_focused()
    page.get_by_role("button", name="上一处").click()
    expect(first).to_be_focused()
    page.keyboard.press("Control+n")
    expect(first).to_be_focused()


def test_axe_finds_no_violation(browser: Browser, program: Program) -> None:
    with examined(browser) as page:
        page.goto(program.url + BESIDE)
        page.locator("bulletin-preview section").wait_for()
        assert violations(page) == []
