"""A file takes its place as a whole, or what was there stays."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from bulletin_site.content.source import FOLDER
from bulletin_site.durable import force_names
from bulletin_site.inputs import TEMPLATES
from bulletin_site.problems import Problem


def write_whole(file: Path, content: bytes) -> None:
    """Write beside the file, force it to the disk, and move it there in one step. Raises OSError,
    and then has changed nothing."""

    def fill(stream: BinaryIO) -> None:
        stream.write(content)

    fill_whole(file, fill)


def fill_whole(file: Path, fill: Callable[[BinaryIO], Problem | None]) -> Problem | None:
    """The same with what `fill` writes piece by piece, unless it finds a problem."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.new-*"):
        left.unlink(missing_ok=True)
    new = file.with_name(f".{file.name}.new-{os.getpid()}")
    try:
        with new.open("xb") as stream:
            problem = fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        if problem is None:
            new.replace(file)
            force_names(file.parent)
        return problem
    finally:
        new.unlink(missing_ok=True)


def among_inputs(root: Path, place: Path) -> str:
    """The folder of the archive at `root` in which a place lies that is to be written to, if it
    does: what is made there would be read as an article or as a template the next time."""
    parents = Path(os.path.realpath(place)).parents
    inside = (
        name for name in (FOLDER, TEMPLATES) if Path(os.path.realpath(root / name)) in parents
    )
    return next(inside, "")


def refused(file: Path, message: str) -> Problem:
    """That something stands where a file would be written, or that it would be in the way there."""
    return Problem(
        path=file.as_posix(),
        code="output-refused",
        message=message,
        hint="没有写入，以免弄坏原有的东西。请换一个文件名，或换一个文件夹。",
    )
