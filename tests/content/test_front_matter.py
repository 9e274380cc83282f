"""Front matter and body come apart at the two lines of `---`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.front_matter import Document, split
from bulletin_site.content.source import SourceFile
from bulletin_site.problems import Problem


def parts(text: str) -> tuple[Document | None, list[Problem]]:
    return split(SourceFile(path="01.md", text=text))


def test_a_file_is_front_matter_and_a_body_that_knows_its_line() -> None:
    document, problems = parts("---\ntitle: 甲\npage: 5\n---\n\n正文。\n")
    assert problems == []
    assert document is not None
    assert document.front_matter.key_lines == {"title": 2, "page": 3}
    assert (document.body, document.body_line) == ("\n正文。\n", 5)


def test_blank_lines_before_and_blanks_behind_a_fence_do_no_harm() -> None:
    document, problems = parts("\n  \n---  \ntitle: 甲\n---\t\n正文。")
    assert problems == []
    assert document is not None
    assert document.front_matter.key_lines == {"title": 4}
    assert (document.body, document.body_line) == ("正文。", 6)


def test_a_line_of_dashes_in_the_body_belongs_to_the_body() -> None:
    document, _ = parts("---\ntitle: 甲\n---\n一\n\n---\n\n二\n")
    assert document is not None
    assert document.body == "一\n\n---\n\n二\n"


def test_a_fence_between_two_keys_is_one_too_many() -> None:
    document, (found,) = parts("---\ntitle: 甲\n---\nsource: 乙\n---\n\n正文。\n")
    assert document is None
    assert (found.code, found.line, found.message) == ("front-matter", 3, "“---”多写了一行")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "这是空文件"),
        ("正文。\n", "文件不是以说明开头的"),
        ("正文。\n---\ntitle: 甲\n---\n", "文件不是以说明开头的"),
        ("———\ntitle: 甲\n———\n", "这一行的“———”不是三个半角减号"),
        ("---\ntitle: 甲\n", "开头的说明没有结束"),
    ],
)
def test_without_a_pair_of_fences_there_is_only_a_problem(text: str, message: str) -> None:
    document, (found,) = parts(text)
    assert document is None
    assert (found.code, found.line, found.message) == ("front-matter", 1, message)


@given(st.text())
def test_any_text_comes_apart_or_is_a_problem(text: str) -> None:
    document, problems = parts(text)
    assert document is not None or [found.code for found in problems] == ["front-matter"]


@given(st.text().filter(lambda text: "\r" not in text))
def test_any_body_comes_back_as_it_was(body: str) -> None:
    document, problems = parts(f"---\ntitle: 甲\n---\n{body}")
    assert problems == []
    assert document is not None
    assert document.body == body
