"""Titles on paper: where a long one is parted. GB/T 9704-2012 (7.3.1) asks of lines of a title that
no word is cut, that they stand evenly, and that they are neither too long nor too short.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bulletin_site.content.emphasis import is_wide
from bulletin_site.content.model import Article
from bulletin_site.search.segment import segmenter
from bulletin_site.typeset.grid import Grid

TITLE_SIZE = 1.2
"""Of titles, to the text."""
ENTRY_NUMBER, ENTRY_PAGE = 2.2, 1.8
"""What stands before and after a title in the 目录, in ems."""
_NARROW = 0.55
"""The width of a Latin letter or a digit, in ems, about."""
_AT_SPACE, _AT_MARK, _AT_WORD = 0.0, 4.0, 25.0
"""What it costs to part a title there, in squares of ems of unevenness."""
_OPENING, _CLOSING = "“‘（《〈【〔", "”’）》〉】〕，、。：；？！"
_LEADING = "与和及或在对向为将由从把被以不再"
"""Words that belong to what follows them."""
_TRAILING = "的之地得了等们年月日"
"""Words that belong to what they follow."""
_MOST_LINES = 20
"""Nobody reads a title of more; to lay it out evenly takes long."""


def measure_of(grid: Grid) -> float:
    """How many characters of full width a line of a title holds."""
    return grid.characters / TITLE_SIZE


def entry_measure_of(grid: Grid) -> float:
    """The same in the 目录."""
    return grid.characters - ENTRY_NUMBER - ENTRY_PAGE


def title_lines(title: str, measure: float) -> tuple[str, ...]:
    """A title in as few lines as it needs (`measure`, in ems), about equally long; in one piece
    where its words cannot be laid out so, or where it is too long for any title. The words are
    those of everybody, not the archive's own: these are no part of the text of which a record of
    page numbers says that it is of it."""
    least = math.ceil(_width(title) / measure)
    if not 1 < least <= _MOST_LINES:
        return (title,)
    places = tuple(_places(title))
    for count in (least, least + 1):
        lines = _parted(title, places, count, measure)
        if lines:
            return lines
    return (title,)


def heading(article: Article) -> str:
    return f"{article.number}、{article.title}"


def _places(title: str) -> Iterator[tuple[int, float]]:
    """Where a line may end, and what that costs. A number stays with what it counts."""
    end = 0
    for word in segmenter(()).pieces(title)[:-1]:
        end += len(word)
        before, after = title[:end].rstrip()[-1:], title[end]
        if is_wide(before) != is_wide(after) or after == " ":
            continue
        if before in _OPENING or after in _CLOSING or word in _LEADING or after == before:
            continue
        if title[end - 1] == " ":
            yield end, _AT_SPACE
        elif before in _CLOSING or after in _OPENING or after == "—":
            yield end, _AT_MARK
        elif after not in _TRAILING:
            yield end, _AT_WORD


def _parted(
    title: str, places: Sequence[tuple[int, float]], count: int, measure: float
) -> tuple[str, ...]:
    """The cheapest way to make so many lines; nothing if there is none."""
    even = _width(title) / count
    solid = (0.0, *accumulate(0.0 if one == " " else _width(one) for one in title))
    ways: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        room = (count - number) * measure + 1
        for end, at in places if number < count else ((len(title), 0.0),):
            if (
                solid[-1] - solid[end] > room
            ):  # else a title of some hundred characters takes minutes
                continue
            for start in sorted(ways, reverse=True):
                line = title[start:end].strip()
                width = _width(line)
                if width > measure:
                    break
                if start < end:
                    cost, lines = ways[start]
                    way = (cost + at + (width - even) ** 2, (*lines, line))
                    longer[end] = min(longer.get(end, way), way)
        ways = longer
    return ways.get(len(title), (0.0, ()))[1]


def _width(text: str) -> float:
    """In ems, about."""
    return sum(1.0 if is_wide(one) else _NARROW for one in text)
