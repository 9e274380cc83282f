"""Plain text and Markdown: paragraphs by blank lines, by line ends, or by the indents of lines
that an editor or a scanner broke at one width.

A bulletin that was typed with a page number at the foot of each page, or saved with form feeds,
still has its pages; so has what this program itself wrote (`page_marks`).
"""

from __future__ import annotations

import re

from bulletin_site.content.encodings import as_word_names_it, commonness, likely_encoding
from bulletin_site.importing.manuscript import (
    Manuscript,
    unreadable,
)
from bulletin_site.importing.page_marks import with_page_ends, with_page_marks
from bulletin_site.importing.text_blocks import blocks_of, wrapped_at
from bulletin_site.importing.text_lines import lines_of, without_furniture, without_line_numbers
from bulletin_site.problems import Problem

_MOST_BYTES = 20_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINE_OF_CONTENTS = re.compile(r"\[([^\[\]\n]+?)\s*\[(\d{1,3})\]\(#[^()\s]*\)\]\(#[^()\s]*\)")
_LINK_WITHIN = re.compile(r"\[([^\[\]\n]*)\]\(#[^()\s]*\)")
_ANCHOR = re.compile(r"\[\]\{#[^{}\n]*\}")
_ATTRIBUTES = re.compile(r"(?m)(?<=\S)[ \t]*\{[#.][^{}\n]*\}[ \t]*$")
_TAG = re.compile(r"</?(?:a|p|div|span|center|font|br)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_QUOTED = re.compile(r"(?m)^ {0,3}(?:>[ \t]?)+")


def read_text(data: bytes, name: str) -> Manuscript | Problem:
    """A text file in UTF-8, UTF-16 (with a mark), GB18030 or Big5."""
    if len(data) > _MOST_BYTES:
        return unreadable(name, "文件太大，不像是一期汇编", "请确认选对了文件。")
    text = decode(data)
    likely = likely_encoding(data) if text is None or data.isascii() else None
    if likely:
        hint = f"请用 Word 打开，选编码“{as_word_names_it(likely)}”，另存为 .docx 再导入。"
        return unreadable(name, f"文字的编码看来是 {likely}，程序不读", hint)
    if text is None:
        return unreadable(
            name, "这不是文字文件，或者已经损坏", "请用 Word 或记事本打开，另存为 .docx 或 .txt。"
        )
    if name.lower().endswith(".md"):
        text = _without_markup(text)
    lines = list(lines_of(text))
    if not any(line.text.strip() for line in lines):
        return unreadable(name, "这是空文件", "请确认选对了文件。")
    marked = with_page_marks(lines)
    lines, numbering = without_line_numbers(marked.lines)
    lines, asides, printed = without_furniture(lines)
    width = wrapped_at(lines)
    found = list(with_page_ends(blocks_of(lines, width)))
    pages = max(marked.pages, default=lines[-1].place.page if lines else 0)
    return Manuscript(
        name=name,
        blocks=tuple(block for block, _ in found),
        asides=(*marked.asides, *numbering, *asides, *(one for _, marks in found for one in marks)),
        pages=pages,
        printed={page: page for page in marked.pages} or printed,
    )


def decode(data: bytes) -> str | None:
    """The text, its line ends all `\\n`; nothing where the bytes are no text. Between the Chinese
    encodings, whose bytes overlap, the one that gives the more common characters is taken."""
    marked = data.startswith(_UTF_16)
    encodings = ("utf-16",) if marked else ("utf-8-sig", "gb18030", "big5", "big5hkscs")
    read: list[str] = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf"):
            read = [text]
            break
        read.append(text)
    if not read or "\0" in read[0]:
        return None
    best = max(read, key=commonness)
    return best.replace("\r\n", "\n").replace("\r", "\n")


def _without_markup(text: str) -> str:
    """Markdown without what no reader sees of it: anchors, attributes of headings, tags, marks of
    quotation; links within the file as their text."""
    # Pandoc's lines of a 目录 are links around the page, which is a link of its own.
    text = _LINK_WITHIN.sub(r"\1", _LINE_OF_CONTENTS.sub(r"\1\t\2", text))
    for markup in (_ANCHOR, _ATTRIBUTES, _TAG, _QUOTED):
        text = markup.sub("", text)
    return text
