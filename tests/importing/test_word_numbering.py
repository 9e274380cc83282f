"""The numbers of automatic lists, as Word shows them."""

from __future__ import annotations

import pytest

from bulletin_site.importing.word.number_formats import formatted
from importing.word_files import cell, numbered, paragraph, read, table


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 25: "二十五", 100: "一〇〇"},
        ),
        (
            "chineseCountingThousand",
            {1: "一", 10: "十", 19: "十九", 20: "二十", 100: "一百", 101: "一百零一"}
            | {110: "一百一十", 1001: "一千零一", 1010: "一千零一十"},
        ),
        ("japaneseCounting", {1: "一", 11: "十一", 101: "百一", 120: "百二十"}),
        ("ideographDigital", {1: "一", 10: "一〇", 20: "二〇"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("upperRoman", {4: "IV", 1994: "MCMXCIV"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerLetter", {2: "b"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {1: ""}),
        ("unheardOf", {7: "7"}),
    ],
)
def test_a_number_is_written_as_its_form_says(form: str, numbers: dict[int, str]) -> None:
    assert {number: formatted(number, form) for number in numbers} == numbers


def level(index: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


OUTLINE = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    + level(3, "bullet", "\uf06c", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{OUTLINE}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1．")}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="list"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="99"/></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/>'
    f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:type="numbering" w:styleId="list"><w:name w:val="列表"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="title"><w:name w:val="题名"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="same"><w:name w:val="同"/><w:basedOn w:val="title"/></w:style>'
)


def item(number: int, depth: int = 0, text: str = "文") -> str:
    return paragraph(
        text,
        properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def numbers(*items: str) -> list[str]:
    found = read("".join(items), numbering=NUMBERING, styles=STYLES)
    return [block.number for block in found.blocks]


def test_levels_count_within_those_above_and_begin_again() -> None:
    items = [item(1, depth) for depth in (0, 1, 1, 0, 1, 2, 3, 2, 0)]
    assert numbers(*items) == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
        "2.1.1",
        "●",
        "2.1.2",
        "三、",
    ]


def test_lists_of_the_same_definition_count_on_together() -> None:
    assert numbers(item(2), item(3), item(2)) == ["1．", "2．", "3．"]


def test_a_list_may_begin_with_a_number_of_its_own() -> None:
    assert numbers(item(2), item(4), item(4), item(2)) == ["1．", "5．", "6．", "7．"]


def test_a_list_may_look_different_from_its_definition() -> None:
    assert numbers(item(7), item(7)) == ["①", "②"]


def test_a_definition_may_only_name_a_style_of_lists() -> None:
    assert numbers(item(5), item(5, 1)) == ["一、", "（一）"]


def test_styles_number_their_paragraphs_unless_the_paragraph_says_no() -> None:
    title = paragraph("题", properties='<w:pStyle w:val="title"/>')
    same = paragraph("题", properties='<w:pStyle w:val="same"/>')
    none = '<w:pStyle w:val="title"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert numbers(title, same, paragraph("题", properties=none), title) == [
        "1．",
        "2．",
        "",
        "3．",
    ]


def test_an_empty_item_is_counted() -> None:
    assert numbers(item(2), item(2, text=""), item(2)) == ["1．", "3．"]


def test_lists_that_are_not_defined_show_nothing() -> None:
    assert numbers(item(6), item(42), item(1, 8), item(1, 99)) == ["", "", "", ""]


def test_numbers_in_cells_stand_in_their_text() -> None:
    found = read(
        table(cell(item(2, text="甲")) + cell("子"), cell(item(2, text="乙")) + cell("丑")),
        numbering=NUMBERING,
        styles=STYLES,
    )
    assert found.blocks[0].rows == (("1．甲", "子"), ("2．乙", "丑"))
    assert numbered(found) == ["1．甲\t子\n2．乙\t丑"]
