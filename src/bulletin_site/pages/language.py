"""The language of parts (WCAG 3.1.2): English inside Chinese is said to be English, so that a
screen reader pronounces it and a browser sets it as such."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_WORD = r"[A-Za-z][A-Za-z0-9]*(?:[-.'’/][A-Za-z0-9]+)*"
_ENGLISH = re.compile(
    rf"(?<![A-Za-z0-9\u00c0-\u024f@:/._-]){_WORD}(?:(?: | & ){_WORD})+(?![A-Za-z0-9\u00c0-\u024f@])"
)
"""Two words or more. One word alone, mostly a name or an acronym, is a part of the Chinese."""


def english(text: str) -> Markup:
    """Text as HTML, with its runs of English words marked; the text itself stays the same."""
    if " " not in text:
        return escape(text)
    pieces: list[str] = []
    end = 0
    for run in _ENGLISH.finditer(text):
        pieces += (escape(text[end : run.start()]), f'<span lang="en">{escape(run[0])}</span>')
        end = run.end()
    pieces.append(escape(text[end:]))
    return Markup("".join(pieces))
