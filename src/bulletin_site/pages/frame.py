"""What surrounds the content of every page: head, masthead, navigation, breadcrumb, foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from bulletin_site.pages import urls
from bulletin_site.pages.linked_data import Node, block, trail_node
from bulletin_site.pages.metadata import (
    Column,
    Metadata,
    column_labels,
    open_graph,
    site_labels,
)
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import IssueSite, Site

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""Content-Security-Policy of every page: its own files, nothing inline, nothing from elsewhere.

No script connects to anything, but Lighthouse reads robots.txt in the name of the page and takes a
refusal for a file that is not valid."""

CITE_SCRIPT = "cite.js"
"""Copies citations: of what a page is about, and of text that is selected on it."""

READING_SCRIPT = "reading.js"
"""What pages of running text offer to readers who have scripts."""

EARLY_SCRIPTS = ("size.js",)
"""What has to be known of the reader before such a page is first painted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """An entry of the main navigation; `current` where the page belongs to it."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Furniture:
    """What all pages of one kind in a folder have around them alike; made once for all of them, and
    so is the HTML of most of it. It is the same only as itself."""

    archive_title: str
    publisher: str | None
    stylesheet: str
    icon: str
    feed: str
    search_description: str | None
    home: str
    search: str
    navigation: tuple[NavItem, ...]
    help: str
    corrections: str
    scripts: tuple[str, ...]
    early_scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page's surroundings. All links are relative to the page, or to `base` on the one page that
    servers show at any address: the page for addresses that do not exist. `metadata` and
    `properties` are `<meta name>` and `<meta property>`, `linked_data` the texts of JSON-LD."""

    furniture: Furniture
    title: str
    description: str
    content_policy: str
    metadata: Metadata
    properties: Metadata
    linked_data: tuple[Markup, ...]
    canonical: str | None
    base: str | None
    skip: str
    breadcrumbs: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to render: where it goes, and what its template is given."""

    address: str
    template: str
    frame: Frame
    view: object


def frame(
    site: Site | IssueSite,
    address: str,
    *,
    title: str = "",
    description: str,
    kind: str = "",
    keywords: Sequence[str] = (),
    metadata: Metadata = (),
    properties: Metadata = (),
    linked_data: Sequence[Node] = (),
    section: str = "",
    breadcrumbs: Sequence[tuple[str, str]] = (),
    scripts: tuple[str, ...] = (),
    early_scripts: tuple[str, ...] = (),
    stands_for: str = "",
) -> Frame:
    """The surroundings of the page at `address`. A page that is a column names its `kind`, and
    `keywords` if it has any; `metadata`, `properties` and `linked_data` are what is to be said of
    it besides. `section` is the address of the navigation entry it belongs to; `breadcrumbs` are
    titles and addresses from below the home page to the page; `early_scripts` run before anything
    is painted; `stands_for` is the address of the page that this one only leads to."""
    publication = site.publication

    def to(target: str) -> str:
        return urls.link(address, target)

    trail = [("首页", urls.HOME), *breadcrumbs] if breadcrumbs else []
    nodes = [*linked_data, *([trail_node(publication, trail)] if trail else [])]
    base = publication.base_url
    canonical = urls.absolute(base, stands_for or address) if base else None
    fixed_base = urls.absolute(base, "") if base and address == urls.NOT_FOUND else None
    return Frame(
        furniture=_furniture(
            publication.title,
            publication.publisher,
            urls.folder(address),
            section=section,
            scripts=scripts,
            early_scripts=early_scripts,
            has_trends=site.has_trends,
            has_search_description=base is not None,
        ),
        title=f"{title} - {publication.title}" if title else publication.title,
        description=description,
        content_policy=CONTENT_POLICY.replace("base-uri 'none'", "base-uri 'self'")
        if fixed_base
        else CONTENT_POLICY,
        metadata=(
            *site_labels(publication),
            *_own_column(title, description, keywords, kind),
            *metadata,
        ),
        properties=open_graph(
            publication, title or publication.title, description, canonical, properties
        ),
        linked_data=tuple(block(node) for node in nodes),
        canonical=canonical,
        base=fixed_base,
        # Under a base even a link within the page has to name the page.
        skip=to(address) + "#main" if fixed_base else "#main",
        breadcrumbs=tuple(Link(text=text, href=to(target)) for text, target in trail),
    )


@lru_cache(maxsize=64)
def _furniture(
    archive_title: str,
    publisher: str | None,
    folder: str,
    *,
    section: str,
    scripts: tuple[str, ...],
    early_scripts: tuple[str, ...],
    has_trends: bool,
    has_search_description: bool,
) -> Furniture:
    def to(target: str) -> str:
        return urls.link(folder, target)

    sections = (
        ("首页", urls.HOME),
        ("各期", urls.ISSUES),
        ("主题", urls.TOPICS),
        ("来源", urls.SOURCES),
        *([("热词", urls.TRENDS)] if has_trends else []),
        ("检索", urls.SEARCH),
    )
    return Furniture(
        archive_title=archive_title,
        publisher=publisher,
        stylesheet=to(urls.asset("site.css")),
        icon=to(urls.asset("icon.svg")),
        feed=to(urls.FEED),
        search_description=to(urls.SEARCH_DESCRIPTION) if has_search_description else None,
        home=to(urls.HOME),
        search=to(urls.SEARCH),
        navigation=tuple(
            NavItem(text=text, href=to(target), current=target == section)
            for text, target in sections
        ),
        help=to(urls.HELP),
        corrections=to(urls.CORRECTIONS),
        scripts=tuple(to(urls.asset(name)) for name in ("site.js", *scripts)),
        early_scripts=tuple(to(urls.asset(name)) for name in early_scripts),
    )


def _own_column(title: str, description: str, keywords: Sequence[str], kind: str) -> Metadata:
    """The labels of a page that is a column itself; the home page has no title but its kind."""
    if not kind:
        return ()
    column = Column(
        name=title or kind, description=description, keywords=tuple(keywords), kind=kind
    )
    return column_labels(column)
