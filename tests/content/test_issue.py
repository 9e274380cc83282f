"""What an issue is called, and what its folder may be called."""

from __future__ import annotations

import pytest

from archives import BASE, archive, read
from bulletin_site.content.issue import default_label


@pytest.mark.parametrize(
    ("issue_id", "label"),
    [
        ("2014-05-1", "五月第一期"),
        ("2014-06-2", "六月第二期"),
        ("2014-10-10", "十月第十期"),
        ("2014-11-11", "十一月第十一期"),
        ("2014-12-19", "十二月第十九期"),
        ("2014-01-20", "一月第二十期"),
        ("2014-01-21", "一月第二十一期"),
        ("2014-01-99", "一月第九十九期"),
    ],
)
def test_an_issue_without_a_label_is_called_as_on_its_cover(issue_id: str, label: str) -> None:
    assert default_label(issue_id) == label


def test_a_label_of_its_own_takes_the_place_of_the_default() -> None:
    issue_file = "issues/2014-05-1/issue.md"
    files = {**BASE, issue_file: "---\ndate: 2014-05-09\nlabel: 特刊\n---\n"}
    (issue,) = archive(files).issues
    assert issue.label == "特刊"
    assert issue.name == "2014年特刊"


@pytest.mark.parametrize(
    ("label", "fits"),
    [
        ("五月第一期", True),
        ("5月第1期", True),
        ("２０１４年五月份第一期", True),
        ("五月增刊", True),
        ("创刊号", True),
        ("四月第一期", False),
        ("五月第二期", False),
        ("2015年5月第1期", False),
    ],
)
def test_a_label_of_another_issue_is_said(label: str, fits: bool) -> None:
    text = f"---\ndate: 2014-05-09\nlabel: {label}\n---\n"
    _, problems = read({**BASE, "issues/2014-05-1/issue.md": text})
    said = [] if fits else [("issues/2014-05-1/issue.md", 3, "issue-label")]
    assert [(found.path, found.line, found.code) for found in problems] == said


def test_a_correction_is_not_older_than_what_it_corrects() -> None:
    article = "issues/2014-05-1/01.md"
    more = "corrections:\n  - date: 2013-06-01\n    text: 甲应为乙。\n---\n\n"
    _, (found,) = read({**BASE, article: BASE[article].replace("---\n\n", more, 1)})
    line = BASE[article].split("\n").index("---", 1) + 2
    assert (found.path, found.line, found.code) == (article, line, "bad-date")


@pytest.mark.parametrize(
    "name", ["2014-6-1", "2014年6月第1期", "２０１４－06－01", "2014.6.1 终稿"]
)
def test_the_name_that_was_meant_for_a_folder_is_offered(name: str) -> None:
    files = {**BASE, f"issues/{name}/01.md": BASE["issues/2014-05-1/03.md"]}
    (found,) = read(files)[1]
    assert found.hint.startswith("是不是“2014-06-1”？")
    files["issues/2014-06-1/01.md"] = BASE["issues/2014-05-1/03.md"]
    (hint,) = (one.hint for one in read(files)[1] if one.code == "issue-name")
    assert "是不是" not in hint


@pytest.mark.parametrize(
    "name", ["2014-5-1", "2014-13-1", "2014-00-1", "2014-05-0", "2014-05-01", "2014-05", "说明"]
)
def test_another_name_of_a_folder_is_refused(name: str) -> None:
    _, problems = read({**BASE, f"issues/{name}/01.md": BASE["issues/2014-05-1/03.md"]})
    assert [(found.path, found.code) for found in problems] == [(f"issues/{name}", "issue-name")]


def test_issues_are_in_the_order_of_their_numbers_not_of_their_letters() -> None:
    files = dict(BASE)
    for number in (2, 10, 9):
        files[f"issues/2014-05-{number}/issue.md"] = f"---\ndate: 2014-05-{10 + number}\n---\n"
        files[f"issues/2014-05-{number}/01.md"] = BASE["issues/2014-05-1/03.md"]
    assert [issue.id for issue in archive(files).issues] == [
        "2014-05-1",
        "2014-05-2",
        "2014-05-9",
        "2014-05-10",
    ]
