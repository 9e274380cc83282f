"""Files that programs read instead of pages: the Atom feed (RFC 4287), and where the site knows
its address the sitemap (sitemaps.org 0.9), the search description (OpenSearch 1.1) and robots.txt
(RFC 9309)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bulletin_site.content.model import Article, Issue
from bulletin_site.pages import prose, urls
from bulletin_site.pages.identity import identifier
from bulletin_site.pages.moves import redirects, withdrawn_addresses
from bulletin_site.pages.parts import CorrectionLine, correction_lines
from bulletin_site.pages.site import Site

FEED_ISSUES = 3
"""How many of the latest issues the feed holds."""

_SHORT_NAME, _LONG_NAME = 16, 48
"""Characters that OpenSearch 1.1 allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`content` is the text as printed; what the article's page shows around it, its source and
    its corrections, comes with it."""

    id: str
    title: str
    href: str
    published: str
    updated: str
    topics: tuple[str, ...]
    content: Markup
    source: str | None
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    id: str
    title: str
    author: str
    updated: str
    self_href: str
    home: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    location: str
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDescriptionView:
    """How a browser searches the site: `template` has `{searchTerms}` for what is sought."""

    short_name: str
    long_name: str
    description: str
    template: str
    self_href: str
    icon: str


def feed(site: Site) -> FeedView:
    """The articles of the latest issues. Links are absolute where the site knows its address; ids
    are name-based UUIDs of the article's own id, so they hold wherever the site is put."""
    entries = tuple(
        _entry(site, issue, article)
        for issue in site.newest_first[:FEED_ISSUES]
        for article in issue.articles
    )
    archive = site.archive
    return FeedView(
        id=identifier(archive, ""),
        title=archive.title,
        author=archive.publisher or archive.title,
        updated=max(entry.updated for entry in entries),
        self_href=_href(site, urls.FEED),
        home=_href(site, urls.HOME),
        entries=entries,
    )


def sitemap(site: Site, addresses: Sequence[str]) -> SitemapView | None:
    """All pages but the one for errors, those that only lead on and those that were withdrawn; none
    without a base address, which a sitemap must name."""
    base = site.archive.base_url
    if not base:
        return None
    latest = site.newest_first[0].date
    left_out = {urls.NOT_FOUND, *redirects(site), *withdrawn_addresses(site)}
    return SitemapView(
        entries=tuple(
            SitemapEntry(
                location=urls.absolute(base, address),
                modified=_modified(site, address, latest).isoformat(),
            )
            for address in sorted(addresses)
            if address not in left_out
        )
    )


def search_description(site: Site) -> SearchDescriptionView | None:
    """The search as a browser offers it in its address bar; it needs full URLs."""
    archive = site.archive
    base = archive.base_url
    if not base:
        return None
    return SearchDescriptionView(
        short_name=archive.title[:_SHORT_NAME],
        long_name=archive.title[:_LONG_NAME],
        description=f"检索{archive.title}的全文、题名和来源。",
        template=urls.search_template(base, "searchTerms"),
        self_href=urls.absolute(base, urls.SEARCH_DESCRIPTION),
        icon=urls.absolute(base, urls.asset("icon.svg")),
    )


def robots(site: Site) -> str | None:
    """All may be read. Crawlers look for this file at the root of a host only; below a path it is
    there to be copied."""
    base = site.archive.base_url
    if not base:
        return None
    return f"User-agent: *\nDisallow:\n\nSitemap: {urls.absolute(base, urls.SITEMAP)}\n"


def _entry(site: Site, issue: Issue, article: Article) -> Entry:
    address = urls.article(article.id)
    return Entry(
        id=identifier(site.publication, article.id),
        title=article.title,
        href=_href(site, address),
        published=_timestamp(issue.date),
        updated=_timestamp(_last_change(issue, article)),
        topics=tuple(topic.name for topic in article.topics),
        content=prose.plain(article.body),
        source=article.source,
        corrections=correction_lines(article),
    )


def _href(site: Site, address: str) -> str:
    base = site.archive.base_url
    return urls.absolute(base, address) if base else urls.link(urls.FEED, address)


def _last_change(issue: Issue, article: Article) -> date:
    return max([issue.date, *(correction.date for correction in article.corrections)])


def _modified(site: Site, address: str, latest: date) -> date:
    """Pages of an issue change with its corrections and what is withdrawn of it, all others with
    the latest issue; the page of all corrections with the last of them."""
    issue = site.issues.get(urls.issue_of(address) or "")
    if address == urls.CORRECTIONS:
        return max(
            [
                latest,
                *(one.date for article in site.archive.articles for one in article.corrections),
            ]
        )
    if not issue:
        return latest
    return max(
        [
            *(_last_change(issue, article) for article in issue.articles),
            *(one.date for one in site.archive.withdrawn if urls.issue_of(one.address) == issue.id),
        ]
    )


def _timestamp(day: date) -> str:
    """RFC 3339, at the beginning of the day in China (UTC+8)."""
    return f"{day.isoformat()}T00:00:00+08:00"
