"""Lines → paragraphs: by indents, short last lines, distances, and where lines stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bulletin_site.importing.manuscript import Alignment
from bulletin_site.importing.pdf.characters import is_wide
from bulletin_site.importing.pdf.columns import Line
from bulletin_site.importing.pdf.margins import Layout

_CENTRED = 0.8
"""In ems: the margins left and right of a centred line differ by less."""
_APART = 1.35
"""In usual distances: lines farther apart are of two paragraphs."""
_NOT_AT_START = set("，。、；：？！）》」』】〕”’…—·,.;:?!)]}%％")
_NOT_AT_END = set("（《「『【〔“‘([{")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）)]*(?:\[[0-9]{1,2}\])?$|[:：;；]$")
_IN_BRACKETS = re.compile(r"[（(][^（()）]+[）)]$")
"""A source (（新华网）), if it follows the end of a sentence."""
_PASTED = 3.0
_BROKEN = 8.0
"""In ems: the room left of lines that were broken by hand."""
CONTENTS_LINE = re.compile(
    r"(?:\t|[.．·…‥・⋯•。_＿─—-]{3,}|(?:[.．·…‥・⋯•] ){3,})[\s.．·…‥・⋯]*"
    r"[(（〔—-]?\s*[0-9０-９]{1,3}\s*[)）〕—-]?$"
)
"""A line of a table of contents: leaders or a tab, and a page number at the end."""


class Join(Enum):
    """How a line stands to the one before it."""

    NEW = "new"
    SAME = "same"
    MAYBE = "maybe"
    """The same paragraph, as far as can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line with its text, without spaces at the ends. `spaced`: it ends with a space.
    `number`: of the page's lines in the order they are read, from 1. `serial`: of the document's.
    """

    line: Line
    text: str
    number: int
    serial: int
    spaced: bool
    alignment: Alignment = Alignment.START
    indented: bool = False

    @property
    def is_contents(self) -> bool:
        return bool(CONTENTS_LINE.search(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Its lines, and whether it surely ends with the last of them."""

    lines: tuple[Text, ...]
    whole: bool


def alignment_of(line: Line, layout: Layout) -> Alignment:
    left, right = layout.offset(line), layout.room(line) / line.size
    ordinary = abs(line.size - layout.size) < 1 and not line.bold
    if ordinary and layout.indents and 1.8 <= left <= 2.2:
        return Alignment.START
    if left > (1.5 if ordinary else 0.4) and abs(left - right) < _CENTRED:
        return Alignment.CENTRE
    if left > 6 and left > 2 * max(right, 0) + 2:
        return Alignment.END
    return Alignment.START


def paragraphs_of(lines: Sequence[Text], layout: Layout) -> list[Paragraph]:
    gathered: list[tuple[list[Text], bool]] = []
    for line in lines:
        how = _join(gathered[-1][0], line, layout) if gathered else Join.NEW
        if how is Join.NEW:
            gathered.append(([line], True))
        else:
            before, whole = gathered[-1]
            before.append(line)
            gathered[-1] = before, whole and how is Join.SAME
    return [Paragraph(lines=tuple(own), whole=whole) for own, whole in gathered]


def _join(paragraph: Sequence[Text], after: Text, layout: Layout) -> Join:
    before = paragraph[-1]
    if _differ(before, after) or (layout.indents and after.indented):
        return Join.NEW
    if _distance(before, after) > _APART * layout.pitch * max(1.0, after.line.size / layout.size):
        return Join.NEW
    ended = bool(_SENTENCE_END.search(before.text))
    if not _is_full(before, after, layout):
        goes_on = layout.indents and not ended and _is_cut(paragraph, layout)
        return Join.SAME if goes_on else Join.NEW
    if ended and _IN_BRACKETS.match(after.text):
        return Join.NEW
    if after.is_contents or layout.indents:
        return Join.SAME
    return Join.MAYBE if ended else Join.SAME


def _is_cut(paragraph: Sequence[Text], layout: Layout) -> bool:
    """Whether a line that is not full may have been broken on purpose, in mid-sentence: lines that
    were pasted, a page that was ended by hand."""
    before = paragraph[-1]
    room = layout.room(before.line) / before.line.size
    # A line at the left margin that begins a paragraph is a heading more often than text.
    is_text = len(paragraph) > 1 or before.indented
    return room < (_BROKEN if is_text else _PASTED)


def _differ(before: Text, after: Text) -> bool:
    """Whether they look like lines of two kinds."""
    a, b = before.line, after.line
    return (
        Alignment.START is not before.alignment
        or Alignment.START is not after.alignment
        or before.is_contents
        or (abs(a.size - b.size) > 0.08 * max(a.size, b.size) and not _is_mark(after, before))
        or (a.bold != b.bold and a.visible[-1].bold != b.visible[0].bold)
    )


def _is_mark(after: Text, before: Text) -> bool:
    """Whether a line holds nothing but the mark of a note that had no room any more."""
    return len(after.line.visible) <= len("[12]") and after.line.size < 0.75 * before.line.size


def _distance(before: Text, after: Text) -> float:
    """From line to line; 0 where a column or a page lies between."""
    a, b = before.line, after.line
    if a.page != b.page or a.column != b.column:
        return 0.0
    return b.down - a.down


def _is_full(before: Text, after: Text, layout: Layout) -> bool:
    """Whether what comes first in the next line had no room any more in this one."""
    return layout.room(before.line) < _first_unit(after.line) + 0.35 * before.line.size


def _first_unit(line: Line) -> float:
    """The width of what no line break may divide at its beginning: a word, or a character with the
    punctuation that must not be parted from it."""
    visible = line.visible
    end = 0
    while end < len(visible) - 1 and visible[end].text in _NOT_AT_END:
        end += 1
    if not is_wide(visible[end].text):
        while end < len(visible) - 1 and _in_word(line, end):
            end += 1
    while end < len(visible) - 1 and visible[end + 1].text in _NOT_AT_START:
        end += 1
    return visible[end].right - visible[0].left


def _in_word(line: Line, index: int) -> bool:
    one, other = line.visible[index], line.visible[index + 1]
    return not is_wide(other.text) and other.left - one.right < 0.15 * one.size
