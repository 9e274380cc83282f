"""What earlier builds worked out, kept in a file, so that only what is new is worked out again.

A value is found by the SHA-256 of everything it was worked out from, so it cannot be out of date;
an entry that is damaged does not fit its check sum, and then it is as if there were none. Deleting
the folder costs the time of one build and nothing else.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

FOLDER = ".cache"
_FILE = "results"
_HEAD = struct.Struct("<32sQI")
"""Of an entry: its key, the length of its value, the CRC-32 of both."""
_NOTES = {
    ".gitignore": "*\n",
    "README.txt": "这里是 bulletin 的缓存，可以删除；下一次 build 会重新生成。\n"
    "imports/ 里是导入时留下的原件的样子，供预览对照；删去以后，再导入一次原件就又有了。\n",
}


class Cache:
    """Values by key, a SHA-256 in hexadecimal digits. What is not asked for in a run is dropped at
    its end."""

    def __init__(self, values: Mapping[str, bytes] | None = None) -> None:
        self._values = dict(values or {})
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        value = self._kept.get(key)
        if value is None:
            value = self._values.get(key)
            if value is not None:
                self._kept[key] = value
        return value

    def put(self, key: str, value: bytes) -> None:
        self._kept[key] = value

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self._kept != self._values

    @property
    def kept(self) -> Mapping[str, bytes]:
        """The values that were asked for or made."""
        return self._kept


def read_cache(root: Path) -> Cache:
    """The cache of the archive at `root`; an empty one where there is none to read."""
    try:
        content = (root / FOLDER / _FILE).read_bytes()
    except OSError:
        return Cache()
    return Cache(dict(_entries(memoryview(content))))


def write_cache(root: Path, cache: Cache) -> None:
    """Keep a cache for the next build; where that cannot be, the next build takes longer."""
    if cache.changed:
        entries = (_head(key, value) + value for key, value in cache.kept.items())
        keep(root, _FILE, b"".join(entries))


def keep(root: Path, name: str, content: bytes) -> bool:
    """Write a file of the cache as a whole, or not at all; whether it is there. `name` may have
    folders in it."""
    folder = root / FOLDER
    new = folder / f"{name}.{os.getpid()}"
    with suppress(OSError):
        made_folder(root)
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_bytes(content)
            new.replace(folder / name)
            return True
        finally:
            new.unlink(missing_ok=True)
    return False


def made_folder(root: Path) -> Path:
    """The folder of the cache, with what is said of it to those who find it. Raises OSError."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for note, text in _NOTES.items():
        if not (folder / note).exists():
            (folder / note).write_text(text, "utf-8")
    return folder


def _head(key: str, value: bytes) -> bytes:
    name = bytes.fromhex(key)
    return _HEAD.pack(name, len(value), zlib.crc32(value, zlib.crc32(name)))


def _entries(content: memoryview) -> Iterator[tuple[str, bytes]]:
    """The entries up to the first that is damaged: what follows it cannot be told apart."""
    start = 0
    while start + _HEAD.size <= len(content):
        name, length, checksum = _HEAD.unpack_from(content, start)
        value = content[start + _HEAD.size :][:length]
        if zlib.crc32(value, zlib.crc32(name)) != checksum or len(value) != length:
            return
        yield name.hex(), bytes(value)
        start += _HEAD.size + length
