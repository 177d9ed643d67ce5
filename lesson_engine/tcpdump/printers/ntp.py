"""NTP (RFC 5905): version and mode, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x23" + bytes(47))
>>> print_ntp(line, 0, 48)
>>> line.text()
'NTPv4, Client, length 48'
"""

from lesson_engine.tcpdump.printers.line import Line

_MODES = (
    "unspecified",
    "symmetric active",
    "symmetric passive",
    "Client",
    "Server",
    "Broadcast",
    "Control Message",
    "Reserved",
)


def print_ntp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "ntp"
    first = line.u8(at)
    line.write(f"NTPv{first >> 3 & 7}, {_MODES[first & 7]}, length {length}")
