"""OLSR (RFC 3626): version of IP and sequence number, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00040007 45"))
>>> print_olsr(line, 0, 4, Datagram(4, 698, 698))
>>> line.text()
'OLSRv4, seq 0x0007, length 4'
"""

from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.ports import Datagram


def print_olsr(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A packet of `length` bytes at `at`, in this `datagram`."""
    line.protocol = "olsr"
    line.write(f"OLSRv{6 if line.data[datagram.header] >> 4 == 6 else 4}")
    if length < 4 or not line.has(at, 4):
        line.truncated()
        return
    line.write(f", seq 0x{line.u16(at + 2):04x}, length {min(length, line.u16(at))}")
