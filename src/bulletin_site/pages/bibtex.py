"""References in BibTeX, for LaTeX and for reference managers.

`date`, `langid` and `language` are biblatex's fields, which old styles pass over: they take `year`.
Zotero reads `date` and `language` too. `annote` holds what no style prints: where the text was
taken from. A field is one line, in braces; the values of `url` are taken as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_site.pages.references import LANGUAGE, Reference, one_line

_MARKS = {
    "\\": "{\\textbackslash}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    "<": "{\\textless}",
    ">": "{\\textgreater}",
    "|": "{\\textbar}",
    "{": "{\\textbraceleft}",
    "}": "{\\textbraceright}",
} | {mark: f"\\{mark}" for mark in "%#&_$"}
_MARK = re.compile(r"[\\~^<>|{}%#&_$]")

_LIGATURE = re.compile("(?<=[-`'?!,])[-`',]")
"""What TeX sets as one with the character before it: `--` is a dash, `''` a quotation mark."""


def entry(reference: Reference) -> str:
    """One article."""
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(reference))
    return f"@article{{{reference.key}{fields}\n}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    pages = reference.pages
    yield "title", escaped(reference.title)
    yield "journal", escaped(reference.journal)
    yield "year", f"{reference.date.year:04}"
    yield "date", reference.date.isoformat()
    yield "number", escaped(reference.number)
    yield "pages", str(pages.first) if pages.first == pages.last else f"{pages.first}--{pages.last}"
    if reference.publisher:
        yield "publisher", escaped(reference.publisher)
    yield "langid", "chinese"
    yield "language", LANGUAGE
    if reference.keywords:
        yield "keywords", ", ".join(map(escaped, reference.keywords))
    if reference.source:
        yield "annote", escaped(f"来源：{reference.source}")
    if reference.url:
        yield "url", reference.url


def escaped(text: str) -> str:
    """Text that BibTeX and LaTeX give back as it is. BibTeX counts every brace, one after a
    backslash too: only those that are in pairs may stand as themselves."""
    paired = _are_paired(text)

    def mark(found: re.Match[str]) -> str:
        return f"\\{found[0]}" if paired and found[0] in "{}" else _MARKS[found[0]]

    return _LIGATURE.sub(lambda found: f"{{{found[0]}}}", _MARK.sub(mark, one_line(text)))


def _are_paired(text: str) -> bool:
    depth = 0
    for one in text:
        depth += (one == "{") - (one == "}")
        if depth < 0:
            return False
    return depth == 0
