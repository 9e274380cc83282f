"""The language of parts (WCAG 3.1.2): English inside Chinese is said to be English, so that a
screen reader pronounces it and a browser sets it as such."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_REST = r"[A-Za-z0-9]*(?:[-.'’/][A-Za-z0-9]+)*"
_ENGLISH = re.compile(
    # What must not stand before the first letter is looked for behind it: a search for letters is
    # many times as fast as one for what stands before anything.
    rf"[A-Za-z](?<![A-Za-z0-9\u00c0-\u024f@:/._-].){_REST}"
    rf"(?:(?: | & )[A-Za-z]{_REST})+(?![A-Za-z0-9\u00c0-\u024f@])"
)
"""Two words or more. One word alone, mostly a name or an acronym, is a part of the Chinese."""


@lru_cache(maxsize=1024)  # a text stands on three pages that are made one after the other
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
