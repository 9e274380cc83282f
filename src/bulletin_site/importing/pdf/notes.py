"""Footnotes: small type at the bottom of a page, below a short line or behind a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bulletin_site.importing.pdf.rows import Row
from bulletin_site.importing.pdf.sheets import Box

_SMALL = 0.88
"""The type size of notes is less than this share of the text's."""
_MARK = re.compile(r"^[\[［〔(（]?\s*(\d{1,2}|[①-⑳]|[*＊†‡])(?!\d*年)")
_SHORT = 0.6
"""A line above notes is shorter than this share of the page's width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRows:
    """The rows of one note. `mark`: by which the text refers to it; "" where none was found."""

    mark: str
    rows: tuple[Row, ...]


def split_notes(
    rows: Sequence[Row], size: float, rules: Sequence[Box], width: float
) -> tuple[tuple[Row, ...], tuple[NoteRows, ...]]:
    """The rows of a page's text and those of its notes. `size`: of the type of the text, `width`:
    of the page, in points."""
    small = list(takewhile(lambda row: row.size < size * _SMALL, reversed(rows)))[::-1]
    text = rows[: len(rows) - len(small)]
    while small and not _begins(small[0], text, rules, width):
        text = (*text, small.pop(0))
    return tuple(text), tuple(_divided(small))


def _begins(row: Row, above: Sequence[Row], rules: Sequence[Box], width: float) -> bool:
    if not above:
        return False  # a page of small type: a table of contents, a list
    if _mark(row):
        return True
    return any(
        above[-1].down < rule.top < row.down and rule.right - rule.left < width * _SHORT
        for rule in rules
    )


def _divided(rows: Sequence[Row]) -> list[NoteRows]:
    notes: list[NoteRows] = []
    for row in rows:
        if not notes or _mark(row):
            notes.append(NoteRows(mark=_mark(row), rows=(row,)))
        else:
            notes[-1] = NoteRows(mark=notes[-1].mark, rows=(*notes[-1].rows, row))
    return notes


def _mark(row: Row) -> str:
    match = _MARK.match("".join(one.text for one in row.characters).strip())
    return match[1] if match else ""


def refers(row: Row, mark: str, size: float) -> bool:
    """Whether the mark stands in the row, small. `size`: of the type of the text, in points."""
    raised = "".join(
        one.text if one.size < size * 0.8 or one.text in "①②③④⑤⑥⑦⑧⑨⑩" else " "
        for one in row.visible
    )
    return bool(mark) and mark in re.split(r"[\s\[\]［］〔〕()（）]+", raised)
