"""Characters that nobody sees, or that others will not see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.characters import character_problems


def said(text: str) -> list[tuple[int, str]]:
    return [(found.line, found.code) for found in character_problems("01.md", text)]


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        *((odd, "control-character") for odd in "\0\x01\x08\x0b\x0c\x1b\x7f\x80\x85\x9f"),
        *((odd, "control-character") for odd in "\u202a\u202e\u2066\u2069\ufffe\uffff\U0001fffe"),
        *((odd, "invisible-character") for odd in "\u00ad\u200b\u200d\u200e\u2028\u2029\u2060"),
        *((odd, "invisible-character") for odd in "\ufeff\u061c\U000e0041"),
        *((odd, "lost-character") for odd in "\ufffd\ue000\uf8ff\U000f0000\U0010fffd"),
        ("锟斤拷", "lost-character"),
        ("\ufffc", "lost-character"),
        ("????????", "lost-character"),
    ],
)
def test_an_odd_character_is_said_at_its_line_with_what_stands_around(odd: str, code: str) -> None:
    (found,) = character_problems("01.md", f"一\n甲乙{odd}丙丁\n二\n")
    assert (found.line, found.code) == (2, code)
    assert found.message.endswith("丙丁")
    assert "甲乙〔" in found.message
    assert found.message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "　　全角空格，制表符\t，不间断空格\u00a0，\u2003\u2009。\n",
        "𠮷、㐀、々〇、葛\U000e0100、①Ⅳ㈱、ａＢ１２、é、한、😀\ufe0f",
        "👨\u200d👩\u200d👧",
        "“”‘’《》【】…—·￥",
        "",
    ],
)
def test_what_can_be_seen_is_not_spoken_of(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("odd", ["\0" * 4096, "\u200b\ufeff", "\ufffd\ufffd", "锟斤拷锟斤拷"])
def test_neighbours_of_one_kind_are_said_together(odd: str) -> None:
    (found,) = character_problems("01.md", f"甲{odd}乙")
    assert found.text == odd
    assert len(found.message) < 60


def test_after_twenty_the_rest_is_counted() -> None:
    found = list(character_problems("01.md", "甲\0\n" * 100))
    assert len(found) == 21
    assert "80 处" in found[-1].message
    assert found[-1].line == 21


@given(st.text())
def test_any_text_is_looked_through(text: str) -> None:
    for line, _ in said(text):
        assert 1 <= line <= text.count("\n") + 1


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"], exclude_characters="锟")))
def test_letters_figures_and_spaces_are_fine(text: str) -> None:
    assert said(text) == []
