"""Which files a run imports, and in which order."""

from __future__ import annotations

from pathlib import Path

from bulletin_site.importing.selection import select


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def names(folder: Path, *named: Path) -> list[str]:
    files, problems = select(named or [folder])
    assert problems == ()
    return [file.relative_to(folder).as_posix() for file in files]


def test_of_a_folder_all_files_below_it_word_before_pdf_before_text(tmp_path: Path) -> None:
    folder = made(tmp_path, "b.txt", "2014/a.PDF", "a.md", "z.docx", "2013/旧/y.docx")
    assert names(folder) == ["2013/旧/y.docx", "z.docx", "2014/a.PDF", "b.txt", "a.md"]


def test_what_word_and_the_system_leave_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    folder = made(tmp_path, "a.docx", "~$a.docx", ".b.docx", ".git/c.md", "d.jpg", "desktop.ini")
    assert names(folder) == ["a.docx"]


def test_old_word_files_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    assert names(made(tmp_path, "a.doc", "b.wps", "c.rtf")) == ["a.doc", "b.wps", "c.rtf"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    made(tmp_path, "a.xyz")
    assert names(tmp_path, tmp_path / "a.xyz", tmp_path / "nothing.docx") == [
        "nothing.docx",
        "a.xyz",
    ]


def test_a_pattern_that_no_console_has_resolved_is_resolved(tmp_path: Path) -> None:
    made(tmp_path, "五月.docx", "六月.docx", "~$六月.docx", "六月.txt", "七月.docx/x")
    assert names(tmp_path, tmp_path / "*.docx") == ["五月.docx", "六月.docx"]


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: Path) -> None:
    made(tmp_path, "a.docx")
    assert names(tmp_path, tmp_path / "a.docx", tmp_path) == ["a.docx"]
