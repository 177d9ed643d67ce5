"""RIP (RFC 1058, RFC 2453, RFC 4822): version and command, and under -v the routes, one a line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("02020000") + bytes(20))
>>> print_rip(line, 0, 24)
>>> line.text()
'RIPv2, Response, length: 24'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 4
_ENTRY = 20
_PASSWORD_SIZE = 16

_REQUEST, _RESPONSE, _TRACE_OFF, _POLL, _POLL_ENTRY = 1, 2, 4, 5, 6
_COMMAND_NAMES = {
    _REQUEST: "Request",
    _RESPONSE: "Response",
    3: "Trace on",
    _TRACE_OFF: "Trace off",
    _POLL: "Poll",
    _POLL_ENTRY: "Poll Entry",
}

_ANY, _IPV4, _AUTHENTICATION = 0, 2, 0xFFFF
_FAMILY_NAMES = {
    _IPV4: "IPv4",
    6: "NS",
    7: "ISO",
    16: "Appletalk",
    23: "IPX",
    24: "IPv6",
    28: "IPv6",
    30: "IPv6",
}
_TRAILER, _SIMPLE, _DIGEST = 1, 2, 3


def print_rip(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "rip"
    if not line.has(at, 4):
        line.truncated()
        return
    if length < 4:
        line.invalid()
        return
    command, version = line.u8(at), line.u8(at + 1)
    line.write(f"\n\tRIPv{version}" if line.verbose else f"RIPv{version}")
    if version == 0:
        line.write_hex(at, length)
        return
    line.write(f", {named(_COMMAND_NAMES, command, 'unknown command (%u)')}, length: {length}")
    if not line.verbose:
        return
    if command in (_REQUEST, _RESPONSE):
        _print_entries(line, at, length, version)
    elif command not in (_TRACE_OFF, _POLL, _POLL_ENTRY) and line.verbose == 1:
        line.write_hex(at, length)
    if line.verbose > 1:
        line.write_hex(at, length)


def _print_entries(line: Line, at: int, length: int, version: int) -> None:
    if version not in (1, 2):
        line.write(", unknown version")
        return
    line.write(f", routes: {length // _ENTRY}{'' if version == 1 else ' or less'}")
    stop = min(at + length, line.end)
    at += _HEADER
    while at < stop:
        size = _print_entry_1(line, at, stop - at) if version == 1 else _print_entry_2(line, at, stop - at)
        if size == 0:
            line.truncated()
            return
        if stop - at < size:
            line.write(f" [remaining entries length {stop - at} < {size}]")
            line.invalid()
            return
        at += size


def _print_entry_1(line: Line, at: int, left: int) -> int:
    """A route of version 1; returns its size, or 0 if it was cut."""
    if left < _ENTRY:
        return 0
    family = line.u16(at)
    if family not in (_ANY, _IPV4):
        line.write(f"\n\t AFI {named(_FAMILY_NAMES, family, 'Unknown (%u)')}, ")
        line.write_hex(at + 4, _ENTRY - 4, "\n\t  ")
    elif line.u16(at + 2) or line.u64(at + 8):
        # Fields that must be zero are not.
        line.write_hex(at, _ENTRY, "\n\t  ")
    else:
        line.write(f"\n\t  {'AFI 0, ' if family == _ANY else ''}{line.ipv4(at + 4)}, metric: {line.u32(at + 16)}")
    return _ENTRY


def _print_entry_2(line: Line, at: int, left: int) -> int:
    """A route of version 2, or what proves who sent it; returns its size, or 0 if it was cut."""
    if left < 4:
        return 0
    family = line.u16(at)
    if family == _AUTHENTICATION:
        return _print_authentication(line, at + 4, left - 4, line.u16(at + 2))
    if family not in (_ANY, _IPV4):
        line.write(f"\n\t  AFI {named(_FAMILY_NAMES, family, 'Unknown (%u)')}")
        line.write_hex(at + 4, _ENTRY - 4, "\n\t  ")
        return _ENTRY
    if left < _ENTRY:
        return 0
    router = line.ipv4(at + 12) if line.u32(at + 12) else "self"
    line.write(
        f"\n\t  AFI {named(_FAMILY_NAMES, family, '%u')}, {line.ipv4(at + 4):>15}/{_width(line.u32(at + 8)):<2},"
        f" tag 0x{line.u16(at + 2):04x}, metric: {line.u32(at + 16)}, next-hop: {router}"
    )
    return _ENTRY


def _width(mask: int) -> int:
    """The prefix length of a mask; -1 if it is none."""
    return next((width for width in range(33) if mask == (1 << 32) - (1 << 32 - width)), -1)


def _print_authentication(line: Line, at: int, left: int, kind: int) -> int:
    if kind == _SIMPLE:
        line.write("\n\t  Simple Text Authentication data: ")
        line.padded_text(at, _PASSWORD_SIZE)
    elif kind == _DIGEST:
        if left < _PASSWORD_SIZE:
            return 0
        line.write(
            f"\n\t  Auth header: Packet Len {line.u16(at)}, Key-ID {line.u8(at + 2)},"
            f" Auth Data Len {line.u8(at + 3)}, SeqNo {line.u32(at + 4)},"
            f" MBZ {line.u32(at + 8)}, MBZ {line.u32(at + 12)}"
        )
    else:
        text = "Auth trailer:" if kind == _TRAILER else f"Unknown ({kind}) Authentication data:"
        line.write(f"\n\t  {text}")
        line.write_hex(at, left, "\n\t  ")
        return 4 + left
    return _ENTRY
