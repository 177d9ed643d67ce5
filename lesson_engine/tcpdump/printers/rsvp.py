"""RSVP (RFC 2205), which reserves bandwidth, at the default verbosity.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("10 01 ffff ff 00 0008"))
>>> print_rsvp(line, 0, 8)
>>> line.text()
'RSVPv1 Path Message, length: 8'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 8
_MESSAGES = {
    1: "Path",
    2: "Resv",
    3: "PathErr",
    4: "ResvErr",
    5: "PathTear",
    6: "ResvTear",
    7: "ResvConf",
    12: "Bundle",
    13: "ACK",
    14: "Hello (Old)",
    15: "Summary Refresh",
    20: "Hello",
}


def print_rsvp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "rsvp"
    if not line.has(at, _HEADER):
        line.truncated()
        return
    version = line.u8(at) >> 4
    if version != 1:
        line.write(f"ERROR: RSVP version {version} packet not supported")
        return
    line.write(f"RSVPv1 {named(_MESSAGES, line.u8(at + 1), 'unknown (%u)')} Message, length: {length}")
