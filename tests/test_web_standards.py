"""What tools that are not ours say of the published site: the Nu HTML checker and TypeScript's type
checker for the scripts (npm packages in tests/web), and the crawler LinkChecker."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from archives import ROOT, WITHDRAWN, project_templates, published_files, write
from browser.server import serving
from bulletin_site.batch import Files
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.content.model import Archive
from bulletin_site.inputs import read
from bulletin_site.pages import urls
from bulletin_site.pages.launcher import launcher

WEB = ROOT / "tests" / "web"
PREVIEW = ROOT / "src" / "bulletin_site" / "preview" / "assets"
PACKAGES = WEB / "node_modules"
STRICT = [
    "--allowJs",
    "--checkJs",
    "--strict",
    "--noEmit",
    "--target",
    "es2019",
    "--lib",
    "es2019,dom,dom.iterable",
]
# As root it becomes somebody else, who may not be let see where its own plugins lie.
LINKCHECKER = """
import sys
from linkcheck.command import linkchecker
linkchecker.drop_privileges = lambda: None
sys.argv[1:1] = ["--verbose", "--no-status", "--output", "csv"]
linkchecker.linkchecker()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standards")
    put(folder, published_files())
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site in a folder and in memory, with the archive it was built from."""

    archive: Archive
    files: Files
    folder: Path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An archive in which an issue has moved and articles were withdrawn."""
    folder = tmp_path_factory.mktemp("small")
    built = build(read(write(folder / "archive", WITHDRAWN)))
    assert built.files is not None
    put(folder / "site", built.files)
    return Built(archive=built.archive, files=built.files, folder=folder / "site")


def put(folder: Path, files: Files) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"找不到 {name}：请运行 python3 .ci/test.py，它会装好测试所需的程序。"
    return path


def test_the_nu_html_checker_reports_no_error_on_any_page(
    site: Path, small: Built, tmp_path: Path
) -> None:
    launching = tmp_path / urls.LAUNCHER
    launching.write_bytes(launcher("刊名 & <刊名>", "说明", project_templates()))
    jar = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    check = subprocess.run(
        [
            program("java"),
            "-jar",
            jar,
            "--errors-only",
            "--skip-non-html",
            "--format",
            "json",
            site,
            small.folder,
            PREVIEW / "waiting.html",
            launching,
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert json.loads(check.stderr)["messages"] == []
    assert check.returncode == 0


def test_a_crawler_finds_every_page_and_no_broken_link_or_anchor(
    site: Path, tmp_path: Path
) -> None:
    found = crawl(site, tmp_path)
    assert [row for row in found if row["valid"] != "True" or row["warningstring"]] == []
    pages = {name for name in published_files() if name.endswith(".html")}
    crawled = {row["url"].split("#")[0].split("?")[0].split("/", 3)[3] for row in found}
    # The page for addresses that do not exist is linked from nowhere.
    assert pages - crawled == {"404.html"}


def test_the_crawler_and_check_find_the_same_links_broken(small: Built, tmp_path: Path) -> None:
    """A link, an anchor, a depth, mixed case; a page, a script and a picture that are missing. What
    is linked from many pages the crawler names once."""
    files = dict(small.files)
    page = "issues/2014-05-1/index.html"
    for at, old, new in (
        (page, "p6.html#a03", "p6.html#a99"),
        (page, 'href="01.html"', 'href="60.html"'),
        (page, '"../../corrections.html"', '"../corrections.html"'),
        ("topics/index.html", 'href="big-data.html"', 'href="Big-Data.html"'),
        ("search.html", 'src="assets/search-page.js"', 'src="assets/search-pages.js"'),
        ("index.html", "</main>", '<img src="assets/none.svg" alt=""></main>'),
    ):
        text = files[at].decode()
        assert old in text
        files[at] = text.replace(old, new).encode()
    del files["sources/wenhuibao.html"]
    put(tmp_path / "broken", files)
    crawled = {
        row["urlname"].rpartition("/")[2]
        for row in crawl(tmp_path / "broken", tmp_path)
        if row["valid"] != "True" or row["warningstring"]
    }
    checked = {
        problem.text.rpartition("/")[2]
        for problem in check_site(small.archive, files, files, "site")
        if problem.code in ("broken-link", "broken-anchor")
    }
    assert crawled == checked
    assert len(crawled) == 7


def crawl(site: Path, folder: Path) -> list[dict[str, str]]:
    """What LinkChecker says of every link, from the home page on, over http."""
    settings = folder / "linkchecker.ini"
    settings.write_text(
        "[filtering]\ncheckextern=0\n[checking]\nmaxrequestspersecond=1000\nthreads=0\n[AnchorCheck]\n",
        encoding="ascii",
    )
    with serving(site) as address:
        run = subprocess.run(
            [sys.executable, "-c", LINKCHECKER, "--config", str(settings), f"{address}/index.html"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    lines = [line for line in run.stdout.splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert rows, run.stderr
    return rows


def test_the_scripts_pass_the_strict_type_checker() -> None:
    assets = (ROOT / "templates" / "assets").glob("*.js")
    scripts = sorted(script for script in assets if not script.name.startswith("lunr-"))
    assert scripts
    scripts += [PREVIEW / "preview.js", PREVIEW / "beside.js"]
    tsc = str(PACKAGES / "typescript" / "bin" / "tsc")
    check = subprocess.run(
        [program("node"), tsc, *STRICT, *map(str, scripts)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT / "templates",
    )
    assert check.stdout == ""
    assert check.returncode == 0
