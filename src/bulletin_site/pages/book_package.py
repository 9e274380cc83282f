"""What an EPUB says of itself: the package document (what it is, which files it has, in which order
they are read) and the navigation document (contents, main parts, printed pages).

There is no `toc.ncx`, which readers made for EPUB 2 look for: the contents stand at the beginning
of the book with links to every article, so they serve there too, and need not be told twice.
Nothing is said of an author: none was printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_site.content.model import Article, Issue
from bulletin_site.pages import urls
from bulletin_site.pages.book import (
    CONTENTS_ANCHOR,
    Book,
    documents,
    last_change,
    pages_in,
    printed_edition,
)
from bulletin_site.pages.identity import identifier
from bulletin_site.pages.issue import topic_groups
from bulletin_site.pages.parts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document of the book; `id` is an XML name."""

    id: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    """`printed` is the edition whose pages are marked; `modified` has a time of day because it must
    have one."""

    identifier: str
    url: str | None
    title: str
    bulletin: str
    publisher: str | None
    date: str
    description: str
    subjects: tuple[str, ...]
    printed: str
    modified: str
    position: str | None
    navigation: str
    style: str
    documents: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An entry of the contents, with those below it; without `href` only a heading."""

    text: str
    href: str | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """`kind` is a word of the EPUB Structural Semantics Vocabulary."""

    kind: str
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationView:
    title: str
    style: str
    toc: tuple[Part, ...]
    landmarks: tuple[Landmark, ...]
    pages: tuple[Link, ...]


def package(book: Book) -> PackageView:
    """The package document's values."""
    publication, issues, place = book.publication, book.issues, urls.BOOK_PACKAGE
    topics = {topic: None for one in issues for article in one.articles for topic in article.topics}
    return PackageView(
        identifier=identifier(publication, book.id),
        url=book.url,
        title=book.title,
        bulletin=publication.title,
        publisher=(book.issues[0].publisher if book.of_issue else None) or publication.publisher,
        date=issues[-1].date.isoformat(),
        description=book.description,
        subjects=tuple(topic.name for topic in publication.topics if topic in topics),
        printed=printed_edition(book),
        modified=f"{max(map(last_change, issues)).isoformat()}T00:00:00Z",
        position=book.position,
        navigation=urls.link(place, urls.BOOK_NAVIGATION),
        style=urls.link(place, urls.BOOK_STYLE),
        documents=tuple(
            Item(id=f"d{number}", href=urls.link(place, document))
            for number, document in enumerate(documents(book), start=1)
        ),
    )


def navigation(book: Book) -> NavigationView:
    """The navigation document's values. It is no part of what is read page by page: the contents
    stand on the first page too."""
    place = urls.BOOK_NAVIGATION
    first = book.issues[0].articles[0]
    return NavigationView(
        title=book.title,
        style=urls.link(place, urls.BOOK_STYLE),
        toc=tuple(_toc(book, place)),
        landmarks=(
            Landmark(kind="titlepage", text="封面", href=urls.link(place, book.first_page)),
            Landmark(
                kind="toc", text="目录", href=urls.link(place, book.first_page, CONTENTS_ANCHOR)
            ),
            Landmark(
                kind="bodymatter", text="正文", href=urls.link(place, urls.book_article(first.id))
            ),
        ),
        pages=tuple(
            Link(
                text=book.page_label(issue, page),
                href=urls.link(place, urls.book_article(article.id), urls.page_anchor(page)),
            )
            for issue in book.issues
            for page, article in pages_in(issue)
        ),
    )


def _toc(book: Book, place: str) -> Iterator[Part]:
    """Of an issue its topics, where it has them in print, and articles; else issues and their
    articles: deeper contents are hard to use on a small screen."""
    if book.of_issue:
        issue = book.issues[0]
        yield Part(text="封面、目录", href=urls.link(place, urls.book_issue(issue.id)))
        yield from _topics(issue, place)
        return
    yield Part(text="封面、各期", href=urls.link(place, urls.BOOK_TITLE_PAGE))
    for issue in book.issues:
        href = urls.link(place, urls.book_issue(issue.id))
        yield Part(text=issue.name, href=href, parts=_articles(issue.articles, place))


def _topics(issue: Issue, place: str) -> Iterator[Part]:
    for topic, articles in topic_groups(issue):
        if topic:
            yield Part(text=topic.name, href=None, parts=_articles(articles, place))
        else:
            yield from _articles(articles, place)


def _articles(articles: Sequence[Article], place: str) -> tuple[Part, ...]:
    return tuple(
        Part(
            text=f"{article.number}、{article.title}",
            href=urls.link(place, urls.book_article(article.id)),
        )
        for article in articles
    )
