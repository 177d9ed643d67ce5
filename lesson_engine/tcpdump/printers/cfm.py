"""Connectivity Fault Management (IEEE 802.1ag), at the default verbosity.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("a0010446"))
>>> print_cfm(line, 0, 4)
>>> line.text()
'CFMv0 Continuity Check Message, MD Level 5, length 4'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 4
_OPERATIONS = {
    1: "Continuity Check Message",
    2: "Loopback Reply",
    3: "Loopback Message",
    4: "Linktrace Reply",
    5: "Linktrace Message",
}


def print_cfm(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "cfm"
    if length < _HEADER:
        line.write("\n\t\t packet is too short")
        return
    if not line.has(at, _HEADER):
        line.truncated()
        return
    version = line.u8(at) & 0x1F
    if version:
        line.write(f"CFMv{version} not supported, length {length}")
        return
    operation = named(_OPERATIONS, line.u8(at + 1), "unknown (%u)")
    line.write(f"CFMv0 {operation}, MD Level {line.u8(at) >> 5}, length {length}")
