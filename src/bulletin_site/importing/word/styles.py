"""What styles and direct formatting together say of a paragraph and of a run (ECMA-376 part 1,
17.7.2): direct first, then the style and those it is based on, then the document's defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin_site.importing.manuscript import Alignment
from bulletin_site.importing.word.elements import (
    VAL,
    Element,
    integer,
    switched,
    value,
    w,
)

_USUAL_SIZE = 10.0
"""In points: what Word uses where nothing is said."""
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_BODY_LEVEL = 9
_ALIGNMENTS = {"center": Alignment.CENTRE, "right": Alignment.END, "end": Alignment.END}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """`numbering`: list and level (from 0), None for no list; `style`: its id, for runs.
    `mark_deleted`: by tracked changes, so that the next paragraph joins this one; a drop cap,
    which Word keeps in a paragraph of its own, joins the next one too (`drop_cap`)."""

    style: str
    level: int | None
    alignment: Alignment
    indented: bool
    page_before: bool
    numbering: tuple[str, int] | None
    mark_deleted: bool
    drop_cap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """`size` in points."""

    bold: bool
    size: float
    hidden: bool


class Styles:
    """The styles of a document. Unknown names and circles of `basedOn` end the chain."""

    def __init__(self, root: Element | None, numbering: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._chains: dict[str, tuple[Element, ...]] = {}
        self._runs: dict[tuple[str | None, ...], RunLook] = {}
        for style in () if root is None else root.iter(w("style")):
            key = style.get(w("styleId"), "")
            self._styles.setdefault(key, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                self._default = key
        self._paragraph_default = _found(root, "docDefaults", "pPrDefault", "pPr")
        self._run_default = _found(root, "docDefaults", "rPrDefault", "rPr")
        self._list_levels = _levels_of_styles(numbering)

    def chain(self, style: str) -> tuple[Element, ...]:
        """The style, then what it is based on."""
        if style not in self._chains:
            found: dict[str, Element] = {}
            key: str | None = style
            while key in self._styles and key not in found:
                found[key] = self._styles[key]
                key = value(found[key], "basedOn")
            self._chains[style] = tuple(found.values())
        return self._chains[style]

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """`properties`: the paragraph's `w:pPr`."""
        style = value(properties, "pStyle") or self._default
        chain = self.chain(style)
        said = [properties, *(_found(each, "pPr") for each in chain), self._paragraph_default]
        mark = _found(properties, "rPr")
        frame = _found(properties, "framePr")
        return ParagraphLook(
            style=style,
            level=_level(said, chain),
            alignment=_ALIGNMENTS.get(_first_value(said, "jc") or "", Alignment.START),
            indented=_indented(said),
            page_before=_first_switch(said, "pageBreakBefore"),
            numbering=self._numbering(properties, chain),
            mark_deleted=mark is not None and any(each.tag in _TAKEN_AWAY for each in mark),
            drop_cap=frame is not None and frame.get(w("dropCap"), "none") != "none",
        )

    def _numbering(
        self, properties: Element | None, chain: tuple[Element, ...]
    ) -> tuple[str, int] | None:
        """A list of number 0 takes away what a style says."""
        level: int | None = None
        own = _found(properties, "numPr")
        sources = [(own, "")] + [
            (_found(style, "pPr", "numPr"), style.get(w("styleId"), "")) for style in chain
        ]
        for source, style in sources:
            level = integer(value(source, "ilvl")) if level is None else level
            key = value(source, "numId")
            if key is not None:
                listed = self._list_levels.get(style, 0)
                return None if integer(key) == 0 else (key, listed if level is None else level)
        return None

    def run(self, paragraph_style: str, properties: Element | None) -> RunLook:
        """`properties`: the run's `w:rPr`."""
        direct: dict[str, str] = {}
        for child in () if properties is None else properties:
            if child.tag in _ASKED:
                direct[child.tag] = child.get(VAL, "1")
        key = (paragraph_style, *(direct.get(tag) for tag in _ASKED))
        if key not in self._runs:
            chains = self.chain(direct.get(w("rStyle"), "")), self.chain(paragraph_style)
            self._runs[key] = self._run(properties, *chains)
        return self._runs[key]

    def _run(
        self, direct: Element | None, own: tuple[Element, ...], outer: tuple[Element, ...]
    ) -> RunLook:
        levels = [[_found(style, "rPr") for style in chain] for chain in (own, outer)]
        said = [direct, *levels[0], *levels[1], self._run_default]

        def toggled(name: str) -> bool:
            """A style that makes bold what is bold already makes it plain (17.7.3)."""
            at_once = switched(direct, name)
            if at_once is not None:
                return at_once
            usual = switched(self._run_default, name) or False
            first, second = (_first_switch(level, name) for level in levels)
            return usual or first != second

        size = integer(_first_value(said, "sz"))
        return RunLook(
            bold=toggled("b"),
            size=size / 2 if size else _USUAL_SIZE,
            hidden=toggled("vanish"),
        )


_TAKEN_AWAY = (w("del"), w("moveFrom"))
_ASKED = (w("rStyle"), w("b"), w("sz"), w("vanish"))


def _found(element: Element | None, *names: str) -> Element | None:
    for name in names:
        element = None if element is None else element.find(w(name))
    return element


def _first_value(said: list[Element | None], name: str) -> str | None:
    return next((found for each in said if (found := value(each, name)) is not None), None)


def _first_switch(said: list[Element | None], name: str) -> bool:
    found = (switched(each, name) for each in said)
    return next((switch for switch in found if switch is not None), False)


def _level(said: list[Element | None], chain: tuple[Element, ...]) -> int | None:
    """Outline levels count from 0, 9 is body text. Where none is said, the name of a built-in
    style tells, whatever language it was made in."""
    outline = integer(_first_value(said, "outlineLvl"))
    if outline is not None:
        return outline + 1 if 0 <= outline < _BODY_LEVEL else None
    for style in chain:
        if match := _HEADING.match((value(style, "name") or "").strip()):
            return int(match[1])
    return None


def _indented(said: list[Element | None]) -> bool:
    """Each attribute is inherited by itself; one in characters goes before one in twips."""
    for name in ("firstLineChars", "firstLine"):
        for each in said:
            indent = _found(each, "ind")
            if indent is None:
                continue
            hanging = integer(indent.get(w("hanging"))) or 0
            amount = integer(indent.get(w(name)))
            if hanging > 0 and amount is None:
                return False
            if amount is not None:
                if amount > 0:
                    return True
                break
    return False


def _levels_of_styles(numbering: Element | None) -> dict[str, int]:
    """Which level of its list a style stands for (`w:lvl/w:pStyle`)."""
    levels: dict[str, int] = {}
    for level in () if numbering is None else numbering.iter(w("lvl")):
        style = value(level, "pStyle")
        if style:
            levels.setdefault(style, integer(level.get(w("ilvl"))) or 0)
    return levels
