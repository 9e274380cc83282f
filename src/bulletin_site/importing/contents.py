"""The printed table of contents (目录): which lines of the file it takes, and its topics, titles
and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bulletin_site.importing import titles
from bulletin_site.importing.manuscript import Block, Kind, Place
from bulletin_site.importing.marks import (
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
_NOTE = re.compile(r"^\W*(?:编者按|编者的话|编者注|编辑按|按语|卷首语)")
_LONGEST_TOPIC = 14
_FEWEST = 3
_SHORTEST = 4
_TEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the 目录. `page` is `None` where it has no number, and not `page_sure` where the
    number may belong to the title. `topic`: the one above it."""

    title: str
    number: int | None
    page: int | None
    page_sure: bool
    topic: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The 目录: `blocks[first:end]` of the manuscript. `headed`: its heading says so. `unread`:
    lines in it of which nothing could be made."""

    first: int
    end: int
    headed: bool
    entries: tuple[Entry, ...]
    unread: tuple[tuple[str, Place], ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.topic for entry in self.entries if entry.topic))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of a block, or a row of a table."""

    text: str
    block: int
    place: Place
    indented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A line understood alone: with a page at its end, or as a topic, or neither."""

    line: _Line
    style: str | None
    number: int | None
    title: str
    page: int | None = None
    page_sure: bool = False
    topic: str | None = None


def find_contents(blocks: Sequence[Block]) -> Contents | None:
    """The 目录 under its heading; without a heading, three or more lines that end in a page."""
    for index, block in enumerate(blocks):
        if is_heading(block.text):
            found = _contents(blocks, index, index + 1, headed=True)
            if found:
                return found
    for index, block in enumerate(blocks):
        if len(block.text) > _TEXT and ends_sentence(block.text):
            return None
        if _begins_unheaded(blocks, index):
            return _contents(blocks, index, index, headed=False)
    return None


def is_heading(text: str) -> bool:
    """Is this the heading of a 目录, in any of its spellings?"""
    return bool(_HEADINGS.match(re.sub(r"\s", "", simplified(text))))


def _begins_unheaded(blocks: Sequence[Block], index: int) -> bool:
    lines = _lines(blocks, index, index + 2 * _FEWEST + 2)
    pages = [page for line in lines if (page := contents_page(line.text)) and page.sure]
    first = next(iter(_lines(blocks, index, index + 1)), None)
    rising = all(a.page <= b.page for a, b in pairwise(pages))
    titled = all(len(page.title) >= _SHORTEST for page in pages)
    if first is None or len(pages) < _FEWEST or not (rising and titled):
        return False
    own = contents_page(first.text)
    return bool(own and own.sure) or topic_mark(first.text) is not None


def _lines(blocks: Sequence[Block], first: int, end: int) -> list[_Line]:
    found = []
    for index in range(first, min(end, len(blocks))):
        block = blocks[index]
        texts = (
            ["\t".join(cell for cell in row if cell.strip()) for row in block.rows]
            if block.kind is Kind.TABLE
            else (block.number + block.text).split("\n")
        )
        found += [
            _Line(text=piece, block=index, place=block.place, indented=block.indented)
            for text in texts
            for piece in _columns(text)
            if piece.strip()
        ]
    return found


def _columns(line: str) -> list[str]:
    """Two entries on one line, each with its number, as in a 目录 of two columns."""
    pieces = re.split(r"(?<=[0-9０-９)）])(?:\s{3,}|\t+)(?=\S)", line.strip())
    return pieces if len(pieces) > 1 and all(number_mark(piece) for piece in pieces) else [line]


def _contents(blocks: Sequence[Block], first: int, start: int, *, headed: bool) -> Contents | None:
    lines = _lines(blocks, start, len(blocks))
    later = _Later(lines)
    read = _paged_first(_paged_alone(list(_until_text(lines, later))))
    read = _without_parts(_with_inline_topics(read, later), later)
    read = _without_heading(_counted(_paged_weakly(read)), blocks)
    unread = [line for line in read if line.topic is None and page_number(line.title) is not None]
    read = [line for line in read if line not in unread]
    joined = (_without_author(line, later) for line in _joined(read, later))
    entries = list(_entries(_with_topics(joined)))
    pages = sum(entry.page is not None for entry in entries)
    numbers = sum(entry.number is not None for entry in entries)
    if (
        not entries
        or (len(entries) < 2 and not pages)
        or (not pages and not numbers and not headed)
    ):
        return None
    end = read[-1].line.block + 1 if read else start
    return Contents(
        first=first,
        end=max(end, *(line.line.block + 1 for line in unread), start),
        headed=headed,
        entries=tuple(entries),
        unread=tuple((line.line.text, line.line.place) for line in unread),
    )


class _Later:
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


def _until_text(lines: Sequence[_Line], later: _Later) -> Iterator[_Read]:
    """The lines of the 目录: up to the first that is text, or that says again what one of them
    said: that is the first article's heading, or the topic above it."""
    seen: list[str] = []
    before = ""
    last = 0
    for line in lines:
        mark = number_mark(line.text)
        counts_on = mark is not None and mark.number == last + 1 and last > 0
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
            text = (length > 20 and line.text.rstrip().endswith("。")) or length > titles.LONGEST
            if (again and not counts_on) or text or _NOTE.match(line.text):
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


