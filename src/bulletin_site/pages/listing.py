"""Articles in an index, newest issue first, grouped by issue: what topic and source pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bulletin_site.content.model import Article
from bulletin_site.pages import urls
from bulletin_site.pages.parts import Day, Link, day
from bulletin_site.pages.site import Site


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


def year_links(site: Site, articles: Iterable[Article]) -> tuple[Link, ...]:
    """Links to the years of a listing on the same page, where there are more than two."""
    years = dict.fromkeys(site.issues[article.issue_id].date.year for article in articles)
    links = (Link(text=f"{year}年", href=f"#{urls.year_anchor(year)}") for year in years)
    return tuple(links) if len(years) > 2 else ()


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
