"""A packed site on somebody's desktop: unpacked it leads on, in the zip it says what to do."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from archives import project_templates
from browser.test_accessibility import examined, violations
from bulletin_site.pack import Packed, pack

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def packed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two real issues in one file."""
    file = tmp_path_factory.mktemp("桌面") / "汇编.zip"
    assert isinstance(pack(site, file, project_templates()), Packed)
    return file


@pytest.fixture(scope="module")
def unpacked(packed: Path) -> Path:
    """What “全部解压缩” makes: a folder with the name of the zip."""
    folder = packed.with_suffix("")
    with ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def from_the_zip(packed: Path) -> Path:
    """What Windows hands to the browser when a page is opened inside of a zip: that file alone, in
    a temporary folder."""
    folder = packed.parent / "Temp" / f"Temp1_{packed.name}"
    with ZipFile(packed) as archive:
        archive.extract("index.html", folder)
    return folder


def test_unpacked_the_page_leads_into_the_site_where_one_can_search(
    browser: Browser, unpacked: Path
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((unpacked / "index.html").as_uri())
    expect(page.locator(".unpack")).to_be_hidden()
    page.get_by_role("link", name="打开《电子政务信息汇编》").click()
    page.wait_for_url((unpacked / "site/index.html").as_uri())
    page.fill("#quick", "大数据")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results[aria-busy='false'] > li")
    page.locator("#results > li a").first.click()
    expect(page.locator("article .body")).to_contain_text("大数据")
    assert complaints == []
    page.close()


def test_inside_the_zip_the_page_says_to_unpack_all_and_offers_no_link_into_nothing(
    browser: Browser, from_the_zip: Path
) -> None:
    page = browser.new_page()
    page.goto((from_the_zip / "index.html").as_uri())
    expect(page.locator(".unpack h2")).to_be_visible()
    assert page.locator(".unpack h2").inner_text() == "请先全部解压缩"
    assert "“全部解压缩”" in page.locator(".unpack li").nth(1).inner_text()
    assert page.get_by_role("link").count() == 0
    page.close()


def test_it_needs_no_script(browser: Browser, unpacked: Path, from_the_zip: Path) -> None:
    assert "<script" not in (unpacked / "index.html").read_text("utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("link").click()
    page.wait_for_url((unpacked / "site/index.html").as_uri())
    page.goto((from_the_zip / "index.html").as_uri())
    assert page.get_by_role("link").count() == 0
    context.close()


def test_axe_finds_no_violation_on_it_in_either_state(
    browser: Browser, unpacked: Path, from_the_zip: Path
) -> None:
    found = []
    with examined(browser) as page:
        for folder in (unpacked, from_the_zip):
            page.goto((folder / "index.html").as_uri())
            found += violations(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_any_screen_in_either_state(
    width: int, browser: Browser, unpacked: Path, from_the_zip: Path
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    for folder in (unpacked, from_the_zip):
        page.goto((folder / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
