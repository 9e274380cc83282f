"""Lines become paragraphs: a line each, or as many as an editor or a scanner broke one into."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bulletin_site.importing.manuscript import (
    Alignment,
    Block,
    Kind,
    PageEnd,
)
from bulletin_site.importing.marks import ORNAMENTS, ends_sentence, number_mark
from bulletin_site.importing.text_lines import Line

_HEADING = re.compile(r"^ {0,3}(#{1,6}|＃{1,6})[ \t\u3000]*(?P<text>.*?)[ \t]*#*[ \t]*$")
_BOLD = re.compile(r"^(\*\*|__)(?P<text>(?:(?!\1).)+)\1$")
_SLANTED = re.compile(r"^(\*|_)(?P<text>(?:(?!\1).)+)\1$")
_LIST = re.compile(r"^[ ]{0,3}[-*+][ ]+(?=[0-9０-９]{1,3}[、.．])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PICTURE = re.compile(r"^!\[(?P<text>[^\]]*)\]\([^)]*\)$")
_ROW = re.compile(r"^\|.*\|$")
_RULED = re.compile(r"^\|[\s:|-]+\|$")
_RULE = re.compile(r"^[ \t]*(?:[-*_—＿─━=＝]{3,}|(?:[-*_] ?){3,})[ \t]*$")
_UNDERLINE = re.compile(r"^[ ]{0,3}(?:=+|-{3,})[ ]*$")
_LEADER = re.compile(r"(?:[.．·…‥⋯┄┈─_＿•・∙—–-]\s?){3,}|…{2,}|\t|[ \u3000]{2,}")
_FIGURES = re.compile(r"[0-9０-９]{1,3}")
_BEGINS = re.compile(rf"[{ORNAMENTS}【〖]|[（(]?[一二三四五六七八九十]+[）)、]")
_CELL_END = re.compile(r"\t+| \| ")
_MOST_WIDTH = 104
_FULL = 3
_APART = 8
_OPEN_ENDED = 0.6


def width_of(text: str) -> int:
    """How many half ems a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _has_leader(text: str) -> bool:
    """Do dots or blanks lead to a number at the end of a line, as in a 目录? Looked at from the end
    on: one pattern for all takes minutes over a line of blanks."""
    end = _without(text, len(text), lambda one: not _is_of_word(one))
    start = _without(text, end, _is_of_word)
    # An underscore is one of a word to Python, and a leader to a typist.
    start = max(start, text.rfind("_", start, end) + 1)
    if not _FIGURES.fullmatch(text, start, end):
        return False
    first = _without(text, start, lambda one: one == "_" or not _is_of_word(one))
    after = text.rfind("_", first, start)
    return any(found.end() > after for found in _LEADER.finditer(text, first, start))


def _without(text: str, end: int, is_left: Callable[[str], bool]) -> int:
    """Where the part of a text before `end` ends, without the characters at its end that are left
    out."""
    while end and is_left(text[end - 1]):
        end -= 1
    return end


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def wrapped_at(lines: Sequence[Line]) -> int | None:
    """The width at which paragraphs were broken into lines, in half ems; nothing where a line is a
    paragraph. Of broken text many lines have nearly one width, hardly any of them ends a sentence,
    and few are wider. The lines of a 目录 do not count."""
    texts = [line.text.rstrip() for line in lines if len(line.text.strip()) > 1]
    texts = [text for text in texts if not _has_leader(text)]
    widths = Counter(width_of(text) for text in texts)
    total = len(texts)
    near = {w: sum(widths[w - less] for less in range(_FULL + 1)) for w in widths if w >= 24}
    if total < 8 or not near:
        return None
    width = max(near, key=lambda w: (near[w], w))
    wider = sum(count for w, count in widths.items() if w > width + 2)
    if width > _MOST_WIDTH or near[width] < 0.25 * total or wider > 0.5 * near[width]:
        return None
    full = [text for text in texts if width - _FULL <= width_of(text) <= width]
    open_ended = sum(not ends_sentence(text) for text in full)
    return width if open_ended >= _OPEN_ENDED * len(full) else None


def blocks_of(lines: Sequence[Line], width: int | None) -> Iterator[Block]:
    """Paragraphs. In broken text a line goes on in the next one, unless that begins anything."""
    indented = _indents(lines, width)
    spaced = _spaced(lines, width)
    open_block: Block | None = None
    rows: list[Line] = []
    last: Line | None = None
    for position, line in enumerate(lines):
        text = line.text
        if rows and not _is_row(text):
            yield from _table(rows)
            rows = []
        if not text.strip():
            continue
        following = _next(lines, position)
        if _RULE.match(text):
            if open_block and _UNDERLINE.match(text) and _is_title(open_block):
                open_block = replace(open_block, level=1 if "=" in text else 2)
            continue
        if _is_row(text) and (rows or _is_row(following.text)):
            if open_block:
                yield open_block
                open_block = None
            rows.append(line)
            continue
        blank = position > 0 and not lines[position - 1].text.strip()
        if open_block and last and width and not (indented or spaced or blank):
            open_block = _undecided(open_block, last, line, width)
        if (
            open_block is not None
            and last is not None
            and width is not None
            and _goes_on(
                last, line, following, width=width, blank=blank, indented=indented, spaced=spaced
            )
        ):
            open_block = _joined(open_block, line)
        else:
            if open_block:
                yield open_block
            open_block = _block(line, width)
        last = line
    yield from _table(rows)
    if open_block:
        yield open_block


def _next(lines: Sequence[Line], position: int) -> Line:
    """The next line that is not blank, or else an empty one."""
    for line in lines[position + 1 : position + 8]:
        if line.text.strip():
            return line
    return Line(text="", place=lines[position].place)


