"""The printed table of contents (目录): which lines of the file it takes, and its topics, titles
and page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bulletin_site.importing.contents_entries import (
    Entry,
    entries_of,
    with_inline_topics,
    with_joined_titles,
    with_topics,
    without_ornaments,
    without_parts,
)
from bulletin_site.importing.contents_lines import (
    Later,
    Read,
    counted_on,
    is_heading,
    lines_of,
    paged_alone,
    paged_first,
    paged_weakly,
    until_text,
    without_author,
)
from bulletin_site.importing.manuscript import Block, Place
from bulletin_site.importing.marks import (
    contents_page,
    ends_sentence,
    page_number,
    topic_mark,
)
from bulletin_site.pages.plain_files import NOTE_HEADING

_FEWEST = 3
_SHORTEST = 4
_TEXT = 60


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


def _begins_unheaded(blocks: Sequence[Block], index: int) -> bool:
    lines = lines_of(blocks, index, index + 2 * _FEWEST + 2)
    pages = [page for line in lines if (page := contents_page(line.text)) and page.sure]
    first = next(iter(lines_of(blocks, index, index + 1)), None)
    rising = all(a.page <= b.page for a, b in pairwise(pages))
    titled = all(len(page.title) >= _SHORTEST for page in pages)
    if first is None or len(pages) < _FEWEST or not (rising and titled):
        return False
    own = contents_page(first.text)
    return bool(own and own.sure) or topic_mark(first.text) is not None


def _contents(blocks: Sequence[Block], first: int, start: int, *, headed: bool) -> Contents | None:
    lines = lines_of(blocks, start, len(blocks))
    later = Later(lines)
    listed = takewhile(lambda one: one.line.text.strip() != NOTE_HEADING, until_text(lines, later))
    read = without_ornaments(list(listed))
    read = paged_first(paged_alone(read))
    read = without_parts(with_inline_topics(read, later), later)
    read = _without_heading(counted_on(paged_weakly(read)), blocks)
    unread = [line for line in read if line.topic is None and page_number(line.title) is not None]
    read = [line for line in read if line not in unread]
    joined = (without_author(line, later) for line in with_joined_titles(read, later))
    entries = list(entries_of(with_topics(joined)))
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


def _without_heading(read: Sequence[Read], blocks: Sequence[Block]) -> list[Read]:
    """Without the line right above the text: where all entries have a page and it has none, it is
    the first article's title, which the 目录 spells otherwise."""
    paged = sum(line.page_sure for line in read)
    last = read[-1] if read else None
    if last is None or last.page is not None or last.topic or paged < max(2, len(read) // 3):
        return list(read)
    following = blocks[last.line.block + 1 : last.line.block + 2]
    text = any(len(block.text) > _TEXT // 2 and ends_sentence(block.text) for block in following)
    return list(read[:-1]) if text else list(read)
