"""The one reader: a folder on disk becomes a mapping of relative path to bytes, and `issues/` one
of relative path to text.

Editors work on Windows: a byte order mark and CRLF are taken off silently, because nothing is lost;
another encoding is named and refused, because guessing it would put wrong characters in print.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bulletin_site.content.encodings import (
    as_word_names_it,
    is_mostly_utf_8,
    is_of_notepad,
    likely_encoding,
)
from bulletin_site.excerpts import excerpt_of
from bulletin_site.problems import Excerpt, Problem, said_by_system

FOLDER = "issues"
LARGEST = 4_000_000
"""Bytes of a text: more than a million Han characters, a hundred times an issue."""
_CONFLICT_SIGN = "<<<<<<< "
_CONFLICT = re.compile(r"^<{7} .*", re.MULTILINE)
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
_FEWEST_LINES = 3  # of a text: two of --- and one between
_SHOWN = 80
_TEXT_SUFFIXES = {".md", ".yaml"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One text file as its editor sees it; `path` is relative to the root, with `/`."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """All text files of the archive by path, the paths of texts that could not be read, folders in
    which nothing is, and whatever else lies there, with its size in bytes."""

    files: Mapping[str, SourceFile]
    unreadable: tuple[str, ...] = ()
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


def is_text(name: str) -> bool:
    """Is this a file that an editor writes, by its name?"""
    return os.path.splitext(name)[1].lower() in _TEXT_SUFFIXES  # noqa: PTH122


def tree_of(folder: Folder | None) -> tuple[SourceTree | None, list[Problem]]:
    """The texts of `issues/`, and what is wrong with their encodings."""
    if folder is None:
        return None, [missing_folder(FOLDER)]
    files: dict[str, SourceFile] = {}
    problems = list(folder.unreadable)
    for path, data in folder.files.items():
        text = decode(path, data)
        if isinstance(text, str):
            text = _unfit(path, data, text) or text
        if isinstance(text, Problem):
            problems.append(text)
        else:
            files[path] = SourceFile(path=path, text=text)
    unreadable = tuple(sorted(problem.path for problem in problems))
    problems += folder.misnamed
    tree = SourceTree(files=files, unreadable=unreadable, empty=folder.empty, others=folder.others)
    return tree, problems


def decode(path: str, data: bytes) -> str | Problem:
    """The text of a file: UTF-8 with or without a mark, any line ends; else a problem that names
    the encoding it seems to have and the first line that shows it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        return _misread(path, data, data.count(b"\n", 0, reason.start) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _misread(path: str, data: bytes, line: int) -> Problem:
    """That a file is not UTF-8, as its `line` shows."""
    message, hint = _about_encoding(data, line)
    return Problem(
        path=path,
        line=line,
        code="encoding",
        message=message,
        hint=hint,
        excerpt=_torn_line(data, line) if is_mostly_utf_8(data) else None,
    )


def _one_line(path: str, text: str) -> Problem | None:
    """That the lines of a text end in what few programs take for line ends, if so."""
    if text.count("\n") >= _FEWEST_LINES:
        return None
    ends = _ODD_LINE_ENDS.findall(text)
    if len(ends) < _FEWEST_LINES:
        return None
    return Problem(
        path=path,
        line=1,
        code="encoding",
        message=f"各行的末尾不是换行，而是看不见的字符 U+{ord(ends[0]):04X}，全文成了一行",
        hint="请用 Word 打开，另存为“纯文本”，编码选“UTF-8”，再换下这个文件。",
        excerpt=excerpt_of(text[:_SHOWN], ends[0]),
    )


def _unfit(path: str, data: bytes, text: str) -> Problem | None:
    """Why the text of a file is not to be judged as it stands, if so."""
    if data.isascii() and likely_encoding(data):
        return _misread(path, data, 1)
    return _one_line(path, text) or _unmerged(path, text)


def _unmerged(path: str, text: str) -> Problem | None:
    """That git has left two versions in one file, if so: neither is to be judged."""
    if _CONFLICT_SIGN not in text or "\n>>>>>>> " not in text:
        return None
    found = _CONFLICT.search(text)
    if not found:
        return None
    return Problem(
        path=path,
        line=text.count("\n", 0, found.start()) + 1,
        code="conflict-mark",
        message="两个人改了同一处，git 把两种写法都放在这里，还没有选定",
        hint="从“<<<<<<<”到“=======”是一种，从“=======”到“>>>>>>>”是另一种："
        "留下对的，再删去这三行记号。",
        excerpt=excerpt_of(found[0], _CONFLICT_SIGN.strip()),
    )


def _torn_line(data: bytes, line: int) -> Excerpt:
    """A line of UTF-8 with some bytes that are not, which are marked."""
    shown = data.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip("\r")
    return excerpt_of(shown, "\ufffd")


def _about_encoding(data: bytes, line: int) -> tuple[str, str]:
    """What is wrong with bytes that are not UTF-8, and what to do about it."""
    likely = likely_encoding(data)
    if is_mostly_utf_8(data):
        return (
            f"文件是 UTF-8 编码，但第 {line} 行夹着不是 UTF-8 的字",
            "多半是别的程序贴进来的，或者文件被截断了："
            "请打开文件，对照原件改正这一行，再保存为 UTF-8。",
        )
    if likely:
        by_word = f" Word 打开，选编码“{as_word_names_it(likely)}”，再"
        program = "记事本打开，选" if is_of_notepad(likely) else by_word
        return (
            f"文件不是 UTF-8 编码，看来是 {likely}",
            f"请用{program}“另存为”，编码选“UTF-8”，再保存。",
        )
    return (
        "文件不是 UTF-8 编码，看来是二进制文件或已损坏的文件",
        "这不是文字文件：请从 issues/ 里移走，或换成正确的文件。",
    )


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
