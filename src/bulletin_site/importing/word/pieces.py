"""A paragraph as the pieces that stand in it, in reading order: text with its looks, breaks, and
what only hangs there (notes, boxes, pictures). Content controls, links, tracked insertions and
whatever else only wraps text are looked through; an element that is not known here too, so that no
text is lost to an element of the future.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from bulletin_site.importing.word.elements import (
    DELETED_TEXT,
    DIAGRAM,
    PARAGRAPH,
    PIC,
    TABLE,
    TEXT,
    VML,
    WP,
    A,
    Element,
    M,
    R,
    branches,
    is_alternate,
    is_on,
    plain_text,
    w,
)
from bulletin_site.importing.word.fields import Fields, drawn_by
from bulletin_site.importing.word.package import Package
from bulletin_site.importing.word.styles import RunLook, Styles
from bulletin_site.importing.word.symbols import symbol


class Sort(Enum):
    """What a piece is. Of `PAGE_BREAK` (typed) and `RENDERED` (where Word last began a page)
    nothing is text."""

    TEXT = "text"
    PAGE_BREAK = "page-break"
    RENDERED = "rendered"
    NOTE = "note"
    COMMENT = "comment"
    BOX = "box"
    PICTURE = "picture"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`text`: of a picture its description, of a note or comment its id, with `f`, `e` before that
    of a footnote or endnote, in upper case where the text brings its own mark. `reason`: of an
    aside. `element`: the box, or a single paragraph or table; a box without one holds `text`."""

    sort: Sort
    text: str = ""
    look: RunLook | None = None
    reason: str = ""
    element: Element | None = None


DELETED, HIDDEN = "修订中删去的文字", "隐藏文字"
_FIELD_CODE, _PROMPT, _RUBY = "域代码里的文字", "没有填写的提示文字", "注音"
_FORMULA = "用域代码画的文字"
_OTHER_VERSION, _DRAWN = "图形的另一种文字", "图形里的文字"
CERTAIN = {_RUBY, "批注", "页眉", "页脚"}
"""Reasons that leave no doubt; of the others an editor has to judge."""

