"""Which page of an imported file is which printed page of the issue that it became, and on which
printed page a doubt stands.

The number printed on a sheet says so. Where there is none (a text file; pages that LibreOffice
made), the words do: both sides are compared without spaces and punctuation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bulletin_site.content.doubts import Doubt
from bulletin_site.content.model import Article, Issue
from bulletin_site.originals import Original, Sheet
from bulletin_site.pages.prose import plain_text

_TELLING = 10
"""Characters that do not stand in two places by chance."""
_NEAR = 60
"""Characters that may be missing between two lines, of which the second is no telling one."""
_SHARE = 0.2
"""Of a page's characters, that make a sheet one of those on which it stands."""
_NUMBER = re.compile(r"^\W*[\d一二三四五六七八九十]{1,3}\W+")
"""Before a title; the site has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Sheets by printed page; those before the first one (cover, contents), and all others."""

    pages: Mapping[int, tuple[Sheet, ...]]
    before: tuple[Sheet, ...] = ()
    others: tuple[Sheet, ...] = ()


def bare(text: str) -> str:
    """What is compared: no space, no punctuation."""
    return re.sub(r"[\W_]+", "", text)


def match(original: Original, issue: Issue | None) -> Matched:
    """Lay the sheets of a file beside the printed pages. Without an issue only the numbers on the
    sheets are known."""
    sheets = original.sheets
    text = _IssueText(issue) if issue else None
    if text and len(sheets) == 1 and sheets[0].first_line:
        return _sorted([(sheet, (sheet.printed,)) for sheet in _cut(sheets[0], text)], text.pages)
    numbered = [sheet for sheet in sheets if sheet.printed]
    if numbered and not original.by_office:
        counted = [(sheet, (_number(sheet, numbered),)) for sheet in sheets]
        found = _sorted(counted, text.pages if text else [sheet.printed for sheet in numbered])
        if found.pages:
            return found
    if text is None:
        return Matched(pages={}, others=sheets)
    return _sorted([(sheet, tuple(text.on(sheet))) for sheet in sheets], text.pages)


def _sorted(sheets: Sequence[tuple[Sheet, tuple[int, ...]]], known: Sequence[int]) -> Matched:
    pages: dict[int, list[Sheet]] = {}
    before: list[Sheet] = []
    others: list[Sheet] = []
    for sheet, numbers in sheets:
        here = [number for number in numbers if number in known]
        for number in here:
            pages.setdefault(number, []).append(sheet)
        if not here:
            (others if pages else before).append(sheet)
    return Matched(
        pages={number: tuple(found) for number, found in pages.items()},
        before=tuple(before) if pages else (),
        others=tuple(others) if pages else tuple(before),
    )


def _number(sheet: Sheet, numbered: Sequence[Sheet]) -> int:
    """The number on it, or counted from the nearest that has one."""
    nearest = min(numbered, key=lambda one: abs(one.number - sheet.number))
    return nearest.printed + sheet.number - nearest.number


class _IssueText:
    """What is printed in an issue, bare, in one row, and where in it each page begins."""

    def __init__(self, issue: Issue) -> None:
        self.titles = {bare(article.title) for article in issue.articles}
        texts = dict.fromkeys(issue.pages, "")
        for article in issue.articles:
            for page, text in pieces(article):
                texts[page] = texts.get(page, "") + text
        self.pages = tuple(sorted(texts))
        self.text = "".join(texts[page] for page in self.pages)
        lengths = [len(texts[page]) for page in self.pages]
        self._starts = [0, *accumulate(lengths)][: len(self.pages)]
        self._ends = list(accumulate(lengths))

    def page_at(self, position: int) -> int:
        return self.pages[bisect_right(self._starts, position) - 1]

    def on(self, sheet: Sheet) -> Iterator[int]:
        """The pages of which a good part stands on a sheet."""
        shared = dict.fromkeys(self.pages, 0)
        for line in map(bare, sheet.lines):
            first = self.text.find(line) if len(line) >= _TELLING else -1
            if first >= 0:
                for page, start, end in zip(self.pages, self._starts, self._ends, strict=True):
                    shared[page] += max(0, min(end, first + len(line)) - max(start, first))
        for page, start, end in zip(self.pages, self._starts, self._ends, strict=True):
            if shared[page] and shared[page] >= _SHARE * (end - start):
                yield page


def pieces(article: Article) -> Iterator[tuple[int, str]]:
    """What is printed of an article, bare, by printed page: its title first, its source last."""
    printed = plain_text(article.body)
    bounds = [(article.first_page, 0), *printed.page_starts]
    ends = [*(start for _, start in bounds[1:]), len(printed.text)]
    yield article.first_page, bare(article.title)
    for (page, start), end in zip(bounds, ends, strict=True):
        yield page, bare(printed.text[start:end])
    yield article.pages.last, bare(article.source or "")


def _cut(sheet: Sheet, text: _IssueText) -> Iterator[Sheet]:
    """The lines of a file without pages, by the printed page on which they stand."""
    found = list(_pages_of(sheet.lines, text))
    starts = [n for n, page in enumerate(found) if not n or page != found[n - 1]]
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        yield replace(
            sheet,
            printed=found[start],
            first_line=sheet.first_line + start,
            lines=sheet.lines[start:end],
        )


def _pages_of(lines: Sequence[str], text: _IssueText) -> Iterator[int]:
    """The page of each line: that of the line before it, unless its own words stand on a later one;
    0 before the text begins, with the first telling line, which no title is, for the contents have
    it too, and with the title just above it."""
    texts = [bare(_NUMBER.sub("", line)) for line in lines]
    telling = [len(t) >= _TELLING and t not in text.titles for t in texts]
    first = next((n for n, t in enumerate(texts) if telling[n] and t in text.text), None)
    if first is None:
        yield from [0] * len(lines)
        return
    here = text.text.find(texts[first])
    opening = first
    for number in range(first - 1, -1, -1):
        if texts[number] and not text.text[:here].endswith(texts[number]):
            break
        opening = number if texts[number] else opening
        here -= len(texts[number])
    page = 0
    here = max(here, 0)
    for number, line in enumerate(texts):
        if number >= opening and line:
            at = text.text.find(line, here)
            if at >= 0 and (telling[number] or at - here < _NEAR):
                page, here = text.page_at(at), at + len(line)
        yield page


def page_of(doubt: Doubt, issue: Issue) -> int | None:
    """The printed page to look at; none where it concerns the issue."""
    article = next((a for a in issue.articles if doubt.file == a.path.rpartition("/")[2]), None)
    if article is None:
        return None
    if doubt.key == "source":
        return article.pages.last
    wanted = "" if doubt.key else bare(doubt.text)
    if wanted:
        parts = list(pieces(article))
        at = "".join(text for _, text in parts).find(wanted)
        ends = list(accumulate(len(text) for _, text in parts))
        if at >= 0:
            return parts[bisect_right(ends, at)][0]
    return article.first_page
