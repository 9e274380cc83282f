"""What earlier builds worked out of each article, kept in a file, so that only what is new is
worked out again.

A value is found by the SHA-256 of everything it was worked out from, so it cannot be out of date;
a line that is damaged does not fit its check sum, and then it is as if there were none. Deleting
the folder costs the time of one build and nothing else.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

FOLDER = ".cache"
_FILE = "articles"
_KEY, _SUM = 64, 8
_NOTES = {
    ".gitignore": "*\n",
    "README.txt": "这里是 bulletin 的缓存，可以删除；下一次 build 会重新生成。\n",
}


class Cache:
    """Values by key, both of one line. What is not asked for in a run is dropped at its end."""

    def __init__(self, lines: Mapping[bytes, bytes] | None = None) -> None:
        self._lines = lines or {}
        self._kept: dict[bytes, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The value of a key, which is a SHA-256 in hexadecimal digits."""
        name = key.encode()
        line = self._kept.get(name) or self._lines.get(name)
        if line is None or line != _line(name, line[_KEY + _SUM :]):
            return None
        self._kept[name] = line
        return line[_KEY + _SUM :]

    def put(self, key: str, value: bytes) -> None:
        self._kept[key.encode()] = _line(key.encode(), value)

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self._kept != self._lines

    def lines(self) -> list[bytes]:
        """The values that were asked for or made, each with its key."""
        return list(self._kept.values())


def _line(key: bytes, value: bytes) -> bytes:
    return key + f"{zlib.crc32(key + value):0{_SUM}x}".encode() + value


def read_cache(root: Path) -> Cache:
    """The cache of the archive at `root`; an empty one where there is none to read."""
    try:
        content = (root / FOLDER / _FILE).read_bytes()
    except OSError:
        return Cache()
    return Cache({line[:_KEY]: line for line in content.split(b"\n") if line})


def write_cache(root: Path, cache: Cache) -> None:
    """Keep a cache for the next build; where that cannot be, the next build takes longer."""
    if not cache.changed:
        return
    folder = root / FOLDER
    new = folder / f"{_FILE}.{os.getpid()}"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for name, note in _NOTES.items():
            (folder / name).write_text(note, "utf-8")
        try:
            new.write_bytes(b"\n".join(cache.lines()))
            new.replace(folder / _FILE)
        finally:
            new.unlink(missing_ok=True)
