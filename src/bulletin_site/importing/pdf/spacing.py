"""The spaces of a line: those that were typed, and no others.

Most programs draw a typed space as a character; a gap without one is a stretched line, or the
quarter em that Word puts between Han and digits. Some (Chromium) leave spaces out: then gaps tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bulletin_site.importing.pdf.characters import Character, is_wide
from bulletin_site.importing.pdf.rows import Row

_WORD_GAP = 0.15
_SPACE = 0.17
"""In ems: a narrower gap holds no space. Spaces of Latin type are 0.2-0.3 em wide."""
_STRETCHED = 0.1
_ENOUGH = 3
_EVEN = 0.05
"""In ems, between the other characters of a line: more and it is stretched; less and it is not."""
_TAB = 1.5
_TAB_TO_STOP = 0.4
_TAB_AND_SPACES = 4.0
"""In ems: a wider gap was made with a tab, or in another way that means one."""

_CLOSING = "，。、；：！？）》】」』"
"""Before these nobody types a space; a stretched line of few characters shows one."""

_AT_ENDS = 0.25
"""Of lines that may have ended with a space, the share that do so where such spaces are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """How the program that made the file treats spaces.

    `drawn`: typed spaces are characters. `at_ends`: also at the end of a line that is broken there.
    """

    drawn: bool
    at_ends: bool


def spacing_of(rows: Sequence[Row], producer: str) -> Spacing:
    """`producer`: what the file says made it."""
    drawn, words = 0, 0
    for row in rows:
        drawn += sum(one.text == " " for one in row.characters[1:-1])
        words += sum(
            _is_letter(before)
            and _is_letter(after)
            and _gap(before, after) > _WORD_GAP * after.size
            for before, after in pairwise(row.characters)
        )
    return Spacing(
        drawn=drawn >= words and not (drawn == 0 and "Skia" in producer),
        at_ends=_drawn_at_ends(rows),
    )


def _drawn_at_ends(rows: Sequence[Row]) -> bool:
    """Whether a good part of the lines broken at a Latin word or a number end with a space."""
    ends = [
        before.characters[-1].is_space
        for before, after in pairwise(rows)
        if before.page == after.page
        and _meet_or_words(before.visible[-1].text, after.visible[0].text)
    ]
    return sum(ends) > len(ends) * _AT_ENDS


def _meet_or_words(before: str, after: str) -> bool:
    return _meet(before, after) or (is_latin(before) and is_latin(after))


def text_of(characters: Sequence[Character], spacing: Spacing) -> str:
    """A line's text without spaces at its ends, with `\\t` for wide gaps."""
    return "".join(_pieces(characters, spacing))


def _pieces(characters: Sequence[Character], spacing: Spacing) -> Iterator[str]:
    stretch = _stretch([one for one in characters if not one.is_space])
    before: Character | None = None
    spaces: list[Character] = []
    for one in characters:
        if one.is_space:
            spaces.append(one)
            continue
        if before is not None:
            yield _between(before, spaces, one, stretch, spacing)
        yield one.text
        before, spaces = one, []


def _stretch(visible: Sequence[Character]) -> float | None:
    """By how much the characters of a line stand apart, in points; None where too few Han show it:
    English is stretched at its spaces alone."""
    gaps = [_gap(a, b) for a, b in pairwise(visible) if is_wide(a.text) and is_wide(b.text)]
    return max(median(gaps), 0.0) if len(gaps) >= _ENOUGH else None


def _between(
    before: Character,
    spaces: list[Character],
    after: Character,
    stretched: float | None,
    spacing: Spacing,
) -> str:
    em = max(before.size, after.size)
    stretch = stretched or 0.0
    gap = _gap(before, after) - stretch
    even = stretched is not None and stretch < _EVEN * em
    if after.text in _CLOSING and is_wide(before.text):
        return ""
    if spaces:
        return _drawn_spaces(spaces, gap, em, even=even)
    if gap > _TAB * em or (spacing.drawn and even and gap > _TAB_TO_STOP * em):
        return "\t"
    if not _may_have_space(before, after):
        return ""
    # In a stretched line PDFium takes the drawn space for its own guess. There a space is stretched
    # on both its sides, the quarter em without one only once.
    lost = stretch > _STRETCHED * em and gap - stretch > _SPACE * em
    return " " if lost or (not spacing.drawn and gap > _SPACE * em) else ""


def _drawn_spaces(spaces: list[Character], gap: float, em: float, *, even: bool) -> str:
    """PDFium gives one space where several are drawn: how many there are room shows."""
    text = "".join(one.text for one in spaces)
    if text != " " or not even:
        return text
    if gap > _TAB_AND_SPACES * em:
        return "\t"
    return " " * max(1, round(gap / max(spaces[0].right - spaces[0].left, 0.2 * em)))


def _may_have_space(before: Character, after: Character) -> bool:
    """Between two Han a gap is more likely that of a stretched line."""
    return not (is_wide(before.text) and is_wide(after.text))


def _gap(before: Character, after: Character) -> float:
    return after.left - before.right


def _is_letter(one: Character) -> bool:
    return one.text.isascii() and one.text.isalpha()


def is_han(text: str) -> bool:
    """A character of the script, not its punctuation."""
    return is_wide(text) and text.isalpha()


def is_latin(text: str) -> bool:
    """A letter or digit of half width."""
    return not is_wide(text) and text.isalnum()


def habit(texts: Sequence[str]) -> bool | None:
    """Whether spaces stand where Han meets digits and letters, as most places within these lines
    have it; None where there is no such place, or as many with as without."""
    found: Counter[bool] = Counter()
    for text in texts:
        for before, after in pairwise(text):
            found[False] += _meet(before, after)
        for before, middle, after in zip(text, text[1:], text[2:], strict=False):
            found[True] += middle == " " and _meet(before, after)
    if found[True] == found[False]:
        return None
    return found[True] > found[False]


def _meet(before: str, after: str) -> bool:
    return (is_han(before) and is_latin(after)) or (is_latin(before) and is_han(after))


def seam(before: str, after: str, *, spaced: bool) -> str:
    """What was between two lines before they were broken there: a space or nothing. `spaced`: Han
    and digits have one between them here."""
    if not before or not after:
        return ""
    left, right = before[-1], after[0]
    if is_latin(left) and is_latin(right):
        return "" if _is_address(before) else " "
    if _meet(left, right):
        return " " if spaced else ""
    if is_latin(right) and left in ",.;:!?)]%":
        return "" if _is_address(before) else " "
    return ""


def _is_address(before: str) -> bool:
    return "://" in before.rsplit(maxsplit=1)[-1]
