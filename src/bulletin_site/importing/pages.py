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
from enum import Enum
from itertools import pairwise
from statistics import median

from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.importing.marks import ends_sentence, is_open, number_mark
from bulletin_site.importing.parts import Part, Role
from bulletin_site.importing.pieces import Piece, Remark

FULL_PAGE = 520
"""Characters on a full page of the grid of GB/T 9704, as these bulletins are printed."""
_SENTENCE = 150
_FEWEST_TO_CUT = 20
_FEWEST_SHORT = 12


class _Witness(Enum):
    """What says that a page may end at a place."""

    FILE = "file"
    CUT = "cut"
    SHORT = "short"
    TITLE = "title"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


# What it costs to end a page at a place, and not to. The unit is arbitrary; a page number of the
# 目录 that does not hold costs 5.
_COSTS: Mapping[_Witness, tuple[float, float]] = {
    _Witness.FILE: (0.0, 6.0),
    _Witness.CUT: (0.0, 3.0),
    _Witness.SHORT: (0.8, 0.6),
    _Witness.TITLE: (0.4, 0.0),
    _Witness.PARAGRAPH: (4.0, 0.0),
    _Witness.SENTENCE: (4.6, 0.0),
}
_PAGED_CUT = (5.5, 0.8)
_PAGED_TITLE = (3.0, 0.0)
_CONTRADICTED = 5.0
_MISPRINTED = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A place where a page may end: before `parts[part].text[offset]` of a piece, or with `part` -1
    before its title. `page`: the number printed on the page that begins there, where known.
    `filled`: characters of the text before it."""

    piece: int
    part: int
    offset: int
    witness: _Witness
    page: int | None = None
    filled: int = 0


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
    spots = list(_spots(manuscript, pieces))
    known = [page for page in expected if page]
    span = (known[-1] - known[0]) if len(known) > 1 else 0
    in_file = sum(spot.witness is _Witness.FILE for spot in spots)
    paged = in_file > 0 and in_file >= 0.5 * span
    first = _first_page(manuscript, pieces[0], expected[0])
    chosen, starts = _least_contradiction(spots, expected, first, paged=paged)
    chosen = _spread(spots, chosen)
    seen = any(spots[i].witness not in (*_GUESSED, _Witness.TITLE) for i in chosen)
    found = list(_numbered(pieces, spots, chosen, starts, paged=paged))
    return found if seen else list(_with_unseen(found))


def _first_page(manuscript: Manuscript, piece: Piece, expected: int | None) -> int | None:
    """The printed number of the page on which the first article begins."""
    file_page = piece.place.page
    for end in piece.page_ends:
        file_page = max(file_page, end.page)
    return _printed(manuscript, file_page) or expected


def _printed(manuscript: Manuscript, file_page: int) -> int | None:
    """The number on a page of the file, also where only its neighbours have one."""
    if file_page in manuscript.printed:
        return manuscript.printed[file_page]
    if not manuscript.printed or not file_page:
        return None
    nearest = min(manuscript.printed, key=lambda page: abs(page - file_page))
    number = manuscript.printed[nearest] + file_page - nearest
    return number if number > 0 and abs(nearest - file_page) <= 1 else None


def _spots(manuscript: Manuscript, pieces: Sequence[Piece]) -> Iterator[_Spot]:
    """Every place where a page may end, in the order of the text. Two ends at one place are two."""
    filled = 0
    for index, piece in enumerate(pieces):
        if index:
            at_title = [end.page for end in piece.page_ends]
            for page in at_title:
                yield _Spot(
                    piece=index,
                    part=-1,
                    offset=0,
                    witness=_Witness.FILE,
                    page=_printed(manuscript, page),
                    filled=filled,
                )
            if not at_title:
                yield _Spot(piece=index, part=-1, offset=0, witness=_Witness.TITLE, filled=filled)
        filled += 2 * len(piece.title)
        for number, part in enumerate(piece.parts):
            before = piece.parts[number - 1] if number else None
            yield from _spots_of(manuscript, index, number, part, before, filled)
            filled += len(part.text)


def _spots_of(
    manuscript: Manuscript, piece: int, number: int, part: Part, before: Part | None, filled: int
) -> Iterator[_Spot]:
    ends = {end.offset: end.page for end in part.page_ends}
    if before:
        ends_before = [end for end in before.page_ends if end.offset >= len(before.text)]
        for end in ends_before:
            ends.setdefault(0, end.page)
    if 0 not in ends and before:
        witness = _boundary(before, part)
        if witness:
            yield _Spot(piece=piece, part=number, offset=0, witness=witness, filled=filled)
    places = {*ends, *_sentence_ends(part)}
    for offset in sorted(places):
        if offset in ends and offset < max(len(part.text), 1):
            yield _Spot(
                piece=piece,
                part=number,
                offset=offset,
                witness=_Witness.FILE,
                page=_printed(manuscript, ends[offset]),
                filled=filled + offset,
            )
        elif offset not in ends:
            yield _Spot(
                piece=piece,
                part=number,
                offset=offset,
                witness=_Witness.SENTENCE,
                filled=filled + offset,
            )


def _boundary(before: Part, part: Part) -> _Witness | None:
    """What the border of two paragraphs says."""
    if before.role is Role.SUBHEADING:
        # It may be the short last line of a page instead, unless its looks made it one.
        short = not before.sure and len(before.text) >= _FEWEST_SHORT
        return _Witness.SHORT if short else None
    texts = before.role is Role.PARAGRAPH and part.role is Role.PARAGRAPH
    if texts and continues(before.text, part.text):
        return _Witness.CUT
    return _Witness.PARAGRAPH


def continues(before: str, after: str) -> bool:
    """Does a paragraph stop in mid-sentence, so that the next one goes on with it?"""
    if len(before) < _FEWEST_TO_CUT or (ends_sentence(before) and not is_open(before)):
        return False
    if ends_sentence(before) or (len(after) < _FEWEST_TO_CUT and not ends_sentence(after)):
        return False
    return number_mark(after) is None or is_open(before)


def _sentence_ends(part: Part) -> Iterator[int]:
    if part.role is Role.PARAGRAPH and len(part.text) > _SENTENCE:
        for offset, character in enumerate(part.text[:-1], start=1):
            if character in "。！？；" and part.text[offset] not in "”’」』）)":
                yield offset


def _least_contradiction(
    spots: Sequence[_Spot], expected: Sequence[int | None], first: int | None, *, paged: bool
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


def _cost_of(spot: _Spot, *, paged: bool) -> tuple[float, float]:
    if paged and spot.witness is _Witness.CUT:
        return _PAGED_CUT
    if paged and spot.witness is _Witness.TITLE:
        return _PAGED_TITLE
    return _COSTS[spot.witness]


def _contradiction(expected: int | None, page: int) -> float:
    return 0.0 if expected is None or expected == page else _CONTRADICTED


def _spread(spots: Sequence[_Spot], chosen: set[int]) -> set[int]:
    """Put guessed page ends where pages come out evenly full: between two places that are known,
    the guess that is nearest to its share."""
    result = set(chosen)
    guesses = [i for i in sorted(chosen) if spots[i].witness in _GUESSED]
    capacity = _capacity(spots, chosen)
    for guess in guesses:
        result.discard(guess)
        before = max((spots[i].filled for i in result if i < guess), default=0)
        low = max((i for i in result if i < guess), default=-1)
        high = min((i for i in result if i > guess), default=len(spots))
        same = [
            i
            for i in range(low + 1, high)
            if spots[i].witness in _GUESSED and spots[i].piece == spots[guess].piece
        ]
        best = min(same, key=lambda i: abs(spots[i].filled - before - capacity), default=guess)
        result.add(best)
    return result


_GUESSED = {_Witness.PARAGRAPH, _Witness.SENTENCE}


def _capacity(spots: Sequence[_Spot], chosen: set[int]) -> float:
    """Characters on a page of this issue: the median between page ends that are known."""
    ends = [spots[i].filled for i in sorted(chosen) if spots[i].witness not in _GUESSED]
    full = [b - a for a, b in pairwise(ends) if 300 <= b - a <= 1500]
    return median(full) if len(full) >= 3 else FULL_PAGE


def _numbered(
    pieces: Sequence[Piece],
    spots: Sequence[_Spot],
    chosen: set[int],
    starts: Sequence[int],
    *,
    paged: bool,
) -> Iterator[Paged]:
    for index, piece in enumerate(pieces):
        page = starts[index]
        breaks: list[Break] = []
        remarks = list(_page_remarks(piece, page))
        for number, spot in enumerate(spots):
            if spot.piece != index or spot.part == -1:
                continue
            part = piece.parts[spot.part]
            if number in chosen:
                page += 1
                joins = spot.offset == 0 and _joins(piece, spot)
                guessed = spot.witness in _GUESSED
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
                    remarks.append(_guess_remark(page, part, spot.offset))
            elif spot.witness is _Witness.CUT:
                remarks.append(_unfinished(piece.parts[spot.part - 1]))
            elif spot.witness is _Witness.FILE:
                remarks.append(_unused(part, spot, paged=paged))
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
        else:
            yield paged


def _joins(piece: Piece, spot: _Spot) -> bool:
    if spot.part == 0:
        return False
    before, part = piece.parts[spot.part - 1], piece.parts[spot.part]
    if spot.witness is _Witness.SHORT:
        return True
    texts = before.role is Role.PARAGRAPH and part.role is Role.PARAGRAPH
    return texts and continues(before.text, part.text)


def _page_remarks(piece: Piece, page: int) -> Iterator[Remark]:
    printed = piece.entry.page if piece.entry else None
    if printed is not None and printed != page:
        yield Remark(
            key="page",
            message=f"目录写第 {printed} 页，按分页它从第 {page} 页开始；按第 {page} 页写",
            hint="请看原件这一篇印在哪一页；目录印错了，可以写一条勘误。",
            place=piece.place,
        )
    elif printed is None:
        yield Remark(
            key="page",
            message=f"目录没有这一篇的页码，按分页推算为第 {page} 页",
            hint="请看原件这一篇从哪一页开始。",
            place=piece.place,
        )


def _guess_remark(page: int, part: Part, offset: int) -> Remark:
    return Remark(
        text=quoted(part.text, offset),
        message=f"目录的页码说明第 {page} 页从这附近开始，但看不出准确的地方",
        hint=f"请看原件，把 {{p{page}}} 移到第 {page} 页开始的那个字前面。",
        place=part.place,
    )


def _unfinished(part: Part) -> Remark:
    return Remark(
        text=quoted(part.text, max(len(part.text) - 8, 0)),
        message="这一段没有写完就断了，却不在分页的地方",
        hint="请看原件：如果和下一段本来是一段，请接起来；少了字就补上。",
        place=part.place,
    )


def _unused(part: Part, spot: _Spot, *, paged: bool) -> Remark:
    source = "文件" if paged else "文件里的一处"
    return Remark(
        text=quoted(part.text, spot.offset),
        message=f"{source}在这里分页，与目录的页码对不上，没有采用",
        hint="请看原件这里是不是另起一页，是就写上分页记号，并核对各篇页码。",
        place=part.place,
    )


_QUOTE = 12


def quoted(text: str, offset: int) -> str:
    """A few characters of the text by which its place is found again."""
    return text[offset : offset + _QUOTE] or text[-_QUOTE:]
