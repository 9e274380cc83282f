"""Files on disk become issues on disk, each on its own: read → manuscript → draft → judge → write.

Whatever is wrong with one file is said of it, and the others are imported all the same.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import sha256
from pathlib import Path

from bulletin_site.alone import alone, busy
from bulletin_site.content.doubts import IMPORT_FILE, load_record
from bulletin_site.content.folder import unreadable_file
from bulletin_site.content.issue import ISSUE_NAME
from bulletin_site.content.model import Archive, Issue
from bulletin_site.content.source import FOLDER, SourceTree
from bulletin_site.importing.draft import Draft, draft
from bulletin_site.importing.formats import read_manuscript
from bulletin_site.importing.issue_folder import write_issue
from bulletin_site.importing.kept_pages import ImportedFile, Keep, Kept, is_kept
from bulletin_site.importing.manuscript import Manuscript, unreadable
from bulletin_site.importing.opened import BUSY, Opened, judged, open_archive
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import Problem

MOST_BYTES = 60_000_000

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and of how much."""


class State(Enum):
    """What became of a file."""

    WRITTEN = "written"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    TWIN = "twin"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is of an issue: articles, its first and last printed page, page breaks inside
    of articles, and doubts that are left."""

    articles: int
    first_page: int
    last_page: int
    breaks: int
    doubts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file. `issue`: the id, where it is known. `pages`: what was kept of its
    pages for the preview. `counts`: of the issue as it is
    now in the archive, where it can be read. `draft`: what was written.
    `problems`: why nothing was, or what the loader says of the issue, its doubts among them.
    `kept`: where the issue that it replaced lies, relative to the root. `twin`: the file of the
    same run that has this issue already."""

    file: str
    state: State
    issue: str = ""
    counts: Counts | None = None
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()
    kept: str = ""
    twin: str = ""
    pages: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of each file, in the order in which they were imported; problems where the
    archive itself stood in the way of all of them."""

    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Run:
    """What a run knows: the archive, and what it has done so far."""

    root: Path
    archive: Archive
    topics: Topics
    tree: SourceTree
    wanted: str | None
    replace: bool
    keep: Keep
    issues: dict[str, Issue]
    doubts: dict[str, int] = field(default_factory=dict)
    """How many doubts there are of what this run wrote, by the issue's id."""
    files: dict[str, str] = field(default_factory=dict)
    """The file from which an issue came in this run, by the issue's id."""


def import_files(
    root: Path,
    files: Sequence[Path],
    *,
    wanted: str | None = None,
    replace_old: bool = False,
    keep: Keep = lambda _root, _imported: None,
    progress: Progress = lambda _what, _done, _all: None,
) -> Imported:
    """Import the files into the archive at `root`. `wanted`: which issue the one file is. `keep`:
    `kept_pages.keep_pages`, where their pages are to be kept for the preview."""
    with alone(root, root / FOLDER) as free:
        if not free:
            return Imported(problems=(busy(FOLDER, BUSY),))
        progress("读入文件", 0, 0)
        opened = open_archive(root)
        if not isinstance(opened, Opened):
            return Imported(problems=opened)
        archive = opened.archive
        run = _Run(
            root=root,
            archive=archive,
            topics=Topics(archive),
            tree=opened.tree,
            wanted=wanted,
            replace=replace_old,
            keep=keep,
            issues={issue.id: issue for issue in archive.issues},
        )
        outcomes = []
        for number, path in enumerate(files):
            progress(f"导入 {path.name}", number, len(files))
            outcomes.append(_outcome(run, path))
        return Imported(outcomes=tuple(outcomes))


def _outcome(run: _Run, path: Path) -> Outcome:
    """Import one file. This is the one place that catches what nobody foresaw: a file of unknown
    origin must not take the others down with it."""
    try:
        outcome = _imported(run, path)
    except Exception as fault:
        problem = unreadable(path.as_posix(), *_said(fault))
        return Outcome(file=path.as_posix(), state=State.FAILED, problems=(problem,))
    if outcome.issue and outcome.state is not State.FAILED:
        run.files.setdefault(outcome.issue, outcome.file)
    return outcome


def _said(fault: Exception) -> tuple[str, str]:
    """What it was, and what to do about it."""
    if isinstance(fault, MemoryError):
        return "内存不够，这个文件没有读完", "没有写入。请关掉别的程序，再运行一次。"
    return (
        f"程序读这个文件时出了错（{type(fault).__name__}）",
        "没有写入。请用 Word 打开它，另存为 .docx 再试；仍然不行，请把文件交给维护程序的人。",
    )


