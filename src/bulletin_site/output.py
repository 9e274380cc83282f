"""The one writer: the built files replace the published folder as a whole.

The new site is written beside the old one and the two folders change names in one step, so that a
reader, a copy or a kill meets one complete site at any moment. Where the system cannot exchange two
folders (Windows), the old one steps aside for an instant, and if the run dies just then the next
one puts it back.
"""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.batch import Files
from bulletin_site.content.source import is_left_by_system
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h on macOS
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many files are new, changed, removed; none of them: the site was up to date."""

    added: int
    changed: int
    removed: int

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


def write(out: Path, files: Files, *, always: bool = False) -> Written | Problem:
    """Make the folder `out` hold exactly `files`. Whatever goes wrong, the old site stays whole.
    With `always` a site that is up to date is written anew too."""
    try:
        target = out.resolve()
        _recover(target)
        strangers = sorted(_foreign(target))
        if strangers:
            return _refusal(out, strangers)
        old = set(_names(target))
        written = Written(
            added=len(files.keys() - old),
            changed=sum((target / name).read_bytes() != files[name] for name in files.keys() & old),
            removed=len(old - files.keys()),
        )
        if always or not written.unchanged:
            _replace(target, files)
    except (OSError, RuntimeError) as reason:  # RuntimeError: links that lead in a circle
        said = reason.strerror if isinstance(reason, OSError) else None
        return Problem(
            path=out.as_posix(),
            code="output-failed",
            message=f"网站没有写成（{said or reason}），原来的网站没有动",
            hint="请检查磁盘空间和文件夹的写权限，关掉正打开着其中文件的程序，再运行一次。",
        )
    return written


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path in it; nothing where there is no folder."""
    return {name: (folder / name).read_bytes() for name in sorted(_names(folder))}


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for file in folder.rglob("*"):
            if file.is_file() and not is_left_by_system(file.name):
                yield file.relative_to(folder).as_posix()


def _foreign(target: Path) -> Iterator[str]:
    """What no build made: a file in the folder's place, or files that its checksums do not name."""
    if target.exists() and not target.is_dir():
        yield target.name
    sums = target / urls.CHECKSUMS
    lines = sums.read_text("utf-8", "replace").splitlines() if sums.is_file() else []
    own = {urls.CHECKSUMS, *(line.partition("  ")[2] for line in lines)}
    yield from (name for name in _names(target) if name not in own)


def _refusal(out: Path, strangers: Sequence[str]) -> Problem:
    more = f"等 {len(strangers)} 个文件" if len(strangers) > _SHOWN else ""
    return Problem(
        path=out.as_posix(),
        code="output-refused",
        message=f"这里有不是本程序生成的文件：{'、'.join(strangers[:_SHOWN])}{more}",
        hint="没有写入，以免删掉它们。请移走这些文件，或用 --out 换一个空文件夹。",
    )


def _replace(out: Path, files: Files) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    # Not by `tempfile`: its folders are their owner's alone, and this one is for everybody to read.
    new = out.with_name(f".{out.name}.new-{os.getpid()}")
    new.mkdir()
    try:
        for folder in sorted({(new / name).parent for name in files}):
            folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (new / name).write_bytes(content)
        if not out.exists():
            new.rename(out)
        elif not _exchange(new, out):
            aside = _aside(out)
            out.rename(aside)
            try:
                new.rename(out)
            except OSError:
                aside.rename(out)
                raise
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, if this system can."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            done = libc.renameat2(
                _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
            )
        elif sys.platform == "darwin":
            done = libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):
        return False
    return bool(done == 0)


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _recover(out: Path) -> None:
    """Finish or undo what a killed run left: its half-written folder, or the old site aside."""
    aside = _aside(out)
    if aside.is_dir():
        if out.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(out)
    for left in out.parent.glob(f".{glob.escape(out.name)}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
