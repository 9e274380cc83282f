"""The characters of a page with their places, sizes and weights, as PDFium tells them.

PDFium's own lines and spaces are left aside: it guesses spaces where justified text is stretched,
leaves out those that are drawn alone, and cannot know of columns.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

_BOLD_NAME = re.compile(r"bold|heavy|black|粗|,b(?:$|[^a-z])", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_OVERPRINT = 0.15
"""In ems: the same character drawn twice closer than this is one, made bold or given a shadow."""
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")
_FARTHEST = 1e6
"""Points from a page's corner. The largest page that PDF knows of is 14,400 wide."""
_NO_INK = 0.01
_SPACE_WIDTH = 0.25
"""In ems, about."""
FORMS = 3
"""So deep may drawings within drawings lie."""
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """`left`, `right`: where its advance begins and ends. `clear`: its font says what it is."""

    text: str
    left: float
    right: float
    down: float
    size: float
    bold: bool
    clear: bool = True

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a page must be turned (`angle`, in degrees) for its text to be upright, and where its
    edges are then."""

    angle: int
    left: float
    top: float
    width: float
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF → from the left, down from the top."""
        turned_x, turned_y = _turned(x, y, self.angle)
        return turned_x - self.left, self.top - turned_y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        """Left, upper, right, lower edge of a box of the PDF."""
        corners = [self.place(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def _turned(x: float, y: float, angle: int) -> tuple[float, float]:
    radians = math.radians(angle)
    sine, cosine = math.sin(radians), math.cos(radians)
    return x * cosine + y * sine, y * cosine - x * sine


def frame_of(box: tuple[float, float, float, float], angle: int) -> Frame:
    """`box`: left, bottom, right, top of the page as the PDF has it."""
    left, bottom, right, top = box
    corners = [_turned(x, y, angle) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return Frame(
        angle=angle, left=min(xs), top=max(ys), width=max(xs) - min(xs), height=max(ys) - min(ys)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A character in the PDF's own coordinates. `box`: left, bottom, right, top. `by`: a number of
    the piece of text that draws it."""

    text: str
    origin: tuple[float, float]
    box: tuple[float, ...]
    angle: int
    size: float
    bold: bool
    clear: bool
    by: int = 0


def characters_of(page: Any) -> tuple[Frame, tuple[Character, ...], str]:
    """How the page stands, its upright characters, and the text that runs at another angle."""
    text_page = page.get_textpage()
    try:
        drawn = [*_joined(_all_drawn(text_page)), *_lone_spaces(page)]
    finally:
        text_page.close()
    angles = Counter(one.angle for one in drawn if not one.text.isspace())
    angle = angles.most_common(1)[0][0] if angles else 0
    frame = frame_of(page.get_bbox(), angle)
    upright = [(_placed(one, frame), one.by) for one in drawn if one.angle == angle]
    askew = "".join(one.text for one in drawn if one.angle != angle)
    return frame, tuple(_once(upright)), askew


def _all_drawn(text_page: Any) -> Iterator[_Drawn]:
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    weights: dict[int, bool] = {}
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, loose)
        pdfium.FPDFText_GetMatrix(text_page, index, matrix)
        text, clear = _text(text_page, index)
        piece = pdfium.FPDFText_GetTextObject(text_page, index)
        by = ctypes.cast(piece, ctypes.c_void_p).value or 0
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        yield _Drawn(
            text=text,
            origin=(_finite(x.value), _finite(y.value)),
            box=tuple(map(_finite, (loose.left, loose.bottom, loose.right, loose.top))),
            angle=_angle(matrix),
            size=_finite(pdfium.FPDFText_GetFontSize(text_page, index) * scale),
            bold=_is_bold(piece, by, weights),
            clear=clear,
            by=by,
        )


def _lone_spaces(page: Any) -> Iterator[_Drawn]:
    """Texts without ink: spaces that the program drew by themselves."""
    size = ctypes.c_float()
    for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=FORMS):
        matrix = whole_matrix(drawn)
        left, _, right, _ = drawn.get_bounds()
        if right - left > _NO_INK or not pdfium.FPDFTextObj_GetFontSize(drawn, size):
            continue
        em = _finite(size.value * math.hypot(matrix.c, matrix.d))
        x, y = _finite(matrix.e), _finite(matrix.f)
        yield _Drawn(
            text=" ",
            origin=(x, y),
            box=(x, y, x + em * _SPACE_WIDTH, y + em),
            angle=_angle(matrix),
            size=em,
            bold=False,
            clear=True,
        )


def whole_matrix(drawn: Any) -> Any:
    """The matrix of something drawn on a page, also if it belongs to a form there."""
    matrix = drawn.get_matrix()
    container = drawn.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    return matrix


def _angle(matrix: Any) -> int:
    """Degrees from 0 to 359; 0 for a matrix that is none."""
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return round(_finite(angle)) % 360


def _finite(number: float) -> float:
    """Broken files have numbers that are none, or beyond all pages."""
    return number if abs(number) < _FARTHEST else 0.0


def _text(text_page: Any, index: int) -> tuple[str, bool]:
    code = pdfium.FPDFText_GetUnicode(text_page, index)
    if code == 2 or pdfium.FPDFText_IsHyphen(text_page, index) == 1:
        return "-", True  # PDFium's sign for a hyphen at the end of a line
    if code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return UNKNOWN, False
    text = chr(code)
    if text in "\t\r\n\v\f\xa0\u3000" or 0xD800 <= code < 0xE000:
        return " " if text in "\t\r\n\v\f\xa0" else text, True
    if _RADICALS.match(text):
        # Some fonts name their Han characters as radicals, which look the same.
        return unicodedata.normalize("NFKC", text), True
    return text, unicodedata.category(text) not in ("Co", "Cc", "Cn") and text != UNKNOWN


def _is_bold(piece: Any, by: int, known: dict[int, bool]) -> bool:
    if not by:
        return False
    if by not in known:
        font = pdfium.FPDFTextObj_GetFont(piece)
        name = ctypes.create_string_buffer(256)
        pdfium.FPDFFont_GetBaseFontName(font, name, 256)
        known[by] = (
            bool(_BOLD_NAME.search(name.value.decode("utf-8", "replace")))
            or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            or bool(pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD)
            or pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        )
    return known[by]


def _joined(drawn: Iterator[_Drawn]) -> Iterator[_Drawn]:
    """Characters beyond the first plane come in two halves (UTF-16)."""
    half: _Drawn | None = None
    for one in drawn:
        if half is not None:
            pair = (half.text + one.text).encode("utf-16-le", "surrogatepass")
            whole = pair.decode("utf-16-le", "replace")
            if len(whole) == 1:
                yield replace(half, text=whole)
                half = None
                continue
            yield replace(half, text=UNKNOWN, clear=False)
            half = None
        if "\ud800" <= one.text < "\udc00":
            half = one
        elif "\udc00" <= one.text < "\ue000":
            yield replace(one, text=UNKNOWN, clear=False)
        else:
            yield one
    if half is not None:
        yield replace(half, text=UNKNOWN, clear=False)


def _placed(one: _Drawn, frame: Frame) -> Character:
    x, down = frame.place(*one.origin)
    _, _, right, _ = frame.box(*one.box)
    if is_wide(one.text):
        # Of some fonts (Type 3) PDFium knows only the ink of a character, not its advance.
        right = max(right, x + one.size * 0.98)
    return Character(
        text=one.text,
        left=x,
        right=right,
        down=down,
        size=one.size,
        bold=one.bold,
        clear=one.clear,
    )


def is_wide(text: str) -> bool:
    """Whether a character has the width of Han."""
    return unicodedata.east_asian_width(text[0]) in "WF"


def _once(characters: list[tuple[Character, int]]) -> Iterator[Character]:
    """Without those that are drawn a second time at the same place, to look bold. One piece of text
    does not do that: it has glyphs that stand for several characters."""
    seen: dict[tuple[str, int, int], list[tuple[Character, int]]] = {}
    for one, by in characters:
        near = max(one.size * _OVERPRINT, 0.01)
        column, row = math.floor(one.left / near), math.floor(one.down / near)
        if not any(
            by != other and abs(twin.left - one.left) < near and abs(twin.down - one.down) < near
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for twin, other in seen.get((one.text, x, y), ())
        ):
            seen.setdefault((one.text, column, row), []).append((one, by))
            yield one
