"""The pages of an imported file are kept for the preview, whatever it is."""

from __future__ import annotations

import io
import os
import socket
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from archives import BASE, write
from bulletin_site.__main__ import main
from bulletin_site.importing import office
from bulletin_site.importing.formats import read_manuscript
from bulletin_site.importing.kept_pages import ImportedFile, Kept, is_kept, keep_pages
from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.originals import Original, read_original, read_picture, size_of
from importing.printed_files import Drawn, written_by_hand
from importing.word_files import paragraph, run, word_file

ISSUE = "2014-05-1"
LINES = ("某省印发云计算规划，提出三步走的总体目标。", "平台已汇集数据近三亿条，向社会开放。")
PDF = written_by_hand(
    [
        [Drawn(text=line, x=80, y=700), Drawn(text=f"— {number} —", x=280, y=60, size=14)]
        for number, line in enumerate(LINES, start=2)
    ]
)
WORD = word_file("".join(paragraph(run(line)) for line in LINES))


def kept(root: Path, path: Path, data: bytes) -> tuple[Kept, Original | None]:
    """What is said, and what is there afterwards."""
    path.write_bytes(data)
    manuscript = read_manuscript(data, path.name)
    assert isinstance(manuscript, Manuscript)
    digest = sha256(data).hexdigest()
    file = ImportedFile(issue_id=ISSUE, path=path, data=data, manuscript=manuscript, sha256=digest)
    return keep_pages(root, file), read_original(root, ISSUE, digest)


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", ())


def program(folder: Path, script: str) -> None:
    """A `soffice` that does what a script says, with `arguments` and `out` at hand."""
    folder.mkdir()
    soffice = folder / "soffice"
    soffice.write_text(
        f"#!{sys.executable}\nimport os, subprocess, sys, time\nfrom pathlib import Path\n"
        "arguments = sys.argv[1:]\n"
        f"out = Path(arguments[arguments.index('--outdir') + 1])\n{script}\n",
        "utf-8",
    )
    soffice.chmod(0o755)


def test_pages_of_a_pdf_are_pictures_with_their_numbers(tmp_path: Path) -> None:
    said, original = kept(tmp_path, tmp_path / "五月第一期.pdf", PDF)
    assert original
    assert [(s.number, s.printed, s.width, s.lines) for s in original.sheets] == [
        (number - 1, number, 1000, (line,)) for number, line in enumerate(LINES, start=2)
    ]
    pictures = [read_picture(tmp_path, ISSUE, sheet.picture) for sheet in original.sheets]
    assert all(picture and size_of(picture)[0] == 1000 for picture in pictures)
    assert said.size == sum(len(picture or b"") for picture in pictures)
    assert said.said == "原件的 2 页已留下图片（0.0 MB），在预览里可以和文章对照着看。"


def test_a_word_file_is_shown_by_the_pdf_beside_it(tmp_path: Path, without_office: None) -> None:
    (tmp_path / "五月第一期.pdf").write_bytes(PDF)
    said, original = kept(tmp_path, tmp_path / "五月第一期.docx", WORD)
    assert original
    assert (original.pictured, len(original.sheets), original.by_office) == (
        "五月第一期.pdf",
        2,
        False,
    )
    assert "取自 五月第一期.pdf" in said.said


def test_a_pdf_of_another_text_is_not_taken_for_it(tmp_path: Path, without_office: None) -> None:
    other = written_by_hand([[Drawn(text="某市会议不再印发文件。", x=80, y=700)]])
    (tmp_path / "五月第一期.pdf").write_bytes(other)
    said, original = kept(tmp_path, tmp_path / "五月第一期.docx", WORD)
    assert original is None
    assert said.said == (
        "没有留下原件的样子。要在预览里和原件对照着看，请在 Word 里把它另存为 PDF，与它放在一起，"
        "用同一个名字（五月第一期.pdf），再导入一次。"
    )


