"""Articles that no 目录 lists: their headings by how they look, how they count, and what stands
around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from statistics import median

from bulletin_site.importing.manuscript import Alignment, Block, Kind
from bulletin_site.importing.marks import (
    ends_sentence,
    number_mark,
    page_number,
    topic_mark,
)
from bulletin_site.importing.sources import source_at_end, source_line
from bulletin_site.importing.title_lines import Heading, is_short, joined_title

_REMARK = re.compile(r"\s*[（(][^（()）]*[）)]\s*$")
_FIELDS = re.compile(r"[\s>]*(?:\d{4}\s*[-./年]|\w{1,4}\s*[:：])")


def unlisted_headings(blocks: Sequence[Block], known: Sequence[Heading]) -> list[Heading]:
    """Headings that the 目录 leaves out: they look like the known ones, follow a text that ended
    with its source, or bear the number that is missing between two known ones."""
    if len(known) < 2:
        return []
    looks = {_look(blocks[heading.first]) for heading in known}
    marks = [number_mark(_numbered(blocks[heading.first])) for heading in known]
    style = marks[0].style if marks[0] else None
    if any((mark.style if mark else None) != style for mark in marks):
        style = None
    taken = {i for heading in known for i in range(heading.first, heading.end)}
    found = []
    for index in range(known[0].first, len(blocks)):
        block = blocks[index]
        if index in taken or not is_short(block) or ends_sentence(block.text):
            continue
        if _REMARK.match(block.text):
            continue
        mark = number_mark(_numbered(block))
        follows_source = _ends_article(blocks, index)
        counted = (
            style is not None
            and mark is not None
            and mark.style == style
            and _fits(mark.number, index, known, blocks)
        )
        alike = _look(block) in looks and _is_marked(block)
        bare = (
            style is None and follows_source and (alike or not _is_marked(blocks[known[0].first]))
        )
        is_one = (counted and (follows_source or alike)) or (alike and follows_source) or bare
        if is_one and topic_mark(block.text) is None and source_line(block.text) is None:
            title = joined_title(blocks[index : index + 1])
            found.append(Heading(first=index, end=index + 1, title=title, likeness=0.0))
    return [heading for heading in found if _has_text(blocks, heading, known, found)]


def first_unlisted_heading(
    blocks: Sequence[Block], start: int, known: Sequence[Heading]
) -> Iterator[Heading]:
    """An article before the first known one: a short line above text that ends with a source."""
    first = min((heading.first for heading in known), default=start)
    if first <= start or not _ends_article(blocks, first):
        return
    for index in range(start, first - 1):
        if is_short(blocks[index]) and topic_mark(blocks[index].text) is None:
            text = blocks[index + 1]
            if text.kind is Kind.TEXT and ends_sentence(text.text):
                title = joined_title(blocks[index : index + 1])
                yield Heading(first=index, end=index + 1, title=title, likeness=0.0)
                return


def _has_text(
    blocks: Sequence[Block],
    heading: Heading,
    known: Sequence[Heading],
    found: Sequence[Heading],
) -> bool:
    """Does a paragraph follow before the next heading?"""
    starts = {other.first for other in (*known, *found)}
    following = heading.end
    return (
        following < len(blocks)
        and following not in starts
        and any(
            ends_sentence(block.text) or source_at_end(block.text)
            for block in blocks[following : following + 2]
        )
    )


def _numbered(block: Block) -> str:
    return block.number + block.text


def _fits(number: int, index: int, known: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Is this the number between those of the headings around it?"""
    before = [h for h in known if h.first < index]
    after = [h for h in known if h.first > index]
    low = number_mark(_numbered(blocks[before[-1].first])) if before else None
    high = number_mark(_numbered(blocks[after[0].first])) if after else None
    return (low.number if low else 0) < number and (high is None or number < high.number)


def _ends_article(blocks: Sequence[Block], index: int) -> bool:
    """Does the text before `blocks[index]` end with a source?"""
    for before in range(index - 1, max(index - 4, -1), -1):
        text = blocks[before].text
        if not text.strip() or page_number(text) is not None or topic_mark(text):
            continue
        return source_at_end(text) is not None or source_line(text) is not None
    return False


def _look(block: Block) -> tuple[int | None, bool, Alignment, float | None]:
    return block.level, block.bold, block.alignment, block.size


