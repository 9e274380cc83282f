"""Any bytes into all that reads an editor's files, guided by what they reach in the code.

    .venv/bin/python -m pip install -c .ci/constraints.txt atheris
    .venv/bin/python tests/fuzz/parsers.py all --runs 100000

`all` shares the runs out to the promises of `promises.py`, each in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz import guided

with guided.instrumented(include=["bulletin_site.content", "markdown_it", "yaml"]):
    from archives import ROOT
    from fuzz.promises import TARGETS

ALL = "all"
SEEDS = (ROOT / "issues", ROOT / "tests/cases")
_FENCE = b"\n---\n"


def main() -> int:
    chosen = guided.options(__doc__, (ALL, *TARGETS), runs=100_000).parse_args()
    if chosen.target != ALL:
        guided.fuzz(chosen, TARGETS[chosen.target], seeds(chosen.target))
        return 0
    each = -(-chosen.runs // len(TARGETS))
    given = ("--runs", each, "--seed", chosen.seed, "--findings", chosen.findings)
    ended = [
        subprocess.run([sys.executable, __file__, name, *map(str, given)], check=False).returncode
        for name in TARGETS
    ]
    return int(any(ended))


def seeds(target: str) -> list[bytes]:
    """The files of this archive and of the cases, or the part of them that a promise is about."""
    wanted = ".yaml" if target in ("any_archive_file", "any_import_record", "any_layout") else ".md"
    files = [file for folder in SEEDS for file in sorted(folder.rglob(f"*{wanted}"))]
    found = [file.read_bytes() for file in files]
    if target == "any_body":
        return [data.partition(_FENCE)[2] for data in found]
    if target == "any_front_matter":
        return [data.partition(_FENCE)[0].removeprefix(b"---\n") for data in found]
    return found


if __name__ == "__main__":
    raise SystemExit(main())
