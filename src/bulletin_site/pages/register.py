"""The register of all pages: every address at which something of its own stands, and its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_site.content.model import Article, Issue
from bulletin_site.pages import handbook, urls
from bulletin_site.pages.listing import list_pages
from bulletin_site.pages.site import Site
from bulletin_site.pages.words import has_trends


def registered(site: Site) -> dict[str, str]:
    """Address → title, without the pages that only lead on and those that were withdrawn."""
    return dict(_entries(site))


def reserved(site: Site) -> set[str]:
    """Addresses at which a page may come to stand: the words, and the years of a list that has
    become long."""
    lists = [urls.topic(topic.slug) for topic in site.archive.topics]
    lists += [urls.source(source.slug) for source in site.sources.values()]
    years = {issue.date.year for issue in site.archive.issues}
    return {urls.TRENDS, *(urls.of_year(address, year) for address in lists for year in years)}


def _entries(site: Site) -> Iterator[tuple[str, str]]:
    archive = site.archive
    yield urls.HOME, archive.title
    yield urls.ISSUES, "各期"
    yield urls.TOPICS, "主题"
    yield urls.SOURCES, "来源"
    yield urls.CORRECTIONS, "勘误"
    yield urls.SEARCH, "检索"
    yield from handbook.TITLES.items()
    yield urls.NOT_FOUND, "没有这个网页"
    if has_trends(archive):
        yield urls.TRENDS, "热词"
    for issue in archive.issues:
        yield from of_issue(issue)
    for topic, articles in site.by_topic.items():
        yield from _of_list(site, topic.name, articles, urls.topic(topic.slug))
    for source in site.sources.values():
        yield from _of_list(site, source.name, source.articles, urls.source(source.slug))


def of_issue(issue: Issue) -> Iterator[tuple[str, str]]:
    """The pages of an issue: its own, the whole of it, its articles and its printed pages."""
    yield urls.issue(issue.id), issue.name
    yield urls.whole_issue(issue.id), f"{issue.name}（整期）"
    for article in issue.articles:
        yield urls.article(article.id), article.title
    for page in issue.pages:
        yield urls.printed_page(issue.id, page), f"{issue.name} 第{page}页"


def _of_list(
    site: Site, name: str, articles: Sequence[Article], address: str
) -> Iterator[tuple[str, str]]:
    for part in list_pages(site, articles, address):
        yield part.address, part.title(name)
