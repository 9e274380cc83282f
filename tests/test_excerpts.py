"""What is shown of a problem's line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.console import width
from bulletin_site.excerpts import COLUMNS, excerpt_of, with_excerpts
from bulletin_site.problems import Excerpt, Problem, nearest


def problem(line: int, text: str = "", column: int = 0, message: str = "不对") -> Problem:
    return Problem(
        path="issues/a.md",
        line=line,
        code="bad-date",
        message=message,
        hint="请改。",
        text=text,
        column=column,
    )


def marked(excerpt: Excerpt) -> str:
    start = excerpt.column - excerpt.first
    return excerpt.text[start : start + excerpt.end - excerpt.column]


@pytest.mark.parametrize(
    ("line", "text", "column", "place"),
    [
        ("date: 今天", "今天", 0, (7, 9)),
        ("date: 今天", "今天", 7, (7, 9)),
        ("page: p", "p", 0, (7, 8)),
        ("page: pa", "pa", 0, (7, 9)),
        ("from: form", "form", 0, (7, 11)),
        ("大数据大数据", "大数据", 4, (4, 7)),
        ("大数据and云", "and", 0, (4, 7)),
        ("pages", "page", 0, (1, 5)),
        ("标{p3}”，并", "标”，并", 1, (1, 2)),
        ("没有", "别的", 0, (0, 0)),
        ("没有", "", 0, (0, 0)),
    ],
)
def test_the_place_of_a_text_is_found_in_its_line(
    line: str, text: str, column: int, place: tuple[int, int]
) -> None:
    found = excerpt_of(line, text, column)
    assert (found.column, found.end) == place
    assert (found.text, found.first, found.cut) == (line, 1, False)


@pytest.mark.parametrize("before", [0, 1, 23, 24, 25, 100, 50_000])
@pytest.mark.parametrize("after", [0, 1, 40, 50_000])
def test_of_a_long_line_the_part_around_the_place_is_shown(before: int, after: int) -> None:
    line = "字" * before + "错处" + "句" * after
    found = excerpt_of(line, "错处")
    assert marked(found) == "错处"
    assert line[found.first - 1 :].startswith(found.text)
    assert width(found.text) <= COLUMNS
    assert found.cut == (found.first - 1 + len(found.text) < len(line))


@given(st.text(), st.text(max_size=4), st.integers(0, 9))
def test_an_excerpt_is_a_part_of_its_line_and_its_place_is_in_it(
    line: str, text: str, column: int
) -> None:
    found = excerpt_of(line, text, column)
    assert line[found.first - 1 : found.first - 1 + len(found.text)] == found.text
    assert width(found.text) <= COLUMNS
    if found.column:
        assert found.first <= found.column < found.end <= len(line) + 1
        assert found.column <= found.first + len(found.text)
        assert not text or line[found.column - 1] == text[0] or column


def test_lines_are_looked_up_in_what_was_read_once_a_file() -> None:
    asked: list[str] = []

    def text_of(path: str) -> str:
        asked.append(path)
        return "---\ndate: 今天\n---\n"

    first, second, whole = with_excerpts(
        [problem(2, "今天"), problem(3, "---"), problem(0)], text_of
    )
    assert asked == ["issues/a.md"]
    assert first.excerpt == Excerpt(text="date: 今天", column=7, end=9)
    assert second.excerpt == Excerpt(text="---", column=1, end=4)
    assert whole.excerpt is None


@pytest.mark.parametrize("line", [4, 5, 99])
def test_of_a_line_that_is_blank_or_not_there_nothing_is_shown(line: int) -> None:
    (found,) = with_excerpts([problem(line, "今天")], lambda _: "---\ndate: 今天\n---\n　\n")
    assert found.excerpt is None


def test_of_a_file_that_is_no_text_nothing_is_shown() -> None:
    (found,) = with_excerpts([problem(2, "今天")], lambda _: None)
    assert found == problem(2, "今天")
    assert found.excerpt is None


def test_a_line_of_fifty_megabytes_makes_a_short_report() -> None:
    endless = "字" * 17_000_000
    told = [
        problem(1, endless, message=f"“{endless}”不对"),
        problem(1, "没有"),
        problem(1, "字", 9),
    ]
    for found in with_excerpts(told, lambda _: endless):
        assert found.excerpt is not None
        assert len(found.excerpt.text) <= COLUMNS
        assert len(found.message) < 400


def test_a_value_of_fifty_megabytes_is_like_no_choice() -> None:
    assert nearest("政" * 17_000_000, ["政务云", "大数据"]) == "可用的有：政务云、大数据。"
