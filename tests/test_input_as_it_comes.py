"""What typists produce and what is right as it is: text and lines come out exactly, and the site
that is made of it passes `check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import BASE, Sources, write
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.content.archive import load
from bulletin_site.content.folder import Folder
from bulletin_site.content.model import Archive, Article
from bulletin_site.content.source import tree_of
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import prose
from bulletin_site.problems import Problem

PATH = "issues/2014-05-1/03.md"


def loaded(files: dict[str, bytes]) -> tuple[Archive, list[Problem]]:
    """What is read of `BASE` with some files changed, byte for byte."""
    base = {path: text.encode() for path, text in BASE.items()}
    tree, problems = tree_of(Folder(files=dict(sorted((base | files).items()))))
    archive, found = load(tree)
    return archive, [*problems, *found]


def article(data: bytes) -> Article:
    """The third article of `BASE`, with nothing wrong."""
    archive, problems = loaded({PATH: data})
    assert problems == []
    return archive.articles[2]


ODD = "---\ntitle: 通知: 关于“印发”\n\npage: 4\n---\n\n第一段。\n\n第二{p5}段。\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old-mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order-mark"])
def test_line_ends_and_a_byte_order_mark_change_neither_text_nor_lines(
    end: str, mark: bytes
) -> None:
    found = article(mark + ODD.replace("\n", end).encode())
    assert found.title == "通知: 关于“印发”"
    assert found.lines == {"title": 2, "page": 4}
    assert prose.plain_text(found.body).text == "第一段。\n第二段。"
    assert [(mark.page, mark.line) for mark in found.body.page_breaks] == [(5, 9)]
    _, (problem,) = loaded({PATH: mark + ODD.replace("{p5}", "{P5}").replace("\n", end).encode()})
    assert (problem.path, problem.line, problem.code) == (PATH, 9, "page-mark")


@pytest.mark.parametrize(
    "value",
    [
        *(
            "通知: 关于",
            "通知：关于",
            "[转载]",
            "[转载] 会议",
            "#1",
            "会议 #1",
            "@某某",
            "%",
            "* 甲",
        ),
        *("& 甲", "&甲", "*甲", "! 甲", "| 甲", "> 甲", "“甲”", "‘甲’", "甲'乙", '甲"乙"', "- 甲"),
        *(
            "? 甲",
            ": 甲",
            "{甲}",
            "`甲`",
            "no",
            "yes",
            "null",
            "~",
            "012",
            "12:30",
            "2024.1",
            "1e3",
        ),
        *("0x1F", "1_000", "=", "<<", "\\n", "甲\\", "甲\u3000乙", "甲\t乙", "甲\u00a0乙", "---"),
        *("２０１４年", "－甲", "＃甲", "１．甲", "甲 -- 乙", "甲 # 乙", "%YAML", "...", "，"),
    ],
)
def test_a_title_a_source_and_a_keyword_are_what_was_typed(value: str) -> None:
    # A list or a mapping in a list is written as such, with quotes for what is neither.
    word = value if value[0] not in "-{" else f"'{value}'"
    text = f"---\ntitle: {value}\npage: 4\nsource: {value}\nkeywords:\n  - {word}\n---\n\n文。\n"
    archive, problems = loaded({PATH: text.encode()})
    assert {problem.code for problem in problems} <= {"list-comma"}
    found = archive.articles[2]
    assert (found.title, found.source) == (value, value)
    assert found.keywords == (value,)


@pytest.mark.parametrize("words", ["转载 #1", "@甲, %乙", "通知: 关于, 12:30, no", "*甲, &乙, !丙"])
def test_the_words_of_a_list_are_what_was_typed(words: str) -> None:
    found = article(f"---\ntitle: 题\npage: 4\nkeywords: [{words}]\n---\n\n文。\n".encode())
    assert list(found.keywords) == words.split(", ")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("某市\n  会议 #1\n  通知: 关于", "某市会议 #1通知: 关于"),
        ("open\n  data", "open data"),
        ("|\n  某市\n  会议", "某市会议"),
        (">\n  某市\n  会议", "某市会议"),
        ('"某市\n  会议"', "某市 会议"),
    ],
)
def test_a_title_on_several_lines_is_one_without_a_space_between_han(
    written: str, title: str
) -> None:
    found = article(f"---\ntitle: {written}\npage: 4\n---\n\n文。\n".encode())
    assert found.title == title
    assert found.lines["page"] == 2 + written.count("\n") + 1


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("政务\n云", "政务云"),
        ("open\ndata", "open data"),
        ("　　政务云\n　　大数据", "政务云　　大数据"),
        ("**强调。**后面", "强调。后面"),
        ("见 http://www.gov.cn。后面", "见 http://www.gov.cn。后面"),
        ("http://www.gov.cn/a?b=c&d=e，", "http://www.gov.cn/a?b=c&d=e，"),
        ("１．第一\n\n２．第二", "１．第一\n２．第二"),
        ("1. 第一\n2. 第二", "1. 第一\n2. 第二"),
        ("2014. 年", "2014. 年"),
        ("－ 第一", "－ 第一"),
        ("甲\n\n---\n\n乙", "甲\n乙"),
        ("甲\n\n***\n\n乙", "甲\n乙"),
        ("<b>甲</b> &amp; {{ 乙 }}", "<b>甲</b> &amp; {{ 乙 }}"),
        ("C:\\甲\\乙", "C:\\甲\\乙"),
        ("    甲", "甲"),
        ("\t甲", "甲"),
        ("甲\t乙", "甲\t乙"),
    ],
)
def test_a_body_is_what_was_typed(body: str, text: str) -> None:
    archive, problems = loaded({PATH: f"---\ntitle: 题\npage: 4\n---\n\n{body}\n".encode()})
    assert {problem.code for problem in problems} <= {"joined-lines"}
    assert prose.plain_text(archive.articles[2].body).text == text


def test_hundreds_of_articles_with_very_long_titles_are_read_in_order() -> None:
    more = {
        f"issues/2014-05-1/{n:02}.md": f"---\ntitle: {'题' * 3000}{n}\npage: 4\n---\n文\n".encode()
        for n in range(4, 500)
    }
    archive, problems = loaded(more)
    assert problems == []
    assert [one.number for one in archive.articles] == list(range(1, 500))
    assert archive.articles[-1].title == "题" * 3000 + "499"


ODDITIES: Sources = {
    **BASE,
    "issues/2014-05-1/03.md": """\
