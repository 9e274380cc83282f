"""A PDF file, from its bytes to its manuscript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from bulletin_site.importing.manuscript import Alignment, Block, Manuscript, unreadable
from bulletin_site.importing.pdf.beside import (
    Beside,
    note_blocks,
    picture_blocks,
    table_blocks,
)
from bulletin_site.importing.pdf.blocks import Writing, block_of, with_page_ends, writing_of
from bulletin_site.importing.pdf.columns import Line, gutter_of, lines_of
from bulletin_site.importing.pdf.contents import with_numbers_apart
from bulletin_site.importing.pdf.doubts import doubts_of
from bulletin_site.importing.pdf.furniture import Bodies, bodies_of
from bulletin_site.importing.pdf.line_numbers import without_line_numbers
from bulletin_site.importing.pdf.margins import Layout, layout_of
from bulletin_site.importing.pdf.notes import split_notes, with_references
from bulletin_site.importing.pdf.opening import opened
from bulletin_site.importing.pdf.paragraphs import (
    Paragraph,
    Text,
    alignment_of,
    paragraphs_of,
)
from bulletin_site.importing.pdf.rows import main_size, rows_of
from bulletin_site.importing.pdf.sheets import Sheet, sheets_of
from bulletin_site.importing.pdf.spacing import Spacing, spacing_of, text_of
from bulletin_site.importing.pdf.tables import Table, tables_of
from bulletin_site.problems import Problem


def read(data: bytes, name: str) -> Manuscript | Problem:
    """In this process; see `apart.py`."""
    with opened(data, name) as document:
        if isinstance(document, Problem):
            return document
        sheets = tuple(sheets_of(document))
        producer = document.get_metadata_value("Producer")
    if not any(_has_text(sheet) for sheet in sheets):
        return _without_text(name, sheets)
    return _manuscript(name, sheets, producer)


def _has_text(sheet: Sheet) -> bool:
    return bool(sheet.askew.strip()) or any(not one.is_space for one in sheet.characters)


def _without_text(name: str, sheets: Sequence[Sheet]) -> Problem:
    if any(sheet.pictures for sheet in sheets):
        return unreadable(
            name,
            f"这是扫描的图片，没有文字（共 {len(sheets)} 页）",
            "请用文字识别（OCR）软件处理后再导入，或者找当时的 Word 文件。",
        )
    return unreadable(
        name,
        f"文件里没有文字（共 {len(sheets)} 页）",
        "文字可能已转成了线条；请从原来的 Word 文件重新导出 PDF，或者直接导入 Word 文件。",
    )


def _manuscript(name: str, sheets: Sequence[Sheet], producer: str) -> Manuscript:
    sheets, line_numbers = without_line_numbers(sheets)
    every_row = [row for sheet in sheets for row in rows_of(sheet.number, sheet.characters)]
    spacing = spacing_of(every_row, producer)
    tables = [table for sheet in sheets for table in tables_of(sheet, spacing)]
    bodies = _bodies(sheets, tables, spacing)
    blocks = _blocks(sheets, tables, bodies, spacing)
    asides = [*bodies.asides, *line_numbers, *doubts_of(sheets)]
    return Manuscript(
        name=name,
        blocks=tuple(with_page_ends(blocks, len(sheets))),
        asides=tuple(sorted(asides, key=lambda aside: aside.place)),
        pages=len(sheets),
        printed=bodies.printed,
    )


def _bodies(sheets: Sequence[Sheet], tables: Sequence[Table], spacing: Spacing) -> Bodies:
    in_tables = {id(one) for table in tables for one in table.characters}
    rows = {
        sheet.number: rows_of(
            sheet.number, [one for one in sheet.characters if id(one) not in in_tables]
        )
        for sheet in sheets
    }
    return bodies_of(rows, spacing)


def _blocks(
    sheets: Sequence[Sheet], tables: Sequence[Table], bodies: Bodies, spacing: Spacing
) -> list[Block]:
    size = main_size(list(chain.from_iterable(bodies.rows.values())))
    parted = {
        sheet.number: with_references(
            *split_notes(bodies.rows[sheet.number], size, sheet.rules, sheet.width), size
        )
        for sheet in sheets
    }
    notes = {page: own for page, (_, own) in parted.items()}
    pages = [text for text, _ in parted.values()]
    gutter = gutter_of(pages, size)
    lines = [line for rows in pages for line in lines_of(rows, size, gutter)]
    layout = layout_of(lines)
    texts = with_numbers_apart(list(_texts(lines, layout, spacing)))
    writing = writing_of(texts, spacing)
    beside = [
        *table_blocks(tables, texts),
        *picture_blocks(sheets, texts),
        *note_blocks(notes, texts, writing, layout.size),
    ]
    return _in_order(paragraphs_of(texts, layout), beside, writing)


def _texts(lines: Sequence[Line], layout: Layout, spacing: Spacing) -> Iterator[Text]:
    page, number = 0, 0
    for serial, line in enumerate(lines):
        page, number = line.page, number + 1 if line.page == page else 1
        alignment = alignment_of(line, layout)
        yield Text(
            line=line,
            text=text_of(line.characters, spacing),
            number=number,
            serial=serial,
            spaced=line.characters[-1].is_space,
            alignment=alignment,
            indented=alignment is Alignment.START and layout.is_indented(line),
        )


def _in_order(
    paragraphs: Sequence[Paragraph], beside: Sequence[Beside], writing: Writing
) -> list[Block]:
    """What stands beside the text comes after the paragraph that holds the line it follows."""
    waiting = sorted(beside, key=lambda one: one.after)
    blocks: list[Block] = []
    for paragraph in paragraphs:
        while waiting and waiting[0].after < paragraph.lines[0].serial:
            blocks.append(waiting.pop(0).block)
        blocks.append(block_of(paragraph, writing))
    return blocks + [one.block for one in waiting]
