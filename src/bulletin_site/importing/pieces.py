"""One article as it was found: its title, its source, its parts, and what is doubtful of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin_site.content.model import Correction
from bulletin_site.content.numerals import HAN_NUMBER
from bulletin_site.importing import titles
from bulletin_site.importing.bylines import byline_of
from bulletin_site.importing.contents_entries import Entry
from bulletin_site.importing.manuscript import Aside, Block, Kind, PageEnd, Place, aside_of
from bulletin_site.importing.marks import without_mark
from bulletin_site.importing.parts import (
    LONGEST_BARE,
    Part,
    Role,
    parts_of,
    with_subheadings,
    without_ornaments,
)
from bulletin_site.importing.sources import Source, source_at_end, source_line
from bulletin_site.importing.stated import stated_in
from bulletin_site.importing.title_lines import Heading, without_number
from bulletin_site.search.segment import simplified

_NOWHERE = Place()
_SPACE_OF_LATIN = re.compile(r"(?<=[!-~]) (?=[^!-~\s])|(?<=[^!-~\s]) (?=[!-~])")
_NUMBER_ALONE = re.compile(rf"^\W*(?:第\s*)?(?:[{HAN_NUMBER}]{{1,3}}|\d{{1,2}})\s*[篇条则项]?\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is doubtful of an article, before its file has a name: see `Doubt`."""

    key: str = ""
    text: str = ""
    message: str
    hint: str
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article as it was found. `page_ends` of its heading. `entry`: its line of the 目录.
    `topic`: the one under which it stands there; `topics`: those that a line below the title names.
    """

    title: str
    entry: Entry | None
    topic: str | None
    source: str | None
    parts: tuple[Part, ...]
    page_ends: tuple[PageEnd, ...]
    place: Place
    remarks: tuple[Remark, ...] = ()
    topics: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


def piece_of(
    blocks: Sequence[Block],
    heading: Heading,
    own: Sequence[Block],
    entry: Entry | None,
    topic: str | None,
    *,
    listed: bool,
) -> tuple[Piece, list[Aside]]:
    """An article, and what of its blocks is no text of it."""
    lines = blocks[heading.first : heading.end]
    title, remarks = _title(heading, lines, entry, listed=listed)
    named = next((i for i, line in enumerate(lines) if not is_number_alone(line.text)), 0)
    ends = tuple(
        e for b in lines[: named + 1] for e in b.page_ends if b is not lines[named] or not e.offset
    )
    # A page that ends within the title begins with the rest of it, and so with the text.
    within = [end for block in lines for end in block.page_ends if end not in ends]
    if heading.text_at is not None:
        rest = lines[-1].text[heading.text_at :]
        own = (replace(lines[-1], text=rest, number="", page_ends=(), level=None, bold=False), *own)
    raw = "\n".join(block.number + block.text for block in lines)
    raw = raw[: len(raw) - len(lines[-1].text) + heading.text_at] if heading.text_at else raw
    asides = [Aside(text=raw, place=lines[0].place, reason="题名", sure=True)]
    own, stated, said_below = stated_in(own)
    asides += said_below
    text_blocks: list[Block] = []
    for block in own:
        if block.kind is Kind.PICTURE:
            asides.append(aside_of(block, "图片", sure=True))
            described = f"（{block.text}）" if block.text else ""
            remarks.append(
                Remark(
                    message=f"原件这里有一幅图片{described}，没有收进来",
                    hint="网站不收图片；图里如果有文字或数据，请补成文字或表格。",
                    place=block.place,
                )
            )
        else:
            text_blocks.append(block)
    parts = [part for block in text_blocks for part in parts_of(block)]
    parts = _begun(parts, within)
    parts, source, taken, said = _without_source(parts)
    byline = byline_of(text_blocks) if source is None else None
    if byline and parts[0].text.strip() == byline:
        taken = [Aside(text=parts[0].text, place=parts[0].place, reason="来源")]
        said = [_byline_remark(byline, parts[0])]
        source, parts = byline, _begun(parts[1:], parts[0].page_ends)
    parts, ornaments = without_ornaments(parts)
    asides += ornaments
    remarks += said
    asides += taken
    piece = Piece(
        title=title,
        entry=entry,
        topic=entry.topic if entry and entry.topic else topic,
        source=source,
        parts=tuple(with_subheadings(parts, text_blocks)),
        page_ends=ends,
        place=lines[0].place,
        remarks=tuple(remarks),
        topics=stated.topics,
        corrections=stated.corrections,
    )
    return piece, asides


def _title(
    heading: Heading, lines: Sequence[Block], entry: Entry | None, *, listed: bool
) -> tuple[str, list[Remark]]:
    """The title as it stands above the text; where that is broken into lines, the 目录 tells
    whether a space stood there."""
    title = without_mark(heading.title)
    lines = [line for line in lines if not is_number_alone(line.text)] or lines
    source = source_at_end(title)
    if entry is None:
        unlisted = Remark(
            key="title",
            message="目录里没有这一篇",
            hint="请看原件，这是不是一篇文章的题名。",
            place=lines[0].place,
        )
        return title, [unlisted] if listed else []
    if titles.words(title) != titles.words(entry.title):
        title = without_number(title, entry.number)
    if titles.words(title) == titles.words(entry.title):
        broken = len(lines) > 1 or "\n" in lines[0].text
        return (entry.title if broken or _less_spaced(title, entry.title) else title), []
    if source and titles.words(title[: source.start]) == titles.words(entry.title):
        return title[: source.start].strip(), []
    return title, [
        Remark(
            key="title",
            message=f"题名在正文里是“{title}”，目录里是“{entry.title}”；按正文写",
            hint="请看原件。题名要照印刷的原样；两处印得不同，可以写一条勘误。",
            place=lines[0].place,
        )
    ]


def _less_spaced(title: str, other: str) -> bool:
    """Does a title lack but spaces between Han and Latin, which a PDF may lose?"""
    return (
        title != other
        and _SPACE_OF_LATIN.sub("", other) == _SPACE_OF_LATIN.sub("", title)
        and (len(other) > len(title))
    )


def _without_source(
    parts: list[Part],
) -> tuple[list[Part], str | None, list[Aside], list[Remark]]:
    """An article's parts without its source, which stands at the end or right under the title."""
    for index in (len(parts) - 1, len(parts) - 2, len(parts) - 3):
        if index < 0 or parts[index].role is not Role.PARAGRAPH:
            continue
        part = parts[index]
        source = source_line(part.text) or source_at_end(part.text)
        if source:
            kept = part.text[: source.start].rstrip()
            moved = parts[index + 1 :]
            if not kept:
                moved = _begun(moved, part.page_ends)
            rest = [*parts[:index], *([_shortened(part, kept)] if kept else []), *moved]
            taken = Aside(text=part.text[source.start :], place=part.place, reason="来源")
            return rest, source.name, [taken], list(_source_remarks(source, part, bool(moved)))
        if len(part.text) > LONGEST_BARE:
            break
    for index, part in enumerate(parts[:2]):
        labelled = source_line(part.text)
        if labelled and not part.text.strip().startswith(("—", "-", "―")):
            taken = Aside(text=part.text, place=part.place, reason="来源")
            rest = [*parts[:index], *_begun(parts[index + 1 :], part.page_ends)]
            return rest, labelled.name, [taken], list(_source_remarks(labelled, part, False))
    opening = _DATELINE.match(parts[0].text) if parts else None
    told = f"；正文开头写着“{opening[0].strip()}”" if opening else ""
    missing = Remark(
        key="title",
        message=f"没有找到这一篇的来源{told}",
        hint="请看原件：有来源就写一行 source: 来源；本来就没有，不用改。",
        place=parts[-1].place if parts else Place(),
    )
    return parts, None, [], [missing]


