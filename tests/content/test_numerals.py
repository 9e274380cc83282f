"""Chinese numerals, read as numbers and written in Arabic ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.content.issue import default_label
from bulletin_site.content.numerals import arabic, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("１２", 12),
        ("十二", 12),
        ("二十", 20),
        ("⑫", 12),
        ("一百零三", 103),
        ("廿一", 21),
    ],
)
def test_numbers_are_read_in_every_spelling(text: str, number: int) -> None:
    assert number_of(text) == number


def test_a_year_in_han_digits_is_read_digit_by_digit() -> None:
    assert number_of("二〇一四") == 2014


@given(st.integers(min_value=1, max_value=999))
def test_a_number_is_the_same_in_full_width_digits(number: int) -> None:
    full = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    assert number_of(full) == number_of(str(number)) == number


@pytest.mark.parametrize(
    ("label", "cited"),
    [
        ("五月第一期", "5月第1期"),
        ("十二月第二十一期", "12月第21期"),
        ("二〇一四年第十期", "2014年第10期"),
        ("总第一百零三期", "总第103期"),
        ("第１２期", "第12期"),
        ("第一、二期", "第1、2期"),
        ("5月第1期", "5月第1期"),
        ("统一战线专刊", "统一战线专刊"),
        ("增刊", "增刊"),
        ("第１十期", "第１10期"),
        ("０００００００１期", "０００００００１期"),
    ],
)
def test_a_label_is_cited_with_arabic_numbers(label: str, cited: str) -> None:
    assert arabic(label) == cited


@given(st.integers(1, 12), st.integers(1, 99))
def test_every_label_that_the_program_gives_is_cited_by_its_numbers(month: int, issue: int) -> None:
    assert arabic(default_label(f"2014-{month:02}-{issue}")) == f"{month}月第{issue}期"
