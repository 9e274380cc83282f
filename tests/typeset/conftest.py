"""PDF editions, each made once for all tests that look at it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from archives import BASE, ROOT, Sources, project_templates, read
from bulletin_site.content.model import Archive, Issue
from bulletin_site.pdf_pages.edition import PdfEdition, read_editions
from bulletin_site.problems import Problem
from bulletin_site.typeset.editions import Typeset, lay_out

ISSUES = ("2014-05-1", "2014-06-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An issue with its PDF edition, and the folder for what other programs make of it."""

    archive: Archive
    issue: Issue
    typeset: Typeset
    folder: Path

    @property
    def file(self) -> Path:
        file = self.folder / "edition.pdf"
        if not file.exists():
            file.write_bytes(self.typeset.pdf)
        return file

    def told(self, *command: str) -> str:
        """What a program says of the PDF; `-` stands for standard output."""
        words = [str(self.file) if word == "PDF" else word for word in command]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    def page(self, number: int) -> str:
        """The text of a page as pdftotext reads it, without white space."""
        shown = self.told("pdftotext", "-f", f"{number}", "-l", f"{number}", "PDF", "-")
        return "".join(shown.split())

    def read(self) -> PdfEdition:
        (edition,) = read_editions([self.typeset.pdf])
        assert isinstance(edition, PdfEdition)
        return edition


@cache
def printed_archive() -> Archive:
    files = {
        file.relative_to(ROOT).as_posix(): file.read_text("utf-8")
        for file in (ROOT / "issues").rglob("*")
        if file.suffix in (".md", ".yaml") and file.name != "pdf.yaml"
    }
    held, _ = read(files)
    return held


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Made]:
    """One of the two printed issues as it was printed, or with `auto` numbered by its layout."""

    @cache
    def made(issue_id: str, *, auto: bool = False) -> Made:
        archive = printed_archive()
        issue = next(one for one in archive.issues if one.id == issue_id)
        result = lay_out(archive.publication, issue, project_templates(), auto=auto)
        assert isinstance(result, Typeset), result
        folder = tmp_path_factory.mktemp(f"{issue_id}-{auto}")
        return Made(archive=archive, issue=issue, typeset=result, folder=folder)

    return made


def laid_out_of(files: Sources, *, auto: bool = False) -> Typeset | Problem:
    """The one issue of an archive as it is laid out."""
    archive, _ = read(files)
    (issue,) = archive.issues
    return lay_out(archive.publication, issue, project_templates(), auto=auto)


def with_article(markdown: str, *, title: str = "某省云计算规划出台", page: str = "2") -> Sources:
    """An issue of one article."""
    kept = {
        name: text for name, text in BASE.items() if not name.endswith(("01.md", "02.md", "03.md"))
    }
    return {
        **kept,
        "issues/2014-05-1/01.md": f"---\ntitle: {title}\npage: {page}\nsource: 文汇报\n---\n\n{markdown}\n",
    }


@pytest.fixture
def made_of(tmp_path: Path) -> Callable[..., Made]:
    """The same as a file."""

    def made(files: Sources, *, auto: bool = False) -> Made:
        archive, _ = read(files)
        (issue,) = archive.issues
        result = lay_out(archive.publication, issue, project_templates(), auto=auto)
        assert isinstance(result, Typeset), result
        return Made(archive=archive, issue=issue, typeset=result, folder=tmp_path)

    return made
