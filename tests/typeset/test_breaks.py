"""Where in the Markdown a page begins, from the number of characters before it on paper."""

from __future__ import annotations

import pytest

from archives import body
from bulletin_site.content.marks import with_marks
from bulletin_site.pages.prose import plain_text
from bulletin_site.pdf_pages.ink import ink
from bulletin_site.typeset.breaks import offset_of

TEXTS = {
    "paragraphs": "第一段有字。\n\n第二段 also has words。\n\n第三段。",
    "emphasis": "前面**强调的字**后面，*再强调*，`代码`完。",
    "link": "前[链接的字](https://www.example.gov.cn/)后面的字。",
    "subheadings": "开头。\n\n## 小标题一\n\n正文。\n\n#### 小标题二\n\n正文二。",
    "lists": "开头。\n\n- 第一项\n- 第二项\n\n85. 第一条\n2014. 第二条\n\n结尾。",
    "table": "| 项目 | 数 |\n|---|---|\n| 甲 | 1 |\n| 乙 | 2 |\n\n表后。",
    "escapes": "星\\*号，括\\[号，反斜\\\\杠，&amp; 和 <b>。",
    "soft breaks": "一行\n又一行 word\nnext。",
    "hard breaks": "一行\\\n又一行。",
    "quotation": "引：\n\n> 引用的话，\n> 两行。\n\n完。",
    "code": "前面。\n\n```\n代码 一\n代码 二\n```\n\n后面。",
    "far characters": "𠮷野家的𠮷。\n\né与e\u0301。",
}
UNMARKABLE = {"link": 3, "code": 5, "emphasis": 1, "lists": 8}
"""So many places at which no mark can stand: inside of links, of code, of the numbers of items."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_mark_at_the_place_begins_a_page_there_and_changes_nothing_else(name: str) -> None:
    held = body(TEXTS[name])
    text = plain_text(held).text
    refused = 0
    for before in range(1, len(ink(text))):
        at = offset_of(held, before)
        if at is None:
            refused += 1
            continue
        marked = plain_text(body(with_marks(held.markdown, [(2, at)])))
        ((_, start),) = marked.page_starts
        assert marked.text == text
        assert len(ink(text[:start])) == before
    assert refused == UNMARKABLE.get(name, 0)


@pytest.mark.parametrize(
    ("markdown", "before", "marked"),
    [
        ("一。\n\n二。", 2, "一。\n\n{p2}二。"),
        ("一。\n\n## 二\n\n三。", 2, "一。\n\n## {p2}二\n\n三。"),
        ("一，**二**。", 2, "一，{p2}**二**。"),
        ("一。\n\n- 二\n- 三", 3, "一。\n\n- 二\n- {p2}三"),
        ("一。\n\n5. 二\n6. 三", 5, "一。\n\n5. 二\n6. {p2}三"),
        ("有 word 在此", 1, "有{p2} word 在此"),
    ],
)
def test_the_mark_stands_where_an_editor_would_write_it(
    markdown: str, before: int, marked: str
) -> None:
    at = offset_of(body(markdown), before)
    assert at is not None
    assert with_marks(markdown, [(2, at)]) == marked
