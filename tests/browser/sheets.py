"""What Chromium puts on paper, read back: the sheets of a PDF with every character where it stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pypdfium2
from playwright.sync_api import Page
from pypdfium2 import raw

MM = 72 / 25.4
_SAME_LINE = 2.5
COUNTED = re.compile(r"第\d+张,共\d+张$")
"""Below the text: which of how many sheets it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character and the box of what is seen of it, in millimetres from the upper left corner;
    `line`: the middle of its line, near enough, for fonts differ in it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of paper: its size in millimetres, and what is printed on it."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """In the order of the file, without white space."""
        return "".join(glyph.text for glyph in self.glyphs)

    def lines(self, left: float, right: float) -> list[tuple[float, str]]:
        """The lines between two distances from the left edge, each with the middle of its height,
        from top to bottom."""
        found: list[list[Glyph]] = []
        column = [glyph for glyph in self.glyphs if left <= glyph.left and glyph.right <= right]
        for glyph in sorted(column, key=lambda one: one.line):
            if found and glyph.line - found[-1][0].line < _SAME_LINE:
                found[-1].append(glyph)
            else:
                found.append([glyph])
        return [
            (line[0].line, "".join(one.text for one in sorted(line, key=lambda one: one.left)))
            for line in found
        ]


def printed(page: Page) -> bytes:
    """The page on paper as its style sheet wants it, as a PDF."""
    return page.pdf(prefer_css_page_size=True)


def sheets_of(pdf: bytes) -> list[Sheet]:
    """Read a PDF back."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_sheet(page) for page in document]
    finally:
        document.close()


def pictures_of(pdf: bytes) -> list[bytes]:
    """The sheets as one sees them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=1).to_pil().convert("RGB").tobytes() for page in document]
    finally:
        document.close()


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    text = page.get_textpage()
    glyphs: list[Glyph] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = unicodedata.normalize("NFKC", chr(code)).strip()
        if not character or code == 0xFFFE:
            continue
        left, bottom, right, top = text.get_charbox(index)
        _, low, _, high = text.get_charbox(index, loose=True)
        glyphs.append(
            Glyph(
                text=character,
                left=left / MM,
                top=(height - top) / MM,
                right=right / MM,
                bottom=(height - bottom) / MM,
                line=(height - (low + high) / 2) / MM,
            )
        )
    return Sheet(width=width / MM, height=height / MM, glyphs=tuple(glyphs))
