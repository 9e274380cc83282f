"""Which reader reads a file: by its name, and by how it begins where the name is wrong."""

from __future__ import annotations

from bulletin_site.importing.manuscript import Manuscript, unreadable
from bulletin_site.importing.pdf import read_pdf
from bulletin_site.importing.text import read_text
from bulletin_site.importing.word import read_word
from bulletin_site.problems import Problem

SUFFIXES = (".docx", ".pdf", ".txt", ".md")


def read_manuscript(data: bytes, name: str) -> Manuscript | Problem:
    """The manuscript in the bytes of a file called `name`."""
    suffix = name.lower().rpartition(".")[2]
    if data.startswith(b"%PDF") or suffix == "pdf":
        return read_pdf(data, name)
    if data.startswith(b"PK") or data.startswith(b"\xd0\xcf\x11\xe0") or suffix in _WORD:
        return read_word(data, name)
    if suffix in ("txt", "md"):
        return read_text(data, name)
    return unreadable(
        name, "不认识这种文件", f"可以导入的有：{'、'.join(SUFFIXES)}。请用 Word 另存为 .docx。"
    )


_WORD = ("docx", "docm", "doc", "wps", "rtf", "dotx")
