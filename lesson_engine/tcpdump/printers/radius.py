"""RADIUS (RFC 2865, 2866, 5176): the command, and under -v the attributes.

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
    name = f"{named(_COMMAND_NAMES, command, 'Unknown Command')} ({command}), id: 0x{line.u8(at + 1):02x}"
    if not line.verbose:
        line.write(f"RADIUS, {name} length: {size}")
        return
    line.write(f"RADIUS, length: {size}\n\t{name}, Authenticator: {line.bytes(at + 4, 16).hex()}")
    _print_attributes(line, at + _HEADER, at + size)


def _print_attributes(line: Line, at: int, stop: int) -> None:
    from lesson_engine.tcpdump.printers.radiusattributes import ATTRIBUTES, UNKNOWN

    while at < stop:
        if stop - at < 2 or not line.has(at, 2):
            line.truncated()
            return
        kind, size = line.u8(at), line.u8(at + 1)
        name, print_value = ATTRIBUTES.get(kind, UNKNOWN)
        line.write(f"\n\t  {name} Attribute ({kind}), length: {size}")
        if size < 2:
            line.write(" (bogus, must be >= 2)")
            return
        if size > stop - at:
            line.write(" (bogus, goes past end of packet)")
            return
        line.write(", Value: ")
        if size > 2:
            print_value(line, at + 2, size - 2)
            if line.verbose > 1:
                line.write_hex(at + 2, size - 2, "\n\t    ")
        at += size
