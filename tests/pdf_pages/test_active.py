"""What a PDF would do by itself is found wherever it stands in the file."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from archives import ROOT
from bulletin_site.pdf_pages import active
from bulletin_site.pdf_pages.active import active_in

PRINTED = sorted((ROOT / "issues").glob("*/*.pdf"))
SCRIPT = b"<</S/JavaScript/JS(app.alert)>>"


def packed(content: bytes, dictionary: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"9 0 obj\n<<%s/Length 9>>\nstream\n%s\nendstream\nendobj\n" % (
        dictionary,
        zlib.compress(content),
    )


@pytest.mark.parametrize("file", PRINTED, ids=lambda file: str(file.name))
def test_a_layout_does_nothing(file: Path) -> None:
    assert active_in(file.read_bytes()) is None


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        (SCRIPT, "JavaScript"),
        (b"<</S /J#61vaScript>>", "JavaScript"),
        (b"<</S %x\n/Launch/F(cmd)>>", "Launch"),
        (b"12 0 obj /Launch endobj", "Launch"),
        (b"<</Names<</EmbeddedFiles 9 0 R>>>>", "EmbeddedFiles"),
        (b"<</AcroForm<</XFA 9 0 R>>>>", "AcroForm"),
        (b"<</S/GoToR/F(\\\\\\\\evil\\\\x)>>", "GoToR"),
        (b"trailer<</Encrypt 9 0 R>>", "Encrypt"),
        (packed(b"1 0 " + SCRIPT), "JavaScript"),
        (packed(b"(%s)" % SCRIPT), "JavaScript"),
        (packed(b"/Title (%s)" % SCRIPT), "JavaScript"),
        (packed(zlib.compress(SCRIPT), b"/Filter [/FlateDecode /FlateDecode]"), "Filter"),
        (packed(SCRIPT, b"/Filter /LZWDecode"), "Filter"),
        (packed(SCRIPT, b"/#46ilter 8 0 R"), "Filter"),
        (packed(b"x", b"/Filter /FlateDecode/DecodeParms<</Predictor 12>>"), "DecodeParms"),
        (packed(b"x", b"/F(x.bin)/FFilter /FlateDecode"), "FFilter"),
    ],
)
def test_what_does_something_is_named(piece: bytes, name: str) -> None:
    whole = PRINTED[0].read_bytes()
    assert active_in(whole + piece) == name
    assert active_in(b"%PDF-1.7\n" + piece + whole) == name


def test_words_of_a_text_are_words() -> None:
    said = b"/Title (HTML5 /JavaScript \\(/Launch\\)) /URI (https://x/Web/JavaScript)"
    assert active_in(packed(said)) is None


def test_what_unpacks_without_end_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(active, "_MOST_BYTES", 1000)
    assert active_in(packed(b" " * 2000)) == "Encrypt"
