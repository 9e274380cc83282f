"""Rules that remember what they said. Hundreds of faults are planted one at a time, and each leaves
nearly all of a site as it was. A rule is a pure function of what it reads: where it would read the
same again, it would say the same again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Generic, TypeVar

import pytest

from bulletin_site import checks
from bulletin_site.checks import surroundings
from bulletin_site.checks.built_site import BuiltSite, Document, parse
from bulletin_site.checks.truth import Truth, truth_of
from bulletin_site.content.model import Archive
from bulletin_site.problems import Problem

PageRule = Callable[[Document, Truth], Iterable[Problem]]
SiteRule = Callable[[BuiltSite, Truth], Iterable[Problem]]
Found = TypeVar("Found")


@contextmanager
def remembering() -> Iterator[None]:
    """Let the checks remember, as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "truth_of", _truth_once())
        patch.setattr(checks, "parse", cache(parse))
        patch.setattr(surroundings, "_around", cache(surroundings._around))
        patch.setattr(checks, "_PAGE_RULES", tuple(map(_once_a_page, checks._PAGE_RULES)))
        patch.setattr(checks, "_SITE_RULES", tuple(map(_if_it_reads_on, checks._SITE_RULES)))
        yield


def _truth_once() -> Callable[[Archive, Collection[str]], Truth]:
    known: dict[tuple[int, tuple[str, ...]], tuple[Archive, Truth]] = {}

    def remembered(archive: Archive, pages: Collection[str]) -> Truth:
        asked = id(archive), tuple(pages)
        if asked not in known:
            known[asked] = archive, truth_of(archive, pages)  # kept, so that no other has its id
        return known[asked][1]

    return remembered


def _once_a_page(rule: PageRule) -> PageRule:
    known: dict[tuple[int, int], tuple[Document, Truth, tuple[Problem, ...]]] = {}

    def remembered(document: Document, truth: Truth) -> tuple[Problem, ...]:
        asked = id(document), id(truth)
        if asked not in known:
            known[asked] = document, truth, tuple(rule(document, truth))
        return known[asked][2]

    return remembered


def _if_it_reads_on(rule: SiteRule) -> SiteRule:
    """A rule about a site is asked again unless all that it read of the first one is the same."""
    first: dict[int, tuple[Truth, BuiltSite, tuple[Problem, ...]]] = {}

    def remembered(site: BuiltSite, truth: Truth) -> tuple[Problem, ...]:
        if id(truth) not in first:
            seen = replace(
                site, files=_Read(site.files), pages=_Read(site.pages), assets=_Read(site.assets)
            )
            first[id(truth)] = truth, seen, tuple(rule(seen, truth))
        _, seen, problems = first[id(truth)]
        return problems if _reads_the_same(seen, site) else tuple(rule(site, truth))

    return remembered


def _reads_the_same(seen: BuiltSite, site: BuiltSite) -> bool:
    return seen.folder == site.folder and all(
        isinstance(read, _Read) and read.is_as_in(now)
        for read, now in (
            (seen.files, site.files),
            (seen.pages, site.pages),
            (seen.assets, site.assets),
        )
    )


class _Read(Mapping[str, Found], Generic[Found]):
    """A mapping that notes what is asked of it."""

    def __init__(self, entries: Mapping[str, Found]) -> None:
        self._entries = entries
        self._asked: set[str] = set()
        self._listed = False

    def __getitem__(self, address: str) -> Found:
        self._asked.add(address)
        return self._entries[address]

    def __iter__(self) -> Iterator[str]:
        self._listed = True
        return iter(self._entries)

    def __len__(self) -> int:
        self._listed = True
        return len(self._entries)

    def is_as_in(self, others: Mapping[str, Found]) -> bool:
        """Would all that was asked have the same answer there?"""
        if self._listed and list(self._entries) != list(others):
            return False
        return all(self._entries.get(one) == others.get(one) for one in self._asked)
