"""The numbers of automatic lists (ECMA-376 part 1, 17.9): the file holds how to count, not the
numbers, which Word works out while it shows the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin_site.importing.word.elements import Element, integer, is_on, value, w
from bulletin_site.importing.word.number_formats import formatted
from bulletin_site.importing.word.styles import Styles
from bulletin_site.importing.word.symbols import bullet

_LEVELS = 9
_PLACE_OF_NUMBER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """`text`: `%1、`. `restart_after`: it begins again after a level up to this one, from 1
    (0: never)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart_after: int = _LEVELS
    plain_digits: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """`abstract`: lists with the same one count on together. `overrides`: where this one begins
    anew."""

    abstract: str
    levels: dict[int, _Level]
    overrides: dict[int, int]


class Numbering:
    """The lists of a document, and how far each has counted; asked once a paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for child in () if root is None else root:
            if child.tag == w("abstractNum"):
                self._abstracts.setdefault(child.get(w("abstractNumId"), ""), child)
            elif child.tag == w("num"):
                self._nums.setdefault(child.get(w("numId"), ""), child)

    def next(self, numbering: tuple[str, int] | None) -> str:
        """What Word shows before the next paragraph of a list and level: `（一）`, `1.2`, or
        nothing."""
        if numbering is None or not 0 <= numbering[1] < _LEVELS:
            return ""
        key, level = numbering
        if key not in self._lists:
            self._lists[key] = self._list(key)
        listed = self._lists[key]
        if listed is None or level not in listed.levels:
            return ""
        counts = self._count(key, listed, level)
        return _shown(listed.levels, counts, level)

    def _count(self, key: str, listed: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(listed.abstract, {})
        for each in range(level + 1):
            start = listed.levels.get(each, _Level()).start
            if each in listed.overrides and (key, each) not in self._begun:
                counts.pop(each, None)
                start = listed.overrides[each]
                self._begun.add((key, each))
            if each < level:
                counts.setdefault(each, start)
            else:
                counts[each] = counts[each] + 1 if each in counts else start
        for deeper in [each for each in counts if each > level]:
            restart = listed.levels.get(deeper, _Level()).restart_after
            if restart and level < restart:
                del counts[deeper]
        return counts

    def _list(self, key: str) -> _List | None:
        num = self._nums.get(key)
        abstract = value(num, "abstractNumId")
        if num is None or abstract not in self._abstracts:
            return None
        levels = self._levels(abstract)
        overrides: dict[int, int] = {}
        for override in num.iter(w("lvlOverride")):
            level = integer(override.get(w("ilvl")))
            own = override.find(w("lvl"))
            start = integer(value(override, "startOverride"))
            if level is None:
                continue
            if own is not None:
                levels[level] = _level(own)
                start = levels[level].start if start is None else start
            if start is not None:
                overrides[level] = start
        return _List(abstract=abstract, levels=levels, overrides=overrides)

    def _levels(self, abstract: str, *, linked: bool = False) -> dict[int, _Level]:
        """Those of a list style, where the definition only names one."""
        definition = self._abstracts[abstract]
        style = value(definition, "numStyleLink")
        if style and not linked:
            for each in self._styles.chain(style):
                properties = each.find(f"{w('pPr')}/{w('numPr')}")
                target = value(self._nums.get(value(properties, "numId") or ""), "abstractNumId")
                if target in self._abstracts:
                    return self._levels(target, linked=True)
        return {
            integer(level.get(w("ilvl"))) or 0: _level(level)
            for level in definition.findall(w("lvl"))
        }


def _level(element: Element) -> _Level:
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    restart = integer(value(element, "lvlRestart"))
    legal = element.find(w("isLgl"))
    start = integer(value(element, "start"))
    return _Level(
        start=0 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart_after=_LEVELS if restart is None else restart,
        plain_digits=legal is not None and is_on(legal),
        font="" if fonts is None else fonts.get(w("ascii"), ""),
    )


def _shown(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    """`%1.%2` with the numbers of the levels above it."""
    own = levels[level]
    if own.form == "bullet":
        return bullet(own.text, own.font)

    def written(match: re.Match[str]) -> str:
        each = int(match[1]) - 1
        form = levels.get(each, _Level()).form
        if own.plain_digits and form != "none":
            form = "decimal"
        return formatted(counts[each], form) if each in counts else ""

    return _PLACE_OF_NUMBER.sub(written, own.text).strip()
