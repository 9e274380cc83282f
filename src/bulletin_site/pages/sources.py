"""The source index and a page for each source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.listing import ListedIssue, listing, year_links
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source in the index, with the number of its articles and the years they are from."""

    source: Link
    count: int
    years: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView:
    sources: tuple[SourceLine, ...]
    without_source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    name: str
    count: int
    years: tuple[Link, ...]
    issues: tuple[ListedIssue, ...]


def pages(site: Site) -> Iterator[Page]:
    """The index first, then each source."""
    description = f"按来源浏览：{len(site.sources)} 家媒体和网站。"
    yield Page(
        address=urls.SOURCES,
        template="sources.html",
        frame=frame(
            site,
            urls.SOURCES,
            title="来源",
            description=description,
            kind="来源索引",
            section=urls.SOURCES,
            breadcrumbs=[("来源", urls.SOURCES)],
        ),
        view=SourcesView(
            sources=tuple(
                SourceLine(
                    source=Link(
                        text=source.name, href=urls.link(urls.SOURCES, urls.source(source.slug))
                    ),
                    count=len(source.articles),
                    years=_years(site, source),
                )
                for source in site.sources.values()
            ),
            without_source=sum(not article.source for article in site.archive.articles),
        ),
    )
    for source in site.sources.values():
        address = urls.source(source.slug)
        summary = f"选自“{source.name}”的 {len(source.articles)} 篇文章。"
        yield Page(
            address=address,
            template="source.html",
            frame=frame(
                site,
                address,
                title=source.name,
                description=summary,
                kind="来源",
                section=urls.SOURCES,
                breadcrumbs=[("来源", urls.SOURCES), (source.name, address)],
            ),
            view=SourceView(
                name=source.name,
                count=len(source.articles),
                years=year_links(site, source.articles),
                issues=listing(site, source.articles, address),
            ),
        )


def _years(site: Site, source: Source) -> str:
    """2014年, or 2014–2016年: from its first article to its last."""
    dates = [site.issues[article.issue_id].date.year for article in source.articles]
    first, last = min(dates), max(dates)
    return f"{first}年" if first == last else f"{first}–{last}年"
