"""The lines into which WeasyPrint has broken a text. It publishes no types of its boxes; lengths
are in CSS pixels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = Any
"""A box of `weasyprint.formatting_structure.boxes`."""

_RAGGED = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "pre"}
_UNSPACED = {"Mn", "Me", "Cf", "Cc"}
"""Categories of characters that stand on others or show nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line in its `block`; `within`: the element around it whose text goes on on the next sheet,
    if it is in one."""

    block: Box
    box: Box
    within: Any

    @property
    def texts(self) -> list[Box]:
        return [box for box in boxes_in(self.box) if type(box).__name__ == "TextBox" and box.text]

    @property
    def gaps(self) -> int:
        """Places between its characters."""
        return sum(gaps_of(box.text) for box in self.texts) - 1

    @property
    def size(self) -> float:
        """Of its type."""
        return float(self.texts[-1].style["font_size"])

    @property
    def room(self) -> float:
        """What is left at its end."""
        end = max(box.position_x + box.width for box in self.texts)
        return float(self.block.content_box_x() + self.block.width - end)

    @property
    def is_broken(self) -> bool:
        """Does a line break of the text end it?"""
        return any("br" in str(box.element_tag).split("::") for box in boxes_in(self.box))


def lines_of(
    box: Box,
    classes: frozenset[str],
    cut: str,
    *,
    justified: bool = False,
    within: Any = None,
) -> Iterator[Line]:
    """The lines in elements of some `classes`, but not those of headings and tables; `cut` is the
    class of what goes on on the next sheet."""
    if box.element_tag in _RAGGED:
        return
    named = () if box.element is None else (box.element.get("class") or "").split()
    within = box.element if cut in named else within
    justified = justified or bool(classes.intersection(named))
    for child in getattr(box, "children", ()):
        if type(child).__name__ != "LineBox":
            yield from lines_of(child, classes, cut, justified=justified, within=within)
        elif justified:
            line = Line(block=box, box=child, within=within)
            if line.texts:
                yield line


def boxes_in(box: Box) -> Iterator[Box]:
    """All boxes inside, in order."""
    for child in getattr(box, "children", ()):
        yield child
        yield from boxes_in(child)


def gaps_of(text: str) -> int:
    """Places after the characters of a text, the last one too."""
    return sum(unicodedata.category(character) not in _UNSPACED for character in text)
