"""What only files written by hand show: furniture, fonts that lie, text drawn in strange ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulletin_site.importing.manuscript import Alignment, Aside, Kind, Manuscript, PageEnd, Place
from bulletin_site.importing.pdf import draw_pdf
from bulletin_site.importing.pdf.reading import read
from importing.printed_files import Drawn, written_by_hand

_WIDTH = 28


def manuscript(data: bytes) -> Manuscript:
    found = read(data, "汇编.pdf")
    assert isinstance(found, Manuscript)
    return found


def page(*lines: str, foot: str = "", foot_x: float = 280, head: str = "") -> list[Drawn]:
    """Lines of 16 pt, 29 pt apart; two ideographic spaces at the beginning are an indent."""
    drawn = []
    for number, line in enumerate(lines):
        indent = 32 if line.startswith("　　") else 0
        text = line.lstrip("　")
        drawn.append(Drawn(text=text, x=80 + indent, y=730 - 29 * number))
    if foot:
        drawn.append(Drawn(text=foot, x=foot_x, y=60, size=14))
    if head:
        drawn.append(Drawn(text=head, x=250, y=800, size=10))
    return drawn


FIRST = "　　" + "天" * (_WIDTH - 2)
FULL = "地" * _WIDTH
LAST = "末句。"


def texts(found: Manuscript) -> list[str]:
    return [block.text for block in found.blocks]


def test_a_paragraph_over_a_page_end_is_one_block() -> None:
    found = manuscript(written_by_hand([page(FIRST, FULL), page(LAST, FIRST, LAST)]))
    first = "天" * 26 + FULL + LAST
    assert texts(found) == [first, "天" * 26 + LAST]
    assert found.blocks[0].page_ends == (PageEnd(offset=54, page=2),)
    assert found.blocks[1].place == Place(page=2, line=2)


def test_a_page_ended_by_hand_in_mid_sentence_ends_no_paragraph() -> None:
    short = "地" * 22
    found = manuscript(written_by_hand([page(FIRST, FULL, short), page("接着说。", FIRST, LAST)]))
    assert texts(found) == ["天" * 26 + FULL + short + "接着说。", "天" * 26 + LAST]
    assert found.blocks[0].page_ends == (PageEnd(offset=76, page=2),)


def test_a_source_below_a_full_line_stands_alone() -> None:
    lines = page(FIRST, "地" * 27 + "。", "（新华网）", FIRST, LAST)
    assert texts(manuscript(written_by_hand([lines])))[1] == "（新华网）"


def test_empty_pages_are_counted() -> None:
    found = manuscript(written_by_hand([page(FIRST, LAST), [], page(FIRST, LAST), []]))
    ends = [(end.offset, end.page) for block in found.blocks for end in block.page_ends]
    assert ends == [(0, 2), (0, 3), (len(found.blocks[1].text), 4)]
    assert found.pages == 4


@pytest.mark.parametrize(
    "form", ["— {} —", "{}", "第 {} 页 共 11 页", "－{}－", "·{}·", "第{}页", "{}/11"]
)
def test_page_numbers_of_all_forms_are_taken_off(form: str) -> None:
    pages = [page(FIRST, FULL, LAST, foot=form.format(number)) for number in (2, 3, 4)]
    found = manuscript(written_by_hand(pages))
    assert found.printed == {1: 2, 2: 3, 3: 4}
    assert [aside.reason for aside in found.asides] == ["页码"] * 3
    assert len(found.blocks) == 3


def test_a_wrong_page_number_spoils_no_other() -> None:
    pages = [page(FIRST, LAST, foot=f"— {number} —") for number in (2, 3, 9, 5, 6)]
    found = manuscript(written_by_hand(pages))
    assert found.printed == {1: 2, 2: 3, 4: 5, 5: 6}
    doubtful = [aside for aside in found.asides if not aside.sure]
    assert [(aside.text, aside.place.page) for aside in doubtful] == [("— 9 —", 3)]


def test_a_number_that_ends_the_text_of_a_page_stays() -> None:
    pages = [page(FIRST, "7", foot="— 2 —"), page(FIRST, LAST, foot="— 3 —"), page(FIRST, "9")]
    found = manuscript(written_by_hand(pages))
    assert found.printed == {1: 2, 2: 3}
    assert "7" in "".join(texts(found))
    assert texts(found)[-1].endswith("9")


def test_the_cover_has_no_number_and_the_contents_their_own() -> None:
    feet = ["", "1", "2", "3", "1", "2", "3", "4"]
    found = manuscript(written_by_hand([page(FIRST, LAST, foot=foot) for foot in feet]))
    assert found.printed == {2: 1, 3: 2, 4: 3, 5: 1, 6: 2, 7: 3, 8: 4}


def test_a_number_within_a_running_head_is_found() -> None:
    pages = [
        page(FIRST, LAST, head=f"电子政务信息汇编 2014年第1期 第{number}页") for number in (2, 3, 4)
    ]
    found = manuscript(written_by_hand(pages))
    assert found.printed == {1: 2, 2: 3, 3: 4}
    assert {aside.reason for aside in found.asides} == {"页眉"}
    assert len(found.blocks) == 3


def test_below_the_number_of_a_page_is_no_text() -> None:
    """An address there, as large as the text and no farther from it than its lines are from each
    other; and on a part of the pages only."""
    foot = ["网址：http://www.binhe.gov.cn 电话：", "8888888"]
    pages = [
        page(*[han * 28] * 20, f"— {number} —", *foot) for number, han in enumerate("天地玄黄", 1)
    ]
    front = [page("目　录", "前" * 28), page("前" * 28, "　　" + "后" * 26)]
    found = manuscript(written_by_hand([*front, *pages]))
    assert found.printed == {3: 1, 4: 2, 5: 3, 6: 4}
    assert [aside.reason for aside in found.asides] == ["页码", "页脚", "页脚"] * 4
    assert not any("8" in text or "—" in text for text in texts(found))


def test_a_line_that_several_pages_begin_with_is_text() -> None:
    pages = [
        page(*(["【政务云】"] if number % 2 else []), "　　" + han * 26, han * (number + 3) + "。")
        for number, han in enumerate("天地玄黄宇宙洪荒")
    ]
    found = manuscript(written_by_hand(pages))
    assert texts(found).count("【政务云】") == 4
    assert found.asides == ()


def test_one_page_with_a_number_below_it() -> None:
    found = manuscript(written_by_hand([page(FIRST, LAST, foot="— 1 —")]))
    assert found.printed == {1: 1}
    assert texts(found) == ["天" * 26 + LAST]


def test_characters_drawn_twice_count_once() -> None:
    bold = [Drawn(text="加粗的标题", x=200 + shift, y=700) for shift in (0, 0.4, 0.8)]
    found = manuscript(written_by_hand([[*bold, *page("　　正正好好。")]]))
    assert sorted(texts(found)) == sorted(["加粗的标题", "正正好好。"])


def test_a_glyph_may_stand_for_several_characters() -> None:
    data = written_by_hand([page("少跑腿一公积金")], unicode={"一": "——"})
    assert texts(manuscript(data)) == ["少跑腿——公积金"]


def test_text_recognised_over_a_scan_is_text() -> None:
    hidden = [Drawn(text="看不见的文字", x=80, y=700, mode=3)]
    assert texts(manuscript(written_by_hand([hidden]))) == ["看不见的文字"]


def test_radicals_are_the_characters_they_look_like() -> None:
    """U+2F42 for 文, as some fonts have it."""
    data = written_by_hand([page("文字")], unicode={"文": "\u2f42"})
    assert texts(manuscript(data)) == ["文字"]


@pytest.mark.parametrize("code", [0xE123, 0xFFFD, 0x0007])
def test_characters_that_no_one_can_read_are_kept_and_announced(code: int) -> None:
    data = written_by_hand([page("政务公开")], unicode={"公": chr(code)})
    found = manuscript(data)
    assert len(found.blocks[0].text) == 4
    assert found.asides == (
        Aside(
            text=found.blocks[0].text[2],
            place=Place(page=1),
            reason="这一页有认不出来的字，请对照原页改正",
            sure=False,
        ),
    )


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_may_be_turned(rotate: int) -> None:
    found = manuscript(written_by_hand([page(FIRST, FULL, LAST)], rotate=rotate))
    assert texts(found) == ["天" * 26 + FULL + LAST]


def test_a_stamp_across_the_page_is_set_aside() -> None:
    stamp = Drawn(text="内部资料", x=200, y=300, size=40, matrix="0.7 0.7 -0.7 0.7")
    found = manuscript(written_by_hand([[*page(FIRST, FULL, LAST), stamp]]))
    assert texts(found) == ["天" * 26 + FULL + LAST]
    assert [(aside.text, aside.sure) for aside in found.asides] == [("内部资料", False)]


def test_latin_words_broken_at_a_line_end() -> None:
    english = "information technology and govern-"
    lines = [
        Drawn(text=english, x=80, y=700),
        Drawn(text="ment information, as the government", x=80, y=671),
        Drawn(text="says, and it repeats that in an e-", x=80, y=642),
        Drawn(text="paper.", x=80, y=613),
    ]
    assert texts(manuscript(written_by_hand([lines]))) == [
        "information technology and government information, as the government says, and it repeats "
        "that in an e-paper."
    ]


def column(lines: list[str], x: float) -> list[Drawn]:
    indented = [(line.lstrip("　"), 32 * line.startswith("　")) for line in lines]
    return [
        Drawn(text=text, x=x + indent, y=730 - 29 * number)
        for number, (text, indent) in enumerate(indented)
    ]


def test_a_right_hand_column_of_one_line_is_that_of_the_pages_before() -> None:
    full = ["　　" + "天" * 10, "地" * 12, "地" * 11 + "。"]
    first = [*column(full * 2, 80), *column(full * 2, 320)]
    last = [*column([*full, *full[:2]], 80), *column(["末句。"], 320)]
    found = manuscript(written_by_hand([first, last]))
    paragraph = "天" * 10 + "地" * 23 + "。"
    assert texts(found) == [*[paragraph] * 5, "天" * 10 + "地" * 12 + "末句。"]


def test_columns_of_two_lines_below_a_title_are_columns() -> None:
    """Columns of the last page of an article are balanced, and the next title stands across both;
    what the last article leaves of a page may fill lines of the left-hand column only."""
    full = ["　　" + "天" * 10, "地" * 12, "地" * 11 + "。"]
    title = Drawn(text="一、两栏之上的题目", x=210, y=730 - 29 * 6, size=20)
    short = [
        *column(["　　" + "天" * 10, "地" * 12], 80),
        *column(["地" * 12, "末句。"], 320),
    ]
    below = [replace(one, y=one.y - 29 * 7) for one in short]
    left = [replace(one, y=one.y - 29 * 7) for one in column([*full, *full], 80)]
    found = manuscript(
        written_by_hand(
            [
                [*column(full * 2, 80), *column(full * 2, 320), title, *below],
                [*column(full * 2, 80), *column(full * 2, 320), title, *left],
            ]
        )
    )
    paragraph = "天" * 10 + "地" * 23 + "。"
    end = "天" * 10 + "地" * 24 + "末句。"
    titled = [*[paragraph] * 4, title.text]
    assert texts(found) == [*titled, end, *titled, *[paragraph] * 2]


@pytest.mark.parametrize("right", [["地" * 12, "末句。"], ["地" * 11 + "。"]], ids=["two", "one"])
def test_a_full_column_beside_a_line_or_two_of_another_is_one(right: list[str]) -> None:
    full = ["　　" + "天" * 10, "地" * 12, "地" * 11 + "。"]
    lines = [*column([*full * 3, *full[:2]], 80), *column(right, 320)]
    found = manuscript(written_by_hand([lines]))
    paragraph = "天" * 10 + "地" * 23 + "。"
    assert texts(found) == [*[paragraph] * 3, "天" * 10 + "地" * 12 + "".join(right)]


def test_a_page_across_the_gutter_of_others_has_none() -> None:
    full = ["　　" + "天" * 10, "地" * 12, "地" * 11 + "。"]
    cover = [
        Drawn(text="市府办信息科　　2013年4月8日", x=170, y=730),
        Drawn(text="目　录", x=274, y=700),
        Drawn(text="【要闻速递】", x=80, y=671),
        Drawn(text="1、某省发布云计算发展规划并提出要求……2", x=80, y=642),
        Drawn(text="【综合信息】", x=80, y=613),
        Drawn(text="2、全国政府网站绩效评估结果在京发布……4", x=80, y=584),
    ]
    columns = [*column(full * 2, 80), *column(full * 2, 320)]
    found = manuscript(written_by_hand([cover, columns, columns]))
    assert texts(found)[:6] == [drawn.text for drawn in cover]
    assert found.blocks[1].alignment is Alignment.CENTRE


def test_a_title_that_leaves_no_room_before_its_page_ends_its_line() -> None:
    """As Chromium prints a 目录 with dotted borders between the titles and the pages."""
    lines = [("【要闻】", ""), ("1、智慧城区", "2"), ("2、网站绩效评估", "4"), ("【他山之石】", "")]
    lines += [("3、" + "开" * 26, "6"), ("【通知】", ""), ("4、报送工作", "7")]
    contents = [
        Drawn(text=text, x=x, y=730 - 29 * at)
        for at, (title, number) in enumerate(lines)
        for text, x in ((title, 80), (number, 512))
        if text
    ]
    found = manuscript(written_by_hand([contents, page(FIRST, FULL, LAST)]))
    titled = [title + ("\t" if number else "") + number for title, number in lines]
    assert texts(found)[:7] == titled


def test_notes_below_the_text() -> None:
    notes = [
        Drawn(text="① 见国务院公报。", x=80, y=120, size=10),
        Drawn(text="② 见白皮书。", x=80, y=106, size=10),
    ]
    lines = [*page(FIRST, "数字①如下。", FIRST, LAST), *notes]
    found = manuscript(written_by_hand([lines]))
    assert [block.kind for block in found.blocks] == [Kind.TEXT, Kind.NOTE, Kind.TEXT, Kind.NOTE]
    assert found.blocks[1].text == "① 见国务院公报。"


def test_a_raised_number_is_the_mark_of_a_note_where_a_note_bears_it() -> None:
    """Not an exponent, nor a number that no note has."""
    lines = [
        *page(FIRST, "大家共用", FIRST, "面积 5km", FIRST, LAST),
        Drawn(text="1", x=144, y=707, size=9),
        Drawn(text="的目录", x=149, y=701),
        Drawn(text="3", x=197, y=707, size=9),
        Drawn(text="2", x=144, y=649, size=9),
        Drawn(text="1 以目录为准。", x=80, y=120, size=10),
        Drawn(text="2 见白皮书。", x=80, y=106, size=10),
    ]
    found = manuscript(written_by_hand([lines]))
    notes = [(one.number, one.text) for one in found.blocks if one.kind is Kind.NOTE]
    assert notes == [("[1]", "以目录为准。"), ("", "2 见白皮书。")]
    assert "大家共用[1]的目录3" in "".join(texts(found))
    assert "5km2" in "".join(texts(found))


def test_numbers_of_lines_in_the_margin_are_no_text() -> None:
    """Also where a line of text begins with digits of its own."""
    lines = page(FIRST, "2014年" + "地" * 25, LAST, FIRST, LAST)
    numbers = [Drawn(text=str(at + 1), x=40, y=730 - 29 * at) for at in range(5)]
    found = manuscript(written_by_hand([[*lines, *numbers], [*lines, *numbers]]))
    paragraph = "天" * 26 + "2014年" + "地" * 25 + LAST
    assert texts(found) == [paragraph, "天" * 26 + LAST] * 2
    assert [(one.text, one.reason) for one in found.asides] == [("1 2 3 4 5", "行号")] * 2


def test_a_page_is_drawn_as_a_picture() -> None:
    pictures = draw_pdf(written_by_hand([page(FIRST), page(FULL)]), "汇编.pdf", width=300)
    assert isinstance(pictures, tuple)
    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert [int.from_bytes(picture[16:20], "big") for picture in pictures] == [300, 300]
    second = draw_pdf(written_by_hand([page(FIRST), page(FULL)]), "a.pdf", width=300, first=2)
    assert second == pictures[1:]


def test_page_numbers_on_alternate_sides() -> None:
    pages = [
        page(FIRST, LAST, foot=f"— {number} —", foot_x=460 if number % 2 else 80)
        for number in range(1, 6)
    ]
    assert manuscript(written_by_hand(pages)).printed == {n: n for n in range(1, 6)}


def test_a_gap_of_one_character_between_han_is_doubted() -> None:
    drawn = [
        Drawn(text="大家共用", x=100, y=700),
        Drawn(text=" ", x=164, y=700),
        Drawn(text="的数据已经很多了", x=180, y=700),
    ]
    found = manuscript(written_by_hand([drawn]))
    (doubt,) = [aside for aside in found.asides if "没有读出来" in aside.reason]
    assert "用□的" in doubt.reason
    assert not doubt.sure
