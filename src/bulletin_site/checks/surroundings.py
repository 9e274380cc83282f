"""What stands around the text of a page, the same on every page of a site: what browsers are told
to load, the name, the ways to the sections, the search and the foot (WCAG 3.2.3, 3.2.4).

No page says what is right: what nearly all of them have is, and the others differ from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bulletin_site.checks.built_site import REBUILD, BuiltSite
from bulletin_site.checks.targets import Reach, resolve
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_OF_THE_PAGE = re.compile(
    r"<title>.*?</title>\n?"
    r'|<meta (?:name="(?!viewport|color-scheme|generator)|property=|http-equiv=)[^>]*>\n?'
    r'|<link rel="(?:canonical"|alternate" type="(?!application/atom))[^>]*>\n?'
    r"|<base [^>]*>\n?|<script (?:type=|src=[^>]* data-to=).*?</script>\n?"
    r'|<nav class="wrap breadcrumb".*?</nav>\n?',
    re.DOTALL,
)
"""What is said of one page alone, and judged by other rules."""

_OF_THE_KIND = re.compile(
    r'<script[^>]*></script>\n?|<form class="quick-search".*?</form>\n?', re.DOTALL
)
_BODY = re.compile(r'<body class="([^"]*)">')
_SKIP = re.compile(r'(<a class="skip") href="[^"]*"')
_ADDRESS = re.compile(r'\b(href|src|action)="([^"?#]+)')
_SECTION = re.compile(r'<li><a href="([^"]*)"( aria-current="true")?>')
_MARKED = re.compile(r' aria-current="true"')
_TRAIL = re.compile(r'<nav class="wrap breadcrumb".*?</nav>', re.DOTALL)
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`common` to all pages, `own` to all of a `kind`, with addresses as they are in the site; the
    `sections` that the page has a way to, which of them are marked as its own, and the first step
    of the way to the page."""

    kind: str
    common: str
    own: str
    sections: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    step: str = ""


def frame_problems(site: BuiltSite, _truth: Truth) -> Iterator[Problem]:
    """Judge what stands around the texts of all pages."""
    found = {address: _around(site.files[address], address) for address in site.pages}
    whole = Counter(one.common for one in found.values())
    kinds: dict[str, Counter[str]] = {}
    for one in found.values():
        kinds.setdefault(one.kind, Counter())[one.own] += 1
    for address, one in found.items():
        for part, counted in ((one.common, whole), (one.own, kinds[one.kind])):
            ((usual, _),) = counted.most_common(1)
            if part != usual:
                yield _problem(site, address, _difference(part, usual))
        right = {place for place in (address, one.step) if place in one.sections}
        if set(one.marked) != right:
            yield _problem(site, address, "页首标明的“当前栏目”（aria-current）不是本页所在的栏目")


def _around(content: bytes, address: str) -> Surroundings:
    before, _, rest = content.decode("utf-8", "replace").strip().partition("<main")
    tag, _, inner = rest.partition(">")
    after = inner.rpartition("</main>")[2]
    folder = urls.folder(address)
    around = _resolved(_OF_THE_PAGE.sub("", f"{before}<main{tag}></main>{after}"), folder)
    trail = _TRAIL.search(before)
    steps = _SECTION.findall(trail[0]) if trail else []
    return replace(around, step=_place(steps[1][0], folder)) if len(steps) > 1 else around


@lru_cache(maxsize=4096)
def _resolved(around: str, folder: str) -> Surroundings:
    """Pages of one kind in one folder have the same around them, character by character."""
    around = _ADDRESS.sub(lambda one: f'{one[1]}="{_place(one[2], folder)}', around)
    body = _BODY.search(around)
    sections = _SECTION.findall(around)
    common = _MARKED.sub("", _OF_THE_KIND.sub("", around))
    return Surroundings(
        kind=body[1] if body else "",
        common=_SKIP.sub(r"\1", _BODY.sub("<body>", common)),
        own="".join(_OF_THE_KIND.findall(around)),
        sections=tuple(place for place, _ in sections),
        marked=tuple(place for place, mark in sections if mark),
    )


def _place(href: str, folder: str) -> str:
    aim = resolve(href, folder, None)
    return aim.address if aim.reach is Reach.INSIDE else href


def _difference(found: str, usual: str) -> str:
    pairs = enumerate(zip(found, usual, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(found), len(usual)))
    start = max(0, at - _SHOWN)
    shown = found[start : at + _SHOWN].replace("\n", " ")
    return f"应是“…{usual[start : at + _SHOWN]}…”，网页上是“…{shown}…”".replace("\n", " ")


def _problem(site: BuiltSite, address: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        line=site.line(address, "<body"),
        code="page-frame",
        message=f"网页的页首、页脚与其他网页不一样：{fault}",
        hint="如果改过模板，请让各种网页的页首、页脚一样；否则" + REBUILD,
    )
