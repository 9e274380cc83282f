"""For developers: every truth in every layout that suits it, with what an import should find.

PYTHONPATH=src:tests python -m importing.layouts.write OUT [--pdf]

With `--pdf`, LibreOffice makes PDF of the layouts that are meant for it; else these are left as the
Word files that they come from.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from importing.layouts.content import IssueText, truths
from importing.layouts.convert import printed_to_pdf
from importing.layouts.layouts import LAYOUTS
from importing.layouts.sheet import Layout, Printed


def write(out: Path, *, pdf: bool = False) -> int:
    """`OUT/2014-05-1/paged/2014-05-1.txt` and beside it `truth.json`; how many files there are."""
    made = {
        (issue.id, layout.name): (layout, issue)
        for issue in truths()
        for layout in LAYOUTS
        if layout.suits(issue)
    }
    printed = _pdfs(made) if pdf else {}
    for key, (layout, issue) in made.items():
        suffix = ".pdf" if key in printed else layout.suffix
        _put(out.joinpath(*key), issue.id + suffix, printed.get(key) or layout.make(issue))
    return len(made)


_Key = tuple[str, str]


def _pdfs(made: Mapping[_Key, tuple[Layout, IssueText]]) -> dict[_Key, Printed]:
    keys = {"_".join(key): key for key, (layout, _) in made.items() if layout.as_pdf}
    with tempfile.TemporaryDirectory() as folder:
        found = printed_to_pdf({name: made[key] for name, key in keys.items()}, Path(folder))
    return {keys[name]: sheet for name, sheet in found.items()}


def _put(folder: Path, name: str, sheet: Printed) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(sheet.data)
    known = {
        "truth": asdict(sheet.truth),
        "unknown": [asdict(unknown) for unknown in sheet.unknown],
    }
    text = json.dumps(known, ensure_ascii=False, indent=1, default=str)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--pdf"]
    if len(arguments) != 1:
        sys.exit("usage: python -m importing.layouts.write OUT [--pdf]")
    print(write(Path(arguments[0]), pdf="--pdf" in sys.argv), "files")
