"""Lets the tests of this room import what stands beside them: the oracle and the maker of savefile bytes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
