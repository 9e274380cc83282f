"""Plain text as an office sets it: what a `TextStyle` says of each part, put together into lines.

Three ways of the pages: `cut`, where a page's end leaves a paragraph cut in two, as text copied out
of a finished layout has it; `paged`, with form feeds, page numbers and lines of 28 characters, as
programs take text out of a PDF; `whole`, where nothing of the pages is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from importing.layouts.content import (
    ArticleText,
    IssueText,
    Piece,
    breaks_between,
    printed_pages,
    topic_groups,
)
from importing.layouts.numerals import plain, plain_date, plain_label
from importing.layouts.sheet import Printed, Unknown

Lines = list[str]
IDEM = "\u3000\u3000"


def usual_cover(issue: IssueText) -> Lines:
    lines = [issue.title, plain_date(issue.date), issue.label, issue.publisher]
    return [issue.organization, *lines] if issue.organization else lines


def nothing(*_: object) -> Lines:
    return []


def bracketed(source: str) -> str:
    return f"（{source}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """The parts of a layout. `entry`: an article's lines in the contents; `source_at`: where its
    source stands; `between`: what parts two paragraphs; `width`: characters a line in `paged`;
    `page_head`, `page_foot`: furniture of a page by its number."""

    heading: Callable[[int, ArticleText], Lines]
    entry: Callable[[int, ArticleText], Lines] = nothing
    contents_title: str = "目 录"
    contents_topic: Callable[[int, str], Lines] = lambda _, topic: [f"【{topic}】"]
    cover: Callable[[IssueText], Lines] = usual_cover
    before_articles: Callable[[IssueText], Lines] = nothing
    end: Callable[[IssueText], Lines] = nothing
    topic_heading: Callable[[int, str], Lines] = nothing
    subheading: Callable[[str], str] = lambda text: text
    source: Callable[[str], str] = bracketed
    source_at: Literal["inline", "line", "below-title"] = "inline"
    cell: str = "\t"
    indent: str = ""
    between: str = "\n\n"
    pages: Literal["cut", "paged", "whole"] = "cut"
    width: int = 28
    page_head: Callable[[IssueText, int], Lines] = nothing
    page_foot: Callable[[IssueText, int], Lines] = nothing
    form_feed: bool = True
    contents_columns: int = 1
    contents_last: bool = False
    may_stay: tuple[str, ...] = ()

    def text(self, issue: IssueText) -> str:
        contents = self.contents(issue)
        first, last = ([], contents) if self.contents_last else (contents, [])
        front = [*self.cover(issue), *first, *self.before_articles(issue)]
        if self.pages == "paged":
            return self._paged(issue, front)
        body = [
            line
            for page, lines in self._flow(issue)
            for line in [*self.page_head(issue, page), *lines, *self.page_foot(issue, page)]
        ]
        text = self.between.join([*front, *body, *last, *self.end(issue)]) + "\n"
        return text.replace(self.between + _JOIN if self.pages == "whole" else _JOIN, "")

    def contents(self, issue: IssueText) -> Lines:
        """The table of contents; none where no entry is printed."""
        lines: Lines = []
        for count, (topic, articles) in enumerate(topic_groups(issue), start=1):
            entries = [line for entry in articles for line in self.entry(*entry)]
            if topic and entries:
                lines += self.contents_topic(count, topic)
            lines += _side_by_side(entries, self.contents_columns)
        return [self.contents_title, *lines] if lines and self.contents_title else lines

    def unknown(self, issue: IssueText) -> Iterator[Unknown]:
        """What this style leaves out of this issue."""
        listed = any(
            str(article.page)
            in plain("".join(self.entry(number, article)).replace(article.title, ""))
            for number, article in enumerate(issue.articles, start=1)
        )
        if plain_label(issue.label) not in plain_label(self._outside(issue)):
            yield Unknown(field="label")
        paged = self.pages != "whole" and bool(self.page_foot(issue, 1))
        if not listed and not paged:
            yield Unknown(field="page")
        in_contents = listed and bool(self.contents_topic(1, "栏目"))
        if (not in_contents and not self.topic_heading(1, "栏目")) or not issue.topics_printed:
            yield Unknown(field="topics")
        if self.pages == "whole" or (not listed and not paged):
            yield Unknown(field="break")
        elif self.pages == "paged" and not self.indent:
            # A paragraph that ends with a full line is known by nothing.
            yield Unknown(field="paragraph")
        elif self.pages == "cut" and not paged:
            for number, article in enumerate(issue.articles, start=1):
                after_sentence = not self.indent and _breaks_after_sentence(article)
                if after_sentence:
                    yield Unknown(field="paragraph", article=number, hidden=True)
                if breaks_between(article) or after_sentence:
                    yield Unknown(field="break", article=number, hidden=True)

    def _outside(self, issue: IssueText) -> str:
        """What stands before and after the articles."""
        return "".join([*self.cover(issue), *self.page_head(issue, 1), *self.end(issue)])

    def _flow(self, issue: IssueText) -> Iterator[tuple[int, Lines]]:
        """The articles, page by page, a line a paragraph."""
        topics = {
            articles[0][0]: (count, topic)
            for count, (topic, articles) in enumerate(topic_groups(issue), start=1)
            if topic
        }
        for page in printed_pages(issue):
            lines: Lines = []
            for piece in page.pieces:
                article = issue.articles[piece.article]
                number = piece.article + 1
                if piece.first:
                    if number in topics:
                        lines += self.topic_heading(*topics[number])
                    lines += self.heading(number, article)
                    if article.source and self.source_at == "below-title":
                        lines.append(self.source(article.source))
                self._put(lines, piece)
                if piece.last and article.source:
                    if self.source_at == "inline" and piece.kind == "paragraph":
                        lines[-1] += self.source(article.source)
                    elif self.source_at != "below-title":
                        lines.append(self.source(article.source))
            yield page.number, lines

    def _put(self, lines: Lines, piece: Piece) -> None:
        if piece.kind == "subheading" and not piece.begun:
            lines.append(self.subheading(piece.text))
        elif piece.kind == "table":
            lines += [row.replace("\t", self.cell) for row in piece.text.split("\n")]
        else:
            lines.append(piece.text if piece.begun else self.indent + piece.text)
        if piece.begun:
            # Only a paragraph is cut, so the line above is its first half.
            lines[-1] = _JOIN + lines[-1]

    def _paged(self, issue: IssueText, front: Lines) -> str:
        pages = ["\n".join(front)]
        flow = list(self._flow(issue))
        for turn, (number, lines) in enumerate(flow):
            goes_on = turn + 1 < len(flow) and flow[turn + 1][1][0].startswith(_JOIN)
            cuts = {len(lines) - 1} if goes_on else set()
            lines = [line.removeprefix(_JOIN) for line in lines]
            if number == flow[-1][0]:
                lines += self.end(issue)
            wrapped = [
                short
                for position, line in enumerate(lines)
                for short in (
                    filled(line, self.width + 1) if position in cuts else wrap(line, self.width)
                )
            ]
            head, foot = self.page_head(issue, number), self.page_foot(issue, number)
            pages.append("\n".join([*head, *wrapped, *foot]))
        return ("\n\f" if self.form_feed else "\n\n\n").join(pages) + "\n"


_JOIN = "\x00"


def _side_by_side(entries: Lines, columns: int) -> Lines:
    """Entries of a contents in columns, read across."""
    rows = range(0, len(entries), columns)
    return [(" " * 6).join(entries[row : row + columns]) for row in rows]


def _breaks_after_sentence(article: ArticleText) -> bool:
    """Does a page end within a paragraph where a sentence ends too?"""
    return any(re.search(r"[。！？…”]\{p\d+\}", block.text) for block in article.blocks)


def filled(line: str, width: int) -> Lines:
    """A paragraph that goes on on the next page, in lines of `width` or a little less: the last one
    is full, as it was where the page ended there."""
    ways = [wrap(line, width - less) for less in range(5)]
    return max(ways, key=lambda lines: _em(lines[-1]) / max(map(_em, lines)))


def _em(line: str) -> float:
    return sum(map(_width, line)) / 2


def wrap(line: str, width: int) -> Lines:
    """A paragraph in lines of `width` Han characters; Latin words and numbers stay whole, and a
    line never begins with a closing mark: that one hangs over, as in Word."""
    if not line:
        return [""]
    limit, shorts, current, used = 2 * width, [], "", 0
    for word in _words(line):
        wide = sum(_width(character) for character in word)
        if current.strip() and used + wide > limit and word not in _CLOSING:
            shorts.append(current.rstrip(" "))
            current, used = "", 0
            word = word.lstrip(" ")
            wide = sum(_width(character) for character in word)
        current, used = current + word, used + wide
    return [*shorts, current] if current.strip() else shorts or [line]


_OPENING, _CLOSING = "“‘（《【", "，。、；：？！”’）》】…"


def _words(line: str) -> Iterator[str]:
    """What a line's end must not part: Latin words and numbers, and an opening mark from what
    follows it."""
    return iter(re.findall(rf"[{_OPENING}]*(?:[!-~]+|[^!-~]|$)", line))


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def printed(issue: IssueText, style: TextStyle, encoding: str = "utf-8") -> Printed:
    """The file of an issue in this style."""
    text = style.text(issue)
    return Printed(
        data=text.encode(encoding),
        truth=issue,
        text=text,
        unknown=tuple(style.unknown(issue)),
        may_stay=style.may_stay,
    )
