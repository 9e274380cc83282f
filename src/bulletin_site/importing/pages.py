"""Printed pages: on which page of the print each article begins, and where in it pages end.

Three witnesses speak of that: the page numbers of the 目录; the page ends that the file itself has
(a PDF's pages, Word's page breaks, page numbers between the lines of a text), with the numbers
printed on them; and paragraphs that stop in mid-sentence and go on in the next one, which is what a
page end leaves in plain text. None of them is always right. Of all ways to number the text, the one
is taken that contradicts them least (Viterbi's algorithm over the places where a page may end).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.importing.page_remarks import (
    guess_remark,
    page_remarks,
    shift_remark,
    unfinished_remark,
    unused_remark,
)
from bulletin_site.importing.page_spots import (
    GUESSED,
    Spot,
    Witness,
    continues,
    first_page,
    page_shift,
    spots_in,
)
from bulletin_site.importing.parts import Role
from bulletin_site.importing.pieces import Piece, Remark

_LEAST_ON_PAGE = 150
_CROWDED = 4
FULL_PAGE = 520
"""Characters on a full page of the grid of GB/T 9704, as these bulletins are printed."""
# What it costs to end a page at a place, and not to. The unit is arbitrary; a page number of the
# 目录 that does not hold costs 5.
_COSTS: Mapping[Witness, tuple[float, float]] = {
    Witness.FILE: (0.0, 6.0),
    Witness.CUT: (0.0, 3.0),
    Witness.SHORT: (0.8, 0.6),
    Witness.TITLE: (0.4, 0.0),
    Witness.PARAGRAPH: (4.0, 0.0),
    Witness.SENTENCE: (4.6, 0.0),
}
_PAGED_CUT = (5.5, 0.8)
_PAGED_TITLE = (3.0, 0.0)
_CONTRADICTED = 5.0
_MISPRINTED = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A page ends before `offset` of a part; `page` is the printed page that begins. `joins`: the
    part before it is the first half of the same paragraph. `guessed`: only the count of pages says
    that one must end near here."""

    part: int
    offset: int
    page: int
    joins: bool
    guessed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """A piece with its first printed page and the breaks in it."""

    piece: Piece
    page: int
    breaks: tuple[Break, ...]
    remarks: tuple[Remark, ...]


def paginate(manuscript: Manuscript, pieces: Sequence[Piece]) -> list[Paged]:
    """Number the pages of all articles of an issue."""
    if not pieces:
        return []
    expected = [piece.entry.page if piece.entry else None for piece in pieces]
    shift = page_shift(manuscript, pieces, expected)
    if shift:
        printed = {page: number + shift for page, number in manuscript.printed.items()}
        manuscript = replace(manuscript, printed=printed)
    spots = list(spots_in(manuscript, pieces))
    known = [page for page in expected if page]
    span = (known[-1] - known[0]) if len(known) > 1 else 0
    in_file = sum(spot.witness is Witness.FILE for spot in spots)
    paged = in_file > 0 and in_file >= 0.5 * span
    first = first_page(manuscript, pieces[0], expected[0])
    chosen, starts = _least_contradiction(spots, expected, first, paged=paged)
    if not paged and _is_crowded(spots, chosen):
        # So many cut paragraphs are no page ends: the lines of the file are, or its columns.
        chosen, starts = _least_contradiction(spots, expected, first, paged=True)
    chosen = _spread(spots, chosen)
    seen = any(spots[i].witness not in (*GUESSED, Witness.TITLE) for i in chosen)
    found = list(_numbered(pieces, spots, chosen, starts, paged=paged))
    if shift:
        found = [replace(p, remarks=(*p.remarks, shift_remark(p.piece, shift))) for p in found]
    return found if seen else list(_with_unseen(found))


def _is_crowded(spots: Sequence[Spot], chosen: set[int]) -> bool:
    """Are there several pages in a row with hardly any text?"""
    ends = [spots[i].filled for i in sorted(chosen) if spots[i].witness is Witness.CUT]
    short = [b - a < _LEAST_ON_PAGE for a, b in pairwise(ends)]
    return sum(short) >= _CROWDED and sum(short) > len(short) / 2


def _least_contradiction(
    spots: Sequence[Spot], expected: Sequence[int | None], first: int | None, *, paged: bool
) -> tuple[set[int], list[int]]:
    """Which spots are page ends, and the first page of each piece."""
    start = first or 1
    highest = max([start, *(page for page in expected if page)]) + len(spots)
    highest = min(highest, start + 400, max([start, *(p for p in expected if p)]) + 60)
    costs = {start: _contradiction(expected[0], start)}
    if first is not None and expected[0] is not None and expected[0] != first:
        costs[expected[0]] = _MISPRINTED
    links: list[dict[int, bool]] = []
    for spot in spots:
        used, unused = _cost_of(spot, paged=paged)
        following: dict[int, float] = {}
        link: dict[int, bool] = {}
        for page, cost in costs.items():
            stay = cost + unused
            if stay < following.get(page, float("inf")):
                following[page], link[page] = stay, False
        for page, cost in costs.items():
            if page >= highest:
                continue
            go = cost + used
            if spot.page is not None and spot.page != page + 1:
                go += _MISPRINTED
            if go < following.get(page + 1, float("inf")):
                following[page + 1], link[page + 1] = go, True
        next_spot = len(links) + 1
        at_title = spot.part == -1 and (
            next_spot >= len(spots)
            or spots[next_spot].part != -1
            or spots[next_spot].piece != spot.piece
        )
        if at_title:
            for page in following:
                following[page] += _contradiction(expected[spot.piece], page)
        costs = following
        links.append(link)
    page = min(costs, key=lambda number: (costs[number], number))
    chosen: set[int] = set()
    starts: dict[int, int] = {}
    for index in range(len(spots) - 1, -1, -1):
        if spots[index].part == -1:
            starts.setdefault(spots[index].piece, page)
        if links[index][page]:
            chosen.add(index)
            page -= 1
    starts[0] = page
    return chosen, [starts[index] for index in range(len(expected))]


