"""An article's page: the whole text, with the places where printed pages begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import prose, urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.issue import issue_column
from bulletin_site.pages.linked_data import article_node
from bulletin_site.pages.metadata import (
    article_labels,
    article_properties,
    citation,
    column_labels,
)
from bulletin_site.pages.parts import CorrectionLine, Day, Link, correction_lines, day
from bulletin_site.pages.site import Site

_SUMMARY_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A printed page of the article; `anchor` is the place on this page where it begins, or where
    the article begins on it."""

    number: int
    href: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """`first_page_begins`: the article's title is the first thing on its first printed page."""

    id: str
    title: str
    issue: Link
    day: Day
    source: Link | None
    topics: tuple[Link, ...]
    pages: tuple[PageLink, ...]
    first_page_begins: bool
    body: Markup
    corrections: tuple[CorrectionLine, ...]
    previous: Link | None
    next: Link | None


def pages(site: Site) -> Iterator[Page]:
    """One page an article."""
    archive = site.archive
    for issue in archive.issues:
        of_issue = column_labels(issue_column(issue))
        for article in issue.articles:
            address = urls.article(article.id)
            summary = _summary(article)
            yield Page(
                address=address,
                template="article.html",
                frame=frame(
                    site,
                    address,
                    title=article.title,
                    description=summary,
                    metadata=(
                        *of_issue,
                        *article_labels(archive, issue, article, summary),
                        *citation(archive, issue, article),
                    ),
                    properties=article_properties(issue, article),
                    linked_data=[article_node(archive, issue, article)],
                    breadcrumbs=[(issue.name, urls.issue(issue.id)), (article.title, address)],
                    scripts=("search-marks.js",),
                ),
                view=_view(site, issue, article, address),
            )


def _view(site: Site, issue: Issue, article: Article, address: str) -> ArticleView:
    def page_href(page: int) -> str:
        return urls.link(address, urls.printed_page(issue.id, page))

    def neighbour(position: int) -> Link | None:
        if not 0 <= position < len(issue.articles):
            return None
        other = issue.articles[position]
        return Link(text=other.title, href=urls.link(address, urls.article(other.id)))

    return ArticleView(
        id=article.id,
        title=article.title,
        issue=Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
        day=day(issue.date),
        source=Link(
            text=article.source,
            href=urls.link(address, urls.source(site.sources[article.source].slug)),
        )
        if article.source
        else None,
        topics=tuple(
            Link(text=topic.name, href=urls.link(address, urls.topic(topic.slug)))
            for topic in article.topics
        ),
        pages=tuple(
            PageLink(number=page, href=page_href(page), anchor=urls.page_anchor(page))
            for page in article.pages
        ),
        first_page_begins=begins_a_page(issue, article),
        body=prose.html(article.body.tokens, page_href),
        corrections=correction_lines(article),
        previous=neighbour(article.number - 2),
        next=neighbour(article.number),
    )


def _summary(article: Article) -> str:
    """The beginning of the text, cut at a sentence's end where one is near."""
    text = prose.plain_text(article.body).text.replace("\n", "")
    if len(text) <= _SUMMARY_LENGTH:
        return text
    end = text.rfind("。", _SUMMARY_LENGTH // 2, _SUMMARY_LENGTH)
    return text[: end + 1] if end >= 0 else text[: _SUMMARY_LENGTH - 1] + "…"
