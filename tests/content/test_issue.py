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
