"""Faults to plant into a correct site, one at a time."""

import json
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from bulletin_site.batch import Files, checksums_of
from bulletin_site.checks import check_site
from bulletin_site.content.model import Archive
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

BASE_URL = "https://www.example.gov.cn/bulletin"
FOLDER = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A built site with the archive it was built from, and what a check finds in it `before` any
    fault is planted: nothing, as another test holds."""

    archive: Archive
    files: Files
    before: frozenset[Problem]

    def problems(self, files: Files | None = None) -> tuple[Problem, ...]:
        """What a check finds in `files`, with every one of them as fresh as it can be: so a fault
        is found by its own rule, not because a file is stale."""
        found = dict(self.files if files is None else files)
        if urls.CHECKSUMS in found:
            del found[urls.CHECKSUMS]
            found[urls.CHECKSUMS] = checksums_of(found)
        return check_site(self.archive, found, found, FOLDER)

    def caused(self, fault: "Fault") -> set[Problem]:
        """What a check finds once the fault is planted and did not find before."""
        files = dict(self.files)
        fault.change(files)
        return set(self.problems(files)) - self.before


def whole(archive: Archive, files: Files) -> Site:
    """A site to plant faults into."""
    site = Site(archive=archive, files=files, before=frozenset())
    return replace(site, before=frozenset(site.problems()))


Change = Callable[[MutableMapping[str, bytes]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`name` says what is wrong, `code` by which rule it must be found, in the file `at`."""

    name: str
    code: str
    at: str
    change: Change


def replaced(
    code: str, name: str, file: str, old: str, new: str, *, at: str | None = None
) -> Fault:
    """The first `old` in a file becomes `new`; the fault shows in the file `at`, or in this."""

    def change(files: MutableMapping[str, bytes]) -> None:
        text = files[file].decode()
        assert old in text, f"{file} has no {old!r} to break"
        files[file] = text.replace(old, new, 1).encode()

    return Fault(name=name, code=code, at=at or file, change=change)


def added(code: str, name: str, at: str, markup: str) -> Fault:
    """Something too much at the end of a page's main part."""
    return replaced(code, name, at, "</main>", f"{markup}</main>")


def put(code: str, name: str, at: str, content: bytes) -> Fault:
    """A file has another content, or is there though it should not be."""

    def change(files: MutableMapping[str, bytes]) -> None:
        assert files.get(at) != content
        files[at] = content

    return Fault(name=name, code=code, at=at, change=change)


def removed(code: str, name: str, file: str, *, at: str | None = None) -> Fault:
    """A file is missing; the fault shows in the file `at`."""

    def change(files: MutableMapping[str, bytes]) -> None:
        del files[file]

    return Fault(name=name, code=code, at=at or file, change=change)


def in_index(code: str, name: str, edit: Callable[[Any], None]) -> Fault:
    """The search index says something else."""

    def change(files: MutableMapping[str, bytes]) -> None:
        value = json.loads(files[urls.SEARCH_INDEX])
        before = json.dumps(value)
        edit(value)
        assert json.dumps(value) != before
        files[urls.SEARCH_INDEX] = json.dumps(value, ensure_ascii=False).encode()

    return Fault(name=name, code=code, at=urls.SEARCH_INDEX, change=change)


def in_script(
    code: str, name: str, address: str, called: str, edit: Callable[[Any], None]
) -> Fault:
    """A script of the search data hands something else over."""

    def change(files: MutableMapping[str, bytes]) -> None:
        text = files[address].decode().strip()
        start = f'bulletin.receive("{called}",'
        value = json.loads(text.removeprefix(start).removesuffix(");"))
        before = json.dumps(value)
        edit(value)
        assert json.dumps(value) != before
        files[address] = f"{start}{json.dumps(value, ensure_ascii=False)});\n".encode()

    return Fault(name=name, code=code, at=address, change=change)


def in_article(name: str, edit: Callable[[Any], None]) -> Fault:
    """The search page is given something else about the sixth article."""
    article = "2014-05-1/06"
    address = urls.search_article(article)
    return in_script("index-article", name, address, f"a:{article}", edit)
