"""A book of the bulletin: one issue, those of a year, or all; what it is called, and what stands in
it in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_site.content.model import Article, Issue, Publication
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import urls
from bulletin_site.pages.issue import issue_column
from bulletin_site.pages.parts import span

CONTENTS_ANCHOR = "contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """`name` tells it from other books of the bulletin, in words; `id` does in identifiers;
    `position` says where it stands in the series, if it is a part of it; `url` is where it is
    published. `of_issue`: it is one issue as such, so its pages need no more than their number."""

    publication: Publication
    issues: tuple[Issue, ...]
    id: str
    name: str
    description: str
    position: str | None
    url: str | None
    of_issue: bool

    @property
    def title(self) -> str:
        return f"{self.publication.title} {self.name}".rstrip()

    @property
    def first_page(self) -> str:
        """Where reading begins: the title page."""
        return urls.book_issue(self.issues[0].id) if self.of_issue else urls.BOOK_TITLE_PAGE

    def page_name(self, issue: Issue, page: int) -> str:
        """What a printed page is called within the book: 第5页, or 2014-05-1 第5页."""
        return f"第{page}页" if self.of_issue else f"{issue.id} 第{page}页"

    def page_label(self, issue: Issue, page: int) -> str:
        """The same in the list of pages, in which readers may have to type it."""
        return str(page) if self.of_issue else self.page_name(issue, page)


def book_of_issue(publication: Publication, issue: Issue) -> Book:
    base = publication.base_url
    year, month, number = issue.id.split("-")
    return Book(
        publication=publication,
        issues=(issue,),
        id=issue.id,
        name=issue.name,
        description=issue_column(issue).description,
        position=f"{int(year)}.{int(month)}.{int(number)}",
        url=urls.absolute(base, urls.epub(issue.id)) if base else None,
        of_issue=True,
    )


def book_of_year(publication: Publication, issues: Sequence[Issue], year: int) -> Book:
    """`issues` are those of the year, oldest first, at least one."""
    return Book(
        publication=publication,
        issues=tuple(issues),
        id=str(year),
        name=f"{year}年",
        description=_extent(issues),
        position=str(year),
        url=None,
        of_issue=False,
    )


def book_of_all(publication: Publication, issues: Sequence[Issue]) -> Book:
    return Book(
        publication=publication,
        issues=tuple(issues),
        id="",
        name="",
        description=_extent(issues),
        position=None,
        url=None,
        of_issue=False,
    )


def _extent(issues: Sequence[Issue]) -> str:
    articles = sum(len(issue.articles) for issue in issues)
    return f"{_span_of_issues(issues)}，共 {len(issues)} 期 {articles} 篇。"


def _span_of_issues(issues: Sequence[Issue]) -> str:
    first, last = issues[0].name, issues[-1].name
    return first if len(issues) == 1 else f"{first}至{last}"


def printed_edition(book: Book) -> str:
    """What the page numbers are those of."""
    pages = f"，{span(book.issues[0].pages)}" if book.of_issue else ""
    return f"《{book.publication.title}》{_span_of_issues(book.issues)}（印刷版{pages}）"


def last_change(issue: Issue) -> date:
    """The day of the issue, or of the last correction or withdrawal in it."""
    corrections = (one.date for article in issue.articles for one in article.corrections)
    return max([issue.date, *corrections, *(one.date for one in issue.withdrawn.values())])


def documents(book: Book) -> Iterator[str]:
    """Where they stand in the book, in reading order."""
    if not book.of_issue:
        yield urls.BOOK_TITLE_PAGE
    for issue in book.issues:
        yield urls.book_issue(issue.id)
        for article in issue.articles:
            yield urls.book_article(article.id)


def pages_in(issue: Issue) -> Iterator[tuple[int, Article]]:
    """The printed pages of which something is left, each with the article in which it begins."""
    for article in issue.articles:
        if begins_a_page(issue, article):
            yield article.first_page, article
        for mark in article.body.page_breaks:
            yield mark.page, article


def places(book: Book) -> Mapping[str, tuple[str, str]]:
    """Pages of the site, by their addresses: where in the book the same stands, document and
    anchor."""
    found: dict[str, tuple[str, str]] = {}
    for issue in book.issues:
        found[urls.issue(issue.id)] = (urls.book_issue(issue.id), "")
        found[urls.whole_issue(issue.id)] = (urls.book_issue(issue.id), "")
        for article in issue.articles:
            found[urls.article(article.id)] = (urls.book_article(article.id), "")
        for page, article in pages_in(issue):
            place = (urls.book_article(article.id), urls.page_anchor(page))
            found[urls.printed_page(issue.id, page)] = place
    return found
