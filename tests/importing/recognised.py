"""What imports of many layouts get right, held against what they got right before.

`expected/*.txt` has a line a file (see `judge.table`) and below it each thing that was wrong.
`UPDATE_EXPECTED=1` writes them anew: look at the difference before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from importing.layouts.judge import Verdict, table

_EXPECTED = Path(__file__).parent / "expected"


def hold_against_expected(name: str, verdicts: Sequence[Verdict]) -> None:
    """The table of these imports is the expected one."""
    wrong = [f"{verdict.name}: {line}" for verdict in verdicts for line in verdict.wrong]
    found = "\n".join([table(verdicts), "", *wrong, ""])
    file = _EXPECTED / f"{name}.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def nothing_is_lost(verdicts: Sequence[Verdict]) -> None:
    """Every character of the articles came out somewhere, but for the marks of footnotes, which
    Word counts itself."""
    lost = {verdict.name: verdict.lost for verdict in verdicts if verdict.lost.strip("①②③")}
    assert not lost
