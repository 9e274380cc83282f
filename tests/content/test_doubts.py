"""Doubts of an import are said, at the place as the text stands now, until nobody doubts."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import BASE, read, write
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from bulletin_site.problems import Problem
from bulletin_site.publish import Published, Refused, publish

RECORD = "issues/2014-05-1/import.yaml"


def doubts(entry: str, **texts: str) -> list[Problem]:
    """What is said of one doubt, given the rest of its entry; `texts` replace articles."""
    files = {f"issues/2014-05-1/{name[1:]}.md": text for name, text in texts.items()}
    found = read({**BASE, **files, RECORD: f"doubts:\n  - doubt: 存疑\n{entry}"})[1]
    return [problem for problem in found if problem.code == "import-doubt"]


def line(entry: str, **texts: str) -> tuple[str, int]:
    (problem,) = doubts(entry, **texts)
    return problem.path, problem.line


def test_a_doubt_of_a_key_stands_at_its_line() -> None:
    assert line("    in: 01.md\n    key: page\n") == ("issues/2014-05-1/01.md", 3)
    assert line("    in: issue.md\n    key: date\n") == ("issues/2014-05-1/issue.md", 2)


def test_a_doubt_of_a_text_is_found_across_a_page_mark() -> None:
    assert line('    in: 01.md\n    text: "总体目标"\n') == ("issues/2014-05-1/01.md", 10)


def test_a_doubt_of_a_text_is_found_under_escapes() -> None:
    text = "---\ntitle: 题\npage: 2\n---\n\n甲\\*乙\\_丙\n"
    assert line('    in: 01.md\n    text: "*乙_丙"\n', a01=text) == ("issues/2014-05-1/01.md", 6)


@pytest.mark.parametrize("entry", ["    in: 01.md\n", "    in: 01.md\n    text: 改掉了的话\n"])
def test_a_doubt_whose_text_is_gone_stands_at_the_file(entry: str) -> None:
    assert line(entry) == ("issues/2014-05-1/01.md", 0)


@pytest.mark.parametrize("entry", ["", "    in: 44.md\n", "    in: ../archive.yaml\n"])
def test_a_doubt_of_no_file_stands_at_its_own_line(entry: str) -> None:
    assert line(entry) == (RECORD, 2)


def test_a_file_that_cannot_be_read_keeps_its_doubts() -> None:
    path, at = line("    in: 01.md\n    key: page\n", a01="没有说明")
    assert (path, at) == ("issues/2014-05-1/01.md", 0)


def test_when_all_doubts_are_settled_nothing_is_said() -> None:
    for record in ("doubts: []\n", "doubts:\n", "doubts:\naside: []\n", ""):
        assert read({**BASE, RECORD: record})[1] == []


def test_an_archive_with_doubts_is_built_as_if_there_were_none(tmp_path: Path) -> None:
    plain = build(read_inputs(write(tmp_path / "plain", BASE))).files
    record = "file: 机密.docx\ndoubts:\n  - in: 01.md\n    doubt: 存疑\n"
    root = write(tmp_path / "imported", {**BASE, RECORD: record})
    assert build(read_inputs(root)).files == plain
    published = publish(root, root / "site")
    assert isinstance(published, Published)
    assert [problem.code for problem in published.problems] == ["import-doubt"]
    strict = publish(root, root / "site", strict=True)
    assert isinstance(strict, Refused)
    # One that is settled is not said any more, though nothing of the site changes.
    (root / RECORD).write_text("doubts: []\n", "utf-8")
    assert publish(root, root / "site").problems == ()
