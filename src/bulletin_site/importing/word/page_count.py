"""Where pages of a Word file end: by typed breaks, by sections, and where Word last broke the pages
itself and said so (`w:lastRenderedPageBreak`; LibreOffice never says so)."""

from __future__ import annotations

from typing import Protocol


class Pages(Protocol):
    """What counts the pages of the place that is being read."""

    @property
    def page(self) -> int:
        """The page of the file, from 1."""

    def typed(self, times: int = 1) -> range:
        """The pages that begin here by a break of the typist."""

    def rendered(self) -> range:
        """The pages that begin here by Word's own mark."""

    def visible(self) -> None:
        """Something that a reader sees stands here."""


class PageCount:
    """The page of the file that the reading has come to.

    Word says twice where a typed break begins a page: by the break, and in the next run that it
    shows, by its mark of the page it made. So within one place of the text (nothing visible in
    between) the pages that begin are as many as there are breaks of the kind that has more.
    """

    def __init__(self) -> None:
        self._page = 1
        self._typed = self._rendered = 0
        self._at_top = True
        self.told = False
        """Whether Word said anywhere where it began a page."""

    @property
    def page(self) -> int:
        return self._page

    def typed(self, times: int = 1) -> range:
        before = max(self._typed, self._rendered)
        self._typed += times
        self._at_top = True
        return self._turned(max(self._typed, self._rendered) - before)

    def rendered(self) -> range:
        before = max(self._typed, self._rendered)
        self._rendered += 1
        self.told = True
        self._at_top = True
        return self._turned(max(self._typed, self._rendered) - before)

    def _turned(self, pages: int) -> range:
        self._page += pages
        return range(self._page - pages + 1, self._page + 1)

    def visible(self) -> None:
        self._typed = self._rendered = 0
        self._at_top = False

    def paragraph(self, *, on_new_page: bool) -> range:
        """A paragraph begins; where a page has just begun, it needs no new one. An empty paragraph
        takes up the top of its page too."""
        begun = self.typed() if on_new_page and not self._at_top else range(0)
        self._at_top = False
        return begun


class BesidePages:
    """Boxes and notes stand beside the running text: what breaks in them ends no page."""

    def __init__(self, page: int) -> None:
        self._page = page

    @property
    def page(self) -> int:
        return self._page

    def typed(self, times: int = 1) -> range:  # noqa: ARG002
        return range(0)

    def rendered(self) -> range:
        return range(0)

    def visible(self) -> None:
        """Nor do they fill one."""


class RowPages:
    """Pages that begin in a row of a table: each of its cells says so, once is meant. Word knows
    no typed break in a cell."""

    def __init__(self, pages: Pages) -> None:
        self._pages, self._in_row, self._in_cell = pages, 0, 0

    @property
    def page(self) -> int:
        return self._pages.page

    def cell(self) -> None:
        self._in_cell = 0

    def typed(self, times: int = 1) -> range:  # noqa: ARG002
        return range(0)

    def rendered(self) -> range:
        self._in_cell += 1
        if self._in_cell <= self._in_row:
            return range(0)
        self._in_row += 1
        return self._pages.rendered()

    def visible(self) -> None:
        self._pages.visible()
