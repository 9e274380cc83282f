"""Files as editors' machines write them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import BASE, write
from bulletin_site.build import build
from bulletin_site.content.folder import read_folder
from bulletin_site.content.source import FOLDER, LARGEST, SourceTree, decode, is_text, tree_of
from bulletin_site.inputs import read as read_inputs
from bulletin_site.problems import Problem

PATH = "issues/2014-05-1/01.md"


def read_tree(root: Path) -> tuple[SourceTree | None, list[Problem]]:
    return tree_of(read_folder(root, FOLDER, wanted=is_text, largest=LARGEST, links=False))


def problem(data: bytes) -> Problem:
    found = decode(PATH, data)
    assert isinstance(found, Problem)
    return found


def test_a_byte_order_mark_is_taken_off() -> None:
    assert decode(PATH, b"\xef\xbb\xbf---\n") == "---\n"


def test_line_ends_of_windows_and_old_macs_become_line_feeds() -> None:
    assert decode(PATH, "一\r\n二\r三\n".encode()) == "一\n二\n三\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("汉字".encode("gb18030"), "看来是 GB18030（记事本里的“ANSI”）"),
        ("汉字".encode("utf-16"), "看来是 UTF-16（记事本里的“Unicode”）"),
        ("汉字".encode("utf-16-be").join([b"\xfe\xff", b""]), "UTF-16"),
        (b"\x89PNG\xff\xff\x00", "看来是二进制文件或已损坏的文件"),
    ],
)
def test_another_encoding_is_named_and_refused(data: bytes, words: str) -> None:
    assert problem(data).code == "encoding"
    assert words in problem(data).message


def test_the_problem_names_the_first_line_that_shows_the_encoding() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert problem(f"title: a{end}{end}汉字{end}".encode("gbk")).line == 3


@given(st.text().filter(lambda text: not text.startswith("\ufeff")))
def test_every_text_comes_back_but_for_its_line_ends(text: str) -> None:
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decode(PATH, text.encode("utf-8", "surrogatepass")) == expected or any(
        "\ud800" <= character <= "\udfff" for character in text
    )


@given(st.binary())
def test_any_bytes_are_text_or_a_problem_within_the_file(data: bytes) -> None:
    found = decode(PATH, data)
    if isinstance(found, Problem):
        assert 1 <= found.line <= data.count(b"\n") + data.count(b"\r") + 1
    else:
        assert "\r" not in found


def test_files_are_named_from_the_root_with_slashes_and_in_order(tmp_path: Path) -> None:
    for name in ("2014-06-2/01.md", "2014-05-1/02.md", "archive.yaml"):
        file = tmp_path / "issues" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", "utf-8")
    tree, problems = read_tree(tmp_path)
    assert tree is not None
    assert list(tree.files) == [
        "issues/2014-05-1/02.md",
        "issues/2014-06-2/01.md",
        "issues/archive.yaml",
    ]
    assert problems == []


def test_what_is_no_text_is_listed_and_what_nobody_wrote_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "图.png",
        "稿.docx",
        ".git/config.md",
        ".DS_Store",
        "2014-05-1/~$稿.docx",
        "2014-05-1/Thumbs.db",
        "2014-05-1/desktop.ini",
        "2014-05-1/.01.md.swp",
    ):
        file = tmp_path / "issues" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\xff\xff")
    tree, problems = read_tree(tmp_path)
    assert tree is not None
    assert list(tree.others) == ["issues/图.png", "issues/稿.docx"]
    assert tree.files == {}
    assert problems == []


def test_a_file_that_cannot_be_read_is_one_problem_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "issues"
    folder.mkdir()
    (folder / "02.md").write_text("x", "utf-8")
    unreadable = folder / "01.md"
    if sys.platform == "linux":
        # Its owner is not asked here: tests may run as root, whom permissions do not stop.
        unreadable.symlink_to("/proc/self/mem")
    else:
        unreadable.write_text("x", "utf-8")
        unreadable.chmod(0)
    tree, (found,) = tree_of(read_folder(tmp_path, FOLDER, wanted=is_text))
    assert tree is not None
    assert list(tree.files) == ["issues/02.md"]
    assert (found.path, found.line, found.code) == ("issues/01.md", 0, "unreadable-file")
    assert found.message.startswith("文件读不出来（")


def folder_of(root: Path) -> Path:
    folder = root / "issues" / "2014-05-1"
    folder.mkdir(parents=True)
    (folder / "01.md").write_text("x", "utf-8")
    return folder


def test_links_are_reported_and_never_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    if sys.platform == "win32":
        return  # not everybody may make links there
    outside = tmp_path / "secret.md"
    outside.write_text("secret", "utf-8")
    (folder / "02.md").symlink_to(outside)
    (folder / "03.md").symlink_to("03.md")  # to itself
    (folder / "04.md").symlink_to("01.md")  # within the archive: no other name for one text either
    (folder / "05.md").symlink_to("nowhere.md")
    (folder / "2014-05-1.pdf").symlink_to(outside)
    (tmp_path / "issues" / "2014-05-2").symlink_to(folder)
    (folder / "round").symlink_to(tmp_path)
    tree, problems = read_tree(tmp_path)
    assert tree is not None
    assert list(tree.files) == ["issues/2014-05-1/01.md"]
    assert tree.others == {}
    assert {problem.code for problem in problems} == {"symlink"}
    assert sorted(problem.path for problem in problems) == [
        "issues/2014-05-1/02.md",
        "issues/2014-05-1/03.md",
        "issues/2014-05-1/04.md",
        "issues/2014-05-1/05.md",
        "issues/2014-05-1/2014-05-1.pdf",
        "issues/2014-05-1/round",
        "issues/2014-05-2",
    ]


def test_a_file_of_50_megabytes_is_reported_and_not_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with (folder / "02.md").open("wb") as file:
        file.truncate(50_000_000)
    tree, (found,) = read_tree(tmp_path)
    assert tree is not None
    assert list(tree.files) == ["issues/2014-05-1/01.md"]
    assert (found.path, found.code) == ("issues/2014-05-1/02.md", "file-size")
    assert found.message == "文件有 50 MB，稿件不会这样大，没有读"


def test_a_name_in_another_encoding_is_reported_so_that_it_can_be_printed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    if sys.platform != "linux":
        return  # names are Unicode there
    os.mkdir(os.fsencode(folder) + b"/" + "附件".encode("gb18030"))  # noqa: PTH102
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "会议.md".encode("gb18030"))).write_bytes(b"x")
    tree, problems = read_tree(tmp_path)
    assert tree is not None
    assert list(tree.files) == ["issues/2014-05-1/01.md"]
    assert sorted(problem.path for problem in problems) == [
        "issues/2014-05-1/会议.md",
        "issues/2014-05-1/附件",
    ]
    assert {problem.code for problem in problems} == {"unreadable-file"}


def test_a_pipe_is_said_to_be_no_file_and_not_waited_for(tmp_path: Path) -> None:
    if sys.platform == "win32":
        return  # there are none in folders there
    folder = tmp_path / "issues" / "2014-05-1"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "04.md")
    _, problems = read_tree(tmp_path)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("issues/2014-05-1/04.md", "unreadable-file")
    ]


def test_a_name_that_cannot_be_read_is_said_once(tmp_path: Path) -> None:
    write(tmp_path, BASE)
    (tmp_path / "issues/2014-05-1/第四\u200b.md").write_text("x", "utf-8")
    problems = build(read_inputs(tmp_path)).problems
    assert [problem.code for problem in problems] == ["unreadable-file"]


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    write(tmp_path, BASE)
    (tmp_path / "issues/2014-06-1").mkdir()
    (tmp_path / "issues/2014-06-1/.DS_Store").write_bytes(b"")
    (tmp_path / "issues/新建文件夹").mkdir()
    found = build(read_inputs(tmp_path)).problems
    assert [(problem.path, problem.code) for problem in found] == [
        ("issues/2014-06-1", "empty-issue"),
        ("issues/新建文件夹", "stray-file"),
    ]
