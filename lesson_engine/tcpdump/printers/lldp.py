"""LLDP (IEEE 802.1AB): the system's name, or under -v all that it tells of itself.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0a03") + b"sw1" + bytes(2))
>>> print_lldp(line, 0, 7)
>>> line.text()
'LLDP, length 7: sw1'
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, bits, named, visible
from lesson_engine.tcpdump.printers.names import OUI_NAMES

_END, _CHASSIS, _PORT, _TIME_TO_LIVE, _PORT_DESCRIPTION, _SYSTEM_NAME, _SYSTEM_DESCRIPTION = range(7)
_CAPABILITIES, _MANAGEMENT_ADDRESS, _ORGANIZATION = 7, 8, 127
_NAMES = {
    _END: "End",
    _CHASSIS: "Chassis ID",
    _PORT: "Port ID",
    _TIME_TO_LIVE: "Time to Live",
    _PORT_DESCRIPTION: "Port Description",
    _SYSTEM_NAME: "System Name",
    _SYSTEM_DESCRIPTION: "System Description",
    _CAPABILITIES: "System Capabilities",
    _MANAGEMENT_ADDRESS: "Management Address",
    _ORGANIZATION: "Organization specific",
}
_CHASSIS_NAMES = {
    1: "Chassis component",
    2: "Interface alias",
    3: "Port component",
    4: "MAC address",
    5: "Network address",
    6: "Interface name",
    7: "Local",
}
_PORT_NAMES = {
    1: "Interface alias",
    2: "Port component",
    3: "MAC address",
    4: "Network Address",
    5: "Interface Name",
    6: "Agent circuit ID",
    7: "Local",
}
_CAPABILITY_NAMES = {
    1 << bit: name
    for bit, name in enumerate(
        ("Other", "Repeater", "Bridge", "WLAN AP", "Router", "Telephone", "Docsis", "Station Only")
    )
}
_NUMBERING_NAMES = {2: "Interface Index", 3: "System Port Number"}
_IPV4, _IPV6, _IEEE_802 = 1, 2, 6
_FAMILY_NAMES = {25: "VPLS"} | dict(
    enumerate(
        (
            "Reserved",
            "IPv4",
            "IPv6",
            "NSAP",
            "HDLC",
            "BBN 1822",
            "802",
            "E.163",
            "E.164",
            "F.69",
            "X.121",
            "Novell IPX",
            "Appletalk",
            "Decnet IV",
            "Banyan Vines",
            "E.164 with NSAP subaddress",
        )
    )
)


def print_lldp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "lldp"
    line.write(f"LLDP, length {length}")
    try:
        _print_values(line, at, length)
    except TruncatedError:
        line.truncated()


def _print_values(line: Line, at: int, length: int) -> None:
    while length >= 2:
        head = line.u16(at)
        kind, size = head >> 9, head & 0x01FF
        at += 2
        length -= 2
        if line.verbose:
            line.write(f"\n\t{named(_NAMES, kind, 'Unknown')} TLV ({kind}), length {size}")
        if kind == _END or size == 0:
            return
        line.need(at, size)
        if length < size:
            raise TruncatedError
        if kind == _SYSTEM_NAME:
            line.write(": ")
            print_text(line, at, size)
        known = _print_value(line, kind, at, size) if line.verbose else True
        if line.verbose > 1 or not known:
            line.write_hex(at, size, "\n\t  ")
        at += size
        length -= size


def _print_value(line: Line, kind: int, at: int, size: int) -> bool:
    """What a value of `size` bytes says; False if that is not known."""
    if kind in (_CHASSIS, _PORT):
        if size < 2:
            raise TruncatedError
        return _print_identifier(line, kind, at, size)
    if kind == _TIME_TO_LIVE:
        if size < 2:
            raise TruncatedError
        line.write(f": TTL {line.u16(at)}s")
    elif kind == _PORT_DESCRIPTION:
        line.write(": ")
        print_text(line, at, size)
    elif kind == _SYSTEM_DESCRIPTION:
        line.write("\n\t  ")
        print_text(line, at, size)
    elif kind == _CAPABILITIES:
        if size < 4:
            raise TruncatedError
        for title, value in (("System ", line.u16(at)), ("Enabled", line.u16(at + 2))):
            line.write(f"\n\t  {title} Capabilities [{bits(_CAPABILITY_NAMES, value, 'none')}] (0x{value:04x})")
    elif kind == _MANAGEMENT_ADDRESS:
        _print_management_address(line, at, size)
    elif kind == _ORGANIZATION:
        if size < 3:
            raise TruncatedError
        organization = line.u24(at)
        line.write(f": OUI {named(OUI_NAMES, organization, 'Unknown')} (0x{organization:06x})")
        if organization not in (0x0080C2, 0x00120F):
            return False
        if size > 3:
            from lesson_engine.tcpdump.printers.lldporg import print_bridging, print_ethernet_physics

            return (print_bridging if organization == 0x0080C2 else print_ethernet_physics)(line, at, size)
    elif kind != _SYSTEM_NAME:
        return False
    return True


def _print_identifier(line: Line, kind: int, at: int, size: int) -> bool:
    """Which chassis or which of its ports."""
    subtype = line.u8(at)
    names = _CHASSIS_NAMES if kind == _CHASSIS else _PORT_NAMES
    line.write(f"\n\t  Subtype {named(names, subtype, 'Unknown')} ({subtype}): ")
    name = names.get(subtype, "").lower()
    if not name:
        return False
    if name == "mac address":
        if size < 7:
            raise TruncatedError
        line.write(line.mac(at + 1))
    elif name == "network address":
        _print_network_address(line, at + 1, size - 1)
    else:
        print_text(line, at + 1, size - 1)
    return True


_ADDRESS_LENGTHS = {_IPV4: 4, _IPV6: 16, _IEEE_802: 6}


def _print_network_address(line: Line, at: int, size: int, before: str = "") -> None:
    """An address family and an address, after the text `before` if the address is whole."""
    if size < 1:
        raise TruncatedError
    family = line.u8(at)
    title = f"{before}AFI {named(_FAMILY_NAMES, family, 'Unknown')} ({family})"
    if family not in _ADDRESS_LENGTHS:
        line.write(f"{title}, no AF printer !")
        return
    if size < 1 + _ADDRESS_LENGTHS[family]:
        raise TruncatedError
    address = {_IPV4: line.ipv4, _IPV6: line.ipv6, _IEEE_802: line.mac}[family]
    line.write(f"{title}: {address(at + 1)}")


def _print_management_address(line: Line, at: int, size: int) -> None:
    length = line.u8(at) if size > 0 else 0
    if length == 0 or size < 1 + length:
        raise TruncatedError
    _print_network_address(line, at + 1, length, f"\n\t  Management Address length {length}, ")
    at += 1 + length
    size -= 1 + length
    if size < 5:
        raise TruncatedError
    numbering = line.u8(at)
    line.write(f"\n\t  {named(_NUMBERING_NAMES, numbering, 'Unknown')} Interface Numbering ({numbering}): ")
    line.write(f"{line.u32(at + 1)}")
    at += 5
    size -= 5
    if size < 1:
        return
    length = line.u8(at)
    if length:
        if size < 1 + length:
            raise TruncatedError
        line.write(f"\n\t  OID length {length}")
        print_text(line, at + 1, length)


def print_text(line: Line, at: int, size: int) -> None:
    """Text of up to `size` bytes, which ends before a zero byte."""
    line.write(visible(line.bytes(at, size).partition(b"\0")[0]))
