"""The values that messages of LDP hold (RFC 5036, RFC 4447, RFC 3988), as -v shows them.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(verbose=1))
>>> line.begin(bytes.fromhex("0200 0004 00000010"))
>>> print_value(line, 0, 8)
8
>>> line.text().split("\\n\\t      ")[1]
'Label: 16'
"""

from lesson_engine.tcpdump.printers.addressfamilies import (
    ADDRESS_FAMILIES,
    ADDRESS_SIZES,
    IPV4,
    IllegalPrefixError,
    prefix,
)
from lesson_engine.tcpdump.printers.line import Line, bits, named

_FEC, _ADDRESSES, _LABEL, _STATUS, _HELLO, _ADDRESS_4, _SEQUENCE, _ADDRESS_6, _SESSION, _FAULT_TOLERANCE, _MTU = (
    0x0100, 0x0101, 0x0200, 0x0300, 0x0400, 0x0401, 0x0402, 0x0403, 0x0500, 0x0503, 0x0601,
)  # fmt: skip
_NAMES = {
    _FEC: "FEC",
    _ADDRESSES: "Address List",
    0x0103: "Hop Count",
    0x0104: "Path Vector",
    _LABEL: "Generic Label",
    0x0201: "ATM Label",
    0x0202: "Frame-Relay Label",
    _STATUS: "Status",
    0x0301: "Extended Status",
    0x0302: "Returned PDU",
    0x0303: "Returned Message",
    _HELLO: "Common Hello Parameters",
    _ADDRESS_4: "IPv4 Transport Address",
    _SEQUENCE: "Configuration Sequence Number",
    _ADDRESS_6: "IPv6 Transport Address",
    _SESSION: "Common Session Parameters",
    0x0501: "ATM Session Parameters",
    0x0502: "Frame-Relay Session Parameters",
    _FAULT_TOLERANCE: "Fault-Tolerant Session Parameters",
    0x0600: "Label Request Message ID",
    _MTU: "MTU",
}
_SMALLEST = {
    _HELLO: 4,
    _ADDRESS_4: 4,
    _ADDRESS_6: 16,
    _SEQUENCE: 4,
    _ADDRESSES: 2,
    _SESSION: 8,
    _FEC: 1,
    _LABEL: 4,
    _STATUS: 8,
    _FAULT_TOLERANCE: 12,
    _MTU: 2,
}
_PREFIX, _CIRCUIT = 0x02, 0x80
_FEC_NAMES = {0x01: "Wildcard", _PREFIX: "Prefix", 0x03: "Host address", _CIRCUIT: "Martini VC"}
_PARAMETER_MTU, _PARAMETER_TEXT, _PARAMETER_VERIFICATION = 0x01, 0x03, 0x0C
_PARAMETERS = {_PARAMETER_MTU: "MTU", _PARAMETER_TEXT: "Description", _PARAMETER_VERIFICATION: "VCCV"}
_CHANNELS = {1: "PWE3 control word", 2: "MPLS Router Alert Label", 4: "MPLS inner label TTL = 1"}
_VERIFICATIONS = {1: "ICMP Ping", 2: "LSP Ping", 4: "BFD"}


PSEUDOWIRES = {
    0: "Reserved",
    1: "Frame Relay DLCI (Martini Mode)",
    2: "ATM AAL5 SDU VCC transport",
    3: "ATM transparent cell transport",
    4: "Ethernet VLAN",
    5: "Ethernet",
    6: "Cisco-HDLC",
    7: "PPP",
    8: "SONET/SDH Circuit Emulation Service over MPLS",
    9: "ATM n-to-one VCC cell transport",
    10: "ATM n-to-one VPC cell transport",
    11: "IP Layer2 Transport",
    12: "ATM one-to-one VCC Cell Mode",
    13: "ATM one-to-one VPC Cell Mode",
    14: "ATM AAL5 PDU VCC transport",
    15: "Frame-Relay Port mode",
    16: "SONET/SDH Circuit Emulation over Packet",
    17: "Structure-agnostic E1 over Packet",
    18: "Structure-agnostic T1 (DS1) over Packet",
    19: "Structure-agnostic E3 over Packet",
    20: "Structure-agnostic T3 (DS3) over Packet",
    21: "CESoPSN basic mode",
    22: "TDMoIP basic mode",
    23: "CESoPSN TDM with CAS",
    24: "TDMoIP TDM with CAS",
    25: "Frame Relay DLCI",
    64: "IP-interworking",
}
"""RFC 4446."""


_NOT = "Don't "


class _ShortValueError(Exception):
    """A value is too short for what it should hold."""


def print_value(line: Line, at: int, left: int) -> int:
    """The value at `at`, of which `left` bytes may be taken; returns its size, or 0 if it is longer than that."""
    line.need(at, 4)
    head, size = line.u16(at), line.u16(at + 2)
    if size + 4 > left:
        line.write("\n\t\t TLV contents go past end of message")
        return 0
    kind = head & 0x3FFF
    line.write(
        f"\n\t    {named(_NAMES, kind, 'Unknown')} TLV (0x{kind:04x}), length: {size}, Flags:"
        f" [{'continue processing' if head & 0x8000 else 'ignore'} and {_do(head & 0x4000)} forward if unknown]"
    )
    if kind not in _SMALLEST:
        if line.verbose == 1:
            line.write_hex(at + 4, size, "\n\t      ")
        return size + 4
    try:
        _require(line, size, _SMALLEST[kind])
        _print_contents(line, kind, at + 4, size)
    except _ShortValueError:
        line.invalid()
    return size + 4


def _do(flag: int) -> str:
    return "do" if flag else "don't"


def _require(line: Line, size: int, needed: int) -> None:
    if size < needed:
        line.write(f" [tlv length {size} < {needed}]")
        raise _ShortValueError


