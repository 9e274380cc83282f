"""The Markdown of an article: its parts with the marks of page breaks, and nothing that Markdown
would read otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin_site.content.markdown import parse
from bulletin_site.importing.pages import Break, Paged
from bulletin_site.importing.parts import Part, Role


def paragraphs_of(paged: Paged) -> Iterator[str]:
    """The Markdown of a body: parts with the marks of their page breaks, joined where a page end
    had cut a paragraph in two."""
    parts = paged.piece.parts
    joined = _joined(paged)
    text = ""
    for index, part in enumerate(parts):
        breaks = [one for one in paged.breaks if one.part == index]
        here = _marked(part, breaks, escape=index in joined)
        joins = bool(breaks) and breaks[0].offset == 0 and breaks[0].joins
        if text and joins:
            before = parts[index - 1].text
            gap = " " if before[-1:].isascii() and part.text[:1].isascii() else ""
            text += gap + here
        else:
            if text:
                yield text
            text = here
    if text:
        yield text


def _joined(paged: Paged) -> set[int]:
    """The parts that have to be escaped for the sake of the paragraph which they are put into:
    each half of `*` and `*` means nothing alone."""
    groups: list[list[int]] = []
    for index in range(len(paged.piece.parts)):
        breaks = [one for one in paged.breaks if one.part == index]
        if groups and breaks and breaks[0].offset == 0 and breaks[0].joins:
            groups[-1].append(index)
        else:
            groups.append([index])
    found: set[int] = set()
    for group in groups:
        text = "".join(paged.piece.parts[index].text for index in group)
        if len(group) > 1 and markdown_of(text) != text:
            found |= set(group)
    return found


def _marked(part: Part, breaks: Sequence[Break], *, escape: bool) -> str:
    if part.role is Role.TABLE:
        before = "".join(f"{{p{one.page}}}\n\n" for one in breaks)
        return before + _table(part.rows)
    pieces: list[str] = []
    position = 0
    for one in breaks:
        pieces.append(part.text[position : one.offset])
        position = one.offset
    pieces.append(part.text[position:])
    marks = ["", *(f"{{p{one.page}}}" for one in breaks)]
    if escape or markdown_of(part.text) != part.text:  # something has to be escaped
        pieces = [escaped(piece, at_start=not index) for index, piece in enumerate(pieces)]
    text = "".join(mark + piece for mark, piece in zip(marks, pieces, strict=True))
    return f"## {text}" if part.role is Role.SUBHEADING else text


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max(len(row) for row in rows)
    cells = [
        [
            re.sub(r"\s*\n\s*", " ", escaped(cell, at_start=False)).replace("|", "\\|")
            for cell in row
        ]
        for row in rows
    ]
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


_MARKUP = re.compile(r"([\\`*_\[\]{}<>|~#])")
_BLOCK_MARKUP = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]\s))")


def markdown_of(text: str) -> str:
    """A paragraph as Markdown that is read back as the same text: as it stands if possible."""
    if not re.match(r"\s*(?:\d|[-+#>|=~`*_])", text) and not re.search(r"[\\`*_\[{\n]", text):
        return text
    return text if plain_text(text) == text else escaped(text, at_start=True)


def escaped(text: str, *, at_start: bool) -> str:
    """Every character kept from meaning anything in Markdown."""
    text = _MARKUP.sub(r"\\\1", text)
    if not at_start:
        return text
    return _BLOCK_MARKUP.sub(
        lambda found: found[1] + (f"\\{found[2]}" if not found[2].isdigit() else found[2]), text
    )


def plain_text(markdown: str) -> str:
    """What readers see of one paragraph; empty where it is not one paragraph."""
    tokens = parse(markdown)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return ""
    children = tokens[1].children or []
    return "".join(c.content for c in children) if all(c.type == "text" for c in children) else ""
