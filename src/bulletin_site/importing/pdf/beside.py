"""Tables, pictures and notes as blocks, and after which line of the text they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin_site.importing.manuscript import Block, Kind, Place
from bulletin_site.importing.pdf.blocks import Writing, block_of
from bulletin_site.importing.pdf.columns import Line
from bulletin_site.importing.pdf.notes import NoteRows, refers
from bulletin_site.importing.pdf.paragraphs import Paragraph, Text
from bulletin_site.importing.pdf.rows import Row
from bulletin_site.importing.pdf.sheets import Sheet
from bulletin_site.importing.pdf.spacing import text_of
from bulletin_site.importing.pdf.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`after`: the serial number of a line of the document; -1: before all of them."""

    block: Block
    after: int


def table_blocks(tables: Sequence[Table], texts: Sequence[Text]) -> Iterator[Beside]:
    for table in tables:
        yield _beside(
            texts,
            table.page,
            table.top,
            kind=Kind.TABLE,
            text="\n".join("\t".join(row) for row in table.rows),
            rows=table.rows,
        )


def picture_blocks(sheets: Sequence[Sheet], texts: Sequence[Text]) -> Iterator[Beside]:
    """A scanned page with its text below it is that text, and no picture."""
    for sheet in sheets:
        for picture in sheet.pictures:
            if not (sheet.is_scan(picture) and sheet.characters):
                yield _beside(texts, sheet.number, picture.top, kind=Kind.PICTURE)


def _beside(
    texts: Sequence[Text],
    page: int,
    top: float,
    *,
    kind: Kind,
    text: str = "",
    rows: tuple[tuple[str, ...], ...] = (),
) -> Beside:
    """After the last line above it; of a page in columns, after the last that begins above it."""
    above = [
        one
        for one in texts
        if one.line.page < page or (one.line.page == page and one.line.down <= top)
    ]
    last = above[-1] if above else None
    line = last.number if last is not None and last.line.page == page else 0
    return Beside(
        block=Block(text=text, place=Place(page=page, line=line + 1), kind=kind, rows=rows),
        after=last.serial if last is not None else -1,
    )


def note_blocks(
    notes: Mapping[int, Sequence[NoteRows]], texts: Sequence[Text], writing: Writing, size: float
) -> Iterator[Beside]:
    """After the line that refers to them, else after the last line of their page."""
    for page, own in notes.items():
        on_page = [text for text in texts if text.line.page == page]
        number = len(on_page)
        for note in own:
            lines = tuple(_lines(note.rows, number, writing))
            number += len(lines)
            referring = [text for text in on_page if refers(text.line, note.mark, size)]
            yield Beside(
                block=_numbered(
                    block_of(Paragraph(lines=lines, whole=True), writing, Kind.NOTE), note
                ),
                after=(referring or on_page)[-1].serial,
            )


def _numbered(block: Block, note: NoteRows) -> Block:
    if not note.number:
        return block
    return replace(block, number=note.number, text=block.text.removeprefix(note.mark).lstrip())


def _lines(rows: Sequence[Row], above: int, writing: Writing) -> Iterator[Text]:
    for number, row in enumerate(rows, above + 1):
        yield Text(
            line=Line(page=row.page, characters=row.characters, column=0),
            text=text_of(row.characters, writing.spacing),
            number=number,
            serial=-1,
            spaced=row.characters[-1].is_space,
        )
