"""Packet capture, taught: captures, capture filters and tcpdump's output, exactly as the real tools have them.

>>> from lesson_engine import Filter
>>> str(Filter("port 80 or 443"))
'port 80 or port 443'
"""

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.packets import Capture, LinkType, Packet

__all__ = ["Capture", "Filter", "FilterSyntaxError", "LinkType", "Packet"]
__version__ = "0.1.0"