_DATELINE = re.compile(r"\s*[【（(\[［][^】）)\]］]{2,20}(?:讯|电|消息|报道)[】）)\]］]")


def _begun(parts: Sequence[Part], ends: Sequence[PageEnd]) -> list[Part]:
    """Parts, the first of which begins with the pages that ended in what was taken from above."""
    if not parts or not ends:
        return list(parts)
    at_start = tuple(replace(end, offset=0) for end in ends)
    return [replace(parts[0], page_ends=(*at_start, *parts[0].page_ends)), *parts[1:]]


def _shortened(part: Part, text: str) -> Part:
    ends = tuple(end for end in part.page_ends if end.offset < len(text))
    return replace(part, text=text, page_ends=ends)


def _source_remarks(source: Source, part: Part, followed: bool) -> Iterator[Remark]:
    if source.rest:
        yield Remark(
            key="source",
            text=source.rest,
            message=f"来源旁边还有“{source.rest}”，没有收进来",
            hint="来源只写名称；这些文字如果要保留，请写进 source 或正文。",
            place=part.place,
        )
    elif not source.sure or followed:
        yield Remark(
            key="source",
            message=f"把“{source.name}”当作来源",
            hint="请看原件；不是来源，就放回正文末尾，删去 source 这一行。",
            place=part.place,
        )


def _byline_remark(byline: str, part: Part) -> Remark:
    return Remark(
        key="source",
        text=byline,
        message=f"把题名下面的“{byline}”当作来源",
        hint="请看原件；是副标题或小标题，就放回正文开头，删去 source 这一行。",
        place=part.place,
    )


def is_number_alone(text: str) -> bool:
    """A line that holds nothing but the number of the title below it: `第二篇`."""
    return bool(_NUMBER_ALONE.match(simplified(text.strip())))
