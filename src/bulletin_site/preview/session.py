"""What a preview knows from one save to the next: the last good edition, and what is wrong now."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from threading import Condition

from bulletin_site.batch import Unmade
from bulletin_site.build import Build
from bulletin_site.content.model import Archive
from bulletin_site.pages import urls
from bulletin_site.preview.edition import Edition
from bulletin_site.preview.imports import Imports
from bulletin_site.problems import Problem
from bulletin_site.unforeseen import said_of


class Outcome(Enum):
    """How the latest build went; `BEGUN` as long as none has ended."""

    BEGUN = "begun"
    GOOD = "good"
    STOPPED = "stopped"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`edition` is the last good one, if there was any, and `archive` what it was made from;
    `problems` are those of the latest build; `imports` are looked up as they are now. Each state
    has a higher number than the one before it."""

    number: int = 0
    outcome: Outcome = Outcome.BEGUN
    edition: Edition | None = None
    archive: Archive | None = None
    imports: Imports | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the edition is that of the latest build."""
        return self.outcome is Outcome.GOOD


class Session:
    """Builds in one thread, is read by others. A request meets the state before a build or the one
    after it, and never waits for a build."""

    def __init__(self, build: Callable[[], Build], imports: Imports | None = None) -> None:
        self._build = build
        self._state = State(imports=imports)
        self._news = Condition()
        self._open: Counter[str] = Counter()
        self._ended = False

    @property
    def state(self) -> State:
        return self._state

    def rebuild(self) -> State:
        """Build, and make the pages that are open in browsers. What goes wrong is in the answer."""
        last = self._state
        state = replace(self._built(), number=last.number + 1, imports=last.imports)
        if state.edition is last.edition:
            state = replace(state, archive=last.archive)
        with self._news:
            self._state = state
            self._news.notify_all()
        return state

    def _built(self) -> State:
        last = self._state.edition
        with self._news:
            open_pages = {"/", *self._open}
        try:
            result = self._build()
            problems = result.problems
            if result.batches is None:
                return State(outcome=Outcome.STOPPED, edition=last, problems=problems)
            edition = Edition(result.batches, last)
            try:
                for path in open_pages:
                    address = edition.address_of(path) or urls.NOT_FOUND
                    edition.content(address)
            except Unmade as reason:
                problems += (reason.problem,)
                return State(outcome=Outcome.STOPPED, edition=last, problems=problems)
        except Exception as fault:
            # A mistake in the program must not end the preview: it may be gone with the next save.
            print(said_of(fault), file=sys.stderr)
            return State(outcome=Outcome.CRASHED, edition=last)
        return State(
            outcome=Outcome.GOOD, edition=edition, archive=result.archive, problems=problems
        )

    def news(self, known: int, seconds: float) -> State | None:
        """The state, as soon as it is not the one with the number `known`, or after some seconds.
        None when the preview ends."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self._state.number != known, seconds)
            return None if self._ended else self._state

    @contextmanager
    def watching(self, path: str) -> Iterator[None]:
        """As long as a browser has the page at a path open."""
        with self._news:
            self._open[path] += 1
        try:
            yield
        finally:
            with self._news:
                self._open[path] -= 1
                self._open += Counter()  # without those that nobody has open any more

    def end(self) -> None:
        """Let go of all who wait for news."""
        with self._news:
            self._ended = True
            self._news.notify_all()
