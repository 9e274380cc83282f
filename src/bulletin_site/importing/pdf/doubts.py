"""What an editor must look at in the PDF itself: text that could not be placed, read or found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_site.importing.manuscript import Aside, Place
from bulletin_site.importing.pdf.sheets import Sheet


def doubts_of(sheets: Sequence[Sheet]) -> Iterator[Aside]:
    for sheet in sheets:
        if sheet.askew.strip():
            yield _doubt(sheet, sheet.askew.strip(), "斜着或竖着排的字，像是水印或印章")
        unclear = "".join(one.text for one in sheet.characters if not one.clear)
        if unclear:
            yield _doubt(sheet, unclear, "这一页有认不出来的字，请对照原页改正")
        if sheet.broken:
            yield _doubt(sheet, "", "这一页坏了，读不出来")
        elif not sheet.characters and any(map(sheet.is_scan, sheet.pictures)):
            yield _doubt(sheet, "", "这一页是扫描的图片，没有文字")


def _doubt(sheet: Sheet, text: str, reason: str) -> Aside:
    return Aside(text=text, place=Place(page=sheet.number), reason=reason, sure=False)
