"""What an article is made of: paragraphs, subheadings, tables and notes, told by how they look and
by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bulletin_site.importing.manuscript import Alignment, Aside, Block, Kind, PageEnd, Place
from bulletin_site.importing.marks import (
    ORNAMENTS,
    ends_sentence,
    is_open,
    number_mark,
    without_bullet,
)

LONGEST_SUBHEADING = 40
LONGEST_BARE = 30
"""Characters of a subheading, and of one that nothing but its shortness shows."""

_ORNAMENT = re.compile(rf"^[{ORNAMENTS}▽♦❖➢➤]")


class Role(Enum):
    """What a part of an article is."""

    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, subheading or table of an article. `page_ends`: pages of the file that end in
    it, by offset. `whole`: its ends are known. `sure`: its role is."""

    text: str
    role: Role
    place: Place
    page_ends: tuple[PageEnd, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    whole: bool = True
    sure: bool = True


def parts_of(block: Block) -> Iterator[Part]:
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
                whole=block.whole,
            )
            number = ""
        position += len(line) + 1


def without_ornaments(parts: Sequence[Part]) -> tuple[list[Part], list[Aside]]:
    """Subheadings by their ornament (`◆ 建设情况`), and the ornaments."""
    found: list[Part] = []
    asides: list[Aside] = []
    for part in parts:
        text = without_bullet(part.text)
        short = len(text) <= LONGEST_SUBHEADING and not ends_sentence(text)
        if _ORNAMENT.match(part.text) and short and part.role is Role.PARAGRAPH:
            ornament = part.text[: len(part.text) - len(text)]
            asides.append(Aside(text=ornament.strip(), place=part.place, reason="小标题前的记号"))
            # Right below the title it may be the author as well.
            found.append(replace(part, text=text, role=Role.SUBHEADING, sure=bool(found)))
        else:
            found.append(part)
    return found, asides


def with_subheadings(parts: Sequence[Part], blocks: Sequence[Block]) -> Iterator[Part]:
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
    if part.role is not Role.PARAGRAPH or following is None or len(text) > LONGEST_SUBHEADING:
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
    if len(text) <= LONGEST_BARE and not re.search("[，。；、！]", text):
        return len(following.text) > LONGEST_SUBHEADING
    return None
