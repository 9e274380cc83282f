"""Which files are to be imported: those that were named, and those in folders that were named."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bulletin_site.content.folder import is_left_by_system, unreadable_file
from bulletin_site.importing.formats import SUFFIXES
from bulletin_site.problems import Problem

_UNREAD = (".doc", ".wps", ".rtf", ".docm")
"""What an office keeps its issues in too: each is named with what to do about it, not passed over
in silence."""


def select(named: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The files, each once, in the order in which they are imported: Word before PDF before text,
    so that of an issue that lies there in several formats the one with the most in it is taken. Of
    a folder all that is below it, without what is hidden; and what could not be looked into."""
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in named:
        for file in _below(path, problems) if path.is_dir() else _meant(path):
            found.setdefault(os.path.realpath(file), file)
    return tuple(sorted(found.values(), key=_rank)), tuple(problems)


def _meant(path: Path) -> Sequence[Path]:
    """A file, or those of a pattern (`*.docx`), which the consoles of Windows leave as it is."""
    if path.exists() or not glob.has_magic(path.name):
        return [path]
    found = (file for file in sorted(path.parent.glob(path.name)) if file.is_file())
    return [file for file in found if not is_left_by_system(file.name)]


def _rank(path: Path) -> tuple[int, str]:
    suffix = path.suffix.lower()
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES), path.as_posix()


def _below(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def unread(reason: OSError) -> None:
        path = Path(reason.filename or folder).as_posix()
        problems.append(unreadable_file(path, "文件夹读不出来", reason))

    for place, folders, files in os.walk(folder, onerror=unread):
        folders[:] = sorted(_shown(folders))
        for name in sorted(_shown(files)):
            if Path(name).suffix.lower() in (*SUFFIXES, *_UNREAD):
                yield Path(place) / name


def _shown(names: Sequence[str]) -> Iterator[str]:
    return (name for name in names if not (name.startswith(".") or is_left_by_system(name)))
