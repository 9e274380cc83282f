"""`bulletin new`: the next issue with blanks, and nothing wrong with it but that they are blank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archives import AUTO, BASE, BASE_PAGES, PDF, archive, files_of, laid_out, write
from bulletin_site.__main__ import main
from bulletin_site.build import build
from bulletin_site.content.model import Archive
from bulletin_site.importing.new_issue import Begun, new_issue
from bulletin_site.importing.skeleton import Skeleton, skeleton
from bulletin_site.inputs import read
from bulletin_site.problems import Problem

TODAY = date(2026, 11, 22)


def archive_of(*issues: tuple[str, str, str]) -> Archive:
    """An archive of issues: id, day, label (blank: that of its id)."""
    files = {"issues/archive.yaml": BASE["issues/archive.yaml"]}
    for id_, day, label in issues:
        said = f"label: {label}\n" if label else ""
        files[f"issues/{id_}/issue.md"] = f"---\ndate: {day}\n{said}---\n"
        files[f"issues/{id_}/01.md"] = "---\ntitle: 题名\npage: 2\n---\n\n正文。\n"
    return archive(files)


def made(
    *issues: tuple[str, str, str], wanted: str | None = None, day: date | None = None
) -> Skeleton:
    held = archive_of(*issues) if issues else replace(archive(BASE), issues=())
    return skeleton(held, wanted=wanted, day=day, today=TODAY, articles=1)


def told(one: Skeleton) -> tuple[str, str, str]:
    return one.id, one.date.isoformat(), one.label


TWICE = (
    ("2014-05-1", "2014-05-09", ""),
    ("2014-05-2", "2014-05-23", ""),
    ("2014-06-1", "2014-06-10", ""),
)
WEEKLY = tuple(
    (f"2014-05-{number}", f"2014-05-{day:02}", "")
    for number, day in enumerate((2, 9, 16, 23), start=1)
)
MONTHLY = tuple((f"2014-{month:02}-1", f"2014-{month:02}-15", "") for month in (10, 11, 12))


# The rhythm.


@pytest.mark.parametrize(
    ("issues", "expected"),
    [
        ((), ("2026-11-1", "2026-11-22", "十一月第一期")),
        (TWICE, ("2014-06-2", "2014-06-23", "六月第二期")),
        (TWICE[:2], ("2014-06-1", "2014-06-09", "六月第一期")),
        (WEEKLY, ("2014-06-1", "2014-06-02", "六月第一期")),
        (WEEKLY[:3], ("2014-06-1", "2014-06-02", "六月第一期")),
        (MONTHLY, ("2015-01-1", "2015-01-15", "一月第一期")),
        (MONTHLY[:1], ("2014-11-1", "2014-11-15", "十一月第一期")),
        (
            (("2014-05-1", "2014-05-09", ""), ("2014-06-2", "2014-06-13", "")),
            ("2014-07-1", "2014-07-09", "七月第一期"),
        ),
    ],
)
def test_the_next_issue_follows_the_rhythm_of_the_archive(
    issues: tuple[tuple[str, str, str], ...], expected: tuple[str, str, str]
) -> None:
    assert told(made(*issues)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("2014-02-1", "2014-02-28"),
        ("2014-05-3", "2014-05-31"),
        ("2015-02-2", "2015-02-23"),
    ],
)
def test_the_day_of_an_issue_that_is_asked_for_lies_in_its_month_and_in_order(
    wanted: str, expected: str
) -> None:
    issues = (("2014-01-1", "2014-01-31", ""), *TWICE[:1], ("2014-05-2", "2014-05-31", ""))
    if wanted == "2015-02-2":
        issues = TWICE
    assert told(made(*issues, wanted=wanted))[:2] == (wanted, expected)


@pytest.mark.parametrize(("day", "id_"), [("2014-06-20", "2014-06-2"), ("2014-09-01", "2014-09-1")])
def test_a_day_that_is_given_tells_the_issue(day: str, id_: str) -> None:
    assert told(made(*TWICE, day=date.fromisoformat(day)))[:2] == (id_, day)


@pytest.mark.parametrize(
    ("label", "wanted", "expected"),
    [
        ("六月第一期", "2014-06-2", "六月第二期"),
        ("6月第1期", "2014-11-2", "11月第2期"),
        ("2014年六月第一期", "2015-01-1", "2015年一月第一期"),
        ("第11期", "2014-06-2", "第12期"),
        ("第11期（总第87期）", "2015-01-1", "一月第一期"),
        ("特刊", "2014-06-2", "六月第二期"),
    ],
)
def test_the_label_is_written_as_that_of_the_issue_before(
    label: str, wanted: str, expected: str
) -> None:
    assert made(("2014-06-1", "2014-06-10", label), wanted=wanted).label == expected


def test_an_organization_that_only_the_issues_name_is_carried_on() -> None:
    files = dict(BASE)
    files["issues/2014-05-1/issue.md"] = "---\ndate: 2014-05-09\norganization: 某实验室\n---\n"
    one = skeleton(archive(files), wanted=None, day=None, today=TODAY, articles=1)
    assert "organization: 某实验室\n" in one.files["issue.md"]


# On disk.


def begun(root: Path) -> Begun:
    result = new_issue(root, wanted=None, day=None, today=TODAY, articles=2)
    assert isinstance(result, Begun), result
    return result


def test_every_blank_is_named_and_nothing_else_is_wrong(tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    made_ = begun(root)
    problems = build(read(root)).problems
    assert problems == made_.blanks
    found = [(p.path.rpartition("/")[2], p.line, p.code) for p in problems]
    assert found == [
        (name, line, code)
        for name in ("01.md", "02.md")
        for line, code in [*((n, "missing-key") for n in (2, 3, 4, 5)), (6, "empty-body")]
    ]
    said = [problem.message + problem.hint for problem in problems[:5]]
    for word, text in zip(("title", "page", "topics", "source", "正文"), said, strict=True):
        assert word in text
    assert "可用的有：政务云、大数据。" in said[2]


def test_as_soon_as_the_blanks_are_filled_the_issue_is_accepted(tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    folder = root / "issues" / begun(root).skeleton.id
    for page, name in enumerate(("01.md", "02.md"), start=2):
        text = (folder / name).read_text("utf-8")
        text = text.replace("title:", "title: 题名").replace("page:", f"page: {page}")
        text = text.replace("topics:", "topics: [政务云]").replace("source:", "source: 文汇报")
        (folder / name).write_text(f"{text}正文。\n", "utf-8")
    result = build(read(root))
    assert result.problems == ()
    assert len(result.archive.issues) == 2


def test_an_issue_that_is_there_is_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, BASE)
    before = files_of(root / "issues")
    assert main(["new", "2014-05-1", "--root", str(root)]) == 1
    assert "issues/2014-05-1: output-refused：" in capsys.readouterr().out
    assert files_of(root / "issues") == before


def test_a_day_outside_of_the_month_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, BASE)
    assert main(["new", "2014-07-1", "--date", "2014-08-01", "--root", str(root)]) == 1
    assert "issues/2014-07-1/issue.md:2: issue-date：" in capsys.readouterr().out
    assert not (root / "issues/2014-07-1").exists()


def test_what_is_to_be_filled_in_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, BASE)
    assert main(["new", "--articles", "3", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("新的一期已经建好：issues/2014-06-1/（2014-06-09 六月第一期，3 篇）\n")
    for word in ("title", "page", "topics", "source", "政务云、大数据", "04.md", "空着 15 处"):
        assert word in said
    assert "不想数页码，每篇都写 page: auto" in said


def test_where_the_layout_numbers_the_pages_nobody_is_asked_for_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = laid_out(AUTO, auto=True, pages=BASE_PAGES)
    root = write(tmp_path, {**AUTO, **record, "issues/2014-05-1/2014-05-1.pdf": PDF})
    assert main(["new", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "从第几页开始" not in said
    assert "{p6}" not in said
    assert "填完先运行 bulletin pdf 2014-06-1，再 bulletin build" in said


@pytest.mark.parametrize(
    "arguments",
    [["2014-5-1"], ["../x"], ["--articles", "0"], ["--articles", "x"], ["--date", "5月9日"]],
)
def test_what_cannot_be_meant_is_refused(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["new", *arguments, "--root", str(tmp_path)])
    assert ended.value.code == 2
    assert "命令写得不对：" in capsys.readouterr().err


def test_elsewhere_than_in_an_archive_nothing_is_made(tmp_path: Path) -> None:
    result = new_issue(tmp_path, wanted=None, day=None, today=TODAY, articles=1)
    assert not isinstance(result, Begun)
    assert all(isinstance(problem, Problem) for problem in result)
    assert list(tmp_path.iterdir()) == []


def test_who_asks_twice_for_the_next_issue_is_told_to_fill_in_the_first(tmp_path: Path) -> None:
    write(tmp_path, BASE)
    assert isinstance(new_issue(tmp_path, wanted=None, day=None, today=TODAY, articles=1), Begun)
    again = new_issue(tmp_path, wanted=None, day=None, today=TODAY, articles=1)
    assert isinstance(again, tuple)
    assert [problem.code for problem in again] == ["output-refused"]
    assert "还没有填完，就接着填" in again[0].hint