def _is_marked(block: Block) -> bool:
    """Does its look part a heading from text?"""
    return block.level is not None or block.bold or block.alignment is Alignment.CENTRE


def headings_without_contents(blocks: Sequence[Block], start: int) -> list[Heading]:
    """The headings of a file without a 目录. Every way in which lines can be alike (a style, a kind
    of number, bold or centred or large type) is a guess; the best one parts texts of which most end
    with a source, and counts without gap from one."""
    body = median([b.size for b in blocks[start:] if b.size and len(b.text) > 60] or [0])
    guesses: list[list[int]] = []
    for feature in (_by_level, _by_number, _by_look, _by_size(body)):
        groups: dict[Hashable, list[int]] = {}
        for index in range(start, len(blocks)):
            block = blocks[index]
            if is_short(block) and topic_mark(block.text) is None:
                sign = feature(block)
                if sign is not None:
                    groups.setdefault(sign, []).append(index)
        guesses += groups.values()
    guesses.append(
        [
            index
            for index in range(start, len(blocks))
            if is_short(blocks[index])
            and topic_mark(blocks[index].text) is None
            and source_line(blocks[index].text) is None
            and not ends_sentence(blocks[index].text)
            and _ends_article(blocks, index)
        ]
    )
    guesses = [_with_first(blocks, start, guess) for guess in guesses if guess]
    best = max(guesses, key=lambda guess: _worth(blocks, guess), default=[])
    return list(_merged(blocks, best))


def _by_level(block: Block) -> Hashable:
    return ("level", block.level) if block.level is not None else None


def _by_number(block: Block) -> Hashable:
    mark = number_mark(_numbered(block))
    return ("number", mark.style) if mark and not block.text.rstrip().endswith("。") else None


def _by_look(block: Block) -> Hashable:
    return ("look", _look(block)) if _is_marked(block) and not ends_sentence(block.text) else None


def _by_size(body: float) -> Callable[[Block], Hashable]:
    def sign(block: Block) -> Hashable:
        return ("size", block.size) if body and block.size and block.size > body + 0.5 else None

    return sign


def _with_first(blocks: Sequence[Block], start: int, guess: list[int]) -> list[int]:
    """A guess that begins after the first article's heading, where texts end with a source: the
    first heading is then the last short line before the first text."""
    texts = [i for i in range(start, guess[0]) if ends_sentence(blocks[i].text)]
    if not texts or not texts[0]:
        return guess
    first = texts[0] - 1
    usable = first >= start and is_short(blocks[first]) and not topic_mark(blocks[first].text)
    return [first, *guess] if usable and _ends_article(blocks, guess[0]) else guess


def _worth(blocks: Sequence[Block], guess: Sequence[int]) -> float:
    """How well a guess parts the text: a point for each article that ends with a source, half a
    point off for one that does not, and for one without text; numbers that count well add."""
    total = 0.0
    for index, following in zip(guess, [*guess[1:], len(blocks)], strict=True):
        text = [block for block in blocks[index + 1 : following] if block.text.strip()]
        if not text:
            total -= 0.5
            continue
        sourced = _ends_article(blocks, following) or _begins_with_source(text)
        total += 1 if sourced else -0.5
    numbers = [m.number for i in guess if (m := number_mark(_numbered(blocks[i])))]
    if numbers and numbers == list(range(1, len(numbers) + 1)) and len(numbers) == len(guess):
        total += 2 if len(numbers) > 1 else 0.5
    elif numbers and len(numbers) == len(guess):
        total -= 1
    if all(_is_marked(blocks[i]) for i in guess):
        total += 0.5
    return total


def _begins_with_source(text: Sequence[Block]) -> bool:
    """Does a labelled source stand right under the title?"""
    return any(_FIELDS.match(block.text) and source_line(block.text) for block in text[:2])


def _merged(blocks: Sequence[Block], guess: Sequence[int]) -> Iterator[Heading]:
    """Headings, those on neighbouring lines as one."""
    group: list[int] = []
    for index in [*guess, -1]:
        joins = group and index == group[-1] + 1 and not number_mark(_numbered(blocks[index]))
        if group and not joins:
            yield Heading(
                first=group[0],
                end=group[-1] + 1,
                title=joined_title(blocks[group[0] : group[-1] + 1]),
                likeness=0.0,
            )
            group = []
        if index >= 0:
            group.append(index)
