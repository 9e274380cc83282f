"""The last word on "nothing is lost": the characters of the file's text, counted, against those
that the reading has put somewhere."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bulletin_site.importing.manuscript import Aside, Block, Kind, Place
from bulletin_site.importing.word.elements import DELETED_TEXT, TEXT, Element, M, descendants
from bulletin_site.importing.word.package import Package

_TEXTS = (TEXT, DELETED_TEXT, f"{{{M}}}t")


def leftovers(
    package: Package, blocks: Iterable[Block], asides: Iterable[Aside]
) -> tuple[Aside, ...]:
    """What is in none of them: a mistake of this program or a file that breaks the rules; the
    editor is told."""
    named = ("footnotes", "endnotes", "comments")
    parts = {id(part): part for part in (*package.headers.values(), *package.footers.values())}
    parts |= {id(part): part for name, part in package.single.items() if name in named}
    text = _missing(
        "".join(_texts([package.document, *parts.values()])), "".join(_held(blocks, asides))
    )
    if not text:
        return ()
    return (Aside(text=text, place=Place(), reason="不知道该放在哪里的文字", sure=False),)


def _missing(given: str, held: str) -> str:
    """Characters that are oftener in the one than in the other, by numpy: Python's own counters
    take longer over a thick book than all the rest of the reading."""
    codes = [np.frombuffer(each.encode("utf-32-le"), "<u4") for each in (given, held)]
    highest = max(int(each.max(initial=0)) for each in codes)
    counts = [np.bincount(each, minlength=highest + 1) for each in codes]
    missing = counts[0] - counts[1]
    return "".join(chr(code) * missing[code] for code in np.flatnonzero(missing > 0))


def _texts(parts: Iterable[Element]) -> Iterable[str]:
    for part in parts:
        for element in descendants(part, *_TEXTS):
            yield "".join((element.text or "").split())


def _held(blocks: Iterable[Block], asides: Iterable[Aside]) -> Iterable[str]:
    """A picture's description is no text of the file."""
    for block in blocks:
        if block.kind is not Kind.PICTURE:
            yield "".join(block.text.split())
    for each in asides:
        yield "".join(each.text.split())
