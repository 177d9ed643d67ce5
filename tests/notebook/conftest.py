"""Lets the tests of this room import what stands beside them, and the course's command lines."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tcpdump")]
