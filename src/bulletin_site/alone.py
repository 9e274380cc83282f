"""Never two of a kind at a time: two builds of a site, two imports into an archive."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bulletin_site.cache import made_folder
from bulletin_site.content.source import FOLDER
from bulletin_site.problems import Problem
from bulletin_site.record import place_of


@contextmanager
def alone(root: Path, folder: Path) -> Iterator[bool]:
    """While this lasts nobody else has the same folder; false where somebody has it already. All
    who work in the archive at `root` meet at a lock in its cache, from whatever computer; all on
    this computer at one in its temporary folder, from whatever archive. Locks end with the process
    that holds them."""
    with ExitStack() as held:
        yield all(_is_free(file, held, root, folder) for file in (_in_archive, _on_computer))


def _is_free(file: Callable[[Path, Path], Path], held: ExitStack, root: Path, folder: Path) -> bool:
    try:
        # For all: what one user has made another must be able to lock.
        lock = FileLock(file(root, folder), timeout=0, mode=0o666, fallback_to_soft=False)
        held.enter_context(lock)
    except Timeout:
        return False
    # No locks here, or a full disk: folders still take their places at once.
    except (OSError, RuntimeError):
        pass
    return True


def _in_archive(root: Path, folder: Path) -> Path:
    """Raises OSError where there is no archive: nothing is to be made there."""
    root, place = root.resolve(), folder.resolve()
    (root / FOLDER).stat()
    if place.is_relative_to(root):  # other computers know the root by another name
        place = place.relative_to(root)
    name = hashlib.sha256(place.as_posix().encode("utf-8", "replace")).hexdigest()[:16]
    return made_folder(root) / f"{name}.lock"


def _on_computer(_root: Path, folder: Path) -> Path:
    return Path(tempfile.gettempdir()) / f"bulletin-{place_of(folder)}.lock"


def busy(path: str, message: str) -> Problem:
    """That somebody else has the folder at `path`; `message` says who."""
    return Problem(
        path=path,
        code="output-busy",
        message=message,
        hint="没有写入。请等它完成，再运行一次。",
    )
