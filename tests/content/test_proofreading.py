"""Slips that were printed are said, never mended, and settled by a correction that quotes them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import published, with_body
from bulletin_site.content.proofreading import joined_lines, mark_like, slips
from bulletin_site.problems import Problem, Severity


def found(text: str, correction: str = "") -> list[Problem]:
    """What is said of an article with this text, and this correction if any."""
    more = f"corrections:\n  - date: 2014-06-01\n    text: {correction}\n" if correction else ""
    return list(slips(with_body(text, more=more).issues[0].articles))


@pytest.mark.parametrize(
    "text",
    [
        "他说：“好。”",
        "“甲‘乙’丙”《甲》（乙）「丙『丁』」【戊】",
        "“甲\n乙”",
        "“甲\n\n乙”",
        "云平台和软件",
        "Internet of Everything",
        "甲（big data）乙",
        "1）甲；2）乙。\n\na）丙\n\n一）丁",
        "“甲。\n\n“乙。\n\n　　“丙。”",
        "John Podesta 在白宫",
        "",
    ],
)
def test_sound_text_is_not_complained_about(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("甲。\n公民隐私等”。", "unbalanced-quote", 6),
        ("“甲。\n\n乙。", "unbalanced-quote", 5),
        ("（甲。", "unbalanced-quote", 5),
        ("见图1）。", "unbalanced-quote", 5),
        ("他说：“甲。\n\n“乙。”", "unbalanced-quote", 5),
        ("《甲", "unbalanced-quote", 5),
        ("云平台 and 软件集聚区", "stray-latin", 5),
        ("云平台of软件", "stray-latin", 5),
    ],
)
def test_a_slip_is_a_warning_with_its_line(text: str, code: str, line: int) -> None:
    (problem,) = found(text)
    assert (problem.code, problem.line, problem.severity) == (code, line, Severity.WARNING)


@pytest.mark.parametrize(
    "text", ["公民隐私等”。因此", "“甲乙丙丁", "云平台 and 软件集聚区", "总体目{p3}标”，并"]
)
def test_a_correction_with_the_words_of_the_hint_settles_the_warning(text: str) -> None:
    (problem,) = found(text)
    words = problem.hint.rpartition("：")[2]
    assert words
    assert found(text, f"原文“{words}”有误") == []


def test_the_words_to_be_copied_are_those_in_print() -> None:
    """An editor copies them into a text that readers see: a page mark is nothing for them."""
    (problem,) = found("规划提出总体目{p3}标”，并明确。")
    words = problem.hint.rpartition("：")[2]
    assert "{" not in words
    assert words in "规划提出总体目标”，并明确。"


def test_the_two_slips_of_the_first_issue_are_the_only_ones() -> None:
    assert [(p.path, p.line, p.code) for p in published().problems] == [
        ("issues/2014-05-1/01.md", 8, "stray-latin"),
        ("issues/2014-05-1/07.md", 10, "unbalanced-quote"),
    ]


@given(st.text(st.sampled_from("“”《》（）甲")))
def test_brackets_that_nest_are_not_complained_about_and_others_are(text: str) -> None:
    nested = re.sub(r"[^“”《》（）]", "", text)
    while shorter := re.sub("“”|《》|（）", "", nested):
        if shorter == nested:
            break
        nested = shorter
    else:
        nested = ""
    complaints = [p for p in found("甲" + text) if p.code == "unbalanced-quote"]
    assert bool(complaints) == bool(nested)


@pytest.mark.parametrize(
    "written",
    [
        "（p3）",
        "［p3］",
        "《p3》",
        "p3}",
        "{3}",
        "{3p}",
        "{p:3}",
        "{p：3}",
        "{p_3}",
        "{p3.}",
        "{pg3}",
        "{第3頁}",
        "{页3}",
        "{q3}",
        "{page:3}",
        "{-3-}",
        "〔第3页〕",
        "【第 3 页】",
        "{р3}",
        "{p\ufe0f3}",
        "{#p3}",
    ],
)
def test_what_was_meant_for_a_mark_is_said_with_the_mark(written: str) -> None:
    (problem,) = mark_like(with_body(f"甲{written}乙").issues[0].articles)
    assert (problem.line, problem.text) == (5, written)
    assert "{p3}" in problem.hint


@pytest.mark.parametrize(
    "text",
    ["甲{p3}乙", "甲{P3}乙", "（见第3页）", "{1, 2}", "{甲}", "\\{1 2\\}", "[3]", "2014年〔3〕"],
)
def test_what_is_a_mark_or_none_is_not_said_to_be_like_one(text: str) -> None:
    assert list(mark_like(with_body(text).issues[0].articles)) == []


def test_the_end_of_a_file_as_dos_marks_it_is_no_second_line() -> None:
    assert list(joined_lines(with_body("甲。\n\x1a").issues[0].articles)) == []
    assert len(list(joined_lines(with_body("甲。\n乙\x1a").issues[0].articles))) == 1
