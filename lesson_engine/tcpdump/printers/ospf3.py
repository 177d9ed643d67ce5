"""OSPF version 3, over IPv6 (RFC 5340): version and kind of message, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0301 0024 0a000001 00000000 0000 0000") + bytes(20))
>>> print_ospf3(line, 0, 36)
>>> line.text()
'OSPFv3, Hello, length 36'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.ospf import KINDS

# Fields, in bytes from the message's start
_KIND = 1


def print_ospf3(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`, in an IPv6 packet; this format is taken for it whatever version it gives."""
    line.protocol = "ospf3"
    kind = line.u8(at + _KIND)
    line.write(f"OSPFv{line.u8(at)}, {named(KINDS, kind, 'unknown packet type (%u)')}, length {length}")
