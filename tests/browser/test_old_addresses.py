"""What readers meet at addresses that have moved or were withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archives import WITHDRAWN, write
from browser.server import serving
from browser.test_accessibility import examined, violations
from bulletin_site.build import build
from bulletin_site.inputs import read

pytestmark = pytest.mark.browser

NOTICE = "issues/2014-05-1/02.html"
REFRESH = re.compile(r'<meta http-equiv="refresh".*>\n')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an archive in which an issue has moved and articles were withdrawn."""
    root = tmp_path_factory.mktemp("moved")
    files = build(read(write(root, WITHDRAWN))).files
    assert files is not None
    for name, content in files.items():
        file = root / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root / "site"


@pytest.fixture(scope="module", params=["file", "http"])
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file":
        yield folder.as_uri()
    else:
        with serving(folder) as address:
            yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old/cloud.html", "issues/2014-06-2/01.html"),
        ("topics/cloud.html", "topics/government-cloud.html"),
        ("issues/2014-05-3/index.html", "issues/2014-05-1/index.html"),
        ("issues/2014-05-3/p3.html", "issues/2014-05-1/p3.html"),
        ("issues/2014-05-3/02.html", NOTICE),
    ],
)
def test_an_old_address_leads_on(page: Page, place: str, old: str, new: str) -> None:
    page.goto(f"{place}/{old}")
    page.wait_for_url(f"{place}/{new}")


def test_the_place_on_the_page_is_kept_where_there_are_scripts(
    browser: Browser, place: str
) -> None:
    page = browser.new_page()
    page.goto(f"{place}/issues/2014-05-3/01.html#s2", wait_until="commit")
    page.wait_for_url(f"{place}/issues/2014-05-1/01.html#s2")
    page.wait_for_load_state()
    # Nothing leads on a second time, to the beginning of the page.
    page.reload()
    assert page.url == f"{place}/issues/2014-05-1/01.html#s2"
    page.close()


def test_who_goes_back_does_not_meet_the_old_address_again(browser: Browser, place: str) -> None:
    page = browser.new_page()
    page.goto(f"{place}/index.html")
    for target in ("01.html", "01.html#s2"):
        page.evaluate("to => { window.location.href = to; }", f"issues/2014-05-3/{target}")
        page.wait_for_url(f"{place}/issues/2014-05-1/{target}")
        page.wait_for_load_state()
        page.go_back()
        page.wait_for_url(f"{place}/index.html")
    page.close()


def test_axe_finds_no_violation_and_nothing_is_wider_than_the_screen(
    browser: Browser, folder: Path
) -> None:
    # As it looks to those whom the browser does not lead on.
    moved = folder / "issues/2014-05-3/01.html"
    stays = moved.with_name("stays.html")
    stays.write_text(REFRESH.sub("", moved.read_text("utf-8")), "utf-8")
    found = []
    with examined(browser) as page:
        for name in (
            NOTICE,
            "old/notice.html",
            "issues/2014-05-3/stays.html",
            "issues/2014-05-1/index.html",
            "issues/2014-05-1/p4.html",
        ):
            page.goto(f"{folder.as_uri()}/{name}")
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 700})
                found += violations(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []


def test_a_search_finds_what_comes_after_a_withdrawn_article_and_not_that(
    browser: Browser, folder: Path
) -> None:
    page = browser.new_page()
    page.goto(f"{folder.as_uri()}/search.html")
    ask = """async query => (await bulletin.search(query)).filter((hit) => !hit.partial)
        .map((hit) => hit.article)"""
    assert page.evaluate(ask, "会议无纸化") == ["2014-05-1/03"]
    assert page.evaluate(ask, "大厅") == ["2014-06-2/02"]
    assert page.evaluate(ask, "汇集数据近3亿条") == []
    page.close()
