"""Running heads, feet and page numbers: found by their place and by what other pages have there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bulletin_site.importing.manuscript import Aside, Place
from bulletin_site.importing.marks import page_number
from bulletin_site.importing.pdf.rows import Row, main_size, usual_pitch
from bulletin_site.importing.pdf.spacing import Spacing, text_of

_NEAR = 6.0
"""Points: heads and feet stand this exactly at the same height on all pages."""
_MOST = 3
"""So many lines a head or foot has at most."""
_SHARE = 0.3
"""The least share of pages that a running head stands on: those of one side, but for a cover."""
_EVERY = 0.8
"""What stands on this share of the pages is no text, even if it looks like it."""
_APART = 1.3
"""In usual distances of lines: text ends where the next line is farther away."""
_SMALL = 0.92
"""The type size of what is small, as a share of the text's."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """What is left of the pages, and what was taken off. `printed`: as in a `Manuscript`."""

    rows: Mapping[int, tuple[Row, ...]]
    asides: tuple[Aside, ...]
    printed: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """The outermost row of a page at its top or bottom. `gap`: to the next one, in usual distances
    of lines; `small`: of smaller type than the text; `place`: of the row among the page's, from 1;
    `outside`: a row with the page's number stands farther in.
    """

    row: Row
    text: str
    top: bool
    gap: float
    small: bool
    place: Place
    outside: bool = False

    @property
    def is_apart(self) -> bool:
        return self.outside or self.small or self.gap >= _APART


def bodies_of(pages: Mapping[int, Sequence[Row]], spacing: Spacing) -> Bodies:
    """`pages`: the rows of each page, from the top down."""
    left = {page: list(rows) for page, rows in pages.items()}
    every_row = [row for rows in pages.values() for row in rows]
    pitch, size = usual_pitch(every_row), main_size(every_row)
    asides: list[Aside] = []
    printed: dict[int, int] = {}
    for _ in range(_MOST):
        for top in (False, True):
            edges, *inner = (
                _edges(left, pages, spacing, top=top, pitch=pitch, size=size, depth=depth)
                for depth in range(_MOST)
            )
            edges = _with_numbers(edges, inner, len(pages))
            taken, numbers = _furniture(edges, len(pages), printed)
            asides += taken
            printed |= {page: number for page, number in numbers.items() if page not in printed}
            for aside in taken:
                left[aside.place.page].pop(0 if top else -1)
    return Bodies(
        rows={page: tuple(rows) for page, rows in left.items()},
        asides=tuple(sorted(asides, key=lambda aside: aside.place)),
        printed=dict(sorted(printed.items())),
    )


def _edges(
    left: Mapping[int, list[Row]],
    pages: Mapping[int, Sequence[Row]],
    spacing: Spacing,
    *,
    top: bool,
    pitch: float,
    size: float,
    depth: int,
) -> list[_Edge]:
    """Of every page the row that is the outermost once `depth` others are taken off."""
    edges = []
    for page, rows in left.items():
        if len(rows) <= depth:
            continue
        row, *inner = (rows if top else rows[::-1])[depth:]
        gap = abs(inner[0].down - row.down) / pitch if inner else 99.0
        place = Place(page=page, line=1 + list(pages[page]).index(row))
        text = text_of(row.characters, spacing)
        small = row.size < size * _SMALL
        edges.append(_Edge(row=row, text=text, top=top, gap=gap, small=small, place=place))
    return edges


def _with_numbers(
    edges: Sequence[_Edge], inner: Sequence[Sequence[_Edge]], pages: int
) -> list[_Edge]:
    """With what the rows farther in (`inner`: by depth) tell: below the number of a page there is
    no more text."""
    numbered = {page for rows in inner for page in _in_sequence(_numbered(rows), pages)}
    return [replace(edge, outside=edge.place.page in numbered) for edge in edges]


def _numbered(edges: Sequence[_Edge]) -> dict[int, tuple[_Edge, int]]:
    return {
        edge.place.page: (edge, number)
        for edge in edges
        if (number := page_number(edge.text)) is not None
    }


