"""RADIUS (RFC 2865, 2866, 5176): the command, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\1\\7\\0\\x14" + bytes(16))
>>> print_radius(line, 0, 20)
>>> line.text()
'RADIUS, Access-Request (1), id: 0x07 length: 20'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 20
_COMMAND_NAMES = {
    1: "Access-Request",
    2: "Access-Accept",
    3: "Access-Reject",
    4: "Accounting-Request",
    5: "Accounting-Response",
    11: "Access-Challenge",
    12: "Status-Server",
    13: "Status-Client",
    40: "Disconnect-Request",
    41: "Disconnect-ACK",
    42: "Disconnect-NAK",
    43: "CoA-Request",
    44: "CoA-ACK",
    45: "CoA-NAK",
    255: "Reserved",
}


def print_radius(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "radius"
    if not line.has(at, _HEADER):
        line.truncated()
        return
    size = line.u16(at + 2)
    if size < _HEADER:
        line.truncated()
        return
    size = min(size, length)
    command = line.u8(at)
    line.write(
        f"RADIUS, {named(_COMMAND_NAMES, command, 'Unknown Command')} ({command}),"
        f" id: 0x{line.u8(at + 1):02x} length: {size}"
    )
