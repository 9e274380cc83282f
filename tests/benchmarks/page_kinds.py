"""Whether our site and a peer's hold the same pages: every address, and on the pages of each kind
about as much text, as many links and as many labels for machines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

_KINDS = (
    ("home", r"index\.html"),
    ("index of issues", r"issues/index\.html"),
    ("issue", r"issues/[^/]+/index\.html"),
    ("whole issue", r"issues/[^/]+/full\.html"),
    ("article", r"issues/[^/]+/[0-9]+\.html"),
    ("printed page", r"issues/[^/]+/p[0-9]+\.html"),
    ("index of topics", r"topics/index\.html"),
    ("topic", r"topics/[^/]+\.html"),
    ("year of a topic", r"topics/[^/]+/[0-9]+\.html"),
    ("index of sources", r"sources/index\.html"),
    ("source", r"sources/[^/]+\.html"),
    ("year of a source", r"sources/[^/]+/[0-9]+\.html"),
    ("corrections", r"corrections\.html"),
    ("search", r"search\.html"),
    ("words that rise", r"trends\.html"),
    ("help", r"help/[^/]+\.html"),
    ("no such page", r"404\.html"),
    ("feed", r"feed\.xml"),
    ("sitemap", r"sitemap\.xml"),
)
_LISTS = {"feed": b"<entry>", "sitemap": b"<loc>"}
"""Files that are no pages, and what begins each of their lines."""

_OUR_KINDS = ("words that rise", "help")
"""The kinds of pages that only we make."""

_PARTIAL = "search"
"""The kind of page whose content is the search engine's own."""

_OUR_PARTS = ".timeline, .timeline-lines, .downloads, .citation"
"""What Hugo's pages are spared."""

TOLERANCE = 0.05
"""By how much two sites may differ, of the larger."""

Counts = dict[str, Counter[str]]
"""Of each kind of page how many `pages`, and on all of them how many characters of `text`, `links`,
`labels` and `bytes`."""


def addresses(site: Path) -> dict[str, str]:
    """The kind of every page and list, by its address. A page of no known kind ends the
    benchmark."""
    found = {}
    for file in sorted(site.rglob("*")):
        address = file.relative_to(site).as_posix()
        kind = next((name for name, form in _KINDS if re.fullmatch(form, address)), None)
        if kind:
            found[address] = kind
        elif file.suffix == ".html":
            raise SystemExit(f"{address}: a kind of page that this benchmark does not know")
    return found


def counts(site: Path) -> Counts:
    """All pages of a site, counted."""
    found: Counts = {name: Counter() for name, _ in _KINDS}
    for address, kind in addresses(site).items():
        content = (site / address).read_bytes()
        found[kind] += Counter(pages=1, bytes=len(content))
        if kind in _LISTS:
            found[kind]["links"] = content.count(_LISTS[kind])
        else:
            found[kind] += _of_page(content)
    return found


def _of_page(content: bytes) -> Counter[str]:
    page = LexborHTMLParser(content.decode())
    main = page.css_first("main")
    if main is None:
        raise SystemExit("a page without content")
    for node in main.css(_OUR_PARTS):
        node.decompose()
    return Counter(
        text=len("".join(main.text().split())),
        links=len(main.css("a[href]")),
        labels=len(page.css('head meta, script[type="application/ld+json"]')),
    )


def same_pages(ours: Path, theirs: Path) -> None:
    """End the benchmark where two sites do not have the same pages, but for those that only we
    make."""
    one, other = addresses(ours), addresses(theirs)
    lacking = {
        address for address in one.keys() ^ other.keys() if one.get(address) not in _OUR_KINDS
    }
    if lacking:
        raise SystemExit(f"not in both sites: {sorted(lacking)[:10]}")


def compared(ours: Path, theirs: Path) -> list[str]:
    """Both sites by kinds of pages, as a Markdown table: characters of text and KB of HTML. End the
    benchmark where they differ by more than the tolerance in what is on their pages."""
    same_pages(ours, theirs)
    one, other = counts(ours), counts(theirs)
    wrong = [line for kind in one for line in _differences(kind, one[kind], other[kind])]
    if wrong:
        raise SystemExit("the sites do not have the same content:\n" + "\n".join(wrong))
    head = ("", "pages", "characters", "KB", "Hugo: pages", "characters", "KB")
    rows = [
        [kind, *(cell for site in (one, other) for cell in _cells(site[kind]))]
        for kind in one
        if one[kind]["pages"]
    ]
    return ["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows)]


def _differences(kind: str, one: Mapping[str, int], other: Mapping[str, int]) -> list[str]:
    if kind in _OUR_KINDS:
        return []
    compared = ("pages",) if kind == _PARTIAL else ("pages", "text", "links", "labels")
    return [
        f"{kind}: {one[what]} and {other[what]} {what}"
        for what in compared
        if abs(one[what] - other[what]) > TOLERANCE * max(one[what], other[what])
    ]


def _cells(found: Mapping[str, int]) -> tuple[str, str, str]:
    return f"{found['pages']:,}", f"{found['text']:,}", f"{found['bytes'] / 1000:,.0f}"
