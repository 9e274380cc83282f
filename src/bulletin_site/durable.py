"""What is written is on the disk before it takes its place: after a power cut no name stands for
nothing. A stick is pulled out, and a desktop switched off, as soon as the work is done."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

_FEW = 100
"""So many files or folders are forced to the disk one by one, more of them all at once."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of files, by their path in it. Raises OSError."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    force_files([folder / name for name in files], folder)


def force_files(files: Collection[Path], top: Path) -> None:
    """Force files to the disk, with all folders from `top` on. Raises OSError."""
    folders = [] if len(files) > _FEW else [path for path, _, _ in os.walk(top)]
    if max(len(files), len(folders)) > _FEW and hasattr(os, "sync"):
        os.sync()
        return
    for file in files:
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
    for folder in folders:
        force_names(Path(folder))


def force_names(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can: Windows opens no folder, and
    not every share knows how."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
