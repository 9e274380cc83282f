"""`bulletin freeze`: the numbers of the layout become the editor's, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archives import AUTO, BASE, BASE_PAGES, PDF, files_of, laid_out, write
from bulletin_site import freeze as freezing
from bulletin_site.__main__ import main
from bulletin_site.build import build
from bulletin_site.content.layout import pages_of
from bulletin_site.freeze import Frozen, freeze
from bulletin_site.inputs import read
from bulletin_site.problems import Problem
from bulletin_site.whole_file import write_whole

FOLDER = "issues/2014-05-1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    record = laid_out(AUTO, auto=True, pages=BASE_PAGES)
    return write(tmp_path, {**AUTO, **record, f"{FOLDER}/2014-05-1.pdf": PDF})


def texts(root: Path) -> dict[str, str]:
    return {name: text.decode() for name, text in files_of(root / FOLDER).items() if "md" in name}


def test_files_say_what_an_editor_would_have_written(root: Path) -> None:
    before = build(read(root)).files
    assert isinstance(freeze(root, "2014-05-1"), Frozen)
    assert texts(root) == {
        name.removeprefix(f"{FOLDER}/"): text
        for name, text in BASE.items()
        if name.startswith(FOLDER)
    }
    result = build(read(root))
    assert result.problems == ()
    assert result.files == before


def test_frozen_a_second_time_nothing_changes(root: Path) -> None:
    freeze(root, "2014-05-1")
    before = files_of(root)
    again = freeze(root, "2014-05-1")
    assert isinstance(again, Frozen)
    assert again.files == ()
    assert files_of(root) == before


def test_line_ends_and_byte_order_marks_of_windows_stay(root: Path) -> None:
    file = root / FOLDER / "01.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    freeze(root, "2014-05-1")
    wanted = BASE[f"{FOLDER}/01.md"].replace("\n", "\r\n").encode()
    assert file.read_bytes() == b"\xef\xbb\xbf" + wanted


@pytest.mark.parametrize("line", ["page: auto", "page:   auto", 'page: "auto"', "page： auto"])
def test_whatever_way_auto_is_written(root: Path, line: str) -> None:
    file = root / FOLDER / "02.md"
    file.write_text(file.read_text("utf-8").replace("page: auto", line), "utf-8")
    frozen = freeze(root, "2014-05-1")
    if "：" in line:
        assert [problem.code for problem in problems(frozen)] == ["full-width-colon"]
    else:
        assert isinstance(frozen, Frozen)
        assert re.search("^page:.*3$", file.read_text("utf-8"), re.MULTILINE)


def problems(outcome: Frozen | tuple[Problem, ...]) -> tuple[Problem, ...]:
    assert not isinstance(outcome, Frozen)
    return outcome


def test_one_that_is_stopped_half_way_goes_on_the_next_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write_whole

    def full_disk(file: Path, content: bytes) -> None:
        if file.name == "02.md":
            raise OSError(28, "No space left on device")
        whole(file, content)

    monkeypatch.setattr(freezing, "write_whole", full_disk)
    (problem,) = problems(freeze(root, "2014-05-1"))
    assert (problem.code, problem.path) == ("output-failed", f"{FOLDER}/02.md")
    assert [one.code for one in build(read(root)).problems] == ["page-mixed"]
    monkeypatch.undo()
    frozen = freeze(root, "2014-05-1")
    assert isinstance(frozen, Frozen)
    assert frozen.files == (f"{FOLDER}/02.md", f"{FOLDER}/03.md")
    result = build(read(root))
    assert result.problems == ()
    assert pages_of(result.archive.issues[0]) == BASE_PAGES


def test_numbers_that_are_not_known_are_not_frozen(root: Path) -> None:
    (root / FOLDER / "pdf.yaml").unlink()
    before = files_of(root / "issues")
    (problem,) = problems(freeze(root, "2014-05-1"))
    assert problem.code == "page-auto"
    assert files_of(root / "issues") == before


def test_an_issue_of_both_kinds_without_a_layout_is_not_frozen(root: Path) -> None:
    (root / FOLDER / "pdf.yaml").unlink()
    (root / FOLDER / "01.md").write_text(BASE[f"{FOLDER}/01.md"], "utf-8")
    before = files_of(root / "issues")
    assert [problem.code for problem in problems(freeze(root, "2014-05-1"))] == ["page-mixed"]
    assert files_of(root / "issues") == before


def test_the_command_says_what_it_did(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["freeze", "2014-05-1", "--root", str(root)]) == 0
    assert "已经写进 3 篇文章：第 2 页到第 4 页" in capsys.readouterr().out
    assert main(["freeze", "2014-05-1", "--root", str(root)]) == 0
    assert "没有要改的" in capsys.readouterr().out
    assert main(["freeze", "2014-05-2", "--root", str(root)]) == 1
    assert "没有 2014-05-2 这一期" in capsys.readouterr().out
