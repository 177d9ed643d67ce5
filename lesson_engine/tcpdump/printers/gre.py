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
_MPLS, _IPX, _APPLETALK = 0x8847, 0x8137, 0x809B
_ROUTE_OF_ADDRESSES, _ROUTE_OF_SYSTEMS = 0x0800, 0xFFFE


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
    end = at + length
    protocol = _field(line, at + 2, 2, end)
    at += 4
    if flags & (_CHECKSUM | _ROUTING):
        checksum = _field(line, at, 2, end)
        if line.verbose:
            write(f", sum 0x{checksum:x}")
        at += 2
        write(f", off 0x{_field(line, at, 2, end):x}")
        at += 2
    if flags & _KEY:
        write(f", key=0x{_field(line, at, 4, end):x}")
        at += 4
    if flags & _SEQUENCE:
        write(f", seq {_field(line, at, 4, end)}")
        at += 4
    if flags & _ROUTING:
        at = _print_routes(line, at, start + total)
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
    elif protocol == _MPLS:
        from lesson_engine.tcpdump.printers.mpls import print_mpls

        print_mpls(line, at, rest)
    elif protocol == _IPX:
        from lesson_engine.tcpdump.printers.ipx import print_ipx

        print_ipx(line, at, rest)
    elif protocol == _APPLETALK:
        from lesson_engine.tcpdump.printers.appletalk import print_appletalk

        print_appletalk(line, at, rest)
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


def _field(line: Line, at: int, size: int, end: int) -> int:
    if not line.has(at, size) or end - at < size:
        raise _CutError
    return int.from_bytes(line.data[at : at + size], "big")


def _print_routes(line: Line, at: int, end: int) -> int:
    """The source route entries, which end with an empty one (RFC 1701). Returns where they end."""
    while True:
        entry = _field(line, at, 4, end)
        family, offset, size = entry >> 16, entry >> 8 & 0xFF, entry & 0xFF
        at += 4
        if family == 0 and size == 0:
            return at
        if family in (_ROUTE_OF_ADDRESSES, _ROUTE_OF_SYSTEMS):
            line.write(f", (rtaf={'ip' if family == _ROUTE_OF_ADDRESSES else 'asn'}")
            whole = _print_hops(line, at, end, offset, size, 4 if family == _ROUTE_OF_ADDRESSES else 2)
            line.write(")")
            if not whole:
                raise _CutError
        else:
            line.write(f", (rtaf=0x{family:x})")
        if end - at < size:
            raise _CutError
        at += size


def _print_hops(line: Line, at: int, end: int, offset: int, size: int, step: int) -> bool:
    """The hops of an entry, the next one marked; False if they were cut."""
    if offset % step:
        line.write(f", badoffset={offset}")
    elif size % step:
        line.write(f", badlength={size}")
    elif offset >= size:
        line.write(f", badoff/len={offset}/{size}")
    else:
        for where in range(0, size, step):
            if not line.has(at + where, step) or end - at - where < step:
                return False
            hop = line.bytes(at + where, step)
            text = ".".join(map(str, hop)) if step == 4 else f"{int.from_bytes(hop):x}"
            line.write(f" {'*' if where == offset else ''}{text}")
    return True
