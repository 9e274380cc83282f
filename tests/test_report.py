"""Problems as lines for people, for programs and for GitHub."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import ROOT
from bulletin_site.console import Console
from bulletin_site.excerpts import excerpt_of
from bulletin_site.problems import RULES, Excerpt, Problem, Severity, errors, nearest, ordered
from bulletin_site.report import FORMATS, report, summary

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((ROOT / "docs/problems.schema.json").read_text("utf-8"))
)

ERROR = Problem(
    path="issues/2014-05-1/06.md",
    line=5,
    code="page-order",
    message="页码 4 早于上一篇的末页（第 5 页）",
    hint="应是第 5 页或第 6 页。",
)
SHOWN = Problem(
    path="issues/2014-05-1/06.md",
    line=12,
    code="unknown-topic",
    message="archive.yaml 里没有主题“政务去”",
    hint="是不是“政务云”？（政务去 → 政务云）",
    excerpt=excerpt_of("topics: [大数据, 政务去]", "政务去"),
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
    excerpt=st.none() | st.builds(excerpt_of, st.text(), st.text(max_size=3), st.integers(0, 9)),
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


def test_below_it_stands_the_line_with_the_place_marked() -> None:
    assert report([SHOWN], "text") == (
        "issues/2014-05-1/06.md:12: unknown-topic：archive.yaml 里没有主题“政务去”\n"
        "    提示：是不是“政务云”？（政务去 → 政务云）\n"
        "    12 | topics: [大数据, 政务去]\n"
        "       |                  ^^^^^^\n"
    )


def test_a_tab_is_four_blanks_and_what_is_cut_off_is_told() -> None:
    excerpt = Excerpt(text="\t政务云", first=9, cut=True, column=10, end=12)
    (text,) = {report([Problem(**{**fields(SHOWN), "excerpt": excerpt})], "text")}
    assert text.splitlines()[2:] == [
        "    12 | ...    政务云...",
        "       |        ^^^^",
    ]


def test_a_place_past_the_end_of_its_line_has_no_mark() -> None:
    excerpt = Excerpt(text="正文", column=3, end=4)
    text = report([Problem(**{**fields(SHOWN), "excerpt": excerpt})], "text")
    assert text.splitlines()[2:] == ["    12 | 正文"]


def fields(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in problem.__dataclass_fields__}


def test_the_problems_of_a_file_stand_together_and_a_blank_line_parts_the_files() -> None:
    text = report([ERROR, WARNING, SHOWN], "text")
    first, second = text.split("\n\n")
    assert f"{first}\n" == report([ERROR], "text") + report([SHOWN], "text")
    assert second == report([WARNING], "text")


def test_colours_are_for_the_code_and_the_mark() -> None:
    text = report([SHOWN, WARNING], "text", console=Console(colour=True))
    assert re.findall(r"\x1b\[1;(\d+)m(.*?)\x1b\[0m", text) == [
        ("31", "unknown-topic"),
        ("31", "^^^^^^"),
        ("33", "stray-file"),
    ]
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == report([SHOWN, WARNING], "text")


@given(st.lists(PROBLEMS), st.sampled_from(["utf-8", "gbk", "ascii"]))
def test_nothing_in_a_problem_can_command_a_terminal(
    problems: list[Problem], encoding: str
) -> None:
    text = report(problems, "text", console=Console(encoding=encoding))
    assert all(one.isprintable() or one in "\n\u3000" for one in text)


def test_the_json_form_has_a_version_and_every_field() -> None:
    assert json.loads(report([ERROR, WARNING, SHOWN], "json")) == {
        "version": 1,
        "command": "check",
        "counts": {"errors": 2, "warnings": 1},
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
                "path": "issues/2014-05-1/06.md",
                "line": 12,
                "column": 15,
                "end": 18,
                "source": "topics: [大数据, 政务去]",
                "source_column": 1,
                "code": "unknown-topic",
                "severity": "error",
                "message": "archive.yaml 里没有主题“政务去”",
                "hint": "是不是“政务云”？（政务去 → 政务云）",
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


@given(st.lists(PROBLEMS))
def test_the_json_form_is_what_its_schema_says_and_has_no_field_that_it_does_not_name(
    problems: list[Problem],
) -> None:
    value = json.loads(report(problems, "json"))
    SCHEMA.validate(value)
    assert value.keys() <= SCHEMA.schema["properties"].keys()
    for found in value["problems"]:
        assert found.keys() <= SCHEMA.schema["$defs"]["problem"]["properties"].keys()


@pytest.mark.parametrize(
    "wrong", [{}, {"version": 2}, {"problems": [{"path": "a"}]}, {"counts": {"errors": -1}}]
)
def test_the_schema_takes_nothing_else(wrong: dict[str, Any]) -> None:
    value = json.loads(report([SHOWN], "json"))
    assert SCHEMA.is_valid(value)
    assert not SCHEMA.is_valid({**value, **wrong} if wrong else {})


def test_the_github_form_is_an_annotation_of_the_line() -> None:
    assert report([ERROR, WARNING], "github") == (
        "::error file=issues/2014-05-1/06.md,line=5,title=page-order::"
        "页码 4 早于上一篇的末页（第 5 页）。提示：应是第 5 页或第 6 页。\n"
        "::warning file=issues/附图.png,title=stray-file::不认识这个文件。提示：请移走。\n"
    )


def test_the_github_form_names_the_columns_the_last_of_them_included() -> None:
    assert report([SHOWN], "github") == (
        "::error file=issues/2014-05-1/06.md,line=12,col=15,endColumn=17,title=unknown-topic::"
        "archive.yaml 里没有主题“政务去”。提示：是不是“政务云”？（政务去 → 政务云）\n"
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
        r"::(error|warning) file=([^,:]*)(,line=\d+(,col=\d+,endColumn=\d+)?)?,title=([a-z-]+)::([^\r\n]*)\n",
        line,
    )
    assert found is not None
    assert unquote(found[2], errors="strict") == problem.path
    assert unquote(found[6], errors="strict") == f"{problem.message}。提示：{problem.hint}"


@given(st.lists(PROBLEMS))
def test_json_can_be_read_back(problems: list[Problem]) -> None:
    read = json.loads(report(problems, "json"))["problems"]
    names = ("path", "line", "code", "message", "hint")
    assert Counter(tuple(found[name] for name in names) for found in read) == Counter(
        tuple(getattr(problem, name) for name in names) for problem in problems
    )


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_wrong_is_said_in_every_form(form: str) -> None:
    text = report([], form)
    assert text == "" or json.loads(text) == {
        "version": 1,
        "command": "check",
        "counts": {"errors": 0, "warnings": 0},
        "problems": [],
    }


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
        assert rule.english.isascii()
        assert len(rule.english) > 5
        assert rule.severity in Severity
        assert not rule.summary.endswith("。")


@pytest.mark.parametrize(
    ("value", "choices", "words"),
    [
        ("大数剧", ["政务云", "大数据"], "是不是“大数据”？（大数剧 → 大数据）"),
        ("乡村振兴", ["政务云", "大数据"], "可用的有：政务云、大数据。"),
        ("乡村振兴", [], ""),
    ],
)
def test_the_nearest_valid_choice_is_offered(value: str, choices: list[str], words: str) -> None:
    assert nearest(value, choices) == words
