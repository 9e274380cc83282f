"""Editors write prose, not YAML: what they wrote stays what they wrote."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.yaml_nodes import Listing, Mapping, Node, Text, compose
from bulletin_site.problems import Problem

PATH = "issues/2014-05-1/01.md"


def read(text: str) -> tuple[dict[str, Node], list[Problem]]:
    """The entries, none where the text cannot be read, and the problems."""
    mapping, problems = compose(PATH, text, 2)
    return (mapping.entries if mapping else {}), problems


def value(text: str) -> Node:
    """The value of the key `title`, with nothing wrong."""
    entries, problems = read(f"title: {text}\n")
    assert problems == []
    return entries["title"]


@pytest.mark.parametrize(
    "written",
    [
        "012",
        "0x1F",
        "1_000",
        "1e3",
        "no",
        "yes",
        "on",
        "null",
        "~",
        "true",
        "12:30",
        "2014-05-09",
        "2014年5月9日",
        "3.10",
        "通知: 关于",
        "通知:关于",
        "通知：关于",
        "通知 #1",
        "#1 通知",
        "[转载] 标题",
        "[转载]",
        "{一}",
        "@某某",
        "`甲`",
        "!重要",
        "&甲",
        "*甲",
        "%",
        "- 甲",
        "? 甲",
        "'甲",
        '"甲" 与 "乙"',
        "甲'乙",
        "“甲”",
        "｛甲｝",
        "\\n",
        "甲, 乙",
        "=",
        "<<",
    ],
)
def test_a_value_on_the_line_of_its_key_is_taken_as_it_stands(written: str) -> None:
    assert value(written) == Text(text=written, line=2)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"通知: 关于"', "通知: 关于"),
        ("'通知: 关于'", "通知: 关于"),
        ("'它''s'", "它's"),
        (r'"甲\"乙"', '甲"乙'),
        ("   甲   ", "甲"),
    ],
)
def test_a_value_in_quotes_may_be_written_too(written: str, text: str) -> None:
    assert value(written) == Text(text=text, line=2)


def test_a_value_may_go_on_in_indented_lines() -> None:
    entries, problems = read("title: 一个很长的\n  题名\npage: 5\n")
    assert problems == []
    assert entries["title"] == Text(text="一个很长的题名", line=2)
    assert entries["page"] == Text(text="5", line=4)


def test_lists_may_be_written_in_both_ways_and_keep_their_lines() -> None:
    entries, problems = read("topics: [政务云, 012]\nkeywords:\n  - 无纸化\n  - no\n")
    assert problems == []
    assert entries == {
        "topics": Listing(items=(Text(text="政务云", line=2), Text(text="012", line=2)), line=2),
        "keywords": Listing(items=(Text(text="无纸化", line=4), Text(text="no", line=5)), line=4),
    }


def test_prose_in_a_list_of_mappings_is_prose_too() -> None:
    entries, problems = read("corrections:\n  - date: 2014-06-01\n    text: 第 1 段: “甲” #1\n")
    assert problems == []
    corrections = entries["corrections"]
    assert isinstance(corrections, Listing)
    (correction,) = corrections.items
    assert isinstance(correction, Mapping)
    assert correction.entries["text"] == Text(text="第 1 段: “甲” #1", line=4)
    assert correction.key_lines == {"date": 3, "text": 4}


@pytest.mark.parametrize(
    "line",
    [
        "title：某市：开通平台",
        "title ： 某市：开通平台",
        "title：\u3000某市：开通平台",
    ],
)
def test_a_full_width_colon_is_said_and_the_value_read_on(line: str) -> None:
    entries, (found,) = read(f"{line}\npage: 5\n")
    assert entries["title"] == Text(text="某市：开通平台", line=2)
    assert entries["page"] == Text(text="5", line=3)
    assert (found.code, found.line) == ("full-width-colon", 2)


def test_the_first_of_two_equal_keys_is_kept_and_the_second_said() -> None:
    entries, (found,) = read("title: 甲\npage: 5\ntitle: 乙\n")
    assert entries["title"] == Text(text="甲", line=2)
    assert (found.code, found.line) == ("duplicate-key", 4)
    assert "第一次在第 2 行" in found.message


def test_nothing_and_comments_alone_are_an_empty_mapping() -> None:
    assert read("") == ({}, [])
    assert read("# 说明\n\n") == ({}, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: 甲\npage 5\ntopics: [政务云]\n", 3),
        ("title: 甲\npage:5\ntopics: [政务云]\n", 3),
        ("title: 甲\ntopics: [政务云\nsource: 乙\n", 3),
        ("title: 甲\ntopics:\n\t- 政务云\n", 4),
        ('title: 甲\nkeywords: ["乙]\nsource: 丙\n', 3),
        ("# 说明\n  title: 甲\n  page: 5\nsource: 丙\n", 3),
        ("title: 甲\n  page: 5\nsource: 丙\n", 3),
    ],
    ids=["no-colon", "no-space", "open-bracket", "tab", "open-quote", "first-in", "second-in"],
)
def test_a_syntax_error_names_the_line_to_mend(text: str, line: int) -> None:
    _, (found,) = read(text)
    assert found.code == "yaml-syntax"
    assert found.line == line
    # What a console would act upon is not shown.
    assert text.split("\n")[line - 2].strip(" \t\x08") in found.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("topics: [政务云\nsource: 乙\n", "方括号"),
        ('keywords: ["乙]\nsource: 丙\n', "引号"),
        ("topics:\n\t- 政务云\n", "制表符"),
        ("page:5\ntopics: [政务云]\n", "冒号和一个空格"),
        (" title: 甲\npage: 5\n", "行首的空格"),
        ("title: 甲\n page: 5\n", "行首的空格"),
        ("topics:\n  - name: 甲\n   slug: a\n", "行首的空格"),
        ("title: 甲\n---\n", "请删去这一行"),
    ],
    ids=["open-bracket", "open-quote", "tab", "no-space", "first-in", "in", "list", "fence"],
)
def test_a_syntax_error_says_how_to_mend_it(text: str, hint: str) -> None:
    _, (found,) = read(text)
    assert hint in found.hint


def test_a_list_that_contains_itself_ends() -> None:
    started = time.process_time()
    compose(PATH, "topics: &a [*a]\n", 2)
    compose(PATH, "topics: &a {b: *a}\n", 2)
    assert time.process_time() - started < 1


def test_an_alias_bomb_ends_quickly() -> None:
    started = time.process_time()
    wide = "topics: &a [" + ", ".join(["*a"] * 40) + "]\n"
    compose(PATH, wide, 2)
    deep = "a: &a [甲]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    compose(PATH, deep, 2)
    compose(PATH, "topics: " + "[" * 5000 + "\n", 2)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "topics: " + "[" * 100_000,
        "topics: " + "[" * 500 + "]" * 500,
        "topics: " + "{a: " * 500 + "}" * 500,
        "topics:\n  " + "- " * 500 + "甲\n",
        "".join(" " * n + "a:\n" for n in range(500)),
    ],
)
def test_what_is_nested_too_deep_is_a_problem_and_ends_nothing(text: str) -> None:
    mapping, problems = compose(PATH, text, 2)
    assert mapping is None
    assert problems[-1].code == "yaml-syntax"
    assert len(problems[-1].message) < 100


def test_a_key_that_is_no_text_is_named_as_it_was_written() -> None:
    entries, problems = read("title: 甲\n[政务云]: 乙\n")
    assert not any("ScalarNode" in key for key in entries)
    assert not any("ScalarNode" in found.message for found in problems)


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_a_line_is_what_an_editor_sees_as_one(separator: str) -> None:
    """YAML ends a line at these characters too; text pasted from other programs has them."""
    mapping, problems = compose(PATH, f"title: 甲{separator}乙\nkeywords: 丙\npage: 5\n", 2)
    assert problems == []
    assert mapping is not None
    assert mapping.key_lines == {"title": 2, "keywords": 3, "page": 4}


LINE_OF_PROSE = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
    ),
    min_size=1,
).filter(lambda text: text.strip() == text and text[0] not in "\"'|>")


@given(LINE_OF_PROSE)
def test_any_line_of_prose_is_read_as_it_was_written(written: str) -> None:
    assert value(written) == Text(text=written, line=2)


YAML_SOUP = st.text(
    st.sampled_from("ab: -[]{}#&*!|>'\"%@`,?\n\t题：\u3000\x85\u2028\x00"), max_size=40
)


@given(st.one_of(st.text(), YAML_SOUP))
def test_any_text_is_a_mapping_or_a_problem_on_one_of_its_lines(text: str) -> None:
    mapping, problems = compose(PATH, text, 2)
    lines = text.count("\n") + 1
    assert mapping is not None or problems
    if mapping is not None:
        assert all(2 <= line < 2 + lines for line in mapping.key_lines.values())
    # An error at the very end is one on the line of the closing fence.
    assert all(2 <= found.line <= 2 + lines for found in problems)