def _furniture(
    edges: Sequence[_Edge], pages: int, printed: Mapping[int, int]
) -> tuple[list[Aside], dict[int, int]]:
    numbered = _numbered([edge for edge in edges if edge.place.page not in printed])
    sure = _in_sequence(numbered, pages)
    level = median(numbered[page][0].row.down for page in sure) if sure else None
    asides = [_aside(numbered[page][0], "页码") for page in sure]
    for page, (edge, _) in numbered.items():
        if page not in sure and level is not None and abs(edge.row.down - level) <= _NEAR:
            asides.append(_aside(edge, "像是页码，但与前后页的页码接不上", sure=False))
    done = {aside.place.page for aside in asides}
    running, found = _running([edge for edge in edges if edge.place.page not in done], pages)
    return asides + running, sure | found


def _aside(edge: _Edge, reason: str, *, sure: bool = True) -> Aside:
    return Aside(text=edge.text, place=edge.place, reason=reason, sure=sure)


def _in_sequence(numbered: Mapping[int, tuple[_Edge, int]], pages: int) -> dict[int, int]:
    """Page of the file → printed number, of those that count up together with the pages."""
    offsets: dict[int, list[int]] = defaultdict(list)
    for page, (_, number) in numbered.items():
        offsets[number - page].append(page)
    best = max(offsets, key=lambda offset: len(offsets[offset]), default=None)
    if best is None:
        return {}
    if len(offsets[best]) == 1:
        return _alone(numbered, offsets[best][0]) if len(numbered) == 1 and pages <= 2 else {}
    level = median(numbered[page][0].row.down for page in offsets[best])
    # A table of contents may be counted apart: a second run of pages in sequence is as good.
    runs = [group for offset, group in offsets.items() if offset == best or len(group) >= 3]
    return {
        page: numbered[page][1]
        for group in runs
        for page in group
        if abs(numbered[page][0].row.down - level) <= _NEAR
    }


def _alone(numbered: Mapping[int, tuple[_Edge, int]], page: int) -> dict[int, int]:
    """A number that no other confirms: by its strokes, or far away from the text."""
    edge, number = numbered[page]
    marked = not re.fullmatch(r"\s*\d+\s*", edge.text)
    return {page: number} if edge.gap >= _APART * (1 if marked else 1.5) else {}


def _running(edges: Sequence[_Edge], pages: int) -> tuple[list[Aside], dict[int, int]]:
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        key = re.sub(r"\s", "", _NUMBER.sub("#", edge.text))
        if key.strip("#"):
            groups[key].append(edge)
        elif edge.outside:
            groups[edge.text].append(edge)
    asides: list[Aside] = []
    numbers: dict[int, int] = {}
    for group in groups.values():
        same = _at_one_height(group)
        if len(same) < max(2, pages * _SHARE) or not _is_no_text(same, pages):
            continue
        asides += [_aside(edge, "页眉" if edge.top else "页脚") for edge in same]
        numbers |= _counted(same)
    return asides, numbers


def _at_one_height(group: Sequence[_Edge]) -> list[_Edge]:
    level = median(edge.row.down for edge in group)
    return [edge for edge in group if abs(edge.row.down - level) <= _NEAR]


def _is_no_text(group: Sequence[_Edge], pages: int) -> bool:
    """A line of text may be the first of several pages: the topic, where articles have pages of
    their own."""
    apart = sum(edge.is_apart for edge in group)
    return apart * 2 > len(group) or (len(group) > 3 and len(group) >= pages * _EVERY)


def _counted(group: Sequence[_Edge]) -> dict[int, int]:
    """Printed numbers within running heads: the first number that counts up with the pages."""
    found = {edge.place.page: list(map(int, _NUMBER.findall(edge.text))) for edge in group}
    places = min(map(len, found.values()))
    for place in range(places):
        offsets = Counter(numbers[place] - page for page, numbers in found.items())
        offset, pages = offsets.most_common(1)[0]
        if pages >= 2 and pages > len(found) / 2:
            return {
                page: numbers[place]
                for page, numbers in found.items()
                if numbers[place] - page == offset
            }
    return {}
