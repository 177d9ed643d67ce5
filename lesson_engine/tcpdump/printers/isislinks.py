"""Neighbours and prefixes that IS-IS reaches, and the way there (RFC 5305, RFC 5307, RFC 5308, RFC 8667).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("0000000a 08 0a"))
>>> print_prefix(line, 0, 4)
6
>>> line.text()
'\\n\\t      IPv4 prefix:        10.0.0.0/8, Distribution: up, Metric: 10'
"""

from lesson_engine.tcpdump.printers.gmpls import ENCODINGS, PRIORITIES, PROTECTIONS, SWITCHING_CAPABILITIES, bandwidth
from lesson_engine.tcpdump.printers.isis import UnreadableError, require_captured
from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.osi import system_id

_IDENT = "\n\t      "
_DUMP = "\n\t\t    "
_ALIAS = 24

_GROUPS, _IDENTIFIERS, _REMOTE, _INTERFACE, _NEIGHBOR, _MAXIMUM, _RESERVABLE = 3, 4, 5, 6, 8, 9, 10
_UNRESERVED, _CONSTRAINTS_OLD, _METRIC, _ATTRIBUTES, _PROTECTION, _SWITCHING, _CONSTRAINTS = 11, 12, 18, 19, 20, 21, 22
_BRIDGE_METRIC, _SEGMENT = 29, 32
_LINK_NAMES = {
    _GROUPS: "Administrative groups",
    _IDENTIFIERS: "Link Local/Remote Identifier",
    _REMOTE: "Link Remote Identifier",
    _INTERFACE: "IPv4 interface address",
    _NEIGHBOR: "IPv4 neighbor address",
    _MAXIMUM: "Maximum link bandwidth",
    _RESERVABLE: "Reservable link bandwidth",
    _UNRESERVED: "Unreserved bandwidth",
    _CONSTRAINTS_OLD: "Bandwidth Constraints (old)",
    _METRIC: "Traffic Engineering Metric",
    _ATTRIBUTES: "Link Attribute",
    _PROTECTION: "Link Protection Type",
    _SWITCHING: "Interface Switching Capability",
    _CONSTRAINTS: "Bandwidth Constraints",
    _BRIDGE_METRIC: "SPB Metric",
    _SEGMENT: "LAN Adjacency Segment Identifier",
    **dict.fromkeys(range(250, 255), "Reserved for cisco specific extensions"),
    255: "Reserved for future expansion",
}
_MODELS = {0: "Russian dolls", 1: "Maximum allocation"}
_LINK_ATTRIBUTES = {
    0x01: "Local Protection Available",
    0x02: "Link excluded from local protection path",
    0x04: "Local maintenance required",
}
_PACKETS, _TIME_SLOTS = frozenset((1, 2, 3, 4)), 100
_INDICATIONS = {0: "Standard SONET/SDH", 1: "Arbitrary SONET/SDH"}
_VALUE, _LOCAL = 0x20, 0x10
_SEGMENT_FLAGS = {
    0x80: "Address family IPv6",
    0x40: "Backup",
    _VALUE: "Value",
    _LOCAL: "Local significance",
    0x08: "Set of adjacencies",
    0x04: "Persistent",
}

_TAG, _LONG_TAG, _PREFIX_SEGMENT, _COLOR = 1, 2, 3, 117
_PREFIX_NAMES = {
    _TAG: "32-Bit Administrative tag",
    _LONG_TAG: "64-Bit Administrative tag",
    _PREFIX_SEGMENT: "Prefix SID",
    _COLOR: "Management Prefix Color",
}
_PREFIX_VALUE = 0x08
_PREFIX_SEGMENT_FLAGS = {
    0x80: "Readvertisement",
    0x40: "Node",
    0x20: "No-PHP",
    0x10: "Explicit NULL",
    _PREFIX_VALUE: "Value",
    0x04: "Local",
}
_ALGORITHMS = {0: "SPF", 1: "strict-SPF"}


def print_neighbor(line: Line, at: int, left: int, kind: int) -> int:
    """A neighbour in a part of this kind that has `left` bytes; returns how many it says that it takes."""
    write = line.write
    header = 8 if kind == _ALIAS else 11
    if left < 7:
        raise UnreadableError
    require_captured(line, at, 7)
    write(f"{_IDENT}IS Neighbor: {system_id(line.bytes(at, 7))}")
    if kind != _ALIAS:
        if left < 10:
            raise UnreadableError
        require_captured(line, at + 7, 3)
        write(f", Metric: {line.u24(at + 7)}")
    if left < header:
        raise UnreadableError
    require_captured(line, at + header - 1, 1)
    size = line.u8(at + header - 1)
    write(f", {'' if size else 'no '}sub-TLVs present")
    if size:
        write(f" ({size})")
        size = _print_link_parts(line, at + header, size, left - header)
    return header + size


