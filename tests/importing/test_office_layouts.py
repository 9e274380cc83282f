"""The bulletin in layouts that LibreOffice has made into PDF, or saved once more as Word files."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from importing.imported import judged
from importing.layouts.content import truths
from importing.layouts.convert import finished
from importing.layouts.judge import Verdict
from importing.layouts.layouts import LAYOUTS
from importing.recognised import hold_against_expected, nothing_is_lost


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Verdict]:
    wanted = {
        f"{layout.name}-{issue.id}": (layout, issue)
        for layout in LAYOUTS
        if layout.office
        for issue in truths()
        if layout.suits(issue)
    }
    made = finished(wanted, tmp_path_factory.mktemp("office"))
    return [judged(*wanted[name], printed) for name, printed in made.items()]


def test_what_is_recognised_is_what_was_recognised_before(verdicts: Sequence[Verdict]) -> None:
    hold_against_expected("office", verdicts)


def test_no_character_is_lost(verdicts: Sequence[Verdict]) -> None:
    # In one of them the table is wider than its column: LibreOffice does not print its last cells.
    nothing_is_lost([v for v in verdicts if v.name != "pdf-two-columns/2011-09-1"])