def _without_heading(read: Sequence[_Read], blocks: Sequence[Block]) -> list[_Read]:
    """Without the line right above the text: where all entries have a page and it has none, it is
    the first article's title, which the 目录 spells otherwise."""
    paged = sum(line.page_sure for line in read)
    last = read[-1] if read else None
    if last is None or last.page is not None or last.topic or paged < max(2, len(read) // 2):
        return list(read)
    following = blocks[last.line.block + 1 : last.line.block + 2]
    text = any(len(block.text) > _TEXT and ends_sentence(block.text) for block in following)
    return list(read[:-1]) if text else list(read)


def _paged_alone(read: Sequence[_Read]) -> list[_Read]:
    """A page number on the line below its title, as part of the title's line."""
    found: list[_Read] = []
    for line in read:
        page = page_number(line.line.text)
        before = found[-1] if found else None
        if page is not None and before and before.topic is None and before.page is None:
            found[-1] = replace(before, page=page, page_sure=True)
        else:
            found.append(line)
    return found


def _paged_first(read: Sequence[_Read]) -> list[_Read]:
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


def _with_inline_topics(read: Sequence[_Read], later: _Later) -> list[_Read]:
    """`要闻速递：题名……1` as a topic and an entry, where the text below has the title alone."""
    found: list[_Read] = []
    for line in read:
        parts = _INLINE.match(line.title)
        alone = parts is not None and later.has(titles.words(parts["title"]), line.line)
        if parts and alone and not later.has(titles.words(line.title), line.line):
            topic = parts["topic"] or parts["bracketed"]
            found.append(replace(line, topic=topic, page=None, page_sure=False))
            found.append(replace(line, title=parts["title"]))
        else:
            found.append(line)
    return found


_INLINE = re.compile(
    r"^(?:[【〖\[［](?P<bracketed>[^】〗\]］]{2,10})[】〗\]］]\s*|(?P<topic>[^：:\s]{2,8})[：:])"
    r"(?P<title>\S.{3,})$"
)


def _without_parts(read: Sequence[_Read], later: _Later) -> list[_Read]:
    """Without lines that only say what an article is made of: numbered in a style of their own, or
    indented, and without a page below entries that have one."""
    paged = {line.style for line in read if line.page_sure and line.style}
    bare = {line.style for line in read if line.style and not line.page_sure and not line.topic}
    parts = bare - paged
    entries = [line for line in read if line.page_sure]
    if len(entries) < 2:
        return list(read)
    if parts and paged and read[0].style not in parts:
        return [line for line in read if line.style not in parts]
    if any(line.line.indented for line in entries):
        return list(read)
    kept: list[_Read] = []
    for loose, group in groupby(read, key=_is_bare_and_indented):
        lines = list(group)
        rest = titles.words(kept[-1].title + lines[0].title) if kept else ""
        # One such line may be a topic, or the rest of the title above it.
        if not loose or len(lines) < 2 or later.has(rest, lines[0].line):
            kept += lines
    return kept


def _is_bare_and_indented(line: _Read) -> bool:
    return line.line.indented and line.page is None and line.topic is None


def _counted(read: Sequence[_Read]) -> list[_Read]:
    """`2.3个月` between the entries 1 and 3 is number 2 before a title that begins with a digit."""
    found: list[_Read] = []
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


def _paged_weakly(read: Sequence[_Read]) -> list[_Read]:
    """A number after a single space is a page where nearly all lines have one, and they rise."""
    weak = [line for line in read if line.page is not None]
    entries = [line for line in read if line.topic is None]
    pages = [line.page for line in weak if line.page is not None]
    rising = all(a <= b for a, b in pairwise(pages))
    if len(weak) < 2 or len(weak) < 0.6 * len(entries) or not rising or pages[0] > 9:
        return list(read)
    return [replace(line, page_sure=True) if line.page is not None else line for line in read]


def _read(line: _Line) -> _Read:
    text = without_bullet(line.text).strip()
    page = contents_page(text)
    title = page.title if page else text
    mark = number_mark(title)
    paged = page is not None and page.sure
    # With its page a line after an ornament is an entry, one in brackets still a topic.
    topic = topic_mark(title if paged else line.text.strip()) if not mark else None
    if topic is None and not mark and not page and re.fullmatch(r"[^:：。]{2,14}[:：]", text):
        topic = text[:-1]
    return _Read(
        line=line,
        style=mark.style if mark else None,
        number=mark.number if mark else None,
        title=without_mark(title),
        page=page.page if page else None,
        page_sure=bool(page and page.sure),
        topic=topic,
    )


def _joined(read: Sequence[_Read], later: _Later) -> Iterator[_Read]:
    """Titles over two lines as one: the first has no page number, the second no number of its own.
    A short line without either may be a topic; the headings of the text tell."""
    paged = sum(line.page_sure for line in read) >= max(1, len(read) // 3)
    waiting: _Read | None = None
    done: _Read | None = None
    for line in read:
        if done:
            joined = _together(done, line, page=done)
            below = line.style is None and line.topic is None and line.page is None
            if below and later.has(titles.words(joined.title), line.line):
                done = joined
                continue
            yield done
            done = None
        if waiting:
            joined = _together(waiting, line, page=line)
            goes_on = line.style is None and line.topic is None
            known = later.has(titles.words(joined.title), line.line)
            numbered = waiting.style is not None and waiting.title
            if goes_on and (known or (numbered and (line.page_sure or not paged))):
                waiting = None
                if not joined.page_sure and paged:
                    waiting = joined
                else:
                    done = joined
                continue
            yield waiting
            waiting = None
        unfinished = paged and not line.page_sure and line.topic is None
        # The number after a single space is a page where no other line says better.
        if unfinished and not (line.page and later.has(titles.words(line.title), line.line)):
            waiting = _without_page(line)
        elif not line.page_sure and not (
            line.page and later.has(titles.words(line.title), line.line)
        ):
            yield _without_page(line)
        else:
            done = line
    for last in (done, waiting):
        if last:
            yield last


def _without_author(line: _Read, later: _Later) -> _Read:
    """The title without the columns after it (author, source), where the first alone stands again
    above the text."""
    cells = re.split(r"\s*\t\s*", line.title)
    known = [
        end for end in range(1, len(cells)) if later.has(titles.words(_row(cells[:end])), line.line)
    ]
    return replace(line, title=_row(cells[: known[-1]])) if known else line


def _row(cells: Sequence[str]) -> str:
    return "\t".join(cells)


def _without_page(line: _Read) -> _Read:
    """The line with the number that was taken for a page back in its title."""
    if line.page is None or line.page_sure:
        return line
    return replace(line, title=without_mark(line.line.text.strip()), page=None)


def _together(first: _Read, second: _Read, *, page: _Read) -> _Read:
    """Two lines of one title, one of which has its page. Between Han and Han the line end was the
    only space."""
    left = first.title
    right = second.title
    gap = " " if left[-1:].isascii() and right[:1].isascii() else ""
    return replace(first, title=left + gap + right, page=page.page, page_sure=page.page_sure)


def _with_topics(lines: Iterator[_Read]) -> Iterator[_Read]:
    """Lines that are topics by what stands around them: numbered in a style of their own
    (一、政务云 above （一）…), or short and without a page where all others have one."""
    read = list(lines)
    paged = sum(line.page is not None for line in read)
    marked = sum(line.topic is not None for line in read)
    outer = _outer_style(read)
    for position, line in enumerate(read):
        following = read[position + 1] if position + 1 < len(read) else None
        above = following is not None and following.topic is None
        short = 2 <= len(line.title) <= _LONGEST_TOPIC and not ends_sentence(line.title)
        if line.topic is None and above and short:
            numbered = outer is not None and line.style == outer
            bare = not marked and line.style is None and line.page is None and paged > 1
            others_numbered = bare and following is not None and following.page is not None
            if numbered or others_numbered:
                yield replace(line, topic=line.title)
                continue
        yield line


def _outer_style(read: Sequence[_Read]) -> str | None:
    """The style of numbers that topics have: the first of two styles, each of its lines above one
    of the other style."""
    styles = [line.style for line in read if line.style and line.topic is None]
    if len(set(styles)) < 2:
        return None
    outer = styles[0]
    if styles[-1] == outer or styles.count(outer) * 2 > len(styles):
        return None
    doubled = any(a == b == outer for a, b in pairwise(styles))
    return None if doubled else outer


def _entries(lines: Iterator[_Read]) -> Iterator[Entry]:
    topic: str | None = None
    for line in lines:
        if line.topic is not None:
            topic = line.topic
        elif titles.words(line.title):
            yield Entry(
                title=line.title,
                number=line.number,
                page=line.page,
                page_sure=line.page_sure,
                topic=topic,
                place=line.line.place,
            )
