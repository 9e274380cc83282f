"""What an issue may hold, and what is said where it cannot be laid out."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

import pytest

from archives import BASE, TWO_ISSUES, project_templates, read
from bulletin_site.checks.pdf_editions import edition_faults
from bulletin_site.content.layout import pages_of
from bulletin_site.problems import Problem
from bulletin_site.typeset.editions import Typeset, lay_out
from typeset.conftest import Made, laid_out_of, with_article

MadeOf = Callable[..., Made]


def test_hostile_words_are_words(made_of: MadeOf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("something is fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    title = "<script>alert(1)</script>{{ 7*7 }}{% raw %}"
    text = (
        "<img src=http://example.com/x.png> ![](http://example.com/y.png) "
        "<style>p{display:none}</style> <link rel=stylesheet href=//example.com/a.css> "
        "[去](javascript:alert(1)) [图](file:///etc/passwd) {{ config }} &copy; </article></div>"
    )
    made = made_of(with_article(text, title=title))
    page = made.page(2)
    assert page.startswith(f"1、{''.join(title.split())}")
    assert "{{config}}" in page
    assert "&copy;</article></div>（文汇报）" in page
    assert b"javascript" not in made.typeset.pdf
    assert "file:" not in made.told("pdfinfo", "-url", "PDF")
    assert list(edition_faults(made.archive, made.issue, made.read())) == []


def test_the_words_of_the_masthead_are_words_too(made_of: MadeOf) -> None:
    files = {
        **BASE,
        "issues/archive.yaml": BASE["issues/archive.yaml"]
        .replace("电子政务信息汇编", "<b>汇编</b>“;}{{x}}")
        .replace("秘书处", "</style><i>处"),
    }
    made = made_of(files)
    assert "<b>汇编</b>“;}{{x}}五月第一期</style><i>处2014年5月9日目录" in made.page(1)
    assert "Author:          </style><i>处" in made.told("pdfinfo", "PDF")


def test_the_first_article_may_begin_on_any_page(made_of: MadeOf) -> None:
    for first in (1, 4):
        made = made_of(with_article(f"第一页的字。{{p{first + 1}}}后一页的字。", page=f"{first}"))
        pages = made.read().pages
        assert len(pages) == first + 1
        assert pages[first - 1].text.endswith("第一页的字。")
        assert [page.text for page in pages[1 : first - 1]] == [""] * max(0, first - 2)
        assert pages[-1].text == "后一页的字。（文汇报）"
        made.file.unlink()


def test_lists_quotations_and_emphasis_that_a_page_end_cuts_go_on(made_of: MadeOf) -> None:
    text = (
        "- 第一项的上{p3}半项\n- 第二项\n\n> 引文的上{p4}半段\n\n**强调的上{p5}半句**完。\n\n"
        "1. 第一条{p6}\n2. 第二条\n\n| 甲 | 乙 |\n|---|---|\n| {p7}丙 | 丁 |"
    )
    made = made_of(with_article(text))
    assert [page.text for page in made.read().pages[2:]] == [
        "半项第二项引文的上",
        "半段强调的上",
        "半句完。1.第一条",
        "2.第二条甲乙",
        "丙丁（文汇报）",
    ]
    assert made.typeset.pages == pages_of(made.issue)


def test_no_indent_where_a_paragraph_goes_on(made_of: MadeOf) -> None:
    made = made_of(with_article("开头的一段。\n\n上半段{p3}下半段的字。\n\n新的一段。"))
    boxes = made.told("pdftotext", "-bbox-layout", "PDF", "-").split("<page ")[3]
    lefts = [float(x) for x in re.findall(r'<line xMin="([\d.]+)"', boxes)]
    assert lefts[0] == pytest.approx(28 * 72 / 25.4, abs=1)
    assert lefts[1] > lefts[0] + 25


def test_a_page_that_holds_too_much_is_a_problem_at_its_mark() -> None:
    text = "短的一页。{p3}" + "政务公开" * 400 + "{p4}再一页。"
    problem = laid_out_of(with_article(text))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path, problem.line) == ("pdf-layout", "issues/2014-05-1/01.md", 7)
    assert "第 3 页" in problem.message
    assert "第 4 页的分页记号" in problem.hint


def test_a_last_page_that_holds_too_much_is_a_problem() -> None:
    problem = laid_out_of(with_article("短的一页。{p3}" + "政务公开" * 400))
    assert isinstance(problem, Problem)
    assert "第 3 页" in problem.message


def test_a_contents_that_is_longer_than_in_print_is_a_problem() -> None:
    files = {
        **with_article("正文。"),
        **{
            f"issues/2014-05-1/{number:02}.md": f"---\ntitle: {'很长的题名' * 45}\npage: 2\n---\n\n正文。\n"
            for number in range(1, 6)
        },
    }
    problem = laid_out_of(files)
    assert isinstance(problem, Problem)
    assert problem.path == "issues/2014-05-1/issue.md"
    assert "目录放不下" in problem.message


def test_a_fuller_page_takes_a_closer_grid() -> None:
    names = []
    for count in (400, 700, 900):
        made = laid_out_of(with_article("政务公开，信息服务" * (count // 9)))
        assert isinstance(made, Typeset)
        names.append(made.grid.name)
    assert names[0] == "28×22"
    assert len(set(names)) == 3


def test_characters_that_no_font_has_are_a_problem_where_they_stand() -> None:
    problem = laid_out_of(with_article("前一段。\n\n某\ue000同志。"))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line) == ("pdf-glyph", 9)
    assert "U+E000" in problem.message


def test_a_template_that_is_wrong_is_a_problem() -> None:
    archive, _ = read(BASE)
    templates = project_templates()
    broken = type(templates)(
        sources={**templates.sources, "pdf.html": "{% if %}"}, texts={}, assets={}
    )
    problem = lay_out(archive.publication, archive.issues[0], broken, auto=False)
    assert isinstance(problem, Problem)
    assert problem.code == "template"


def test_the_editors_note_stands_below_the_contents_where_there_is_room(made_of: MadeOf) -> None:
    held, _ = read(TWO_ISSUES)
    issue = held.issues[1]
    made = lay_out(held.publication, issue, project_templates(), auto=False)
    assert isinstance(made, Typeset)
    note = made_of(
        {
            name: text
            for name, text in TWO_ISSUES.items()
            if "2014-05" not in name and name != "issues/archive.yaml"
        }
        | {"issues/archive.yaml": BASE["issues/archive.yaml"]}
    ).page(1)
    assert note.endswith("本期主题是后来补加的。—1—")


def test_an_editors_note_that_finds_no_room_is_left_out(made_of: MadeOf) -> None:
    files = with_article("正文。")
    files = {
        **files,
        "issues/2014-05-1/issue.md": "---\ndate: 2014-05-09\n---\n\n" + "说明。" * 900,
    }
    made = made_of(files)
    assert "说明" not in made.page(1)
    assert made.typeset.sheets == 2
    assert made.typeset.without_note


def test_withdrawn_articles_leave_their_pages_empty(made_of: MadeOf) -> None:
    files = {
        **{name: text for name, text in BASE.items() if not name.endswith("02.md")},
        "issues/2014-05-1/03.md": BASE["issues/2014-05-1/03.md"].replace("page: 4", "page: 5"),
        "issues/archive.yaml": BASE["issues/archive.yaml"]
        + "withdrawn:\n  - {address: issues/2014-05-1/02.html, date: 2026-01-02, text: 撤回。}\n",
    }
    made = made_of(files)
    assert [page.text for page in made.read().pages[3:]] == [
        "",
        "3、某市会议无纸化会议不再印发文件。",
    ]
