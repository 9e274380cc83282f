"""Articles in an index, newest issue first, grouped by issue: what topic and source pages show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bulletin_site.content.model import Article
from bulletin_site.pages import urls
from bulletin_site.pages.parts import Day, Link, day
from bulletin_site.pages.site import Site

MOST_LISTED = 120
"""Articles on one page; of a longer list the first page has the latest."""
LATEST_LISTED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """An article in an index; `page` leads to the printed page on which it begins."""

    title: Link
    source: str | None
    topics: tuple[str, ...]
    page: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIssue:
    """The listed articles of one issue, in printed order; `year_anchor` on the first of a year."""

    year_anchor: str | None
    issue: Link
    day: Day
    articles: tuple[ListedArticle, ...]


def listing(site: Site, articles: Iterable[Article], address: str) -> tuple[ListedIssue, ...]:
    """Group articles that come newest issue first."""
    groups = [
        (site.issues[issue_id], list(group))
        for issue_id, group in groupby(articles, key=lambda article: article.issue_id)
    ]
    years = [None, *(issue.date.year for issue, _ in groups)]
    return tuple(
        ListedIssue(
            year_anchor=urls.year_anchor(issue.date.year) if issue.date.year != before else None,
            issue=Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
            day=day(issue.date),
            articles=tuple(_listed(article, address) for article in group),
        )
        for before, (issue, group) in zip(years, groups, strict=False)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of articles, or a part of it: the latest of `count`, or those of one `year`. `years`
    lead to all years, on this page or on others."""

    address: str
    year: int | None
    count: int
    articles: tuple[Article, ...]
    years: tuple[Link, ...]

    @property
    def latest(self) -> int | None:
        """How many of the articles are listed, where that is not all."""
        return len(self.articles) if len(self.articles) < self.count else None

    def title(self, name: str) -> str:
        """The name of the list, with the year of a part."""
        return f"{name} {self.year}年" if self.year else name

    def trail(self, *steps: tuple[str, str]) -> list[tuple[str, str]]:
        """The steps to the list, and from there to the part."""
        return [*steps, *([(f"{self.year}年", self.address)] if self.year else [])]


def list_pages(site: Site, articles: Sequence[Article], address: str) -> Iterator[ListPage]:
    """The pages of a list that begins at `address`, newest first. A long one is cut by years, so
    that a page stays quick to load and to read, and the years that are past stay as they are."""

    def year_of(article: Article) -> int:
        return site.issues[article.issue_id].date.year

    by_year = {year: tuple(group) for year, group in groupby(articles, key=year_of)}
    end = _end_of_issue(articles, LATEST_LISTED)
    if len(articles) <= MOST_LISTED or end == len(articles):
        yield ListPage(
            address=address,
            year=None,
            count=len(articles),
            articles=tuple(articles),
            years=links_to_years(by_year),
        )
        return

    def years_from(start: str) -> tuple[Link, ...]:
        return tuple(
            Link(text=f"{year}年", href=urls.link(start, urls.of_year(address, year)))
            for year in by_year
        )

    yield ListPage(
        address=address,
        year=None,
        count=len(articles),
        articles=tuple(articles[:end]),
        years=years_from(address),
    )
    for year, of_year in by_year.items():
        place = urls.of_year(address, year)
        yield ListPage(
            address=place,
            year=year,
            count=len(of_year),
            articles=of_year,
            years=years_from(place),
        )


def links_to_years(years: Collection[int]) -> tuple[Link, ...]:
    """Links to the years of a list on the same page, where there are more than two."""
    links = (Link(text=f"{year}年", href=f"#{urls.year_anchor(year)}") for year in years)
    return tuple(links) if len(years) > 2 else ()


def _end_of_issue(articles: Sequence[Article], number: int) -> int:
    """So many articles, and those of the last one's issue that follow."""
    end = min(number, len(articles))
    while 0 < end < len(articles) and articles[end].issue_id == articles[end - 1].issue_id:
        end += 1
    return end


def _listed(article: Article, address: str) -> ListedArticle:
    on_page = urls.printed_page(article.issue_id, article.first_page)
    return ListedArticle(
        title=Link(text=article.title, href=urls.link(address, urls.article(article.id))),
        source=article.source,
        topics=tuple(topic.name for topic in article.topics),
        page=Link(
            text=str(article.first_page),
            href=urls.link(address, on_page, urls.article_anchor(article.number)),
        ),
    )
