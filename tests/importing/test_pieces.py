"""An article's page ends above its text: in its title, and in the line that names its source."""

from __future__ import annotations

from bulletin_site.importing.manuscript import Alignment, Block, PageEnd, Place
from bulletin_site.importing.pieces import Piece, piece_of
from bulletin_site.importing.title_lines import Heading

TEXT = "甲地日前印发了云计算发展规划，明确提出三年建成一张网。"


def block(text: str, *ends: int, alignment: Alignment = Alignment.CENTRE) -> Block:
    page_ends = tuple(PageEnd(offset=0, page=page) for page in ends)
    return Block(text=text, place=Place(line=1), alignment=alignment, page_ends=page_ends)


def piece(*blocks: Block, title_lines: int) -> Piece:
    heading = Heading(first=0, end=title_lines, title="甲地规划出台", likeness=1.0)
    own = blocks[title_lines:]
    return piece_of(blocks, heading, own, None, None, listed=False)[0]


def test_a_title_that_is_cut_by_a_page_end_begins_on_the_page_before() -> None:
    text = block(TEXT, alignment=Alignment.START)
    found = piece(block("甲地规划", 3), block("出台", 4), text, title_lines=2)
    assert [end.page for end in found.page_ends] == [3]
    assert found.parts[0].page_ends == (PageEnd(offset=0, page=4),)


def test_a_page_that_begins_with_the_source_under_the_title_begins_with_the_text() -> None:
    text = block(TEXT, alignment=Alignment.START)
    for line in ("某县县委办", "来源：某县县委办"):
        found = piece(block("甲地规划出台"), block(line, 4), text, title_lines=1)
        assert (found.source, found.page_ends) == ("某县县委办", ())
        assert found.parts[0].page_ends == (PageEnd(offset=0, page=4),)
