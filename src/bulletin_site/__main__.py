"""`python -m bulletin_site` and `bulletin`: the command line, from the first moment on."""

import sys


def main() -> int:
    """Run the command that was typed; the exit status."""
    # Reading the program takes a moment too, in which somebody may press Ctrl+C.
    try:
        from bulletin_site.cli import main as run

        return run()
    except (Exception, KeyboardInterrupt) as fault:
        from bulletin_site.unforeseen import said_of

        print(said_of(fault), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
