"""Lines of a 目录 become entries: titles over two lines joined, topics told from titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bulletin_site.importing import titles
from bulletin_site.importing.contents_lines import Later, Read, without_page
from bulletin_site.importing.manuscript import Place
from bulletin_site.importing.marks import (
    BULLETS,
    ends_sentence,
)

_LONGEST_TOPIC = 14


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


def with_inline_topics(read: Sequence[Read], later: Later) -> list[Read]:
    """`要闻速递：题名……1` as a topic and an entry, where the text below has the title alone."""
    found: list[Read] = []
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


def without_ornaments(read: Sequence[Read]) -> list[Read]:
    """An ornament that stands before line after line marks entries: no topic stands right above
    another one."""
    marks = {_ornament(line) for line in read if line.topic is not None} - {""}
    for mark in marks:
        own = [i for i, line in enumerate(read) if _ornament(line) == mark]
        above = [read[i + 1] for i in own[:-1] if read[i].topic is not None]
        if len(own) > 1 and all(_ornament(line) == mark or _in_brackets(line) for line in above):
            read = [replace(line, topic=None) if _ornament(line) == mark else line for line in read]
    return list(read)


def _ornament(line: Read) -> str:
    first = line.line.text.strip()[:1]
    return first if first in BULLETS else ""


def _in_brackets(line: Read) -> bool:
    return line.topic is not None and not _ornament(line)


def without_parts(read: Sequence[Read], later: Later) -> list[Read]:
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
    kept: list[Read] = []
    for loose, group in groupby(read, key=_is_bare_and_indented):
        lines = list(group)
        rest = titles.words(kept[-1].title + lines[0].title) if kept else ""
        # One such line may be a topic, or the rest of the title above it.
        if not loose or len(lines) < 2 or later.has(rest, lines[0].line):
            kept += lines
    return kept


def _is_bare_and_indented(line: Read) -> bool:
    return line.line.indented and line.page is None and line.topic is None


def with_joined_titles(read: Sequence[Read], later: Later) -> Iterator[Read]:
    """Titles over two lines as one: the first has no page number, the second no number of its own.
    A short line without either may be a topic; the headings of the text tell."""
    paged = sum(line.page_sure for line in read) >= max(1, len(read) // 3)
    waiting: Read | None = None
    done: Read | None = None
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
            waiting = without_page(line)
        elif not line.page_sure and not (
            line.page and later.has(titles.words(line.title), line.line)
        ):
            yield without_page(line)
        else:
            done = line
    for last in (done, waiting):
        if last:
            yield last


def _together(first: Read, second: Read, *, page: Read) -> Read:
    """Two lines of one title, one of which has its page. Between Han and Han the line end was the
    only space."""
    left = first.title
    right = second.title
    gap = " " if left[-1:].isascii() and right[:1].isascii() else ""
    return replace(first, title=left + gap + right, page=page.page, page_sure=page.page_sure)


def with_topics(lines: Iterator[Read]) -> Iterator[Read]:
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


def _outer_style(read: Sequence[Read]) -> str | None:
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


def entries_of(lines: Iterator[Read]) -> Iterator[Entry]:
    """The entries, each under the topic above it."""
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
