"""The source index and a page for each source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.content.model import Article
from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.listing import ListedIssue, list_pages, listing
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import IssueSite, Site, Source


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
            title, when = part.title(source.name), f"（{part.year}年）" if part.year else ""
            yield Page(
                address=part.address,
                template="source.html",
                frame=frame(
                    site,
                    part.address,
                    title=title,
                    description=f"选自“{source.name}”的 {part.count} 篇文章{when}。",
                    kind="来源",
                    section=urls.SOURCES,
                    breadcrumbs=part.trail(("来源", urls.SOURCES), (source.name, first)),
                ),
                view=SourceView(
                    name=title,
                    count=part.count,
                    latest=part.latest,
                    years=part.years,
                    issues=listing(site, part.articles, part.address),
                ),
            )


def _years(site: Site, source: Source) -> str:
    """2014年, or 2014–2016年: from its first article to its last."""
    dates = [site.issues[article.issue_id].date.year for article in source.articles]
    first, last = min(dates), max(dates)
    return f"{first}年" if first == last else f"{first}–{last}年"


def source_link(site: IssueSite, article: Article, address: str) -> Link | None:
    """The link from the page at `address` to the source of an article, if it names one."""
    if not article.source:
        return None
    slug = site.source_slugs[article.source]
    return Link(text=article.source, href=urls.link(address, urls.source(slug)))
