"""Reading the site's XML files as a careful reader does."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bulletin_site.checks.built_site import BuiltSite


class XmlError(Exception):
    """Why a file is no XML that a reader may be given."""


def root_of(site: BuiltSite, address: str, tag: str) -> Element:
    """The parsed file. A DTD is refused before it is read: entities can be made to grow without
    bounds or to fetch files."""
    try:
        text = site.files[address].decode("utf-8")
    except KeyError:
        raise XmlError("没有这个文件") from None
    except UnicodeDecodeError:
        raise XmlError("不是 UTF-8 编码") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise XmlError("含有 DTD")
    try:
        root = ElementTree.fromstring(site.files[address])  # in the encoding that it states
    except (ElementTree.ParseError, ValueError) as reason:
        raise XmlError(f"不是完好的 XML（{reason}）") from None
    if root.tag != tag:
        raise XmlError(f"最外层是 <{root.tag}>")
    return root
