"""IEEE 802.2 LLC and SNAP headers, as 802.3 frames carry them, and who takes what follows.

The control field is one byte in unnumbered frames, two in little-endian order in the others (ISO/IEC 8802-2).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("f0f07f"))
>>> print_llc(line, 0, 3)
(3, False)
>>> line.text()
'NetBeui Unnumbered, sabme, Flags [Poll], length 3'
"""

from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES, print_ethertype
from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.names import OUI_NAMES

_IP, _STP, _SNAP, _IPX, _OSI, _GLOBAL = 0x06, 0x42, 0xAA, 0xE0, 0xFE, 0xFF
_SERVICE_NAMES = {
    0x00: "Null",
    0x02: "802.1B I",
    0x03: "802.1B G",
    0x04: "SNA",
    _IP: "IP",
    0x0E: "ProWay NM",
    _STP: "STP",
    0x4E: "RS511",
    0x7E: "ISO8208",
    0x8E: "ProWay",
    _SNAP: "SNAP",
    _IPX: "IPX",
    0xF0: "NetBeui",
    _OSI: "OSI",
    _GLOBAL: "Global",
}
_UNNUMBERED_INFORMATION, _EXCHANGE = 0x03, 0xAF
_UNNUMBERED_NAMES = {
    _UNNUMBERED_INFORMATION: "ui",
    0x0F: "dm",
    0x43: "disc",
    0x63: "ua",
    0x6F: "sabme",
    0x87: "frmr",
    _EXCHANGE: "xid",
    0xE3: "test",
}
_SUPERVISORY_NAMES = {0: "Receiver Ready", 1: "Receiver not Ready", 2: "Reject"}
_RESPONSE, _GROUP = 0x01, 0x01
_FLAG_NAMES = {0: "Command", _RESPONSE: "Response", 0x10: "Poll", 0x11: "Final", 0x0100: "Poll", 0x0101: "Final"}
_ETHERNET_ORGANIZATIONS = (0x000000, 0x0000F8)
_CISCO = 0x00000C
_CISCO_PIDS = {
    0x010B: "PVST",
    0x010C: "VLAN Bridge",
    0x0111: "UDLD",
    0x2000: "CDP",
    0x2003: "VTP",
    0x2004: "DTP",
}
_OTHER_PIDS: dict[int, str] = {}
_PVST = 0x010B
_CDP = 0x2000


def print_llc(
    line: Line, at: int, length: int, *, source: int | None = None, destination: int | None = None
) -> tuple[int, bool]:
    """A frame of `length` bytes at `at`; the addresses lie at `source` and `destination` if the link has any.
    Returns the header's length, and whether the payload was printed."""
    line.protocol = "llc"
    captured = line.end - at
    if captured < 3 or length < 3:
        line.truncated()
        line.write_dump(at, captured)
        return min(captured, length), True
    destination_service, source_service, control = line.data[at], line.data[at + 1], line.data[at + 2]
    unnumbered = control & 3 == 3
    header = 3 if unnumbered else 4
    if not unnumbered:
        if captured < 4 or length < 4:
            line.truncated()
            line.write_dump(at, captured)
            return min(captured, length), True
        control |= line.data[at + 3] << 8
    if destination_service == source_service == _GLOBAL:
        # An IPX packet without any header before it starts with a checksum that is not used: ones.
        if line.link_header:
            line.write("IPX 802.3: ")
        from lesson_engine.tcpdump.printers.ipx import print_ipx

        print_ipx(line, at, length)
        return 0, True
    flags = source_service & _RESPONSE
    if line.link_header:
        line.write(
            f"LLC, dsap {named(_SERVICE_NAMES, destination_service & ~_GROUP, 'Unknown')}"
            f" (0x{destination_service & ~_GROUP:02x}) {'Group' if destination_service & _GROUP else 'Individual'},"
            f" ssap {named(_SERVICE_NAMES, source_service & ~_RESPONSE, 'Unknown')}"
            f" (0x{source_service & ~_RESPONSE:02x}) {'Response' if flags else 'Command'},"
            f" ctrl 0x{control:0{2 if unnumbered else 4}x}: "
        )
    destination_service &= ~_GROUP
    source_service &= ~_RESPONSE
    payload = at + header
    length -= header
    if destination_service == source_service and control == _UNNUMBERED_INFORMATION:
        if source_service == _SNAP:
            return header + 5, _print_snap(line, payload, length, source, destination)
        if source_service == _STP:
            from lesson_engine.tcpdump.printers.stp import print_stp

            print_stp(line, payload, length)
            return header, True
        if source_service == _IPX:
            if line.link_header:
                line.write("IPX 802.2: ")
            from lesson_engine.tcpdump.printers.ipx import print_ipx

            print_ipx(line, payload, length)
            return header, True
        if source_service == _IP:
            from lesson_engine.tcpdump.printers.ip import print_ip

            print_ip(line, payload, length)
            return header, True
        if source_service == _OSI:
            from lesson_engine.tcpdump.printers.osi import print_osi

            if print_osi(line, payload, length):
                return header, True
    if not line.link_header:
        _print_addresses(line, source, destination, source_service, destination_service)
    total = length + header
    if unnumbered:
        command = control & 0xEF
        line.write(
            f"Unnumbered, {named(_UNNUMBERED_NAMES, command, '%02x')},"
            f" Flags [{named(_FLAG_NAMES, flags | control & 0x10, '?')}], length {total}"
        )
        if command == _EXCHANGE:
            if length == 0:
                return header, True
            if payload >= line.end:
                line.truncated()
                return header, True
            if line.data[payload] == 0x81:
                if line.end - payload < 3 or length < 3:
                    line.truncated()
                    line.write_dump(payload, line.end - payload)
                    return header, True
                line.write(f": {line.data[payload + 1]:02x} {line.data[payload + 2]:02x}")
                return header, True
        return header, False
    flags_text = named(_FLAG_NAMES, flags | control & 0x0100, "?")
    received = control >> 9 & 0x7F
    if control & 3 == 1:
        name = named(_SUPERVISORY_NAMES, control >> 2 & 3, "?")
        line.write(f"Supervisory, {name}, rcv seq {received}, Flags [{flags_text}], length {total}")
        return header, True
    line.write(f"Information, send seq {control >> 1 & 0x7F}, rcv seq {received}, Flags [{flags_text}], length {total}")
    return header, False


