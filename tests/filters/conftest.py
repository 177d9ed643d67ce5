"""Lets the tests of this room import what stands beside them: the oracle, packets, random expressions."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
