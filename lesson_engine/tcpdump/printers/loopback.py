"""BSD loopback records: four bytes say which address family follows (LINKTYPE_NULL and LINKTYPE_LOOP).

NULL has the family in the byte order of the machine that captured, LOOP in network order. Families are small
numbers, so a large one is one whose bytes are the other way round; IPv6 has three, one for each BSD.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("63000000"))
>>> print_loopback_record(line, 4)
4
>>> line.text()
'AF Unknown (99), length 4: '
"""

from lesson_engine.tcpdump.printers.line import Line, named

HEADER = 4
"""Bytes."""
_INET, _OSI, _APPLETALK, _IPX, _INET6 = 2, 7, 16, 23, (24, 28, 30)
FAMILIES = {
    _INET: "IPv4",
    6: "NS",
    _OSI: "ISO",
    _APPLETALK: "Appletalk",
    _IPX: "IPX",
    24: "IPv6",
    28: "IPv6",
    30: "IPv6",
}
"""Address families by number, as BSDs number them."""


def address_family(data: bytes) -> int:
    """The address family that a record of either type begins with."""
    family = int.from_bytes(data[:HEADER], "little")
    return family if family <= 0xFFFF else int.from_bytes(data[:HEADER], "big")


def print_loopback_record(line: Line, length: int) -> int:
    """A record of either type; returns the header's length."""
    line.protocol = "null"
    if len(line.data) < HEADER:
        line.truncated()
        return 0
    family = address_family(line.data)
    if line.link_header:
        line.write(_header_text(line, family, length))
    if family == _INET:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, HEADER, length - HEADER)
    elif family in _INET6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, HEADER, length - HEADER)
    elif family == _APPLETALK:
        from lesson_engine.tcpdump.printers.appletalk import print_appletalk

        print_appletalk(line, HEADER, length - HEADER)
    elif family == _IPX:
        from lesson_engine.tcpdump.printers.ipx import print_ipx

        print_ipx(line, HEADER, length - HEADER)
    elif family != _OSI or not _print_osi(line, length):
        if not line.link_header:
            line.write(_header_text(line, family, length))
        line.dump(HEADER, len(line.data) - HEADER)
    return HEADER


def _print_osi(line: Line, length: int) -> bool:
    from lesson_engine.tcpdump.printers.osi import print_osi

    return print_osi(line, HEADER, length - HEADER)


def _header_text(line: Line, family: int, length: int) -> str:
    if line.quiet:
        return f"{named(FAMILIES, family, 'Unknown AF %u')}, length {length}: "
    return f"AF {named(FAMILIES, family, 'Unknown')} ({family}), length {length}: "
