"""The fonts in a PDF made small. WeasyPrint's subset of a Han font still counts all of its 65,000
glyphs, most of them empty now: three fifths of the PDF. A CID-keyed font program knows glyphs by
numbers of their own, so the empty ones may go, and every table but that of the outlines (PDF
32000-1, 9.9, `CIDFontType0C`).
"""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

_WHOLE, _BARE = "/OpenType", "/CIDFontType0C"
_OUTLINES = "CFF "
_NEEDED = {_OUTLINES, "cmap", "head", "hhea", "hmtx", "maxp"}
"""Tables that fontTools asks for."""


def compact(pdf: Any) -> None:
    """Make the font files of a `pydyf.PDF` smaller before it is written."""
    for piece in pdf.objects:
        extra = getattr(piece, "extra", {})
        if extra.get("Subtype") == _WHOLE:
            bare = _bare(piece.stream[0])
            if bare is not None:
                piece.stream = [bare]
                extra["Subtype"] = _BARE


def _bare(file: bytes) -> bytes | None:
    """The outlines of the glyphs that are there; None where these are not known by numbers of their
    own, or by other ones than the PDF has for them."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(file), recalcBBoxes=False)
    if _OUTLINES not in font:
        return None
    top = font[_OUTLINES].cff.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return None
    used = _drawn(top.CharStrings.charStringsIndex.offsets)
    if any(top.charset[glyph] != f"cid{glyph:05d}" for glyph in used if glyph):
        return None
    options = Options(
        desubroutinize=False,
        notdef_outline=True,
        drop_tables=[table for table in font.keys() if table not in _NEEDED],  # noqa: SIM118
    )
    subsetter = Subsetter(options)
    subsetter.populate(gids=used)
    subsetter.subset(font)
    return bytes(font[_OUTLINES].compile(font))


def _drawn(offsets: list[int]) -> list[int]:
    """The glyphs whose outlines are longer than the one byte that ends an empty one."""
    return [glyph for glyph, (start, end) in enumerate(pairwise(offsets)) if end - start > 1]
