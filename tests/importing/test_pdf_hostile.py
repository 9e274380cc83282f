"""Files that are broken, locked, or made to do harm end in a message."""

from __future__ import annotations

import io
import subprocess
import sys

import pypdfium2
import pytest
from PIL import Image

from bulletin_site.importing.manuscript import Kind, Manuscript
from bulletin_site.importing.pdf import draw_pdf, read_pdf
from bulletin_site.importing.pdf.apart import answer_of
from bulletin_site.importing.pdf.opening import opened
from bulletin_site.importing.pdf.sheets import sheets_of
from bulletin_site.problems import Problem
from importing.printed_files import Drawn, written_by_hand

GOOD = written_by_hand([[Drawn(text="政务公开", x=80, y=700)]])


def problem(data: bytes) -> Problem:
    read = read_pdf(data, "汇编.pdf")
    assert isinstance(read, Problem)
    assert (read.path, read.code) == ("汇编.pdf", "import-file")
    return read


def scanned() -> bytes:
    file = io.BytesIO()
    Image.new("L", (600, 850), 255).save(file, "PDF")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 a Word file", "这不是 PDF 文件，只是名字叫 .pdf"),
        (b"%PDF-1.7\nnothing", "PDF 文件坏了，或者不完整"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 500, "PDF 文件坏了，或者不完整"),
        (scanned(), "这是扫描的图片，没有文字（共 1 页）"),
        (written_by_hand([[]]), "文件里没有文字（共 1 页）"),
        (written_by_hand([[]] * 601), "文件有 601 页，超过 600 页"),
    ],
    ids=["empty", "word", "stub", "noise", "scan", "blank", "pages"],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    assert problem(data).message == message


def test_a_locked_file_is_said_to_be_locked() -> None:
    """Encrypted with a password: by the standard security handler, revision 2."""
    locked = GOOD.replace(
        b"/Root 1 0 R",
        b"/ID[<00><00>]/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"11" * 32
        + b">/U<"
        + b"22" * 32
        + b">>>",
    )
    assert problem(locked).message == "文件加了密码，打不开"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_off_gives_a_message_or_its_text(share: float) -> None:
    read = read_pdf(GOOD[: int(len(GOOD) * share)], "汇编.pdf")
    if isinstance(read, Manuscript):
        assert read.blocks[0].text == "政务公开"
    else:
        assert read.code == "import-file"


def test_one_scanned_page_among_others_is_announced() -> None:
    """Drawn as an image of its own size, within the page."""
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"
    data = written_by_hand([[Drawn(text="政务公开", x=80, y=700)], [Drawn(text=" ", x=80, y=70)]])
    at = data.rindex(b"BT /F1")
    end = data.index(b"\nendstream", at)
    read = read_pdf(data[:at] + picture + data[end:], "汇编.pdf")
    assert isinstance(read, Manuscript)
    assert [block.kind for block in read.blocks] == [Kind.TEXT, Kind.PICTURE]
    assert [(aside.place.page, aside.sure) for aside in read.asides] == [(2, False)]


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 1e9 1e9", "-1e9 -5 1e9 5", "0 0 1 100000"])
def test_pages_of_absurd_size_are_read_and_drawn(box: str) -> None:
    data = written_by_hand([[Drawn(text="政务公开", x=0, y=0)]], box=box)
    read = read_pdf(data, "汇编.pdf")
    assert isinstance(read, Manuscript)
    assert "".join(block.text for block in read.blocks) == "政务公开"
    drawn = draw_pdf(data, "汇编.pdf", width=200)
    assert isinstance(drawn, (tuple, Problem))


def test_scripts_and_attached_files_are_passed_over() -> None:
    data = written_by_hand(
        [[Drawn(text="政务公开", x=80, y=700)]],
        catalog="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        "/Names<</EmbeddedFiles<</Names[(a) 99 0 R]>>>>",
    )
    read = read_pdf(data, "汇编.pdf")
    assert isinstance(read, Manuscript)
    assert [block.text for block in read.blocks] == ["政务公开"]


@pytest.mark.parametrize(
    "catalog",
    [
        "/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</WC<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        "/OpenAction<</S/URI/URI(http://evil.invalid/)>>/AcroForm<</XFA 99 0 R/Fields[99 0 R]>>",
        f"/X {'[' * 100_000}{']' * 100_000}",
        f"/X {'<</a ' * 50_000}1{'>>' * 50_000}",
    ],
    ids=["launch", "address", "deep lists", "deep mappings"],
)
def test_what_the_text_does_not_need_is_not_looked_at(catalog: str) -> None:
    read = read_pdf(
        written_by_hand([[Drawn(text="政务公开", x=80, y=700)]], catalog=catalog), "汇编.pdf"
    )
    assert isinstance(read, Manuscript)
    assert [block.text for block in read.blocks] == ["政务公开"]


@pytest.mark.parametrize(
    "kids", [b"[2 0 R 10 0 R]", b"[1 0 R 10 0 R]", b"[10 0 R]/Count 2000000000"]
)
def test_pages_that_go_round_or_cannot_be_counted_end(kids: bytes) -> None:
    assert b"/Kids[10 0 R]" in GOOD
    read = read_pdf(GOOD.replace(b"/Kids[10 0 R]", b"/Kids" + kids), "汇编.pdf")
    assert isinstance(read, Manuscript | Problem)


def test_a_page_at_which_the_library_stops_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """pypdfium2 5.0 counts no objects on what does not call itself a page."""

    def stop(_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to get number of pageobjects.")

    monkeypatch.setattr("bulletin_site.importing.pdf.sheets.characters_of", stop)
    with opened(GOOD, "汇编.pdf") as document:
        assert not isinstance(document, Problem)
        assert [sheet.broken for sheet in sheets_of(document)] == [True]


def test_a_file_of_fifty_megabytes_is_read() -> None:
    end = GOOD.index(b"\nxref")
    assert isinstance(
        read_pdf(GOOD[:end] + b"\n%" + b"x" * 50_000_000 + GOOD[end:], "a.pdf"), Manuscript
    )


def test_a_page_of_many_characters_at_one_place_ends() -> None:
    data = written_by_hand([[Drawn(text="政" * 5000, x=80, y=700, size=0.001)]])
    assert isinstance(read_pdf(data, "汇编.pdf"), Manuscript)


def test_reading_that_takes_too_long_is_stopped() -> None:
    read = read_pdf(GOOD, "汇编.pdf", seconds=0.001)
    assert isinstance(read, Problem)
    assert "停下了" in read.message


@pytest.mark.parametrize(
    "code",
    ["import os; os.abort()", "import sys; sys.exit(3)", "print('no answer')", "pass"],
    ids=["crash", "failure", "nonsense", "silence"],
)
def test_a_crash_of_the_library_is_a_message(code: str) -> None:
    answer = answer_of((sys.executable, "-c", code), "汇编.pdf", b"", 60)
    assert isinstance(answer, Problem)
    assert answer.message == "文件内部有毛病，读到一半读不下去"


def test_the_library_stays_out_of_this_process() -> None:
    code = "import sys, bulletin_site.importing.pdf; print('pypdfium2' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
