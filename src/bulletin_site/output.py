"""The one writer: the built files replace the published folder as a whole.

The new site is put together beside the old one, of new files and of links to those that stay as
they are, and the two folders change names in one step: a reader, a copy, a kill or a power cut
meets one complete site at any moment. Where the system cannot exchange two folders (Windows), the
old one steps aside for an instant, and if the run dies just then the next one puts it back.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.batch import Batch, Unmade, checksums, checksums_in
from bulletin_site.content.source import is_left_by_system
from bulletin_site.pages import urls
from bulletin_site.problems import Problem, said_by_system
from bulletin_site.record import Entry

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h on macOS
_SHOWN = 3
_FEW = 100
"""Of so many new files each is forced to the disk by itself, more of them all at once."""

Proof = Callable[[Callable[[str], bytes]], Iterable[Problem]]
"""Asks files, read by their addresses, whether they do what they are for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The addresses of the files that are new, changed, removed, none of them where the site was up
    to date; and what all files are now."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    entries: Mapping[str, Entry]

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


def write(
    out: Path,
    batches: Iterable[Batch],
    *,
    known: Mapping[str, Entry] | None = None,
    proof: Proof = lambda _: (),
    always: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Written | tuple[Problem, ...]:
    """Make the folder `out` hold exactly the files of the batches. Whatever goes wrong, the old
    site stays whole. Files that are `known` and did not change since are not made; with `always`
    all are, and written anew. Nothing is published that does not pass the `proof`. `progress` is
    told how many files are settled, of how many."""
    try:
        target = out.resolve()
        _recover(target)
        old = _scanned(target)
        strangers = sorted(old.keys() - published(target) - {urls.CHECKSUMS})
        if target.exists() and not target.is_dir():
            strangers = [target.name]
        if strangers:
            return (_refusal(out, strangers),)
        new = _New(target, old, compare=not always)
        try:
            _collect(new, batches, {} if always else known or {}, progress)
            removed = tuple(sorted(old.keys() - new.entries.keys()))
            if new.written or removed:
                new.complete()
                doubts = tuple(proof(new.read))
                if doubts:
                    return doubts
                new.publish()
        finally:
            new.discard()
    except Unmade as reason:
        return (reason.problem,)
    except (OSError, RuntimeError) as reason:  # RuntimeError: links that lead in a circle
        return (_failure(out, reason),)
    return Written(
        added=tuple(new.added), changed=tuple(new.changed), removed=removed, entries=new.entries
    )


def _collect(
    new: _New,
    batches: Iterable[Batch],
    known: Mapping[str, Entry],
    progress: Callable[[int, int], None],
) -> None:
    """Settle every file: keep it, or make it."""
    batches = tuple(batches)
    total = sum(len(batch.keys) for batch in batches)
    done = 0
    for batch in batches:
        wanted = set()
        for address, key in batch.keys.items():
            entry = known.get(address)
            if entry and entry.key == key and new.is_still(address, entry):
                new.entries[address] = entry
            else:
                wanted.add(address)
        done += len(batch.keys) - len(wanted)
        progress(done, total)
        for address, content in batch.make(wanted) if wanted else ():
            new.put(address, content, batch.keys[address])
            done += 1
            progress(done, total)
    sums = checksums({address: entry.sha256 for address, entry in new.entries.items()})
    new.put(urls.CHECKSUMS, sums, "")


@dataclass(kw_only=True)
class _Stat:
    size: int
    changed: int


class _New:
    """The new site while it is put together beside the old one."""

    def __init__(self, target: Path, old: Mapping[str, _Stat], *, compare: bool) -> None:
        self._target = target
        self._old = old
        self._compare = compare
        # Not by `tempfile`: its folders are their owner's alone, and this one is for everybody.
        self._folder = target.with_name(f".{target.name}.new-{_machine()}-{os.getpid()}")
        self._folders: set[str] = set()
        self.entries: dict[str, Entry] = {}
        self.added: list[str] = []
        self.changed: list[str] = []
        self.written: set[str] = set()

    def is_still(self, address: str, entry: Entry) -> bool:
        """Is the old file, by its size and time, still the one that was noted?"""
        old = self._old.get(address)
        return old is not None and (old.size, old.changed) == (entry.size, entry.changed)

    def put(self, address: str, content: bytes, key: str) -> None:
        """Take a file up, and write it unless the old site has the same."""
        sha256 = hashlib.sha256(content).hexdigest()
        old = self._old.get(address)
        same = old is not None and self._same(address, content)
        if old is None:
            self.added.append(address)
        elif not same:
            self.changed.append(address)
        changed = old.changed if old and same and self._compare else self._write(address, content)
        self.entries[address] = Entry(key, sha256, len(content), changed)

    def complete(self) -> None:
        """Add what stays as it is."""
        for address in self.entries:
            if address not in self.written:
                place = self._place(address)
                try:
                    os.link(f"{self._target}/{address}", place)
                except OSError:  # a file system without links
                    shutil.copy2(f"{self._target}/{address}", place)

    def read(self, address: str) -> bytes:
        return (self._folder / address).read_bytes()

    def publish(self) -> None:
        """Let the new site take the place of the old one."""
        self._force_to_disk()
        new, target = self._folder, self._target
        if not target.exists():
            new.rename(target)
        elif not _exchange(new, target):
            aside = _aside(target)
            target.rename(aside)
            try:
                new.rename(target)
            except OSError:
                aside.rename(target)
                raise
            shutil.rmtree(aside, ignore_errors=True)

    def discard(self) -> None:
        """Remove what is left beside the site: the new one that was not published, or the old."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _same(self, address: str, content: bytes) -> bool:
        if self._old[address].size != len(content):
            return False
        with open(f"{self._target}/{address}", "rb") as file:  # noqa: PTH123
            return file.read() == content

    def _write(self, address: str, content: bytes) -> int:
        """The time of its change."""
        with open(self._place(address), "wb", buffering=0) as file:  # noqa: PTH123
            view = memoryview(content)
            while view:
                view = view[file.write(view) :]
            changed = os.fstat(file.fileno()).st_mtime_ns
        self.written.add(address)
        return changed

    def _place(self, address: str) -> str:
        folder, _, _ = address.rpartition("/")
        if folder not in self._folders:
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._folder}/{address}"

    def _force_to_disk(self) -> None:
        """A name must not come before its content: after a power cut files could be empty."""
        if len(self.written) > _FEW and hasattr(os, "sync"):
            os.sync()
            return
        for address in self.written:
            with (self._folder / address).open("rb+") as file:
                os.fsync(file.fileno())


def published(folder: Path) -> set[str]:
    """The addresses of the site that a build left in a folder, by its own list; where a killed run
    left that site aside, of the one that is there."""
    target = folder.resolve()
    if not target.exists():
        target = _aside(target)
    try:
        return set(checksums_in((target / urls.CHECKSUMS).read_bytes()))
    except OSError:
        return set()


def is_as_noted(folder: Path, entries: Mapping[str, Entry]) -> bool:
    """Does a folder hold the files that were noted, by size and time, and no other?"""
    try:
        found = _scanned(folder)
    except OSError:
        return False
    return found.keys() == entries.keys() and all(
        (stat.size, stat.changed) == (entries[address].size, entries[address].changed)
        for address, stat in found.items()
    )


def read_site(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path in it; nothing where there is no folder."""
    return {name: (folder / name).read_bytes() for name in sorted(_scanned(folder))}


def _scanned(folder: Path) -> dict[str, _Stat]:
    """The files below a folder by address."""
    return dict(_stats(os.fspath(folder), "")) if folder.is_dir() else {}


def _stats(folder: str, inside: str) -> Iterator[tuple[str, _Stat]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stats(entry.path, f"{inside}{entry.name}/")
            elif not is_left_by_system(entry.name):
                stat = entry.stat(follow_symlinks=False)
                yield f"{inside}{entry.name}", _Stat(size=stat.st_size, changed=stat.st_mtime_ns)


def _refusal(out: Path, strangers: Sequence[str]) -> Problem:
    more = f"等 {len(strangers)} 个文件" if len(strangers) > _SHOWN else ""
    return Problem(
        path=out.as_posix(),
        code="output-refused",
        message=f"这里有不是本程序生成的文件：{'、'.join(strangers[:_SHOWN])}{more}",
        hint="没有写入，以免删掉它们。请移走这些文件，或用 --out 换一个空文件夹。",
    )


def _failure(out: Path, reason: OSError | RuntimeError) -> Problem:
    return Problem(
        path=out.as_posix(),
        code="output-failed",
        message=f"网站没有写成（{said_by_system(reason)}），原来的网站没有动",
        hint="请检查磁盘空间和文件夹的写权限，关掉正打开着其中文件的程序，再运行一次。",
    )


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


def _machine() -> str:
    """Tells this computer's leftovers from those of another that builds into a shared folder."""
    return hashlib.sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]


def _recover(out: Path) -> None:
    """Finish or undo what a killed run left: its half-written folder, or the old site aside."""
    aside = _aside(out)
    if aside.is_dir():
        if out.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(out)
    for left in out.parent.glob(f".{glob.escape(out.name)}.new-{_machine()}-*"):
        shutil.rmtree(left, ignore_errors=True)
