"""Rows → lines in the order in which they are read: across the page, or column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean

from bulletin_site.importing.pdf.characters import Character
from bulletin_site.importing.pdf.rows import Row

_GUTTER = 1.0
"""In ems: the least space between two columns."""
_LEAST_ROWS = 4
_LEAST_CHARACTERS = 5.0
"""On average in a right-hand column: fewer are the page numbers of a table of contents."""
_BEGIN_TOGETHER = 0.4
"""The least share of a column's lines that begin at the same place."""


@dataclass(frozen=True, kw_only=True)
class Line(Row):
    """A row, or the part of it in one column. `column`: 0 across the page, 1 left, 2 right."""

    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gutter:
    """Between two columns: a place in it, and where the lines of the right-hand column begin."""

    place: float
    start: float


def gutter_of(pages: Sequence[Sequence[Row]], em: float) -> Gutter | None:
    """Of most pages of the document that stand in columns; None: it has no columns."""
    found = []
    for rows in pages:
        gutter = _gutter(rows, em)
        if gutter is not None and any(_are_columns(run, gutter, em) for run in _runs(rows, gutter)):
            found.append(gutter)
    starts = Counter(round(gutter.start) for gutter in found)
    return max(found, key=lambda gutter: starts[round(gutter.start)], default=None)


def lines_of(rows: Sequence[Row], em: float, usual: Gutter | None) -> Iterator[Line]:
    """The lines of one page. `usual`: the document's columns, which also those parts of a page have
    that are too short to show any."""
    own = _gutter(rows, em)
    gutter = own
    if own is None or not any(_are_columns(run, own, em) for run in _runs(rows, own)):
        gutter = usual
    if gutter is None:
        yield from (_line(row, row.characters, 0) for row in rows)
        return
    for in_columns, group in groupby(rows, key=lambda row: _is_divided(row, gutter)):
        run = list(group)
        whole_page = usual is not None and len(run) == len(rows) >= _LEAST_ROWS
        known = gutter is usual and (whole_page or _shows(run, gutter, em))
        if not in_columns or not (known or _are_columns(run, gutter, em)):
            yield from (_line(row, row.characters, 0) for row in run)
            continue
        for column in (1, 2):
            for row in run:
                part = _part(row, gutter, right=column == 2)
                if any(not one.is_space for one in part):
                    yield _line(row, part, column)


def _runs(rows: Sequence[Row], gutter: Gutter) -> Iterator[list[Row]]:
    for in_columns, group in groupby(rows, key=lambda row: _is_divided(row, gutter)):
        if in_columns:
            yield list(group)


def _shows(rows: Sequence[Row], gutter: Gutter, em: float) -> bool:
    """Whether a line of the right-hand column stands beside one of the left."""
    return any(
        row.left < gutter.place and any(abs(one.left - gutter.start) < em for one in row.visible)
        for row in rows
    )


def _line(row: Row, characters: Sequence[Character], column: int) -> Line:
    return Line(page=row.page, characters=tuple(characters), column=column)


def _gutter(rows: Sequence[Row], em: float) -> Gutter | None:
    """Where most rows have a wide gap near the middle of the text."""
    if len(rows) < _LEAST_ROWS:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    gaps = [
        (before.right, after.left)
        for row in rows
        for before, after in pairwise(row.visible)
        if after.left - before.right >= _GUTTER * em
    ]
    middle, width = (left + right) / 2, right - left
    places = [(end - 0.25 * em) for _, end in gaps if abs(end - middle) < width * 0.2]
    if not places:
        return None
    place = max(places, key=lambda place: sum(start < place < end for start, end in gaps))
    firsts = (next((one for one in row.visible if one.left >= place), None) for row in rows)
    begins = Counter(round(one.left) for one in firsts if one is not None)
    return Gutter(place=place, start=begins.most_common(1)[0][0])


def _is_divided(row: Row, gutter: Gutter) -> bool:
    """Whether the row may be two lines: no text where the gutter would be, and right of it no mere
    page number that belongs to what stands on the left."""
    if any(one.left < gutter.place < one.right for one in row.visible):
        return False
    left = [one for one in row.visible if one.right <= gutter.place]
    right = [one for one in row.visible if one.left >= gutter.place]
    if not left or not right:
        return True
    if all(one.text.isdigit() for one in right) and right[0].left - gutter.start > row.size:
        return False
    return right[0].left - left[-1].right >= _GUTTER * row.size * 0.7


def _are_columns(rows: Sequence[Row], gutter: Gutter, em: float) -> bool:
    both = [row for row in rows if row.visible[0].left < gutter.place < row.visible[-1].right]
    if len(both) < _LEAST_ROWS:
        return False
    parts = [[one for one in _part(row, gutter, right=True) if not one.is_space] for row in both]
    starts = [part[0].left for part in parts]
    together = max(sum(abs(start - other) < em * 0.4 for other in starts) for start in starts)
    return mean(map(len, parts)) >= _LEAST_CHARACTERS and together >= len(both) * _BEGIN_TOGETHER


def _part(row: Row, gutter: Gutter, *, right: bool) -> list[Character]:
    return [one for one in row.characters if (one.left >= gutter.place) == right]
