"""IS-IS (ISO/IEC 10589, RFC 1195): the kind of message and its sender, and under -v what routers know.

What the messages carry is in `isistlv`.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("83 14 01 00 11 01 00 00 02 102030405060 001e 0014 03"))
>>> print_isis(line, 0, 20)
True
>>> line.text()
'IS-IS, p2p IIH, src-id 1020.3040.5060, length 20'
"""

from lesson_engine.tcpdump.printers.checksum import osi_checksum
from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.osi import system_id

_COMMON_HEADER = 8
_LAN_1, _LAN_2, _POINT_TO_POINT, _LINK_STATE_1, _LINK_STATE_2 = 15, 16, 17, 18, 20
_COMPLETE_1, _COMPLETE_2, _PARTIAL_1, _PARTIAL_2 = 24, 25, 26, 27
_LANS, _LINK_STATES = frozenset((_LAN_1, _LAN_2)), frozenset((_LINK_STATE_1, _LINK_STATE_2))
_COMPLETES = frozenset((_COMPLETE_1, _COMPLETE_2))
_NAMES = {
    _LAN_1: "L1 Lan IIH",
    _LAN_2: "L2 Lan IIH",
    _POINT_TO_POINT: "p2p IIH",
    _LINK_STATE_1: "L1 LSP",
    _LINK_STATE_2: "L2 LSP",
    _COMPLETE_1: "L1 CSNP",
    _COMPLETE_2: "L2 CSNP",
    _PARTIAL_1: "L1 PSNP",
    _PARTIAL_2: "L2 PSNP",
}
_HEADERS = {
    _LAN_1: 27,
    _LAN_2: 27,
    _POINT_TO_POINT: 20,
    _LINK_STATE_1: 27,
    _LINK_STATE_2: 27,
    _COMPLETE_1: 33,
    _COMPLETE_2: 33,
    _PARTIAL_1: 17,
    _PARTIAL_2: 17,
}
_CIRCUITS = {1: "Level 1 only", 2: "Level 2 only", 3: "Level 1, Level 2"}
_OVERLOAD, _PARTITION = 0x04, 0x80
_ATTACHMENTS = {0x08: "default ", 0x10: "delay ", 0x20: "expense ", 0x40: "error "}
_SYSTEMS = {0: "Unused 0x0 (invalid)", 1: "L1 IS", 2: "Unused 0x2 (invalid)", 3: "L2 IS"}


class UnreadableError(Exception):
    """Something does not fit into the message: this ends it as if it had not been captured."""


def require_captured(line: Line, at: int, size: int) -> None:
    """Raise UnreadableError unless `size` bytes from `at` were captured, where tcpdump asks before it reads."""
    if not line.has(at, size):
        raise UnreadableError


def print_isis(line: Line, at: int, length: int) -> bool:
    """A message of `length` bytes at `at`; False if its bytes are to be shown, since it cannot be read."""
    line.protocol = "isis"
    if length < _COMMON_HEADER or not line.has(at, _COMMON_HEADER):
        line.truncated()
        return True
    if not line.link_header:
        line.write("IS-IS")
    fault = _fault(line, at, length)
    if fault:
        line.write(fault)
        return False
    try:
        if line.verbose:
            return _print_verbose(line, at, length)
        return _print_short(line, at, length)
    except UnreadableError:
        line.truncated()
        return True


def _fault(line: Line, at: int, length: int) -> str:
    header, version, identifier, _, inner_version, _, areas = line.bytes(at + 1, 7)
    if version != 1:
        return f"version {version} packet not supported"
    if identifier not in (0, 6):
        return f"system ID length of {identifier} is not supported"
    if inner_version != 1:
        return f"version {inner_version} packet not supported"
    if header < _COMMON_HEADER:
        return f"fixed header length {header} < minimum header size {_COMMON_HEADER}"
    if header > length:
        return f"fixed header length {header} > packet length {length}"
    return f"bad packet -- {areas} areas" if areas == 255 else ""


def _header_fault(line: Line, at: int, kind: int) -> bool:
    """Whether the header is not as long as it is in this kind of message; says so."""
    header = line.u8(at + 1)
    expected = _HEADERS[kind]
    if header == expected:
        return False
    separator = "-" if kind in (_PARTIAL_1, _PARTIAL_2) else ","
    # tcpdump takes the common header off for these.
    shown = expected - _COMMON_HEADER if kind in _LINK_STATES else expected
    line.write(f"{separator} bogus fixed header length {header} should be {shown}")
    return True


