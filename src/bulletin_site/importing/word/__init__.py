"""Word files: `read_word` gives what a .docx holds, in reading order, with its looks and pages.

A package is opened within limits (`package`), its body walked once (`body`): each paragraph is cut
into pieces (`pieces`), which are gathered into a line (`line`), with what styles (`styles`), lists
(`numbering`) and breaks (`page_count`) say of it. At the end the characters are counted
(`leftovers`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from bulletin_site.importing.manuscript import Aside, Block, Manuscript
from bulletin_site.importing.word.body import Body
from bulletin_site.importing.word.foreign import refused
from bulletin_site.importing.word.leftovers import leftovers
from bulletin_site.importing.word.package import Package, open_package
from bulletin_site.importing.word.sections import printed_numbers
from bulletin_site.problems import Problem

_Placed = TypeVar("_Placed", Block, Aside)


def read_word(data: bytes, name: str) -> Manuscript | Problem:
    """The bytes of a .docx, whatever wrote it; `name` is the file's.

    Of tracked changes the new text is taken, of hidden text none: both go aside as doubtful, as
    what was deleted does. A note's mark stands in the text as `[1]`, footnotes and endnotes counted
    in one row, and is the `number` of the note's block. Empty paragraphs give no block, but are
    counted in `Place.line`, those of cells too; a text box has the line of its anchor, before
    whose text it comes unless it stands within it. Pages are as Word last broke them, and as
    typed breaks say; a file without either has none. Where only typed breaks tell, there may be
    more of them on paper: no printed numbers are inferred then, unless the program that saved the
    file counted as many pages.
    """
    package = open_package(data, name)
    if isinstance(package, Problem):
        return package
    try:
        return _manuscript(package, name)
    except RecursionError:  # libxml2 itself stops at 256 levels, in later versions at 2048
        return refused(name, "表格、文本框层层套得太深")


def _manuscript(package: Package, name: str) -> Manuscript:
    body = Body(package)
    body.read()
    asides = (*body.asides, *leftovers(package, body.blocks, body.asides))
    pages = body.pages.page if body.pages.page > 1 else 0
    certain = body.pages.told or package.pages == body.pages.page
    return Manuscript(
        name=name,
        blocks=tuple(body.blocks if pages else map(_without_page, body.blocks)),
        asides=asides if pages else tuple(map(_without_page, asides)),
        pages=pages,
        printed=printed_numbers(body.sections, pages, package) if certain else {},
    )


def _without_page(placed: _Placed) -> _Placed:
    """Nothing said where a page ends: not even the first is known."""
    return replace(placed, place=replace(placed.place, page=0))
