"""GRE (RFC 2784, RFC 2890): the header's fields, and the packet it carries.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("20001234 00000005"))
>>> print_gre(line, 0, 8)
>>> line.text()
'GREv0, key=0x5, length 8: gre-proto-0x1234'
"""

from lesson_engine.tcpdump.printers.line import Line

_CHECKSUM, _ROUTING, _KEY, _SEQUENCE, _STRICT, _ACKNOWLEDGMENT = 0x8000, 0x4000, 0x2000, 0x1000, 0x0800, 0x0080
_IPV4, _IPV6, _BRIDGED = 0x0800, 0x86DD, 0x6558
_MPLS = (0x8847, 0x8848)


def print_gre(line: Line, at: int, length: int) -> None:
    """A header at `at` with `length` bytes from there on the wire."""
    line.protocol = "gre"
    if not line.has(at, 2):
        line.truncated()
        return
    version = line.u16(at) & 7
    line.write(f"GREv{version}")
    if version == 0:
        try:
            _print_version_0(line, at, length)
        except _CutError:
            line.truncated()
    elif version == 1:
        from lesson_engine.tcpdump.printers.pptp import print_gre_version_1

        print_gre_version_1(line, at, length)
    else:
        line.write(" ERROR: unknown-version")


class _CutError(Exception):
    """The header ends in the middle."""


def _print_version_0(line: Line, at: int, length: int) -> None:
    write = line.write
    flags = line.u16(at)
    total = length
    start = at
    if line.verbose:
        letters = (
            (_CHECKSUM, "C"),
            (_ROUTING, "R"),
            (_KEY, "K"),
            (_SEQUENCE, "S"),
            (_STRICT, "s"),
            (_ACKNOWLEDGMENT, "A"),
        )
        shown = "".join(letter for mask, letter in letters if flags & mask)
        write(f", Flags [{', '.join(_FLAG_NAMES[letter] for letter in shown) or 'none'}]")
    protocol = _field(line, at + 2, 2)
    at += 4
    if flags & (_CHECKSUM | _ROUTING):
        checksum = _field(line, at, 2)
        if line.verbose:
            write(f", sum 0x{checksum:x}")
        at += 2
        write(f", off 0x{_field(line, at, 2):x}")
        at += 2
    if flags & _KEY:
        write(f", key=0x{_field(line, at, 4):x}")
        at += 4
    if flags & _SEQUENCE:
        write(f", seq {_field(line, at, 4)}")
        at += 4
    if flags & _ROUTING:
        at = _skip_routes(line, at)
    if line.link_header:
        from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES
        from lesson_engine.tcpdump.printers.line import named

        write(f", proto {named(ETHERTYPE_NAMES, protocol, 'unknown')} (0x{protocol:04x})")
    write(f", length {total}")
    write(": " if not line.verbose else "\n\t")
    rest = total - (at - start)
    if protocol == _IPV4:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, rest)
    elif protocol == _IPV6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, rest)
    elif protocol == _BRIDGED:
        from lesson_engine.tcpdump.printers.link import print_ethernet

        print_ethernet(line, at, rest)
    elif protocol in _MPLS:
        from lesson_engine.tcpdump.printers.mpls import print_mpls

        print_mpls(line, at, rest)
    else:
        write(f"gre-proto-0x{protocol:x}")


_FLAG_NAMES = {
    "C": "checksum present",
    "R": "routing present",
    "K": "key present",
    "S": "sequence# present",
    "s": "source routing present",
    "A": "ack present",
}


def _field(line: Line, at: int, size: int) -> int:
    if not line.has(at, size):
        raise _CutError
    return int.from_bytes(line.data[at : at + size], "big")


def _skip_routes(line: Line, at: int) -> int:
    """Past the source route entries, which end with an empty one (RFC 1701)."""
    while True:
        family, size = line.u16(at), line.u8(at + 3)
        at += 4
        if family == 0 and size == 0:
            return at
        at += size
