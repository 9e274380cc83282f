"""`bulletin build` that says on its last line how many processor seconds the search took of it.

python tests/benchmarks/timed_build.py --root DIR --out DIR
"""

from __future__ import annotations

import os
import sys
from typing import Any

from bulletin_site import build as pipeline
from bulletin_site.cli import main

PARTS = ("collect", "search_files")


def run() -> int:
    spent = 0.0

    def timed(original: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal spent
            before = sum(os.times()[:4])
            try:
                return original(*arguments, **named)
            finally:
                spent += sum(os.times()[:4]) - before

        return call

    for name in PARTS:
        setattr(pipeline, name, timed(getattr(pipeline, name)))
    status = main(["build", *sys.argv[1:]])
    print(f"{spent:.2f}")
    return status


if __name__ == "__main__":
    sys.exit(run())
