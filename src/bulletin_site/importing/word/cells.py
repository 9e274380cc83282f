"""Texts that are made of several paragraphs: the cells of a table, a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bulletin_site.importing.manuscript import PageEnd
from bulletin_site.importing.word.elements import (
    PARAGRAPH,
    TABLE,
    Element,
    branches,
    integer,
    is_alternate,
    value,
    w,
)
from bulletin_site.importing.word.line import Line, NoteMarks, gathered
from bulletin_site.importing.word.numbering import Numbering
from bulletin_site.importing.word.page_count import Pages, RowPages
from bulletin_site.importing.word.pieces import DELETED, Reader, prompt
from bulletin_site.importing.word.styles import Styles

_MOST_COLUMNS = 63
"""Word's own limit."""
_ROW, _CELL = w("tr"), w("tc")
_PROPERTIES = {w(name) for name in ("sdtPr", "sdtEndPr", "sectPr", "tblPr", "trPr", "tcPr")}


def within(container: Element, *wanted: str) -> Iterator[tuple[Element, str]]:
    """The `wanted` elements of a container in order, through whatever wraps them, each with the
    reason why it is no text of the document, if it is not."""
    stack = [(iter(container), "")]
    while stack:
        children, why = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
        elif child.tag in wanted:
            yield child, why
        elif is_alternate(child):
            chosen, _ = branches(child)
            stack += [] if chosen is None else [(iter(chosen), why)]
        elif child.tag not in _PROPERTIES:
            found = prompt(child) if child.tag == w("sdt") else ""
            found = DELETED if child.tag in (w("del"), w("moveFrom")) else found
            stack.append((iter(child), why or found))


def framed_in(table: Element) -> list[tuple[Element, str]]:
    """The cells of a table with one in each row: it is a frame around a text, and tabulates
    nothing. Each with the reason why it is no text of the document; [] for other tables."""
    found = []
    for row, why in within(table, _ROW):
        cells = list(within(row, _CELL))
        if len(cells) != 1:
            return []
        cell, reason = cells[0]
        found.append((cell, why or reason or (DELETED if _is_deleted(row) else "")))
    return found


def _is_deleted(row: Element) -> bool:
    properties = row.find(w("trPr"))
    return properties is not None and properties.find(w("del")) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell or note as one text, a paragraph a line; `lines`: its paragraphs, for what hangs on
    them."""

    text: str
    page_ends: tuple[PageEnd, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. A cell over several columns or rows is followed by empty ones. `text`: the rows by
    tab and line, in which the pages end."""

    rows: tuple[tuple[str, ...], ...]
    page_ends: tuple[PageEnd, ...]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return _joined(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Reads cells and tables of one story. `ordinal`: called once a paragraph, which of the
    document it is."""

    reader: Reader
    styles: Styles
    numbering: Numbering
    marks: NoteMarks
    ordinal: Callable[[], int]

    def cell(self, container: Element, pages: Pages, why: str = "") -> Cell:
        texts: list[str] = []
        ends: list[PageEnd] = []
        lines: list[Line] = []
        offset = 0
        for element, reason in within(container, PARAGRAPH, TABLE):
            if element.tag == TABLE:
                grid = self.grid(element, pages, why or reason)
                text, own_ends, own_lines = grid.text, grid.page_ends, grid.lines
            else:
                line, text = self._paragraph(element, pages, why or reason)
                own_lines = (line,)
                own_ends = moved(line.page_ends, len(text) - len(line.text))
            lines += own_lines
            ends += moved(own_ends, offset)
            if text.strip():
                texts.append(text)
                offset += len(text) + 1
        whole = "\n".join(texts)
        return Cell(text=whole, page_ends=_inside(ends, whole), lines=tuple(lines))

    def _paragraph(self, element: Element, pages: Pages, why: str) -> tuple[Line, str]:
        """With its automatic number, which has no other place in a cell."""
        look = self.styles.paragraph(element.find(w("pPr")))
        pieces = self.reader.pieces(element, look.style, why)
        line = gathered(pieces, pages, self.marks, self.ordinal())
        number = self.numbering.next(look.numbering)
        if number and line.text and number[-1].isdecimal():
            number += " "
        return line, number + line.text

    def grid(self, table: Element, pages: Pages, why: str = "") -> Grid:
        rows: list[tuple[str, ...]] = []
        ends: list[PageEnd] = []
        lines: list[Line] = []
        offset = 0
        for row, reason in within(table, _ROW):
            deleted = _is_deleted(row)
            excuse = why or reason or (DELETED if deleted else "")
            cells, row_ends, row_lines = self._row(row, pages, excuse)
            lines += row_lines
            ends += moved(row_ends, offset)
            if cells and not deleted:
                rows.append(cells)
                offset += sum(map(len, cells)) + len(cells)
        return Grid(
            rows=tuple(rows),
            page_ends=_inside(ends, _joined(rows)),
            lines=tuple(lines),
        )

    def _row(
        self, row: Element, pages: Pages, why: str
    ) -> tuple[tuple[str, ...], list[PageEnd], list[Line]]:
        texts = [""] * _span(row.find(w("trPr")), "gridBefore", 0)
        ends: list[PageEnd] = []
        lines: list[Line] = []
        in_row = RowPages(pages)
        begins = len(texts)
        for element, reason in within(row, _CELL):
            in_row.cell()
            cell = self.cell(element, in_row, why or reason)
            ends += moved(cell.page_ends, begins)
            lines += cell.lines
            columns = _span(element.find(w("tcPr")), "gridSpan", 1)
            texts += [cell.text] + [""] * (columns - 1)
            begins += len(cell.text) + columns
        return tuple(texts), ends, lines


def _joined(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def moved(ends: Iterable[PageEnd], by: int) -> tuple[PageEnd, ...]:
    return tuple(PageEnd(offset=end.offset + by, page=end.page) for end in ends)


def _inside(ends: Iterable[PageEnd], text: str) -> tuple[PageEnd, ...]:
    """Pages that begin after the last character, in an empty paragraph, begin at the end."""
    return tuple(PageEnd(offset=min(end.offset, len(text)), page=end.page) for end in ends)


def _span(properties: Element | None, name: str, usual: int) -> int:
    said = integer(value(properties, name))
    return usual if said is None else max(usual, min(said, _MOST_COLUMNS))
