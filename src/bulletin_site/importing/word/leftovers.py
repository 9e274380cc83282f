"""The last word on "nothing is lost": the characters of the file's text, counted, against those
that the reading has put somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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
    held = Counter("".join(_held(blocks, asides)))
    missing = Counter("".join(_texts([package.document, *parts.values()]))) - held
    text = "".join(missing.elements())
    if not text:
        return ()
    return (Aside(text=text, place=Place(), reason="不知道该放在哪里的文字", sure=False),)


def _texts(parts: Iterable[Element]) -> Iterable[str]:
    for part in parts:
        for element in descendants(part):
            if element.tag in _TEXTS and element.text:
                yield "".join(element.text.split())


def _held(blocks: Iterable[Block], asides: Iterable[Aside]) -> Iterable[str]:
    """A picture's description is no text of the file."""
    for block in blocks:
        if block.kind is not Kind.PICTURE:
            yield "".join(block.text.split())
    for each in asides:
        yield "".join(each.text.split())
