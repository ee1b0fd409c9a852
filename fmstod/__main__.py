"""`python -m fmstod` is the same as `fmstod`."""

import sys

from fmstod.cli import main

if __name__ == "__main__":
    sys.exit(main())
