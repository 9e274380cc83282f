"""PDF files printed by LibreOffice and Chromium give back what was typed."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from bulletin_site.importing.manuscript import Alignment, Kind, Manuscript, PageEnd, Place
from bulletin_site.importing.pdf.reading import read
from importing.bulletin_layouts import LAYOUTS, PARAGRAPHS, printed_paragraphs
from importing.printed_files import printed_by_chromium

NAMES = sorted(name.rpartition(".")[0] for name in LAYOUTS)


@cache
def manuscript(data: bytes) -> Manuscript:
    found = read(data, "汇编.pdf")
    assert isinstance(found, Manuscript)
    return found


def texts(found: Manuscript, kind: Kind = Kind.TEXT) -> list[str]:
    return [block.text for block in found.blocks if block.kind is kind]


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


@pytest.mark.parametrize(("name", "issue"), [("may", "2014-05-1"), ("june", "2014-06-2")])
def test_a_printed_issue_gives_back_every_paragraph(
    printed: Mapping[str, bytes], name: str, issue: str
) -> None:
    found = manuscript(printed[name])
    assert texts(found) == printed_paragraphs(issue)
    assert found.printed == {page: page for page in range(1, found.pages + 1)}
    assert [(aside.text, aside.reason, aside.sure) for aside in found.asides] == [
        (f"— {page} —", "页码", True) for page in range(1, found.pages + 1)
    ]


def test_the_pages_of_a_printed_issue_end_where_they_do(printed: Mapping[str, bytes]) -> None:
    """What PDFium itself says of the first characters of every page."""
    found = manuscript(printed["june"])
    document = pypdfium2.PdfDocument(printed["june"])
    ends = [(end, block) for block in found.blocks for end in block.page_ends]
    assert [end.page for end, _ in ends] == list(range(2, len(document) + 1))
    for end, block in ends:
        begins = document[end.page - 1].get_textpage().get_text_range(0, 5)
        assert re.sub(r"\s", "", block.text[end.offset :]).startswith(re.sub(r"\s", "", begins))


def test_titles_and_sources_stand_where_they_stood(printed: Mapping[str, bytes]) -> None:
    for block in manuscript(printed["june"]).blocks:
        if re.match(r"\d+、", block.text):
            assert block.bold, block.text
            assert block.alignment is Alignment.CENTRE or block.indented, block.text
        elif re.fullmatch("（.*）", block.text):
            assert block.alignment is Alignment.END, block.text
        else:
            assert (block.alignment, block.indented) == (Alignment.START, True), block.text
        assert block.size == 16


def test_chromium_gives_back_every_paragraph(tmp_path: Path) -> None:
    """It draws no spaces in the middle of lines that PDFium would tell of."""
    paragraphs = printed_paragraphs("2014-06-2")
    body = "".join(
        f"<{tag}>{html.escape(text)}</{tag[:2]}>"
        for text in paragraphs
        for tag in ["h2" if re.match(r"\d+、", text) else "p"]
    )
    style = (
        "@page{size:A4;margin:37mm 26mm 35mm 28mm}body{font:16pt/29pt 'Noto Serif CJK SC';margin:0}"
        "p{margin:0;text-indent:2em;text-align:justify}h2{font-size:16pt;text-align:center;margin:0}"
    )
    page = f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}"
    assert texts(manuscript(printed_by_chromium(page, tmp_path))) == paragraphs


@pytest.mark.parametrize("name", NAMES)
def test_no_character_is_lost(printed: Mapping[str, bytes], name: str) -> None:
    document = pypdfium2.PdfDocument(printed[name])
    whole = "".join(page.get_textpage().get_text_range() for page in document)
    found = manuscript(printed[name])
    kept = [block.number + block.text for block in found.blocks] + [
        aside.text for aside in found.asides
    ]
    unmarked = re.sub(r"\[([0-9]+)\]", r"\1", "".join(kept))
    assert characters(unmarked) == characters(whole.replace("\ufffe", "-"))


def test_running_heads_and_outer_page_numbers_are_no_text(printed: Mapping[str, bytes]) -> None:
    found = manuscript(printed["two-sides"])
    assert found.printed == {page: page for page in range(1, found.pages + 1)}
    assert Counter(aside.reason for aside in found.asides) == {
        "页眉": found.pages,
        "页码": found.pages,
    }
    expected = []
    for number in range(1, 8):
        expected += [f"{number}、某省召开会议部署政务信息资源共享工作", "并对全年工作提出要求"]
        expected += ["一、总体情况", *PARAGRAPHS, "（一）下一步打算", PARAGRAPHS[0], "（新华网）"]
    assert texts(found) == expected


def test_a_table_of_contents_is_read_line_by_line_and_column_by_column(
    printed: Mapping[str, bytes],
) -> None:
    found = texts(manuscript(printed["contents"]))
    lines = [re.sub(r"[.\t]+", "|", text) for text in found]
    assert lines[0] == "目　录"
    assert lines[1:7] == [
        f"{number}、某省云计算发展规划第{han}部分出台|{number + 1}"
        for number, han in enumerate("一二三四五六", 1)
    ]
    assert lines[7] == "【大数据】"
    assert lines[8:13] == [f"{number}、大数据平台开通|{number + 1}" for number in range(7, 12)]
    assert lines[13:] == [f"{number}、政务公开|{number + 1}" for number in range(12, 24)]
    assert found[1].count(".") > 10
    assert "\t" in found[8]


def test_text_in_two_columns_is_read_column_by_column(printed: Mapping[str, bytes]) -> None:
    found = manuscript(printed["columns"])
    assert texts(found) == ["1、两栏排的文章", *PARAGRAPHS * 9]
    assert found.blocks[0].alignment is Alignment.CENTRE


def test_paragraphs_that_stand_apart_need_no_indent(printed: Mapping[str, bytes]) -> None:
    found = manuscript(printed["spaced"])
    assert texts(found) == [*PARAGRAPHS] * 6
    assert not any(block.indented for block in found.blocks)


def test_where_nothing_tells_a_paragraph_is_not_called_whole(printed: Mapping[str, bytes]) -> None:
    found = manuscript(printed["dense"])
    assert texts(found)[:6] == [*PARAGRAPHS] * 2
    last = found.blocks[-1]
    assert last.text == "正" * 26 + "。后一段从这里开始。"
    assert not last.whole
    assert all(block.whole for block in found.blocks[:-1])


def test_tables_pictures_spaces_and_rare_characters_are_kept(printed: Mapping[str, bytes]) -> None:
    found = manuscript(printed["mixed"])
    table = next(block for block in found.blocks if block.kind is Kind.TABLE)
    assert table.rows == (
        ("地区", "平台", "数据量"),
        ("广东", "云平台", "3000"),
        ("海南", "政务云计算中心", "85"),
    )
    assert [block.kind for block in found.blocks].index(Kind.TABLE) == 1
    assert [block.kind for block in found.blocks].count(Kind.PICTURE) == 1
    assert texts(found) == [
        PARAGRAPHS[0],
        "二〇一四年五月九日    秘书处",
        "电子政务\t第 1 期\t2014年",
        "𠮷野家与㐂字、①②、fi 以外的字都在。",
        "The government has published a white paper on e-government and open data, which says that "
        "the use of data analysis will change the way in which budgets are made.",
        "正" * 25,
        "这一段在满行的一段之后。",
        "7",
    ]


def test_a_footnote_follows_the_paragraph_that_refers_to_it(printed: Mapping[str, bytes]) -> None:
    blocks: list[tuple[Kind, str]] = [
        (block.kind, block.number + block.text) for block in manuscript(printed["notes"]).blocks
    ]
    first, second, third = PARAGRAPHS
    assert [kind for kind, _ in blocks] == [Kind.TEXT, Kind.NOTE, Kind.TEXT, Kind.NOTE, Kind.TEXT]
    assert [text for _, text in blocks[::2]] == [f"{first}[1]", f"{second}[2]", third]
    assert "四舍五入" in blocks[1][1]
    assert blocks[3][1] == "[2]见白皮书。"


def test_a_page_that_begins_with_a_paragraph_begins_before_it(printed: Mapping[str, bytes]) -> None:
    found = manuscript(printed["spaced"])
    third = next(block for block in found.blocks if block.place == Place(page=2, line=1))
    assert third.page_ends == (PageEnd(offset=0, page=2),)
    assert third.text == PARAGRAPHS[2]
