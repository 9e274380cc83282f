"""What surrounds the content of every page: head, masthead, navigation, breadcrumb, foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""Content-Security-Policy of every page: its own files, nothing inline, nothing from elsewhere.

No script connects to anything, but Lighthouse reads robots.txt in the name of the page and takes a
refusal for a file that is not valid."""

Metadata = tuple[tuple[str, str], ...]
"""`<meta name content>` pairs, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """An entry of the main navigation; `current` where the page belongs to it."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page's surroundings. All links are relative to the page, or to `base` on the one page that
    servers show at any address: the page for addresses that do not exist."""

    title: str
    description: str
    archive_title: str
    publisher: str | None
    content_policy: str
    metadata: Metadata
    canonical: str | None
    base: str | None
    skip: str
    stylesheet: str
    icon: str
    feed: str
    home: str
    search: str
    navigation: tuple[NavItem, ...]
    breadcrumbs: tuple[Link, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to render: where it goes, and what its template is given."""

    address: str
    template: str
    frame: Frame
    view: object


def frame(
    site: Site,
    address: str,
    *,
    title: str = "",
    description: str,
    metadata: Metadata = (),
    section: str = "",
    breadcrumbs: Sequence[tuple[str, str]] = (),
    scripts: Sequence[str] = (),
    stands_for: str = "",
) -> Frame:
    """The surroundings of the page at `address`. `section` is the address of the navigation entry
    it belongs to; `breadcrumbs` are titles and addresses from below the home page to the page;
    `stands_for` is the address of the page that this one only leads to."""
    archive = site.archive

    def to(target: str) -> str:
        return urls.link(address, target)

    sections = (
        ("首页", urls.HOME),
        ("主题", urls.TOPICS),
        ("来源", urls.SOURCES),
        ("检索", urls.SEARCH),
    )
    trail = [("首页", urls.HOME), *breadcrumbs] if breadcrumbs else []
    base = archive.base_url
    fixed_base = urls.absolute(base, "") if base and address == urls.NOT_FOUND else None
    return Frame(
        title=f"{title} - {archive.title}" if title else archive.title,
        description=description,
        archive_title=archive.title,
        publisher=archive.publisher,
        content_policy=CONTENT_POLICY.replace("base-uri 'none'", "base-uri 'self'")
        if fixed_base
        else CONTENT_POLICY,
        metadata=_site_metadata(site) + metadata,
        canonical=urls.absolute(base, stands_for or address) if base else None,
        base=fixed_base,
        # Under a base even a link within the page has to name the page.
        skip=to(address) + "#main" if fixed_base else "#main",
        stylesheet=to(urls.asset("site.css")),
        icon=to(urls.asset("icon.svg")),
        feed=to(urls.FEED),
        home=to(urls.HOME),
        search=to(urls.SEARCH),
        navigation=tuple(
            NavItem(text=text, href=to(target), current=target == section)
            for text, target in sections
        ),
        breadcrumbs=tuple(Link(text=text, href=to(target)) for text, target in trail),
        scripts=tuple(to(urls.asset(name)) for name in ("site.js", *scripts)),
    )


def column(name: str, description: str, keywords: Sequence[str], kind: str) -> Metadata:
    """The column labels of 国办发〔2017〕47号."""
    labels = [("ColumnName", name), ("ColumnDescription", description)]
    if keywords:
        labels.append(("ColumnKeywords", ",".join(keywords)))
    return (*labels, ("ColumnType", kind))


def _site_metadata(site: Site) -> Metadata:
    """The site labels of 国办发〔2017〕47号; what the archive does not know is left out."""
    archive = site.archive
    labels = [("SiteName", archive.title)]
    if archive.base_url:
        labels.append(("SiteDomain", archive.base_url.split("//", 1)[1].split("/", 1)[0]))
    if archive.site_id_code:
        labels.append(("SiteIDCode", archive.site_id_code))
    return tuple(labels)
