"""The search page and the page for addresses that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site

_SCRIPTS = (
    "lunr-2.3.9.min.js",
    "search-text.js",
    "search-excerpt.js",
    "search-slices.js",
    "search-hints.js",
    "search-engine.js",
    "search-page.js",
)
_EXAMPLES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    catalog: str
    examples: tuple[Link, ...]
    indexes: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    indexes: tuple[Link, ...]


def pages(site: Site) -> Iterator[Page]:
    """`search.html` and `404.html`."""
    title = site.archive.title
    description = f"检索{title}的全文、题名和来源。"
    yield Page(
        address=urls.SEARCH,
        template="search.html",
        frame=frame(
            site,
            urls.SEARCH,
            title="检索",
            description=description,
            kind="检索",
            section=urls.SEARCH,
            breadcrumbs=[("检索", urls.SEARCH)],
            scripts=_SCRIPTS,
        ),
        view=SearchView(
            catalog=urls.link(urls.SEARCH, urls.SEARCH_CATALOG),
            examples=tuple(
                Link(text=topic.name, href=urls.query(urls.SEARCH, topic.name))
                for topic in site.archive.topics[:_EXAMPLES]
            ),
            indexes=_indexes(urls.SEARCH),
        ),
    )
    yield Page(
        address=urls.NOT_FOUND,
        template="not_found.html",
        frame=frame(site, urls.NOT_FOUND, title="没有这个网页", description="您要找的网页不存在。"),
        view=NotFoundView(indexes=_indexes(urls.NOT_FOUND)),
    )


def _indexes(address: str) -> tuple[Link, ...]:
    """Where to look without searching."""
    places = (("各期目录", urls.HOME), ("主题", urls.TOPICS), ("来源", urls.SOURCES))
    return tuple(Link(text=text, href=urls.link(address, target)) for text, target in places)
