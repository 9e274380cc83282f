"""For developers: every truth in every layout that suits it, with what an import should find.

PYTHONPATH=src:tests python -m importing.layouts.write OUT
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from importing.layouts.content import truths
from importing.layouts.layouts import LAYOUTS


def write(out: Path) -> int:
    """`OUT/2014-05-1/paged/2014-05-1.txt` and beside it `truth.json`; how many files there are."""
    count = 0
    for issue in truths():
        for layout in LAYOUTS:
            if not layout.suits(issue):
                continue
            sheet = layout.make(issue)
            folder = out / issue.id / layout.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{issue.id}{layout.suffix}").write_bytes(sheet.data)
            known = {
                "truth": asdict(sheet.truth),
                "unknown": [asdict(unknown) for unknown in sheet.unknown],
            }
            text = json.dumps(known, ensure_ascii=False, indent=1, default=str)
            (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
            count += 1
    return count


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m importing.layouts.write OUT")
    print(write(Path(sys.argv[1])), "files")
