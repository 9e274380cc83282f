"""What an issue that this program wrote as a text file (`pages.plain_files`) states of an article
besides its text: topics in a line below the title, corrections after the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_site.content.model import Correction
from bulletin_site.importing.manuscript import Aside, Block, Kind, aside_of
from bulletin_site.pages.plain_files import TOPICS_LABEL

_CORRECTION = re.compile(
    r"^勘误（(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日）：\s*(?P<text>\S.*)$"
)
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Names of topics as they stand there, and the corrections."""

    topics: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


def stated_in(blocks: Sequence[Block]) -> tuple[list[Block], Stated, list[Aside]]:
    """An article's blocks without such lines, what they say, and the lines."""
    rest = list(blocks)
    asides: list[Aside] = []
    topics: tuple[str, ...] = ()
    if len(rest) > 1 and _names_topics(rest[0]):
        topics = tuple(rest[0].text.strip().removeprefix(TOPICS_LABEL).split("、"))
        asides.append(aside_of(rest.pop(0), "主题", sure=True))
    corrections: list[Correction] = []
    while len(rest) > 1 and (correction := _correction(rest[-1])):
        corrections.insert(0, correction)
        asides.append(aside_of(rest.pop(), "勘误", sure=True))
    return rest, Stated(topics=topics, corrections=tuple(corrections)), asides


def _names_topics(block: Block) -> bool:
    text = block.text.strip()
    named = text.startswith(TOPICS_LABEL) and len(text) > len(TOPICS_LABEL)
    short = len(text) <= _LONGEST and not re.search("[。；！？]", text)
    return block.kind is Kind.TEXT and named and short and not block.page_ends


def _correction(block: Block) -> Correction | None:
    found = _CORRECTION.match(block.text.strip())
    if not found or block.page_ends:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Correction(date=day, text=found["text"])
