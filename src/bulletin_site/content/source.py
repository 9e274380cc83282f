"""The one reader: `issues/` on disk becomes a mapping of relative path to text.

Editors work on Windows: a byte order mark and CRLF are taken off silently, because nothing is lost;
another encoding is named and refused, because guessing it would put wrong characters in print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.problems import Problem

FOLDER = "issues"
_TEXT_SUFFIXES = {".md", ".yaml"}
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One text file as its editor sees it; `path` is relative to the root, with `/`."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """All text files of the archive by path, the paths of texts that could not be read, and of
    whatever else lies among them."""

    files: Mapping[str, SourceFile]
    unreadable: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def read_tree(root: Path) -> tuple[SourceTree | None, list[Problem]]:
    """Read every text file under `root/issues`, in sorted order."""
    folder = root / FOLDER
    if not folder.is_dir():
        return None, [missing_folder(FOLDER)]
    files: dict[str, SourceFile] = {}
    unreadable: list[str] = []
    others: list[str] = []
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*"), key=lambda f: f.relative_to(folder).as_posix()):
        path = file.relative_to(root).as_posix()
        if _is_hidden(file.relative_to(folder)) or not file.is_file():
            continue
        if file.suffix.lower() not in _TEXT_SUFFIXES:
            others.append(path)
            continue
        try:
            data = file.read_bytes()
        except OSError as reason:
            problems.append(unreadable_file(path, "文件读不出来", reason))
            unreadable.append(path)
            continue
        text = decode(path, data)
        if isinstance(text, Problem):
            problems.append(text)
            unreadable.append(path)
        else:
            files[path] = SourceFile(path=path, text=text)
    tree = SourceTree(files=files, unreadable=tuple(unreadable), others=tuple(others))
    return tree, problems


def decode(path: str, data: bytes) -> str | Problem:
    """The text of a file: UTF-8 with or without a mark, any line ends; else a problem that names
    the encoding it seems to have and the first line that shows it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        likely = _likely_encoding(data)
        return Problem(
            path=path,
            line=line,
            code="encoding",
            message=f"文件不是 UTF-8 编码，看来是{likely or '二进制文件或已损坏的文件'}",
            hint="请用记事本打开，选“另存为”，编码选“UTF-8”，再保存。"
            if likely
            else "这不是文字文件：请从 issues/ 里移走，或换成正确的文件。",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _likely_encoding(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " UTF-16（记事本里的“Unicode”）"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return " GB18030（记事本里的“ANSI”）"


def _is_hidden(relative: Path) -> bool:
    """Dot files and folders are nobody's text."""
    return any(part.startswith(".") for part in relative.parts) or is_left_by_system(relative.name)


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
        message=f"{what}（{reason.strerror or reason}）",
        hint="请检查文件是否被别的程序占用、有没有读取权限。",
    )
