"""What looks like markup and is none, and what markup would do to a text."""

from __future__ import annotations

import pytest

from archives import body
from bulletin_site.content.markup import markup_problems
from bulletin_site.pages import prose


def said(markdown: str) -> list[tuple[int, str]]:
    return [(found.line, found.code) for found in markup_problems("01.md", body(markdown))]


def text(markdown: str) -> str:
    return prose.plain_text(body(markdown)).text


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("甲\n\n＃ 小标题\n", [(3, "heading-like")]),
        ("＃＃小标题", [(1, "heading-like")]),
        ("##小标题", [(1, "heading-like")]),
        ("#小标题", [(1, "heading-like")]),
        ("甲** 乙**丙", [(1, "literal-mark")]),
        ("甲\n乙**丙", [(2, "literal-mark")]),
        ("甲\n\n```\n乙", [(3, "code-block")]),
        ("~~~~~~~~\n\n甲\n\n~~~~~~~~ 完\n", [(1, "code-block")]),
        ("``` 附 件\n甲\n```\n", [(1, "code-block")]),
        ("| 甲 |\n|---|\n| 乙 | 丙 |\n", [(3, "table-cell")]),
        ("> | 甲 | 乙 |\n> |---|---|\n> | 1 | 2 |\n> | 1 | 2 | 3 |\n", [(4, "table-cell")]),
        ("甲\n乙[丙](02.md)", [(2, "bad-link")]),
        ("[丙](图.png)[丁](/x)", [(1, "bad-link"), (1, "bad-link")]),
        ("[**丙**](02.md)", [(1, "bad-link")]),
        ("[丙\n丁](02.md)", [(1, "bad-link")]),
        ("[丙](javascript:alert(1))", [(1, "bad-link")]),
        ("[丙](http://a.cn/甲 乙)", [(1, "bad-link")]),
        ("[丙](ftp://a.cn/)", [(1, "bad-link")]),
        ("[丙](//a.cn/)", [(1, "bad-link")]),
        ("[丙](国办发〔2013〕1号)", [(1, "bad-link")]),
        ("甲\n\n![丙](图.png)", [(3, "picture")]),
        ("![](https://a.cn/a.png)", [(1, "picture")]),
    ],
)
def test_what_is_not_what_it_looks_like_is_said_at_its_line(
    markdown: str, found: list[tuple[int, str]]
) -> None:
    assert said(markdown) == found


@pytest.mark.parametrize(
    "markdown",
    [
        "## 小标题",
        "#1 楼",
        "#大数据# 话题",
        "\\## 甲",
        "C# 和 F#",
        "注：1*；2*",
        "\\*\\*甲",
        "138****1234",
        "```\n甲\n```\n",
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |  |\n| 1 |\n",
        "| 甲 |\n|---|\n| 1 \\| 2 |\n",
        "[丙](https://www.gov.cn/甲)",
        "[丙](HTTP://www.gov.cn)",
        '[丙](https://www.gov.cn/a_(b) "题")',
        "[丙](mailto:a@b.cn)",
        "\\[丙](02.md)",
        "`[丙](02.md)`",
        "```\n见 [1] (http://a.cn)\n    # 注\n#\n```\n",
        "见 `[1] (http://a.cn)`",
        "甲\n\n    ## 四格",
        "> ## 引文里的",
        "[丙](02.html#p3)，[丁](../2014-06-2/01.html)，[本段](#s2)",
        "[1] （注）",
        "[1]（注）",
        "见 http://www.gov.cn/a。后面",
    ],
)
def test_what_is_right_as_it_is_is_not_spoken_of(markdown: str) -> None:
    assert said(markdown) == []


@pytest.mark.parametrize(
    "markdown",
    [
        "[丙](02.md)",
        "[通知](国办发〔2013〕1号)",
        "![丙](图.png)",
        "＃ 甲",
        "##甲",
        "甲**乙",
        "１．甲",
    ],
)
def test_what_is_no_markup_stays_as_it_was_typed(markdown: str) -> None:
    assert text(markdown) == markdown


@pytest.mark.parametrize("sign", [">", "-", "1."])
def test_what_is_nested_too_deep_is_text_and_not_lost(sign: str) -> None:
    assert text(f"{sign} " * 60 + "甲").endswith("甲")
    assert "甲" in text("".join(f"{'   ' * n}{sign} 乙{n}\n" for n in range(40)) + "\n甲")


def test_many_signs_take_no_long_time() -> None:
    for signs in ("[" * 3000, "*a_" * 2000, "![" * 2000, "> " * 2000, "`" * 3000, "|" * 3000):
        assert said(signs + "甲") is not None
