"""Linux cooked captures: what a capture on the interface `any` holds in place of a link-level header.

LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2 (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html): which
way the packet went, the sender's link address and the payload's type. SLL2 has the interface's index; its
name is not in the file, so unless the printer was given one it is `?`, as for an index tcpdump's machine lacks.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, link_header=True))
>>> line.begin(bytes.fromhex("0004 0001 0006 020000000001 0000 9999"))
>>> print_sll_record(line, 16)
16
>>> line.text()
'Out 02:00:00:00:00:01 ethertype Unknown (0x9999), length 16: '
"""

from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES, print_ethertype
from lesson_engine.tcpdump.printers.line import Line, named

_SLL_HEADER = 16
_SLL2_HEADER = 20

_WAYS = {0: "In", 1: "B", 2: "M", 3: "P", 4: "Out"}
_IEEE_802_3, _IEEE_802_2 = 1, 4
_OLD_TYPES = {_IEEE_802_3: "802.3", _IEEE_802_2: "802.2"}
_VLAN = 0x8100
_LARGEST_LENGTH = 1500


def print_sll_record(line: Line, length: int) -> int:
    """A record with a version 1 header; returns the header's length."""
    line.protocol = "sll"
    if len(line.data) < _SLL_HEADER:
        line.truncated()
        return 0
    ethertype = line.u16(14)
    address = f"{line.mac(6)} " if line.u16(4) == 6 else ""
    header = f"{named(_WAYS, line.u16(0), '?'):>3} {address}"
    return _print_payload(line, header, ethertype, _SLL_HEADER, length)


def print_sll2_record(line: Line, length: int) -> int:
    """A record with a version 2 header; returns the header's length."""
    line.protocol = "sll2"
    if len(line.data) < _SLL2_HEADER:
        line.truncated()
        return 0
    ethertype = line.u16(0)
    interface = line.u32(4)
    line.write(f"{line.interface_names.get(interface, '?'):<5} {named(_WAYS, line.u8(10), '?'):<3} ")
    address = f"{line.mac(12)} " if line.u8(11) == 6 else ""
    return _print_payload(line, f"ifindex {interface} {address}", ethertype, _SLL2_HEADER, length)


def _print_payload(line: Line, header: str, ethertype: int, at: int, length: int) -> int:
    """What follows a header of `at` bytes; returns the length of all headers that are link-level."""
    outer, header_length = ethertype, at
    if line.link_header:
        line.write(_header_text(line, header, outer, length))
    length -= at
    captured = line.end
    while ethertype == _VLAN:
        if captured - at < 4:
            line.protocol = "vlan"
            line.truncated()
            return captured
        if line.link_header:
            from lesson_engine.tcpdump.printers.link import tag_text

            line.write(f"{tag_text(line.u16(at))}, ")
        ethertype = line.u16(at + 2)
        if ethertype <= _LARGEST_LENGTH:
            ethertype = _IEEE_802_2
        if not line.quiet:
            line.write(f"ethertype {named(ETHERTYPE_NAMES, ethertype, 'Unknown')}, ")
        at += 4
        length -= 4
    if ethertype == _IEEE_802_2:
        from lesson_engine.tcpdump.printers.llc import print_llc

        llc_length, known = print_llc(line, at, length)
        if not known:
            line.dump(at, captured - at)
            return at
        return at + llc_length
    if ethertype == _IEEE_802_3:
        # What has no LLC header after an IEEE 802.3 one is IPX.
        from lesson_engine.tcpdump.printers.ipx import print_ipx

        print_ipx(line, at, length)
    elif ethertype <= _LARGEST_LENGTH:
        line.dump(at, captured - at)
    elif not print_ethertype(line, ethertype, at, length):
        if not line.link_header:
            # Tags count neither as header nor as payload here.
            line.write(_header_text(line, header, outer, length + header_length))
        line.dump(at, captured - at)
    return at


def _header_text(line: Line, header: str, ethertype: int, length: int) -> str:
    return header if line.quiet else f"{header}{_type_text(ethertype)}, length {length}: "


def _type_text(ethertype: int) -> str:
    if ethertype <= _LARGEST_LENGTH:
        return _OLD_TYPES.get(ethertype, f"ethertype Unknown (0x{ethertype:04x})")
    return f"ethertype {named(ETHERTYPE_NAMES, ethertype, 'Unknown')} (0x{ethertype:04x})"
