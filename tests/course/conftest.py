"""Lets the tests of this room import what stands beside them, and the oracle and the random pairs of the filters'."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "filters")]
