"""The lines of a text file and its pages: page numbers, running heads and line numbers taken
off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bulletin_site.content.numerals import plain
from bulletin_site.importing.manuscript import (
    Aside,
    Place,
)
from bulletin_site.importing.marks import page_number

_DASHED = re.compile(r"^\W+\d+\W+$|[页頁]", re.UNICODE)
_FEWEST_ON_PAGE = 3
_FEWEST_BELOW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without its end; `starts_page`: the file says that a page begins with it."""

    text: str
    place: Place
    starts_page: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """The lines, with pages counted where there are form feeds."""
    paged = "\f" in text
    page = 1 if paged else 0
    for number, line in enumerate(text.split("\n"), start=1):
        pieces = line.split("\f")
        for position, piece in enumerate(pieces):
            page += position > 0
            yield Line(text=piece, place=Place(page=page, line=number), starts_page=position > 0)


_LINE_NUMBER = re.compile(r"^\s*(\d{1,4})(?:[ \t\u3000]+|$)")


def without_line_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Aside]]:
    """The lines without the numbers that count them down the margin, where nearly all have one."""
    full = [line for line in lines if line.text.strip()]
    counts = [int(found[1]) for line in full if (found := _LINE_NUMBER.match(line.text))]
    rising = sum(b == a + 1 for a, b in pairwise(counts))
    if len(counts) < 20 or len(counts) < 0.8 * len(full) or rising < 0.8 * len(counts):
        return list(lines), []
    kept, asides = [], []
    for line in lines:
        found = _LINE_NUMBER.match(line.text)
        if found:
            asides.append(Aside(text=found[1], place=line.place, reason="行号"))
            line = replace(line, text=line.text[found.end() :])
        kept.append(line)
    return kept, asides


def without_furniture(
    lines: Sequence[Line],
) -> tuple[list[Line], list[Aside], dict[int, int]]:
    """The lines without page numbers and running heads; these; and the printed number of each page
    of the file."""
    numbers = _page_numbers(lines)
    feeds = any(line.starts_page for line in lines)
    at_head = _are_at_head(lines, numbers)
    asides: list[Aside] = []
    printed: dict[int, int] = {}
    kept: list[Line] = []
    page = 1 if numbers or feeds else 0
    begins = False
    heads = _running_heads(lines, numbers)
    counted: dict[int, int] = {}
    for position, line in enumerate(lines):
        if feeds:
            page = line.place.page
        begins = begins or line.starts_page
        if position in numbers:
            if at_head and not feeds and kept:
                page += 1
                begins = True
            printed[page] = numbers[position]
            place = Place(page=page, line=line.place.line)
            asides.append(Aside(text=line.text.strip(), place=place, reason="页码"))
            if not feeds and not at_head:
                page += 1
                begins = True
            continue
        place = Place(page=page, line=line.place.line)
        if position in heads:
            counted[page] = _number_in(line.text) or counted.get(page, 0)
            asides.append(Aside(text=line.text.strip(), place=place, reason="页眉或页脚"))
            continue
        starts = begins and bool(line.text.strip())
        kept.append(Line(text=line.text, place=place, starts_page=starts))
        begins = begins and not starts
    return kept, asides, printed or _counting_up(counted)


_NUMBER_IN = re.compile(
    r"第\s*(\d{1,3})\s*[页頁]|[-—–·]\s*(\d{1,3})\s*[-—–·]|^\s*(\d{1,3})\s|\s(\d{1,3})\s*$"
)


def _number_in(head: str) -> int | None:
    """The page number in a running head."""
    found = _NUMBER_IN.search(plain(head))
    return int(next(number for number in found.groups() if number)) if found else None


def _counting_up(counted: Mapping[int, int]) -> dict[int, int]:
    """The numbers of running heads, if most of them count with the pages."""
    offsets = Counter(number - page for page, number in counted.items() if number)
    if not offsets:
        return {}
    offset, times = offsets.most_common(1)[0]
    if times < max(2, len(counted) // 2):
        return {}
    return {page: page + offset for page in counted if page + offset > 0}


def _are_at_head(lines: Sequence[Line], numbers: dict[int, int]) -> bool:
    """Do page numbers stand above their pages? Then text follows the last one."""
    after = lines[max(numbers) + 1 :] if numbers else ()
    return sum(bool(line.text.strip()) for line in after) >= _FEWEST_BELOW


def _page_numbers(lines: Sequence[Line]) -> dict[int, int]:
    """The lines that hold only a page number and count up, by their position: the longest such
    run. A number alone counts only beside a form feed or where all have it; a line of the text may
    be a number too."""
    found = [
        (position, number, bool(_DASHED.search(line.text.strip())))
        for position, line in enumerate(lines)
        if line.text.strip() and (number := page_number(line.text)) is not None
    ]
    best: dict[int, int] = {}
    for dashed_only in (True, False):
        for start in range(len(found)):
            run: dict[int, int] = {}
            last, where = 0, 0
            for position, number, dashed in found[start:]:
                apart = sum(bool(line.text.strip()) for line in lines[where + 1 : position])
                follows = number == last + 1 and apart >= _FEWEST_ON_PAGE
                if (dashed or not dashed_only) and (not run or follows):
                    run[position] = last = number
                    where = position
            # Of runs that are as long the later one: the 目录 is full of numbers too.
            if len(run) >= len(best):
                best = run
    return best if len(best) > 1 else {}


def _running_heads(lines: Sequence[Line], numbers: dict[int, int]) -> set[int]:
    """Lines that stand at the edge of most pages with the same text."""
    edges = {0, *numbers} | {n for n, line in enumerate(lines) if line.starts_page}
    seen: Counter[str] = Counter()
    at_edge: dict[int, str] = {}
    for edge in edges:
        for step in (-1, 1):
            position = edge if step == 1 and edge not in numbers else edge + step
            while 0 <= position < len(lines) and (
                not lines[position].text.strip() or position in numbers
            ):
                position += step
            if 0 <= position < len(lines) and position not in at_edge:
                text = re.sub(r"\W|\d", "", lines[position].text)
                if text:
                    at_edge[position] = text
                    seen[text] += 1
    return {position for position, text in at_edge.items() if seen[text] >= max(3, len(edges) // 3)}