def _imported(run: _Run, path: Path) -> Outcome:
    data = _bytes(path)
    if isinstance(data, Problem):
        return _failed(path, data)
    digest = sha256(data).hexdigest()
    known = _already(run, digest)
    if known and not run.replace:
        outcome = _same(run, path, known, State.UNCHANGED)
        if is_kept(run.root, known, path, digest):
            return outcome
        return _with_pages(run, path, outcome, data, read_manuscript(data, path.name), digest)
    manuscript = read_manuscript(data, path.name)
    if isinstance(manuscript, Problem):
        return _failed(path, manuscript)
    drafted = draft(manuscript, run.archive, run.topics, sha256=digest, wanted=run.wanted)
    if isinstance(drafted, Problem):
        return _failed(path, drafted)
    if not ISSUE_NAME.match(drafted.id):
        hint = "请写明是哪一期，例如：--as 2014-05-1（2014 年 5 月第 1 期）。"
        return _failed(path, unreadable(path.name, f"认出的期号“{drafted.id}”不对", hint))
    if drafted.id in run.files:
        return _same(run, path, drafted.id, State.TWIN)
    if drafted.files == _files(run.tree, drafted.id):
        return _same(run, path, drafted.id, State.UNCHANGED)
    return _with_pages(run, path, _written(run, path, drafted), data, manuscript, digest)


def _with_pages(
    run: _Run,
    path: Path,
    outcome: Outcome,
    data: bytes,
    manuscript: Manuscript | Problem,
    digest: str,
) -> Outcome:
    """Keep the pages of a file whose issue is there; which it is, whatever comes of this."""
    if outcome.state is State.FAILED or isinstance(manuscript, Problem):
        return outcome
    imported = ImportedFile(
        issue_id=outcome.issue, path=path, data=data, manuscript=manuscript, sha256=digest
    )
    with suppress(Exception):
        return replace(outcome, pages=run.keep(run.root, imported))
    return outcome


def _written(run: _Run, path: Path, drafted: Draft) -> Outcome:
    issue, problems = judged(
        drafted.id, drafted.files, replace(run.archive, issues=tuple(run.issues.values()))
    )
    old = write_issue(run.root, drafted.id, drafted.files, replace=run.replace)
    if isinstance(old, Problem):
        return replace(_failed(path, old), issue=drafted.id)
    if issue:
        run.issues[issue.id] = issue
        run.doubts[issue.id] = len(drafted.doubts)
    return Outcome(
        file=path.as_posix(),
        state=State.REPLACED if old else State.WRITTEN,
        issue=drafted.id,
        counts=_counts(run, drafted.id),
        draft=drafted,
        problems=problems,
        kept=old.relative_to(run.root).as_posix() if old else "",
    )


def _failed(path: Path, problem: Problem) -> Outcome:
    """Of the file itself its whole path is said, for a run may have several of one name."""
    if problem.path == path.name:
        problem = replace(problem, path=path.as_posix())
    return Outcome(file=path.as_posix(), state=State.FAILED, problems=(problem,))


def _same(run: _Run, path: Path, issue: str, state: State) -> Outcome:
    """The issue is there already: from another file of this run, or from an earlier one."""
    twin = run.files.get(issue, "")
    state = State.TWIN if twin else state
    return Outcome(
        file=path.as_posix(), state=state, issue=issue, counts=_counts(run, issue), twin=twin
    )


def _counts(run: _Run, issue_id: str) -> Counts | None:
    issue = run.issues.get(issue_id)
    if issue is None:
        return None
    doubts = run.doubts.get(issue_id)
    if doubts is None:
        file = run.tree.files.get(f"{FOLDER}/{issue_id}/{IMPORT_FILE}")
        record = load_record(issue_id, {IMPORT_FILE: file}, [])
        doubts = len(record.doubts) if record else 0
    return Counts(
        articles=len(issue.articles),
        first_page=issue.pages.first,
        last_page=issue.pages.last,
        breaks=sum(len(article.body.page_breaks) for article in issue.articles),
        doubts=doubts,
    )


def _bytes(path: Path) -> bytes | Problem:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return unreadable(path.as_posix(), "这不是普通的文件", "请确认选对了文件。")
        if path.name.startswith("~$"):
            return unreadable(
                path.as_posix(),
                "这是 Word 打开文件时的临时文件",
                "请选名字前面没有 ~$ 的那个文件。",
            )
        size = found.st_size
        if size > MOST_BYTES:
            return unreadable(
                path.as_posix(),
                f"文件有 {size / 1_000_000:.0f} MB，太大了，不像是一期汇编",
                "请确认选对了文件。如果是图片太大，请在 Word 里删去图片，另存以后再导入。",
            )
        return path.read_bytes()
    except OSError as reason:
        return unreadable_file(path.as_posix(), "文件读不出来", reason)


def _already(run: _Run, digest: str) -> str:
    """The issue that an earlier run made of the very same bytes."""
    for path, file in run.tree.files.items():
        folder, _, name = path.removeprefix(f"{FOLDER}/").rpartition("/")
        if name == IMPORT_FILE and digest in file.text and run.wanted in (None, folder):
            record = load_record(folder, {IMPORT_FILE: file}, [])
            if record and record.sha256 == digest:
                return folder
    return ""


def _files(tree: SourceTree, issue_id: str) -> Mapping[str, str]:
    start = f"{FOLDER}/{issue_id}/"
    return {
        path.removeprefix(start): file.text
        for path, file in tree.files.items()
        if path.startswith(start)
    }
