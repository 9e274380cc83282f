"""What is found in a body while it is judged: where it stands in its lines, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

CONTEXT = 8
"""Characters around what is found that are quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something to be said of a body: its line, from 0, and what is wrong there (`text`), which
    begins in `column`, from 1; 0: where it first stands in the line."""

    line: int
    column: int = 0
    text: str
    code: str
    message: str
    hint: str


def place_of(lines: Sequence[str], token: Token, offset: int) -> tuple[int, int]:
    """The line of a body, from 0, and the column, from 1, in which something stands that begins at
    an offset of a token's text; the column is 0 where that is not known (offset -1, too)."""
    first = token.map[0] if token.map else 0
    if offset < 0:
        return first, 0
    line = first + token.content.count("\n", 0, offset)
    start = token.content.rfind("\n", 0, offset) + 1
    # Before it the line may have what makes it an item, a quotation or a cell.
    before = lines[line].find(token.content[start:].partition("\n")[0])
    return line, before + offset - start + 1 if before >= 0 else 0


def short(text: str) -> str:
    return text if len(text) <= 2 * CONTEXT else f"{text[: 2 * CONTEXT]}……"
