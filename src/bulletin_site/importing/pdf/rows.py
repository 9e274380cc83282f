"""Characters on one baseline make a row, from one edge of the page to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from bulletin_site.importing.pdf.characters import Character

_SAME_ROW = 0.4
"""In ems: a baseline this near is the same; superscripts stand higher."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Characters from left to right; at least one of them is no space. `page`: of the file."""

    page: int
    characters: tuple[Character, ...]

    @cached_property
    def visible(self) -> tuple[Character, ...]:
        return tuple(one for one in self.characters if not one.is_space)

    @cached_property
    def left(self) -> float:
        return self.visible[0].left

    @cached_property
    def right(self) -> float:
        return max(one.right for one in self.visible)

    @cached_property
    def size(self) -> float:
        """That of most characters, in half points; at least one of them."""
        sizes = Counter(round(one.size * 2) / 2 for one in self.visible)
        return max(sizes.most_common(1)[0][0], 0.5)

    @cached_property
    def down(self) -> float:
        """The baseline of the characters of that size."""
        return median(one.down for one in self.visible if abs(one.size - self.size) <= 0.5)

    @cached_property
    def bold(self) -> bool:
        return all(one.bold for one in self.visible)


def rows_of(page: int, characters: Iterable[Character]) -> list[Row]:
    """From the top down."""
    gathered: list[list[Character]] = []
    anchor = 0.0
    for one in sorted(characters, key=lambda one: (one.down, one.left)):
        near = _SAME_ROW * max(one.size, gathered[-1][0].size) if gathered else 0.0
        if not gathered or one.down - anchor > near:
            gathered.append([])
            anchor = one.down
        gathered[-1].append(one)
    return [
        # Zero-width characters share the place of their neighbours: the order of the file decides.
        Row(page=page, characters=tuple(sorted(characters, key=lambda one: one.left)))
        for characters in gathered
        if not all(one.is_space for one in characters)
    ]


def main_size(rows: Iterable[Row]) -> float:
    """The type size of most characters, in points; 12 where there are none."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.visible)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def usual_pitch(rows: Sequence[Row]) -> float:
    """From baseline to baseline of rows of text, in points."""
    size = main_size(rows)
    distances = Counter(
        round((after.down - before.down) * 2) / 2
        for before, after in pairwise(rows)
        if before.page == after.page and before.size == after.size == size
    )
    return distances.most_common(1)[0][0] if distances else size * 1.8
