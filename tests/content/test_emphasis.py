"""Emphasis in Chinese, where no space stands around it."""

from __future__ import annotations

import pytest

from archives import body
from bulletin_site.pages import prose


def html(markdown: str) -> str:
    return str(prose.html(body(markdown).tokens, None)).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**强调。**后面", "<p><strong>强调。</strong>后面</p>"),
        ("前面**“强调”**后面", "<p>前面<strong>“强调”</strong>后面</p>"),
        ("前面**（强调）**，后面", "<p>前面<strong>（强调）</strong>，后面</p>"),
        ("前面*《强调》*后面", "<p>前面<em>《强调》</em>后面</p>"),
        ("前面***强调！***后面", "<p>前面<em><strong>强调！</strong></em>后面</p>"),
        ("**强调** 后面", "<p><strong>强调</strong> 后面</p>"),
        ("**a.** b", "<p><strong>a.</strong> b</p>"),
        # As it is printed:
        ("2*3*4=24", "<p>2*3*4=24</p>"),
        ("5*3=15，4*2=8", "<p>5*3=15，4*2=8</p>"),
        ("A*B*C", "<p>A*B*C</p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("** 强调 **", "<p>** 强调 **</p>"),
    ],
)
def test_emphasis_needs_no_space_beside_han_and_figures_are_no_emphasis(
    markdown: str, expected: str
) -> None:
    assert html(markdown) == expected


def test_a_table_says_its_alignment_by_classes() -> None:
    table = html("| 甲 | 乙 | 丙 |\n| :- | :-: | -: |\n| 1 | 2 | 3 |\n")
    assert "style" not in table
    assert [table.count(f'class="align-{side}"') for side in ("left", "center", "right")] == [2] * 3