def _print_contents(line: Line, kind: int, at: int, size: int) -> None:
    if kind == _FEC:
        _print_class(line, at, size)
        return
    if kind == _ADDRESSES:
        _print_addresses(line, at, size)
        return

    def write(text: str) -> None:
        line.write(f"\n\t      {text}")

    if kind == _HELLO:
        flags = line.u16(at + 2)
        write(
            f"Hold Time: {line.u16(at)}s, Flags: [{'Targeted' if flags & 0x8000 else 'Link'} Hello"
            f"{', Request for targeted Hellos' if flags & 0x4000 else ''}]"
        )
    elif kind == _ADDRESS_4:
        write(f"IPv4 Transport Address: {line.ipv4(at)}")
    elif kind == _ADDRESS_6:
        write(f"IPv6 Transport Address: {line.ipv6(at)}")
    elif kind == _SEQUENCE:
        write(f"Sequence Number: {line.u32(at)}")
    elif kind == _SESSION:
        flags = line.u16(at + 6)
        write(
            f"Version: {line.u16(at)}, Keepalive: {line.u16(at + 2)}s, Flags: [Downstream"
            f" {'On Demand' if flags & 0x8000 else 'Unsolicited'},"
            f" Loop Detection {'Enabled' if flags & 0x4000 else 'Disabled'}]"
        )
    elif kind == _LABEL:
        write(f"Label: {line.u32(at) & 0xFFFFF}")
    elif kind == _STATUS:
        status = line.u32(at)
        write(
            f"Status: 0x{status & 0x3FFFFFFF:02x},"
            f" Flags: [{'Fatal error' if status >> 31 else 'Advisory Notification'} and"
            f" {_do(status & 0x40000000)} forward]"
        )
        cause = line.u32(at + 4)
        if cause:
            line.write(f", causing Message ID: 0x{cause:08x}")
    elif kind == _FAULT_TOLERANCE:
        flags = line.u16(at)
        write(
            f"Flags: [{'' if flags & 0x8000 else 'No '}Reconnect, {'' if flags & 8 else _NOT}Save State,"
            f" {'' if flags & 4 else 'No '}All-Label Protection,"
            f" {'Sequence Numbered Label' if flags & 2 else 'All Labels'} Checkpoint,"
            f" {'' if flags & 1 else _NOT}Re-Learn State]"
        )
        for offset, text, unit in ((4, "Reconnect Timeout", "ms"), (8, "Recovery Time", "ms")):
            value = line.u32(at + offset)
            if value:
                line.write(f", {text}: {value}{unit}")
    else:
        write(f"MTU: {line.u16(at)}")


def _print_addresses(line: Line, at: int, size: int) -> None:
    family = line.u16(at)
    line.write(f"\n\t      Address Family: {named(ADDRESS_FAMILIES, family, 'Unknown (%u)')}, addresses")
    at += 2
    size -= 2
    step = ADDRESS_SIZES.get(family)
    while step and size >= step:
        line.write(f" {line.ipv4(at) if family == IPV4 else line.ipv6(at)}")
        at += step
        size -= step


def _print_class(line: Line, at: int, size: int) -> None:
    kind = line.u8(at)
    line.write(f"\n\t      {named(_FEC_NAMES, kind, 'Unknown')} FEC (0x{kind:02x})")
    at += 1
    size -= 1
    if kind == _PREFIX:
        _require(line, size, 2)
        family = line.u16(at)
        if family in ADDRESS_SIZES:
            line.write(_prefix_text(line, at + 2, size - 2, family))
        else:
            line.write(f": Address family {family} prefix")
    elif kind == _CIRCUIT:
        _print_circuit(line, at, size)


def _prefix_text(line: Line, at: int, left: int, family: int) -> str:
    try:
        text, _ = prefix(line, at, left, family)
    except IllegalPrefixError:
        text = "(invalid length)"
    return f": {ADDRESS_FAMILIES[family]} prefix {text}"


def _print_circuit(line: Line, at: int, size: int) -> None:
    """A pseudowire (RFC 4447 section 5.2) and its interface parameters."""
    write = line.write
    _require(line, size, 7)
    left = line.u8(at + 2)
    if left:
        _require(line, size, 11)
    head = line.u16(at)
    write(
        f": {named(PSEUDOWIRES, head & 0x7FFF, 'Unknown')}, {'' if head & 0x8000 else 'no '}control word,"
        f" group-ID {line.u32(at + 3)},{f' VC-ID {line.u32(at + 7)},' if left else ''} VC-info-length: {left}"
    )
    if not left:
        return
    if left < 4:
        write(" (invalid, < 4")
        return
    left -= 4
    at += 11
    _require(line, size - 11, left)
    while left > 2:
        kind, length = line.u8(at), line.u8(at + 1)
        if length < 2 or left < length:
            return
        write(f"\n\t\tInterface Parameter: {named(_PARAMETERS, kind, 'Unknown')} (0x{kind:02x}), len {length}")
        if kind == _PARAMETER_MTU:
            write(f": {line.u16(at + 2)}")
        elif kind == _PARAMETER_TEXT:
            write(": ")
            if line.printable(at + 2, length - 2):
                line.need(at + 2, length - 2)
        elif kind == _PARAMETER_VERIFICATION:
            channels = line.u8(at + 2)
            write(f"\n\t\t  Control Channels (0x{channels:02x}) = [{bits(_CHANNELS, channels, 'none')}]")
            kinds = line.u8(at + 3)
            write(f"\n\t\t  CV Types (0x{kinds:02x}) = [{bits(_VERIFICATIONS, kinds, 'none')}]")
        else:
            line.write_hex(at + 2, length - 2, "\n\t\t  ")
        left -= length
        at += length
