"""Paragraphs, tables, pictures and notes → the blocks of a manuscript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin_site.importing.manuscript import Block, Kind, PageEnd, Place
from bulletin_site.importing.pdf.paragraphs import Paragraph, Text
from bulletin_site.importing.pdf.spacing import Spacing, habit, seam

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the document writes: `spaced`: Han and digits mostly have a space between them;
    `words`: its Latin words, in small letters."""

    spacing: Spacing
    spaced: bool
    words: frozenset[str]


def writing_of(lines: Sequence[Text], spacing: Spacing) -> Writing:
    texts = [line.text for line in lines]
    words = Counter(word.lower() for text in texts for word in _WORD.findall(text))
    return Writing(spacing=spacing, spaced=bool(habit(texts)), words=frozenset(words))


def block_of(paragraph: Paragraph, writing: Writing, kind: Kind = Kind.TEXT) -> Block:
    """Page ends are those within the paragraph."""
    first = paragraph.lines[0]
    text, ends = _joined(paragraph.lines, writing)
    visible = [one for line in paragraph.lines for one in line.line.visible]
    sizes = Counter(round(one.size * 2) / 2 for one in visible)
    return Block(
        text=text,
        place=Place(page=first.line.page, line=first.number),
        kind=kind,
        page_ends=ends,
        bold=sum(one.bold for one in visible) * 2 > len(visible),
        size=sizes.most_common(1)[0][0],
        alignment=first.alignment,
        indented=first.indented,
        whole=paragraph.whole,
    )


def _joined(lines: Sequence[Text], writing: Writing) -> tuple[str, tuple[PageEnd, ...]]:
    own = habit([line.text for line in lines])
    spaced = writing.spaced if own is None else own
    text, ends = "", []
    for before, line in zip((None, *lines), lines, strict=False):
        if before is not None:
            text = _with_seam(text, before, line, spaced, writing)
            pages = range(before.line.page + 1, line.line.page + 1)
            ends += [PageEnd(offset=len(text), page=page) for page in pages]
        text += line.text
    return text, tuple(ends)


def _with_seam(text: str, before: Text, line: Text, spaced: bool, writing: Writing) -> str:
    if text.endswith("-") and re.search(r"[A-Za-z]-$", text) and re.match(r"[a-z]", line.text):
        return text[:-1] if _is_divided(text, line.text, writing.words) else text
    if before.spaced:
        return text + " "
    return text + seam(text, line.text, spaced=spaced and not writing.spacing.at_ends)


def _is_divided(text: str, after: str, words: frozenset[str]) -> bool:
    """Whether a hyphen only divides a word at the end of a line: the word stands elsewhere without
    it. Else it is kept, as in e-government."""
    first = _WORD.findall(text[:-1])[-1].lower()
    second = _WORD.findall(after)[0].lower()
    return first + second in words and f"{first}-{second}" not in words


def with_page_ends(blocks: Sequence[Block], pages: int) -> list[Block]:
    """Every page after the first begins somewhere: within a block, or with one."""
    page = 1
    done: list[Block] = []
    for block in blocks:
        begins = range(page + 1, block.place.page + 1)
        ends = (*(PageEnd(offset=0, page=number) for number in begins), *block.page_ends)
        page = max(page, block.place.page, *(end.page for end in ends), 1)
        done.append(replace(block, page_ends=ends))
    if done and page < pages:
        ends = tuple(
            PageEnd(offset=len(done[-1].text), page=number) for number in range(page + 1, pages + 1)
        )
        done[-1] = replace(done[-1], page_ends=(*done[-1].page_ends, *ends))
    return done