def test_libreoffice_makes_the_pages_where_there_is_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = tmp_path / "made.pdf"
    pdf.write_bytes(PDF)
    program(
        tmp_path / "bin",
        "assert arguments[0].startswith('-env:UserInstallation=file://')\n"
        "assert Path(arguments[-1]).read_bytes()[:2] == b'PK'\n"
        f"(out / 'issue.pdf').write_bytes(Path({str(pdf)!r}).read_bytes())",
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    word = tmp_path / "五月第一期.docx"
    said, original = kept(tmp_path, word, WORD)
    assert original
    assert original.by_office
    assert "由 LibreOffice 排版" in said.said
    assert is_kept(tmp_path, ISSUE, word, original.sha256)
    # The PDF that Word makes shows more: when it comes, it is taken.
    word.with_suffix(".pdf").write_bytes(PDF)
    assert not is_kept(tmp_path, ISSUE, word, original.sha256)


@pytest.mark.parametrize("script", ["sys.exit(1)", "(out / 'issue.pdf').write_bytes(b'%PDF-')"])
def test_a_libreoffice_that_fails_is_as_good_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program(tmp_path / "bin", script)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    said, original = kept(tmp_path, tmp_path / "五月第一期.docx", WORD)
    assert original is None
    assert said.said.startswith("没有留下原件的样子。")


def test_a_libreoffice_that_never_ends_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # What it starts holds the pipe open for as long as it lives.
    soffice = tmp_path / "soffice"
    soffice.write_text(f"#!/bin/sh\nexec 3<>{pipe}\necho begun >&3\n/bin/sleep 600 &\nwait\n")
    soffice.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert office.pdf_of_word(WORD, seconds=1) is None
    os.set_blocking(reader, True)
    assert os.read(reader, 100) == b"begun\n"
    assert os.read(reader, 100) == b""
    os.close(reader)


def with_linked_picture(url: str) -> bytes:
    """A Word file whose picture lies elsewhere."""
    picture, file, linked = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (50, 50), "red").save(picture, "PNG")
    document = Document()
    document.add_paragraph(LINES[0])
    document.add_picture(picture)
    document.save(file)
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(linked, "w") as after:
        for name in before.namelist():
            part = before.read(name).replace(b"r:embed=", b"r:link=")
            target = f'Target="{url}" TargetMode="External"'.encode()
            after.writestr(name, part.replace(b'Target="media/image1.png"', target))
    return linked.getvalue()


def test_libreoffice_itself_makes_them_and_fetches_nothing_that_the_file_names() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        pdf = office.pdf_of_word(
            with_linked_picture(f"http://127.0.0.1:{server.getsockname()[1]}/")
        )
        assert pdf
        read = read_manuscript(pdf, "a.pdf")
        assert isinstance(read, Manuscript)
        assert read.blocks[0].text == LINES[0]
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_text_file_is_shown_in_its_lines(tmp_path: Path) -> None:
    text = "封面\n" + LINES[0] + "\n\f" + LINES[1] + "\n"
    _, original = kept(tmp_path, tmp_path / "五月第一期.txt", text.encode("gb18030"))
    assert original
    assert [(s.number, s.first_line, s.lines) for s in original.sheets] == [
        (1, 1, ("封面", LINES[0])),
        (2, 3, (LINES[1],)),
    ]


def test_of_another_file_that_became_the_issue_nothing_is_left(tmp_path: Path) -> None:
    _, first = kept(tmp_path, tmp_path / "a.pdf", PDF)
    _, second = kept(tmp_path, tmp_path / "a.pdf", PDF + b"\n")
    assert first
    assert second
    assert read_original(tmp_path, ISSUE, first.sha256) is None
    folder = tmp_path / ".cache/imports" / ISSUE
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["original.json", *(sheet.picture for sheet in second.sheets)]
    )


SMALL = """\
电子政务信息汇编
2014年7月11日
七月第一期
目 录
1、某省建成政务云.....2
1、某省建成政务云
某省建成覆盖全省的政务云平台。
（文汇报）
"""


def test_where_nothing_can_be_kept_the_issue_is_imported_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "archive", {**BASE, ".cache": "a file, not a folder", "a.txt": SMALL})
    assert main(["import", "--root", str(root), str(root / "a.txt")]) == 0
    assert "没有留下原件的样子：缓存文件夹写不进去。" in capsys.readouterr().out
    assert (root / "issues/2014-07-1/01.md").exists()


def test_a_second_import_keeps_what_is_not_there_any_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "archive", {**BASE, "a.txt": SMALL})
    index = root / ".cache/imports/2014-07-1/original.json"
    said = []
    for _ in range(2):
        assert main(["import", "--root", str(root), str(root / "a.txt")]) == 0
        said.append(capsys.readouterr().out)
        content = index.read_bytes()
        index.unlink()
    index.write_bytes(content)
    assert main(["import", "--root", str(root), str(root / "a.txt")]) == 0
    said.append(capsys.readouterr().out)
    assert ["原件的文字已留下" in one for one in said] == [True, True, False]
