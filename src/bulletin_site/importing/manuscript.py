"""A file as its typist made it, whatever its format: paragraphs in reading order, with what their
looks say of them and with the places where its pages end. Nothing is understood yet.

Every reader of a format gives a `Manuscript`, and every character of the file's text is in it: in
a block, or in an `Aside`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bulletin_site.problems import Problem


class Kind(Enum):
    """What a block is, as far as its format tells."""

    TEXT = "text"
    TABLE = "table"
    PICTURE = "picture"
    NOTE = "note"
    """A footnote or endnote; it stands after the block that refers to it."""


class Alignment(Enum):
    """Where a paragraph stands between the margins."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands in the file: its page, from 1 (0: the format has no pages), and there
    the line of a text file or the paragraph of a Word file, counted through from 1."""

    page: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEnd:
    """A page of the file ends before `text[offset]` of a block, and page `page` begins: pages of
    the file, counted from 1, whatever number is printed on them. Offset 0: it begins with the
    block; the end of the text: with the next one."""

    offset: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, without marks of Markdown or Word.

    `text`: as it stands, with `\\n` for a line break within the paragraph, `\\t` for a tab, and its
    spaces; of a table: its cells by tab and `\\n`, as in `rows`; of a picture: its description.
    `number`: what an automatic list puts before it (`1、`), which the file does not hold as text.
    `level`: that of a heading, from 1, where a style or a mark makes it one.
    `size`: of most of its characters, in points.
    `indented`: its first line is.
    `whole`: it ends where its typist ended it, as far as its looks tell.
    """

    text: str
    place: Place
    kind: Kind = Kind.TEXT
    page_ends: tuple[PageEnd, ...] = ()
    number: str = ""
    level: int | None = None
    bold: bool = False
    size: float | None = None
    alignment: Alignment = Alignment.START
    indented: bool = False
    whole: bool = True
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text of the file that belongs to no article, and in a few Chinese words why (页眉, 页码).
    What is not `sure` is shown to the editor as doubtful."""

    text: str
    place: Place
    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A whole file. `printed`: the number that stands on a page of the file, where one was found.
    `pages`: how many pages the file has; 0: its format has none, or does not tell."""

    name: str
    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...] = ()
    pages: int = 0
    printed: Mapping[int, int] = field(default_factory=dict)


def aside_of(block: Block, reason: str, *, sure: bool) -> Aside:
    """A block that belongs to no article."""
    return Aside(text=block.number + block.text, place=block.place, reason=reason, sure=sure)


def unreadable(name: str, message: str, hint: str) -> Problem:
    """A file of which nothing can be imported."""
    return Problem(path=name, code="import-file", message=message, hint=hint)
