"""Never two of a kind at a time on one computer: two builds of a site, two imports into an
archive."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bulletin_site.problems import Problem
from bulletin_site.record import place_of


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """While this lasts nobody else has the same folder; false where somebody has it already. The
    lock ends with the process that holds it."""
    name = f"bulletin-{place_of(folder)}.lock"
    try:
        lock = FileLock(Path(tempfile.gettempdir()) / name, timeout=0)
        lock.acquire()
    except Timeout:
        yield False
        return
    # No locks here, or a full disk: folders still take their places at once.
    except (OSError, NotImplementedError):
        yield True
        return
    try:
        yield True
    finally:
        lock.release()


def busy(path: str, message: str) -> Problem:
    """That somebody else has the folder at `path`; `message` says who."""
    return Problem(
        path=path,
        code="output-busy",
        message=message,
        hint="没有写入。请等它完成，再运行一次。",
    )
