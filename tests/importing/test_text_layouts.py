"""The bulletin in many layouts of plain text, imported."""

from __future__ import annotations

from functools import cache

from importing.imported import judged
from importing.layouts.content import truths
from importing.layouts.judge import Verdict
from importing.layouts.layouts import LAYOUTS
from importing.recognised import hold_against_expected, nothing_is_lost


@cache
def verdicts() -> tuple[Verdict, ...]:
    return tuple(
        judged(layout, issue, layout.make(issue))
        for layout in LAYOUTS
        if layout.suffix in (".txt", ".md")
        for issue in truths()
        if layout.suits(issue)
    )


def test_what_is_recognised_is_what_was_recognised_before() -> None:
    hold_against_expected("text", verdicts())


def test_no_character_is_lost() -> None:
    nothing_is_lost(verdicts())
