"""How bulletins write numbers, pages and topics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.importing.marks import (
    contents_page,
    ends_sentence,
    number_mark,
    page_number,
    topic_mark,
    without_mark,
)


@pytest.mark.parametrize(
    "line",
    ["3", "— 3 —", "- 3 -", "·３·", "第3页", "第 3 页 共 11 页", "第三页", "3/11", "—３—", "P3"],
)
def test_a_line_that_is_only_a_page_number(line: str) -> None:
    assert page_number(line) == 3


@pytest.mark.parametrize("line", ["3月9日", "共3篇", "3 5", "三", "第3期", ""])
def test_a_line_that_is_no_page_number(line: str) -> None:
    assert page_number(line) is None


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("1、题名", 1, "题名"),
        ("1. 题名", 1, "题名"),
        ("１．题名", 1, "题名"),
        ("２．3个月、5个部门", 2, "3个月、5个部门"),
        ("1.2011年上半年", 1, "2011年上半年"),
        ("（三）题名", 3, "题名"),
        ("第十二篇  题名", 12, "题名"),
        ("①题名", 1, "题名"),
        ("【2】题名", 2, "题名"),
        ("★3、题名", 3, "题名"),
        ("07  题名", 7, "题名"),
        ("No.4 . 题名", 4, "题名"),
    ],
)
def test_the_number_before_a_title_is_taken_off(line: str, number: int, title: str) -> None:
    mark = number_mark(line)
    assert mark is not None
    assert (mark.number, without_mark(line)) == (number, title)


@pytest.mark.parametrize(
    "line", ["2014年工作", "3.15晚会", "1．5万张票据", "12 万件", "2 分钟办完", "一网通办", "1、"]
)
def test_a_number_that_belongs_to_the_title_stays(line: str) -> None:
    assert without_mark(line) == line


@pytest.mark.parametrize(
    ("line", "title", "page"),
    [
        ("题名.....2", "题名", 2),
        ("题名 .....\t2", "题名", 2),
        ("题名……３", "题名", 3),
        ("题名·····11", "题名", 11),
        ("题名（2）", "题名", 2),
        ("题名（第2页）", "题名", 2),
        ("题名 P2", "题名", 2),
        ("题名 /2", "题名", 2),
        ("题名\t2-3", "题名", 2),
        ("题名 . . . . . 4", "题名", 4),
    ],
)
def test_a_line_of_the_contents_ends_in_its_page(line: str, title: str, page: int) -> None:
    found = contents_page(line)
    assert found is not None
    assert (found.title, found.page, found.sure) == (title, page, True)


def test_a_number_after_one_space_may_belong_to_the_title() -> None:
    found = contents_page("改建免费信息亭 11")
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    "line", ["【政务云】", "〖政务云〗", "■ 政务云", "◆政务云◆", "--政务云--", "＝政务云＝"]
)
def test_a_topic_is_known_by_what_stands_around_it(line: str) -> None:
    assert topic_mark(line) == "政务云"


@pytest.mark.parametrize("line", ["【1】", "政务云", "【1】某省规划出台"])
def test_other_lines_are_no_topics(line: str) -> None:
    assert topic_mark(line) is None


@pytest.mark.parametrize(
    "text", ["好。", "好。”", "好。（新华网）", "好！", "如下：", "好。（某刊（第2期））"]
)
def test_these_end_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["组织当地重", "约 3 亿元（2013 年", "名单（一）"])
def test_these_do_not(text: str) -> None:
    assert not ends_sentence(text)


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    mark = number_mark(text)
    assert mark is None or mark.length < len(text)
    found = contents_page(text)
    assert found is None or text.lstrip().startswith(found.title.lstrip())
    topic = topic_mark(text)
    assert topic is None or topic in text
