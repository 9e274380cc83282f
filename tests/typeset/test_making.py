"""`bulletin pdf` on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archives import AUTO, BASE, TWO_ISSUES, write
from bulletin_site.__main__ import main
from bulletin_site.alone import alone
from bulletin_site.content.layout import load_layout
from bulletin_site.content.source import SourceFile

PDF = "issues/2014-05-1/2014-05-1.pdf"
RECORD = "issues/2014-05-1/pdf.yaml"


def record(root: Path) -> str:
    return (root / RECORD).read_text("utf-8")


def test_an_issue_gets_its_pdf_its_record_and_a_line_of_what_came_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, BASE)
    assert main(["pdf", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2014-05-1：4 页，")
    assert "28×22" in said
    assert "字体：" in said
    assert (root / PDF).read_bytes().startswith(b"%PDF-1.7")
    layout = load_layout(SourceFile(path=RECORD, text=record(root)))
    assert layout is not None
    assert layout.size == (root / PDF).stat().st_size
    assert not layout.auto
    assert sorted(file.name for file in (root / "issues/2014-05-1").iterdir()) == [
        *("01.md", "02.md", "03.md", "2014-05-1.pdf", "issue.md", "pdf.yaml")
    ]


def test_an_issue_without_numbers_gets_them_and_the_site_and_its_check_hold_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, AUTO)
    assert main(["build", "--root", str(root)]) == 1
    assert main(["pdf", "--root", str(root), "2014-05-1"]) == 0
    assert "2014-05-1：2 页，页码由排版得来" in capsys.readouterr().out
    assert main(["build", "--root", str(root)]) == 0
    assert (root / "site" / PDF).read_bytes() == (root / PDF).read_bytes()
    assert main(["check", "--root", str(root), "--strict"]) == 0
    assert main(["freeze", "--root", str(root), "2014-05-1"]) == 0
    assert "page: 2" in (root / "issues/2014-05-1/03.md").read_text("utf-8")
    capsys.readouterr()
    assert main(["pdf", "--root", str(root)]) == 0
    assert capsys.readouterr().out.startswith("1 期的 PDF 已是现在的文字")
    assert main(["check", "--root", str(root), "--strict"]) == 0


def test_only_what_has_changed_is_laid_out_again_and_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, TWO_ISSUES)
    assert main(["pdf", "--root", str(root)]) == 0
    pdf, kept = (root / PDF).read_bytes(), record(root)
    article = root / "issues/2014-06-2/01.md"
    article.write_text(article.read_text("utf-8").replace("供应商", "供货商"), "utf-8")
    (root / PDF).write_bytes(pdf[::-1])
    capsys.readouterr()
    assert main(["pdf", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "2014-05-1：" in said, "it was changed since"
    assert "2014-06-2：" in said
    assert ((root / PDF).read_bytes(), record(root)) == (pdf, kept)
    assert main(["pdf", "--root", str(root), "2014-06-2", "--again"]) == 0
    assert capsys.readouterr().out.startswith("2014-06-2：")


def test_a_note_without_room_is_said_to_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "---\ndate: 2014-05-09\n---\n\n" + "说明。" * 900
    root = write(tmp_path, {**BASE, "issues/2014-05-1/issue.md": note})
    assert main(["pdf", "--root", str(root)]) == 0
    assert "2014-05-1 的编者说明没有排进 PDF" in capsys.readouterr().out


def test_an_issue_with_mistakes_is_left_and_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = BASE["issues/2014-05-1/02.md"].replace("page: 3", "page: 9")
    root = write(tmp_path, {**TWO_ISSUES, "issues/2014-05-1/02.md": wrong})
    assert main(["pdf", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "page-skip" in said
    assert "2014-06-2：" in said
    assert not (root / PDF).exists()


def test_an_issue_that_cannot_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {**BASE, "issues/2014-05-1/issue.md": "---\nlabel: 第一期\n---\n"})
    for words in ([], ["2014-05-1"]):
        assert main(["pdf", "--root", str(root), *words]) == 1
        assert "issue.md:2: missing-key：" in capsys.readouterr().out


def test_an_issue_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, BASE)
    assert main(["pdf", "--root", str(root), "2014-05-2"]) == 1
    assert "是不是“2014-05-1”？" in capsys.readouterr().out


def test_two_do_not_write_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, BASE)
    with alone(root, root / "issues"):
        assert main(["pdf", "--root", str(root)]) == 1
    assert "output-busy" in capsys.readouterr().out


def test_without_the_program_for_it_the_command_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert main(["pdf", "--root", str(write(tmp_path, BASE))]) == 1
    assert 'pip install -e ".[pdf]"' in capsys.readouterr().out


def test_without_pango_the_command_says_how_to_get_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "there" / "weasyprint.py"
    library.parent.mkdir()
    library.write_text("print('---')\nraise OSError('cannot load library libpango')\n", "utf-8")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(str(library.parent))
    assert main(["pdf", "--root", str(write(tmp_path / "here", BASE))]) == 1
    said = capsys.readouterr().out
    assert said.startswith("bulletin pdf: pdf-tool：")
    assert "libpango-1.0-0" in said


def test_a_pdf_that_cannot_take_its_place_is_said_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, BASE)
    (root / PDF / "taken").mkdir(parents=True)
    assert main(["pdf", "--root", str(root)]) == 1
    assert "output-failed" in capsys.readouterr().out
    assert not (root / RECORD).exists()
    assert not list((root / "issues/2014-05-1").glob(".*"))
