"""Numbers of lines in the left margin, as drafts have them: they stand left of everything else, and
count up down the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bulletin_site.importing.manuscript import Aside, Place
from bulletin_site.importing.pdf.characters import Character
from bulletin_site.importing.pdf.rows import Row, rows_of
from bulletin_site.importing.pdf.sheets import Sheet

_LEAST = 3
_LEAST_PAGES = 2
_SHARE = 0.5
"""The least share of pages that have them: a list may have such numbers on one."""


def without_line_numbers(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[Aside, ...]]:
    found = {sheet.number: _line_numbers(sheet) for sheet in sheets}
    pages = sum(len(own) >= _LEAST for own in found.values())
    if pages < max(_LEAST_PAGES, len(sheets) * _SHARE):
        return tuple(sheets), ()
    return (
        tuple(_without(sheet, found[sheet.number]) for sheet in sheets),
        tuple(
            Aside(text=" ".join(map(_text, own)), place=Place(page=page), reason="行号")
            for page, own in found.items()
            if own
        ),
    )


def _without(sheet: Sheet, numbers: Sequence[Sequence[Character]]) -> Sheet:
    taken = {id(one) for number in numbers for one in number}
    return replace(sheet, characters=tuple(o for o in sheet.characters if id(o) not in taken))


def _line_numbers(sheet: Sheet) -> list[tuple[Character, ...]]:
    rows = [(row, _first(row)) for row in rows_of(sheet.number, sheet.characters)]
    text = [row.visible[len(number) :] for row, number in rows]
    edge = min((rest[0].left for rest in text if rest), default=0.0)
    numbers = [number for _, number in rows if number and number[-1].right < edge]
    return numbers if _counts_up(list(map(_text, numbers))) else []


def _first(row: Row) -> tuple[Character, ...]:
    """The number that a row begins with, if it stands apart from the rest."""
    ends = (
        at
        for at, (one, after) in enumerate(pairwise(row.visible), 1)
        if after.left - one.right > row.size / 2
    )
    number = row.visible[: next(ends, len(row.visible))]
    return number if re.fullmatch(r"[0-9]{1,4}", _text(number)) else ()


def _text(number: Sequence[Character]) -> str:
    return "".join(one.text for one in number)


def _counts_up(numbers: Sequence[str]) -> bool:
    steps = {int(after) - int(before) for before, after in pairwise(numbers)}
    return len(steps) == 1 and min(steps) > 0 if len(numbers) > 1 else bool(numbers)
