"""`python -m bulletin_site` and `bulletin`: the command line, from the first moment on."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, the typed one if none is given; the exit status. What ends it too early is
    said here, and nowhere else."""
    # Reading the program takes a moment too, in which somebody may press Ctrl+C.
    try:
        from bulletin_site.cli import run

        return run(arguments)
    except (Exception, KeyboardInterrupt) as fault:
        from bulletin_site.unforeseen import said_of

        print(said_of(fault), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
