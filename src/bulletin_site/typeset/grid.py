"""The grids on which an issue may be set: so many characters a line, so many lines a page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bulletin_site.pdf_pages.paper import BLOCK_HEIGHT, BLOCK_WIDTH, POINTS

_TENTHS = 1000
"""Sizes are rounded down to so many parts of a point, so that a line never holds a character less
than it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`characters` of full width a line, `lines` a page; sizes in points."""

    characters: int
    lines: int

    @property
    def name(self) -> str:
        """`28×22`"""
        return f"{self.characters}×{self.lines}"

    @property
    def size(self) -> float:
        """The type's size: a character is as wide as it is high."""
        return math.floor(BLOCK_WIDTH * POINTS / self.characters * _TENTHS) / _TENTHS

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return math.floor(BLOCK_HEIGHT * POINTS / self.lines * _TENTHS) / _TENTHS


STANDARD = Grid(characters=28, lines=22)
"""That of GB/T 9704-2012, 7.1: type of about 16 pt (3号)."""

GRIDS = (
    STANDARD,
    *(Grid(characters=c, lines=n) for c, n in ((28, 24), (29, 25), (30, 27), (32, 29), (34, 31))),
)
"""From the loosest to the closest, whose type of 13 pt is still as large as that of books."""