\ufeff---
title: 通知: 关于[转载] #1 <b> & "甲"
page: 4
topics: [政务云]
source: 某报 @ 12:30 <i>
keywords: [#1, 通知: 关于, <u>]
corrections:
  - date: 2014年5月20日
    text: |
      首段“割格”
      应为“价格” <s>。
---

**强调。**后面 2*3*4，见 http://www.gov.cn。后面 <script>alert(1)</script> {{ 7*7 }}

| 左 | 中 | 右 |
| :- | :-: | -: |
| 一 | 二{p5}二 | 三 |

１．第一　　\u00a0见[网站](https://www.gov.cn/甲)

> > > 引

\\[甲](02.md) \\*\\*乙
""".replace("\n", "\r\n"),
    "issues/2014-05-1/04.md": f"---\ntitle: {'长' * 2000}\npage: 5\nsource: CON\n---\n𠮷㐀\n",
    "issues/2014-05-1/05.md": "---\ntitle: <script>\npage: 5\nsource: '../../x'\n---\n文\n",
}


def test_the_site_of_right_oddities_passes_check(tmp_path: Path) -> None:
    result = build(read_inputs(write(tmp_path, ODDITIES)))
    assert result.problems == ()
    assert result.files is not None
    assert check_site(result.archive, result.files, result.files, "site") == ()
    assert "sources/con-2.html" in result.files  # Windows knows no file of the plain name
    assert "align-center" in result.files["issues/2014-05-1/p5.html"].decode()
