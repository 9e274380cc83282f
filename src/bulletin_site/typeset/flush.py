"""Flush right margins for Han text. WeasyPrint justifies a line by widening its spaces, of which
Chinese has none: here the lines that it has broken are stretched evenly, character by character,
as CLREQ (3.2.2, 行末对齐) has it for what is left at a line's end. Neither the text nor its order
changes, only the distances. It works on a laid out document before that is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bulletin_site.typeset.lines import Box, Line, gaps_of, lines_of

_MOST = 0.3
"""In ems between two characters: a line that needs more keeps a ragged end."""
_MOST_AT_END = 0.1
"""The same for the last line on a page."""
_LEAST = 0.01
"""In pixels: nobody sees it."""


def flush(pages: Iterable[Box], *, classes: frozenset[str], cut: str) -> None:
    """Stretch the lines in elements of some classes to the full measure, but for the last line of a
    paragraph and for those that a line break ends. In an element of the class `cut` the last
    paragraph goes on elsewhere: if its last line is nearly full, it is stretched too."""
    found: dict[Any, list[Line]] = {}
    ends: dict[Any, Line] = {}
    for page in pages:
        for line in lines_of(page, classes, cut):
            # A paragraph that a page end cuts is one element with several boxes.
            found.setdefault(line.box.element, []).append(line)
            if line.within is not None:
                ends[line.within] = line
    for lines in found.values():
        for line in lines[:-1]:
            if not line.is_broken:
                _stretch(line, _MOST)
    for line in ends.values():
        _stretch(line, _MOST_AT_END)


def _stretch(line: Line, most: float) -> None:
    gaps, room = line.gaps, line.room
    if gaps < 1 or room < _LEAST or room / gaps > most * line.size:
        return
    _move(line.box, room / gaps, 0.0)
    line.box.width += room


def _move(box: Box, spacing: float, by: float) -> float:
    """Move what is on a line to the right by the stretch before it; gives that after it."""
    for child in box.children:
        child.position_x += by
        if type(child).__name__ == "TextBox":
            own = spacing * gaps_of(child.text)
            child.style = child.style.copy()
            child.style["letter_spacing"] = _spacing_of(child.style) + spacing
            child.width += own
            by += own
        elif hasattr(child, "children"):
            after = _move(child, spacing, by)
            child.width += after - by
            by = after
    return by


def _spacing_of(style: Any) -> float:
    spacing = style["letter_spacing"]
    return 0.0 if spacing == "normal" else float(spacing)
