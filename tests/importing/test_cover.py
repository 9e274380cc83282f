"""Day, label and names of a cover, in the spellings and orders of offices."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.model import Publication
from bulletin_site.importing.cover import Cover, read_cover
from bulletin_site.importing.manuscript import Block, Place

PUBLICATION = Publication(
    title="电子政务信息汇编",
    publisher="秘书处",
    organization=None,
    base_url=None,
    site_id_code=None,
    topics=(),
)


def cover(*lines: str, file: str = "本期.docx", tail: str = "", wanted: str | None = None) -> Cover:
    blocks = [Block(text=line, place=Place(line=n)) for n, line in enumerate(lines, start=1)]
    after = [Block(text=tail, place=Place(line=99))] if tail else []
    return read_cover(blocks, after, file, PUBLICATION, wanted)


@pytest.mark.parametrize(
    "day",
    ["2014年5月9日", "2014 年 5 月 9 日", "二〇一四年五月九日", "二○一四年五月九日", "2014.5.9", "2014-05-09", "2014/5/9", "２０１４年５月９日"],
)  # fmt: skip
def test_a_day_in_every_spelling(day: str) -> None:
    assert cover("电子政务信息汇编", day, "五月第一期").date == date(2014, 5, 9)


def test_a_day_that_is_broken_over_two_lines() -> None:
    found = cover(
        "电子政务信息汇编", "临江市办公室　　二〇一六年十一", "月二十五日", "十一月第三期"
    )
    assert found.date == date(2016, 11, 25)


@pytest.mark.parametrize(
    ("label", "issue"),
    [
        ("五月第一期", "2014-05-1"),
        ("5月第2期", "2014-05-2"),
        ("五月份第三期", "2014-05-3"),
        ("2014年五月第一期", "2014-05-1"),
    ],
)
def test_the_label_says_which_issue_of_the_month_it_is(label: str, issue: str) -> None:
    found = cover("电子政务信息汇编", label, "2014年5月9日")
    assert found.id == issue
    assert not found.guessed


def test_a_number_of_the_year_leaves_the_issue_of_the_month_to_the_day() -> None:
    found = cover("电子政务信息汇编", "第9期（总第123期）", "2014年5月9日")
    assert (found.id, found.label) == ("2014-05-1", "第9期（总第123期）")
    assert [key for key, _ in found.guessed] == ["label"]


def test_the_name_of_the_file_helps_where_the_cover_says_nothing() -> None:
    assert cover("电子政务信息汇编", file="2014年5月第一期.docx").id == "2014-05-1"
    assert cover("电子政务信息汇编", file="汇编2014-05-2.pdf").id == "2014-05-2"


def test_the_imprint_at_the_end_helps_too() -> None:
    found = cover("电子政务信息汇编", "五月第一期", tail="出版日期：2014年5月9日")
    assert found.date == date(2014, 5, 9)
    assert [key for key, _ in found.guessed] == ["date"]


def test_without_any_month_the_issue_is_unknown_unless_the_editor_names_it() -> None:
    assert cover("电子政务信息汇编").id is None
    named = cover("电子政务信息汇编", wanted="2014-05-1")
    assert (named.id, named.label) == ("2014-05-1", "五月第一期")
    assert {key for key, _ in named.guessed} == {"date", "label"}


def test_who_stands_above_the_title_is_the_organization() -> None:
    found = cover("某某国家工程实验室", "电子政务信息汇编", "2014年6月13日", "六月第二期", "秘书处")
    assert (found.organization, found.publisher) == ("某某国家工程实验室", "秘书处")


def test_labelled_names_are_taken_by_their_labels() -> None:
    found = cover(
        "电子政务信息汇编", "主办：某某办公室　　编辑：某某信息中心", "2014年5月9日", "五月第一期"
    )
    assert (found.organization, found.publisher) == ("某某办公室", "某某信息中心")


def test_a_role_in_a_cell_of_its_own_is_no_name() -> None:
    lines = ("电子政务信息汇编", "五月第一期", "主办", "某某办公室", "日期", "2014年5月9日")
    found = cover(*lines, "编印", "某某信息中心", "报送范围", "各区县办公室")
    assert (found.organization, found.publisher) == ("某某办公室", "某某信息中心")
    after = cover(
        "电子政务信息汇编", "五月第一期", "2014年5月9日", "某某信息中心\t编", "签发\t某人"
    )
    assert (after.organization, after.publisher) == (None, "某某信息中心")
    known = cover("电子政务信息汇编", "五月第一期", "2014年5月9日", "秘书处\t编")
    assert (known.organization, known.publisher) == (None, "秘书处")


def test_what_is_not_understood_is_left_over() -> None:
    found = cover("内部资料　注意保存", "电子政务信息汇编", "2014年5月9日", "五月第一期")
    assert [block.text for block in found.unread] == ["内部资料　注意保存"]


@given(st.lists(st.text(max_size=30), max_size=6), st.text(max_size=20))
def test_no_cover_is_too_odd(lines: list[str], name: str) -> None:
    found = cover(*lines, file=name)
    assert found.id is None or found.date is not None