def _is_row(text: str) -> bool:
    """A row of a table: between bars, or of three and more cells parted by tabs or bars."""
    stripped = text.strip()
    return bool(_ROW.match(stripped)) or len(_CELL_END.split(stripped)) >= 3


def _is_title(block: Block) -> bool:
    return len(block.text) <= 60 and not ends_sentence(block.text) and block.kind is Kind.TEXT


def _indents(lines: Sequence[Line], width: int | None) -> bool:
    """Do paragraphs of broken text begin with space?"""
    if width is None:
        return False
    starts = [_is_indented(line.text) for line in lines if line.text.strip()]
    return sum(starts) > 0.1 * len(starts)


def _spaced(lines: Sequence[Line], width: int | None) -> bool:
    """Does a blank line follow where a paragraph of broken text ends?"""
    if width is None:
        return False
    ends = [
        not following.text.strip()
        for line, following in pairwise(lines)
        if line.text.strip()
        and width_of(line.text.rstrip()) < width - 2 * _FULL
        and ends_sentence(line.text)
    ]
    return len(ends) >= 3 and sum(ends) >= 0.8 * len(ends)


def _is_indented(text: str) -> bool:
    return text.startswith(("\u3000", "  ", "\t"))


def _goes_on(
    last: Line,
    line: Line,
    following: Line,
    *,
    width: int,
    blank: bool,
    indented: bool,
    spaced: bool,
) -> bool:
    """Does the paragraph that `last` belongs to go on in `line`? With indents only a line without
    one goes on. A line that is not full is the last one of its paragraph, but for a long word that
    went to the next one."""
    if _is_indented(line.text) or _HEADING.match(line.text) or _lead(last.text) >= _APART:
        return False
    if blank and not line.starts_page:
        return False
    if _has_leader(last.text) or _has_leader(line.text) or _BEGINS.match(line.text):
        return False
    room = width - width_of(last.text.rstrip())
    ended = ends_sentence(last.text)
    latin = re.match(r"[!-~]*", line.text)
    word = len(latin[0]) if latin else 0
    spare = 0.4 * width if indented and not ended else _FULL + word
    if room > spare:
        return False
    if spaced and not indented:
        return True
    if not indented:
        return not ended or (room <= 1 and not _begins_title(line, following, width))
    return not ended or not (number_mark(line.text) or _begins_title(line, following, width))


def _begins_title(line: Line, following: Line, width: int) -> bool:
    """Is a line without indent a title: short, and above an indented line?"""
    short = width_of(line.text.rstrip()) < width - 2 * _FULL and not ends_sentence(line.text)
    return short and (_is_indented(following.text) or number_mark(line.text) is not None)


def _lead(text: str) -> int:
    return width_of(text[: len(text) - len(text.lstrip())])


def _undecided(block: Block, last: Line, line: Line, width: int) -> Block:
    """A paragraph whose last line is full and ends a sentence: without indents and without blank
    lines nothing tells whether it goes on."""
    full = width - width_of(last.text.rstrip()) <= _FULL and ends_sentence(last.text)
    begins = _BEGINS.match(line.text) or _is_indented(line.text) or number_mark(line.text)
    return replace(block, whole=False) if full and not begins else block


def _joined(block: Block, line: Line) -> Block:
    """A paragraph and its next line: a space only between Latin words."""
    text = line.text.strip()
    gap = " " if block.text[-1:].isascii() and text[:1].isascii() else ""
    ends = block.page_ends
    if line.starts_page:
        ends = (*ends, PageEnd(offset=len(block.text), page=line.place.page))
    return replace(block, text=block.text + gap + text, page_ends=ends)


def _block(line: Line, width: int | None) -> Block:
    text, level, bold = line.text, None, False
    heading = _HEADING.match(text)
    if heading:
        text, level = heading["text"], len(heading[1])
    text = _LIST.sub("", text)
    alignment = _alignment(text, width)
    indented = _is_indented(text) and alignment is Alignment.START
    text = text.strip()
    strong = _BOLD.match(text)
    if strong:
        text, bold = strong["text"].strip(), True
    slanted = _SLANTED.match(text)
    if slanted:
        text = slanted["text"].strip()
    picture = _PICTURE.match(text)
    ends = (PageEnd(offset=0, page=line.place.page),) if line.starts_page else ()
    return Block(
        text=picture["text"] if picture else _ESCAPE.sub(r"\1", text),
        place=line.place,
        kind=Kind.PICTURE if picture else Kind.TEXT,
        page_ends=ends,
        level=level,
        bold=bold,
        alignment=alignment,
        indented=indented,
    )


def _alignment(text: str, width: int | None) -> Alignment:
    """Where a line stands by the space before it: much of it on both sides, or only before it."""
    lead = _lead(text)
    if lead < _APART:
        return Alignment.START
    if width is None:
        return Alignment.CENTRE
    right = width - width_of(text.rstrip())
    return Alignment.CENTRE if abs(lead - right) <= _APART else Alignment.END


def _table(lines: Sequence[Line]) -> Iterator[Block]:
    """The table in rows of Markdown; none where they hold nothing."""
    rows = tuple(
        tuple(cell.strip() for cell in _cells(line.text.strip()))
        for line in lines
        if not _RULED.match(line.text.strip())
    )
    if not any(cell for row in rows for cell in row):
        return
    ends = (PageEnd(offset=0, page=lines[0].place.page),) if lines[0].starts_page else ()
    yield Block(
        text="\n".join("\t".join(row) for row in rows),
        place=lines[0].place,
        kind=Kind.TABLE,
        page_ends=ends,
        rows=rows,
    )


def _cells(row: str) -> list[str]:
    return row[1:-1].split("|") if _ROW.match(row) else _CELL_END.split(row)
