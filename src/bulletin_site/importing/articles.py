"""A manuscript taken apart: cover, 目录, articles with their paragraphs, and what stands outside of
them. Which paragraphs a page end has cut is not known yet (`pages`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise, zip_longest

from bulletin_site.importing import titles
from bulletin_site.importing.contents import Contents, Entry, find_contents
from bulletin_site.importing.headings import (
    Heading,
    headings_of,
    headings_without_contents,
    without_number,
)
from bulletin_site.importing.manuscript import (
    Alignment,
    Aside,
    Block,
    Kind,
    Manuscript,
    PageEnd,
    Place,
)
from bulletin_site.importing.marks import (
    HAN_NUMBER,
    ends_sentence,
    is_open,
    number_mark,
    topic_mark,
    without_bullet,
    without_mark,
)
from bulletin_site.importing.sources import Source, source_at_end, source_line
from bulletin_site.search.segment import simplified

_COLOPHON = re.compile(
    r"^\W*(?:报送|抄送|抄报|分送|发送|报|送|发|主编|副主编|责任编辑|责编|编辑|编审|审核|审稿|签发|核稿|校对"
    r"|印数|印发|主办单位|主办|承办|编印|共印|版权|准印证号?)\s*[:：]|^\W*[(（]?共印\s*\d+\s*份"
)
_NOTE = re.compile(r"^\W*(?:编者按|编者的话|编者注|编辑按|按语|卷首语|导语|前言)\W*")
_LATE = 0.6
_LONGEST_SUBHEADING = 40
_LONGEST_BARE = 30


_NOWHERE = Place()


class Role(Enum):
    """What a part of an article is."""

    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, subheading or table of an article. `page_ends`: pages of the file that end in
    it, by offset. `sure`: its role is."""

    text: str
    role: Role
    place: Place
    page_ends: tuple[PageEnd, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    indented: bool = False
    whole: bool = True
    sure: bool = True


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
    """An article as it was found. `page_ends` of its heading. `entry`: its line of the 目录."""

    title: str
    entry: Entry | None
    topic: str | None
    source: str | None
    parts: tuple[Part, ...]
    page_ends: tuple[PageEnd, ...]
    place: Place
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The whole file. `front`: the blocks of its cover; `note`: the editor's note before the first
    article; `tail`: what follows the last one; `remarks` concern the issue."""

    front: tuple[Block, ...]
    contents: Contents | None
    note: tuple[Part, ...]
    pieces: tuple[Piece, ...]
    tail: tuple[Block, ...]
    asides: tuple[Aside, ...]
    remarks: tuple[Remark, ...]


def divide(manuscript: Manuscript) -> Division:
    """Take a manuscript apart. Without any heading there is no piece."""
    blocks = manuscript.blocks
    contents = find_contents(blocks)
    start = contents.end if contents else 0
    after: tuple[Block, ...] = ()
    if contents and contents.first > _LATE * len(blocks):  # the 目录 stands at the end
        blocks, after, start = blocks[: contents.first], blocks[contents.end :], 0
    entries = contents.entries if contents else ()
    headings = headings_of(blocks, start, entries) if contents else []
    remarks = list(_missing(entries, headings))
    if not headings:
        headings = headings_without_contents(blocks, start)
        remarks += _guessed(contents, headings)
    headings = [_with_number_above(blocks, start, heading) for heading in headings]
    moved = _out_of_order(headings)
    topics = {titles.words(t) for t in contents.topics} if contents else set()
    first = headings[0].first if headings else 0
    if start:
        front = blocks[: contents.first if contents else 0]
    else:
        front = _without_topics(blocks[:first], topics)[0]
        start = len(front)
    between = blocks[start:first]
    note, asides, topic = _between(between, topics)
    pieces: list[Piece] = []
    tail: tuple[Block, ...] = ()
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.first if following else len(blocks)
        own, announced = _without_topics(blocks[heading.end : end], topics)
        asides += [_aside(block, "栏目", sure=True) for block in announced]
        if following is None:
            own, tail = _without_colophon(own)
            tail += after
        entry = entries[heading.entry] if heading.entry is not None else None
        piece, left = _piece(blocks, heading, own, entry, topic, listed=bool(contents))
        if heading in moved:
            piece = replace(piece, remarks=(*piece.remarks, *_moved(piece)))
        pieces.append(piece)
        asides += left
        topic = next((_topic(block, topics) for block in announced), None) or topic
    return Division(
        front=tuple(front),
        contents=contents,
        note=tuple(note),
        pieces=tuple(pieces),
        tail=tail,
        asides=tuple(asides),
        remarks=tuple(remarks),
    )


def _missing(entries: Sequence[Entry], headings: Sequence[Heading]) -> Iterator[Remark]:
    found = {heading.entry for heading in headings}
    for index, entry in enumerate(entries):
        if index not in found:
            yield Remark(
                message=f"目录里有“{entry.title}”，正文里没有找到这一篇",
                hint="请看原件：如果正文里有，请把它单独存成一篇，后面的文件名依次顺延。",
                place=entry.place,
            )


def _guessed(contents: Contents | None, headings: Sequence[Heading]) -> Iterator[Remark]:
    if headings:
        why = "目录里的题名在正文里都没有找到" if contents else "没有找到目录"
        yield Remark(
            message=f"{why}，按编号和样子认出了 {len(headings)} 篇文章",
            hint="请核对篇数、题名和页码，看有没有把小标题当成题名，或漏了一篇。",
        )


def _out_of_order(headings: Sequence[Heading]) -> set[Heading]:
    """The headings that stand in another order than in the 目录, on both sides of the change."""
    listed = [heading for heading in headings if heading.entry is not None]
    moved: set[Heading] = set()
    for before, heading in pairwise(listed):
        if (heading.entry or 0) < (before.entry or 0):
            moved |= {before, heading}
    return moved


def _moved(piece: Piece) -> Iterator[Remark]:
    yield Remark(
        key="title",
        message="这一篇的题名在目录里的次序与正文不同，按正文的次序排",
        hint="请核对原件，看文章次序和页码。",
        place=piece.place,
    )
    yield Remark(
        key="page",
        message="目录的次序与正文不同，这一篇的页码和分页要核对",
        hint="请看原件这一篇从哪一页开始。",
        place=piece.place,
    )
    if piece.topic:
        yield Remark(
            key="topics",
            message=f"目录的次序与正文不同，栏目“{piece.topic}”要核对",
            hint="请看原件这一篇属于哪个栏目。",
            place=piece.place,
        )


_NUMBER_ALONE = re.compile(rf"^\W*(?:第\s*)?(?:[{HAN_NUMBER}]{{1,3}}|\d{{1,2}})\s*[篇条则项]?\W*$")


def _with_number_above(blocks: Sequence[Block], start: int, heading: Heading) -> Heading:
    """A heading with the line above it that holds only its number."""
    above = heading.first - 1
    if above >= start and _NUMBER_ALONE.match(simplified(blocks[above].text.strip())):
        return replace(heading, first=above)
    return heading


def _between(
    blocks: Sequence[Block], topics: set[str]
) -> tuple[list[Part], list[Aside], str | None]:
    """What stands between 目录 and first heading: the editor's note, other lines, and the topic of
    what follows."""
    note: list[Part] = []
    asides: list[Aside] = []
    topic: str | None = None
    in_note = False
    for block in blocks:
        name = _topic(block, topics)
        if name:
            topic = name
            asides.append(_aside(block, "栏目", sure=True))
        elif _NOTE.match(block.text) or (in_note and len(block.text) > _LONGEST_BARE):
            in_note = True
            note += _parts(block)
        elif block.text.strip():
            asides.append(_aside(block, "目录和第一篇之间的文字", sure=False))
    return note, asides, topic


def _topic(block: Block, topics: set[str]) -> str | None:
    """The topic that a line of the text announces: one of the 目录's, or in its brackets."""
    if block.kind is not Kind.TEXT or len(block.text) > _LONGEST_BARE:
        return None
    marked = topic_mark(block.text)
    bare = without_mark(block.text)
    if titles.words(bare) in topics:
        return bare
    if marked and (not topics or titles.words(marked) in topics):
        return marked
    return None


def _without_topics(
    blocks: Sequence[Block], topics: set[str]
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """An article's blocks, and those after them that announce the topic of the next article."""
    end = len(blocks)
    while end and (not blocks[end - 1].text.strip() or _announces(blocks, end - 1, topics)):
        end -= 1
    return tuple(blocks[:end]), tuple(block for block in blocks[end:] if block.text.strip())


def _announces(blocks: Sequence[Block], index: int, topics: set[str]) -> bool:
    """Is a block the topic above the next article? One that the 目录 does not have may as well be
    the source: it is a topic only after a source."""
    block = blocks[index]
    if _topic(block, topics) is None:
        return False
    if titles.words(without_mark(block.text)) in topics:
        return True
    before = blocks[index - 1].text if index else ""
    return source_at_end(before) is not None or source_line(before) is not None


def _without_colophon(
    blocks: Sequence[Block],
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The last article's blocks, and what follows them at the end of the issue: from a line on
    that only an imprint has, or that follows the article's source."""
    ended = begun = False
    for index, block in enumerate(blocks):
        text = simplified(block.text)
        begun = begun or ends_sentence(text)
        if _COLOPHON.match(text) or (ended and len(text) <= _LONGEST_SUBHEADING):
            return tuple(blocks[:index]), tuple(blocks[index:])
        source = source_at_end(block.text) or source_line(block.text)
        # One right under the title ends nothing.
        ended = ended or (begun and source is not None and block.kind is Kind.TEXT)
    return tuple(blocks), ()


def _aside(block: Block, reason: str, *, sure: bool) -> Aside:
    return Aside(text=block.text, place=block.place, reason=reason, sure=sure)


def _piece(
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
    ends = tuple(end for block in lines for end in block.page_ends)
    if heading.text_at is not None:
        rest = lines[-1].text[heading.text_at :]
        own = (replace(lines[-1], text=rest, number="", page_ends=(), level=None, bold=False), *own)
    raw = "\n".join(block.number + block.text for block in lines)
    raw = raw[: len(raw) - len(lines[-1].text) + heading.text_at] if heading.text_at else raw
    asides = [Aside(text=raw, place=lines[0].place, reason="题名", sure=True)]
    text_blocks: list[Block] = []
    for block in own:
        if block.kind is Kind.PICTURE:
            asides.append(_aside(block, "图片", sure=True))
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
    parts = [part for block in text_blocks for part in _parts(block)]
    parts, source, taken, said = _without_source(parts)
    parts, ornaments = _without_ornaments(parts)
    asides += ornaments
    remarks += said
    asides += taken
    piece = Piece(
        title=title,
        entry=entry,
        topic=entry.topic if entry and entry.topic else topic,
        source=source,
        parts=tuple(_with_subheadings(parts, text_blocks)),
        page_ends=ends,
        place=lines[0].place,
        remarks=tuple(remark for remark in remarks),
    )
    return piece, asides


_SPACE_OF_LATIN = re.compile(r"(?<=[!-~]) (?=[^!-~\s])|(?<=[^!-~\s]) (?=[!-~])")


def _less_spaced(title: str, other: str) -> bool:
    """Does a title lack but spaces between Han and Latin, which a PDF may lose?"""
    return (
        title != other
        and _SPACE_OF_LATIN.sub("", other) == _SPACE_OF_LATIN.sub("", title)
        and (len(other) > len(title))
    )


def _title(
    heading: Heading, lines: Sequence[Block], entry: Entry | None, *, listed: bool
) -> tuple[str, list[Remark]]:
    """The title as it stands above the text; where that is broken into lines, the 目录 tells
    whether a space stood there."""
    title = without_mark(heading.title)
    lines = [line for line in lines if not _NUMBER_ALONE.match(simplified(line.text.strip()))]
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


def _parts(block: Block) -> Iterator[Part]:
    """A block as parts: each of its lines is a paragraph."""
    if block.kind is Kind.TABLE:
        yield Part(
            text=block.text,
            role=Role.TABLE,
            place=block.place,
            page_ends=block.page_ends,
            rows=block.rows,
        )
        return
    role = Role.NOTE if block.kind is Kind.NOTE else Role.PARAGRAPH
    number = block.number
    position = 0
    for line in block.text.split("\n"):
        lead = len(line) - len(line.lstrip())
        text = number + line.strip()
        shift = position + lead - len(number)
        if text:
            last = position + len(line) >= len(block.text)
            ends = tuple(
                PageEnd(offset=min(max(end.offset - shift, 0), len(text)), page=end.page)
                for end in block.page_ends
                if position <= end.offset <= position + len(line)
                and (end.offset > position or position == 0 or not last)
            )
            yield Part(
                text=text,
                role=role,
                place=block.place,
                page_ends=ends,
                indented=block.indented or lead > 0,
                whole=block.whole,
            )
            number = ""
        position += len(line) + 1


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
            rest = [*parts[:index], *([_shortened(part, kept)] if kept else []), *moved]
            taken = Aside(text=part.text[source.start :], place=part.place, reason="来源")
            return rest, source.name, [taken], list(_source_remarks(source, part, bool(moved)))
        if len(part.text) > _LONGEST_BARE:
            break
    for index, part in enumerate(parts[:2]):
        labelled = source_line(part.text)
        if labelled and not part.text.strip().startswith(("—", "-", "―")):
            taken = Aside(text=part.text, place=part.place, reason="来源")
            rest = [*parts[:index], *parts[index + 1 :]]
            return rest, labelled.name, [taken], list(_source_remarks(labelled, part, False))
    missing = Remark(
        key="title",
        message="没有找到这一篇的来源",
        hint="请看原件：有来源就写一行 source: 来源；本来就没有，不用改。",
        place=parts[-1].place if parts else Place(),
    )
    return parts, None, [], [missing]


_ORNAMENT = re.compile(r"^[◆■●▲★※◇□○◎►▶•✦☆△▽♦❖➢➤]")


def _without_ornaments(parts: Sequence[Part]) -> tuple[list[Part], list[Aside]]:
    """Subheadings by their ornament (`◆ 建设情况`), and the ornaments."""
    found: list[Part] = []
    asides: list[Aside] = []
    for part in parts:
        text = without_bullet(part.text)
        short = len(text) <= _LONGEST_SUBHEADING and not ends_sentence(text)
        if _ORNAMENT.match(part.text) and short and part.role is Role.PARAGRAPH:
            ornament = part.text[: len(part.text) - len(text)]
            asides.append(Aside(text=ornament.strip(), place=part.place, reason="小标题前的记号"))
            # Right below the title it may be the author as well.
            found.append(replace(part, text=text, role=Role.SUBHEADING, sure=bool(found)))
        else:
            found.append(part)
    return found, asides


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


def _with_subheadings(parts: Sequence[Part], blocks: Sequence[Block]) -> Iterator[Part]:
    """The parts, each short line that stands above text as a subheading."""
    looks = {(block.place, (block.number + block.text).strip()): block for block in blocks}
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        before = parts[index - 1] if index else None
        block = looks.get((part.place, part.text))
        sure = _subheading(part, block, before, following)
        if sure is None:
            yield part
        else:
            yield replace(part, role=Role.SUBHEADING, sure=sure)


def _subheading(
    part: Part, block: Block | None, before: Part | None, following: Part | None
) -> bool | None:
    """Is a part a subheading, and is that sure? `None`: it is none."""
    text = part.text
    if part.role is not Role.PARAGRAPH or following is None or len(text) > _LONGEST_SUBHEADING:
        return None
    if text.endswith(("。", "；", "，", "：", ";", ",", ":", "、", "……", "）", ")")) or is_open(
        text
    ):
        return None
    if block and (block.level is not None or block.bold):
        return True
    if before and not ends_sentence(before.text) and before.role is Role.PARAGRAPH:
        return None
    if block and block.alignment is Alignment.CENTRE:
        return True
    above_text = len(following.text) > len(text) and following.role is Role.PARAGRAPH
    if not above_text or number_mark(following.text) or ends_sentence(text):
        return None
    if number_mark(text):
        return bool(re.match(r"[（(]?[一二三四五六七八九十]", text))
    if len(text) <= _LONGEST_BARE and not re.search("[，。；、！]", text):
        return len(following.text) > _LONGEST_SUBHEADING
    return None
