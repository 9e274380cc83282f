"""The home page: the latest issue's table of contents, beside it topics and the latest issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.article import beginning
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.issue import Contents, contents
from bulletin_site.pages.issues import Year, issues_by_year
from bulletin_site.pages.linked_data import site_nodes
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site
from bulletin_site.pages.topics import TopicLine, topic_lines

LATEST_ISSUES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstArticle:
    """The article that the latest issue opens with, and the beginning of its text."""

    article: Link
    source: str | None
    page: int
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """`all_issues` leads to the others, where there are more."""

    archive_title: str
    latest: Contents
    first: FirstArticle
    whole_issue: str
    years: tuple[Year, ...]
    all_issues: str | None
    topics: tuple[TopicLine, ...]
    issue_count: int
    article_count: int
    source_count: int
    sources: str


def pages(site: Site) -> Iterator[Page]:
    """The one home page."""
    archive = site.archive
    address = urls.HOME
    latest = site.newest_first[0]
    first = latest.articles[0]
    description = (
        f"{archive.title}全文库：{len(archive.issues)} 期、{len(archive.articles)} 篇文章，"
        "按期、按印刷页码、按主题阅读，全文检索。"
    )
    yield Page(
        address=address,
        template="home.html",
        frame=frame(
            site,
            address,
            description=description,
            kind="首页",
            keywords=[topic.name for topic in archive.topics],
            linked_data=site_nodes(archive),
            section=urls.HOME,
        ),
        view=HomeView(
            archive_title=archive.title,
            latest=contents(archive, latest, address),
            first=FirstArticle(
                article=Link(text=first.title, href=urls.link(address, urls.article(first.id))),
                source=first.source,
                page=first.first_page,
                summary=beginning(first),
            ),
            whole_issue=urls.link(address, urls.whole_issue(latest.id)),
            years=issues_by_year(site.newest_first[:LATEST_ISSUES], address),
            all_issues=urls.link(address, urls.ISSUES)
            if len(archive.issues) > LATEST_ISSUES
            else None,
            topics=topic_lines(site, address),
            issue_count=len(archive.issues),
            article_count=len(archive.articles),
            source_count=len(site.sources),
            sources=urls.link(address, urls.SOURCES),
        ),
    )
