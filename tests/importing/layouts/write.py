"""For developers: every truth in every layout that suits it, with what an import should find.

PYTHONPATH=src:tests python -m importing.layouts.write OUT [--office]

With `--office`, LibreOffice makes PDF and its own Word files of the layouts that are meant for it;
else these are left as the Word files that they come from.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from importing.layouts.content import IssueText, truths
from importing.layouts.convert import finished
from importing.layouts.layouts import LAYOUTS
from importing.layouts.sheet import Layout, Printed


def write(out: Path, *, office: bool = False) -> int:
    """`OUT/2014-05-1/paged/2014-05-1.txt` and beside it `truth.json`; how many files there are."""
    made = {
        f"{issue.id}/{layout.name}": (layout, issue)
        for issue in truths()
        for layout in LAYOUTS
        if layout.suits(issue)
    }
    done = _by_office(made) if office else {}
    for name, (layout, issue) in made.items():
        suffix = f".{layout.office}" if name in done else layout.suffix
        _put(out / name, issue.id + suffix, done.get(name) or layout.make(issue))
    return len(made)


def _by_office(made: Mapping[str, tuple[Layout, IssueText]]) -> dict[str, Printed]:
    names = {name.replace("/", "_"): name for name in made}
    with tempfile.TemporaryDirectory() as folder:
        found = finished({flat: made[name] for flat, name in names.items()}, Path(folder))
    return {names[flat]: sheet for flat, sheet in found.items()}


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
    arguments = [argument for argument in sys.argv[1:] if argument != "--office"]
    if len(arguments) != 1:
        sys.exit("usage: python -m importing.layouts.write OUT [--office]")
    print(write(Path(arguments[0]), office="--office" in sys.argv), "files")