def _cost_of(spot: Spot, *, paged: bool) -> tuple[float, float]:
    if paged and spot.witness is Witness.CUT:
        return _PAGED_CUT
    if paged and spot.witness is Witness.TITLE:
        return _PAGED_TITLE
    return _COSTS[spot.witness]


def _contradiction(expected: int | None, page: int) -> float:
    return 0.0 if expected is None or expected == page else _CONTRADICTED


def _spread(spots: Sequence[Spot], chosen: set[int]) -> set[int]:
    """Put guessed page ends where pages come out evenly full: between two places that are known,
    the guess that is nearest to its share."""
    result = set(chosen)
    guesses = [i for i in sorted(chosen) if spots[i].witness in GUESSED]
    capacity = _capacity(spots, chosen)
    for guess in guesses:
        result.discard(guess)
        before = max((spots[i].filled for i in result if i < guess), default=0)
        low = max((i for i in result if i < guess), default=-1)
        high = min((i for i in result if i > guess), default=len(spots))
        same = [
            i
            for i in range(low + 1, high)
            if spots[i].witness in GUESSED and spots[i].piece == spots[guess].piece
        ]
        best = min(same, key=lambda i: abs(spots[i].filled - before - capacity), default=guess)
        result.add(best)
    return result


def _capacity(spots: Sequence[Spot], chosen: set[int]) -> float:
    """Characters on a page of this issue: the median between page ends that are known."""
    ends = [spots[i].filled for i in sorted(chosen) if spots[i].witness not in GUESSED]
    full = [b - a for a, b in pairwise(ends) if 300 <= b - a <= 1500]
    return median(full) if len(full) >= 3 else FULL_PAGE


def _numbered(
    pieces: Sequence[Piece],
    spots: Sequence[Spot],
    chosen: set[int],
    starts: Sequence[int],
    *,
    paged: bool,
) -> Iterator[Paged]:
    for index, piece in enumerate(pieces):
        page = starts[index]
        breaks: list[Break] = []
        remarks = list(page_remarks(piece, page))
        for number, spot in enumerate(spots):
            if spot.piece != index or spot.part == -1:
                continue
            part = piece.parts[spot.part]
            if number in chosen:
                page += 1
                joins = spot.offset == 0 and _joins(piece, spot)
                guessed = spot.witness in GUESSED
                breaks.append(
                    Break(
                        part=spot.part,
                        offset=spot.offset,
                        page=page,
                        joins=joins,
                        guessed=guessed,
                    )
                )
                if guessed:
                    remarks.append(guess_remark(page, part, spot.offset))
            elif spot.witness is Witness.CUT:
                remarks.append(unfinished_remark(piece.parts[spot.part - 1]))
            elif spot.witness is Witness.FILE:
                remarks.append(unused_remark(part, spot, paged=paged))
        yield Paged(piece=piece, page=starts[index], breaks=tuple(breaks), remarks=tuple(remarks))


def _with_unseen(found: Sequence[Paged]) -> Iterator[Paged]:
    """Where nothing in the text shows a page end, one that seems to stand between two articles may
    as well stand within the first."""
    for paged, following in zip(found, [*found[1:], None], strict=True):
        last = paged.breaks[-1].page if paged.breaks else paged.page
        if following and following.page > last:
            page = last + 1
            remark = Remark(
                message=f"看不出第 {page} 页从这一篇里面还是从下一篇开始，当作从下一篇开始",
                hint=f"请看原件；在这一篇里面，就在第 {page} 页开始的那个字前面写上 {{p{page}}}。",
                place=paged.piece.place,
            )
            yield replace(paged, remarks=(*paged.remarks, remark))
        elif _is_unpaged(paged):
            remark = Remark(
                message="目录没有页码，文件里也没有页，看不出这一篇里从哪里换页",
                hint="请对照印刷本，在每一页开始的那个字前面写上分页记号，例如 {p3}。",
                place=paged.piece.place,
            )
            yield replace(paged, remarks=(*paged.remarks, remark))
        else:
            yield paged


def _is_unpaged(paged: Paged) -> bool:
    """Is nothing known of the pages of an article that is long enough to have several?"""
    length = sum(len(part.text) for part in paged.piece.parts)
    entry = paged.piece.entry
    return (entry is None or entry.page is None) and length > FULL_PAGE / 2


def _joins(piece: Piece, spot: Spot) -> bool:
    if spot.part == 0:
        return False
    before, part = piece.parts[spot.part - 1], piece.parts[spot.part]
    if spot.witness is Witness.SHORT:
        return True
    texts = before.role is Role.PARAGRAPH and part.role is Role.PARAGRAPH
    return texts and continues(before.text, part.text)
