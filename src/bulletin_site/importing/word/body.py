"""The one pass over a document in reading order: paragraphs and tables become blocks, with numbers,
pages, and after each what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bulletin_site.importing.manuscript import Alignment, Aside, Block, Kind, PageEnd, Place
from bulletin_site.importing.word.cells import Cells, framed_in, within
from bulletin_site.importing.word.elements import (
    PARAGRAPH,
    TABLE,
    Element,
    plain_text,
    w,
)
from bulletin_site.importing.word.line import Hanging, Line, NoteMarks, aside, cut, gathered
from bulletin_site.importing.word.numbering import Numbering
from bulletin_site.importing.word.package import Package
from bulletin_site.importing.word.page_count import BesidePages, PageCount, Pages, RowPages
from bulletin_site.importing.word.pieces import Piece, Reader, Sort
from bulletin_site.importing.word.sections import (
    Section,
    begins_page,
    blank_before,
    first_number,
)
from bulletin_site.importing.word.styles import ParagraphLook, Styles

_FOREIGN = w("altChunk")
_SENTENCE_ENDS = tuple("。！？；：…”’）)】》.!?;:")
_INDENTS = ("\u3000", "  ", "\t", "\u2003")


class Body:
    """After `read`: `blocks` and `asides` of the running text, `sections`, `pages`; and in `marks`
    and `comments` the notes and comments that it refers to."""

    def __init__(self, package: Package) -> None:
        numbering = package.single.get("numbering")
        self._package = package
        self._styles = Styles(package.single.get("styles"), numbering)
        self._numbering = Numbering(numbering, self._styles)
        self._ordinal = 0
        self._begun: list[int] = []
        self._notes = _by_id(package, "footnotes", "f") | _by_id(package, "endnotes", "e")
        self._comments = _by_id(package, "comments", "")
        self._ends = [
            each
            for each in package.document.iter(w("sectPr"))
            if (parent := each.getparent()) is not None and parent.tag != w("sectPrChange")
        ]
        self.pages = PageCount()
        self.sections: list[Section] = []
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.marks = NoteMarks()
        self.seen_comments: set[str] = set()

    def read(self) -> None:
        body = self._package.document.find(w("body"))
        if self._ends:
            self._begin_section(self._ends[0])
        if body is not None:
            self._story(body, self.pages)
        self._rest()

    def _story(self, story: Element, pages: Pages) -> None:
        single = story.tag in (PARAGRAPH, TABLE)
        elements = [(story, "")] if single else within(story, PARAGRAPH, TABLE, _FOREIGN)
        self._elements(elements, Reader(story, self._package, self._styles), pages)

    def _elements(
        self, elements: Iterable[tuple[Element, str]], reader: Reader, pages: Pages, why: str = ""
    ) -> None:
        carried: list[Piece] = []
        for element, reason in elements:
            if element.tag == TABLE:
                self._table(element, reader, pages, why or reason)
            elif element.tag == PARAGRAPH:
                carried = self._paragraph(element, reader, pages, why or reason, carried)
            else:
                self._set_aside("（嵌入的另一个文件）", "嵌入的文件，里面的文字没有读")
        if carried:
            self._line(carried, self._styles.paragraph(None), "", pages)

    def _paragraph(
        self, element: Element, reader: Reader, pages: Pages, why: str, carried: list[Piece]
    ) -> list[Piece]:
        """What is to be joined to the next paragraph is handed on."""
        properties = element.find(w("pPr"))
        look = self._styles.paragraph(properties)
        counting = self._counts(pages)
        if counting:
            self._counted()
            self._begun += self.pages.paragraph(on_new_page=look.page_before)
        pieces = carried + list(reader.pieces(element, look.style, why))
        joins = (look.mark_deleted or look.drop_cap) and any(
            piece.sort is Sort.TEXT for piece in pieces
        )
        if not joins:
            number = "" if look.mark_deleted else self._numbering.next(look.numbering)
            for index, part in enumerate(cut(pieces, look) if pages is self.pages else [pieces]):
                self._line(part, look, "" if index else number, pages)
        if counting and properties is not None and properties.find(w("sectPr")) is not None:
            self._end_section()
        return pieces if joins else []

    def _line(self, pieces: list[Piece], look: ParagraphLook, number: str, pages: Pages) -> None:
        line = gathered(pieces, pages, self.marks, self._ordinal)
        self._hang(line.before)
        if line.text.strip():
            self._add(
                Block(
                    text=line.text,
                    place=Place(page=line.page, line=self._ordinal),
                    page_ends=line.page_ends,
                    number=number,
                    level=look.level,
                    bold=line.bold,
                    size=line.size,
                    alignment=look.alignment,
                    indented=look.indented or line.text.startswith(_INDENTS),
                    whole=not _broken_off(line, look, pieces),
                )
            )
        else:
            self._begun += line.begun
        self._hang(line.after)
        self._follow(line)

    def _follow(self, line: Line) -> None:
        """Notes, comments, and what of the line is no text of the document."""
        self.asides += line.asides
        for key in line.notes:
            self._note(key)
        for key in line.comments:
            if key in self._comments and key not in self.seen_comments:
                self.seen_comments.add(key)
                self._set_aside(plain_text(self._comments[key]), "批注")

    def _set_aside(self, text: str, reason: str) -> None:
        place = Place(page=self.pages.page, line=self._ordinal)
        self.asides += [aside(text, place, reason)] if text.strip() else []

    def _add(self, block: Block) -> None:
        """With the pages that began since the last block."""
        begun = tuple(PageEnd(offset=0, page=page) for page in self._begun)
        self._begun.clear()
        if begun:
            block = replace(block, page_ends=begun + block.page_ends)
        self.blocks.append(block)

    def _hang(self, hanging: Sequence[Hanging]) -> None:
        for each in hanging:
            self._begun += each.begun
            place = Place(page=each.page, line=self._ordinal)
            if each.piece.sort is Sort.PICTURE:
                self._add(Block(text=each.piece.text, place=place, kind=Kind.PICTURE))
            elif each.piece.element is None:
                self._add(Block(text=each.piece.text, place=place))
            else:
                self._story(each.piece.element, BesidePages(each.page))

    def _note(self, key: str) -> None:
        note = self._notes.get(key)
        if note is None:
            return
        reader = Reader(note, self._package, self._styles)
        cell = self._cells(reader).cell(note, BesidePages(self.pages.page))
        place = Place(page=self.pages.page, line=self._ordinal)
        text = cell.text.strip()
        if text:
            self._add(Block(text=text, place=place, kind=Kind.NOTE, number=self.marks[key]))
        self._loose_ends(cell.lines)

    def _cells(self, reader: Reader, *, counting: bool = False) -> Cells:
        return Cells(
            reader=reader,
            styles=self._styles,
            numbering=self._numbering,
            marks=self.marks,
            ordinal=self._counted if counting else lambda: self._ordinal,
        )

    def _counted(self) -> int:
        self._ordinal += 1
        return self._ordinal

    def _loose_ends(self, lines: Sequence[Line]) -> None:
        """Of a table or note: what hangs on its lines comes after it."""
        for line in lines:
            self._hang([*line.before, *line.after])
            self._follow(line)

    def _table(self, element: Element, reader: Reader, pages: Pages, why: str) -> None:
        framed = framed_in(element)
        if framed:
            for cell, reason in framed:
                within_row = RowPages(pages) if pages is self.pages else pages
                inner = within(cell, PARAGRAPH, TABLE, _FOREIGN)
                self._elements(inner, reader, within_row, why or reason)
            return
        counting = self._counts(pages)
        first, start = self._ordinal + counting, pages.page
        grid = self._cells(reader, counting=counting).grid(element, pages, why)
        if grid.text.strip():
            page = start + sum(end.offset == 0 for end in grid.page_ends)
            self._add(
                Block(
                    text=grid.text,
                    place=Place(page=page, line=first),
                    kind=Kind.TABLE,
                    page_ends=grid.page_ends,
                    rows=grid.rows,
                )
            )
        else:
            self._begun += [end.page for end in grid.page_ends]
        self._loose_ends(grid.lines)

    def _counts(self, pages: Pages) -> bool:
        """Whether paragraphs there are those of the running text."""
        return pages is self.pages or isinstance(pages, RowPages)

    def _begin_section(self, properties: Element, *, whole_pages: bool = True) -> None:
        self.sections.append(
            Section(properties=properties, page=self.pages.page, whole_pages=whole_pages)
        )

    def _end_section(self) -> None:
        """How the next one begins stands in the properties of that one, at its own end."""
        index = len(self.sections)
        if index >= len(self._ends):
            return
        properties = self._ends[index]
        whole_pages = begins_page(properties)
        if whole_pages:
            blank = blank_before(properties, self._next_number())
            self._begun += self.pages.typed(2 if blank else 1)
        self._begin_section(properties, whole_pages=whole_pages)

    def _next_number(self) -> int:
        """The number of the page after this one, as Word counts: on from the last section that
        began anew."""
        for section in reversed(self.sections):
            start = first_number(section.properties)
            if start is not None:
                return start + self.pages.page + 1 - section.page
        return self.pages.page + 1

    def _rest(self) -> None:
        """Notes and comments to which no text leads, headers and footers, once each."""
        for key, note in self._notes.items():
            if key not in self.marks and note.get(w("type"), "normal") == "normal":
                self.asides += _beside(note, "没有引用的脚注")
        for key, comment in self._comments.items():
            if key not in self.seen_comments:
                self.asides += _beside(comment, "批注")
        parts = [(part, "页眉") for part in self._package.headers.values()]
        parts += [(part, "页脚") for part in self._package.footers.values()]
        for part, reason in {id(part): (part, reason) for part, reason in parts}.values():
            self.asides += _beside(part, reason)


def _broken_off(line: Line, look: ParagraphLook, pieces: Sequence[Piece]) -> bool:
    """LibreOffice makes two paragraphs of one that has a typed page break in it; where the first
    ends in mid-sentence, it may not be its typist who ended it."""
    last = next((p for p in reversed(pieces) if p.sort is not Sort.TEXT or p.text.strip()), None)
    runs_on = look.alignment is Alignment.START and look.level is None
    return (
        runs_on
        and last is not None
        and last.sort is Sort.PAGE_BREAK
        and not line.text.rstrip().endswith(_SENTENCE_ENDS)
    )


def _beside(element: Element, reason: str) -> list[Aside]:
    text = plain_text(element)
    return [aside(text, Place(), reason)] if text.strip() else []


def _by_id(package: Package, kind: str, prefix: str) -> dict[str, Element]:
    root = package.single.get(kind)
    found: dict[str, Element] = {}
    for child in () if root is None else root:
        found.setdefault(prefix + child.get(w("id"), ""), child)
    return found