def _print_link_parts(line: Line, at: int, size: int, left: int) -> int:
    """What is said of a link in `size` bytes, of which the whole part has `left`; returns how many bytes are done."""
    write = line.write
    start, total = at, size
    while size > 0:
        require_captured(line, at, 2)
        if left < 2:
            write(f"{_IDENT}  Remaining data in TLV shorter than a subTLV header")
            return at - start + left
        if size < 2:
            write(f"{_IDENT}  Remaining data in subTLVs shorter than a subTLV header")
            return total
        kind, length = line.u8(at), line.u8(at + 1)
        write(f"{_IDENT}  {named(_LINK_NAMES, kind, 'unknown')} subTLV #{kind}, length: {length}")
        at += 2
        size -= 2
        left -= 2
        if size < length:
            write(" (remaining data in subTLVs shorter than the current subTLV)")
            return total
        if left < length:
            write(" (> remaining tlv length)")
            return at - start + left
        require_captured(line, at, length)
        _print_link_part(line, at, kind, length)
        at += length
        size -= length
        left -= length - _forgotten(kind, length)
    return total


def _forgotten(kind: int, length: int) -> int:
    """How many bytes tcpdump does not take off what the whole part has left."""
    if kind == _UNRESERVED:
        return 4 * PRIORITIES if length >= 4 * PRIORITIES else 0
    if kind in (_CONSTRAINTS, _CONSTRAINTS_OLD):
        return 1 + (length - 1) // 4 * 4 if length else 0
    if kind == _SWITCHING:
        return 4 + 4 * PRIORITIES if length >= 4 + 4 * PRIORITIES else 0
    if kind == _BRIDGE_METRIC:
        return 4 if length >= 6 else 0
    return 2 if kind == _SEGMENT and length >= 8 else 0


