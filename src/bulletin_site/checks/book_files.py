"""Reading an EPUB as a careful reader does: what lies in it, and its documents as XML."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from bulletin_site.checks.built_site import unspaced
from bulletin_site.checks.targets import Reach, resolve
from bulletin_site.pages import urls

TYPE = b"application/epub+zip"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

MEDIA_TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css"}


class BookError(Exception):
    """Why a file is no EPUB that a reader may be given."""


@dataclass(frozen=True, kw_only=True)
class BuiltBook:
    """The files in an EPUB by their places in it."""

    files: Mapping[str, bytes]

    @cached_property
    def package_place(self) -> str:
        """Where the container says that the package document is."""
        root = self.root(urls.BOOK_CONTAINER, f"{CONTAINER}container")
        places = [one.get("full-path", "") for one in root.iter(f"{CONTAINER}rootfile")]
        if len(places) != 1 or places[0] not in self.files:
            raise BookError(f"{urls.BOOK_CONTAINER} 没有指明书的说明文件")
        return places[0]

    @cached_property
    def package(self) -> etree._Element:
        return self.root(self.package_place, f"{OPF}package")

    @cached_property
    def manifest(self) -> Mapping[str, etree._Element]:
        """What the book says that it has, by place."""
        items = self.package.iterfind(f"{OPF}manifest/{OPF}item")
        return {self.target(self.package_place, one.get("href", ""))[0]: one for one in items}

    @cached_property
    def spine(self) -> tuple[str, ...]:
        """The places of its documents in reading order; empty for one that it does not have."""
        by_id = {one.get("id"): place for place, one in self.manifest.items()}
        items = self.package.iterfind(f"{OPF}spine/{OPF}itemref")
        return tuple(by_id.get(one.get("idref"), "") for one in items)

    @cached_property
    def documents(self) -> Mapping[str, etree._Element]:
        """All XHTML documents by place, parsed."""
        return {
            place: self.root(place, f"{XHTML}html")
            for place in self.files
            if place.endswith(".xhtml")
        }

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, etree._Element]]:
        """By document the elements that a link can lead to."""
        return {
            place: {one.get("id", ""): one for one in root.iter("{*}*") if one.get("id")}
            for place, root in self.documents.items()
        }

    def document(self, place: str) -> etree._Element:
        """An XHTML document, which must be there."""
        if place not in self.documents:
            raise BookError(f"没有 {place}")
        return self.documents[place]

    def root(self, place: str, tag: str) -> etree._Element:
        """A parsed file. Entities are refused before they are read: they can be made to grow
        without bounds or to fetch files."""
        if place not in self.files:
            raise BookError(f"没有 {place}")
        if b"<!ENTITY" in self.files[place]:
            raise BookError(f"{place} 含有实体声明")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.files[place], parser)
        except etree.XMLSyntaxError as reason:
            raise BookError(f"{place} 不是完好的 XML（{reason.msg}）") from None
        if root.tag != tag:
            raise BookError(f"{place} 最外层不是 {tag.rpartition('}')[2]}")
        return root

    def target(self, start: str, href: str) -> tuple[str, str]:
        """The place in the book to which a link leads, and the anchor; empty where it leads out of
        it."""
        found = resolve(href, start, None)
        return (found.address, found.fragment) if found.reach is Reach.INSIDE else ("", "")


def opened(content: bytes) -> BuiltBook:
    """Take an EPUB apart. Nothing in one of the site is compressed, so it cannot grow."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if any(entry.compress_type != ZIP_STORED for entry in entries):
                raise BookError("里面有压缩过的文件")
            if len(set(names)) != len(names):
                raise BookError("里面有两个同名的文件")
            files = {name: archive.read(name) for name in names}
    except (BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError) as reason:
        raise BookError(f"打不开（{reason}）") from None
    if names[:1] != [urls.BOOK_TYPE] or files[urls.BOOK_TYPE] != TYPE:
        raise BookError(f"第一个文件应是 {urls.BOOK_TYPE}，内容是 {TYPE.decode()}")
    return BuiltBook(files=files)


def text_of(node: etree._Element) -> str:
    """All characters in an element."""
    return "".join(map(str, node.itertext()))


def kinds(node: etree._Element) -> list[str]:
    """What an element is in the words of EPUB's own vocabulary."""
    return node.get(EPUB_TYPE, "").split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The place where a printed page begins: its id, its accessible name, the number beside it, how
    many characters, white space apart, and how many headings stand before it."""

    id: str
    name: str
    number: str
    offset: int
    headings: int


def marks_in(root: etree._Element) -> Iterator[Mark]:
    """The page marks below an element, in order."""
    offset = headings = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            offset += len(unspaced(node.tail or "")) if node is not root else 0
            continue
        if "pagebreak" in kinds(node) or node.get("role") == "doc-pagebreak":
            name = node.get("aria-label") or node.get("title") or ""
            yield Mark(
                id=node.get("id", ""),
                name=name,
                number=node.get("data-page", ""),
                offset=offset,
                headings=headings,
            )
        headings += node.tag == f"{XHTML}h1"
        offset += len(unspaced(node.text or ""))


def nav_links(nav: etree._Element) -> Iterator[tuple[str, str]]:
    """The links of a list in the navigation document: words and address."""
    for link in nav.iter(f"{XHTML}a"):
        yield " ".join(text_of(link).split()), link.get("href", "")
