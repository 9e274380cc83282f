"""What tools that are not ours say of the EPUBs: W3C's EPUBCheck, and Ace by DAISY for what a
reader needs who cannot see (npm packages in tests/web)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from archives import BASE, ROOT, archive, project_templates, published, published_files
from bulletin_site.pages import urls
from bulletin_site.pages.book import Book, book_of_all, book_of_issue
from bulletin_site.pages.epub import entries
from bulletin_site.pages.render import environment_of
from bulletin_site.zipped import stored
from rich_archive import rich

WEB = ROOT / "tests" / "web"
ENVIRONMENT = environment_of(project_templates())
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
"""Java that starts at once is better here than Java that runs fast."""


def program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"找不到 {name}：请运行 python3 .ci/test.py，它会装好测试所需的程序。"
    return path


def put(file: Path, book: Book) -> Path:
    file.write_bytes(stored(entries(book, ENVIRONMENT)))
    return file


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The two printed issues as the site has them, all of the archive, and of another one that has
    everything an issue and all."""
    folder = tmp_path_factory.mktemp("books")
    found = []
    for issue in published().archive.issues:
        found.append(folder / f"{issue.id}.epub")
        found[-1].write_bytes(published_files()[urls.epub(issue.id)])
    whole = published().archive
    found.append(put(folder / "all.epub", book_of_all(whole.publication, whole.issues)))
    here, there = rich(), rich(base_url="https://www.example.gov.cn/bulletin")
    found.append(put(folder / "rich.epub", book_of_issue(there.publication, there.issues[0])))
    found.append(put(folder / "rich-all.epub", book_of_all(here.publication, here.issues)))
    return found


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that keeps readers out: a page has no name, another cannot be reached, and nobody is
    told for whom it is."""
    found = archive(BASE)
    files = dict(entries(book_of_issue(found.publication, found.issues[0]), ENVIRONMENT))
    for place, old in (
        (urls.book_article("2014-05-1/01"), ' aria-label="第3页"'),
        (urls.book_article("2014-05-1/03"), ' id="p4"'),
        (urls.BOOK_PACKAGE, "accessibilitySummary"),
    ):
        assert old in files[place].decode()
        files[place] = files[place].replace(old.encode(), b"")
    file = tmp_path_factory.mktemp("wrong") / "wrong.epub"
    file.write_bytes(stored(files.items()))
    return file


def epubcheck() -> list[str]:
    """Debian's is a Java archive that the system knows how to run, others' is a program."""
    found = Path(program("epubcheck")).resolve()
    return [program("java"), *QUICK, "-jar", str(found)] if found.suffix == ".jar" else [str(found)]


def test_epubcheck_finds_neither_error_nor_warning(books: list[Path], wrong: Path) -> None:
    runs = [
        subprocess.Popen(
            [*epubcheck(), "--quiet", "--json", "-", str(book)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for book in [*books[:-1], wrong]
    ]
    *reports, bad = [json.loads(run.communicate()[0]) for run in runs]
    assert [report["messages"] for report in reports] == [[]] * 4
    assert [report["publication"]["nSpines"] for report in reports] == [13, 14, 28, 4]
    assert {message["ID"] for message in bad["messages"]} == {"RSC-012", "OPF-026"}


def test_ace_finds_nothing_that_keeps_a_reader_out(books: list[Path], wrong: Path) -> None:
    """Of one issue and of a book of two, one of which has everything: Ace takes its time."""
    judged = [str(books[0]), str(books[-1])]
    chromium = os.environ.get("BULLETIN_CHROMIUM") or program("chromium")
    check = subprocess.run(
        [program("node"), str(WEB / "ace.mjs"), *judged, str(wrong)],
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
    )
    assert check.returncode == 0, check.stderr
    said = json.loads(check.stdout)
    assert {rule for _, rule, *_ in said.pop(str(wrong))} == {
        "pagebreak-label",
        "epub-pagelist-broken",
        "metadata-accessibilitysummary",
    }
    assert said == {book: [] for book in judged}