def _print_link_part(line: Line, at: int, kind: int, length: int) -> None:
    write = line.write
    if kind in (_GROUPS, _IDENTIFIERS, _REMOTE):
        if length >= 4:
            write(f", 0x{line.u32(at):08x}")
        if length == 8:
            write(f", 0x{line.u32(at + 4):08x}")
    elif kind in (_INTERFACE, _NEIGHBOR):
        if length >= 4:
            write(f", {line.ipv4(at)}")
    elif kind in (_MAXIMUM, _RESERVABLE):
        if length >= 4:
            write(f", {bandwidth(line.bytes(at, 4))}")
    elif kind == _UNRESERVED:
        if length >= 4 * PRIORITIES:
            _print_bandwidths(line, at, PRIORITIES, f"{_IDENT}    TE-Class ")
    elif kind in (_CONSTRAINTS, _CONSTRAINTS_OLD):
        if length:
            model = line.u8(at)
            write(f"{_IDENT}  Bandwidth Constraints Model ID: {named(_MODELS, model, 'unknown')} ({model})")
            _print_bandwidths(line, at + 1, (length - 1) // 4, f"{_IDENT}    Bandwidth constraint CT")
    elif kind == _METRIC:
        if length >= 3:
            write(f", {line.u24(at)}")
    elif kind == _ATTRIBUTES:
        if length == 2:
            attributes = line.u16(at)
            write(f", [ {bits(_LINK_ATTRIBUTES, attributes, 'Unknown')} ] (0x{attributes:04x})")
    elif kind == _PROTECTION:
        if length >= 2:
            write(f", {bits(PROTECTIONS, line.u8(at), 'none')}, Priority {line.u8(at + 1)}")
    elif kind == _BRIDGE_METRIC:
        if length >= 6:
            write(f", LM: {line.u24(at)}")
            write(f", P: {line.u8(at + 3)}")
            write(f", P-ID: {line.u16(at + 4)}")
    elif kind == _SWITCHING:
        if length >= 4 + 4 * PRIORITIES:
            _print_switching(line, at, length)
    elif kind == _SEGMENT:
        if length >= 8:
            _print_segment(line, at)
    else:
        line.write_hex(at, length, _DUMP)


def _print_bandwidths(line: Line, at: int, count: int, before: str) -> None:
    for number in range(count):
        line.write(f"{before}{number}: {bandwidth(line.bytes(at + 4 * number, 4))}")


def _print_switching(line: Line, at: int, length: int) -> None:
    write = line.write
    ability = line.u8(at)
    write(
        f"{_IDENT}    Interface Switching Capability:{named(SWITCHING_CAPABILITIES, ability, 'Unknown')},"
        f" LSP Encoding: {named(ENCODINGS, line.u8(at + 1), 'Unknown')}"
    )
    write(f"{_IDENT}    Max LSP Bandwidth:")
    _print_bandwidths(line, at + 4, PRIORITIES, f"{_IDENT}      priority level ")
    at += 4 + 4 * PRIORITIES
    length -= 4 + 4 * PRIORITIES
    if ability in _PACKETS:
        if length >= 6:
            write(f"{_IDENT}    Min LSP Bandwidth: {bandwidth(line.bytes(at, 4))}")
            write(f"{_IDENT}    Interface MTU: {line.u16(at + 4)}")
    elif ability == _TIME_SLOTS:
        if length >= 8:
            write(f"{_IDENT}    Min LSP Bandwidth: {bandwidth(line.bytes(at, 4))}")
            indication = line.u8(at + 4)
            write(f"{_IDENT}    Indication {named(_INDICATIONS, indication, 'Unknown (%u)')}")
    else:
        line.write_hex(at, length, _DUMP)


def _print_segment(line: Line, at: int) -> None:
    write = line.write
    flags = line.u8(at)
    write(f"{_IDENT}    Flags: [{bits(_SEGMENT_FLAGS, flags, 'none')}]")
    write(f"{_IDENT}    Weight: {line.u8(at + 1)}")
    write(f"{_IDENT}    Neighbor System-ID: {system_id(line.bytes(at + 2, 6))}")
    how = flags & (_VALUE | _LOCAL)
    if how == _VALUE | _LOCAL:
        write(f"{_IDENT}    Label: {line.u24(at + 8)}")
    elif how:
        line.invalid()
    else:
        write(f"{_IDENT}    Index: {line.u32(at + 8)}")


def print_prefix(line: Line, at: int, version: int) -> int:
    """A prefix of this version of IP; returns how many bytes it says that it takes."""
    write = line.write
    metric, status = line.u32(at), line.u8(at + 4)
    if version == 4:
        header, width, most, present = 5, status & 0x3F, 32, 0x40
    else:
        header, width, most, present = 6, line.u8(at + 5), 128, 0x20
    if width > most:
        write(f"{_IDENT}IPv{version} prefix: bad bit length {width}")
        raise UnreadableError
    size = (width + 7) // 8
    address = line.bytes(at + header, size).ljust(most // 8, b"\0")
    if version == 4:
        write(f"{_IDENT}IPv4 prefix: {line.names.ipv4(address):>15}/{width}")
    else:
        write(f"{_IDENT}IPv6 prefix: {line.names.ipv6(address)}/{width}")
    write(f", Distribution: {'down' if status & 0x80 else 'up'}, Metric: {metric}")
    if version == 6:
        write(f", {'External' if status & 0x40 else 'Internal'}")
    at += header + size
    if not status & present:
        return header + size
    write(", sub-TLVs present")
    left = line.u8(at)
    write(f" ({left})")
    at += 1
    total = header + size + 1 + left
    # A part that is longer than the rest makes tcpdump go on until nothing is left.
    while left:
        kind, length = line.u8(at), line.u8(at + 1)
        _print_prefix_part(line, at + 2, kind, length)
        at += length + 2
        left -= length + 2
    return total


def _print_prefix_part(line: Line, at: int, kind: int, length: int) -> None:
    write = line.write
    write(f"{_IDENT}  {named(_PREFIX_NAMES, kind, 'unknown')} subTLV #{kind}, length: {length}")
    if not line.has(at, length):
        line.truncated()
        raise UnreadableError
    if kind in (_TAG, _COLOR):
        for where in range(at, at + length - 3, 4):
            write(f", 0x{line.u32(where):08x} (={line.u32(where)})")
    elif kind == _LONG_TAG:
        for where in range(at, at + length - 7, 8):
            write(f", 0x{line.u64(where):016x}")
    elif kind == _PREFIX_SEGMENT:
        _print_prefix_segment(line, at, length)
    else:
        line.write_hex(at, length, _DUMP)


def _print_prefix_segment(line: Line, at: int, length: int) -> None:
    flags = line.u8(at)
    labelled = bool(flags & _PREFIX_VALUE)
    if length < (5 if labelled else 6):
        line.truncated()
        raise UnreadableError
    algorithm = line.u8(at + 1)
    line.write(f", Flags [{bits(_PREFIX_SEGMENT_FLAGS, flags, 'None')}]")
    line.write(f", Algo {named(_ALGORITHMS, algorithm, 'Unknown')} ({algorithm})")
    line.write(f", label {line.u24(at + 2)}" if labelled else f", index {line.u32(at + 2)}")
