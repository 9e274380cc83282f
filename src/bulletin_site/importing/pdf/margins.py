"""Between which margins the lines of a page stand, and how its typist shows where a paragraph
begins."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bulletin_site.importing.pdf.columns import Line
from bulletin_site.importing.pdf.rows import main_size, usual_pitch

_INDENT = (1.2, 4.6)
"""In ems: first lines are indented by this much. Two are usual."""
_LEAST_INDENTED = 0.08
"""The least share of indented lines in a text whose paragraphs begin with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Left and right edge of the lines of one column of a page."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`size`: of the text's type; `pitch`: from baseline to baseline; both in points.
    `margins`: by page and column. `indents`: paragraphs begin with an indented line."""

    size: float
    pitch: float
    margins: Mapping[tuple[int, int], Margins]
    indents: bool

    def of(self, line: Line) -> Margins:
        return self.margins[line.page, line.column]

    def offset(self, line: Line) -> float:
        """From the left margin, in ems."""
        return (line.left - self.of(line).left) / line.size

    def room(self, line: Line) -> float:
        """What is left of the line before the right margin, in points."""
        return self.of(line).right - line.right

    def is_indented(self, line: Line) -> bool:
        return _INDENT[0] <= self.offset(line) <= _INDENT[1]


def layout_of(lines: Sequence[Line]) -> Layout:
    size = main_size(lines)
    margins = _margins(lines, size)
    layout = Layout(size=size, pitch=usual_pitch(lines), margins=margins, indents=False)
    text = [line for line in lines if abs(line.size - size) < 1]
    indented = sum(layout.is_indented(line) for line in text)
    return Layout(
        size=size,
        pitch=layout.pitch,
        margins=margins,
        indents=indented > 0 and indented >= len(text) * _LEAST_INDENTED,
    )


def _margins(lines: Sequence[Line], size: float) -> dict[tuple[int, int], Margins]:
    columns: dict[int, list[Line]] = defaultdict(list)
    pages: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
        pages[line.page, line.column].append(line)
    usual = {column: _left(own, size) for column, own in columns.items()}
    left = {
        (page, column): _left_of_page(own, usual[column], size)
        for (page, column), own in pages.items()
    }
    widths = {
        column: _most([_end(line) - left[line.page, column] for line in own], size)
        for column, own in columns.items()
    }
    margins = {key: Margins(left=left[key], right=left[key] + widths[key[1]]) for key in pages}
    return margins | {(page, 0): _across(margins, page) for page, column in pages if column == 0}


def _across(margins: Mapping[tuple[int, int], Margins], page: int) -> Margins:
    """Of lines across a page, which are few where the rest stands in columns: also of the pages
    that have columns it is known how wide they are."""
    own = [margins[page, column] for column in (0, 1, 2) if (page, column) in margins]
    left, right = min(one.left for one in own), max(one.right for one in own)
    widths = [
        margins[other, 2].right - margins[other, 1].left
        for other, column in margins
        if column == 2 and (other, 1) in margins
    ]
    return Margins(left=left, right=max([right, *(left + width for width in widths)]))


def _left(lines: Sequence[Line], size: float) -> float:
    """The leftmost place where several lines begin: single ones may hang out."""
    starts = sorted(line.left for line in lines)
    needed = max(2, len(starts) * 0.06)
    for index, start in enumerate(starts):
        if bisect_left(starts, start + size * 0.3) - index >= needed:
            return start
    return starts[0]


def _left_of_page(lines: Sequence[Line], usual: float, size: float) -> float:
    """The document's left margin if lines of the page begin there, else (odd and even pages may
    differ) where its own do."""
    near = [line.left for line in lines if abs(line.left - usual) < size * 0.3]
    if near:
        return min(near)
    own = _left(lines, size)
    together = sum(abs(line.left - own) < size * 0.3 for line in lines)
    indented = abs(own - usual - size * 2) < size * 0.3
    return usual if together < 3 or indented else own


def _end(line: Line) -> float:
    """Where a line ends, but for punctuation that may hang over the margin."""
    last = line.visible[-1]
    hangs = last.text in "，。、；：,." and len(line.visible) > 1
    return line.visible[-2].right if hangs else line.right


def _most(widths: Sequence[float], size: float) -> float:
    """The width that lines reach, and not what single ones exceed it by."""
    in_order = sorted(widths)
    reached = in_order[round((len(in_order) - 1) * 0.9)]
    longest = in_order[-1]
    return longest if longest - reached < size * 1.2 or len(in_order) < 10 else reached
