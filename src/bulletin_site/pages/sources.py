"""The source index and a page for each source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.listing import ListedIssue, list_pages, listing
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
    """`latest`: how many of the articles this page lists, where it does not list all."""

    name: str
    count: int
    latest: int | None
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
        first = urls.source(source.slug)
        for part in list_pages(site, source.articles, first):
            title, trail = source.name, [("来源", urls.SOURCES), (source.name, first)]
            when = f"（{part.year}年）" if part.year else ""
            if part.year:
                title = f"{source.name} {part.year}年"
                trail.append((f"{part.year}年", part.address))
            whole = len(part.articles) if part.year else len(source.articles)
            yield Page(
                address=part.address,
                template="source.html",
                frame=frame(
                    site,
                    part.address,
                    title=title,
                    description=f"选自“{source.name}”的 {whole} 篇文章{when}。",
                    kind="来源",
                    section=urls.SOURCES,
                    breadcrumbs=trail,
                ),
                view=SourceView(
                    name=title,
                    count=whole,
                    latest=len(part.articles) if len(part.articles) < whole else None,
                    years=part.years,
                    issues=listing(site, part.articles, part.address),
                ),
            )


def _years(site: Site, source: Source) -> str:
    """2014年, or 2014–2016年: from its first article to its last."""
    dates = [site.issues[article.issue_id].date.year for article in source.articles]
    first, last = min(dates), max(dates)
    return f"{first}年" if first == last else f"{first}–{last}年"
