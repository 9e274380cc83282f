"""The `{p6}` marks in a text: where they stand, and the text without them."""

from __future__ import annotations

import re
from collections.abc import Sequence

MARK = re.compile(r"\{p([1-9][0-9]{0,4})\}")
"""One of them, with its page. No page has a number of six digits."""
MALFORMED_MARK = re.compile(
    r"(?<![{｛])[{｛]+\s*(?:[pPｐＰ](?:age|[.．-])?\s*[0-9０-９一二三四五六七八九十百]+(?:\.\d+)?|[pPｐＰ]"
    r"|(?:第[ ]*)?[0-9０-９一二三四五六七八九十百]+[ ]*页)\s*[}｝]+"
    r"|[{｛]p[0-9０-９]{1,9}(?![0-9０-９\s.]*[}｝])"
)
"""Anything that was meant to be a mark; those that `is_mark` accepts are well formed. The time that
it takes grows as the text does."""


def is_mark(text: str) -> bool:
    return MARK.fullmatch(text) is not None


def marks(markdown: str) -> list[tuple[int, int]]:
    """The page of every well-formed mark in a text and its line, counted from 0."""
    return [
        (int(found[1]), markdown.count("\n", 0, found.start())) for found in MARK.finditer(markdown)
    ]


def mark_offsets(markdown: str) -> list[tuple[int, int]]:
    """The page of every well-formed mark, and where it stands in the text without the marks."""
    found = []
    removed = 0
    for mark in MARK.finditer(markdown):
        found.append((int(mark[1]), mark.start() - removed))
        removed += len(mark[0])
    return found


def column_at(markdown: str, offset: int) -> int:
    """The column of an offset in its line, from 1."""
    return offset - markdown.rfind("\n", 0, offset)


def offset_among_marks(markdown: str, offset: int) -> int:
    """Where a character of the text without the marks stands in the text with them."""
    for mark in MARK.finditer(markdown):
        if mark.start() > offset:
            break
        offset += len(mark[0])
    return offset


def with_marks(markdown: str, offsets: Sequence[tuple[int, int]]) -> str:
    """A text without marks, with marks for pages at offsets in it, which rise: what `mark_offsets`
    has taken apart."""
    pieces: list[str] = []
    start = 0
    for page, offset in offsets:
        pieces += (markdown[start:offset], f"{{p{page}}}")
        start = offset
    return "".join([*pieces, markdown[start:]])


def without_marks(markdown: str) -> str:
    """The text as readers see it, line by line."""
    return MARK.sub("", markdown)
