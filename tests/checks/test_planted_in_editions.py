"""Faults planted into a PDF edition that is otherwise right: pages taken out or changed round, and
editions of other texts. Each is found by its own rule, on its page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from archives import BASE, TWO_ISSUES, archive, project_templates
from bulletin_site.checks.built_site import BuiltSite
from bulletin_site.checks.pdf_editions import pdf_problems
from bulletin_site.checks.truth import truth_of
from bulletin_site.content.model import Issue
from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from bulletin_site.typeset.editions import Typeset, lay_out

HELD = archive(BASE)
ISSUE = HELD.issues[0]


@pytest.fixture(scope="module")
def right() -> bytes:
    return laid_out(ISSUE)


def laid_out(issue: Issue) -> bytes:
    made = lay_out(HELD.publication, issue, project_templates(), auto=False)
    assert isinstance(made, Typeset), made
    return made.pdf


def other(old: str, new: str, *, file: str = "issues/2014-05-1/01.md") -> bytes:
    """The edition of an archive in which a word is another."""
    files = {**BASE, file: BASE[file].replace(old, new)}
    assert files != BASE
    return laid_out(archive(files).issues[0])


def found(pdf: bytes) -> list[Problem]:
    site = BuiltSite(folder="site", files={urls.pdf(ISSUE.id): pdf}, pages={}, assets={})
    return list(pdf_problems(site, truth_of(HELD, [])))


def edited(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    document.close()
    return saved.getvalue()


def messages(pdf: bytes) -> list[str]:
    problems = found(pdf)
    assert {problem.code for problem in problems} <= {"pdf-page"}
    assert {problem.path for problem in problems} <= {"site/issues/2014-05-1/2014-05-1.pdf"}
    return [problem.message for problem in problems]


def test_in_a_right_one_nothing_is_found(right: bytes) -> None:
    assert messages(right) == []


def test_a_site_without_one_is_right_too() -> None:
    site = BuiltSite(folder="site", files={}, pages={}, assets={})
    assert list(pdf_problems(site, truth_of(HELD, []))) == []


def test_a_page_is_missing(right: bytes) -> None:
    said = messages(edited(right, lambda document: document.del_page(2)))
    assert "这一期共 4 页，PDF 有 3 页" in said
    assert any(one.startswith("第 3 页：") for one in said)


def test_a_page_stands_twice(right: bytes) -> None:
    def twice(document: Any) -> None:
        document.import_pages(pypdfium2.PdfDocument(right), [3])

    assert "这一期共 4 页，PDF 有 5 页" in messages(edited(right, twice))


def test_two_pages_have_changed_places(right: bytes) -> None:
    def swapped(document: Any) -> None:
        document.import_pages(pypdfium2.PdfDocument(right), [2], index=1)
        document.del_page(3)

    said = messages(edited(right, swapped))
    assert "第 2 页：页脚是“—3—”，应是“—2—”" in said
    assert any(one.startswith("第 2 页：应印的是") for one in said)


def test_one_character_differs() -> None:
    (said,) = messages(other("总体", "全体"))
    assert said.startswith("第 2 页：应印的是“…")
    assert "三步走的总体目" in said
    assert "三步走的全体目" in said


def test_a_page_ends_one_character_later() -> None:
    said = messages(other("目{p3}标", "目标{p3}"))
    assert [one[:8] for one in said] == ["第 2 页：应印", "第 3 页：应印"]


def test_a_source_is_another() -> None:
    assert any("文汇报" in one for one in messages(other("文汇报", "新华网")))


def test_a_title_stands_on_another_page() -> None:
    changed = BASE["issues/2014-05-1/02.md"].replace("page: 3", "page: 4")
    files = {**BASE, "issues/2014-05-1/02.md": changed}
    said = messages(laid_out(archive(files).issues[0]))
    assert "第 1 页：目录里应有“某市开通大数据平台”，第 3 页" in said
    assert "书签“某市开通大数据平台”通到第 4 页，应通到第 3 页" in said
    assert any(one.startswith("第 3 页：应印的是") for one in said)


def test_a_title_is_another() -> None:
    said = messages(other("云计算", "云存储"))
    assert "第 1 页：目录里应有“某省云计算规划出台”，第 2 页" in said
    assert "书签里没有“某省云计算规划出台”，或者次序不对" in said


def test_the_outline_is_missing(right: bytes) -> None:
    new = pypdfium2.PdfDocument.new()
    new.import_pages(pypdfium2.PdfDocument(right))
    saved = io.BytesIO()
    new.save(saved)
    assert messages(saved.getvalue()) == ["书签里没有“某省云计算规划出台”，或者次序不对"]


def test_the_day_is_another() -> None:
    issue = replace(ISSUE, date=ISSUE.date.replace(day=10))
    (said,) = messages(laid_out(issue))
    assert said.startswith("第 1 页：报头应是“电子政务信息汇编五月第一期秘书处2014年5月9日目录”")


def test_a_topic_is_missing_in_the_contents() -> None:
    said = messages(laid_out(replace(ISSUE, topics_printed=False)))
    assert "第 1 页：目录里少了栏目“政务云”" in said


def test_it_is_that_of_another_issue() -> None:
    held = archive(TWO_ISSUES)
    made = lay_out(held.publication, held.issues[1], project_templates(), auto=False)
    assert isinstance(made, Typeset)
    assert len(messages(made.pdf)) > 3


def test_it_has_a_password(right: bytes) -> None:
    locked = right.replace(b"/Root", b"/Encrypt<</Filter/None>>/Root")
    assert messages(locked[: len(locked) // 2])[0] in (*("文件坏了，或者不完整", "文件加了密码"),)
