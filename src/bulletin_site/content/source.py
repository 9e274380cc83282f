"""The bytes of `issues/` become texts.

Editors work on Windows: a byte order mark and CRLF are taken off silently, because nothing is lost;
another encoding is named and refused, because guessing it would put wrong characters in print.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin_site.content.encodings import (
    as_word_names_it,
    is_mostly_utf_8,
    is_of_notepad,
    likely_encoding,
)
from bulletin_site.content.folder import Folder, missing_folder
from bulletin_site.excerpts import excerpt_of
from bulletin_site.problems import Excerpt, Problem

FOLDER = "issues"
LARGEST = 4_000_000
"""Bytes of a text: more than a million Han characters, a hundred times an issue."""
_CONFLICT_SIGN = "<<<<<<< "
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
_FEWEST_LINES = 3  # of a text: two of --- and one between
_SHOWN = 80
_TEXT_SUFFIXES = {".md", ".yaml"}


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
        before = data[: reason.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return _misread(path, data, before.count(b"\n") + 1)
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
    """That git has left two versions in one file, or one of its signs, if so."""
    found = _CONFLICT.search(text) if _CONFLICT_SIGN in text or "\n>>>>>>> " in text else None
    if not found:
        return None
    return Problem(
        path=path,
        line=text.count("\n", 0, found.start()) + 1,
        code="conflict-mark",
        message="两个人改了同一处，git 把两种写法都放在这里，还没有选定",
        hint="从“<<<<<<<”到“=======”是一种，从“=======”到“>>>>>>>”是另一种："
        "留下对的，再删去这三行记号。",
        excerpt=excerpt_of(found[0], found[0][:7]),
    )


def _torn_line(data: bytes, line: int) -> Excerpt:
    """A line of UTF-8 with some bytes that are not, which are marked."""
    shown = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    shown = shown.split("\n")[line - 1]
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
