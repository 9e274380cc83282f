"""Markdown that changes nothing of the printed text, and the places where printed pages begin."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archives import body
from bulletin_site.content import markdown
from bulletin_site.content.emphasis import emphasis, is_wide
from bulletin_site.content.markdown import PAGE_BREAK, inline_children, is_link, parse
from bulletin_site.content.marks import MALFORMED_MARK, is_mark
from bulletin_site.pages import prose


def text(markdown: str) -> str:
    return prose.plain_text(body(markdown)).text


def starts(markdown: str) -> tuple[tuple[int, int], ...]:
    """Pages and the offset in the plain text at which each begins."""
    return prose.plain_text(body(markdown)).page_starts


def blocks(markdown: str) -> list[str]:
    return [token.type for token in parse(markdown)]


# Where a page begins.


@pytest.mark.parametrize(
    ("markdown", "plain", "page_starts"),
    [
        ("组织当地重{p6}点企业", "组织当地重点企业", ((6, 5),)),
        ("甲{p3}乙{p4}丙", "甲乙丙", ((3, 1), (4, 2))),
        ("甲{p3}{p4}乙", "甲乙", ((3, 1), (4, 1))),
        ("甲\n{p3}\n乙", "甲乙", ((3, 1),)),
        ("甲\n{p3}乙", "甲乙", ((3, 1),)),
        ("甲{p3}\n乙", "甲乙", ((3, 1),)),
        ("John {p3}Podesta", "John Podesta", ((3, 5),)),
        ("*重{p3}点*", "重点", ((3, 1),)),
        ("**重**{p3}*点*", "重点", ((3, 1),)),
        ("- 甲\n- 乙{p3}丙", "甲\n乙丙", ((3, 3),)),
        ("> 甲{p3}乙", "甲乙", ((3, 1),)),
        ("## 小{p3}标题", "小标题", ((3, 1),)),
    ],
)
def test_a_mark_within_text_leaves_no_trace_in_it(
    markdown: str, plain: str, page_starts: tuple[tuple[int, int], ...]
) -> None:
    assert text(markdown) == plain
    assert starts(markdown) == page_starts


@pytest.mark.parametrize(
    ("markdown", "types"),
    [
        ("甲\n\n{p3}\n\n乙", ["paragraph", PAGE_BREAK, "paragraph"]),
        ("甲{p3}\n\n乙", ["paragraph", PAGE_BREAK, "paragraph"]),
        ("甲\n{p3}\n\n乙", ["paragraph", PAGE_BREAK, "paragraph"]),
        ("甲 {p3} \n\n乙", ["paragraph", PAGE_BREAK, "paragraph"]),
        ("甲\n\n{p3}乙", ["paragraph", PAGE_BREAK, "paragraph"]),
        ("甲\n\n{p3}\n乙", ["paragraph", PAGE_BREAK, "paragraph"]),
        ("{p3}{p4}\n\n乙", [PAGE_BREAK, PAGE_BREAK, "paragraph"]),
        ("{p3}", [PAGE_BREAK]),
    ],
)
def test_a_mark_at_an_end_of_a_paragraph_stands_between_paragraphs(
    markdown: str, types: list[str]
) -> None:
    found = parse(markdown)
    assert [
        t.type.removesuffix("_open") for t in found if t.nesting == 1 or t.type == PAGE_BREAK
    ] == types
    assert all(token.block for token in found if token.type == PAGE_BREAK)
    assert re.sub(" +$", "", text(markdown), flags=re.MULTILINE) in ("甲\n乙", "乙", "")


def test_a_mark_knows_its_line_in_the_file() -> None:
    markdown = (
        "\n一\n二{p3}三\n\n- 四\n- 五\n  六{p4}\n\n> 七\n> 八{p5}九\n\n| 甲 |\n|---|\n| 十{p6} |\n"
    )
    assert [(mark.page, mark.line) for mark in body(markdown).page_breaks] == [
        (3, 3),
        (4, 7),
        (5, 10),
        (6, 14),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "{6}",
        "{}",
        "{P6}",
        "{p}",
        "{p06}",
        "{p0}",
        "{p6",
        "p6}",
        "{ p6 }",
        "｛p6｝",
        "{第6页}",
        "\\{p6}",
    ],
)
def test_what_is_no_mark_stays_text(written: str) -> None:
    assert text(f"甲{written}乙") == f"甲{written}乙".replace("\\", "")
    assert body(f"甲{written}乙").page_breaks == ()


@pytest.mark.parametrize(
    "written",
    [
        "{P6}",
        "{p}",
        "{p06}",
        "{p0}",
        "{ p6 }",
        "｛p6｝",
        "{ｐ6}",
        "{p６}",
        "{第6页}",
        "{6页}",
        "{p6｝",
        "{p六}",
        "{p.6}",
    ],
)
def test_what_was_meant_to_be_a_mark_is_recognized(written: str) -> None:
    (found,) = MALFORMED_MARK.findall(f"甲{written}乙")
    assert found == written
    assert not is_mark(found)


def test_a_mark_that_does_not_end_is_recognized() -> None:
    assert MALFORMED_MARK.findall("甲{p6乙{p7a}丙{p8}丁{p9") == ["{p6", "{p7", "{p8}", "{p9"]


@pytest.mark.parametrize("written", ["{6}", "{}", "{page}", "{甲}", "{pa6}"])
def test_other_things_in_braces_are_not_taken_for_marks(written: str) -> None:
    assert MALFORMED_MARK.findall(written) == []


def test_a_mark_in_code_is_code() -> None:
    assert body("`{p3}`\n\n```\n{p4}\n```\n").page_breaks == ()
    assert text("`{p3}`") == "{p3}"


# What would change printed text.


@pytest.mark.parametrize(
    "written",
    [
        "<b>甲</b>",
        "<script>甲</script>",
        "<!-- 甲 -->",
        "<div>\n甲\n</div>",
        "(c) (tm) +- ... --- \"甲\" '乙'",
        "http://a.cn/b。后面",
        "www.a.cn",
        "~~甲~~",
        "甲^1^",
        "[^1]",
        "[甲]: http://a.cn",
        "＃ 标题",
        "１. 甲",
        "1、甲",
        "一、甲",
        "（一）甲",
        "#标题",
        "2014年5月9日",
        "3.57 小时",
        "A_b_C_d",
        "甲 \\ 乙",
        "论坛 / bbs",
        "$a$",
        ":smile:",
    ],
)
def test_text_stays_as_it_was_written(written: str) -> None:
    assert re.sub(r"\s", "", text(written)) == re.sub(r"\s", "", written)


@pytest.mark.parametrize("written", ["1. 甲\n2. 乙", "85. 甲\n\n2014. 乙"])
def test_printed_numbers_of_paragraphs_stay_as_they_were_written(written: str) -> None:
    assert re.sub(r"\s", "", text(written)) == re.sub(r"\s", "", written)


def test_four_spaces_make_no_code_and_no_other_indent_does() -> None:
    assert (
        blocks("    甲\n\n\u3000\u3000乙\n\n\t丙")
        == ["paragraph_open", "inline", "paragraph_close"] * 3
    )


@pytest.mark.parametrize("line", ["---", "===", "-", "="])
def test_a_line_under_a_line_makes_no_heading(line: str) -> None:
    assert "heading_open" not in blocks(f"甲\n{line}\n\n乙")


def test_a_heading_begins_with_its_signs() -> None:
    tokens = parse("## 小标题\n\n#### 更小\n")
    assert [(t.tag, t.nesting) for t in tokens if t.type == "heading_open"] == [
        ("h2", 1),
        ("h4", 1),
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("政务\n公开", "政务公开"),
        ("政务。\n公开", "政务。公开"),
        ("政务\nopen", "政务open"),
        ("open\n政务", "open政务"),
        ("open\ndata", "open data"),
        ("open,\ndata", "open, data"),
        ("“\n甲", "“甲"),
        ("*政务*\n*公开*", "政务公开"),
        ("*open*\n*data*", "open data"),
        ("甲  \n乙", "甲\n乙"),
    ],
)
def test_a_soft_line_break_is_a_space_between_latin_words_only(written: str, plain: str) -> None:
    assert text(written) == plain


@pytest.mark.parametrize("character", "汉，。、（）《》“”‘’…—·ア한Ａ１𠮷")
def test_wide_characters_are_wide(character: str) -> None:
    assert is_wide(character)


@pytest.mark.parametrize("character", ["a", "1", ",", " ", "é", "", "-", "("])
def test_narrow_characters_are_narrow(character: str) -> None:
    assert not is_wide(character)


# Any text.


MARKUP = [
    "*甲*",
    "_甲_",
    "`甲`",
    "[甲](http://a)",
    "[甲](a)",
    "<a>",
    "![甲](http://a)",
    "&amp;",
    "\\*",
    "\\\\",
]


class Stock(MarkdownIt):
    """markdown-it with our emphasis and our links."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return is_link(url)


