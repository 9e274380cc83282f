"""The built site as it is found: every page parsed once, with the links, ids and printed pieces
that rules about more than one page need."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bulletin_site.batch import Files

REBUILD = "请重新运行 bulletin build；如果还有这一条，请告诉维护人员。"
"""What to do about a fault that no editor can have made."""

_ADDRESS_ATTRIBUTES = {
    "href",
    "xlink:href",
    "src",
    "srcset",
    "imagesrcset",
    "action",
    "formaction",
    "poster",
    "background",
    "manifest",
    "cite",
    "longdesc",
    "ping",
}
_ADDRESS_ATTRIBUTES_OF = {"object": {"data"}, "form": {"data-catalog"}, "script": {"data-to"}}
"""Attributes that hold addresses on one element only: what an object shows, where the search form
says that the search data is, and where a page has moved."""

_UNFETCHED_ATTRIBUTES = {"cite", "longdesc"}
_UNFETCHED_RELATIONS = {
    *("canonical", "alternate", "prev", "next", "license", "author", "help", "search", "up"),
}
_REFRESH = re.compile(r"""^[^;,]*[;,]\s*(?:url\s*=\s*)?['"]?([^'"]*)""", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)
_CSS_LINK = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*?))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"""
    # An address in quotation marks, as in image-set(); W3C's are names of vocabularies.
    r"""|["']((?:https?:)?//(?!www\.w3\.org/)[^"']*)["']""",
    re.IGNORECASE,
)


_ELSEWHERE = re.compile(r"""["'`]((?:https?:)?//(?!www\.w3\.org/)[^"'`]+)["'`]""", re.IGNORECASE)
"""Another host in a script; W3C's addresses are names of vocabularies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in a page. `fetched`: a browser goes there by itself, or sends something there;
    else only when the reader follows it. `canonical`: it is the page's own full URL."""

    element: str
    attribute: str
    value: str
    fetched: bool
    canonical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a printed page shows of one article; white space is left out of `text`."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file that a page offers: for readers (`element` a) with its `label`, what is heard of it;
    in the head for programs (link)."""

    element: str
    href: str
    media_type: str
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltPage:
    """What is kept of a page, a style sheet or a picture: `path` as problems name it, `base` where
    a `<base href>` says what its links are relative to, and all `class` attributes that it has."""

    address: str
    path: str
    ids: frozenset[str]
    links: tuple[Link, ...]
    base: str | None
    pieces: tuple[Piece, ...]
    offers: tuple[Offer, ...] = ()
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page while it is being judged."""

    page: BuiltPage
    content: bytes
    text: str
    tree: LexborHTMLParser
    elements: tuple[tuple[str, Mapping[str, str | None]], ...]

    def line(self, *words: str) -> int:
        """The line on which the first of some words that occurs at all stands; 0: none does."""
        return line_in(self.text, *words)

    def line_of(self, node: LexborNode) -> int:
        """The line on which an element begins; 0: it is not to be found in the text."""
        begins = re.finditer(rf"<{node.tag}(?=[\s/>])", _untemplated(self.text))
        for one, found in zip(self.tree.css(node.tag or ""), begins, strict=False):
            if one == node:
                return self.text.count("\n", 0, found.start()) + 1
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """All files, and what is kept of the pages and of the assets that link."""

    folder: str
    files: Files
    pages: Mapping[str, BuiltPage]
    assets: Mapping[str, BuiltPage]

    def path(self, address: str) -> str:
        return f"{self.folder}/{address}"

    def line(self, address: str, *words: str) -> int:
        """Like `Document.line`; it decodes the file again, as only a found fault needs it."""
        return line_in(self.files.get(address, b"").decode("utf-8", "replace"), *words)

    def link_line(self, address: str, link: Link) -> int:
        escaped = html.escape(link.value)
        exact = (
            f"{link.attribute}={quote}{value}" for value in (escaped, link.value) for quote in "\"'"
        )
        return self.line(address, *exact, escaped, link.value)


def line_in(text: str, *words: str) -> int:
    for sought in words:
        position = text.find(sought) if sought else -1
        if position >= 0:
            return text.count("\n", 0, position) + 1
    return 0


def unspaced(text: str) -> str:
    """Text without any white space: how printed text is compared."""
    return "".join(text.split())


def words(text: str) -> str:
    """Text as a browser shows it on one line: how titles and names are compared."""
    return " ".join(text.split())


def parse(address: str, content: bytes, folder: str) -> Document:
    """Parse a page. Bytes that are no UTF-8 are replaced; another rule reports them."""
    text = content.decode("utf-8", "replace")
    tree = LexborHTMLParser(_untemplated(text))
    elements = tuple(_elements(tree))
    page = BuiltPage(
        address=address,
        path=f"{folder}/{address}",
        ids=_ids(elements),
        links=tuple(_links(elements)),
        base=next((found.get("href") for tag, found in elements if tag == "base"), None),
        pieces=tuple(_piece(node) for node in tree.css("section.piece")),
        offers=tuple(_offers(tree)),
        classes=frozenset(found["class"] or "" for _, found in elements if "class" in found),
    )
    return Document(page=page, content=content, text=text, tree=tree, elements=elements)


def _untemplated(text: str) -> str:
    """What a template holds is shown later: a tree would not have it."""
    return text.replace("<template", "<div     ").replace("</template", "</div")


def asset(address: str, content: bytes, folder: str) -> BuiltPage:
    """The links of a style sheet, of an SVG picture, or of a script to other hosts."""
    text = content.decode("utf-8", "replace")
    elements: tuple[tuple[str, Mapping[str, str | None]], ...] = ()
    links: tuple[Link, ...]
    if address.endswith(".svg"):
        elements = tuple(_elements(LexborHTMLParser(text)))
        links = tuple(_links(elements))
    elif address.endswith(".js"):
        links = tuple(_fetched("script", value) for value in _ELSEWHERE.findall(text))
    else:
        links = tuple(_css_links(text))
    return BuiltPage(
        address=address,
        path=f"{folder}/{address}",
        ids=_ids(elements),
        links=links,
        base=None,
        pieces=(),
    )


def _elements(tree: LexborHTMLParser) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    if tree.root:
        for node in tree.root.traverse():
            yield node.tag or "", node.attributes


def _ids(elements: tuple[tuple[str, Mapping[str, str | None]], ...]) -> frozenset[str]:
    """Places that a link can lead to."""
    ids = {attributes.get("id") for _, attributes in elements}
    ids |= {attributes.get("name") for tag, attributes in elements if tag == "a"}
    return frozenset(found for found in ids if found)


def _links(elements: tuple[tuple[str, Mapping[str, str | None]], ...]) -> Iterator[Link]:
    for tag, attributes in elements:
        for name, value in attributes.items():
            if name in _ADDRESS_ATTRIBUTES or name in _ADDRESS_ATTRIBUTES_OF.get(tag, ()):
                relations = set((attributes.get("rel") or "").lower().split())
                for address in _addresses(name, value or ""):
                    yield Link(
                        element=tag,
                        attribute=name,
                        value=address,
                        fetched=_is_fetched(tag, name, relations),
                        canonical=tag == "link" and "canonical" in relations,
                    )
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(attributes.get("content") or "")
            if found:
                address = found[1].strip()
                yield Link(element=tag, attribute="content", value=address, fetched=True)


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute in ("srcset", "imagesrcset"):
        return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
    return value.split() if attribute == "ping" else [value]


def _is_fetched(tag: str, attribute: str, relations: set[str]) -> bool:
    if attribute in _UNFETCHED_ATTRIBUTES:
        return False
    if tag == "link":
        return not relations or not relations <= _UNFETCHED_RELATIONS
    return tag not in ("a", "area", "base") or attribute == "ping"


def _css_links(text: str) -> Iterator[Link]:
    bare = _CSS_ESCAPE.sub(lambda one: chr(int(one[1], 16) % 0x110000), _CSS_COMMENT.sub("", text))
    for found in _CSS_LINK.finditer(bare):
        value = next((group for group in found.groups() if group is not None), "")
        yield _fetched("css", value)


def _fetched(element: str, value: str) -> Link:
    return Link(element=element, attribute="url", value=value, fetched=True)


def _offers(tree: LexborHTMLParser) -> Iterator[Offer]:
    """The feed, which is an alternate too, is no file to keep."""
    for node in tree.css('head > link[rel="alternate"], .downloads a[download]'):
        media_type = node.attributes.get("type") or ""
        if media_type != "application/atom+xml":
            yield Offer(
                element=node.tag or "",
                href=node.attributes.get("href") or "",
                media_type=media_type,
                text=node.text(),
                label=node.attributes.get("aria-label") or "",
            )


def _piece(section: LexborNode) -> Piece:
    heading = section.css_first("h2")
    prose = section.css_first(".prose")
    return Piece(
        anchor=section.attributes.get("id") or "",
        heading=words(heading.text()) if heading else "",
        text=unspaced(prose.text()) if prose else "",
    )
