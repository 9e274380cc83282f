"""Saves are noticed.

The system announces changes at once (watchfiles), but not on every network drive and not in a
folder that was taken away and put back. So the folders are also looked at from time to time, and
where that finds what was not announced, watching begins anew.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event

from watchfiles import watch

from bulletin_site import inputs
from bulletin_site.content import source
from bulletin_site.content.folder import is_left_by_system

FOLDERS = (source.FOLDER, inputs.TEMPLATES)
"""All that a site is made from."""

_QUIET = 0.05
"""Seconds without a change after which a save is taken to be complete: editors write a file in
pieces, or write another one and change the names."""
_LONGEST = 2.0
"""Seconds after which something that never comes to rest is looked at all the same."""
_PAUSES = (0.25, 2.0)
_IDLE = 100
"""Looking may take a hundredth of the time, within the bounds of `_PAUSES`, in seconds."""

Look = Mapping[str, tuple[int, int, int]]
"""Path of each file → time of its last change, size, number: what a save alters."""


def changes(root: Path, stopped: Event) -> Iterator[tuple[str, ...]]:
    """At once, and then after every change below `root` until `stopped`: the paths of the files
    that changed, relative to `root`. None, where a change was announced that cannot be seen."""
    began = time.perf_counter()
    seen = look(root)
    shortest, longest = _PAUSES
    pause = min(max((time.perf_counter() - began) * _IDLE, shortest), longest)
    yield ()
    while not stopped.is_set():
        for announced in _announcements(root, stopped, pause):
            now = look(root)
            if not announced:
                if now == seen:
                    continue
                now = _at_rest(root, now)
            changed = sorted(path for path in now.keys() | seen.keys() if _differs(path, now, seen))
            seen = now
            yield tuple(changed)
            if not announced:
                break


def look(root: Path) -> Look:
    """The files of the watched folders as they are now; what cannot be looked at is not there."""
    return {path: state for folder in FOLDERS for path, state in _files(root / folder, folder)}


def _files(folder: Path, shown: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        path = f"{shown}/{entry.name}"
        if _is_passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder / entry.name, path)
            continue
        try:
            state = entry.stat()
        except OSError:  # vanished meanwhile
            continue
        yield path, (state.st_mtime_ns, state.st_size, state.st_ino)


def _is_passed_over(name: str) -> bool:
    """What Word, vim and the systems put beside a file while it is open."""
    return name.startswith(".") or is_left_by_system(name)


def _differs(path: str, one: Look, other: Look) -> bool:
    return one.get(path) != other.get(path)


def _at_rest(root: Path, now: Look) -> Look:
    """What the folders hold once two looks in a row see the same."""
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        time.sleep(_QUIET)
        before, now = now, look(root)
        if before == now:
            break
    return now


def _announcements(root: Path, stopped: Event, pause: float) -> Iterator[bool]:
    """Whether the system has announced a change: after each one that has come to rest, and after
    every pause without one. Where it cannot announce any, pauses only."""
    folders = [folder for folder in (root / name for name in FOLDERS) if folder.is_dir()]
    try:
        if folders:
            for found in watch(
                *folders,
                watch_filter=lambda _, path: not _is_passed_over(Path(path).name),
                debounce=round(_LONGEST * 1000),
                step=round(_QUIET * 1000),
                rust_timeout=round(pause * 1000),
                yield_on_timeout=True,
                stop_event=stopped,
                raise_interrupt=False,
            ):
                yield bool(found)
    except (OSError, RuntimeError):  # a limit of the system; a folder that is gone again
        pass
    while not stopped.wait(pause):
        yield False
