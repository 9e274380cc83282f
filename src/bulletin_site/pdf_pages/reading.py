"""A PDF edition read by PDFium, in this process; see `apart.py`. Its characters come in the order
in which they are drawn, which in an edition is that of the text."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin_site.pdf_pages.edition import Bookmark, PdfEdition, PdfPage
from bulletin_site.pdf_pages.ink import ink
from bulletin_site.pdf_pages.opening import Document, opened
from bulletin_site.pdf_pages.paper import BLOCK_HEIGHT, POINTS, TOP
from bulletin_site.pdf_pages.refused import Refusal, Refused

_BLOCK_END = (TOP + BLOCK_HEIGHT) * POINTS
"""From the sheet's upper edge, in points: what stands lower is the page number."""
_MOST_BOOKMARKS = 5000
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""


def read(data: bytes) -> PdfEdition | Refused:
    """All of its pages; a page that cannot be read is an empty one."""
    with opened(data) as document:
        if isinstance(document, Refused):
            return document
        try:
            fonts: set[str] = set()
            pages = tuple(_page(document[number], fonts) for number in range(len(document)))
            outline = tuple(_outline(document))
        except pypdfium2.PdfiumError:
            return Refused(why=Refusal.BROKEN)
        return PdfEdition(pages=pages, outline=outline, fonts=tuple(sorted(fonts)))


def _page(page: Any, fonts: set[str]) -> PdfPage:
    try:
        fonts.update(_fonts(page))
        height = page.get_height()
        text_page = page.get_textpage()
        try:
            block, foot = _characters(text_page, height)
        finally:
            text_page.close()
    finally:
        page.close()
    return PdfPage(text=ink(block), foot=ink(foot))


def _characters(text_page: Any, height: float) -> tuple[str, str]:
    """What stands in the text block, and what below."""
    x, y = ctypes.c_double(), ctypes.c_double()
    block: list[int] = []
    foot: list[int] = []
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code == _HYPHEN or pdfium.FPDFText_IsHyphen(text_page, index) == 1:
            code = ord("-")
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        (foot if height - y.value > _BLOCK_END else block).append(code)
    return _text(block), _text(foot)


def _text(codes: list[int]) -> str:
    """PDFium gives UTF-16 on some systems, and code points on others."""
    text = "".join(chr(code) for code in codes if 0 < code <= sys.maxunicode)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fonts(page: Any) -> Iterator[str]:
    name = ctypes.create_string_buffer(256)
    seen: set[int] = set()
    for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=1):
        font = pdfium.FPDFTextObj_GetFont(drawn)
        place = ctypes.cast(font, ctypes.c_void_p).value or 0
        if place and place not in seen:
            seen.add(place)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            yield name.value.decode("utf-8", "replace")


def _outline(document: Document) -> Iterator[Bookmark]:
    for entry in islice(document.get_toc(), _MOST_BOOKMARKS):
        target = entry.get_dest()
        index = target.get_index() if target else None
        yield Bookmark(
            level=entry.level,
            title=entry.get_title(),
            page=0 if index is None else index + 1,
        )
