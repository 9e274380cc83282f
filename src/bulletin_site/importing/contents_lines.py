"""The lines of a 目录, each understood alone and beside its neighbours: number, title, page,
topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bulletin_site.importing import titles
from bulletin_site.importing.manuscript import Block, Kind, Place
from bulletin_site.importing.marks import (
    EDITORS_NOTE,
    contents_page,
    ends_sentence,
    number_mark,
    page_number,
    topic_mark,
    without_bullet,
    without_mark,
)
from bulletin_site.search.segment import simplified

_HEADINGS = re.compile(
    r"^\W*(?:本[期刊])?(?:目录|目次|要目|导读|内容|内容提要|内容目录|要点|contents?|总目|篇目)"
    r"(?:contents?)?\W*$",
    re.IGNORECASE,
)
_NOTE = re.compile(rf"^\W*(?:{EDITORS_NOTE})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of a block, or a row of a table."""

    text: str
    block: int
    place: Place
    indented: bool
    starts_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A line understood alone: with a page at its end, or as a topic, or neither."""

    line: _Line
    style: str | None
    number: int | None
    title: str
    page: int | None = None
    page_sure: bool = False
    topic: str | None = None


def is_heading(text: str) -> bool:
    """Is this the heading of a 目录, in any of its spellings?"""
    return bool(_HEADINGS.match(re.sub(r"\s", "", simplified(text))))


def lines_of(blocks: Sequence[Block], first: int, end: int) -> list[_Line]:
    """The lines of `blocks[first:end]`, of tables the rows, entry by entry."""
    found = []
    for index in range(first, min(end, len(blocks))):
        block = blocks[index]
        texts = (
            ["\t".join(cell for cell in row if cell.strip()) for row in block.rows]
            if block.kind is Kind.TABLE
            else (block.number + block.text).split("\n")
        )
        found += [
            _Line(
                text=piece,
                block=index,
                place=block.place,
                indented=block.indented,
                starts_page=any(page_end.offset == 0 for page_end in block.page_ends),
            )
            for text in texts
            for piece in _columns(text)
            if piece.strip()
        ]
    return found


def _columns(line: str) -> list[str]:
    """Two entries on one line, each with its number, as in a 目录 of two columns; or a page at the
    end of its leader and, on the same line, what stood on the next."""
    led = _LED.sub(r"\g<0>\n", line.strip()).split("\n")
    if len(led) > 1:
        return led
    pieces = re.split(r"(?<=[0-9０-９)）])(?:\s{3,}|\t+)(?=\S)", line.strip())
    return pieces if len(pieces) > 1 and all(number_mark(piece) for piece in pieces) else [line]


_LED = re.compile(
    r"(?:[.．·…⋯‥・]{3,}|…{2,})\s*[0-9０-９]{1,3}[ \u3000]*(?=[^\W\d]|[【〖［〔（(◆■●▲★])"
    r"|[（(]\s*[0-9０-９]{1,3}\s*[）)][ \u3000]*(?=[【〖［〔◆■●▲★])"
)
"""A leader of dots and its page, or a page in brackets, with more behind them."""


class Later:
    """In which block each short line, or two lines together, stands last, by its key."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._blocks: dict[str, int] = {}
        before = ""
        for line in lines:
            if len(line.text) <= titles.LONGEST:
                for text in (line.text, before + line.text):
                    self._blocks[titles.key(text)] = line.block
            before = line.text if len(line.text) <= titles.LONGEST else ""
        self._blocks.pop("", None)

    def has(self, key: str, line: _Line) -> bool:
        """Does this key stand below a line?"""
        return self._blocks.get(key, -1) > line.block


def until_text(lines: Sequence[_Line], later: Later) -> Iterator[Read]:
    """The lines of the 目录: up to the first that is text, or that says again what one of them
    said: that is the first article's heading, or the topic above it."""
    seen: list[str] = []
    before = ""
    last = 0
    for line in lines:
        mark = number_mark(line.text)
        counts_on = mark is not None and mark.number == last + 1 and last > 0
        restarts = mark is not None and mark.number == 1 and last > 1
        last = mark.number if mark else last
        page = contents_page(line.text)
        has_page = page is not None and page.sure
        mine = titles.key(page.title if page and page.sure else line.text)
        if is_heading(line.text):
            continue
        if not has_page:
            halved = len(mine) >= 6 and (
                any(old.startswith(mine) for old in seen[:2])
                or any(old.endswith(mine) for old in seen)
            )
            again = bool(mine) and (mine in seen or halved)
            length = len(line.text.strip())
            ended = ends_sentence(line.text) and not line.text.rstrip().endswith(("…", "？", "！"))
            text = (length > 20 and ended) or length > titles.LONGEST
            if (
                (again and not counts_on)
                or (restarts and line.starts_page)
                or text
                or _NOTE.match(line.text)
            ):
                return
        if mine and (
            has_page or later.has(mine, line) or number_mark(line.text) or topic_mark(line.text)
        ):
            seen.append(mine)
        whole = page.title if page and has_page else line.text
        if before and not topic_mark(line.text):
            seen.append(titles.key(before + whole))
        before = "" if topic_mark(line.text) else whole
        yield _read(line)


