"""Where a page may end in the text of an issue, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.importing.marks import ends_sentence, is_open, number_mark
from bulletin_site.importing.parts import Part, Role
from bulletin_site.importing.pieces import Piece

_SENTENCE = 150
_FEWEST_TO_CUT = 20
_FEWEST_SHORT = 12


class Witness(Enum):
    """What says that a page may end at a place."""

    FILE = "file"
    CUT = "cut"
    SHORT = "short"
    TITLE = "title"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


_FEWEST_SHIFTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place where a page may end: before `parts[part].text[offset]` of a piece, or with `part` -1
    before its title. `page`: the number printed on the page that begins there, where known.
    `filled`: characters of the text before it."""

    piece: int
    part: int
    offset: int
    witness: Witness
    page: int | None = None
    filled: int = 0


def first_page(manuscript: Manuscript, piece: Piece, expected: int | None) -> int | None:
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


def page_shift(
    manuscript: Manuscript, pieces: Sequence[Piece], expected: Sequence[int | None]
) -> int:
    """By how much every article begins on another page in the 目录 than by the numbers of the file:
    its cover counts there and not in print, or the other way round. 0 where they do not all agree
    on it; fewer than three articles, or all of them on one page, prove nothing."""
    file_page = 0
    shifts: list[int] = []
    pages: set[int] = set()
    for piece, page in zip(pieces, expected, strict=True):
        begun = [piece.place.page, *(end.page for end in piece.page_ends)]
        file_page = max([file_page, *(number for number in begun if number)])
        printed = _printed(manuscript, file_page)
        if page is not None and printed is not None:
            shifts.append(page - printed)
            pages.add(page)
        ends = [end.page for part in piece.parts for end in part.page_ends]
        file_page = max([file_page, *ends])
    agreed = len(shifts) >= _FEWEST_SHIFTED and len(pages) > 1 and len(set(shifts)) == 1
    return shifts[0] if agreed else 0


def spots_in(manuscript: Manuscript, pieces: Sequence[Piece]) -> Iterator[Spot]:
    """Every place where a page may end, in the order of the text. Two ends at one place are two."""
    filled = 0
    for index, piece in enumerate(pieces):
        if index:
            at_title = [end.page for end in piece.page_ends]
            for page in at_title:
                yield Spot(
                    piece=index,
                    part=-1,
                    offset=0,
                    witness=Witness.FILE,
                    page=_printed(manuscript, page),
                    filled=filled,
                )
            if not at_title:
                yield Spot(piece=index, part=-1, offset=0, witness=Witness.TITLE, filled=filled)
        filled += 2 * len(piece.title)
        for number, part in enumerate(piece.parts):
            before = piece.parts[number - 1] if number else None
            yield from _spots_of(manuscript, index, number, part, before, filled)
            filled += len(part.text)


def _spots_of(
    manuscript: Manuscript, piece: int, number: int, part: Part, before: Part | None, filled: int
) -> Iterator[Spot]:
    ends = {end.offset: end.page for end in part.page_ends}
    if before:
        ends_before = [end for end in before.page_ends if end.offset >= len(before.text)]
        for end in ends_before:
            ends.setdefault(0, end.page)
    if 0 not in ends and before:
        witness = _boundary(before, part)
        if witness:
            yield Spot(piece=piece, part=number, offset=0, witness=witness, filled=filled)
    places = {*ends, *_sentence_ends(part)}
    for offset in sorted(places):
        if offset in ends and offset < max(len(part.text), 1):
            yield Spot(
                piece=piece,
                part=number,
                offset=offset,
                witness=Witness.FILE,
                page=_printed(manuscript, ends[offset]),
                filled=filled + offset,
            )
        elif offset not in ends:
            yield Spot(
                piece=piece,
                part=number,
                offset=offset,
                witness=Witness.SENTENCE,
                filled=filled + offset,
            )


def _boundary(before: Part, part: Part) -> Witness | None:
    """What the border of two paragraphs says."""
    if before.role is Role.SUBHEADING:
        # It may be the short last line of a page instead, unless its looks made it one.
        short = not before.sure and len(before.text) >= _FEWEST_SHORT
        return Witness.SHORT if short else None
    texts = before.role is Role.PARAGRAPH and part.role is Role.PARAGRAPH
    if texts and continues(before.text, part.text):
        return Witness.CUT
    return Witness.PARAGRAPH


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


GUESSED = {Witness.PARAGRAPH, Witness.SENTENCE}
