"""EPUB 3 editions: each issue as a book with its printed pages, and by the same way the issues of a
year or all of them.

Reading systems that know EPUB 3.2 and EPUB Accessibility 1.1 find contents, page list, landmarks
and where each printed page begins. Everything is text: no script, no font, nothing fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from jinja2 import Environment

from bulletin_site.content.model import Issue, Publication
from bulletin_site.pages import urls
from bulletin_site.pages.book import Book, book_of_issue
from bulletin_site.pages.book_package import navigation, package
from bulletin_site.pages.book_texts import texts
from bulletin_site.pages.templates import filled
from bulletin_site.pages.xhtml import encoded
from bulletin_site.zipped import stored

MEDIA_TYPE = "application/epub+zip"


def files(
    publication: Publication, issue: Issue, environment: Environment
) -> Iterable[tuple[str, Callable[[], bytes]]]:
    """The EPUB of an issue, and what makes it."""
    yield (
        urls.epub(issue.id),
        lambda: stored(entries(book_of_issue(publication, issue), environment)),
    )


def entries(book: Book, environment: Environment) -> Iterator[tuple[str, bytes]]:
    """All that is in the file, in its order; the type comes first, as OCF wants it. Raises `Unmade`
    where a template is wrong."""
    yield urls.BOOK_TYPE, MEDIA_TYPE.encode()
    for place, text in _entries(book, environment):
        yield place, encoded(text)


def _entries(book: Book, environment: Environment) -> Iterator[tuple[str, str]]:
    make = partial(filled, environment)
    yield urls.BOOK_CONTAINER, make("epub/container.xml", view=urls.BOOK_PACKAGE)
    yield urls.BOOK_PACKAGE, make("epub/package.opf", view=package(book))
    yield urls.BOOK_NAVIGATION, make("epub/nav.xhtml", view=navigation(book))
    yield urls.BOOK_STYLE, make("epub/book.css", view=None)
    yield from texts(book, environment)
