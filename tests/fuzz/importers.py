"""Any bytes into the importers, guided by what they reach in the code.

    .venv/bin/python -m pip install -c .ci/constraints.txt atheris
    .venv/bin/python tests/fuzz/importers.py text --runs 20000

`text` and `markdown`: bytes of a text file. `word`: bytes in the place of a part of a .docx. `zip`:
bytes of a whole .docx. `pdf`: bytes of a PDF, read without a process of its own.

Nothing is raised, every character of a text or Word file is somewhere, and what an import would
write is read back without an error but those of what was really typed.
"""

from __future__ import annotations

import sys
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz import guided

with guided.instrumented(include=["bulletin_site"]):
    from fuzz.held import TARGETS, hold
    from fuzz.seeds import tokens


def main() -> None:
    chosen = guided.options(__doc__, TARGETS, runs=20_000).parse_args()
    read, seeds = TARGETS[chosen.target]
    guided.fuzz(chosen, lambda data: hold(read(data)), seeds(), tokens(chosen.target))


if __name__ == "__main__":
    main()
