"""PDF files as offices make them: Word files laid out like GB/T 9704, printed by LibreOffice; pages
printed by Chromium; and files written by hand, byte by byte."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

FONT = "Noto Serif CJK SC"
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


class WordFile:
    """A4, lines of 28 characters of 16 pt, 22 on a page."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()
        section = self.section
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)

    @property
    def section(self) -> Any:
        return self.document.sections[-1]

    def paragraph(
        self,
        text: str,
        *,
        size: float = 16,
        bold: bool = False,
        alignment: Any = JUSTIFY,
        indent: float = 2,
        after: float = 0,
        pitch: float = 29,
    ) -> Any:
        """`indent` in ems; `after`, `pitch`: points."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_after = Pt(after)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
        paragraph.alignment = alignment
        if alignment in (JUSTIFY, LEFT):
            form.first_line_indent = Pt(size * indent)
        typed(paragraph, text, size, bold=bold)
        return paragraph

    def heading(self, text: str, *, size: float = 16) -> None:
        self.paragraph(text, size=size, bold=True, alignment=CENTRE)

    def contents_line(self, text: str, page: int, *, leader: Any = WD_TAB_LEADER.DOTS) -> None:
        paragraph = self.paragraph(f"{text}\t{page}", alignment=LEFT, indent=0)
        width = self.section.page_width - self.section.left_margin - self.section.right_margin
        columns = self.section._sectPr.find(qn("w:cols"))
        if columns is not None and columns.get(qn("w:num")) == "2":
            width = (width - Pt(21)) // 2
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, leader)

    def new_section(self, columns: int) -> None:
        section = self.document.add_section(WD_SECTION.CONTINUOUS)
        settings = section._sectPr.find(qn("w:cols"))
        settings.set(qn("w:num"), str(columns))
        settings.set(qn("w:space"), "420")

    def page_number(self, before: str, after: str, *, alignment: Any = CENTRE) -> None:
        _numbered(self.section.footer.paragraphs[0], before, after, alignment)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                typed(cell.paragraphs[0], text, 12)

    def picture(self) -> None:
        file = io.BytesIO()
        Image.new("RGB", (200, 120), (200, 30, 30)).save(file, "PNG")
        file.seek(0)
        self.document.add_picture(file, width=Mm(60))

    def save(self, path: Path) -> None:
        self.document.save(path)


def typed(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _numbered(paragraph: Any, before: str, after: str, alignment: Any) -> None:
    paragraph.alignment = alignment
    typed(paragraph, before, 14)
    run = paragraph.add_run()
    for tag, kind in (("w:fldChar", "begin"), ("w:instrText", ""), ("w:fldChar", "end")):
        element = OxmlElement(tag)
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        run._element.append(element)
    typed(paragraph, after, 14)


def odd_and_even(file: WordFile, head: str) -> None:
    """A running head; page numbers on the right of odd pages and on the left of even ones."""
    file.document.settings.odd_and_even_pages_header_footer = True
    section = file.section
    for header in (section.header, section.even_page_header):
        typed(header.paragraphs[0], head, 10.5)
        header.paragraphs[0].alignment = CENTRE
    _numbered(section.footer.paragraphs[0], "— ", " —", RIGHT)
    _numbered(section.even_page_footer.paragraphs[0], "— ", " —", LEFT)


def printed_by_libreoffice(folder: Path) -> dict[str, bytes]:
    """Every file of the folder as PDF, by its name without the ending."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("找不到 LibreOffice：请安装 libreoffice-writer（命令 soffice）。")
    files = sorted(folder.iterdir())
    profile = (folder.parent / "profile").as_uri()
    subprocess.run(
        [
            *(office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"),
            *("--outdir", str(folder.parent / "pdf"), *map(str, files)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {file.stem: file.read_bytes() for file in (folder.parent / "pdf").glob("*.pdf")}


def printed_by_chromium(html: str, folder: Path) -> bytes:
    executable = os.environ.get("BULLETIN_CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.fail("找不到 Chromium：请安装，或用环境变量 BULLETIN_CHROMIUM 指明它的位置。")
    page, printed = folder / "page.html", folder / "page.pdf"
    page.write_text(html, "utf-8")
    subprocess.run(
        [
            *(executable, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={printed}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return printed.read_bytes()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A text drawn by hand: where its baseline begins, from the lower left corner, in points.
    `mode`: how it is painted (3: not at all). `matrix`: how it is turned."""

    text: str
    x: float
    y: float
    size: float = 16
    mode: int = 0
    matrix: str = "1 0 0 1"


def written_by_hand(
    pages: Sequence[Sequence[Drawn]],
    *,
    unicode: Mapping[str, str] | None = None,
    rotate: int = 0,
    box: str = "0 0 595 842",
    catalog: str = "",
) -> bytes:
    """A PDF with one font, of which every character is one em wide, but for ASCII (half an em).
    `unicode`: of which characters the font says they are others."""
    objects: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/W[32 126 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R>>",
        5: b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
        6: _stream(_unicode_map(pages, unicode or {})),
    }
    kids = []
    for number, page in enumerate(pages):
        objects[10 + number * 2] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Rotate {rotate}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {11 + number * 2} 0 R>>"
        ).encode()
        objects[11 + number * 2] = _stream("\n".join(map(_operators, page)))
        kids.append(f"{10 + number * 2} 0 R")
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects)


def _operators(drawn: Drawn) -> str:
    codes = drawn.text.encode("utf-16-be").hex()
    place = f"{drawn.matrix} {drawn.x} {drawn.y} Tm"
    return f"BT /F1 {drawn.size} Tf {drawn.mode} Tr {place} <{codes}> Tj ET"


def _unicode_map(pages: Sequence[Sequence[Drawn]], unicode: Mapping[str, str]) -> str:
    characters = sorted({one for page in pages for drawn in page for one in drawn.text})
    lines = "\n".join(
        f"<{ord(c):04x}> <{unicode.get(c, c).encode('utf-16-be').hex()}>" for c in characters
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    )


def _stream(text: str) -> bytes:
    data = text.encode()
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _file(objects: Mapping[int, bytes]) -> bytes:
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, table))
    return out.getvalue()
