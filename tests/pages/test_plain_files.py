"""An issue as text and as Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import BASE, TWO_ISSUES, WITHDRAWN, Sources, archive, read
from bulletin_site.content.markdown import parse
from bulletin_site.content.model import Archive
from bulletin_site.pages.plain_files import markdown_file, plain_text_file

TEXT = """\
某实验室

电子政务信息汇编

2014年6月13日

六月第二期

秘书处

目录

1、云服务与“大数据”……2
2、政务服务改革……5

（第3篇已于2026年1月2日撤回。）

编者说明

本期主题是后来补加的。

〔第2页〕

1、云服务与“大数据”

主题：大数据、政务云

供应商的割格不断降低 <b>不是标签</b>。

市场的变化

重点〔第3页〕强调之后：

第一项

第二项还没〔第4页〕有说完

〔第5页〕

另起一页。

（ZDNet 存储频道）

勘误（2014年6月20日）：首段“割格”应为“价格”。

2、政务服务改革

主题：政务云

网上办事大厅与实体大厅整合。

（文汇报）
"""
MARKDOWN = """\
某实验室

# 电子政务信息汇编

2014年6月13日

六月第二期

秘书处

## 目录

- 1、云服务与“大数据”……2
- 2、政务服务改革……5

（第3篇已于2026年1月2日撤回。）

## 编者说明

本期主题是后来补加的。

{p2}

## 1、云服务与“大数据”

主题：大数据、政务云

供应商的割格不断降低 <b>不是标签</b>。

### 市场的变化

*重点{p3}强调*之后：

- 第一项
- 第二项还没{p4}有说完

{p5}

另起一页。

（ZDNet 存储频道）

勘误（2014年6月20日）：首段“割格”应为“价格”。

## 2、政务服务改革

主题：政务云

网上办事大厅与实体大厅整合。

（文汇报）
"""


def text_of(held: Archive, number: int) -> str:
    issue = held.issues[number]
    return plain_text_file(held.publication, issue).decode("utf-8-sig").replace("\r\n", "\n")


def markdown_of(held: Archive, number: int) -> str:
    return markdown_file(held.publication, held.issues[number]).decode()


def test_the_text_file_is_the_issue_as_printed() -> None:
    assert text_of(archive(TWO_ISSUES), 1) == TEXT


def test_the_markdown_file_is_the_issue_with_its_markup() -> None:
    assert markdown_of(archive(TWO_ISSUES), 1) == MARKDOWN


def test_topics_that_were_printed_stand_in_the_contents() -> None:
    text = text_of(archive(BASE), 0)
    assert "【政务云】\n\n1、某省云计算规划出台……2\n\n【大数据】\n\n2、" in text
    assert "主题：" not in text


def test_what_was_withdrawn_is_said_below_the_contents() -> None:
    text = text_of(archive(WITHDRAWN), 0)
    assert "……6\n\n（第2篇已于2026年1月3日撤回。）\n" in text
    assert "平台已汇集" not in text


def test_old_windows_shows_the_text_file_right() -> None:
    """Notepad before Windows 10 1809 knows UTF-8 by its mark and lines by CR LF only."""
    held = archive(TWO_ISSUES)
    content = plain_text_file(held.publication, held.issues[1])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 10


def test_rows_of_a_table_are_lines_of_the_text_file() -> None:
    table = "\n| 项目 | 数量 |\n| --- | --- |\n| 甲{p5} | 3 |\n"
    article = BASE["issues/2014-05-1/03.md"] + table
    sources: Sources = {**BASE, "issues/2014-05-1/03.md": article}
    assert "项目\t数量\n\n甲〔第5页〕\t3\n" in text_of(archive(sources), 0)


@given(st.text(st.sampled_from("甲乙 *_`[]{}<>\\#-+1.)|~=p2"), min_size=1, max_size=12))
def test_any_title_source_and_name_is_read_in_markdown_as_it_is_written(title: str) -> None:
    title = " ".join(title.split()) or "甲"
    held = archive(BASE)
    issue = held.issues[0]
    one = replace(issue.articles[0], title=title, source=title)
    changed = replace(issue, articles=(one,), publisher=title)
    tokens = parse(markdown_file(held.publication, changed).decode())
    texts = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    assert f"1、{title}" in texts
    assert f"（{title}）" in texts
    assert title in texts


@pytest.mark.parametrize(
    "fence",
    [
        "```",
        "~~~~",
        "```\n",
        "```\n~~~",
        "```\n`````",
        "``` text\n甲\n\n",
        "```\n```",
        "```\n甲\n```\n",
    ],
)
def test_code_that_nobody_ended_ends_with_its_article(fence: str) -> None:
    first = "issues/2014-05-1/01.md"
    held, _ = read({**BASE, first: f"{BASE[first]}\n{fence}"})
    text = markdown_file(held, held.issues[0]).decode()
    assert sum(token.type == "fence" for token in parse(text)) == 1
    assert [token.content for token in parse(text) if token.type == "inline"].count(
        "2、某市开通大数据平台"
    ) == 1


@pytest.mark.parametrize("sign", ["> ", "- ", "> > "])
def test_a_subheading_in_a_quotation_or_an_item_stays_in_it(sign: str) -> None:
    first = "issues/2014-05-1/01.md"
    held, problems = read({**BASE, first: f"{BASE[first]}\n{sign}## 引用\n"})
    assert problems == []
    assert f"{sign}### 引用" in markdown_file(held, held.issues[0]).decode().splitlines()
