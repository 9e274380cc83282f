"""The XML of WordprocessingML (ECMA-376): names, parsing without entities, and the small readings
that every other module of this folder asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

Element = etree._Element

_SCHEMAS = "http://schemas.openxmlformats.org"
W = f"{_SCHEMAS}/wordprocessingml/2006/main"
R = f"{_SCHEMAS}/officeDocument/2006/relationships"
M = f"{_SCHEMAS}/officeDocument/2006/math"
A = f"{_SCHEMAS}/drawingml/2006/main"
PIC = f"{_SCHEMAS}/drawingml/2006/picture"
WP = f"{_SCHEMAS}/drawingml/2006/wordprocessingDrawing"
DIAGRAM = f"{_SCHEMAS}/drawingml/2006/diagram"
MC = f"{_SCHEMAS}/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"

_STRICT = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/officeDocument/math": M,
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
    b"http://purl.oclc.org/ooxml/drawingml/main": A,
    b"http://purl.oclc.org/ooxml/drawingml/picture": PIC,
    b"http://purl.oclc.org/ooxml/drawingml/diagram": DIAGRAM,
}
"""What "Strict Open XML" calls the same things."""


class ForbiddenError(ValueError):
    """The part declares a document type, as no Word does: the door to entities."""


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


PARAGRAPH, TABLE, RUN, TEXT, DELETED_TEXT = w("p"), w("tbl"), w("r"), w("t"), w("delText")
VAL = w("val")
_ALTERNATE, _CHOICE, _FALLBACK = f"{{{MC}}}AlternateContent", f"{{{MC}}}Choice", f"{{{MC}}}Fallback"
_SHOWING = {
    TEXT,
    DELETED_TEXT,
    w("sym"),
    f"{{{M}}}t",
    f"{{{A}}}t",
    f"{{{PIC}}}pic",
    f"{{{VML}}}imagedata",
    f"{{{VML}}}textpath",
    f"{{{DIAGRAM}}}relIds",
}


def parsed(data: bytes) -> Element:
    """Raises `ForbiddenError`, or `XMLSyntaxError` of lxml: for entity bombs too, for texts
    of more than ten million characters and to nesting beyond libxml2's limit."""
    if b"<!DOCTYPE" in data:
        raise ForbiddenError
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual.encode())
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding without the bytes above
        raise ForbiddenError
    return root


def integer(text: str | None) -> int | None:
    """Word's measures are whole numbers; some programs write `21.0`."""
    match = re.match(r"\s*([+-]?\d{1,9})(?:\.\d*)?\s*$", text or "")
    return int(match[1]) if match else None


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(VAL)


def is_on(switch: Element) -> bool:
    """`<w:b/>` is on, `<w:b w:val="0"/>` off."""
    return switch.get(VAL, "1").lower() not in {"0", "false", "off", "none"}


def switched(parent: Element | None, name: str) -> bool | None:
    """None: nothing is said."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else is_on(child)


def branches(alternate: Element) -> tuple[Element | None, list[Element]]:
    """Of the versions that a program may choose from, the one that is read, and the others: the
    first that shows anything."""
    versions = [child for child in alternate if child.tag in (_CHOICE, _FALLBACK)]
    for version in versions:
        if any(element.tag in _SHOWING for element in version.iter()):
            return version, [other for other in versions if other is not version]
    return next(iter(versions), None), []


def is_alternate(element: Element) -> bool:
    return bool(element.tag == _ALTERNATE)


def descendants(root: Element, *tags: str) -> Iterator[Element]:
    """The elements below, of these names or all, in document order; of alternatives only those of
    the version that is read."""
    if next(root.iter(_ALTERNATE), None) is None:  # as good as always, and ten times as fast
        yield from (element for element in root.iter(*tags) if element is not root)
        return
    stack = [iter(root)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif is_alternate(child):
            chosen, _ = branches(child)
            stack += [] if chosen is None else [iter(chosen)]
        else:
            if not tags or child.tag in tags:
                yield child
            stack.append(iter(child))


def plain_text(root: Element) -> str:
    """All text below, deleted and hidden text too, a paragraph a line."""
    lines: list[str] = []
    for element in descendants(root):
        if element.tag == PARAGRAPH or not lines:
            lines.append("")
        if element.tag in (TEXT, DELETED_TEXT, f"{{{M}}}t", f"{{{A}}}t"):
            lines[-1] += element.text or ""
        elif element.tag == f"{{{VML}}}textpath":
            lines[-1] += element.get("string", "")
        elif element.tag in (w("tab"), w("ptab")) and _in_run(element):
            lines[-1] += "\t"
    return "\n".join(line.strip() for line in lines if line.strip())


def _in_run(element: Element) -> bool:
    """`w:tab` is also what a paragraph's properties call a tab stop."""
    parent = element.getparent()
    return parent is not None and parent.tag == RUN
