"""The parts of a Word file that python-docx has no words for, and a file that is the same each
time: fixed dates in the properties and in the archive."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree
from PIL import Image

Element = Any
"""An element of lxml, whose stubs do not know those of python-docx."""

_DAY = datetime(2014, 1, 1)
_ZIP_DAY = (2014, 1, 1, 0, 0, 0)
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def new_document(size: float, line: float, font: str = "仿宋_GB2312") -> WordDocument:
    """An empty A4 document with the text block of GB/T 9704, 156 × 225 mm."""
    document = Document()
    properties = document.core_properties
    properties.author, properties.title = "", ""
    properties.created = properties.modified = properties.last_printed = _DAY
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal.paragraph_format.line_spacing = Pt(line)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    set_page(document.sections[0])
    return document


def set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(20)


def saved(document: WordDocument) -> bytes:
    """The bytes of the file: its members in the order of their names, all of one day."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def xml(text: str) -> Element:
    """An element; the usual prefixes need no declaration."""
    declared = nsdecls("w", "r", "wp", "a")
    more = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    head, mark, tail = (
        text.partition(">")
        if "/>" not in text.split(">")[0] + ">"
        else (
            text[: text.index("/>")],
            "/>",
            text[text.index("/>") + 2 :],
        )
    )
    return parse_xml(f"{head} {declared}{more}{mark}{tail}")


def field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field such as PAGE, with the value it had when the file was saved."""
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{shown}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return [xml(f"<w:r>{part}</w:r>") for part in parts]


def add_numbering(document: WordDocument, form: str, shape: str = "decimal") -> int:
    """A list whose numbers Word counts itself, such as `%1、`; gives its id."""
    numbering = document.part.numbering_part.element
    abstract, number = 90 + len(numbering), 900 + len(numbering)
    numbering.insert(
        0,
        xml(
            f'<w:abstractNum w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{form}"/><w:lvlJc w:val="left"/>'
            "</w:lvl></w:abstractNum>"
        ),
    )
    numbering.append(
        xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>')
    )
    return number


def add_footnotes(document: WordDocument, notes: list[str]) -> None:
    """The part with the texts of the footnotes 1, 2, …; a document without any needs none."""
    if not notes:
        return
    root = xml("<w:footnotes></w:footnotes>")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        root.append(
            xml(
                f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
                "</w:footnote>"
            )
        )
    for number, text in enumerate(notes, start=1):
        root.append(
            xml(
                f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
                f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
            )
        )
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, data, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def picture() -> io.BytesIO:
    """A small grey picture, as a scanned photograph would lie in such a file."""
    out = io.BytesIO()
    Image.new("L", (60, 40), 200).save(out, "PNG")
    out.seek(0)
    return out


def text_box(text: str) -> Element:
    """A run with a text box as Word 2010 writes it: once for itself and once for older ones."""
    inside = (
        "<w:txbxContent><w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:b/>"
        f"<w:sz w:val='52'/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    )
    return xml(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
        "<wp:extent cx='5000000' cy='900000'/><wp:docPr id='77' name='文本框 1'/><a:graphic>"
        "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
        f"<wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/>"
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>"
        "<w:pict><v:shape id='box' style='width:400pt;height:70pt'><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
