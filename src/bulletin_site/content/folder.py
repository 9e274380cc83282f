"""The one reader: a folder on disk becomes a mapping of relative path to bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bulletin_site.problems import Problem, said_by_system

_SYSTEM_FILES = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder as it was read: contents by path, in sorted order; the problem of each file that
    could not be read, or whose name could not; the folders in which nothing is; and the files that
    were not asked for, with their sizes in bytes. Paths are relative to the root and have `/` on
    every system."""

    files: Mapping[str, bytes]
    unreadable: tuple[Problem, ...] = ()
    misnamed: tuple[Problem, ...] = ()
    empty: tuple[str, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)


def read_folder(
    root: Path,
    name: str,
    *,
    wanted: Callable[[str], bool] = lambda _: True,
    largest: int | None = None,
    links: bool = True,
) -> Folder | None:
    """Read the files of `root/name` whose own names are `wanted`; nothing where there is no such
    folder. What is hidden, or left there by the system, is passed over. Not read but reported are
    files of more than `largest` bytes and, unless `links` may be there, symbolic links: what
    lies elsewhere must not be published by one."""
    if not (root / name).is_dir():
        return None
    files: dict[str, bytes] = {}
    others: dict[str, int] = {}
    seen = _Seen(links=links)
    unreadable = seen.unreadable
    for path in sorted(seen.paths(os.fspath(root / name), name)):
        try:
            if not wanted(path.rpartition("/")[2]):
                others[path] = os.stat(f"{root}/{path}").st_size  # noqa: PTH116
                continue
            with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123  # ten thousand of them
                if largest is not None and os.fstat(file.fileno()).st_size > largest:
                    unreadable.append(_too_large(path, os.fstat(file.fileno()).st_size, largest))
                    continue
                files[path] = file.read()
        except OSError as reason:
            unreadable.append(unreadable_file(path, "文件读不出来", reason))
    return Folder(
        files=files,
        unreadable=tuple(unreadable),
        misnamed=tuple(seen.misnamed),
        empty=tuple(sorted(seen.empty)),
        others=others,
    )


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What is met below a folder besides files."""

    links: bool
    unreadable: list[Problem] = field(default_factory=list)
    misnamed: list[Problem] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    def paths(self, folder: str, path: str) -> Iterator[str]:
        """The files below a folder, as paths that begin with its own."""
        waiting = [(folder, path)]
        while waiting:
            yield from self._entries(*waiting.pop(), waiting)

    def _entries(self, folder: str, path: str, waiting: list[tuple[str, str]]) -> Iterator[str]:
        """The files in a folder itself; the folders in it are left `waiting`."""
        is_empty = True
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or is_left_by_system(entry.name):
                        continue
                    is_empty = False
                    inside = f"{path}/{entry.name}"
                    if not entry.name.isprintable():
                        self.misnamed.append(_misnamed(path, entry.name))
                    elif not self.links and entry.is_symlink():
                        self.unreadable.append(symbolic_link(inside))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, inside))
                    elif entry.is_file():
                        yield inside
                    elif not entry.is_symlink():
                        self.unreadable.append(_no_file(inside))
        except OSError as reason:
            self.unreadable.append(unreadable_file(path, "文件夹读不出来", reason))
        else:
            self.empty += [path] if is_empty else []


def is_left_by_system(name: str) -> bool:
    """Is this what Windows, macOS or Word leaves in any folder that somebody looks at?"""
    return name.lower() in _SYSTEM_FILES or name.startswith("~$")


def missing_folder(name: str) -> Problem:
    """One of the two folders without which there is nothing to build."""
    return Problem(
        path=name,
        code="missing-folder",
        message=f"这里没有 {name}/ 文件夹",
        hint="请在放着 issues/ 和 templates/ 的文件夹里运行，或用 --root 指明它在哪里。",
    )


def unreadable_file(path: str, what: str, reason: OSError) -> Problem:
    """What the system did not let us read."""
    return Problem(
        path=path,
        code="unreadable-file",
        message=f"{what}（{said_by_system(reason)}）",
        hint="请核对名字和它所在的文件夹。"
        if isinstance(reason, FileNotFoundError | NotADirectoryError)
        else "请检查文件是否被别的程序占用、有没有读取权限。",
    )


def _no_file(path: str) -> Problem:
    """A pipe, a socket or a device: to read it could take for ever."""
    return Problem(
        path=path,
        code="unreadable-file",
        message="这不是文件，也不是文件夹，没有读",
        hint="请移走它，或换成文件本身。",
    )


def _too_large(path: str, size: int, largest: int) -> Problem:
    return Problem(
        path=path,
        code="file-size",
        message=f"文件有 {size / 1e6:.0f} MB，稿件不会这样大，没有读",
        hint=f"一个文件最多 {largest / 1e6:.0f} MB。请看看是不是放错了文件，"
        "或者把图片、附件也贴了进来。",
    )


def symbolic_link(path: str) -> Problem:
    """What is not read, for it lies elsewhere."""
    return Problem(
        path=path,
        code="symlink",
        message="这是一个链接，指着别处的文件或文件夹，没有读",
        hint="请删去链接，把文件本身复制到这里。",
    )


def _misnamed(folder: str, name: str) -> Problem:
    # Python holds bytes that are not UTF-8 as surrogates.
    foreign = any("\ud800" <= character <= "\udfff" for character in name)
    shown = os.fsencode(name).decode("gb18030", "replace") if foreign else name
    shown = "".join(c if c.isprintable() else "�" for c in shown)
    return Problem(
        path=f"{folder}/{shown}",
        code="unreadable-file",
        message=f"文件名{'不是 UTF-8 编码' if foreign else '里有看不见的字符'}，没有读",
        hint="请给文件改名：文章依次是 01.md、02.md……",
    )
