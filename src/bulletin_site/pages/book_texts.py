"""The documents of a book: its title page, and of each issue the cover with the contents and the
articles, as XHTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup

from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import prose, urls
from bulletin_site.pages.book import CONTENTS_ANCHOR, Book, pages_in, places
from bulletin_site.pages.issue import topic_groups
from bulletin_site.pages.parts import CorrectionLine, Day, Link, correction_lines, day
from bulletin_site.pages.templates import filled
from bulletin_site.pages.text_links import has_scheme, led
from bulletin_site.pages.xhtml import XHTML, is_address, page_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDocument:
    """`page_mark`: the title is the first thing on a printed page, which begins here."""

    title: str
    style: str
    number: int
    page_mark: Markup | None
    body: Markup
    source: str | None
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """An article in the contents of its issue; `page_href` leads to where its first page begins."""

    number: int
    title: str
    href: str
    page: int
    page_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsGroup:
    topic: str | None
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnLine:
    number: int
    day: Day
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDocument:
    title: str
    style: str
    bulletin: str
    name: str
    organization: str | None
    publisher: str | None
    day: Day
    note: Markup | None
    contents_anchor: str
    groups: tuple[ContentsGroup, ...]
    withdrawn: tuple[WithdrawnLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfIssues:
    name: str
    issues: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinDocument:
    """The title page of a book of several issues."""

    title: str
    style: str
    bulletin: str
    name: str
    description: str
    publisher: str | None
    contents_anchor: str
    years: tuple[YearOfIssues, ...]


def texts(book: Book, environment: Environment) -> Iterator[tuple[str, str]]:
    """Each document by its place in the book, in reading order."""
    leads = _Leads(book)
    if not book.of_issue:
        title_page = _title_page(book)
        yield urls.BOOK_TITLE_PAGE, filled(environment, "epub/bulletin.xhtml", view=title_page)
    for issue in book.issues:
        cover = _issue_document(book, issue, leads)
        yield urls.book_issue(issue.id), filled(environment, "epub/issue.xhtml", view=cover)
        for article in issue.articles:
            place = urls.book_article(article.id)
            document = _article_document(book, issue, article, leads)
            yield place, filled(environment, "epub/article.xhtml", view=document)


class _Leads:
    """Where the links of texts lead, by the pages of the site on which they stand."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, str]]:
        return places(self._book)

    def __call__(self, page: str, place: str, href: str) -> str | None:
        """From the page of the site on which a text stands, and its place in the book."""
        if is_address(href):
            return href
        found = None if has_scheme(href) else urls.from_page(page, href)
        if not found:
            return None
        address, anchor = found
        if address in self._places:
            document, start = self._places[address]
            known = anchor and (document, anchor) in self._places.values()
            return urls.link(place, document, anchor if known else start)
        base = self._book.publication.base_url
        return urls.absolute(base, urls.quoted(address, anchor)) if base else None


def _article_document(book: Book, issue: Issue, article: Article, leads: _Leads) -> ArticleDocument:
    page, place = urls.article(article.id), urls.book_article(article.id)
    first = article.first_page
    return ArticleDocument(
        title=article.title,
        style=urls.link(place, urls.BOOK_STYLE),
        number=article.number,
        page_mark=page_mark(first, book.page_name(issue, first))
        if begins_a_page(issue, article)
        else None,
        body=prose.html(
            led(article.body.tokens, lambda href: leads(page, place, href)),
            lambda number: book.page_name(issue, number),
            form=XHTML,
        ),
        source=article.source,
        corrections=correction_lines(article),
    )


def _issue_document(book: Book, issue: Issue, leads: _Leads) -> IssueDocument:
    publication, place = book.publication, urls.book_issue(issue.id)
    page = urls.issue(issue.id)
    note = led(issue.note.tokens, lambda href: leads(page, place, href))
    return IssueDocument(
        title=f"{publication.title} {issue.name}",
        style=urls.link(place, urls.BOOK_STYLE),
        bulletin=publication.title,
        name=issue.name,
        organization=issue.organization or publication.organization,
        publisher=issue.publisher or publication.publisher,
        day=day(issue.date),
        note=prose.html(note, None, form=XHTML) if issue.note.markdown.strip() else None,
        contents_anchor=CONTENTS_ANCHOR,
        groups=tuple(_groups(issue, place)),
        withdrawn=tuple(
            WithdrawnLine(number=number, day=day(one.date), reason=one.text)
            for number, one in issue.withdrawn.items()
        ),
    )


def _groups(issue: Issue, place: str) -> Iterator[ContentsGroup]:
    begins = {page: urls.book_article(article.id) for page, article in pages_in(issue)}
    for topic, articles in topic_groups(issue):
        yield ContentsGroup(
            topic=topic.name if topic else None,
            entries=tuple(
                ContentsEntry(
                    number=article.number,
                    title=article.title,
                    href=urls.link(place, urls.book_article(article.id)),
                    page=article.first_page,
                    page_href=urls.link(
                        place,
                        begins[article.first_page],
                        urls.page_anchor(article.first_page),
                    ),
                )
                for article in articles
            ),
        )


def _title_page(book: Book) -> BulletinDocument:
    place = urls.BOOK_TITLE_PAGE
    return BulletinDocument(
        title=book.title,
        style=urls.link(place, urls.BOOK_STYLE),
        bulletin=book.publication.title,
        name=book.name,
        description=book.description,
        publisher=book.publication.publisher,
        contents_anchor=CONTENTS_ANCHOR,
        years=tuple(_years(book.issues, place)),
    )


def _years(issues: Sequence[Issue], place: str) -> Iterator[YearOfIssues]:
    for year, found in groupby(issues, key=lambda issue: issue.date.year):
        links = (
            Link(text=issue.name, href=urls.link(place, urls.book_issue(issue.id)))
            for issue in found
        )
        yield YearOfIssues(name=f"{year}年", issues=tuple(links))
