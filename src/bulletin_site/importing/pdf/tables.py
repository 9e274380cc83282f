"""Tables by the lines drawn around their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_site.importing.pdf.characters import Character
from bulletin_site.importing.pdf.rows import rows_of
from bulletin_site.importing.pdf.sheets import Box, Sheet
from bulletin_site.importing.pdf.spacing import Spacing, seam, text_of

_NEAR = 3.0
"""Points between lines that are one, or that meet."""
_MOST = 400
"""More lines than this draw a diagram, or a map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Where a table's lines are: `across` from the left, `down` from the top, ascending."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    level: tuple[Box, ...]
    upright: tuple[Box, ...]

    def __contains__(self, one: Character) -> bool:
        x, y = _middle(one)
        return self.across[0] < x < self.across[-1] and self.down[0] < y < self.down[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows`: the texts of its cells; a cell that spans others is the first of them, the rest are
    empty."""

    page: int
    top: float
    characters: tuple[Character, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(sheet: Sheet, spacing: Spacing) -> Iterator[Table]:
    for grid in _grids(sheet.rules):
        table = _table(sheet, grid, spacing)
        if table is not None:
            yield table


def _grids(rules: Sequence[Box]) -> list[Grid]:
    """Groups of lines that meet and make two cells or more."""
    if len(rules) > _MOST:
        return []
    groups: list[list[Box]] = []
    for rule in rules:
        touched = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([rule, *(other for group in touched for other in group)])
    return [grid for group in groups for grid in _grid(group)]


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.top - _NEAR <= other.bottom
        and other.top - _NEAR <= one.bottom
    )


def _grid(rules: Sequence[Box]) -> Iterator[Grid]:
    upright = tuple(r for r in rules if r.bottom - r.top > r.right - r.left)
    level = tuple(r for r in rules if r not in upright)
    across = _merged([(r.left + r.right) / 2 for r in upright])
    down = _merged([(r.top + r.bottom) / 2 for r in level])
    if len(across) >= 2 and len(down) >= 2 and (len(across) - 1) * (len(down) - 1) >= 2:
        yield Grid(across=across, down=down, level=level, upright=upright)


def _merged(places: Sequence[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return tuple(kept)


def _table(sheet: Sheet, grid: Grid, spacing: Spacing) -> Table | None:
    """None for lines that hold no text, or text in one cell only: a frame."""
    cells: dict[tuple[int, int], list[Character]] = {}
    for one in sheet.characters:
        if one in grid:
            cells.setdefault(_cell(grid, *_middle(one)), []).append(one)
    if sum(any(not one.is_space for one in cell) for cell in cells.values()) < 2:
        return None
    return Table(
        page=sheet.number,
        top=grid.down[0],
        characters=tuple(one for cell in cells.values() for one in cell),
        rows=tuple(
            tuple(
                _text(cells.get((row, column), ()), sheet.number, spacing)
                for column in range(len(grid.across) - 1)
            )
            for row in range(len(grid.down) - 1)
        ),
    )


def _middle(one: Character) -> tuple[float, float]:
    return (one.left + one.right) / 2, one.down - one.size * 0.35


def _cell(grid: Grid, x: float, y: float) -> tuple[int, int]:
    """Row and column; of a cell that spans several, the first."""
    column = sum(place < x for place in grid.across[1:-1])
    row = sum(place < y for place in grid.down[1:-1])
    while column and not _stands(grid.upright, grid.across[column], y):
        column -= 1
    while row and not _lies(grid.level, grid.down[row], _centre(grid.across, column)):
        row -= 1
    return row, column


def _centre(places: tuple[float, ...], index: int) -> float:
    return (places[index] + places[index + 1]) / 2


def _stands(rules: tuple[Box, ...], x: float, y: float) -> bool:
    return any(
        abs((rule.left + rule.right) / 2 - x) <= _NEAR
        and rule.top - _NEAR < y < rule.bottom + _NEAR
        for rule in rules
    )


def _lies(rules: tuple[Box, ...], y: float, x: float) -> bool:
    return any(
        abs((rule.top + rule.bottom) / 2 - y) <= _NEAR
        and rule.left - _NEAR < x < rule.right + _NEAR
        for rule in rules
    )


def _text(characters: Sequence[Character], page: int, spacing: Spacing) -> str:
    text = ""
    for row in rows_of(page, characters):
        line = text_of(row.characters, spacing)
        text += seam(text, line, spaced=False) + line
    return text.replace("\t", " ")
