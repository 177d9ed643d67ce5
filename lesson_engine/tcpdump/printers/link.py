"""Link-level headers: where each link type's printer starts.

A link printer takes a whole captured record, prints the header under -e, hands the payload to the network
layer and returns the header's length in bytes, which -x, -X and -A skip. Ethernet is IEEE 802.3 with the
tags of IEEE 802.1Q; the others are those of https://www.tcpdump.org/linktypes.html.

>>> from lesson_engine.packets.linktype import EN10MB
>>> link_printer(EN10MB).__name__
'print_ethernet_record'
"""

from collections.abc import Callable

from lesson_engine.packets.linktype import EN10MB, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW, LinkType
from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES, print_ethertype
from lesson_engine.tcpdump.printers.line import Line, named

LinkPrinter = Callable[[Line, int], int]

# Ethernet header, in bytes from its start
_DESTINATION = 0
_SOURCE = 6
_TYPE = 12
_TYPE_SIZE = 2
ETHERNET_HEADER = 14

_VLAN_TYPES = frozenset((0x8100, 0x88A8, 0x9100, 0x9200))
_JUMBO = 0x8870
_MACSEC = 0x88E5
LARGEST_LENGTH = 1500
"""A length/type field up to this is the length of an IEEE 802.3 payload; above it is an Ethernet type."""


def link_printer(link_type: LinkType) -> LinkPrinter:
    """The printer for records of this link type; one that cannot be printed gives its number and a dump."""
    if link_type == EN10MB:
        return print_ethernet_record
    if link_type in (RAW, IPV4, IPV6):
        return print_raw_record
    if link_type in (NULL, LOOP):
        from lesson_engine.tcpdump.printers.loopback import print_loopback_record

        return print_loopback_record
    if link_type in (LINUX_SLL, LINUX_SLL2):
        from lesson_engine.tcpdump.printers.cooked import print_sll2_record, print_sll_record

        return print_sll_record if link_type == LINUX_SLL else print_sll2_record
    return print_unknown_record


def print_unknown_record(line: Line, length: int) -> int:
    """A record of a link type that is not known here: its bytes, under the word tcpdump has for that."""
    line.write("UNSUPPORTED")
    line.write_dump(0, len(line.data))
    return 0


def print_raw_record(line: Line, length: int) -> int:
    """A record that starts with an IPv4 or IPv6 header."""
    line.protocol = "raw"
    if line.link_header:
        line.write("ip: ")
    from lesson_engine.tcpdump.printers.ip import print_ip_of_any_version

    print_ip_of_any_version(line, 0, length)
    return 0


def print_ethernet_record(line: Line, length: int) -> int:
    """A record that is an Ethernet frame."""
    return print_ethernet(line, 0, length)


def print_ethernet(line: Line, at: int, length: int, before_header: Callable[[], None] | None = None) -> int:
    """An Ethernet frame at `at`, which may lie in a tunnel: `before_header` prints what encloses it. Returns
    the bytes of its header, tags and LLC header included."""
    line.protocol = "ether"
    captured = line.end - at
    if length < captured:
        line.write(f"[length {length} < caplen {captured}]")
        line.invalid()
        return length
    if captured < ETHERNET_HEADER or length < ETHERNET_HEADER:
        line.truncated()
        return min(captured, length)
    if before_header is not None:
        before_header()
    frame_length = length
    frame = at
    data = line.data
    if line.link_header:
        line.write(f"{line.mac(frame + _SOURCE)} > {line.mac(frame + _DESTINATION)}, ")
    ethertype = data[frame + _TYPE] << 8 | data[frame + _TYPE + 1]
    at += ETHERNET_HEADER
    length -= ETHERNET_HEADER
    length_printed = False
    whole = limit = line.end
    if ethertype == _MACSEC:
        from lesson_engine.tcpdump.printers.macsec import print_tag

        if line.link_header:
            line.write(f"{_type_text(line, ethertype)}, length {frame_length}: ")
            length_printed = True

        def print_addresses() -> None:
            line.write(f"{line.mac(frame + _SOURCE)} > {line.mac(frame + _DESTINATION)} {ETHERTYPE_NAMES[_MACSEC]}, ")

        done, rest = print_tag(line, at, length, print_addresses)
        at += done
        if rest is None:
            return at - frame
        line.protocol = "ether"
        ethertype = line.u16(at)
        limit = min(at + rest, line.end)
        at += _TYPE_SIZE
        length = rest - _TYPE_SIZE
    while ethertype in _VLAN_TYPES:
        if line.end - at < 4 or length < 4:
            line.protocol = "vlan"
            line.truncated()
            return at - frame + min(line.end - at, length)
        if line.link_header:
            line.write(_type_text(line, ethertype))
            line.write(", " if length_printed else f", length {frame_length}: ")
            length_printed = True
            line.write(f"{tag_text(line.u16(at))}, ")
        ethertype = line.u16(at + 2)
        at += 4
        length -= 4
    if ethertype <= LARGEST_LENGTH or ethertype == _JUMBO:
        from lesson_engine.tcpdump.printers.llc import print_llc

        line.narrow(limit)
        if ethertype != _JUMBO:
            if ethertype < length:
                length = ethertype
                line.narrow(at + length)
            if line.link_header:
                line.write("802.3" if length_printed else f"802.3, length {length}: ")
        header, known = print_llc(line, at, length, source=frame + _SOURCE, destination=frame + _DESTINATION)
        if not known:
            line.dump(at, line.end - at)
        line.end = whole
        return at - frame + header
    if line.link_header:
        line.write(_type_text(line, ethertype))
        line.write(", " if length_printed else f", length {frame_length}: ")
    known = print_ethertype(line, ethertype, at, length, frame + _SOURCE)
    if not known:
        if not line.link_header:
            line.write(f"{line.mac(frame + _SOURCE)} > {line.mac(frame + _DESTINATION)}, ")
            line.write(f"{_type_text(line, ethertype)}, length {frame_length}: ")
        line.dump(at, limit - at)
    line.end = whole
    return at - frame


def _type_text(line: Line, ethertype: int) -> str:
    if line.quiet:
        return named(ETHERTYPE_NAMES, ethertype, "Unknown Ethertype (0x%04x)")
    return f"ethertype {named(ETHERTYPE_NAMES, ethertype, 'Unknown')} (0x{ethertype:04x})"


def tag_text(tag: int) -> str:
    """The tag control information of an IEEE 802.1Q tag.

    >>> tag_text(0xB00A)
    'vlan 10, p 5, DEI'
    """
    return f"vlan {tag & 0x0FFF}, p {tag >> 13}{', DEI' if tag & 0x1000 else ''}"
