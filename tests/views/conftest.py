"""Lets the tests of this room import the printers' corpus of packets, which is a corpus for dissection too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tcpdump"))
