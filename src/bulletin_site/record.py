"""What the last build left in the site's folder: so that the next one knows, without opening them,
which files are still what they should be.

A record is believed of a file only while the file has the size and the time that were noted, and
its key, a hash of all it is made from, is still the same. It lies in the cache: without it, or with
a damaged one, a build makes and compares everything.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bulletin_site.cache import FOLDER, keep
from bulletin_site.problems import Problem

_SUM = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the site: what it is made from and what it is, as hashes (SHA-256), its size in
    bytes and the time of its last change in nanoseconds."""

    key: str
    sha256: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is said of a site when it is built."""

    title: str = ""
    issues: int = 0
    articles: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`inputs` is the hash of everything that was read, `problems` the warnings of that build;
    `entries` are by address."""

    inputs: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    summary: Summary = field(default_factory=Summary)


def read_record(root: Path, out: Path) -> Record:
    """What is noted of the site at `out`; nothing where that cannot be read."""
    try:
        content = (root / FOLDER / _name(out)).read_bytes()
        body = memoryview(content)[_SUM:]
        if content[:_SUM] == _checksum(body):
            return msgspec.msgpack.decode(body, type=Record)
    except (OSError, msgspec.DecodeError, KeyError):  # KeyError: a problem that has no rule now
        pass
    return Record()


def write_record(root: Path, out: Path, record: Record) -> None:
    """Note it for the next build; where that cannot be, the next build takes longer."""
    body = msgspec.msgpack.encode(record)
    keep(root, _name(out), _checksum(body) + body)


def place_of(out: Path) -> str:
    """What stands for a folder that is built into in the names of files elsewhere: a hash of where
    it lies."""
    return hashlib.sha256(os.path.realpath(out).encode("utf-8", "replace")).hexdigest()[:16]


def _name(out: Path) -> str:
    """A record for each folder that is built into."""
    return f"site-{place_of(out)}"


def _checksum(body: bytes | memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "little")
