"""Titles on paper: where a long one is parted, so that its lines are about equally long."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.content.emphasis import is_wide
from bulletin_site.content.model import Article, Issue
from bulletin_site.pages import urls
from bulletin_site.typeset.grid import Grid

TITLE_SIZE = 1.2
"""Of titles, to the text."""
_NARROW = 0.55
"""The width of a Latin letter or a digit, in ems, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTitle:
    """A title that takes several lines and has no space where it could be parted: the margins on
    both sides with which they become about equally long."""

    anchor: str
    margin: str


def long_titles(issue: Issue, grid: Grid) -> Iterator[LongTitle]:
    measure = measure_of(grid)
    for article in issue.articles:
        width = _width(heading(article))
        lines = math.ceil(width / measure)
        if lines > 1 and len(title_lines(heading(article), measure)) == 1:
            margin = max(0.0, (measure - width / lines - 1) / 2)
            yield LongTitle(anchor=urls.article_anchor(article.number), margin=f"{margin:.2f}em")


def measure_of(grid: Grid) -> float:
    """How many characters of full width a line of a title holds."""
    return grid.characters / TITLE_SIZE


def title_lines(title: str, measure: float) -> tuple[str, ...]:
    """A title in two lines, parted at that of its spaces which makes them most alike, where one
    line is too short for it (`measure`, in ems) and two are enough; else in one piece."""
    if _width(title) <= measure:
        return (title,)
    words = title.split(" ")
    parted = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    fitting = [pair for pair in parted if max(map(_width, pair)) <= measure]
    return min(fitting, key=lambda pair: max(map(_width, pair)), default=(title,))


def heading(article: Article) -> str:
    return f"{article.number}、{article.title}"


def _width(text: str) -> float:
    """In ems, about."""
    return sum(1.0 if is_wide(one) else _NARROW for one in text)
