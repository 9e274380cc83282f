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
_NEAR = 0.4
"""In ems: places this near are the same."""
_MOSTLY = 0.8
"""The share of a page's rows that a gutter divides at least, if few show both columns."""


@dataclass(frozen=True, kw_only=True)
class Line(Row):
    """A row, or the part of it in one column. `column`: 0 across the page, 1 left, 2 right."""

    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gutter:
    """Between two columns: a place in it; where the lines of the left-hand column begin and where
    full ones end; where those of the right-hand column begin."""

    place: float
    left: float
    end: float
    start: float


def gutter_of(pages: Sequence[Sequence[Row]], em: float) -> Gutter | None:
    """Of most pages of the document that stand in columns; None: it has no columns."""
    found = [gutter for rows in pages if (gutter := _gutter_of_page(rows, em)) is not None]
    starts = Counter(round(gutter.start) for gutter in found)
    return max(found, key=lambda gutter: starts[round(gutter.start)], default=None)


def lines_of(rows: Sequence[Row], em: float, usual: Gutter | None) -> Iterator[Line]:
    """The lines of one page. `usual`: the document's columns, which also those parts of a page have
    that are too short to show any."""
    gutter = _gutter_of_page(rows, em)
    if gutter is None and usual is not None and not _is_crossed(rows, usual, em):
        gutter = usual
    if gutter is None:
        yield from (_line(row, row.characters, 0) for row in rows)
        return
    for divided, group in groupby(rows, key=lambda row: _is_divided(row, gutter)):
        run = list(group)
        whole_page = usual is not None and len(run) == len(rows) >= _LEAST_ROWS
        if not divided or not (whole_page or _is_in_columns(run, gutter, em)):
            yield from (_line(row, row.characters, 0) for row in run)
            continue
        for column in (1, 2):
            for row in run:
                part = _part(row, gutter, right=column == 2)
                if any(not one.is_space for one in part):
                    yield _line(row, part, column)


def _gutter_of_page(rows: Sequence[Row], em: float) -> Gutter | None:
    """Where the page shows columns by itself."""
    gutter = _gutter(rows, em)
    if gutter is None:
        return None
    shown = any(_are_columns(run, gutter, em) for run in _runs(rows, gutter))
    return gutter if shown or _is_mostly_left(rows, gutter, em) else None


def _is_mostly_left(rows: Sequence[Row], gutter: Gutter, em: float) -> bool:
    """Whether the left-hand column is full, and of the right-hand one there is a line or two."""
    divided = [row for row in rows if _is_divided(row, gutter)]
    both = [row for row in divided if row.left < gutter.place < row.right]
    full = [row for row in divided if abs(row.right - gutter.end) < em * _NEAR]
    return (
        len(divided) > len(rows) * _MOSTLY
        and len(full) >= 2 * _LEAST_ROWS
        and bool(both)
        and all(_begins_both(row, gutter, em) for row in both)
    )


def _is_crossed(rows: Sequence[Row], gutter: Gutter, em: float) -> bool:
    """Whether the text of the page runs across the gutter: a cover, a table of contents. Titles do
    so in a page of columns, in larger type."""
    text = [row for row in rows if row.size <= em + 0.5]
    crossing = [row for row in text if _crosses(row, gutter)]
    both = sum(_begins_both(row, gutter, em) for row in text if row not in crossing)
    return len(crossing) >= 2 and len(crossing) > both


def _crosses(row: Row, gutter: Gutter) -> bool:
    return any(one.left < gutter.place < one.right for one in row.visible)


def _runs(rows: Sequence[Row], gutter: Gutter) -> Iterator[list[Row]]:
    for in_columns, group in groupby(rows, key=lambda row: _is_divided(row, gutter)):
        if in_columns:
            yield list(group)


def _is_in_columns(rows: Sequence[Row], gutter: Gutter, em: float) -> bool:
    """Whether rows that the gutter divides stand in columns: however few they are, the gutter is
    known from others."""
    if _are_columns(rows, gutter, em):
        return True
    both = [row for row in rows if row.left < gutter.place < row.right]
    if both:
        return 2 * sum(_begins_both(row, gutter, em) for row in both) >= len(both)
    full = sum(abs(row.right - gutter.end) < em * _NEAR for row in rows)
    return full >= 2 and full >= len(rows) * _BEGIN_TOGETHER


def _begins_both(row: Row, gutter: Gutter, em: float) -> bool:
    """Whether a line of the right-hand column stands beside one of the left, both with or without
    an indent."""
    right = next((one.left for one in row.visible if one.left >= gutter.place), None)
    return right is not None and all(
        abs(offset) < em * _NEAR or abs(offset - 2 * em) < em * _NEAR
        for offset in (row.left - gutter.left, right - gutter.start)
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
    ends = Counter(round(start) for start, end in gaps if start < place < end)
    lefts = Counter(round(row.left) for row in rows if row.left < place)
    firsts = (next((one for one in row.visible if one.left >= place), None) for row in rows)
    begins = Counter(round(one.left) for one in firsts if one is not None)
    return Gutter(place=place, left=_usual(lefts), end=_usual(ends), start=_usual(begins))


def _usual(places: Counter[int]) -> int:
    return places.most_common(1)[0][0]


def _is_divided(row: Row, gutter: Gutter) -> bool:
    """Whether the row may be two lines: no text where the gutter would be, and right of it no mere
    page number that belongs to what stands on the left."""
    if _crosses(row, gutter):
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
    together = max(sum(abs(start - other) < em * _NEAR for other in starts) for start in starts)
    return mean(map(len, parts)) >= _LEAST_CHARACTERS and together >= len(both) * _BEGIN_TOGETHER


def _part(row: Row, gutter: Gutter, *, right: bool) -> list[Character]:
    return [one for one in row.characters if (one.left >= gutter.place) == right]