STOCK = Stock("commonmark").disable(["image", "entity", "autolink", "html_inline"])
STOCK.inline.ruler.at("emphasis", emphasis)


@pytest.mark.parametrize("first", [*MARKUP, *string.punctuation, " ", ""])
def test_texts_are_parsed_as_markdown_it_parses_them(first: str) -> None:
    for second in (*MARKUP, *string.punctuation):
        paragraph = f"甲 {first}{second} 乙"
        ours, theirs = parse(paragraph)[1:2], STOCK.parseInline(paragraph)
        assert [(child.type, child.content) for child in inline_children(ours)] == [
            (child.type, child.content) for child in inline_children(theirs)
        ]


@given(st.text())
def test_any_text_parses(markdown: str) -> None:
    parse(markdown)


SOUP = st.lists(
    st.sampled_from(
        [
            "甲",
            "a",
            " ",
            "\n",
            "\n\n",
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "- ",
            "> ",
            "# ",
            "1. ",
            "|",
            "|---|\n",
            "[",
            "](a)",
            "<b>",
            "&amp;",
            "\\",
            "{p3}",
            "{p4}",
            "{p",
            "}",
            "    ",
            "\t",
            "---\n",
            "\u3000",
        ]
    ),
    max_size=30,
).map("".join)


@given(SOUP)
def test_any_markdown_parses_and_its_blocks_close_in_order(markdown: str) -> None:
    open_blocks = []
    for token in parse(markdown):
        if token.nesting == 1:
            open_blocks.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            assert open_blocks.pop() == token.type.removesuffix("_close")
    assert open_blocks == []


