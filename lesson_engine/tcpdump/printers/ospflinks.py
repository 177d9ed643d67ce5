"""What OSPF's traffic engineering says of a link (RFC 3630, RFC 4203, RFC 4124): its ends, bandwidths and abilities.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("0005 0004 0000000a"))
>>> print_link(line, 0, 8)
8
>>> line.text()
'\\n\\t      Traffic Engineering Metric subTLV (5), length: 4, Metric 10'
"""

from lesson_engine.tcpdump.printers.gmpls import ENCODINGS, PRIORITIES, PROTECTIONS, SWITCHING_CAPABILITIES, bandwidth
from lesson_engine.tcpdump.printers.line import Line, bits, named

_TYPE, _ID, _LOCAL, _REMOTE, _METRIC, _MAXIMUM, _RESERVABLE, _UNRESERVED, _GROUPS = range(1, 10)
_IDENTIFIERS, _PROTECTION, _SWITCHING, _RISKS, _CONSTRAINTS = 11, 14, 15, 16, 17
_NAMES = {
    _TYPE: "Link Type",
    _ID: "Link ID",
    _LOCAL: "Local Interface IP address",
    _REMOTE: "Remote Interface IP address",
    _METRIC: "Traffic Engineering Metric",
    _MAXIMUM: "Maximum Bandwidth",
    _RESERVABLE: "Maximum Reservable Bandwidth",
    _UNRESERVED: "Unreserved Bandwidth",
    _GROUPS: "Administrative Group",
    _IDENTIFIERS: "Link Local/Remote Identifier",
    _PROTECTION: "Link Protection Type",
    _SWITCHING: "Interface Switching Capability",
    _RISKS: "Shared Risk Link Group",
    _CONSTRAINTS: "Bandwidth Constraints",
}
_SIZES = {
    _TYPE: 1,
    _LOCAL: 4,
    _REMOTE: 4,
    _METRIC: 4,
    _MAXIMUM: 4,
    _RESERVABLE: 4,
    _UNRESERVED: 4 * PRIORITIES,
    _GROUPS: 4,
    _PROTECTION: 4,
}
_LEAST_SIZES = {_SWITCHING: 4 + 4 * PRIORITIES, _CONSTRAINTS: 4}
_MOST_CONSTRAINTS = 4 + 4 * PRIORITIES
_LINK_TYPES = {1: "Point-to-point", 2: "Multi-Access"}
_MODELS = {0: "Russian dolls", 1: "Maximum allocation"}


def print_link(line: Line, at: int, length: int) -> int | None:
    """The parts of a link's `length` bytes at `at`; returns where they end, or None if they
    cannot be read, and so nothing behind them."""
    write = line.write
    while length > 0:
        if length < 4:
            write(f"\n\t    Remaining TLV length {length} < 4")
            return None
        kind, size = line.u16(at), line.u16(at + 2)
        at += 4
        if kind == 0 or size == 0:
            line.invalid()
            return None
        write(f"\n\t      {named(_NAMES, kind, 'unknown')} subTLV ({kind}), length: {size}")
        if length < size + 4:
            write(f"\n\t    Remaining TLV length {length} < {size + 4}")
            return None
        if not line.has(at, size):
            return None
        fault = _length_fault(kind, size)
        if fault:
            write(fault)
            line.invalid()
            return None
        if not _print_part(line, at, kind, size):
            line.invalid()
            return None
        step = size + -size % 4
        if length < step + 4:
            write(f"\n\t    Remaining TLV length {length} < {step + 4}")
            return None
        # tcpdump passes over risk groups twice.
        at += step + size if kind == _RISKS else step
        length -= step + 4
    return at


def _length_fault(kind: int, size: int) -> str:
    if size != _SIZES.get(kind, size):
        return f" != {_SIZES[kind]}"
    if size < _LEAST_SIZES.get(kind, 0):
        return f" < {_LEAST_SIZES[kind]}"
    if kind in (_ID, _IDENTIFIERS) and size not in (4, 8):
        return " != 4 && != 8"
    if kind == _RISKS and size % 4:
        return " != N x 4"
    return ""


def _print_part(line: Line, at: int, kind: int, size: int) -> bool:
    """A part of the right length for its kind; False if what it holds is not possible."""
    write = line.write
    if kind == _TYPE:
        link_type = line.u8(at)
        write(f", {named(_LINK_TYPES, link_type, 'unknown')} ({link_type})")
    elif kind in (_ID, _IDENTIFIERS):
        for where in range(at, at + size, 4):
            write(f", {line.ipv4(where)} (0x{line.u32(where):08x})")
    elif kind in (_LOCAL, _REMOTE):
        write(f", {line.ipv4(at)}")
    elif kind == _METRIC:
        write(f", Metric {line.u32(at)}")
    elif kind in (_MAXIMUM, _RESERVABLE):
        write(f", {bandwidth(line.bytes(at, 4))}")
    elif kind == _UNRESERVED:
        _print_bandwidths(line, at, PRIORITIES, "\n\t\tTE-Class ")
    elif kind == _GROUPS:
        write(f", 0x{line.u32(at):08x}")
    elif kind == _PROTECTION:
        write(f", {bits(PROTECTIONS, line.u8(at), 'none')}")
    elif kind == _SWITCHING:
        write(f"\n\t\tInterface Switching Capability: {named(SWITCHING_CAPABILITIES, line.u8(at), 'Unknown')}")
        write(f"\n\t\tLSP Encoding: {named(ENCODINGS, line.u8(at + 1), 'Unknown')}\n\t\tMax LSP Bandwidth:")
        _print_bandwidths(line, at + 4, PRIORITIES, "\n\t\t  priority level ")
    elif kind == _RISKS:
        write(f"\n\t\t  Shared risk group: {', '.join(str(line.u32(where)) for where in range(at, at + size, 4))}")
    elif kind == _CONSTRAINTS:
        return _print_constraints(line, at, size)
    elif line.verbose == 1:
        line.write_hex(at, size, "\n\t\t")
    return True


def _print_constraints(line: Line, at: int, size: int) -> bool:
    model = line.u8(at)
    line.write(f"\n\t\tBandwidth Constraints Model ID: {named(_MODELS, model, 'unknown')} ({model})")
    if size % 4:
        line.write(f"\n\t\tlength {size} != N x 4")
        return False
    if size > _MOST_CONSTRAINTS:
        line.write(f"\n\t\tlength {size} > {_MOST_CONSTRAINTS}")
        return False
    _print_bandwidths(line, at + 4, size // 4 - 1, "\n\t\t  Bandwidth constraint CT")
    return True


def _print_bandwidths(line: Line, at: int, count: int, before: str) -> None:
    for number in range(count):
        line.write(f"{before}{number}: {bandwidth(line.bytes(at + 4 * number, 4))}")