def paged_alone(read: Sequence[Read]) -> list[Read]:
    """A page number on the line below its title, as part of the title's line."""
    found: list[Read] = []
    for line in read:
        page = page_number(line.line.text)
        before = found[-1] if found else None
        if page is not None and before and before.topic is None and before.page is None:
            found[-1] = replace(before, page=page, page_sure=True)
        else:
            found.append(line)
    return found


def paged_first(read: Sequence[Read]) -> list[Read]:
    """Numbers before titles that do not count one by one are their pages: `2　题名`."""
    numbered = [line for line in read if line.style in ("01", "1、") and line.page is None]
    numbers = [line.number for line in numbered if line.number is not None]
    counted = numbers == list(range(1, len(numbers) + 1))
    rising = all(a <= b for a, b in pairwise(numbers))
    if len(numbers) < 2 or counted or not rising or any(line.page_sure for line in read):
        return list(read)
    # `03 / 题名` and `03　题名`, one a page, are pages as well: articles are counted from 1.
    if all(b == a + 1 for a, b in pairwise(numbers)) and any(
        line.style != "01" for line in numbered
    ):
        return list(read)
    return [
        replace(line, style=None, number=None, page=line.number, page_sure=True)
        if line in numbered
        else line
        for line in read
    ]


def counted_on(read: Sequence[Read]) -> list[Read]:
    """`2.3个月` between the entries 1 and 3 is number 2 before a title that begins with a digit."""
    found: list[Read] = []
    last = 0
    for line in read:
        begins = (
            re.match(rf"{last + 1}[.．、]\s*(?=\d)", line.title) if line.style is None else None
        )
        if begins and last:
            title = line.title[begins.end() :]
            line = replace(line, style="1、", number=last + 1, title=title)
        found.append(line)
        last = line.number or last
    return found


def paged_weakly(read: Sequence[Read]) -> list[Read]:
    """A number after a single space is a page where nearly all lines have one, and they rise."""
    weak = [line for line in read if line.page is not None]
    entries = [line for line in read if line.topic is None]
    pages = [line.page for line in weak if line.page is not None]
    rising = all(a <= b for a, b in pairwise(pages))
    if len(weak) < 2 or len(weak) < 0.6 * len(entries) or not rising or pages[0] > 9:
        return list(read)
    return [replace(line, page_sure=True) if line.page is not None else line for line in read]


def _read(line: _Line) -> Read:
    text = without_bullet(line.text).strip()
    page = contents_page(text)
    title = page.title if page else text
    mark = number_mark(title)
    paged = page is not None and page.sure
    # With its page a line after an ornament is an entry, one in brackets still a topic.
    topic = topic_mark(title if paged else line.text.strip()) if not mark else None
    if topic is None and not mark and not page and re.fullmatch(r"[^:：。]{2,14}[:：]", text):
        topic = text[:-1]
    return Read(
        line=line,
        style=mark.style if mark else None,
        number=mark.number if mark else None,
        title=without_mark(title),
        page=page.page if page else None,
        page_sure=bool(page and page.sure),
        topic=topic,
    )


def without_author(line: Read, later: Later) -> Read:
    """The title without the columns after it (author, source), where the first alone stands again
    above the text."""
    cells = re.split(r"\s*\t\s*", line.title)
    known = [
        end for end in range(1, len(cells)) if later.has(titles.words(_row(cells[:end])), line.line)
    ]
    return replace(line, title=_row(cells[: known[-1]])) if known else line


def _row(cells: Sequence[str]) -> str:
    return "\t".join(cells)


def without_page(line: Read) -> Read:
    """The line with the number that was taken for a page back in its title."""
    if line.page is None or line.page_sure:
        return line
    return replace(line, title=without_mark(line.line.text.strip()), page=None)
