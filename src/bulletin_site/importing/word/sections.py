"""The sections of a Word file: how each begins, and the numbers printed on its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin_site.importing.word.elements import Element, integer, w
from bulletin_site.importing.word.package import Package

_ON_NEW_PAGE = {"nextPage", "oddPage", "evenPage"}
_PLAIN_FORMS = {None, "decimal", "numberInDash", "decimalFullWidth", "decimalHalfWidth"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section, from its first page on; `whole_pages`: it begins with a page."""

    properties: Element
    page: int
    whole_pages: bool


def begins_page(properties: Element) -> bool:
    """Of a section, by its own properties: where nothing is said, it does."""
    kind = properties.find(w("type"))
    return kind is None or kind.get(w("val"), "nextPage") in _ON_NEW_PAGE


def blank_before(properties: Element, next_number: int) -> bool:
    """Whether a section that begins on an odd (even) page leaves a page empty before it, so that
    odd and even take turns. `next_number`: of the page that would come if it did not begin anew."""
    kind = properties.find(w("type"))
    said = "" if kind is None else kind.get(w("val"), "")
    if said not in ("oddPage", "evenPage"):
        return False
    start = first_number(properties)
    number = int(said == "oddPage") if start is None else start
    return next_number % 2 != number % 2


def first_number(properties: Element) -> int | None:
    """The printed number that a section begins with, where it says one."""
    said = properties.find(w("pgNumType"))
    return None if said is None else integer(said.get(w("start")))


def printed_numbers(sections: Iterable[Section], pages: int, package: Package) -> dict[int, int]:
    """Page of the file → number printed on it, as far as the file says so.

    Only from a section on that says with which number it begins (`w:pgNumType w:start`) and begins
    with a page of its own; the sections after it count on. A page has a number where the header or
    footer that Word prints on it (first page, even pages, else the usual one; without one of its
    own a section has that of the one before) holds a PAGE field in plain digits. Before the first
    such section nothing is inferred, and from one that begins anew within a page on neither.
    """
    listed = list(sections)
    printed: dict[int, int] = {}
    marginal: dict[tuple[str, str], Element] = {}
    number: int | None = None
    even_differs = package.single.get("settings")
    evens = even_differs is not None and even_differs.find(w("evenAndOddHeaders")) is not None
    for index, section in enumerate(listed):
        end = listed[index + 1].page if index + 1 < len(listed) else pages + 1
        marginal |= _marginals(section.properties, package)
        start = first_number(section.properties)
        if start is not None:
            number = start if section.whole_pages else None
        if number is None:
            continue
        own_first = section.properties.find(w("titlePg")) is not None and section.whole_pages
        for page in range(section.page + (not section.whole_pages), end):
            first = page == section.page and own_first
            kind = "first" if first else "even" if evens and number % 2 == 0 else "default"
            if _plain(section.properties) and _has_number(marginal, kind):
                printed[page] = number
            number += 1
    return printed


def _plain(properties: Element) -> bool:
    said = properties.find(w("pgNumType"))
    return said is None or said.get(w("fmt")) in _PLAIN_FORMS


def _marginals(properties: Element, package: Package) -> dict[tuple[str, str], Element]:
    found = {}
    for name, parts in (("headerReference", package.headers), ("footerReference", package.footers)):
        for reference in properties.findall(w(name)):
            part = parts.get(reference.get(_ID, ""))
            if part is not None:
                found[name, reference.get(w("type"), "default")] = part
    return found


_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _has_number(marginal: dict[tuple[str, str], Element], kind: str) -> bool:
    parts = (marginal.get((name, kind)) for name in ("headerReference", "footerReference"))
    return any(part is not None and _counts_pages(part) for part in parts)


def _counts_pages(part: Element) -> bool:
    """Whether it holds a PAGE field (not NUMPAGES), in any of the ways to write one. A code may be
    cut into several runs."""
    codes = "".join(each.text or "" for each in part.iter(w("instrText"))).split()
    simple = [word for each in part.iter(w("fldSimple")) for word in each.get(_CODE, "").split()]
    found = {word.upper() for word in codes + simple}
    return "PAGE" in found or next(part.iter(w("pgNum")), None) is not None


_CODE = w("instr")
