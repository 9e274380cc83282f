"""A page of the PDF as values: its characters, the lines drawn on it, its pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin_site.importing.pdf.characters import (
    FORMS,
    Character,
    Frame,
    characters_of,
    whole_matrix,
)
from bulletin_site.pdf_pages.opening import Document

_THIN = 2.5
"""Points: what is thinner is a line, whatever shape the PDF calls it."""
_LEAST_PICTURE = 24.0
_SCAN = 0.5
"""The share of a page that a picture of it covers at least."""
_MOST_OBJECTS = 20_000
"""A drawing of more pieces than this is a picture made of strokes; it holds no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Left, upper, right and lower edge of something that is drawn."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page that stands upright. `number`: from 1. `askew`: text at another angle. `broken`: it is
    listed in the file and cannot be read."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    askew: str
    rules: tuple[Box, ...]
    pictures: tuple[Box, ...]
    broken: bool = False

    def is_scan(self, picture: Box) -> bool:
        """Whether the picture is that of the whole page."""
        area = (picture.right - picture.left) * (picture.bottom - picture.top)
        return area > self.width * self.height * _SCAN


def sheets_of(document: Document) -> Iterator[Sheet]:
    for index in range(len(document)):
        try:
            with closing(document[index]) as page:
                sheet = _sheet(page, index + 1)
        except pypdfium2.PdfiumError:
            sheet = _empty(index + 1)
        yield sheet


def _empty(number: int) -> Sheet:
    return Sheet(
        number=number,
        width=0,
        height=0,
        characters=(),
        askew="",
        rules=(),
        pictures=(),
        broken=True,
    )


def _sheet(page: Any, number: int) -> Sheet:
    frame, characters, askew = characters_of(page)
    rules, pictures = _drawings(page, frame)
    return Sheet(
        number=number,
        width=frame.width,
        height=frame.height,
        characters=characters,
        askew=askew,
        rules=tuple(rules),
        pictures=tuple(pictures),
    )


def _drawings(page: Any, frame: Frame) -> tuple[list[Box], list[Box]]:
    rules: list[Box] = []
    pictures: list[Box] = []
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for count, drawn in enumerate(page.get_objects(filter=kinds, max_depth=FORMS)):
        if count > _MOST_OBJECTS:
            return [], pictures
        try:
            bounds = drawn.get_bounds()
            if drawn.container is not None:
                bounds = whole_matrix(drawn.container).on_rect(*bounds)
        except pypdfium2.PdfiumError:
            continue
        if not all(math.isfinite(edge) for edge in bounds):
            continue
        left, top, right, bottom = frame.box(*bounds)
        box = Box(left=left, top=top, right=right, bottom=bottom)
        width, height = right - left, bottom - top
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            if min(width, height) >= _LEAST_PICTURE:
                pictures.append(box)
        elif min(width, height) <= _THIN < max(width, height):
            rules.append(box)
        elif _is_stroked_rectangle(drawn):
            rules.extend(_edges(box))
    return rules, pictures


def _is_stroked_rectangle(drawn: Any) -> bool:
    if pdfium.FPDFPath_CountSegments(drawn) not in (4, 5, 6):
        return False
    fill, stroke = pdfium.c_int(), pdfium.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    return bool(stroke.value)


def _edges(box: Box) -> Iterator[Box]:
    for level in (box.top, box.bottom):
        yield Box(left=box.left, top=level, right=box.right, bottom=level)
    for side in (box.left, box.right):
        yield Box(left=side, top=box.top, right=side, bottom=box.bottom)
