"""The marks with which this program's own files say where a printed page begins, in the middle of a
sentence too: `{p6}` in Markdown, 〔第6页〕 in text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin_site.importing.manuscript import Aside, Block, PageEnd, Place
from bulletin_site.importing.text_lines import Line

_WRITTEN = re.compile(r"(?<!\\)\{p([1-9][0-9]{0,4})\}|〔第([1-9][0-9]{0,4})页〕")
_KEPT = re.compile("\ue000([0-9]+)\ue001")
"""A mark while lines become paragraphs: no text has these characters of private use, and nothing
takes them for a number of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The lines of a file with the marks in them; its `asides` are the marks that stood on lines of
    their own. `pages`: the printed pages that begin in it."""

    lines: tuple[Line, ...]
    asides: tuple[Aside, ...]
    pages: tuple[int, ...]


def with_page_marks(lines: Sequence[Line]) -> Marked:
    """Pages by the marks, where lines have any; a line after one that stood alone begins a page."""
    page = 0
    begins = False
    kept: list[Line] = []
    asides: list[Aside] = []
    pages: list[int] = []
    for line in lines:
        found = [int(mark[1] or mark[2]) for mark in _WRITTEN.finditer(line.text)]
        if found and not _WRITTEN.sub("", line.text).strip():
            page, begins = found[-1], True
            place = Place(page=page, line=line.place.line)
            asides.append(Aside(text=line.text.strip(), place=place, reason="页码"))
        else:
            text = _WRITTEN.sub(lambda mark: f"\ue000{mark[1] or mark[2]}\ue001", line.text)
            starts = begins and bool(text.strip())
            place = Place(page=page, line=line.place.line) if page else line.place
            kept.append(replace(line, text=text, place=place, starts_page=starts))
            begins = begins and not starts
            page = found[-1] if found else page
        pages += found
    if not pages:
        return Marked(lines=tuple(lines), asides=(), pages=())
    return Marked(lines=tuple(kept), asides=tuple(asides), pages=tuple(pages))


def with_page_ends(blocks: Iterable[Block]) -> Iterator[tuple[Block, tuple[Aside, ...]]]:
    """Each paragraph without the marks in it, a page ending at each; and the marks."""
    for block in blocks:
        pieces = _KEPT.split(block.text)
        if len(pieces) == 1:
            yield block, ()
            continue
        ends: list[PageEnd] = []
        text = pieces[0]
        for page, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            ends.append(PageEnd(offset=len(text), page=int(page)))
            text += piece
        asides = tuple(Aside(text=f"第{e.page}页", place=block.place, reason="页码") for e in ends)
        yield replace(block, text=text, page_ends=(*block.page_ends, *ends)), asides
