"""An article's page: the whole text, with the places where printed pages begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from bulletin_site.content.markdown import inline_children
from bulletin_site.content.model import Article
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import citations, prose, urls
from bulletin_site.pages.citations import CitationView
from bulletin_site.pages.frame import CITE_SCRIPT, EARLY_SCRIPTS, READING_SCRIPT, Page, frame
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
from bulletin_site.pages.references import Reference, reference
from bulletin_site.pages.site import IssueBeside, IssueSite
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
    words: str


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
    citation: CitationView
    related: tuple[RelatedLine, ...]
    previous: Neighbour | None
    next: Neighbour | None


def pages(site: IssueSite) -> Iterator[Page]:
    """One page an article."""
    publication, issue = site.publication, site.issue
    of_issue = column_labels(issue_column(issue))
    articles = issue.articles
    around = zip((None, *articles), articles, (*articles[1:], None), strict=False)
    for before, article, after in around:
        address = urls.article(article.id)
        summary = beginning(article)
        cited = reference(publication, issue, article)
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
                    *article_labels(publication, issue, article, summary),
                    *citation(cited),
                ),
                properties=article_properties(issue, article),
                linked_data=[article_node(publication, issue, article)],
                breadcrumbs=[(issue.name, urls.issue(issue.id)), (article.title, address)],
                scripts=("search-marks.js", READING_SCRIPT, CITE_SCRIPT),
                early_scripts=EARLY_SCRIPTS,
            ),
            view=_view(
                site,
                article,
                cited,
                address,
                previous=_previous(before, site.earlier, address),
                next_=_next(after, site.later, address),
            ),
        )


def _view(
    site: IssueSite,
    article: Article,
    cited: Reference,
    address: str,
    *,
    previous: Neighbour | None,
    next_: Neighbour | None,
) -> ArticleView:
    issue = site.issue

    def page_href(page: int) -> str:
        return urls.link(address, urls.printed_page(issue.id, page))

    return ArticleView(
        id=article.id,
        title=article.title,
        printed_at=f"{site.publication.title}　{issue.name}　{span(article.pages)}",
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
        citation=citations.view(citations.of_article(cited), article.id, address),
        related=_related(site, article, address),
        previous=previous,
        next=next_,
    )


def _related(site: IssueSite, article: Article, address: str) -> tuple[RelatedLine, ...]:
    return tuple(
        RelatedLine(
            article=Link(
                text=related.title, href=urls.link(address, urls.article(related.article_id))
            ),
            issue=related.issue,
            words="、".join(related.words),
        )
        for related in site.related[article.id]
    )


def _previous(
    before: Article | None, earlier: IssueBeside | None, address: str
) -> Neighbour | None:
    """The article printed before; before the first of an issue, the last of the issue before."""
    if before:
        return _neighbour("上一篇", before.id, before.title, "prev", address)
    if earlier:
        label = "上一期最后一篇"
        return _neighbour(label, earlier.article_id, earlier.article_title, "prev", address)
    return None


def _next(after: Article | None, later: IssueBeside | None, address: str) -> Neighbour | None:
    """The article printed after. So an issue that is published changes one article's page of the
    issue before it, that of the last."""
    if after:
        return _neighbour("下一篇", after.id, after.title, "next", address)
    if later:
        label = "下一期第一篇"
        return _neighbour(label, later.article_id, later.article_title, "next", address)
    return None


def _neighbour(
    label: str, article_id: str, title: str, relation: Literal["prev", "next"], address: str
) -> Neighbour:
    href = urls.link(address, urls.article(article_id))
    return Neighbour(label=label, text=title, href=href, relation=relation)


def beginning(article: Article) -> str:
    """The beginning of the text, cut at a sentence's end where one is near."""
    text = ""
    for token in inline_children(article.body.tokens):
        text += token.content.replace("\n", "")
        if len(text) > _SUMMARY_LENGTH:
            break
    else:
        return text
    end = text.rfind("。", _SUMMARY_LENGTH // 2, _SUMMARY_LENGTH)
    return text[: end + 1] if end >= 0 else text[: _SUMMARY_LENGTH - 1] + "…"
