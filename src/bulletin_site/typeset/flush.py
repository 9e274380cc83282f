"""Flush right margins for Han text. WeasyPrint justifies a line by widening its spaces, of which
Chinese has none: here the lines that it has broken are stretched evenly, character by character,
as CLREQ (3.2.2, 行末对齐) has it for what is left at a line's end. Neither the text nor its order
changes, only the distances.

It works on the boxes of a laid out document before they are drawn; WeasyPrint publishes no types
of them, nor another way to get at them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

Box = Any
"""A box of `weasyprint.formatting_structure.boxes`; lengths in CSS pixels."""

_MOST = 0.3
"""In ems between two characters: a line that needs more keeps a ragged end."""
_LEAST = 0.01
"""In pixels: nobody sees it."""
_RAGGED = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "pre"}
_UNSPACED = {"Mn", "Me", "Cf", "Cc"}
"""Categories of characters that stand on others or show nothing."""


def flush(pages: Iterable[Box], *, classes: frozenset[str]) -> None:
    """Stretch the lines in elements of some classes to the full measure, but for the last line of a
    paragraph and for those that a line break ends."""
    found: dict[Any, list[tuple[Box, Box]]] = {}
    for page in pages:
        for block, line in _lines(page, classes, inside=False):
            # A paragraph that a page end cuts is one element with several boxes.
            found.setdefault(line.element, []).append((block, line))
    for lines in found.values():
        for block, line in lines[:-1]:
            if not _is_broken(line):
                _stretch(block, line)


def _lines(box: Box, classes: frozenset[str], *, inside: bool) -> Iterator[tuple[Box, Box]]:
    """Each line with the block in which it stands."""
    element = box.element
    if element is not None and _is_element(box):
        if box.element_tag in _RAGGED:
            return
        named = frozenset((element.get("class") or "").split())
        inside = inside or bool(named & classes)
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            if inside:
                yield box, child
        else:
            yield from _lines(child, classes, inside=inside)


def _is_element(box: Box) -> bool:
    return isinstance(box.element_tag, str) and hasattr(box.element, "get")


def _is_broken(line: Box) -> bool:
    return any("br" in str(box.element_tag).split("::") for box in _all(line))


def _all(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        yield child
        yield from _all(child)


def _stretch(block: Box, line: Box) -> None:
    texts = [box for box in _all(line) if type(box).__name__ == "TextBox" and box.text]
    gaps = sum(_gaps(box.text) for box in texts) - 1
    if gaps < 1:
        return
    left = block.content_box_x() + block.width - max(box.position_x + box.width for box in texts)
    spacing = left / gaps
    size = texts[-1].style["font_size"]
    if left < _LEAST or spacing > _MOST * size:
        return
    _move(line, spacing, 0.0)
    line.width += left


def _move(box: Box, spacing: float, by: float) -> float:
    """Move what is on a line to the right by the stretch before it; gives that after it."""
    for child in box.children:
        child.position_x += by
        if type(child).__name__ == "TextBox":
            own = spacing * _gaps(child.text)
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


def _gaps(text: str) -> int:
    """Places after its characters, the last one too."""
    return sum(unicodedata.category(character) not in _UNSPACED for character in text)
