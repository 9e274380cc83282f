"""The home page: the latest issue's table of contents, then all issues by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.issue import Contents, contents
from bulletin_site.pages.linked_data import site_nodes
from bulletin_site.pages.parts import Day, Link, day
from bulletin_site.pages.site import Site
from bulletin_site.pages.topics import TopicLine, topic_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """An issue in the list of all issues."""

    issue: Link
    day: Day
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The issues of a year, newest first."""

    year: int
    anchor: str
    issues: tuple[IssueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    archive_title: str
    latest: Contents
    years: tuple[Year, ...]
    topics: tuple[TopicLine, ...]
    issue_count: int
    article_count: int
    source_count: int
    sources: str


def pages(site: Site) -> Iterator[Page]:
    """The one home page."""
    archive = site.archive
    address = urls.HOME
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
            latest=contents(site, site.newest_first[0], address),
            years=tuple(_years(site, address)),
            topics=topic_lines(site, address),
            issue_count=len(archive.issues),
            article_count=len(archive.articles),
            source_count=len(site.sources),
            sources=urls.link(address, urls.SOURCES),
        ),
    )


def _years(site: Site, address: str) -> Iterator[Year]:
    for year, issues in groupby(site.newest_first, key=lambda issue: issue.date.year):
        yield Year(
            year=year,
            anchor=urls.year_anchor(year),
            issues=tuple(
                IssueLine(
                    issue=Link(text=issue.label, href=urls.link(address, urls.issue(issue.id))),
                    day=day(issue.date),
                    count=len(issue.articles),
                )
                for issue in issues
            ),
        )
