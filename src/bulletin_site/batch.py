"""What a site is made of before it is made: for each file a hash of all that goes into it, and a
way to make it. So a build knows which files stay as they are without making them."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from markupsafe import Markup

from bulletin_site.problems import Problem

Files = Mapping[str, bytes]
"""A built site, or a part of it: address → content."""

Proof = Callable[[Callable[[str], bytes]], Iterable[Problem]]
"""Asks files, read by their addresses, whether they do what they are for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Files that are made by the same maker.

    `keys` has for each address a hash of everything that its content depends on, the program
    included: the same key, the same bytes. `make` yields the files at some of the addresses, each
    once, in any order, and holds no more of them in memory than it must."""

    keys: Mapping[str, str]
    make: Callable[[Collection[str]], Iterable[tuple[str, bytes]]]


class Unmade(Exception):  # noqa: N818
    """Raised by `make` where a file cannot be made; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def made(batches: Iterable[Batch]) -> dict[str, bytes]:
    """All files of all batches."""
    return {address: content for batch in batches for address, content in batch.make(batch.keys)}


def checksums(hashes: Mapping[str, str]) -> bytes:
    """What `sha256sum -c` reads, from the SHA-256 of each file: proof that a copied folder is
    whole, and the list of what is the build's own in it."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()


def checksums_in(listed: bytes) -> dict[str, str]:
    """The SHA-256 of each file that such a list names."""
    lines = listed.decode("utf-8", "replace").splitlines()
    return dict(line.split("  ", 1)[::-1] for line in lines if "  " in line)


def checksums_of(files: Files) -> bytes:
    """The same from the files themselves."""
    return checksums({name: hashlib.sha256(file).hexdigest() for name, file in files.items()})


def key(*values: object) -> str:
    """A hash of plain values, dataclasses and containers of them, that is the same in every run and
    differs with every release of this program and of what it builds on."""
    packed = msgspec.msgpack.encode((program(), *values), enc_hook=_told_apart)
    return hashlib.sha256(packed).hexdigest()


def _told_apart(value: object) -> object:
    """Text that is HTML already is not the same as text."""
    if isinstance(value, Markup):
        return {"html": str(value)}
    raise TypeError(f"not a value: {type(value).__name__}")


_LIBRARIES = (
    *("jinja2", "markdown-it-py", "markupsafe", "msgspec", "numpy", "opencc", "pypinyin"),
    *("pyyaml", "rcssmin", "rjieba", "rjsmin"),
)


@lru_cache(maxsize=1)
def program() -> str:
    """A hash of the program's own text, of Python and of the libraries that it runs with."""
    digest = hashlib.sha256(f"{sys.version_info} {unicodedata.unidata_version}".encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    for file in _own_files():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _own_files() -> Iterator[Path]:
    yield from sorted(Path(__file__).parent.rglob("*.py"))
