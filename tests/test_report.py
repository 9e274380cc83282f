"""Problems as lines for people, for programs and for GitHub."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.problems import RULES, Problem, Severity, errors, nearest, ordered
from bulletin_site.report import FORMATS, report, summary

ERROR = Problem(
    path="issues/2014-05-1/06.md",
    line=5,
    code="page-order",
    message="页码 4 早于上一篇的末页（第 5 页）",
    hint="应是第 5 页或第 6 页。",
)
WARNING = Problem(
    path="issues/附图.png", code="stray-file", message="不认识这个文件", hint="请移走。"
)
PROBLEMS = st.builds(
    Problem,
    path=st.text(),
    line=st.integers(0, 99),
    code=st.sampled_from(sorted(RULES)),
    message=st.text(),
    hint=st.text(),
)


def test_the_text_form_is_place_code_message_and_hint() -> None:
    assert report([ERROR], "text") == (
        "issues/2014-05-1/06.md:5: page-order：页码 4 早于上一篇的末页（第 5 页）\n"
        "    提示：应是第 5 页或第 6 页。\n"
    )


def test_a_warning_about_a_whole_file_has_no_line_and_says_that_it_is_one() -> None:
    assert report([WARNING], "text") == (
        "issues/附图.png: stray-file：（提醒）不认识这个文件\n    提示：请移走。\n"
    )


def test_the_json_form_has_a_version_and_every_field() -> None:
    assert json.loads(report([ERROR, WARNING], "json")) == {
        "version": 1,
        "problems": [
            {
                "path": "issues/2014-05-1/06.md",
                "line": 5,
                "code": "page-order",
                "severity": "error",
                "message": "页码 4 早于上一篇的末页（第 5 页）",
                "hint": "应是第 5 页或第 6 页。",
            },
            {
                "path": "issues/附图.png",
                "line": 0,
                "code": "stray-file",
                "severity": "warning",
                "message": "不认识这个文件",
                "hint": "请移走。",
            },
        ],
    }


def test_the_github_form_is_an_annotation_of_the_line() -> None:
    assert report([ERROR, WARNING], "github") == (
        "::error file=issues/2014-05-1/06.md,line=5,title=page-order::"
        "页码 4 早于上一篇的末页（第 5 页）。提示：应是第 5 页或第 6 页。\n"
        "::warning file=issues/附图.png,title=stray-file::不认识这个文件。提示：请移走。\n"
    )


def test_github_cannot_mistake_text_for_commands() -> None:
    nasty = Problem(
        path="a,b:c%d.md", line=1, code="encoding", message="一\n::error::二", hint="三：%0A\r"
    )
    assert report([nasty], "github") == (
        "::error file=a%2Cb%3Ac%25d.md,line=1,title=encoding::"
        "一%0A::error::二。提示：三：%250A%0D\n"
    )


@given(PROBLEMS)
def test_every_annotation_is_one_line_that_can_be_read_back(problem: Problem) -> None:
    line = report([problem], "github")
    assert re.findall(r"[\r\n]", line) == ["\n"]
    found = re.fullmatch(
        r"::(error|warning) file=([^,:]*)(,line=\d+)?,title=([a-z-]+)::([^\r\n]*)\n", line
    )
    assert found is not None
    assert unquote(found[2], errors="strict") == problem.path
    assert unquote(found[5], errors="strict") == f"{problem.message}。提示：{problem.hint}"


@given(st.lists(PROBLEMS))
def test_json_can_be_read_back(problems: list[Problem]) -> None:
    read = json.loads(report(problems, "json"))["problems"]
    assert [
        Problem(**{k: v for k, v in found.items() if k != "severity"}) for found in read
    ] == problems


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_wrong_is_said_in_every_form(form: str) -> None:
    text = report([], form)
    assert text == "" or json.loads(text) == {"version": 1, "problems": []}


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "没有问题"),
        ([ERROR], "1 处错误"),
        ([WARNING, WARNING], "2 处提醒"),
        ([ERROR, ERROR, WARNING], "2 处错误、1 处提醒"),
    ],
)
def test_problems_are_counted(problems: list[Problem], words: str) -> None:
    assert summary(problems) == words


@given(st.lists(PROBLEMS))
def test_problems_are_shown_once_each_in_the_order_of_files_and_lines(
    problems: list[Problem],
) -> None:
    shown = ordered(problems)
    assert set(shown) == set(problems)
    assert len(set(shown)) == len(shown)
    assert [(p.path, p.line) for p in shown] == sorted((p.path, p.line) for p in shown)
    assert ordered(problems[::-1]) == shown


def test_warnings_stop_publishing_only_where_that_is_asked_for() -> None:
    assert errors([ERROR, WARNING]) == (ERROR,)
    assert errors([ERROR, WARNING], strict=True) == (ERROR, WARNING)


def test_a_code_without_a_rule_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        Problem(path="a", code="no-such-code", message="", hint="")


def test_every_rule_has_a_name_for_programs_and_words_for_people() -> None:
    for code, rule in RULES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert rule.summary
        assert rule.severity in Severity
        assert not rule.summary.endswith("。")


@pytest.mark.parametrize(
    ("value", "choices", "words"),
    [
        ("大数剧", ["政务云", "大数据"], "是不是“大数据”？"),
        ("乡村振兴", ["政务云", "大数据"], "可用的有：政务云、大数据。"),
        ("乡村振兴", [], ""),
    ],
)
def test_the_nearest_valid_choice_is_offered(value: str, choices: list[str], words: str) -> None:
    assert nearest(value, choices) == words
