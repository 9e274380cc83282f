"""Footnotes: small type at the bottom of a page, below a short line or behind a mark; and the marks
by which the text refers to them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from bulletin_site.importing.pdf.rows import Row
from bulletin_site.importing.pdf.sheets import Box

_SMALL = 0.88
"""The type size of notes is less than this share of the text's."""
_MARK = re.compile(r"^[\[［〔(（]?\s*(\d{1,2}|[①-⑳]|[*＊†‡])(?!\d*年)")
_REFERENCE = 0.8
_RAISED = 0.1
"""In ems: a reference is smaller than its line, and stands higher."""
_SHORT = 0.6
"""A line above notes is shorter than this share of the page's width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRows:
    """The rows of one note. `mark`: by which the text refers to it; "" where none was found.
    `number`: the mark as it stands in the text now; "" where it stands as it was printed."""

    mark: str
    rows: tuple[Row, ...]
    number: str = ""


def split_notes(
    rows: Sequence[Row], size: float, rules: Sequence[Box], width: float
) -> tuple[tuple[Row, ...], tuple[NoteRows, ...]]:
    """The rows of a page's text and those of its notes. `size`: of the type of the text, `width`:
    of the page, in points."""
    small = list(takewhile(lambda row: row.size < size * _SMALL, reversed(rows)))[::-1]
    text: Sequence[Row] = rows[: len(rows) - len(small)]
    while small and not _begins(small[0], text, rules, width):
        text = (*text, small.pop(0))
    if not small:
        text, small = _split_large(rows, size, rules, width)
    return tuple(text), tuple(_divided(small))


def _split_large(
    rows: Sequence[Row], size: float, rules: Sequence[Box], width: float
) -> tuple[list[Row], list[Row]]:
    """Notes as large as the text: below a short line, with a mark that is raised in the text."""
    for at, row in enumerate(rows):
        above, below = list(rows[:at]), list(rows[at:])
        marks = {mark for one in above for _, mark in _references(one, size)}
        if (
            _mark(row) in marks
            and _is_below_rule(row, above, rules, width)
            and not any(_has_gap(one) for one in below)
        ):
            return above, below
    return list(rows), []


def _has_gap(row: Row) -> bool:
    """As between columns; the mark of a note may stand apart from it."""
    return any(after.left - before.right > row.size for before, after in pairwise(row.visible[3:]))


def _begins(row: Row, above: Sequence[Row], rules: Sequence[Box], width: float) -> bool:
    if not above:
        return False  # a page of small type: a table of contents, a list
    if _mark(row):
        return True
    return _is_below_rule(row, above, rules, width)


def _is_below_rule(row: Row, above: Sequence[Row], rules: Sequence[Box], width: float) -> bool:
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
    match = _MARK.match(_text(row))
    return match[1] if match else ""


def with_references(
    rows: Sequence[Row], notes: Sequence[NoteRows], size: float
) -> tuple[tuple[Row, ...], tuple[NoteRows, ...]]:
    """A page's text and notes: a raised number that is surely the mark of a note stands in brackets
    (`[1]`), for in plain text it would be a digit like others. `size`: of the type of the text."""
    done, own = list(rows), list(notes)
    for index, note in enumerate(notes):
        found = [
            (at, start)
            for at, row in enumerate(done)
            for start, number in _references(row, size)
            if number == note.mark
        ]
        if len(found) == 1 and _text(note.rows[0]).startswith(note.mark):
            at, start = found[0]
            done[at] = _bracketed(done[at], start, start + len(note.mark))
            own[index] = replace(note, number=f"[{note.mark}]")
    return tuple(done), tuple(own)


def _references(row: Row, size: float) -> Iterator[tuple[int, str]]:
    """Raised numbers, by the index of their first digit. What follows a letter is an exponent (m²),
    what stands beside other raised characters a list or a formula."""
    characters = row.characters
    # A mark that had no room any more in the line of its word is a row of its own.
    line, base = max(row.size, size), row.down if row.size > size * _REFERENCE else math.inf
    raised = [
        one.size < line * _REFERENCE and one.down < base - line * _RAISED for one in characters
    ]
    start = 0
    for is_raised, group in groupby(raised):
        end = start + len(list(group))
        text = "".join(one.text for one in characters[start:end])
        exponent = start > 0 and characters[start - 1].text.isascii()
        if is_raised and re.fullmatch(r"[0-9]{1,2}", text) and not exponent:
            yield start, text
        start = end


def _bracketed(row: Row, start: int, end: int) -> Row:
    """The brackets are as large as the line, which must not be taken for one of small type."""
    first, last = row.characters[start], row.characters[end - 1]
    opening = replace(first, text="[", right=first.left, size=row.size)
    closing = replace(last, text="]", left=last.right, size=row.size)
    return Row(
        page=row.page,
        characters=(
            *row.characters[:start],
            opening,
            *row.characters[start:end],
            closing,
            *row.characters[end:],
        ),
    )


def _text(row: Row) -> str:
    return "".join(one.text for one in row.characters).strip()


def refers(row: Row, mark: str, size: float) -> bool:
    """Whether the mark stands in the row, small. `size`: of the type of the text, in points."""
    raised = "".join(
        one.text if one.size < size * _REFERENCE or one.text in "①②③④⑤⑥⑦⑧⑨⑩" else " "
        for one in row.visible
    )
    return bool(mark) and mark in re.split(r"[\s\[\]［］〔〕()（）]+", raised)
