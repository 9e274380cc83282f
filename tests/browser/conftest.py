"""A real browser for what only a browser can tell."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from archives import published_files
from browser.server import serving

# No sandbox: containers and CI run as root. The rest keeps Chromium from calling home.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from `BULLETIN_CHROMIUM` or the search path. Without one the tests fail: a browser
    test that is skipped in silence proves nothing."""
    executable = os.environ.get("BULLETIN_CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.fail("找不到 Chromium：请安装，或用环境变量 BULLETIN_CHROMIUM 指明它的位置。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two real issues, built and put into a folder below a folder of its own."""
    folder = tmp_path_factory.mktemp("published") / "a" / "汇编"
    for name, content in published_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def over_http(site: Path) -> Iterator[str]:
    """The same under `/a/汇编/` of a server."""
    with serving(site.parent.parent) as address:
        yield f"{address}/a/%E6%B1%87%E7%BC%96"


@pytest.fixture(scope="session", params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the site is: a folder opened by double click, or a server's sub-path."""
    if request.param == "file":
        return site.as_uri()
    return str(request.getfixturevalue("over_http"))
