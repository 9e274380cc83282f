"""Another bulletin: a new folder with these templates, an archive.yaml that explains itself, and an
issue of sample text that can be built at once.

What goes into it are the files of `starter/`, in which `$date` and `$issue` stand for the day and
for the id of the first issue, and the project's `templates/`.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from bulletin_site.content.archive import ARCHIVE_FILE
from bulletin_site.content.folder import is_left_by_system
from bulletin_site.content.source import FOLDER as ISSUES
from bulletin_site.durable import force_names, write_folder
from bulletin_site.inputs import TEMPLATES
from bulletin_site.problems import Problem, said_by_system

_PACKAGE = Path(__file__).parent
_STARTER = _PACKAGE / "starter"
_NAMES = {"gitignore": ".gitignore"}  # under its own name it would be obeyed in this repository
_FIRST = f"{ISSUES}/first/"
_README = "README.md"
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What to look at first in the new folder, as paths in it."""

    readme: str
    archive: str
    issue: str


def init(folder: Path, day: date) -> Started | Problem:
    """Start a bulletin in `folder`, which is new or empty; its sample issue is of that day. The
    files are made aside and take their places when all of them are there."""
    issue = f"{day:%Y-%m}-1"
    try:
        target = folder.resolve()
        whole = target / f".{target.name}.whole"
        resumed = whole.is_dir()
        if not resumed:
            refused = _refusal(folder)
            if refused:
                return refused
            _make(whole if target.is_dir() else target, target.name, _starter(day, issue))
        if whole.is_dir():  # now, or since a run that was killed while it moved things up
            _move_up(whole, resumed=resumed)
    except (OSError, RuntimeError) as reason:  # RuntimeError: links that lead in a circle
        return Problem(
            path=folder.as_posix(),
            code="output-failed",
            message=f"新的汇编没有建成（{said_by_system(reason)}）",
            hint="请给已经有的那个改个名字，再运行一次。"
            if isinstance(reason, FileExistsError)
            else "请检查磁盘空间和文件夹的写权限，再运行一次。",
        )
    return Started(readme=_README, archive=ARCHIVE_FILE, issue=f"{ISSUES}/{issue}/")


def _make(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Make a folder of files as a whole; beside it, what runs left that were killed goes."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{glob.escape(name)}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    new = folder.with_name(f".{name}.new-{os.getpid()}")
    try:
        write_folder(new, files)
        new.rename(folder)
        force_names(folder.parent)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def own_templates() -> Path:
    """The project's templates: the wheel carries them in the package; where the package runs from
    the repository, they stand in the repository's root."""
    inside = _PACKAGE / TEMPLATES
    return inside if inside.is_dir() else _PACKAGE.parents[1] / TEMPLATES


def _refusal(folder: Path) -> Problem | None:
    target = folder.resolve()
    if target.is_dir():
        unfinished = f".{target.name}.new-"  # what a killed run left
        names = sorted(
            path.name
            for path in target.iterdir()
            if not (is_left_by_system(path.name) or path.name.startswith(unfinished))
        )
        if not names:
            return None
        more = f"等 {len(names)} 项" if len(names) > _SHOWN else ""
        message = f"这个文件夹里已经有东西：{'、'.join(names[:_SHOWN])}{more}"
    elif target.exists():
        message = "这里已经有一个文件"
    else:
        return None
    return Problem(
        path=folder.as_posix(),
        code="output-refused",
        message=message,
        hint="没有写入，以免弄乱原有的东西。请写一个新文件夹的名字，或先建一个空文件夹。",
    )


def _starter(day: date, issue: str) -> Mapping[str, bytes]:
    """The files of `starter/` and the templates by their path in the new folder."""
    templates = own_templates()
    files = {
        f"{TEMPLATES}/{name}": file.read_bytes()
        for file in sorted(templates.rglob("*"))
        if file.is_file()
        and not (name := file.relative_to(templates).as_posix()).startswith(".")
        and "/." not in name
    }
    for file in sorted(_STARTER.rglob("*")):
        if file.is_file():
            name = file.relative_to(_STARTER).as_posix()
            name = _NAMES.get(name, name).replace(_FIRST, f"{ISSUES}/{issue}/", 1)
            text = Template(file.read_text("utf-8")).substitute(date=day.isoformat(), issue=issue)
            files[name] = text.encode()
    return files


def _move_up(whole: Path, *, resumed: bool) -> None:
    """What was made in a folder takes its place around it: the empty folder stays the same one, for
    it may be the one in which the editor is at work. All of it moves, or none; who is killed or
    stopped in the midst of it goes on the next time, and keeps what is left until it has moved."""
    moved: list[Path] = []
    try:
        for entry in sorted(whole.iterdir()):
            place = whole.parent / entry.name
            if os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
            moved.append(entry.rename(place))
        force_names(whole.parent)
        whole.rmdir()
    except OSError:
        for entry in moved:
            with suppress(OSError):
                entry.rename(whole / entry.name)
        if not resumed:
            shutil.rmtree(whole, ignore_errors=True)
        raise
