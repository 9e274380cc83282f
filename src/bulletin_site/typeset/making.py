"""`bulletin pdf`: the PDF editions of an archive, each with the record of its layout beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.alone import alone, busy
from bulletin_site.cache import read_cache
from bulletin_site.content.archive import load
from bulletin_site.content.layout import (
    LAYOUT_FILE,
    Layout,
    fingerprint,
    written,
)
from bulletin_site.content.model import Archive, Issue
from bulletin_site.content.numbering import pdf_path
from bulletin_site.content.source import FOLDER, tree_of
from bulletin_site.inputs import read
from bulletin_site.pages.templates import Templates, templates_of
from bulletin_site.problems import Problem, errors, nearest, ordered, said_by_system
from bulletin_site.typeset.editions import Typeset, lay_out
from bulletin_site.whole_file import write_whole

_OWN = {"page-auto", "pdf-stale", "pdf-changed"}
"""What is wrong because there is no PDF yet."""

_BUSY = "另一个 import、new 或 pdf 正在写 issues/"

Report = Callable[[str, int, int], None]
"""What is being done, how much of it, and of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A PDF edition that was written; `auto`: the page numbers came from it; `without_note`: there
    was no room for the editor's note."""

    issue_id: str
    auto: bool
    pages: int
    size: int
    grid: str
    fonts: tuple[str, ...]
    missing: tuple[str, ...]
    without_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What came of it; `fresh`: so many were of the present text already."""

    made: tuple[Made, ...]
    fresh: int
    problems: tuple[Problem, ...]


def make_pdfs(root: Path, wanted: Sequence[str], *, again: bool, progress: Report) -> Making:
    """Lay out the issues `wanted`, or all: those whose PDF is missing or of another text, with
    `again` the others too."""
    with alone(root, root / FOLDER) as free:
        if not free:
            return Making(made=(), fresh=0, problems=(busy(FOLDER, _BUSY),))
        inputs = read(root)
        tree, unread = tree_of(inputs.issues)
        templates, missing = templates_of(inputs.templates)
        archive, mistakes = load(tree, read_cache(root))
        wrong = errors(ordered([*unread, *mistakes]))
        problems = [*missing, *_of_all(wrong), *_unloaded(archive, wrong, wanted)]
        if missing or _of_all(wrong):
            return Making(made=(), fresh=0, problems=ordered(problems))
        chosen = [issue for issue in archive.issues if not wanted or issue.id in wanted]
        due = [issue for issue in chosen if again or not _is_fresh(root, issue)]
        made: list[Made] = []
        for number, issue in enumerate(due):
            progress(f"排版 {issue.id}", number, len(due))
            own = list(_of_issue(wrong, issue.id))
            result = own or _made(root, archive, templates, issue)
            if isinstance(result, Made):
                made.append(result)
            else:
                problems += result
        return Making(made=tuple(made), fresh=len(chosen) - len(due), problems=ordered(problems))


def _of_all(wrong: Sequence[Problem]) -> list[Problem]:
    """Errors that stand in the way of every issue: those of no issue's own folder."""
    return [one for one in wrong if one.path.count("/") < 2]


def _of_issue(wrong: Sequence[Problem], issue_id: str) -> Iterator[Problem]:
    """Errors of one issue, which would be laid out with it."""
    for one in wrong:
        if one.path.startswith(f"{FOLDER}/{issue_id}/") and one.code not in _OWN:
            yield one


def _unloaded(
    archive: Archive, wrong: Sequence[Problem], wanted: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with issues that could not be read at all, and those that are not there."""
    known = [issue.id for issue in archive.issues]
    found = {one.path.split("/")[1] for one in wrong if one.path.count("/") > 1}
    for issue_id in wanted or sorted(found):
        if issue_id in found - set(known):
            yield from _of_issue(wrong, issue_id)
        elif issue_id not in known:
            yield Problem(
                path=f"{FOLDER}/{issue_id}",
                code="missing-folder",
                message="没有这一期",
                hint=nearest(issue_id, known) or "期号是“年-月-序号”，例如 2014-05-1。",
            )


def _is_fresh(root: Path, issue: Issue) -> bool:
    """Is there a PDF of the present text, as it was made?"""
    if not issue.pdf:
        return False
    try:
        content = (root / issue.pdf.path).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == issue.pdf.sha256


def _made(root: Path, archive: Archive, templates: Templates, issue: Issue) -> Made | list[Problem]:
    result = lay_out(archive.publication, issue, templates, auto=issue.page_auto)
    if isinstance(result, Problem):
        return [result]
    layout = Layout(
        text=fingerprint(archive, issue),
        size=len(result.pdf),
        sha256=hashlib.sha256(result.pdf).hexdigest(),
        grid=result.grid.name,
        fonts=result.fonts,
        auto=issue.page_auto,
        pages=result.pages,
    )
    bodies = {article.number: article.body.markdown for article in issue.articles}
    wrong = _write(root, issue, result, written(layout, bodies))
    if wrong:
        return [wrong]
    return Made(
        issue_id=issue.id,
        auto=issue.page_auto,
        pages=result.sheets,
        size=len(result.pdf),
        grid=result.grid.name,
        fonts=result.fonts,
        missing=tuple(role.name for role in result.missing),
        without_note=result.without_note,
    )


def _write(root: Path, issue: Issue, result: Typeset, record: str) -> Problem | None:
    """The PDF takes its place, then the record: a kill between the two leaves a PDF that the old
    record does not know, which the next run makes anew."""
    pdf = root / pdf_path(issue.id)
    try:
        write_whole(pdf, result.pdf)
        write_whole(pdf.with_name(LAYOUT_FILE), record.encode())
    except OSError as reason:
        return Problem(
            path=pdf_path(issue.id),
            code="output-failed",
            message=f"PDF 没有写成（{said_by_system(reason)}）",
            hint="请检查磁盘空间和文件夹的写权限；文件正开着，就先关上它。再运行一次。",
        )
    return None
