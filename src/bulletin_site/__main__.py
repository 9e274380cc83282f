"""`python -m bulletin_site` is the same program as `bulletin`."""

import sys

from bulletin_site.cli import main

if __name__ == "__main__":
    sys.exit(main())
