"""`python -m naast` is the naast command."""

import sys

from naast.cli import main

sys.exit(main())
