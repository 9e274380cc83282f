"""All issues by year, newest first; the home page names the latest of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bulletin_site.content.model import Issue
from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.listing import links_to_years
from bulletin_site.pages.parts import Day, Link, day
from bulletin_site.pages.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """An issue in a list of issues."""

    issue: Link
    day: Day
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The issues of a year, newest first; `count` of their articles."""

    year: int
    anchor: str
    count: int
    issues: tuple[IssueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuesView:
    issue_count: int
    article_count: int
    year_links: tuple[Link, ...]
    years: tuple[Year, ...]


def pages(site: Site) -> Iterator[Page]:
    """The one index of issues."""
    address = urls.ISSUES
    archive = site.archive
    description = f"各期目录：{len(archive.issues)} 期、{len(archive.articles)} 篇文章，按年排列。"
    years = issues_by_year(site.newest_first, address)
    yield Page(
        address=address,
        template="issues.html",
        frame=frame(
            site,
            address,
            title="各期",
            description=description,
            kind="期刊索引",
            section=address,
            breadcrumbs=[("各期", address)],
        ),
        view=IssuesView(
            issue_count=len(archive.issues),
            article_count=len(archive.articles),
            year_links=links_to_years([year.year for year in years]),
            years=years,
        ),
    )


def issues_by_year(issues: Sequence[Issue], address: str) -> tuple[Year, ...]:
    """Issues that come newest first, for a list on the page at `address`."""
    return tuple(
        Year(
            year=year,
            anchor=urls.year_anchor(year),
            count=sum(len(issue.articles) for issue in group),
            issues=tuple(
                IssueLine(
                    issue=Link(text=issue.label, href=urls.link(address, urls.issue(issue.id))),
                    day=day(issue.date),
                    count=len(issue.articles),
                )
                for issue in group
            ),
        )
        for year, same in groupby(issues, key=lambda issue: issue.date.year)
        for group in (list(same),)
    )
