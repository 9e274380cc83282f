"""Lines of a table of contents in which the title leaves no room before the page's number: where
other lines of the page have the number at the same margin, it is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bulletin_site.importing.marks import number_mark
from bulletin_site.importing.pdf.characters import is_wide
from bulletin_site.importing.pdf.paragraphs import Text

_NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,3}$")
_FAR = re.compile(r"\t([0-9]{1,3})$")
_NEAR = 1.0
"""Points between margins that are one."""
_LEAST_LINES = 3
_TOPIC = re.compile(r"[【〔［\[《（(●■◆★]")
"""With such a character the heading of a group begins."""


def with_numbers_apart(texts: Sequence[Text]) -> list[Text]:
    """With a tab before such numbers, as the other lines have it."""
    pages = groupby(texts, key=lambda text: (text.line.page, text.line.column))
    return [text for _, own in pages for text in _on_page(list(own))]


def _on_page(texts: Sequence[Text]) -> list[Text]:
    sure = {at: int(found[1]) for at, text in enumerate(texts) if (found := _FAR.search(text.text))}
    if len(sure) < _LEAST_LINES:
        return list(texts)
    done = list(texts)
    for at, (text, after) in enumerate(pairwise(texts)):
        ends_there = any(abs(text.line.right - texts[one].line.right) <= _NEAR for one in sure)
        number = _close_number(text.text)
        if ends_there and number and _in_order(int(number), at, sure) and _begins(after):
            done[at] = replace(text, text=f"{text.text[: -len(number)]}\t{number}")
    return done


def _close_number(text: str) -> str:
    """That follows a wide character at the end, without a gap; "" where there is none."""
    found = _NUMBER.search(text)
    return found[0] if found and found.start() and is_wide(text[found.start() - 1]) else ""


def _in_order(number: int, at: int, sure: Mapping[int, int]) -> bool:
    """Whether it lies between the page numbers of the lines before and behind."""
    before = [page for line, page in sure.items() if line < at]
    behind = [page for line, page in sure.items() if line > at]
    return max(before, default=0) <= number <= min(behind, default=0)


def _begins(text: Text) -> bool:
    """Else the title may go on in the next line."""
    return text.is_contents or bool(_TOPIC.match(text.text)) or number_mark(text.text) is not None
