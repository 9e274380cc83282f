"""Small finished values that several pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from bulletin_site.content.model import Article, Correction, PageRange


class Link(NamedTuple):
    """Words that lead somewhere; `href` is relative to the page that shows it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """What stands before or after a page; `label` says what it is to the page. `relation` is empty
    where it is no neighbour of the same kind, as the contents are before the first page."""

    label: str
    text: str
    href: str
    relation: Literal["prev", "next", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """A correction (勘误) with its day."""

    day: Day
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date for people and for machines: 2014年5月9日, `2014-05-09`."""

    text: str
    machine: str


def day(value: date) -> Day:
    return Day(text=f"{value.year}年{value.month}月{value.day}日", machine=value.isoformat())


def correction_lines(article: Article) -> tuple[CorrectionLine, ...]:
    """The corrections of an article, as the editor ordered them."""
    return tuple(correction_line(correction) for correction in article.corrections)


def correction_line(correction: Correction) -> CorrectionLine:
    return CorrectionLine(day=day(correction.date), text=correction.text)


def span(pages: PageRange) -> str:
    """第2页, or 第2—4页."""
    last = f"—{pages.last}" if pages.last != pages.first else ""
    return f"第{pages.first}{last}页"
