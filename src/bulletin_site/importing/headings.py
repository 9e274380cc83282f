"""Where each article begins: the titles of the 目录 found again above the text; without a 目录, the
lines that look and count alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_site.importing import titles
from bulletin_site.importing.contents_entries import Entry
from bulletin_site.importing.manuscript import Block
from bulletin_site.importing.marks import (
    number_mark,
)
from bulletin_site.importing.title_lines import Heading, title_lines
from bulletin_site.importing.unlisted import first_unlisted_heading, unlisted_headings

_ALIKE = 0.72
_RUN_IN = 6
_MOST_ENTRIES = 300
"""With more it is no 目录 of such a bulletin, and not worth the time of looking for slips."""


def headings_of(blocks: Sequence[Block], start: int, entries: Sequence[Entry]) -> list[Heading]:
    """The heading of every entry that has one from `blocks[start]` on, in the order of the text:
    first as many as keep the order of the 目录, then those that stand elsewhere. Last come headings
    that look like the others and are in no 目录."""
    found = list(_candidates(blocks, start, entries))
    chosen = _in_order(found)
    taken = {heading.entry for heading in chosen}
    for heading in sorted(found, key=lambda h: (-h.likeness, h.first)):
        free = all(heading.end <= other.first or heading.first >= other.end for other in chosen)
        if heading.entry not in taken and free and heading.likeness >= 1:
            chosen.append(heading)
            taken.add(heading.entry)
    chosen.sort(key=lambda heading: heading.first)
    chosen += unlisted_headings(blocks, chosen)
    chosen += first_unlisted_heading(blocks, start, chosen)
    return sorted(chosen, key=lambda heading: heading.first)


def _candidates(blocks: Sequence[Block], start: int, entries: Sequence[Entry]) -> Iterator[Heading]:
    """The lines that may be an entry's heading: those with its words; where there are none, those
    nearly like it; and paragraphs that begin with it."""
    keys = [titles.words(entry.title) for entry in entries]
    lines = list(title_lines(blocks, start))
    exact: dict[str, list[int]] = {}
    for entry, key in enumerate(keys):
        exact.setdefault(key, []).append(entry)
    found: set[int] = set()
    for line in lines:
        same = {entry for key in line.keys for entry in exact.get(key, ())}
        same |= {e for e in exact.get(line.rest, ()) if entries[e].number == line.number}
        found |= same
        for entry in sorted(same):
            yield line.heading(entry, 1.0)
    missing = [entry for entry in range(len(entries)) if entry not in found]
    for entry in missing if len(entries) <= _MOST_ENTRIES else ():
        for line in lines:
            asked = {*line.keys, line.rest if entries[entry].number == line.number else ""}
            likeness = max(titles.likeness(keys[entry], mine) for mine in asked)
            if likeness >= _ALIKE:
                yield line.heading(entry, likeness)
    if len(entries) <= _MOST_ENTRIES:
        for index in range(start, len(blocks)):
            yield from _run_in(blocks, index, keys)


def _run_in(blocks: Sequence[Block], index: int, keys: Sequence[str]) -> Iterator[Heading]:
    """A title with which a paragraph begins."""
    text = blocks[index].text
    mark = number_mark(text)
    start = mark.length if mark else 0
    mine = titles.words(text[start : start + 2 * titles.LONGEST])
    for entry, key in enumerate(keys):
        if len(key) >= _RUN_IN and mine.startswith(key) and len(mine) > len(key) + 10:
            end = _after_words(text, start, len(key))
            yield Heading(
                first=index,
                end=index + 1,
                title=text[:end].strip(),
                likeness=0.9,
                entry=entry,
                text_at=end,
            )


def _after_words(text: str, start: int, count: int) -> int:
    """Where the first `count` letters and Han characters from `start` on end, closing marks
    included."""
    position = start
    while position < len(text) and len(titles.words(text[start:position])) < count:
        position += 1
    while position < len(text) and text[position] in "】》”』」）)。：: \u3000\n":
        position += 1
    return position


def _in_order(found: Sequence[Heading]) -> list[Heading]:
    """Of the candidates those that follow one another as in the 目录 and are most alike to it in
    all (longest increasing chain by weight)."""
    ordered = sorted(found, key=lambda heading: (heading.first, heading.end))
    ended = sorted(range(len(ordered)), key=lambda position: ordered[position].end)
    entries = 1 + max((heading.entry or 0 for heading in ordered), default=0)
    totals: list[float] = [0.0] * len(ordered)
    before: list[int | None] = [None] * len(ordered)
    # The best chain that ends with an entry below each one: a Fenwick tree of prefix maxima.
    tree: list[int | None] = [None] * (entries + 1)
    done = 0
    for position, heading in enumerate(ordered):
        while done < len(ended) and ordered[ended[done]].end <= heading.first:
            place = (ordered[ended[done]].entry or 0) + 1
            while place <= entries:
                best = tree[place]
                if best is None or totals[ended[done]] > totals[best]:
                    tree[place] = ended[done]
                place += place & -place
            done += 1
        place, link = heading.entry or 0, None
        while place:
            best = tree[place]
            if best is not None and (link is None or totals[best] > totals[link]):
                link = best
            place -= place & -place
        # Of two that are as alike, one line rather than two.
        worth = heading.likeness - 0.001 * (heading.end - heading.first)
        totals[position] = worth + (totals[link] if link is not None else 0.0)
        before[position] = link
    chain: list[Heading] = []
    last = max(range(len(totals)), key=totals.__getitem__, default=None)
    while last is not None:
        chain.append(ordered[last])
        last = before[last]
    return chain[::-1]
