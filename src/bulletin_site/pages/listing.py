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
    """The listed articles of one issue, in printed order."""

    issue: Link
    day: Day
    articles: tuple[ListedArticle, ...]


def listing(site: Site, articles: Iterable[Article], address: str) -> tuple[ListedIssue, ...]:
    """Group articles that come newest issue first."""
    return tuple(
        ListedIssue(
            issue=Link(
                text=site.issues[issue_id].name, href=urls.link(address, urls.issue(issue_id))
            ),
            day=day(site.issues[issue_id].date),
            articles=tuple(_listed(article, address) for article in group),
        )
        for issue_id, group in groupby(articles, key=lambda article: article.issue_id)
    )


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
