"""What is doubtful of page numbers, in words for the editor."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_site.importing.page_spots import Spot
from bulletin_site.importing.parts import Part
from bulletin_site.importing.pieces import Piece, Remark


def page_remarks(piece: Piece, page: int) -> Iterator[Remark]:
    """Where the page on which an article begins is not the one that the 目录 says."""
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


def shift_remark(piece: Piece, shift: int) -> Remark:
    """All page numbers of the 目录 and of the file differ by the same."""
    differ = f"{'大' if shift > 0 else '小'} {abs(shift)}"
    return Remark(
        key="page",
        message=f"目录里各篇的页码都比文件里的页码{differ}，按目录写",
        hint="请看原件印的页码；如果印的是文件里的页码，各篇的页码和分页都要改。",
        place=piece.place,
    )


def guess_remark(page: int, part: Part, offset: int) -> Remark:
    """A page end of which only the count of pages tells."""
    return Remark(
        text=quoted(part.text, offset),
        message=f"目录的页码说明第 {page} 页从这附近开始，但看不出准确的地方",
        hint=f"请看原件，把 {{p{page}}} 移到第 {page} 页开始的那个字前面。",
        place=part.place,
    )


def unfinished_remark(part: Part) -> Remark:
    """A paragraph that stops in mid-sentence where no page ends."""
    return Remark(
        text=quoted(part.text, max(len(part.text) - 8, 0)),
        message=UNFINISHED,
        hint="请看原件：如果和下一段本来是一段，请接起来；少了字就补上。",
        place=part.place,
    )


def unused_remark(part: Part, spot: Spot, *, paged: bool) -> Remark:
    """A page end of the file that contradicts the numbers of the 目录."""
    source = "文件" if paged else "文件里的一处"
    return Remark(
        text=quoted(part.text, spot.offset),
        message=f"{source}在这里分页，与目录的页码对不上，没有采用",
        hint="请看原件这里是不是另起一页，是就写上分页记号，并核对各篇页码。",
        place=part.place,
    )


UNFINISHED = "这一段没有写完就断了，却不在分页的地方"
_QUOTE = 12


def quoted(text: str, offset: int) -> str:
    """A few characters of the text by which its place is found again."""
    return text[offset : offset + _QUOTE] or text[-_QUOTE:]
