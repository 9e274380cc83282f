"""Word files of raw XML, as small as a test needs them."""

from __future__ import annotations

import io
import zipfile

from bulletin_site.importing.manuscript import Block, Manuscript
from bulletin_site.importing.word import read_word

_SCHEMAS = "http://schemas.openxmlformats.org"
_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": f"{_SCHEMAS}/wordprocessingml/2006/main",
        "r": f"{_SCHEMAS}/officeDocument/2006/relationships",
        "m": f"{_SCHEMAS}/officeDocument/2006/math",
        "a": f"{_SCHEMAS}/drawingml/2006/main",
        "pic": f"{_SCHEMAS}/drawingml/2006/picture",
        "wp": f"{_SCHEMAS}/drawingml/2006/wordprocessingDrawing",
        "dgm": f"{_SCHEMAS}/drawingml/2006/diagram",
        "mc": f"{_SCHEMAS}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
    }.items()
)
_KINDS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {"header": "hdr", "footer": "ftr", "document": "document"}


def root(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_SPACES}>{inner}</w:{name}>'.encode()


def relationships(targets: dict[str, tuple[str, str]]) -> bytes:
    """Id → (last word of the kind, target)."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    space = f"{_SCHEMAS}/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'.encode()


def word_members(body: str, **parts: str) -> dict[str, bytes]:
    """The members of a .docx; `parts`: the inside of `styles`, `footnotes`, `header1`, …, the last
    ones with that name as their relationship id."""
    files = {
        "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
        "_rels/.rels": relationships({"rId1": ("officeDocument", "word/document.xml")}),
    }
    targets = {}
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        files[f"word/{name}.xml"] = root(_ROOTS.get(kind, kind), inner)
        targets[name] = (kind, f"{name}.xml")
    files["word/_rels/document.xml.rels"] = relationships(targets)
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPES}.{part[5:-4].rstrip("0123456789")}+xml"/>'
        for part in files
        if part.endswith(".xml")
    ).replace("document+xml", "document.main+xml")
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    ).encode()
    return files


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word_file(body: str, **parts: str) -> bytes:
    return zipped(word_members(body, **parts))


def read(body: str, **parts: str) -> Manuscript:
    """A file of that body, read."""
    return manuscript(word_file(body, **parts))


def manuscript(data: bytes) -> Manuscript:
    found = read_word(data, "一期.docx")
    assert isinstance(found, Manuscript), found
    return found


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    """Runs as XML; text that is no XML becomes one."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*inner: str, properties: str = "") -> str:
    blocks = "".join(each if each.startswith("<") else paragraph(each) for each in inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def texts(found: Manuscript) -> list[str]:
    return [block.text for block in found.blocks]


def numbered(found: Manuscript) -> list[str]:
    return [block.number + block.text for block in found.blocks]


def ends(block: Block) -> list[tuple[int, int]]:
    return [(end.offset, end.page) for end in block.page_ends]


def aside_texts(found: Manuscript) -> list[tuple[str, str, bool]]:
    return [(aside.text, aside.reason, aside.sure) for aside in found.asides]
