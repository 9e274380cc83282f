"""When two spellings are one title: the 目录 and the heading above the text are typed twice."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from bulletin_site.importing.marks import without_mark
from bulletin_site.search.segment import comparable

_NOT_WORD = re.compile(r"[\W_]")
LONGEST = 90
"""A longer line is no title, in characters."""


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """What is compared of a title: its letters, digits and Han characters, simplified, without the
    number before it."""
    return words(without_mark(text))


def words(text: str) -> str:
    """The letters, digits and Han characters of a text, simplified."""
    return _NOT_WORD.sub("", comparable(text))


def likeness(title: str, other: str) -> float:
    """From 0 to 1 (the same words): how alike the keys of two titles are. Short ones that differ
    are not alike."""
    if title == other:
        return 1.0 if title else 0.0
    shorter, longer = sorted((len(title), len(other)))
    if shorter < 4 or longer - shorter > 0.4 * longer:
        return 0.0
    matcher = SequenceMatcher(None, title, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= 0.7 else 0.0
