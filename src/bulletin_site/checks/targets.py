"""Where a link leads, as a browser understands it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from urllib.parse import unquote

from bulletin_site.checks.built_site import BuiltPage

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_IGNORED_IN_URLS = str.maketrans("", "", "\t\r\n")
_C0_AND_SPACE = "".join(map(chr, range(0x21)))


class Reach(Enum):
    """Whether a link stays in the site, and how it says so."""

    INSIDE = "relative, within the site"
    OWN_URL = "the site's own full URL"
    ELSEWHERE = "http or https, another site"
    MAIL = "mailto"
    HOST = "//host"
    ABSOLUTE = "from a root or a drive, or out of the site"
    SCHEME = "javascript, data and whatever else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`address` and `fragment` are percent-decoded and mean something for the first two reaches;
    `raw_fragment` is the fragment as written, which browsers try first."""

    reach: Reach
    address: str = ""
    fragment: str = ""
    raw_fragment: str = ""


def target(value: str, page: BuiltPage, base_url: str | None) -> Target:
    """Where a link on a page leads, by the URL standard (url.spec.whatwg.org)."""
    start = page.address
    if page.base is not None:
        # Under a <base>, even `#main` and an empty link lead away from the page.
        start = posixpath.join(resolve(page.base, "", base_url).address, "")
    return resolve(value, start, base_url)


def resolve(value: str, start: str, base_url: str | None) -> Target:
    """Where a link leads from the file at `start`, or from a folder, which ends with `/` or is
    empty."""
    if value[:1] in _WITHIN_A_FILE:
        return _resolved(value, start, base_url)
    return _resolved(value, start[: start.rfind("/") + 1], base_url)


@lru_cache(maxsize=1 << 16)
def _resolved(value: str, start: str, base_url: str | None) -> Target:
    """From a file or from any in a folder: their pages have hundreds of links in common."""
    value = value.strip(_C0_AND_SPACE).translate(_IGNORED_IN_URLS)
    scheme = _SCHEME.match(value)
    if (
        base_url
        and value.startswith(base_url)
        and value[len(base_url) :][:1] in ("", "/", "?", "#")
    ):
        own = _inside(value[len(base_url) :].removeprefix("/"), "")
        return replace(own, reach=Reach.OWN_URL) if own.reach is Reach.INSIDE else own
    if scheme:
        return Target(reach=_SCHEMES.get(scheme[1].lower(), Reach.SCHEME))
    if value[:2].replace("\\", "/") == "//":
        return Target(reach=Reach.HOST)
    return _inside(value, start)


_WITHIN_A_FILE = frozenset(["", "#", "?", *_C0_AND_SPACE, *map(chr, _IGNORED_IN_URLS)])
"""How links begin that may lead to the file itself, where it is the same to no other."""

_SCHEMES = {
    "http": Reach.ELSEWHERE,
    "https": Reach.ELSEWHERE,
    "mailto": Reach.MAIL,
    "file": Reach.ABSOLUTE,
}


def _inside(value: str, start: str) -> Target:
    rest, _, fragment = value.partition("#")
    path = rest.partition("?")[0]
    if path.startswith("/") or "\\" in path:
        return Target(reach=Reach.ABSOLUTE)
    address = _joined(start, path) if path else start
    if address is None:
        return Target(reach=Reach.ABSOLUTE)
    # What follows `:~:` tells the browser what to highlight; it is no part of the anchor.
    fragment = fragment.partition(":~:")[0]
    return Target(
        reach=Reach.INSIDE,
        address=address,
        fragment=unquote(fragment),
        raw_fragment=fragment,
    )


def _joined(start: str, path: str) -> str | None:
    """The address reached from a file by a relative path; none outside of the site. Empty parts
    stay, so that `a//b.html` and `a.html/` are found to name no file."""
    parts = start.split("/")[:-1]
    for part in map(unquote, path.split("/")):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
