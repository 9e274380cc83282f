"""What the words of the archive say of its articles and its time: counted elsewhere, shown here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin_site.content.model import Archive

MOST_ISSUES = 24
"""An archive of more issues is told by years."""


def told_by_years(archive: Archive) -> bool:
    """Whether its time is told by years; else by issues."""
    years = {issue.date.year for issue in archive.issues}
    return len(archive.issues) > MOST_ISSUES and len(years) > 1


def has_trends(archive: Archive) -> bool:
    """Whether there are two periods, so that words can rise and fall."""
    return len(archive.issues) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article that was printed before another, or beside it; `words` are shared by both, those
    that tell most first."""

    article_id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """An issue, or in a large archive a year; `key` is the issue's id or the year; `words` set it
    apart from the others."""

    key: str
    name: str
    articles: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """Periods in their order; `counts` has for each word that rises or falls how many articles of
    each period speak of it."""

    by_year: bool = False
    periods: tuple[Period, ...] = ()
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`related` by the id of the article on whose page they are named."""

    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    trends: Trends = field(default_factory=Trends)
