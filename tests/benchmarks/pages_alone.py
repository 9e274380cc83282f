"""`bulletin build` without the search and all that comes of counting words (related articles, 热词):
the pages that Hugo makes too.

python tests/benchmarks/pages_alone.py --root DIR --out DIR
"""

from __future__ import annotations

import sys

from bulletin_site import build as pipeline
from bulletin_site.__main__ import main
from bulletin_site.pages.words import Words

STAGES: dict[str, object] = {
    "collect": None,
    "words": Words(),
    "search_batches": [],
    "silent_articles": (),
}
"""What stages of the pipeline answer instead of working."""

if __name__ == "__main__":
    for stage, answer in STAGES.items():
        if not hasattr(pipeline, stage):
            raise SystemExit(f"build has no stage {stage} any more")
        setattr(pipeline, stage, lambda *_, answer=answer: answer)
    sys.exit(main(["build", *sys.argv[1:]]))
