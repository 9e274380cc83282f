"""The pages of a manuscript as they are kept: pictures with the words in them, or lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.originals import Sheet, size_of


def drawn_sheets(pictures: Mapping[str, bytes], manuscript: Manuscript) -> Iterator[Sheet]:
    """Pictures by their names, in order, with what was read in them."""
    lines = dict[int, list[str]]()
    for page, text in _pieces(manuscript):
        lines.setdefault(page, []).append(text)
    for number, (name, picture) in enumerate(pictures.items(), start=1):
        width, height = size_of(picture)
        yield Sheet(
            number=number,
            printed=manuscript.printed.get(number, 0),
            picture=name,
            width=width,
            height=height,
            lines=tuple(lines.get(number, ())),
        )


def _pieces(manuscript: Manuscript) -> Iterator[tuple[int, str]]:
    """Text by the page on which it stands, in the order of the file."""
    for block in manuscript.blocks:
        page, start = block.place.page, 0
        for end in block.page_ends:
            if block.text[start : end.offset]:
                yield page, block.text[start : end.offset]
            page, start = max(page, end.page), end.offset
        if block.text[start:]:
            yield page, block.text[start:]


def text_sheets(text: str, manuscript: Manuscript) -> Iterator[Sheet]:
    """The lines of a text file, by its pages if it has any."""
    lines = text.rstrip().split("\n")
    firsts = _first_lines(manuscript)
    ends = [*(line for _, line in firsts[1:]), len(lines) + 1]
    for (page, first), end in zip(firsts, ends, strict=True):
        yield Sheet(
            number=page,
            printed=manuscript.printed.get(page, 0),
            first_line=first,
            lines=tuple(line.rstrip().replace("\f", "") for line in lines[first - 1 : end - 1]),
        )


def _first_lines(manuscript: Manuscript) -> Sequence[tuple[int, int]]:
    """The pages and the line on which each begins; what stands before the first belongs to it."""
    found: dict[int, int] = {}
    places = [one.place for one in manuscript.blocks] + [one.place for one in manuscript.asides]
    for one in places:
        page = max(one.page, 1)
        found[page] = min(found.get(page, one.line), one.line)
    ordered = sorted(found.items(), key=lambda item: item[1])
    return [(page, line if number else 1) for number, (page, line) in enumerate(ordered)]