_SKIPPED = {
    w("pPr"),
    w("rPr"),
    w("sdtPr"),
    w("sdtEndPr"),
    w("smartTagPr"),
    w("customXmlPr"),
    w("rubyPr"),
    w("delInstrText"),
    w("softHyphen"),
    f"{{{WP}}}docPr",
}
_CHARACTERS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_WHY = {
    w("del"): DELETED,
    w("moveFrom"): DELETED,
    w("rt"): _RUBY,
}
_NOTES = {w("footnoteReference"): "f", w("endnoteReference"): "e"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Within:
    """Children still to be read, in which run, and why their text is no text of the document."""

    children: Iterator[Element]
    look: RunLook | None
    why: str


class Reader:
    """Reads the paragraphs of one story (the body, a box, a note) in order."""

    def __init__(self, story: Element, package: Package, styles: Styles) -> None:
        self._fields = Fields(story)
        self._package, self._styles = package, styles
        self._paragraph_style = ""
        self._handlers: dict[str, Callable[[Element, _Within], Iterator[Piece]]] = {
            TEXT: self._text,
            DELETED_TEXT: self._deleted_text,
            f"{{{M}}}t": self._text,
            f"{{{A}}}t": self._drawn_text,
            w("br"): self._break,
            w("sym"): self._symbol,
            w("fldChar"): self._field,
            w("instrText"): self._code,
            w("lastRenderedPageBreak"): self._rendered,
            w("commentReference"): self._comment,
            w("txbxContent"): self._box,
            PARAGRAPH: self._box,  # where only text may stand
            TABLE: self._box,
            f"{{{PIC}}}pic": self._picture,
            f"{{{VML}}}imagedata": self._picture,
            f"{{{VML}}}textpath": self._word_art,
            f"{{{DIAGRAM}}}relIds": self._diagram,
            **dict.fromkeys(_NOTES, self._note),
            **dict.fromkeys(_CHARACTERS, self._character),
        }

    def pieces(self, paragraph: Element, style: str, why: str = "") -> Iterator[Piece]:
        """`style`: the paragraph's; `why`: the reason when none of it is text of the document.
        Kept on a stack of its own: nesting is the file's, and may be deep."""
        self._paragraph_style = style
        stack = [_Within(children=iter(paragraph), look=None, why=why)]
        while stack:
            within = stack[-1]
            child = next(within.children, None)
            if child is None:
                stack.pop()
                continue
            tag = str(child.tag)
            handler = self._handlers.get(tag)
            if handler:
                yield from handler(child, within)
            elif is_alternate(child):
                chosen, others = branches(child)
                yield from _other_versions(chosen, others)
                stack += [] if chosen is None else [_below(chosen, within)]
            elif tag not in _SKIPPED:
                if tag == f"{{{M}}}den":
                    yield Piece(sort=Sort.TEXT, text="/", look=within.look)
                stack.append(self._inside(child, tag, within))

    def _inside(self, child: Element, tag: str, within: _Within) -> _Within:
        look, why = within.look, within.why
        if tag == w("r"):
            look = self._styles.run(self._paragraph_style, child.find(w("rPr")))
            why = why or (HIDDEN if look.hidden else "")
        elif tag == w("sdt"):
            why = why or prompt(child)
        return _Within(children=iter(child), look=look, why=why or _WHY.get(tag, ""))

    def _written(self, text: str, within: _Within, why: str = "") -> Iterator[Piece]:
        why = why or within.why or (_FIELD_CODE if self._fields.in_code else "")
        if why:
            yield Piece(sort=Sort.ASIDE, text=text, reason=why)
        else:
            yield Piece(sort=Sort.TEXT, text=text, look=within.look)

    def _text(self, element: Element, within: _Within) -> Iterator[Piece]:
        """Line ends in the XML are spaces: Word writes breaks as elements."""
        text = _LINE_ENDS.sub(" ", element.text or "")
        return self._written(text, within) if text else iter(())

    def _deleted_text(self, element: Element, within: _Within) -> Iterator[Piece]:
        return self._written(element.text or "", within, within.why or DELETED)

    def _drawn_text(self, element: Element, within: _Within) -> Iterator[Piece]:
        return self._written(element.text or "", within, within.why or _DRAWN)

    def _character(self, element: Element, within: _Within) -> Iterator[Piece]:
        return self._written(_CHARACTERS[str(element.tag)], within)

    def _symbol(self, element: Element, within: _Within) -> Iterator[Piece]:
        try:
            code = int(element.get(w("char"), ""), 16)
        except ValueError:
            return iter(())
        return self._written(symbol(code, element.get(w("font"), "")), within)

    def _break(self, element: Element, within: _Within) -> Iterator[Piece]:
        if element.get(w("type")) != "page":
            yield from self._written("\n", within)
        elif not within.why:
            yield Piece(sort=Sort.PAGE_BREAK)

    def _rendered(self, _: Element, __: _Within) -> Iterator[Piece]:
        yield Piece(sort=Sort.RENDERED)

    def _field(self, element: Element, within: _Within) -> Iterator[Piece]:
        code = self._fields.passed(element.get(w("fldCharType")))
        if code:
            shown = drawn_by(code)
            if shown is None:
                yield Piece(sort=Sort.ASIDE, text=code, reason=within.why or _FORMULA)
            else:
                yield from self._written(shown, within)

    def _code(self, element: Element, _: _Within) -> Iterator[Piece]:
        self._fields.code(element.text or "")
        return iter(())

    def _comment(self, element: Element, _: _Within) -> Iterator[Piece]:
        yield Piece(sort=Sort.COMMENT, text=element.get(w("id"), ""))

    def _note(self, element: Element, within: _Within) -> Iterator[Piece]:
        if within.why:  # what a deleted reference leads to is no note of the text
            return
        marked = (element.get(w("customMarkFollows")) or "0") not in ("0", "false")
        kind = _NOTES[str(element.tag)]
        key = (kind.upper() if marked else kind) + element.get(w("id"), "")
        yield Piece(sort=Sort.NOTE, text=key, look=within.look)

    def _box(self, element: Element, within: _Within) -> Iterator[Piece]:
        if within.why:
            yield Piece(sort=Sort.ASIDE, text=plain_text(element), reason=within.why)
        else:
            yield Piece(sort=Sort.BOX, element=element)

    def _picture(self, element: Element, within: _Within) -> Iterator[Piece]:
        if not within.why:
            yield Piece(sort=Sort.PICTURE, text=_description(element))

    def _word_art(self, element: Element, within: _Within) -> Iterator[Piece]:
        text = element.get("string", "").strip()
        if text:
            sort, why = (Sort.ASIDE, within.why) if within.why else (Sort.BOX, "")
            yield Piece(sort=sort, text=text, reason=why)

    def _diagram(self, element: Element, within: _Within) -> Iterator[Piece]:
        """The words of a diagram (SmartArt) stand in a part of their own."""
        data = self._package.diagrams.get(element.get(f"{{{R}}}dm", ""))
        text = "" if data is None else "\n".join(t.text or "" for t in data.iter(f"{{{A}}}t"))
        yield from self._picture(element, within)
        if text.strip():
            yield Piece(sort=Sort.ASIDE, text=text, reason=within.why or _DRAWN)


_LINE_ENDS = re.compile(r"[\n\r\t]")


def prompt(control: Element) -> str:
    """Why the text of a content control is not the document's: it only asks for text."""
    shown = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
    return _PROMPT if shown is not None and is_on(shown) else ""


def _below(element: Element, within: _Within) -> _Within:
    return _Within(children=iter(element), look=within.look, why=within.why)


def _other_versions(chosen: Element | None, others: list[Element]) -> Iterator[Piece]:
    """What only a version holds that is not read."""
    seen = "" if chosen is None else "".join(plain_text(chosen).split())
    for other in others:
        text = plain_text(other)
        if "".join(text.split()) not in seen:
            yield Piece(sort=Sort.ASIDE, text=text, reason=_OTHER_VERSION)


def _description(picture: Element) -> str:
    """What its author wrote of it, else its name: of the frame around it (`wp:docPr`), of itself,
    or of the shape (VML)."""
    named = []
    for outer in picture.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
        named = outer.findall(f"{{{WP}}}docPr")
        break
    named += picture.findall(f"{{{PIC}}}nvPicPr/{{{PIC}}}cNvPr")
    parent = picture.getparent()
    named += [picture] if parent is None else [parent, picture]
    for attribute in ("descr", "title", "alt", f"{{{_OFFICE}}}title", "name"):
        for element in named:
            if text := (element.get(attribute) or "").strip():
                return text
    return ""


_OFFICE = "urn:schemas-microsoft-com:office:office"
