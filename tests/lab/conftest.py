"""Lets the tests of this room import what stands beside them: a lab seen from outside."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
