"""An article's page: the whole text, with the places where printed pages begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import prose, urls
from bulletin_site.pages.frame import EARLY_SCRIPTS, READING_SCRIPT, Page, frame
from bulletin_site.pages.issue import issue_column
from bulletin_site.pages.linked_data import article_node
from bulletin_site.pages.metadata import (
    article_labels,
    article_properties,
    citation,
    column_labels,
)
from bulletin_site.pages.parts import (
    CorrectionLine,
    Day,
    Link,
    Neighbour,
    correction_lines,
    day,
    span,
)
from bulletin_site.pages.site import Site
from bulletin_site.pages.sources import source_link

_SUMMARY_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A printed page of the article; `anchor` is the place on this page where it begins, or where
    the article begins on it."""

    number: int
    href: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedLine:
    """A related article, its issue, and the words that both share."""

    article: Link
    issue: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """`first_page_begins`: the article's title is the first thing on its first printed page.
    `printed_at` names the publication, the issue and the pages, for those who print the page."""

    id: str
    title: str
    printed_at: str
    issue: Link
    whole_issue: str
    day: Day
    source: Link | None
    topics: tuple[Link, ...]
    pages: tuple[PageLink, ...]
    first_page_begins: bool
    body: Markup
    corrections: tuple[CorrectionLine, ...]
    all_corrections: str
    related: tuple[RelatedLine, ...]
    previous: Neighbour | None
    next: Neighbour | None


def pages(site: Site) -> Iterator[Page]:
    """One page an article."""
    archive = site.archive
    issues = archive.issues
    around = zip((None, *issues), issues, (*issues[1:], None), strict=False)
    for earlier, issue, later in around:
        of_issue = column_labels(issue_column(issue))
        for article in issue.articles:
            address = urls.article(article.id)
            summary = beginning(article)
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
                    scripts=("search-marks.js", READING_SCRIPT),
                    early_scripts=EARLY_SCRIPTS,
                ),
                view=_view(
                    site,
                    issue,
                    article,
                    address,
                    previous=_previous(earlier, issue, article, address),
                    next_=_next(issue, later, article, address),
                ),
            )


def _view(
    site: Site,
    issue: Issue,
    article: Article,
    address: str,
    *,
    previous: Neighbour | None,
    next_: Neighbour | None,
) -> ArticleView:
    def page_href(page: int) -> str:
        return urls.link(address, urls.printed_page(issue.id, page))

    return ArticleView(
        id=article.id,
        title=article.title,
        printed_at=f"{site.archive.title}　{issue.name}　{span(article.pages)}",
        issue=Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
        whole_issue=urls.link(
            address, urls.whole_issue(issue.id), urls.article_anchor(article.number)
        ),
        day=day(issue.date),
        source=source_link(site, article, address),
        topics=tuple(
            Link(text=topic.name, href=urls.link(address, urls.topic(topic.slug)))
            for topic in article.topics
        ),
        pages=tuple(
            PageLink(number=page, href=page_href(page), anchor=urls.page_anchor(page))
            for page in article.pages
        ),
        first_page_begins=begins_a_page(issue, article),
        body=prose.html(article.body.tokens, page_href, paragraphs=prose.Paragraphs()),
        corrections=correction_lines(article),
        all_corrections=urls.link(address, urls.CORRECTIONS),
        related=_related(site, article, address),
        previous=previous,
        next=next_,
    )


def _related(site: Site, article: Article, address: str) -> tuple[RelatedLine, ...]:
    lines = []
    for related in site.words.related.get(article.id, ()):
        issue_id, _, number = related.article_id.rpartition("/")
        issue = site.issues[issue_id]
        other = issue.articles[int(number) - 1]
        lines.append(
            RelatedLine(
                article=Link(text=other.title, href=urls.link(address, urls.article(other.id))),
                issue=issue.name,
                words=related.words,
            )
        )
    return tuple(lines)


def _previous(
    earlier: Issue | None, issue: Issue, article: Article, address: str
) -> Neighbour | None:
    """The article printed before; before the first of an issue, the last of the issue before."""
    if article.number > 1:
        label, other = "上一篇", issue.articles[article.number - 2]
    elif earlier:
        label, other = "上一期最后一篇", earlier.articles[-1]
    else:
        return None
    href = urls.link(address, urls.article(other.id))
    return Neighbour(label=label, text=other.title, href=href, relation="prev")


def _next(issue: Issue, later: Issue | None, article: Article, address: str) -> Neighbour | None:
    """The article printed after. So an issue that is published changes one article's page of the
    issue before it, that of the last."""
    if article.number < len(issue.articles):
        label, other = "下一篇", issue.articles[article.number]
    elif later:
        label, other = "下一期第一篇", later.articles[0]
    else:
        return None
    href = urls.link(address, urls.article(other.id))
    return Neighbour(label=label, text=other.title, href=href, relation="next")


def beginning(article: Article) -> str:
    """The beginning of the text, cut at a sentence's end where one is near."""
    text = prose.plain_text(article.body).text.replace("\n", "")
    if len(text) <= _SUMMARY_LENGTH:
        return text
    end = text.rfind("。", _SUMMARY_LENGTH // 2, _SUMMARY_LENGTH)
    return text[: end + 1] if end >= 0 else text[: _SUMMARY_LENGTH - 1] + "…"
