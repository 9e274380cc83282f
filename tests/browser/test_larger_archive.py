"""Seventeen issues with two hundred articles: what two issues do not show, long lists and counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from archives import ROOT
from benchmarks import corpus
from browser.server import serving
from browser.test_accessibility import examined, violations
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs

pytestmark = pytest.mark.browser

ARTICLES = 200


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Addresses of one page of each kind, that of an article and a source the heaviest."""
    folder = tmp_path_factory.mktemp("larger")
    (folder / "archive").mkdir()
    corpus.generate(ROOT, folder / "archive", ARTICLES, seed=1)
    files = build(read_inputs(folder / "archive")).files
    assert files is not None
    for name, content in files.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_bytes(content)
    issue = max(Path(name).parts[1] for name in files if name.endswith("/01.html"))

    def heaviest(start: str) -> str:
        pages = (name for name in files if name.startswith(start) and "index" not in name)
        return max(pages, key=lambda name: len(files[name]))

    with serving(folder / "site") as address:
        yield [
            f"{address}/{name}"
            for name in (
                "index.html",
                f"issues/{issue}/index.html",
                f"issues/{issue}/01.html",
                heaviest("issues/"),
                "topics/index.html",
                heaviest("topics/"),
                "sources/index.html",
                heaviest("sources/"),
                "search.html",
            )
        ]


def test_axe_finds_no_violation_in_a_larger_archive(browser: Browser, kinds: list[str]) -> None:
    found = []
    with examined(browser) as page:
        for address in kinds:
            page.goto(address)
            found += violations(page)
    assert found == []


def test_no_page_of_a_larger_archive_is_wider_than_the_screen(
    browser: Browser, kinds: list[str]
) -> None:
    page = browser.new_page()
    too_wide = []
    for address in kinds:
        page.goto(address)
        for width in (320, 360, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append((width, address))
    assert too_wide == []
    page.close()
