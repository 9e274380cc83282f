"""Fields: a code, which nobody sees, and after it the result that Word shows. Between them stand
marks in the runs (`w:fldChar`), and both may hold further fields and run over many paragraphs."""

from __future__ import annotations

import re

from bulletin_site.importing.word.elements import Element, descendants, w
from bulletin_site.importing.word.number_formats import formatted

_EQUATION = re.compile(r"\s*EQ\s+(.*)$", re.IGNORECASE | re.DOTALL)
_OVERSTRIKE = re.compile(r"\\o\s*(?:\\a[clr])?\s*\(([^,，;]*)[,，;](.*)\)\s*$", re.DOTALL)
_CIRCLES = "○〇◯"


class Fields:
    """Which fields are open. Where a story's begins and ends do not match, nothing is taken for a
    code, because an open one would swallow all the rest."""

    def __init__(self, story: Element) -> None:
        kinds = [each.get(w("fldCharType")) for each in descendants(story, w("fldChar"))]
        self._sound = kinds.count("begin") == kinds.count("end")
        self._codes: list[str] = []
        self._in_code: list[bool] = []

    def passed(self, kind: str | None) -> str:
        """A mark has been passed. At the end of a field without a result: its code, if that draws
        something itself (`EQ`, Word's 带圈字符)."""
        if kind == "begin":
            self._in_code.append(True)
            self._codes.append("")
        elif kind == "separate" and self._in_code:
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            code = self._codes.pop()
            if self._in_code.pop() and _EQUATION.match(code) and not self.in_code:
                return code.strip()
        return ""

    def code(self, text: str) -> None:
        """A part of the code of the field that was opened last."""
        if self._in_code and self._in_code[-1]:
            self._codes[-1] += text

    @property
    def in_code(self) -> bool:
        return self._sound and any(self._in_code)


def drawn_by(code: str) -> str | None:
    """What the formula of an `EQ` field shows, where it sets one character in another:
    `EQ \\o\\ac(○,3)` → ③, in a square or triangle only what stands in it; None: another formula."""
    equation = _EQUATION.match(code)
    parts = _OVERSTRIKE.match(equation[1].strip()) if equation else None
    if not parts:
        return None
    around, inner = (part.strip() for part in parts.groups())
    if around in _CIRCLES and inner.isdecimal() and len(inner) < 3:
        return formatted(int(inner), "decimalEnclosedCircle")
    return inner if inner and "\\" not in inner else None
