"""Small finished values that several pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin_site.content.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere; `href` is relative to the page that shows it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date for people and for machines: 2014年5月9日, `2014-05-09`."""

    text: str
    machine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """What was wrong in print, said on a day."""

    day: Day
    text: str


def day(value: date) -> Day:
    return Day(text=f"{value.year}年{value.month}月{value.day}日", machine=value.isoformat())


def correction_lines(article: Article) -> tuple[CorrectionLine, ...]:
    return tuple(
        CorrectionLine(day=day(correction.date), text=correction.text)
        for correction in article.corrections
    )
