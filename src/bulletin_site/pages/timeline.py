"""How many articles of each issue, or in a large archive of each year, belong to something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bulletin_site.content.model import Article
from bulletin_site.pages import urls
from bulletin_site.pages.charts import Chart, chart, levels
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site
from bulletin_site.pages.words import told_by_years

MOST_LINES = 6
"""As many periods have a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A period and the number of articles in it; `level` is drawn where the periods are few."""

    period: Link
    count: int
    level: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Oldest first; `unit` is 期 or 年."""

    unit: str
    points: tuple[Point, ...]
    chart: Chart


def timeline(site: Site, articles: Sequence[Article], address: str) -> Timeline:
    """For the page at `address`, on which years have their anchors."""
    issues = site.archive.issues
    in_issue = Counter(article.issue_id for article in articles)
    if not told_by_years(site.archive):
        unit = "期"
        counts = [
            (
                Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
                in_issue[issue.id],
            )
            for issue in issues
        ]
    else:
        unit = "年"
        counts = [
            (
                Link(
                    text=f"{year}年", href=urls.link(address, urls.ISSUES, urls.year_anchor(year))
                ),
                sum(in_issue[issue.id] for issue in of_year),
            )
            for year, of_year in groupby(issues, key=lambda issue: issue.date.year)
        ]
    most = max((count for _, count in counts), default=0)
    few = len(counts) <= MOST_LINES
    return Timeline(
        unit=unit,
        points=tuple(
            Point(period=period, count=count, level=levels([count], most) if few else None)
            for period, count in counts
        ),
        chart=chart([count for _, count in counts]),
    )
