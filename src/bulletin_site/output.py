"""The one writer: the built files replace the published folder as a whole.

The new site is written beside the old one and the two folders change names in one step, so that a
reader, a copy or a kill meets one complete site at any moment. Where the system cannot exchange two
folders (Windows), the old one steps aside for an instant, and if the run dies just then the next
one puts it back.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.build import Files
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h on macOS


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many files are new, changed, removed; none of them: the site was up to date."""

    added: int
    changed: int
    removed: int

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


def write(out: Path, files: Files) -> Written | Problem:
    """Make the folder `out` hold exactly `files`. Whatever goes wrong, the old site stays whole."""
    out = out.resolve()
    try:
        _recover(out)
        old = read_folder(out)
        strangers = foreign(old)
        if strangers:
            return _refusal(out, strangers)
        written = Written(
            added=len(files.keys() - old.keys()),
            changed=sum(old[name] != files[name] for name in files.keys() & old.keys()),
            removed=len(old.keys() - files.keys()),
        )
        if not written.unchanged:
            _replace(out, files)
    except OSError as reason:
        return Problem(
            path=str(out),
            code="output-failed",
            message=f"网站没有写成（{reason.strerror or reason}），原来的网站没有动",
            hint="请检查磁盘空间和文件夹的写权限，关掉正打开着其中文件的程序，再运行一次。",
        )
    return written


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path in it; nothing where there is no folder."""
    if not folder.is_dir():
        return {}
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def foreign(old: Files) -> tuple[str, ...]:
    """The files of a folder that no build made: those that its list of checksums does not name."""
    listed = old.get(urls.CHECKSUMS, b"").decode("utf-8", "replace").splitlines()
    own = {urls.CHECKSUMS, *(line.partition("  ")[2] for line in listed)}
    return tuple(name for name in sorted(old) if name not in own)


def _refusal(out: Path, strangers: tuple[str, ...]) -> Problem:
    more = f"等 {len(strangers)} 个文件" if len(strangers) > 3 else ""
    return Problem(
        path=str(out),
        code="output-refused",
        message=f"这里有不是本程序生成的文件：{'、'.join(strangers[:3])}{more}",
        hint="没有写入，以免删掉它们。请移走这些文件，或用 --out 换一个空文件夹。",
    )


def _replace(out: Path, files: Files) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
    try:
        new.chmod(0o755)
        for folder in sorted({(new / name).parent for name in files}):
            folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (new / name).write_bytes(content)
        if not out.exists():
            new.rename(out)
        elif not _exchange(new, out):
            aside = _aside(out)
            out.rename(aside)
            new.rename(out)
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
    for left in out.parent.glob(f".{out.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
