"""What the pages of an issue, its articles and its printed pages say beside the text: whose it is,
of which day, where it was taken from, what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.content.pagination import PagePiece
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day, span
from bulletin_site.pages.prose import plain_text

Fact = tuple[str, ...]
"""What one element of a page says: these values in this order. The words around and between them
are the templates' own, but no other number is among them."""

Facts = tuple[str, list[Fact]]
"""Where on a page something is said, as a CSS selector, and what, in the order of the page."""

_ARTICLE = ".printed-at, .facts dd, article > .signature, .neighbours a"
_COVER = ".cover-organization, h1, .cover-facts, .note, .toc-topic"
_ISSUE = f"{_COVER}, .withdrawn-articles li, .assigned dt, .assigned dd, .neighbours a"
_PRINTED = "h1, .piece > h2, .continues, .piece > .signature, .folio, .neighbours a"


def of_issue(address: str, truth: Truth) -> Facts | None:
    """What the page at an address must say, if it is of an issue."""
    if address in truth.articles:
        return _ARTICLE, list(_article(truth.articles[address], truth))
    if address in truth.issues:
        return _ISSUE, list(_issue(truth.issues[address], truth))
    if address in truth.whole_issues:
        return _COVER, list(_cover(truth.whole_issues[address], truth.archive))
    return _printed_page(address, truth)


def _article(found: PrintedArticle, truth: Truth) -> Iterator[Fact]:
    article, issue = found.article, found.issue
    yield truth.archive.title, issue.name, span(article.pages)
    yield (issue.name,)
    yield (day(issue.date).text,)
    if article.source:
        yield (article.source,)
    if article.topics:
        yield tuple(topic.name for topic in article.topics)
    yield tuple(str(page) for page in article.pages)
    if article.source:
        yield (article.source,)
    earlier, later = truth.beside(issue)
    before, after = issue.articles.index(article) - 1, issue.articles.index(article) + 1
    if before >= 0:
        yield "上一篇", issue.articles[before].title
    elif earlier:
        yield "上一期", earlier.articles[-1].title
    if after < len(issue.articles):
        yield "下一篇", issue.articles[after].title
    elif later:
        yield "下一期", later.articles[0].title


def _cover(issue: Issue, archive: Archive) -> Iterator[Fact]:
    organization = issue.organization or archive.organization
    if organization:
        yield (organization,)
    yield archive.title, issue.name
    yield issue.publisher or archive.publisher or "", day(issue.date).text
    note = plain_text(issue.note).text
    if note.strip():
        yield (note,)
    yield from topics_printed(issue)


def topics_printed(issue: Issue) -> Iterator[Fact]:
    """The headings of the table of contents, where it was printed with any."""
    if issue.topics_printed:
        for topic, _ in groupby(issue.articles, key=lambda one: one.topics[:1]):
            yield from ((one.name,) for one in topic)


def _issue(issue: Issue, truth: Truth) -> Iterator[Fact]:
    yield from _cover(issue, truth.archive)
    for number, one in issue.withdrawn.items():
        yield str(number), day(one.date).text
    if not issue.topics_printed:
        for topic in truth.archive.topics:
            titles = [(one.title,) for one in issue.articles if topic in one.topics]
            yield from ([(topic.name,), *titles] if titles else [])
    earlier, later = truth.beside(issue)
    yield from ([("上一期", earlier.name)] if earlier else [])
    yield from ([("下一期", later.name)] if later else [])


def _printed_page(address: str, truth: Truth) -> Facts | None:
    printed = truth.printed_pages.get(address)
    if not printed or address in truth.withdrawn or address in truth.aliases:
        return None
    issue, number = truth.issues[urls.issue(urls.issue_of(address) or "")], printed.number
    said: list[Fact] = [(truth.archive.title, issue.name, str(number))]
    for piece in printed.pieces:
        said += _piece(piece, piece.article)
    said.append((str(number),))
    for page, label in ((number - 1, "上一页"), (number + 1, "下一页")):
        said.append((label, str(page)) if page in issue.pages else ())
    return _PRINTED, said


def _piece(piece: PagePiece, article: Article) -> Sequence[Fact]:
    """What stands above and below the text of an article on one printed page."""
    said: list[Fact] = [(str(article.number), article.title)]
    if not piece.begins:
        said.append((str(piece.page - 1),))
    if not piece.ends:
        return [*said, (str(piece.page + 1),)]
    return [*said, (article.source,)] if article.source else said
