"""Who wrote a text or sent it in, on a line of its own under the title."""

from __future__ import annotations

import pytest

from bulletin_site.importing.bylines import byline_of
from bulletin_site.importing.manuscript import Alignment, Block, Place

TEXT = "甲地日前印发了云计算发展规划，明确提出三年建成一张网。"


def block(text: str, alignment: Alignment = Alignment.START) -> Block:
    return Block(text=text, place=Place(line=1), alignment=alignment)


@pytest.mark.parametrize("name", ["某县县委办　某某某", "甲乡党政办", "某市政务中心"])
def test_a_centred_line_under_the_title_says_whose_text_it_is(name: str) -> None:
    assert byline_of([block(name, Alignment.CENTRE), block(TEXT)]) == name


@pytest.mark.parametrize(
    "line", ["——某县改革见闻", "一、主要做法", "【政务云】", "各区县办公室：", "做法，成效", TEXT]
)
def test_a_subtitle_a_subheading_and_text_are_no_byline(line: str) -> None:
    assert byline_of([block(line, Alignment.CENTRE), block(TEXT)]) is None


def test_a_line_set_as_the_subheadings_are_is_one_of_them() -> None:
    first, second = block("主要做法", Alignment.CENTRE), block("取得成效", Alignment.CENTRE)
    assert byline_of([first, block(TEXT), second, block(TEXT)]) is None
    assert byline_of([block("某县县委办"), block(TEXT)]) is None