@given(SOUP)
def test_every_mark_of_the_tokens_stands_on_its_line_of_the_markdown(markdown: str) -> None:
    lines = markdown.split("\n")
    for token in inline_children(parse(markdown)):
        if token.type == PAGE_BREAK:
            assert f"{{p{token.meta['page']}}}" in lines[token.meta["line"]]


PARAGRAPH = st.text(st.sampled_from("汉字，。“”《》（）2014年ab "), min_size=1, max_size=20).filter(
    str.strip
)


@st.composite
def marked_paragraphs(draw: st.DrawFn) -> tuple[str, str]:
    """Plain paragraphs, and the same with pages that begin at any place within them."""
    paragraphs = draw(st.lists(PARAGRAPH, min_size=1, max_size=4))
    page = 2
    marked = []
    for paragraph in paragraphs:
        cuts = draw(st.lists(st.integers(0, len(paragraph)), max_size=3).map(sorted))
        pieces = [paragraph[a:b] for a, b in zip([0, *cuts], [*cuts, len(paragraph)], strict=True)]
        line = pieces[0]
        for piece in pieces[1:]:
            page += 1
            line += f"{{p{page}}}{piece}"
        marked.append(line)
    return "\n\n".join(paragraphs), "\n\n".join(marked)


def ink(plain: str) -> str:
    return re.sub(r"[ \n]+", "", plain)


@given(marked_paragraphs())
def test_marks_change_nothing_of_the_plain_text(pair: tuple[str, str]) -> None:
    unmarked, marked = pair
    assert ink(text(marked)) == ink(text(unmarked))
    assert text(marked).count("\n") == text(unmarked).count("\n")


@given(marked_paragraphs())
def test_every_mark_begins_its_page_where_it_stands(pair: tuple[str, str]) -> None:
    _, marked = pair
    printed = prose.plain_text(body(marked))
    written = [int(page) for page in re.findall(r"\{p(\d+)\}", marked)]
    assert [page for page, _ in printed.page_starts] == written
    for page, at in printed.page_starts:
        before, _, after = marked.partition(f"{{p{page}}}")
        unmarked_before, unmarked_after = (
            re.sub(r"\{p\d+\}", "", side) for side in (before, after)
        )
        assert ink(printed.text[:at]) == ink(unmarked_before)
        assert ink(printed.text[at:]) == ink(unmarked_after)


@given(
    st.lists(
        st.sampled_from(
            [
                "汉字",
                "。",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "1. ",
                "\u3000\u3000",
                "    ",
                "| 年 |",
                "|---|",
                "# ",
                "{p5}",
                "**",
                "`",
                "```",
                "a",
                "\t",
                "“",
                "***",
                "---",
                "\\",
                "[甲](02.html)",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_a_paragraph_of_one_line_is_what_the_library_makes_of_it(text: str) -> None:
    assert [token.as_dict() for token in markdown.parse(text)] == [
        token.as_dict() for token in _WITHOUT_SHORT_CUT.parse(text)
    ]


_WITHOUT_SHORT_CUT = markdown._parser()
_WITHOUT_SHORT_CUT.block.ruler.disable("one_line")
