"""Dates, pages, words: values as editors write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.fields import Fields
from bulletin_site.content.yaml_nodes import compose
from bulletin_site.problems import Problem

KEYS = ("title", "page", "date", "keywords", "corrections", "topics_assigned")


def fields(text: str) -> tuple[Fields, list[Problem]]:
    mapping, problems = compose("01.md", text, 2)
    assert mapping is not None
    return Fields("01.md", mapping, KEYS, problems), problems


@pytest.mark.parametrize(
    "written", ["2014-05-09", "2014-5-9", "2014年5月9日", "2014年05月09日", '"2014-05-09"']
)
def test_a_date_may_be_written_in_both_ways(written: str) -> None:
    read, problems = fields(f"date: {written}")
    assert read.date("date") == date(2014, 5, 9)
    assert problems == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2024-02-30", "没有“2024-02-30”这一天"),
        ("2023年2月29日", "没有“2023年2月29日”这一天"),
        ("2024-13-01", "没有“2024-13-01”这一天"),
        ("2024-00-01", "没有“2024-00-01”这一天"),
        ("0000-01-01", "没有“0000-01-01”这一天"),
        ("2014/05/09", "日期“2014/05/09”写法不对"),
        ("2014-05", "日期“2014-05”写法不对"),
        ("14-05-09", "日期“14-05-09”写法不对"),
        ("2014-05-09 10:00", "日期“2014-05-09 10:00”写法不对"),
        ("２０１４-05-09", "日期“２０１４-05-09”写法不对"),
        ("2014年5月9号", "日期“2014年5月9号”写法不对"),
        ("二〇一四年五月九日", "日期“二〇一四年五月九日”写法不对"),
        ("5月9日", "日期“5月9日”写法不对"),
    ],
)
def test_a_wrong_date_is_quoted_and_the_rule_said(written: str, message: str) -> None:
    read, problems = fields(f"title: 甲\ndate: {written}")
    assert read.date("date") is None
    (found,) = problems
    assert (found.code, found.line, found.message) == ("bad-date", 3, message)


def test_a_leap_day_is_a_day() -> None:
    read, _ = fields("date: 2024-02-29")
    assert read.date("date") == date(2024, 2, 29)


@given(st.dates())
def test_every_day_is_read_in_both_spellings(day: date) -> None:
    for written in (day.isoformat(), f"{day.year:04}年{day.month}月{day.day}日"):
        read, problems = fields(f"date: {written}")
        assert read.date("date") == day
        assert problems == []


@pytest.mark.parametrize(("written", "page"), [("1", 1), ("12", 12), ("'7'", 7), ("99999", 99999)])
def test_a_page_is_a_number_from_one_on(written: str, page: int) -> None:
    read, problems = fields(f"page: {written}")
    assert read.page("page") == page
    assert problems == []


@pytest.mark.parametrize(
    "written",
    ["0", "-1", "05", "5.0", "1e2", "0x10", "五", "５", "第5页", "5-6", "p5", "100000", "1_0"],
)
def test_what_is_no_page_is_quoted(written: str) -> None:
    read, problems = fields(f"page: {written}")
    assert read.page("page") is None
    (found,) = problems
    assert (found.code, found.line) == ("bad-page", 2)
    assert f"“{written}”" in found.message


def test_a_missing_value_is_said_where_it_must_be_there_and_only_there() -> None:
    read, problems = fields("title: 甲")
    assert read.text("keywords") is None
    assert problems == []
    assert read.page("page") is None
    assert [(found.code, found.line) for found in problems] == [("missing-key", 2)]


@pytest.mark.parametrize("blank", ["", " ", '""', "''"])
def test_a_blank_value_is_said(blank: str) -> None:
    read, problems = fields(f"title:{' ' if blank else ''}{blank}")
    assert read.text("title") is None
    assert [(found.code, found.line) for found in problems] == [("missing-key", 2)]


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("keywords: [一, 二]", ["一", "二"]),
        ("keywords:\n  - 一\n  - 二", ["一", "二"]),
        ("keywords: 一", ["一"]),
        ("keywords:", []),
        ("keywords: []", []),
        ("title: 甲", []),
    ],
)
def test_a_list_of_one_needs_no_brackets(written: str, texts: list[str]) -> None:
    read, problems = fields(written)
    assert [one.text for one in read.texts("keywords")] == texts
    assert problems == []


@pytest.mark.parametrize(
    "written",
    ["keywords: {一: 二}", "keywords: [[一]]", "keywords:\n  - key: 二"],
)
def test_a_list_of_something_else_is_said_without_contradicting_itself(written: str) -> None:
    read, problems = fields(written)
    assert read.texts("keywords") == ()
    (found,) = problems
    assert found.code == "wrong-kind"
    assert "应是一个列表，这里写成了列表" not in found.message


def test_a_word_outside_a_closed_set_is_said() -> None:
    read, problems = fields("topics_assigned: yes")
    assert read.choice("topics_assigned", ("later",), "写 later。") is None
    assert [(found.code, found.line) for found in problems] == [("bad-choice", 2)]


def test_an_unknown_key_is_said_on_its_line_with_the_nearest_known_one() -> None:
    _, (found,) = fields("title: 甲\npgae: 5")
    assert (found.code, found.line, found.hint) == (
        "unknown-key",
        3,
        "是不是“page”？（pgae → page）",
    )


@pytest.mark.parametrize("written", ["云计算 大数据", "[云计算　大数据]", "[云计算、大数据]"])
def test_several_words_in_one_are_said(written: str) -> None:
    read, problems = fields(f"keywords: {written}")
    assert len(read.words("keywords")) == 1
    assert [found.code for found in problems] == ["list-comma"]


def test_a_word_may_have_a_space_beside_letters() -> None:
    read, problems = fields("keywords: [SSL 证书, Cloud Foundry]")
    assert read.words("keywords") == ("SSL 证书", "Cloud Foundry")
    assert problems == []
