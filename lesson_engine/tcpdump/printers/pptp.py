"""The enhanced GRE header of PPTP (RFC 2637): version 1, with a call's number in place of the key, carrying PPP.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("2081880b 00000005 00000003"))
>>> print_gre_version_1(line, 0, 12)
>>> line.text()
', call 5, ack 3, no-payload, length 12'
"""

from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES
from lesson_engine.tcpdump.printers.line import Line, bits, named

_KEY, _SEQUENCE, _ACKNOWLEDGMENT = 0x2000, 0x1000, 0x0080
_FLAG_NAMES = {
    0x8000: "checksum present",
    0x4000: "routing present",
    _KEY: "key present",
    _SEQUENCE: "sequence# present",
    0x0800: "source routing present",
    _ACKNOWLEDGMENT: "ack present",
}
_PPP = 0x880B


def print_gre_version_1(line: Line, at: int, length: int) -> None:
    """What follows `GREv1` for a header of version 1 at `at`, with `length` bytes from there on the wire."""
    if not _print_header(line, at, length):
        line.truncated()


def _print_header(line: Line, at: int, length: int) -> bool:
    """False if the header was cut."""
    start = at
    flags = line.u16(at)
    if line.verbose:
        line.write(f", Flags [{bits(_FLAG_NAMES, flags, 'none')}]")
    if not line.has(at, 4):
        return False
    protocol = line.u16(at + 2)
    at += 4
    if flags & _KEY:
        if not line.has(at, 4):
            return False
        line.write(f", call {line.u16(at + 2)}")
        at += 4
    for mask, title in ((_SEQUENCE, "seq"), (_ACKNOWLEDGMENT, "ack")):
        if flags & mask:
            if not line.has(at, 4):
                return False
            line.write(f", {title} {line.u32(at)}")
            at += 4
    if not flags & _SEQUENCE:
        line.write(", no-payload")
    if line.link_header:
        line.write(f", proto {named(ETHERTYPE_NAMES, protocol, 'unknown')} (0x{protocol:04x})")
    line.write(f", length {length}")
    if not flags & _SEQUENCE:
        return True
    line.write("\n\t" if line.verbose else ": ")
    if protocol == _PPP:
        from lesson_engine.tcpdump.printers.ppp import print_ppp

        print_ppp(line, at, length - (at - start))
    else:
        line.write(f"gre-proto-0x{protocol:x}")
    return True
