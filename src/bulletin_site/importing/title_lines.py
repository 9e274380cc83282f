"""Lines that can be a title: short ones, alone or together with their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_site.content.numerals import number_of
from bulletin_site.importing import titles
from bulletin_site.importing.manuscript import Block, Kind

_MOST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`blocks[first:end]` are the title above an article's text, entry `entry` of the 目录. With
    `text_at` the text goes on in the same block, from that character on."""

    first: int
    end: int
    title: str
    likeness: float
    entry: int | None = None
    text_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitleLine:
    """`blocks[first:end]` as a title; `keys`: its words with and without a number before it;
    `rest`: those after `number`, also where a digit follows."""

    first: int
    end: int
    text: str
    keys: frozenset[str]
    number: int | None
    rest: str

    def heading(self, entry: int, likeness: float) -> Heading:
        return Heading(
            first=self.first, end=self.end, title=self.text, likeness=likeness, entry=entry
        )


def title_lines(blocks: Sequence[Block], start: int) -> Iterator[_TitleLine]:
    """Every line from `blocks[start]` on that can be a title, and up to three of them together."""
    for first in range(start, len(blocks)):
        for end in range(first + 1, min(first + _MOST_LINES, len(blocks)) + 1):
            if not is_short(blocks[end - 1]):
                break
            text = joined_title(blocks[first:end])
            mark = _FIGURES.match(text)
            yield _TitleLine(
                first=first,
                end=end,
                text=text,
                keys=frozenset({titles.key(text), titles.words(text)} - {""}),
                number=number_of(mark[1]) if mark else None,
                rest=titles.words(text[mark.end() :]) if mark else "",
            )


_FIGURES = re.compile(r"\s*([0-9０-９]{1,3})[.．、]\s*")


def without_number(text: str, number: int | None) -> str:
    """A title without the number that the 目录 gives it, also where a digit follows: `2.3个月`."""
    found = _FIGURES.match(text) if number else None
    return text[found.end() :] if found and number_of(found[1]) == number else text


def is_short(block: Block) -> bool:
    """Can this be a title, or a line of one?"""
    text = block.text.strip()
    return (
        block.kind is Kind.TEXT
        and 0 < len(text) <= titles.LONGEST
        and not text.endswith(("。", "；", "，", ";", ","))
    )


def joined_title(blocks: Sequence[Block]) -> str:
    """A title that stands on several lines."""
    lines = [
        line.strip()
        for block in blocks
        for line in (block.number + block.text).split("\n")
        if line.strip()
    ]
    title = lines[0]
    for line in lines[1:]:
        gap = " " if title[-1:].isascii() and line[:1].isascii() else ""
        title += gap + line
    return title
