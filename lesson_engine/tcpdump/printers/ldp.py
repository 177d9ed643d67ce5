"""LDP (RFC 5036, RFC 4447): the speaker's identifier, and under -v its messages and what they hold.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0001 000e 0a000001 0000 0201 0004 00000001 00"))
>>> print_ldp(line, 0, 19)
>>> line.text()
'LDP, Label-Space-ID: 10.0.0.1:0, pdu-length: 14'
"""

from lesson_engine.tcpdump.printers.ldpvalues import print_value
from lesson_engine.tcpdump.printers.line import Line, named

_HEADER, _MESSAGE = 10, 8
_MESSAGES = {
    0x0001: "Notification",
    0x0100: "Hello",
    0x0200: "Initialization",
    0x0201: "Keepalive",
    0x0300: "Address",
    0x0301: "Address Withdraw",
    0x0400: "Label Mapping",
    0x0401: "Label Request",
    0x0402: "Label Withdraw",
    0x0403: "Label Release",
    0x0404: "Label Abort Request",
}
_OPAQUE = frozenset((0x0401, 0x0403, 0x0404))
"""Messages that tcpdump does not take apart."""


def print_ldp(line: Line, at: int, length: int) -> None:
    """PDUs in `length` bytes at `at`."""
    line.protocol = "ldp"
    while length > _HEADER + _MESSAGE:
        size = _print_pdu(line, at)
        if size == 0:
            return
        if length < size:
            line.write(f" [remaining length {length} < {size}]")
            line.invalid()
            return
        length -= size
        at += size


def _print_pdu(line: Line, at: int) -> int:
    """A PDU; returns its size, or 0 if printing must stop there."""
    write = line.write
    line.need(at, _HEADER)
    start = "\n\t" if line.verbose else ""
    version, size = line.u16(at), line.u16(at + 2)
    if version != 1:
        write(f"{start}LDP version {version} packet not supported")
        return 0
    if size < _HEADER - 4:
        write(f"{start}LDP, pdu-length: {size} (too short, < {_HEADER - 4})")
        return 0
    write(f"{start}LDP, Label-Space-ID: {line.ipv4(at + 4)}:{line.u16(at + 8)}, pdu-length: {size}")
    if not line.verbose:
        return 0
    at += _HEADER
    left = size - (_HEADER - 4)
    while left > 0:
        line.need(at, _MESSAGE)
        kind, message_size = line.u16(at), line.u16(at + 2)
        name = f"{named(_MESSAGES, kind & 0x7FFF, 'Unknown')} Message (0x{kind & 0x7FFF:04x}), length: {message_size}"
        if message_size < _MESSAGE - 4:
            write(f"\n\t  {name} (too short, < {_MESSAGE - 4})")
            return 0
        write(
            f"\n\t  {name}, Message ID: 0x{line.u32(at + 4):08x},"
            f" Flags: [{'continue processing' if kind & 0x8000 else 'ignore'} if unknown]"
        )
        line.need(at, message_size)
        _print_body(line, kind & 0x7FFF, at + _MESSAGE, message_size - (_MESSAGE - 4))
        if line.verbose > 1:
            line.write_hex(at + _MESSAGE, message_size, "\n\t  ")
        at += message_size + 4
        # Counted in 16 bits.
        left = (left - message_size - 4) % (1 << 16)
    return size + 4


def _print_body(line: Line, kind: int, at: int, left: int) -> None:
    if kind in _MESSAGES and kind not in _OPAQUE:
        while left >= 4:
            size = print_value(line, at, left)
            if size == 0:
                return
            left -= size
            at += size
    elif line.verbose == 1:
        line.write_hex(at, left, "\n\t  ")
