"""`python -m lesson_engine.cli` is `tutor`."""

import sys

from lesson_engine.cli import main

sys.exit(main())
