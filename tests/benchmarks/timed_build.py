"""`bulletin build` that says on its last line how many processor seconds the search took of it.

python tests/benchmarks/timed_build.py --root DIR --out DIR
"""

from __future__ import annotations

import os
import sys
from typing import Any

from bulletin_site import build as pipeline
from bulletin_site.cli import main

PART = "search_files"


def run() -> int:
    original = getattr(pipeline, PART, None)
    spent = 0.0

    def timed(*arguments: Any, **named: Any) -> Any:
        nonlocal spent
        before = sum(os.times()[:4])
        try:
            return original(*arguments, **named)  # type: ignore[misc]
        finally:
            spent += sum(os.times()[:4]) - before

    if original is not None:
        setattr(pipeline, PART, timed)
    status = main(["build", *sys.argv[1:]])
    print(f"{spent:.2f}" if original is not None else "-")
    return status


if __name__ == "__main__":
    sys.exit(run())
