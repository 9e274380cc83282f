"""The sheet of GB/T 9704-2012: A4 with a text block (版心) of 156 × 225 mm; the page number stands
below it. Lengths are in millimetres from the sheet's upper left corner."""

from __future__ import annotations

WIDTH, HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
BLOCK_WIDTH, BLOCK_HEIGHT = 156.0, 225.0
RIGHT, BOTTOM = WIDTH - LEFT - BLOCK_WIDTH, HEIGHT - TOP - BLOCK_HEIGHT
"""Margins on the other two sides."""
NUMBER_BELOW = 7.0
"""From the text block to the lines on both sides of the page number."""
POINTS = 72 / 25.4
"""Points in a millimetre."""
