"""What the lines of problems say, looked up in the texts that were judged: never read a second
time, for an editor may have saved since.

An excerpt is about as long as a line of a terminal, however long the line, and as much of a
message is kept: a file of 50 MB in one line is no reason for a report of 50 MB.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import TypeAlias

from bulletin_site.console import columns
from bulletin_site.problems import Excerpt, Problem

Texts: TypeAlias = Callable[[str], str | None]
"""The text of a file by its path; None where there is none."""

COLUMNS = 72
"""Columns of a terminal that an excerpt takes, Han characters taking two."""
_BEFORE = 24
"""Of these, about as many before what is wrong in a line that is longer."""
_FAR = 100_000
"""Characters of a line that are searched."""
_WORD = re.compile("[A-Za-z0-9_]+")
_LONGEST = 200
"""Characters of a message, which may quote a value without end."""


def with_excerpts(problems: Iterable[Problem], text_of: Texts) -> tuple[Problem, ...]:
    """The problems with what their lines say, where they are of a line of a text."""

    @cache
    def lines_of(path: str) -> list[str]:
        return (text_of(path) or "").split("\n")

    def shown(problem: Problem) -> Problem:
        message = problem.message
        if len(message) > _LONGEST:
            message = f"{message[:_LONGEST]}……"
        excerpt = problem.excerpt
        if problem.line and excerpt is None:
            lines = lines_of(problem.path)
            if problem.line <= len(lines) and lines[problem.line - 1].strip():
                excerpt = excerpt_of(lines[problem.line - 1], problem.text, problem.column)
        return replace(problem, message=message, excerpt=excerpt)

    return tuple(shown(problem) for problem in problems)


def excerpt_of(line: str, text: str = "", column: int = 0) -> Excerpt:
    """The part of a line that shows `text`, which begins in `column` or, if that is 0, stands
    somewhere; the beginning of the line where it does not."""
    start, end = _place(line, text, column)
    first = start if start < end else 0
    if _fitting(line[: COLUMNS + 1], COLUMNS) == len(line):
        first = 0
    else:
        first -= _fitting(line[max(0, first - _BEFORE) : first][::-1], _BEFORE)
    last = first + _fitting(line[first : first + COLUMNS], COLUMNS)
    marked = start < end and start < last
    return Excerpt(
        text=line[first:last],
        first=first + 1,
        cut=last < len(line),
        column=start + 1 if marked else 0,
        end=end + 1 if marked else 0,
    )


def _fitting(text: str, room: int) -> int:
    """How many characters of a text stand in so many columns."""
    return bisect_right(tuple(accumulate(map(columns, text))), room)


def _place(line: str, text: str, column: int) -> tuple[int, int]:
    """Where a text begins and ends in its line, from 0; the same twice where it is not found."""
    if column:
        start = min(column - 1, len(line))
        # Between its characters a page mark may stand: then the first one shows the place.
        length = len(text) if text and line.startswith(text, start) else 1
        return start, min(start + length, len(line))
    searched, sought = line[:_FAR], text[:_FAR]
    if not sought:
        return 0, 0
    start = place = searched.find(sought)
    while place >= 0:
        if not _within_word(searched, place, place + len(sought)):
            start = place
            break
        place = searched.find(sought, place + 1)
    return (start, start + len(sought)) if start >= 0 else (0, 0)


def _within_word(line: str, start: int, end: int) -> bool:
    """Does a Latin word or number go on before or after this part of a line?"""
    edges = (line[max(0, start - 1) : start + 1], line[end - 1 : end + 1])
    return any(len(edge) == 2 and _WORD.fullmatch(edge) for edge in edges)
