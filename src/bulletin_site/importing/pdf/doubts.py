"""What an editor must look at in the PDF itself: text that could not be placed, read or found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_site.importing.manuscript import Aside, Place
from bulletin_site.importing.pdf.rows import rows_of
from bulletin_site.importing.pdf.sheets import Sheet
from bulletin_site.importing.pdf.spacing import is_han

_NEARLY = 0.1


def doubts_of(sheets: Sequence[Sheet]) -> Iterator[Aside]:
    for sheet in sheets:
        if sheet.askew.strip():
            yield _doubt(sheet, sheet.askew.strip(), "斜着或竖着排的字，像是水印或印章")
        unclear = "".join(one.text for one in sheet.characters if not one.clear)
        if unclear:
            yield _doubt(sheet, unclear, "这一页有认不出来的字，请对照原页改正")
        holes = "，".join(_holes(sheet))
        if holes:
            yield _doubt(sheet, "", f"字和字之间空着一个字的地方，可能有字没有读出来：{holes}")
        if sheet.broken:
            yield _doubt(sheet, "", "这一页坏了，读不出来")
        elif not sheet.characters and any(map(sheet.is_scan, sheet.pictures)):
            yield _doubt(sheet, "", "这一页是扫描的图片，没有文字")


def _holes(sheet: Sheet) -> Iterator[str]:
    """Where a space as wide as a character stands between two Han: PDFium leaves out characters of
    fonts that neither the file nor this computer has."""
    for row in rows_of(sheet.number, sheet.characters):
        for before, space, after in zip(
            row.characters, row.characters[1:], row.characters[2:], strict=False
        ):
            between = space.text == " " and is_han(before.text) and is_han(after.text)
            if between and abs(after.left - before.right - after.size) < _NEARLY * after.size:
                yield f"{before.text}□{after.text}"


def _doubt(sheet: Sheet, text: str, reason: str) -> Aside:
    return Aside(text=text, place=Place(page=sheet.number), reason=reason, sure=False)
