"""The files that the site offers of an issue, imported again: nothing of it is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archives import ROOT, TWO_ISSUES
from archives import archive as held
from bulletin_site.content.model import Archive, Issue, Publication
from bulletin_site.importing.draft import Draft
from bulletin_site.pages.plain_files import markdown_file, plain_text_file
from importing.imported import archive, drafted

FORMS = [
    pytest.param(".md", markdown_file, id="Markdown"),
    pytest.param(".txt", plain_text_file, id="text"),
]
Make = Callable[[Publication, Issue], bytes]


def again(known: Archive, issue: Issue, suffix: str, make: Make) -> Draft:
    """What an import makes of the file of an issue that the archive does not have."""
    others = tuple(one for one in known.issues if one.id != issue.id)
    made = drafted(
        make(known.publication, issue), f"本期{suffix}", known=replace(known, issues=others)
    )
    assert isinstance(made, Draft)
    return made


@pytest.mark.parametrize(("suffix", "make"), FORMS)
@pytest.mark.parametrize("issue", archive().issues, ids=lambda issue: issue.id)
def test_a_real_issue_comes_back_byte_for_byte(issue: Issue, suffix: str, make: Make) -> None:
    made = again(archive(), issue, suffix, make)
    folder = ROOT / "issues" / issue.id
    kept = {file.name: file.read_text("utf-8") for file in folder.glob("*.md")}
    assert made.id == issue.id
    assert {name: text for name, text in made.files.items() if name != "import.yaml"} == kept


@pytest.mark.parametrize(("suffix", "make"), FORMS)
def test_a_real_issue_comes_back_without_a_doubt_but_what_print_leaves_open(
    suffix: str, make: Make
) -> None:
    doubts = [
        (doubt.file, doubt.message)
        for issue in archive().issues
        for doubt in again(archive(), issue, suffix, make).doubts
    ]
    assert doubts == [("13.md", "没有找到这一篇的来源")]


@pytest.mark.parametrize(("suffix", "make"), FORMS)
def test_corrections_and_several_topics_come_back(suffix: str, make: Make) -> None:
    known = held(TWO_ISSUES)
    made = again(known, known.issues[1], suffix, make)
    assert made.files["01.md"].startswith(
        "---\ntitle: 云服务与“大数据”\npage: 2\ntopics: [大数据, 政务云]\n"
        "source: ZDNet 存储频道\ncorrections:\n  - date: 2014-06-20\n"
        '    text: "首段“割格”应为“价格”。"\n---\n'
    )
    assert [made.files["01.md"].count(mark) for mark in ("{p3}", "{p4}", "{p5}")] == [1, 1, 1]
    assert "本期主题是后来补加的。" in made.files["issue.md"]
