"""Where the pages of a finished PDF begin in the text of the articles.

The text that was read from its pages is the known text, character by character, so the characters
before a page's end say where in an article the next page begins. The mark for it must stand at a
place in the Markdown where it changes nothing else: that is tried out, place by place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markdown_it.token import Token

from bulletin_site.checks.pdf_editions import difference, source_ink, title_ink
from bulletin_site.content.article import body_of
from bulletin_site.content.layout import ArticlePages
from bulletin_site.content.markdown import PAGE_BREAK
from bulletin_site.content.marks import with_marks
from bulletin_site.content.model import Article, Body, Issue
from bulletin_site.pages.prose import plain_text
from bulletin_site.pdf_pages.edition import PdfEdition
from bulletin_site.pdf_pages.ink import ink
from bulletin_site.typeset.view import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A page end at a place where no mark can stand: within a link, or between a text and its
    source. `block` must not be cut."""

    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """What was read is not what was set: the page on which the article begins, or 0, and the words
    where they part."""

    page: int
    what: str


def article_pages(
    issue: Issue, edition: PdfEdition, first: int
) -> Sequence[ArticlePages] | Cut | Unlike:
    """The pages of articles without marks, set one after the other from page `first` on."""
    texts = [page.text for page in edition.pages[first - 1 :]]
    ends = list(accumulate(map(len, texts)))
    starts = dict(zip(ends[:-1], range(first + 1, first + len(texts)), strict=True))
    whole = "".join(texts)
    found: list[ArticlePages] = []
    position = 0
    for order, article in enumerate(issue.articles, start=1):
        title, source = title_ink(article), source_ink(article)
        body = ink(plain_text(article.body).text)
        page = first + sum(end <= position for end in ends)
        own = f"{title}{body}{source}"
        if whole[position : position + len(own)] != own:
            read = whole[position : position + len(own)]
            return Unlike(page=page, what=f"“{article.title}”里{difference(read, own)}")
        begin = position + len(title)
        position += len(own)
        inside = {
            start: number for start, number in starts.items() if page < number and start < position
        }
        within = [(number, start - begin) for start, number in inside.items()]
        breaks = _breaks(article, order, within, len(body))
        if isinstance(breaks, Cut):
            return breaks
        found.append(ArticlePages(number=article.number, first_page=page, breaks=breaks))
    return (
        found if position == len(whole) else Unlike(page=0, what=difference(whole[position:], ""))
    )


def _breaks(
    article: Article, order: int, starts: Sequence[tuple[int, int]], length: int
) -> tuple[tuple[int, int], ...] | Cut:
    """Offsets in the Markdown for pages that begin after so many characters of the text."""
    offsets: list[tuple[int, int]] = []
    for page, before in starts:
        at = offset_of(article.body, before) if 0 < before < length else None
        if at is None:
            return Cut(block=Block(order, _block_at(article.body.tokens, min(before, length - 1))))
        offsets.append((page, at))
    return tuple(offsets)


def offset_of(body: Body, before: int) -> int | None:
    """Where in a body without marks a page begins before which so many characters leave ink: an
    offset in code points at which a mark changes nothing of the text."""
    markdown = body.markdown
    shape = _shape(body)
    low, high = 0, len(markdown)
    while low < high:
        middle = (low + high) // 2
        at, counted = _next_counted(markdown, shape, middle, high)
        if counted is None or counted >= before:
            high = middle
        else:
            low = at + 1
    fitting = list(_fitting(markdown, shape, low, before))
    if not fitting:
        return None
    # Before signs of emphasis, but on the line with which the page begins.
    line = markdown.rfind("\n", 0, fitting[-1]) + 1
    return next(at for at in fitting if at >= line)


_Shape = tuple[tuple[str, ...], str]
"""What a mark must not change: the blocks of a text and what is printed."""


def _fitting(markdown: str, shape: _Shape, low: int, before: int) -> Iterator[int]:
    for at in range(low, len(markdown)):
        counted = _counted(markdown, shape, at)
        if counted == before:
            yield at
        elif counted is not None:
            return


def _next_counted(markdown: str, shape: _Shape, start: int, end: int) -> tuple[int, int | None]:
    """The first place from `start` on at which a mark may stand, and what is before it."""
    for at in range(start, end):
        counted = _counted(markdown, shape, at)
        if counted is not None:
            return at, counted
    return end, None


def _counted(markdown: str, shape: _Shape, at: int) -> int | None:
    """How many characters leave ink before a mark at an offset; None where it may not stand."""
    marked = body_of(with_marks(markdown, [(2, at)]), 0)
    if _shape(marked) != shape:
        return None
    plain = plain_text(marked)
    return len(ink(plain.text[: plain.page_starts[0][1]])) if plain.page_starts else None


def _shape(body: Body) -> _Shape:
    blocks = tuple(f"{token.type} {token.tag}" for token in body.tokens if token.type != PAGE_BREAK)
    return blocks, plain_text(body).text


def _block_at(tokens: Sequence[Token], before: int) -> int:
    """Which of the outermost blocks holds the character before which there are so many."""
    depth = position = counted = 0
    for token in tokens:
        if depth == 0 and token.nesting >= 0 and token.type != PAGE_BREAK:
            position += 1
        depth += token.nesting
        texts = token.children or ([token] if token.type == "fence" else [])
        counted += len(ink("".join(one.content for one in texts)))
        if counted > before:
            break
    return position
