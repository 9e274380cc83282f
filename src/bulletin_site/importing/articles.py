"""A manuscript taken apart: cover, 目录, articles with their paragraphs, and what stands outside of
them. Which paragraphs a page end has cut is not known yet (`pages`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from bulletin_site.importing import titles
from bulletin_site.importing.contents import Contents, find_contents
from bulletin_site.importing.contents_entries import Entry
from bulletin_site.importing.headings import headings_of
from bulletin_site.importing.manuscript import Aside, Block, Kind, Manuscript, PageEnd, aside_of
from bulletin_site.importing.marks import EDITORS_NOTE, ends_sentence, topic_mark, without_mark
from bulletin_site.importing.parts import LONGEST_BARE, LONGEST_SUBHEADING, Part, parts_of
from bulletin_site.importing.pieces import Piece, Remark, is_number_alone, piece_of
from bulletin_site.importing.sources import source_at_end, source_line
from bulletin_site.importing.title_lines import Heading
from bulletin_site.importing.unlisted import headings_without_contents
from bulletin_site.pages.plain_files import NOTE_HEADING
from bulletin_site.search.segment import simplified

_COLOPHON = re.compile(
    r"^\W*(?:报送|抄送|抄报|分送|发送|报|送|发|主编|副主编|责任编辑|责编|编辑|编审|审核|审稿|签发|核稿|校对"
    r"|印数|印发|主办单位|主办|承办|编印|共印|版权|准印证号?)\s*[:：]|^\W*[(（]?共印\s*\d+\s*份"
)
_NOTE = re.compile(rf"^\W*(?:{EDITORS_NOTE}|导语|前言)\W*")
_LATE = 0.6
_LONGEST_TOPIC = 14


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
    named = _topic_headings(blocks, headings)
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
    above: tuple[Block, ...] = ()
    carried: tuple[PageEnd, ...] = ()
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.first if following else len(blocks)
        if heading in named:
            lines = blocks[heading.first : end]
            asides += [aside_of(block, "栏目", sure=True) for block in lines]
            topic, above = named[heading], (*above, *lines)
            continue
        own, announced = _without_topics(blocks[heading.end : end], topics)
        asides += [aside_of(block, "栏目", sure=True) for block in announced]
        if following is None:
            own, tail = _without_colophon(own)
            tail += after
        entry = entries[heading.entry] if heading.entry is not None else None
        piece, left = piece_of(blocks, heading, own, entry, topic, listed=bool(contents))
        # A page that begins with a topic begins with the article below it.
        begun = tuple(end for block in above for end in block.page_ends)
        piece = replace(piece, page_ends=(*carried, *begun, *piece.page_ends))
        carried = _dropped_page_ends(piece, own)
        if heading in moved:
            piece = replace(piece, remarks=(*piece.remarks, *_moved(piece)))
        pieces.append(piece)
        asides += left
        topic = next((_topic(block, topics) for block in announced), None) or topic
        above = announced
    return Division(
        front=tuple(front),
        contents=contents,
        note=tuple(note),
        pieces=tuple(pieces),
        tail=tail,
        asides=tuple(asides),
        remarks=tuple(remarks),
    )


def _dropped_page_ends(piece: Piece, own: Sequence[Block]) -> tuple[PageEnd, ...]:
    """The ends of pages in those of an article's blocks that are no text of it: a page that begins
    with its source goes on with the next article."""
    kept = {end.page for end in piece.page_ends}
    kept |= {end.page for part in piece.parts for end in part.page_ends}
    return tuple(end for block in own for end in block.page_ends if end.page not in kept)


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


def _with_number_above(blocks: Sequence[Block], start: int, heading: Heading) -> Heading:
    """A heading with the line above it that holds only its number."""
    above = heading.first - 1
    if above >= start and is_number_alone(blocks[above].text):
        return replace(heading, first=above)
    return heading


def _topic_headings(blocks: Sequence[Block], headings: Sequence[Heading]) -> dict[Heading, str]:
    """Those headings that are topics: short, and no text but the next heading follows."""
    named: dict[Heading, str] = {}
    for heading, following in pairwise(headings):
        title = without_mark(heading.title)
        text = blocks[heading.end : following.first]
        if not any(block.text.strip() for block in text) and len(title) <= _LONGEST_TOPIC:
            named[heading] = title
    return named


def _between(
    blocks: Sequence[Block], topics: set[str]
) -> tuple[list[Part], list[Aside], str | None]:
    """What stands between 目录 and first heading: the editor's note, other lines, and the topic of
    what follows."""
    note: list[Part] = []
    asides: list[Aside] = []
    topic: str | None = None
    in_note = headed = False
    for block in blocks:
        name = _topic(block, topics)
        if name:
            topic = name
            asides.append(aside_of(block, "栏目", sure=True))
        elif block.text.strip() == NOTE_HEADING:
            in_note = headed = True
            asides.append(aside_of(block, "编者说明的标题", sure=True))
        elif headed or _NOTE.match(block.text) or (in_note and len(block.text) > LONGEST_BARE):
            in_note = True
            note += parts_of(block)
        elif block.text.strip():
            asides.append(aside_of(block, "目录和第一篇之间的文字", sure=False))
    return note, asides, topic


def _topic(block: Block, topics: set[str]) -> str | None:
    """The topic that a line of the text announces: one of the 目录's, or in its brackets."""
    if block.kind is not Kind.TEXT or len(block.text) > LONGEST_BARE:
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
        if _COLOPHON.match(text) or (ended and len(text) <= LONGEST_SUBHEADING):
            return tuple(blocks[:index]), tuple(blocks[index:])
        source = source_at_end(block.text) or source_line(block.text)
        # One right under the title ends nothing.
        ended = ended or (begun and source is not None and block.kind is Kind.TEXT)
    return tuple(blocks), ()
