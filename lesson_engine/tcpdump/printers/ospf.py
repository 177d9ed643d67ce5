"""OSPF (RFC 2328, RFC 5340): version and kind of message, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0201 002c 0a000001 00000000 0000 0000") + bytes(28))
>>> print_ospf(line, 0, 44, 4)
>>> line.text()
'OSPFv2, Hello, length 44'
"""

from lesson_engine.tcpdump.printers.line import Line, named

# Fields, in bytes from the message's start
_KIND, _AUTHENTICATION = 1, 14

_NAMES = {1: "Hello", 2: "Database Description", 3: "LS-Request", 4: "LS-Update", 5: "LS-Ack"}
_DIGEST, _DIGEST_SIZE = 2, 16


def print_ospf(line: Line, at: int, length: int, ip_version: int) -> None:
    """A message of `length` bytes at `at`. Its format is that of its version of IP, whatever version it gives."""
    if ip_version == 6:
        line.protocol = "ospf3"
        unknown = "unknown packet type (%u)"
    else:
        line.protocol = "ospf2"
        unknown = "unknown LS-type %u"
        if line.u16(at + _AUTHENTICATION) == _DIGEST:
            # The digest follows the message and is not counted in its length (RFC 2328 section D.4.3).
            length = (length - _DIGEST_SIZE) % (1 << 32)
            line.narrow(line.end - _DIGEST_SIZE)
    kind = line.u8(at + _KIND)
    line.write(f"OSPFv{line.u8(at)}, {named(_NAMES, kind, unknown)}, length {length}")
