"""What a PDF would do by itself, or carry along: scripts, programs that it starts, forms, files.

A layout of ours has nothing of the kind, and a record that fits is easily written by hand. PDFium
does not name all of it, so names are looked for in the bytes (ISO 32000-2, 7.3.5 and 12.6.4.1) and
in what is compressed in them. What could be hidden from that, by another filter than ours or by a
password, is not let pass either.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_ACTIVE = frozenset(
    b"JavaScript Launch GoToR GoToE SubmitForm ImportData Rendition RichMedia RichMediaExecute"
    b" Movie Sound OpenAction AcroForm EmbeddedFile EmbeddedFiles FileAttachment".split()
)
_HIDING = frozenset(b"Encrypt DecodeParms FFilter".split())
_NAME = re.compile(rb"/((?:[A-Za-z0-9]|#[0-9A-Fa-f]{2}){5,})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FILTER = re.compile(rb"\s*/FlateDecode\b")
_STREAM = re.compile(rb"stream\r?\n")
# Words of the text may look like names; an object cannot stand in what is taken out.
_WORDS = re.compile(
    rb"/(?:URI|Title|Author|Subject|Keywords|Alt|ActualText)\s*\((?:\\.|[^()\\<>])*\)", re.DOTALL
)
_MOST_BYTES = 256 << 20
"""Unpacked, a thousand times a layout."""
_TOO_LARGE = b"/Encrypt"
"""What could stand behind them is as good as locked."""


def active_in(data: bytes) -> str | None:
    """The first thing of that kind by its name in the file; nothing where there is none."""
    for piece in _pieces(data):
        text = _WORDS.sub(b"", piece)
        for found in _NAME.finditer(text):
            name = _ESCAPE.sub(lambda one: bytes.fromhex(one[1].decode()), found[1])
            other = name == b"Filter" and not _FILTER.match(text, found.end())
            if other or name in _ACTIVE or name in _HIDING:
                return name.decode()
    return None


def _pieces(data: bytes) -> Iterator[bytes]:
    """The file, and each stream in it unpacked, as far as it can be."""
    yield data
    left = _MOST_BYTES
    for start in _STREAM.finditer(data):
        try:
            piece = zlib.decompressobj().decompress(memoryview(data)[start.end() :], left)
        except zlib.error:
            continue
        yield piece
        left -= len(piece)
        if left <= 0:
            yield _TOO_LARGE
            return
