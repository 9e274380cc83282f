"""Printed pages from what the contents, the file and the text say of them."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_site.importing.contents_entries import Entry
from bulletin_site.importing.manuscript import Manuscript, PageEnd, Place
from bulletin_site.importing.pages import Paged, paginate
from bulletin_site.importing.parts import Part, Role
from bulletin_site.importing.pieces import Piece

WHOLE = "这一段从头到尾说完了一件事，句号也在最后。"
CUT = "这一段说到一半就到了一页的末尾，后半句要到下一页才能"
REST = "读到，这里才是它的结尾。"


def part(text: str, *ends: tuple[int, int]) -> Part:
    return Part(
        text=text,
        role=Role.PARAGRAPH,
        place=Place(line=1),
        page_ends=tuple(PageEnd(offset=offset, page=page) for offset, page in ends),
    )


def piece(page: int | None, *parts: Part, ends: Sequence[int] = ()) -> Piece:
    entry = Entry(
        title="题名", number=None, page=page, page_sure=True, topic=None, place=Place(line=1)
    )
    return Piece(
        title="题名",
        entry=entry,
        topic=None,
        source="某报",
        parts=parts,
        page_ends=tuple(PageEnd(offset=0, page=end) for end in ends),
        place=Place(line=1),
    )


def paged(*pieces: Piece, printed: dict[int, int] | None = None, pages: int = 0) -> list[Paged]:
    file = Manuscript(name="x.txt", blocks=(), pages=pages, printed=printed or {})
    return paginate(file, pieces)


def numbers(found: Sequence[Paged]) -> list[tuple[int, list[int]]]:
    return [(one.page, [b.page for b in one.breaks]) for one in found]


def messages(found: Sequence[Paged]) -> list[str]:
    return [remark.message for one in found for remark in one.remarks]


def test_a_cut_paragraph_is_where_the_page_ended() -> None:
    found = paged(piece(2, part(CUT), part(REST)), piece(3, part(WHOLE)))
    assert numbers(found) == [(2, [3]), (3, [])]
    assert found[0].breaks[0].joins
    assert not messages(found)


def test_a_page_that_begins_with_an_article_leaves_no_trace_in_the_text() -> None:
    found = paged(piece(2, part(CUT), part(REST)), piece(4, part(CUT), part(REST)), piece(5))
    assert numbers(found) == [(2, [3]), (4, [5]), (5, [])]


def test_a_cut_that_no_page_number_confirms_is_a_doubt_and_no_page_end() -> None:
    found = paged(piece(2, part(CUT), part(REST)), piece(2, part(WHOLE)), piece(2, part(WHOLE)))
    assert numbers(found) == [(2, []), (2, []), (2, [])]
    assert any("没有写完" in message for message in messages(found))


def test_the_pages_of_the_file_outweigh_one_wrong_number_of_the_contents() -> None:
    found = paged(
        piece(1, part(WHOLE + WHOLE, (len(WHOLE), 2))),
        piece(3, part(WHOLE), ends=[3]),
        piece(9, part(WHOLE), ends=[4]),
        printed={1: 1, 2: 2, 3: 3, 4: 4},
        pages=4,
    )
    assert numbers(found) == [(1, [2]), (3, []), (4, [])]
    assert any("第 9 页" in message for message in messages(found))


def test_a_page_that_must_end_in_a_text_without_a_trace_is_guessed_and_said() -> None:
    long = [part(WHOLE * 6) for _ in range(6)]
    found = paged(piece(2, *long), piece(2, part(WHOLE)), piece(4, part(CUT), part(REST)), piece(5))
    assert [one.page for one in found] == [2, 2, 4, 5] or any(
        "第 3 页" in message for message in messages(found)
    )


def test_without_any_witness_a_page_between_two_articles_is_said_to_be_doubtful() -> None:
    found = paged(piece(2, part(WHOLE)), piece(3, part(WHOLE)), piece(4, part(WHOLE)))
    assert numbers(found) == [(2, []), (3, []), (4, [])]
    assert sum("看不出" in message for message in messages(found)) == 2


def test_without_a_number_in_the_contents_the_page_is_counted_and_said() -> None:
    found = paged(piece(None, part(CUT), part(REST)), piece(None, part(WHOLE)))
    assert [one.page for one in found] == [1, 2]
    assert sum("没有这一篇的页码" in message for message in messages(found)) == 2


def test_nothing_has_no_pages() -> None:
    assert paged() == []


def test_a_cover_that_the_contents_do_not_count_shifts_all_pages() -> None:
    found = paged(
        piece(1, part(WHOLE), ends=[2]),
        piece(2, part(WHOLE + WHOLE, (len(WHOLE), 4)), ends=[3]),
        piece(4, part(WHOLE), ends=[5]),
        printed={number: number for number in range(1, 6)},
        pages=5,
    )
    assert numbers(found) == [(1, []), (2, [3]), (4, [])]
    assert messages(found) == ["目录里各篇的页码都比文件里的页码小 1，按目录写"] * 3


def test_one_article_with_another_number_shifts_nothing() -> None:
    found = paged(
        piece(2, part(WHOLE), ends=[2]),
        piece(4, part(WHOLE), ends=[3]),
        piece(4, part(WHOLE), ends=[4]),
        printed={number: number for number in range(1, 5)},
        pages=4,
    )
    assert numbers(found) == [(2, []), (3, []), (4, [])]
