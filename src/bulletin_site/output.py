"""The one writer: the built files replace the published folder as a whole, so that a reader, a
copy, a kill or a power cut meets one complete site at any moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.batch import Batch, Files, Proof, Unmade, checksums, checksums_in
from bulletin_site.content.folder import is_left_by_system
from bulletin_site.excerpts import Texts
from bulletin_site.new_site import NewSite, Settled, Stat, aside_of, recover
from bulletin_site.pages import urls
from bulletin_site.problems import Problem, said_by_system
from bulletin_site.record import Entry
from bulletin_site.workers import processors, shared_out

_SHOWN = 3
_MANY = 10_000
"""Making so many files is worth the copies of the process that share the work."""
_SHARE = 500
"""So many files or more are handed out at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The addresses of the files that are new, changed, removed, none of them where the site was up
    to date; and what all files are now."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    entries: Mapping[str, Entry]

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


def write(
    out: Path,
    batches: Iterable[Batch],
    *,
    known: Mapping[str, Entry] | None = None,
    proof: Proof = lambda _: (),
    always: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Written | tuple[Problem, ...]:
    """Make the folder `out` hold exactly the files of the batches. Whatever goes wrong, the old
    site stays whole. Files that are `known` and did not change since are not made; with `always`
    all are, and written anew. Nothing is published that does not pass the `proof`. `progress` is
    told how many files are settled, of how many."""
    try:
        target = out.resolve()
        recover(target)
        old = _scanned(target)
        strangers = sorted(old.keys() - published(target) - {urls.CHECKSUMS})
        if target.exists() and not target.is_dir():
            strangers = [target.name]
        if strangers:
            return (_refusal(out, strangers),)
        new = NewSite(target, old, compare=not always)
        try:
            _settle(new, tuple(batches), {} if always else known or {}, progress)
            if new.differs:
                new.complete()
                doubts = tuple(proof(new.read))
                if doubts:
                    return doubts
                new.publish()
        finally:
            new.discard()
    except Unmade as reason:
        return (reason.problem,)
    except (OSError, RuntimeError) as reason:  # RuntimeError: links that lead in a circle
        return (_failure(out, reason),)
    return Written(
        added=new.addresses("added"),
        changed=new.addresses("changed"),
        removed=new.removed,
        entries=new.entries,
    )


def _settle(
    new: NewSite,
    batches: Sequence[Batch],
    known: Mapping[str, Entry],
    progress: Callable[[int, int], None],
) -> None:
    """Keep every file that can be kept, make the others."""
    total = sum(len(batch.keys) for batch in batches)
    left = [
        (batch, [at for at, key in batch.keys.items() if not new.keep(at, known.get(at), key)])
        for batch in batches
    ]
    progress(len(new.settled), total)

    def make(share: Sequence[tuple[Batch, Sequence[str]]]) -> list[Settled]:
        return [
            new.put(address, content, batch.keys[address])
            for batch, addresses in share
            for address, content in batch.make(frozenset(addresses))
        ]

    many = total - len(new.settled) >= _MANY
    hands = processors() if many else 1
    shares = list(_shares(left, hands))
    for made in shared_out(make, shares, hands) if hands > 1 else map(make, shares):
        for settled in made:
            new.take(settled)
        progress(len(new.settled), total)
    sums = checksums({address: entry.sha256 for address, entry in new.entries.items()})
    new.take(new.put(urls.CHECKSUMS, sums, ""))


def _shares(
    left: Iterable[tuple[Batch, Sequence[str]]], hands: int
) -> Iterator[list[tuple[Batch, Sequence[str]]]]:
    """Small batches together, and large ones in a part for each hand."""
    share: list[tuple[Batch, Sequence[str]]] = []
    for batch, addresses in left:
        if len(addresses) >= 2 * _SHARE:
            yield from ([(batch, addresses[hand::hands])] for hand in range(hands))
        elif addresses:
            share.append((batch, addresses))
        if sum(len(addresses) for _, addresses in share) >= _SHARE:
            yield share
            share = []
    if share:
        yield share


def published(folder: Path) -> set[str]:
    """The addresses of the site that a build left in a folder, by its own list; where a killed run
    left that site aside, of the one that is there."""
    target = Path(os.path.realpath(folder))
    if not target.exists():
        target = aside_of(target)
    try:
        return set(checksums_in((target / urls.CHECKSUMS).read_bytes()))
    except OSError:
        return set()


def is_as_noted(folder: Path, entries: Mapping[str, Entry]) -> bool:
    """Does a folder hold the files that were noted, by size and time, and no other?"""
    try:
        found = _scanned(folder)
    except OSError:
        return False
    return found.keys() == entries.keys() and all(
        (stat.size, stat.changed) == (entries[address].size, entries[address].changed)
        for address, stat in found.items()
    )


def read_site(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path in it; nothing where there is no folder."""
    return {name: (folder / name).read_bytes() for name in sorted(_scanned(folder))}


def site_texts(files: Files, folder: str) -> Texts:
    """The texts of a site's files by the paths that problems give them, for excerpts."""

    def text_of(path: str) -> str | None:
        data = files.get(path.removeprefix(f"{folder}/"))
        return data.decode("utf-8", "replace") if data is not None else None

    return text_of


def _scanned(folder: Path) -> dict[str, Stat]:
    """The files below a folder by address."""
    return dict(_stats(os.fspath(folder), "")) if folder.is_dir() else {}


def _stats(folder: str, inside: str) -> Iterator[tuple[str, Stat]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stats(entry.path, f"{inside}{entry.name}/")
            elif not is_left_by_system(entry.name):
                stat = entry.stat(follow_symlinks=False)
                yield f"{inside}{entry.name}", Stat(size=stat.st_size, changed=stat.st_mtime_ns)


def _refusal(out: Path, strangers: Sequence[str]) -> Problem:
    more = f"等 {len(strangers)} 个文件" if len(strangers) > _SHOWN else ""
    return Problem(
        path=out.as_posix(),
        code="output-refused",
        message=f"这里有不是本程序生成的文件：{'、'.join(strangers[:_SHOWN])}{more}",
        hint="没有写入，以免删掉它们。请移走这些文件，或用 --out 换一个空文件夹。",
    )


def _failure(out: Path, reason: OSError | RuntimeError) -> Problem:
    return Problem(
        path=out.as_posix(),
        code="output-failed",
        message=f"网站没有写成（{said_by_system(reason)}），原来的网站没有动",
        hint="请检查磁盘空间和文件夹的写权限，关掉正打开着其中文件的程序，再运行一次。",
    )
