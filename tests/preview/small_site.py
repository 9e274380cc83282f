"""A site of a few files, and builds of it, without an archive on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from archives import BASE, archive
from bulletin_site.batch import Batch, Unmade
from bulletin_site.build import Build
from bulletin_site.preview.edition import Edition
from bulletin_site.problems import Problem

PAGES = {
    "index.html": "home",
    "404.html": "nothing here",
    "search.html": "search",
    "issues/index.html": "issues",
    "issues/2014-05-1/01.html": "article",
    "assets/site.css": "a {}",
    "search/catalog.js": "[]",
}
PAGE = "<!DOCTYPE html><html><head><title>文</title></head><body>{}</body></html>"
SITE = {name: PAGE.format(text) if name.endswith(".html") else text for name, text in PAGES.items()}
"""The same with markup."""

BROKEN = Problem(path="templates/article.html", line=3, code="template", message="错", hint="改")

OUTSIDE = [
    "/../index.html",
    "/issues/../index.html",
    "/issues/../../etc/passwd",
    "/%2e%2e/index.html",
    "/..%2findex.html",
    "/issues/%2e%2e/index.html",
    "/issues/..%5c..%5cindex.html",
    "/issues\\index.html",
    "/issues%5cindex.html",
    "/index.html%00",
    "/index.html%00.css",
    "/%00",
    "//index.html",
    "//etc/passwd",
    "/etc/passwd",
    "/C:/index.html",
    "/c:%5cwindows%5cwin.ini",
    "/file:///etc/passwd",
    "/./index.html",
    "/issues/./index.html",
    "/%252e%252e/index.html",
    "/%c0%ae%c0%ae/index.html",
    "/%ff",
    "/%",
    "/index.html/",
    "/index.html/..",
    "/INDEX.HTML",
    "/index.html ",
    "/ index.html",
    "/~root/index.html",
    "/.git/config",
    "/issues/archive.yaml",
    "/assets/",
    "/CON",
    "/" + "a" * 5000,
]
"""Paths of requests that lead to nothing in `PAGES`."""

WRONG = Problem(path="issues/2014-05-1/01.md", line=3, code="bad-page", message="错", hint="改")
MINOR = replace(WRONG, code="stray-latin")
"""A warning."""


class Maker:
    """Batches whose making is counted."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def batch(self, pages: Mapping[str, str]) -> Batch:
        def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
            for address in addresses:
                self.made[address] += 1
                if pages[address] == "broken":
                    raise Unmade(BROKEN)
                if pages[address] == "mistaken":
                    raise ZeroDivisionError("a mistake")
                yield address, pages[address].encode()

        return Batch(keys={name: f"key of {text}" for name, text in pages.items()}, make=make)

    def edition(self, pages: Mapping[str, str], earlier: Edition | None = None) -> Edition:
        return Edition([self.batch({name: text}) for name, text in pages.items()], earlier)


class Builds:
    """Stands in for the archive on disk: the builds that follow one after the other."""

    def __init__(self, *results: Build | Exception) -> None:
        self._results = iter(results)

    def __call__(self) -> Build:
        result = next(self._results)
        if isinstance(result, Exception):
            raise result
        return result


def built(*problems: Problem, **others: str) -> Build:
    """A build of `SITE`, some of whose files are others."""
    batches = (Maker().batch({**SITE, **others}),)
    return Build(archive=archive(BASE), problems=problems, batches=batches)


def stopped(*problems: Problem) -> Build:
    return Build(archive=archive(BASE), problems=problems, batches=None)