def _print_short(line: Line, at: int, length: int) -> bool:
    write = line.write
    kind = line.u8(at + 4)
    start = "" if line.link_header else ", "
    if kind not in _NAMES:
        write(f"{start}unknown PDU-Type {kind}, length {length}")
        return True
    write(start + _NAMES[kind])
    if _header_fault(line, at, kind):
        return False
    require_captured(line, at, _HEADERS[kind])
    if kind in _LANS:
        write(f", src-id {system_id(line.bytes(at + 9, 6))}")
        write(f", lan-id {system_id(line.bytes(at + 20, 7))}")
        write(f", prio {line.u8(at + 19)}")
    elif kind == _POINT_TO_POINT:
        write(f", src-id {system_id(line.bytes(at + 9, 6))}")
    elif kind in _LINK_STATES:
        write(f", lsp-id {system_id(line.bytes(at + 12, 8))}, seq 0x{line.u32(at + 20):08x}")
        write(f", lifetime {line.u16(at + 10):5}s")
    else:
        write(f", src-id {system_id(line.bytes(at + 10, 7))}")
    write(f", length {length}")
    return True


def _print_verbose(line: Line, at: int, length: int) -> bool:
    write = line.write
    header, version, identifier, kind, inner_version, _, areas = line.bytes(at + 1, 7)
    write(f"{'' if line.link_header else ', '}length {length}")
    write(
        f"\n\t{named(_NAMES, kind, f'unknown, type {kind}')}, hlen: {header}, v: {version}, pdu-v: {inner_version},"
        f" sys-id-len: {identifier or 6} ({identifier}), max-area: {areas or 3} ({areas})"
    )
    if line.verbose > 1:
        line.write_hex(at, _COMMON_HEADER)
    if kind not in _NAMES:
        line.write_hex(at + _COMMON_HEADER, length - _COMMON_HEADER, "\n\t  ")
        return False
    if _header_fault(line, at, kind):
        return False
    require_captured(line, at, header)
    size = line.u16(at + (17 if kind in _LANS or kind == _POINT_TO_POINT else 8))
    # What follows the message does not belong to it.
    length = min(length, size) if size >= header else length
    if kind in _LANS:
        write(
            f"\n\t  source-id: {system_id(line.bytes(at + 9, 6))},  holding time: {line.u16(at + 15)}s,"
            f" Flags: [{named(_CIRCUITS, line.u8(at + 8), 'unknown circuit type 0x%02x')}]"
            f"\n\t  lan-id:    {system_id(line.bytes(at + 20, 7))}, Priority: {line.u8(at + 19) & 0x7F},"
            f" PDU length: {size}"
        )
    elif kind == _POINT_TO_POINT:
        write(
            f"\n\t  source-id: {system_id(line.bytes(at + 9, 6))}, holding time: {line.u16(at + 15)}s,"
            f" Flags: [{named(_CIRCUITS, line.u8(at + 8), 'unknown circuit type 0x%02x')}]"
            f"\n\t  circuit-id: 0x{line.u8(at + 19):02x}, PDU length: {size}"
        )
    elif kind in _LINK_STATES:
        _print_link_state(line, at, size, length)
    else:
        write(f"\n\t  source-id:    {system_id(line.bytes(at + 10, 7))}, PDU length: {size}")
        if kind in _COMPLETES:
            write(f"\n\t  start lsp-id: {system_id(line.bytes(at + 17, 8))}")
            write(f"\n\t  end lsp-id:   {system_id(line.bytes(at + 25, 8))}")
    if line.verbose > 1:
        line.write_hex(at + _COMMON_HEADER, header - _COMMON_HEADER, "\n\t  ")
    if size < header:
        write(f" [packet length {size} < {header}]")
        line.invalid()
        return True
    from lesson_engine.tcpdump.printers.isistlv import print_parts

    print_parts(line, at, at + header, size - header, length)
    return True


def _print_link_state(line: Line, at: int, size: int, length: int) -> None:
    write = line.write
    write(
        f"\n\t  lsp-id: {system_id(line.bytes(at + 12, 8))}, seq: 0x{line.u32(at + 20):08x},"
        f" lifetime: {line.u16(at + 10):5}s"
    )
    checksum = line.u16(at + 24)
    # The lifetime is not summed: it changes on the way.
    write(f"\n\t  chksum: 0x{checksum:04x}{checksum_state(line, at + 12, 12, min(size, length) - 12, checksum)}")
    flags = line.u8(at + 26)
    write(f", PDU length: {size}, Flags: [ {'Overload bit set, ' if flags & _OVERLOAD else ''}")
    attachments = "".join(name for bit, name in _ATTACHMENTS.items() if flags & bit)
    write(f"{attachments}ATT bit set, " if attachments else "")
    write(f"{'P bit set, ' if flags & _PARTITION else ''}{_SYSTEMS[flags & 3]} ]")


def checksum_state(line: Line, at: int, where: int, length: int, checksum: int) -> str:
    """Whether the checksum over `length` bytes at `at` is right; it lies at `where` in them."""
    if checksum == 0 or length < where or not line.has(at, length):
        return " (unverified)"
    right = osi_checksum(line.bytes(at, length), where)
    return " (correct)" if right == checksum else f" (incorrect should be 0x{right:04x})"
