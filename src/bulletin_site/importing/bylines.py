"""A line under the title that says who wrote the text or sent it in, where nothing else names its
source."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_site.importing.manuscript import Alignment, Block, Kind
from bulletin_site.importing.marks import ends_sentence, number_mark, topic_mark

_LONGEST = 24
_DASHES = ("—", "-", "―", "－", "─")
_INSIDE = "，。；：！？,;:!?"


def byline_of(blocks: Sequence[Block]) -> str | None:
    """The first of an article's blocks, if it is a short line set apart as a title is, with text
    below it. Not where the article's subheadings are set in the same way, and no subtitle, which
    stands after a dash."""
    if len(blocks) < 2 or not _is_apart(blocks[0]) or any(_is_apart(b) for b in blocks[1:]):
        return None
    text = blocks[0].text.strip()
    is_name = not text.startswith(_DASHES) and not any(mark in text for mark in _INSIDE)
    counted = blocks[0].number or number_mark(text) or topic_mark(text)
    return text if is_name and not counted and ends_sentence(blocks[1].text) else None


def _is_apart(block: Block) -> bool:
    short = 2 <= len(block.text.strip()) <= _LONGEST and not ends_sentence(block.text)
    return block.kind is Kind.TEXT and short and block.alignment is Alignment.CENTRE
