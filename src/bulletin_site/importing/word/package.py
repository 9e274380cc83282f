"""Opening a .docx (Open Packaging Conventions, ECMA-376 part 2): those of its parts that hold text
or say how it looks, read within limits.

Only those are ever opened. Pictures, macros, embedded files and links to other places stay shut, so
what is wrong with them, or hidden in them, does no harm; and a part that is named but missing, as
WPS leaves behind (`Target="NULL"`), is passed over. python-docx fails on such a file and unpacks
everything in it, which is why it is not used here.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from bulletin_site.importing.word.elements import Element, ForbiddenError, integer, parsed, w
from bulletin_site.importing.word.foreign import damaged, no_document, not_a_zip, refused
from bulletin_site.problems import Problem

MOST_MEMBERS = 20_000
MOST_BYTES = 96 << 20
"""Of the parts that are read, unpacked: a hundred times a long book."""
MOST_MARKS = 4_000_000
"""Of XML, in those parts: millions of empty elements fit into a zip of some kilobytes, and each
takes its time and two hundred bytes of memory."""
UNPACKED_BYTES = 4 << 30
"""Of the whole file, by its own account."""
_BOMB_RATIO, _BOMB_BYTES = 300, 16 << 20
_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # NotImplementedError too: a kind of compression that zipfile does not know
)
_ROOT_NAMES = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "hdr",
    "footer": "ftr",
    "diagramData": "",
}
"""Kinds of relationship that are followed, each with the name of the root element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a document, as XML; those of which there may be several by relationship id.
    `pages`: how many it had when it was saved, by the program that did so."""

    document: Element
    single: Mapping[str, Element] = field(default_factory=dict)
    headers: Mapping[str, Element] = field(default_factory=dict)
    footers: Mapping[str, Element] = field(default_factory=dict)
    diagrams: Mapping[str, Element] = field(default_factory=dict)
    pages: int | None = None


class _UnfitError(Exception):
    """Ends the opening; carries what is said about it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def open_package(data: bytes, name: str) -> Package | Problem:
    """`name` is the file's, for messages."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            return _opened(_Members(members, name))
    except _UnfitError as unfit:
        return unfit.problem
    except _BROKEN:
        return not_a_zip(data, name)


class _Members:
    """The members of a zip, by part name in lower case (part names know no case), and how many
    bytes may still be unpacked."""

    def __init__(self, members: zipfile.ZipFile, name: str) -> None:
        self.zip, self.name = members, name
        self.left, self.marks_left = MOST_BYTES, MOST_MARKS
        entries = members.infolist()
        if len(entries) > MOST_MEMBERS:
            raise _UnfitError(refused(name, f"里面有 {len(entries)} 个文件"))
        if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
            raise _UnfitError(refused(name, "解压以后太大（像是“压缩炸弹”）"))
        names = [_part_name(entry.filename) for entry in entries]
        self.twice = {part for part, count in Counter(names).items() if count > 1}
        self.entries = dict(zip(names, entries, strict=True))

    def xml(self, part: str) -> Element | None:
        """None: there is no such part."""
        entry = self.entries.get(part.lower())
        if entry is None:
            return None
        if part.lower() in self.twice:
            raise _UnfitError(refused(self.name, f"里面有两个 {part}"))
        data = self._bytes(entry)
        self.marks_left -= data.count(b"<")
        if self.marks_left < 0:
            raise _UnfitError(refused(self.name, "文字部分太复杂，段落、格式的记号有几百万个"))
        try:
            return parsed(data)
        except ForbiddenError:
            raise _UnfitError(refused(self.name, f"{part} 里声明了实体")) from None
        except etree.XMLSyntaxError as error:
            raise _UnfitError(_not_parsed(self.name, part, error)) from None

    def _bytes(self, entry: zipfile.ZipInfo) -> bytes:
        """Counted while unpacking, because a zip may lie about its sizes."""
        if entry.flag_bits & _ENCRYPTED:
            raise _UnfitError(damaged(self.name, "压缩包加了密码"))
        big = entry.file_size > _BOMB_BYTES
        if big and entry.file_size > _BOMB_RATIO * max(entry.compress_size, 1):
            raise _UnfitError(
                refused(self.name, f"{entry.filename} 解压以后太大（像是“压缩炸弹”）")
            )
        blocks = []
        try:
            with self.zip.open(entry) as stream:
                while block := stream.read(_BLOCK):
                    self.left -= len(block)
                    if self.left < 0:
                        limit = f"文字部分解压以后超过 {MOST_BYTES >> 20} MB"
                        raise _UnfitError(refused(self.name, limit))
                    blocks.append(block)
        except _BROKEN:
            raise _UnfitError(damaged(self.name, f"{entry.filename} 坏了，解压不出来")) from None
        return b"".join(blocks)


def _not_parsed(name: str, part: str, error: etree.XMLSyntaxError) -> Problem:
    """libxml2 sets limits of its own, and names them in its messages only."""
    if "depth" in error.msg:
        return refused(name, f"{part} 里层层套得太深")
    if "huge text" in error.msg or "too long" in error.msg:
        return refused(name, f"{part} 里有一段文字太长")
    return damaged(name, f"{part} 坏了（第 {error.lineno or 1} 行）")


def _part_name(member: str) -> str:
    """`word\\Document.xml`, `/word/document.xml` → `word/document.xml`. A name that leads out of
    the file leads nowhere: nothing is ever unpacked to disk."""
    return posixpath.normpath("/" + member.replace("\\", "/")).lstrip("/").lower()


def _opened(members: _Members) -> Package:
    parts = {kind: part for _, kind, part in _related(members, "")}
    main = parts.get("officeDocument", "word/document.xml")
    document = members.xml(main)
    if document is None or document.tag != w("document"):
        raise _UnfitError(no_document(members.zip, members.name))
    single: dict[str, Element] = {}
    several: dict[str, dict[str, Element]] = {"header": {}, "footer": {}, "diagramData": {}}
    read: dict[str, Element | None] = {}
    for key, kind, part in _related(members, main):
        if kind in _ROOT_NAMES and part not in read:
            read[part] = members.xml(part)
        root = read.get(part)
        if (
            kind not in _ROOT_NAMES
            or root is None
            or _ROOT_NAMES[kind] not in ("", etree.QName(root).localname)
        ):
            continue
        if kind in several:
            several[kind][key] = root
        else:
            single.setdefault(kind, root)
    headers, footers, diagrams = several.values()
    return Package(
        document=document,
        single=single,
        headers=headers,
        footers=footers,
        diagrams=diagrams,
        pages=_pages(members, parts.get("extended-properties", "docProps/app.xml")),
    )


def _pages(members: _Members, part: str) -> int | None:
    """No text depends on it, so it may be broken."""
    try:
        properties = members.xml(part)
    except _UnfitError:
        return None
    return None if properties is None else integer(properties.findtext("{*}Pages"))


def _related(members: _Members, source: str) -> Iterator[tuple[str, str, str]]:
    """Relationship id, last word of its kind (`footnotes`), name of the part; links to the outside
    are left out. `source` is a part, or empty for the package."""
    folder, base = posixpath.split(source)
    root = members.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
    for relationship in () if root is None else root:
        target = relationship.get("Target", "")
        if relationship.get("TargetMode") != "External" and target:
            kind = relationship.get("Type", "").rpartition("/")[2]
            kind = "extended-properties" if kind == "extendedProperties" else kind  # Strict
            yield relationship.get("Id", ""), kind, _part_name(posixpath.join("/", folder, target))
