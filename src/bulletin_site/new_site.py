"""The new site while it is put together beside the old one: new files are written, those that stay
as they are get a second name, and then the two folders change theirs in one step."""

from __future__ import annotations

import ctypes
import errno
import glob
import hashlib
import os
import shutil
import socket
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bulletin_site.durable import force_files, force_names
from bulletin_site.record import Entry

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h on macOS


@dataclass(frozen=True, slots=True)
class Stat:
    """The size of a file in bytes and the time of its last change in nanoseconds."""

    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a file: whether the old site had it, and whether it was `written`."""

    address: str
    entry: Entry
    state: Literal["added", "changed", "same"]
    written: bool


class NewSite:
    """The files of the new site in a folder of their own. With `compare` a file that the old site
    has just so is not written."""

    def __init__(self, target: Path, old: Mapping[str, Stat], *, compare: bool) -> None:
        self._target = target
        self._old = old
        self._compare = compare
        # Not by `tempfile`: its folders are their owner's alone, and this one is for everybody.
        self._folder = target.with_name(f".{target.name}.new-{_machine()}-{os.getpid()}")
        self._folders: set[str] = set()
        self._copied: set[str] = set()
        self.settled: dict[str, Settled] = {}

    @property
    def entries(self) -> dict[str, Entry]:
        return {address: one.entry for address, one in self.settled.items()}

    @property
    def removed(self) -> tuple[str, ...]:
        """What the old site has and the new one has not."""
        return tuple(sorted(self._old.keys() - self.settled.keys()))

    @property
    def differs(self) -> bool:
        """Is there anything to publish?"""
        return bool(self.removed) or any(one.written for one in self.settled.values())

    def addresses(self, state: str) -> tuple[str, ...]:
        """Where the files stand that are `added` or `changed`."""
        return tuple(address for address, one in self.settled.items() if one.state == state)

    def keep(self, address: str, known: Entry | None, key: str) -> bool:
        """Take the old file, if what is known of it still holds and it is made from the same."""
        old = self._old.get(address)
        if known is None or old is None or known.key != key:
            return False
        if (old.size, old.changed) != (known.size, known.changed):
            return False
        self.settled[address] = Settled(address, known, "same", written=False)
        return True

    def put(self, address: str, content: bytes, key: str) -> Settled:
        """Write a file, unless the old site has the same."""
        sha256 = hashlib.sha256(content).hexdigest()
        old = self._old.get(address)
        same = old is not None and self._has(address, content)
        keeps = old is not None and same and self._compare
        changed = old.changed if old and keeps else self._write(address, content)
        entry = Entry(key, sha256, len(content), changed)
        state: Literal["added", "changed", "same"] = "same" if same else "changed"
        return Settled(address, entry, state if old else "added", written=not keeps)

    def take(self, settled: Settled) -> None:
        """A file is done, by this process or by another."""
        self.settled[settled.address] = settled

    def complete(self) -> None:
        """Add what stays as it is. Raises OSError where it has not stayed so since it was looked
        at: another build, which the lock did not keep out, has published meanwhile."""
        for address, one in self.settled.items():
            if not one.written:
                place = self._place(address)
                now = os.stat(f"{self._target}/{address}")  # noqa: PTH116
                if Stat(now.st_size, now.st_mtime_ns) != self._old[address]:
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), address)
                try:
                    os.link(f"{self._target}/{address}", place)
                except OSError:  # a file system without links
                    shutil.copyfile(f"{self._target}/{address}", place)
                    os.utime(place, ns=(now.st_atime_ns, now.st_mtime_ns))
                    self._copied.add(address)

    def read(self, address: str) -> bytes:
        return (self._folder / address).read_bytes()

    def publish(self) -> None:
        """Let the new site take the place of the old one."""
        new, target = self._folder, self._target
        own = [at for at, one in self.settled.items() if one.written or at in self._copied]
        force_files([new / address for address in own], new)
        if not target.exists():
            new.rename(target)
        elif not _exchange(new, target):
            aside = aside_of(target)
            target.rename(aside)
            try:
                new.rename(target)
            except OSError:
                aside.rename(target)
                raise
        force_names(target.parent)
        with suppress(OSError):  # as a rule it has not been laid aside
            _remove(aside_of(target))
        self._note_times()

    def discard(self) -> None:
        """Remove what is left beside the site: the new one that was not published, or the old."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _note_times(self) -> None:
        """Network shares and sticks say another time of a file once it is closed."""
        for address, one in self.settled.items():
            if one.written:
                changed = os.stat(f"{self._target}/{address}").st_mtime_ns  # noqa: PTH116
                self.settled[address] = replace(one, entry=replace(one.entry, changed=changed))

    def _has(self, address: str, content: bytes) -> bool:
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
            return os.fstat(file.fileno()).st_mtime_ns

    def _place(self, address: str) -> str:
        folder, _, _ = address.rpartition("/")
        if folder not in self._folders:
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._folder}/{address}"


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


def aside_of(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _remove(folder: Path) -> None:
    """Windows deletes no file that is marked as read-only, as those are that come from a disc."""
    try:
        shutil.rmtree(folder)
    except PermissionError:
        for path in folder.rglob("*"):
            path.chmod(path.stat().st_mode | stat.S_IWRITE)
        shutil.rmtree(folder)


def _machine() -> str:
    """Tells this computer's leftovers from those of another that builds into a shared folder."""
    return hashlib.sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]


def recover(out: Path) -> None:
    """Finish or undo what a killed run left: its half-written folder, or the old site aside."""
    aside = aside_of(out)
    if aside.is_dir():
        if out.exists():
            _remove(aside)
        else:
            aside.rename(out)
    for left in out.parent.glob(f".{glob.escape(out.name)}.new-{_machine()}-*"):
        shutil.rmtree(left, ignore_errors=True)
