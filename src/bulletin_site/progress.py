"""How far a long run has come, on one line of a terminal that goes away at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from bulletin_site.console import width

_PATIENCE = 1.0
"""Seconds after which people want to know."""
_PAUSE = 0.1
"""Seconds between two lines: faster than that nobody reads."""


class Progress:
    """Call it with what is being done, how much of it, and of how much (0: not known)."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._shown = stream.isatty()
        self._next = clock() + _PATIENCE
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._width:
            self._write("")

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._shown and self._clock() >= self._next:
            self._next = self._clock() + _PAUSE
            self._write(f"{what} {done}/{total}" if total else f"{what}…")

    def _write(self, text: str) -> None:
        """Over the line that stands there; with blanks, for not every console can erase."""
        taken = width(text)
        blanks = " " * max(0, self._width - taken)
        self._stream.write(f"\r{text}{blanks}" + ("\r" if not text else ""))
        self._stream.flush()
        self._width = taken