def _print_addresses(
    line: Line, source: int | None, destination: int | None, source_service: int, destination_service: int
) -> None:
    to = named(_SERVICE_NAMES, destination_service, "Unknown DSAP 0x%02x")
    of = named(_SERVICE_NAMES, source_service, "Unknown SSAP 0x%02x")
    if source is None or destination is None:
        line.write(f"{to} " if source_service == destination_service else f"{of} > {to} ")
        return
    source_address, destination_address = (line.names.mac(line.data[x : x + 6]) for x in (source, destination))
    if source_service == destination_service:
        line.write(f"{source_address} > {destination_address} {to} ")
    else:
        line.write(f"{source_address} {of} > {destination_address} {to} ")


def _print_snap(line: Line, at: int, length: int, source: int | None, destination: int | None) -> bool:
    """The SNAP header and its payload; False if the payload is not known."""
    line.protocol = "snap"
    if length < 5 or not line.has(at, 5):
        line.truncated()
        return True
    organization, protocol = line.u24(at), line.u16(at + 3)
    length -= 5
    names = (
        ETHERTYPE_NAMES
        if organization in _ETHERNET_ORGANIZATIONS
        else _CISCO_PIDS
        if organization == _CISCO
        else _OTHER_PIDS
    )
    if line.link_header:
        line.write(
            f"oui {named(OUI_NAMES, organization, 'Unknown')} (0x{organization:06x}),"
            f" {'ethertype' if organization == 0 else 'pid'} {named(names, protocol, 'Unknown')} (0x{protocol:04x}),"
            f" length {length}: "
        )
    known = False
    if organization in _ETHERNET_ORGANIZATIONS:
        known = print_ethertype(line, protocol, at + 5, length, source)
    elif organization == _CISCO and protocol == _PVST:
        from lesson_engine.tcpdump.printers.stp import print_stp

        print_stp(line, at + 5, length)
        known = True
    elif organization == _CISCO and protocol == _CDP:
        from lesson_engine.tcpdump.printers.cdp import print_cdp

        print_cdp(line, at + 5, length)
        known = True
    if not known and not line.link_header:
        if source is not None and destination is not None:
            addresses = (line.names.mac(line.data[x : x + 6]) for x in (source, destination))
            line.write(f"{' > '.join(addresses)} ")
        what = (
            f"ethertype {named(names, protocol, 'Unknown')}"
            if organization == 0
            else f"oui {named(OUI_NAMES, organization, 'Unknown')} (0x{organization:06x}),"
            f" pid {named(names, protocol, 'Unknown')}"
        )
        line.write(f"SNAP, {what} (0x{protocol:04x}), length {length}: ")
    return known
