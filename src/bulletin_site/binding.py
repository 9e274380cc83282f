"""The issues of a year, or all there are, bound as one EPUB: a file to be handed on, no part of the
site. What stands in it comes from where the issues' own EPUBs come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from bulletin_site.batch import Unmade
from bulletin_site.cache import Cache
from bulletin_site.content.archive import load
from bulletin_site.content.model import Archive, Issue
from bulletin_site.content.source import FOLDER, tree_of
from bulletin_site.inputs import Inputs
from bulletin_site.pages import urls
from bulletin_site.pages.book import Book, book_of_all, book_of_year
from bulletin_site.pages.epub import entries
from bulletin_site.pages.render import environment_of
from bulletin_site.pages.templates import Templates, templates_of
from bulletin_site.problems import Problem, errors, ordered, said_by_system
from bulletin_site.whole_file import among_inputs, fill_whole, refused
from bulletin_site.zipped import add


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A book that was written: its title, what it holds, its size in bytes; `problems` are only
    warnings."""

    title: str
    issues: int
    articles: int
    size: int
    problems: tuple[Problem, ...]


def bind(inputs: Inputs, file: Path, *, year: int | None = None) -> Bound | tuple[Problem, ...]:
    """Write the EPUB `file` of all issues, or of those of a year. Whatever goes wrong, an older
    file stays whole."""
    tree, unreadable = tree_of(inputs.issues)
    templates, missing = templates_of(inputs.templates)
    archive, mistakes = load(tree, Cache())
    problems = ordered([*unreadable, *missing, *mistakes])
    if errors(problems):
        return problems
    book = _book(archive, year)
    if isinstance(book, Problem):
        return (book,)
    size = _written(book, templates, file, inputs.root)
    if isinstance(size, Problem):
        return (size,)
    return Bound(
        title=book.title,
        issues=len(book.issues),
        articles=sum(len(issue.articles) for issue in book.issues),
        size=size,
        problems=problems,
    )


def _book(archive: Archive, year: int | None) -> Book | Problem:
    publication = archive.publication
    if year is None:
        return book_of_all(publication, archive.issues)
    issues = [issue for issue in archive.issues if issue.date.year == year]
    return book_of_year(publication, issues, year) if issues else _no_issue(archive.issues, year)


def _no_issue(issues: Sequence[Issue], year: int) -> Problem:
    years = dict.fromkeys(str(issue.date.year) for issue in issues)
    return Problem(
        path=FOLDER,
        code="empty-archive",
        message=f"issues/ 里没有 {year} 年的各期",
        hint=f"有这些年的：{'、'.join(years)}。不写 --year，就是全部各期。",
    )


def _written(book: Book, templates: Templates, file: Path, root: Path) -> int | Problem:
    """The size of the file that was written."""

    def fill(stream: BinaryIO) -> None:
        with ZipFile(stream, "w") as archive:
            for name, content in entries(book, environment_of(templates)):
                # The type is stored as it is, so that it is found at its place (OCF 3.2).
                add(archive, name, content, deflate=name != urls.BOOK_TYPE)

    try:
        target = file.resolve()
        refused = _refusal(root, file)
        if refused:
            return refused
        target.parent.mkdir(parents=True, exist_ok=True)
        fill_whole(target, fill)
        return target.stat().st_size
    except Unmade as reason:
        return reason.problem
    except (OSError, RuntimeError) as reason:  # RuntimeError: links that lead in a circle
        return Problem(
            path=file.as_posix(),
            code="output-failed",
            message=f"电子书没有写成（{said_by_system(reason)}）",
            hint="请检查磁盘空间和文件夹的写权限，关掉正打开着这本电子书的程序，再运行一次。",
        )


def _refusal(root: Path, file: Path) -> Problem | None:
    """What stands where the book would be written, unless it is an older one; or a site, in which
    the next build would find a file that it did not make."""
    target = file.resolve()
    if target.is_dir():
        message = "这是一个文件夹，不能写成电子书"
    elif any((folder / urls.CHECKSUMS).is_file() for folder in target.parents):
        message = "电子书不能放在网站的文件夹里"
    elif inputs := among_inputs(root, file):
        message = f"电子书不能放在 {inputs}/ 里"
    elif target.exists() and not _is_book(target):
        message = "这里已经有一个文件，不是本程序做的电子书"
    else:
        return None
    return refused(file, message)


def _is_book(file: Path) -> bool:
    try:
        with ZipFile(file) as archive:
            return archive.namelist()[:1] == [urls.BOOK_TYPE] and (
                {urls.BOOK_PACKAGE, urls.BOOK_STYLE} <= set(archive.namelist())
            )
    except BadZipFile:
        return False
