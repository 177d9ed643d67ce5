"""BGP's Open message (RFC 4271 section 4.2): who speaks, and what it is capable of (RFC 5492).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("04 fde8 00b4 0a000001 00"))
>>> print_open(line, 0, 10)
>>> line.text().split("\\n\\t  ")
['', 'Version 4, my AS 65000, Holdtime 180s, ID 10.0.0.1', 'Optional parameters, length: 0']
"""

from lesson_engine.tcpdump.printers.bgp import family_text
from lesson_engine.tcpdump.printers.bgproutes import system_text
from lesson_engine.tcpdump.printers.line import Line, ShortError, named

_FIXED = 10
_CAPABILITIES = 2
_PARAMETERS = {1: "Authentication Information", _CAPABILITIES: "Capabilities Advertisement"}

_MULTIPROTOCOL, _REFRESH, _MULTIPLE_LABELS, _RESTART, _AS_4, _PATHS = 1, 2, 8, 64, 65, 69
_LONG_LIVED_RESTART, _REFRESH_CISCO = 71, 128
_NAMES = {
    _MULTIPROTOCOL: "Multiprotocol Extensions",
    _REFRESH: "Route Refresh",
    3: "Cooperative Route Filtering",
    4: "Multiple Routes to a Destination",
    5: "Extended Next Hop Encoding",
    _MULTIPLE_LABELS: "Multiple Labels",
    _RESTART: "Graceful Restart",
    _AS_4: "32-Bit AS Number",
    67: "Dynamic Capability",
    68: "Multisession BGP",
    _PATHS: "Multiple Paths",
    70: "Enhanced Route Refresh",
    _LONG_LIVED_RESTART: "Long-lived Graceful Restart",
    _REFRESH_CISCO: "Route Refresh (Cisco)",
}
_SMALLEST = {_MULTIPROTOCOL: 4, _RESTART: 2, _AS_4: 4}
_KNOWN = frozenset((*_SMALLEST, _REFRESH, _MULTIPLE_LABELS, _PATHS, _LONG_LIVED_RESTART, _REFRESH_CISCO))
"""Capabilities that tcpdump takes apart, or whose name says everything."""
_DIRECTIONS = {1: "Receive", 2: "Send", 3: "Both"}


def print_open(line: Line, at: int, size: int) -> None:
    """What follows the header of the message, `size` bytes at `at`."""
    line.check(at, _FIXED)
    if size < _FIXED:
        raise ShortError
    parameters = line.u8(at + 9)
    line.write(
        f"\n\t  Version {line.u8(at)}, my AS {line.u16(at + 1)}, Holdtime {line.u16(at + 3)}s, ID {line.ipv4(at + 5)}"
        f"\n\t  Optional parameters, length: {parameters}"
    )
    left = size - _FIXED
    at += _FIXED
    stop = at + parameters
    while at < stop:
        if left < 2:
            raise ShortError
        kind, length = line.u8(at), line.u8(at + 1)
        if at + 2 + length > stop:
            line.write(f"\n\t     Option {kind}, length: {length}, goes past the end of the options")
            return
        line.write(f"\n\t    Option {named(_PARAMETERS, kind, 'Unknown')} ({kind}), length: {length}")
        if kind == _CAPABILITIES:
            _print_capabilities(line, at + 2, length)
        else:
            line.write(f"\n\t      no decoder for option {kind}")
        at += 2 + length
        left -= 2 + length


def _print_capabilities(line: Line, at: int, size: int) -> None:
    """Capabilities in `size` bytes; one that was cut ends them, and not the message."""
    try:
        _print_each(line, at, at + size)
    except ShortError:
        line.truncated()


def _print_each(line: Line, at: int, stop: int) -> None:
    while at < stop:
        line.check(at, 2)
        kind, length = line.u8(at), line.u8(at + 1)
        line.write(f"\n\t      {named(_NAMES, kind, 'Unknown')} ({kind}), length: {length}")
        line.check(at + 2, length)
        at += 2
        if kind not in _KNOWN:
            line.write(f"\n\t\tno decoder for Capability {kind}")
            line.write_hex(at, length, "\n\t\t")
        elif length < _SMALLEST.get(kind, 0):
            line.write(f" (too short, < {_SMALLEST[kind]})")
            return
        else:
            _print_capability(line, kind, at, length)
            if line.verbose > 1:
                line.write_hex(at, length, "\n\t\t")
        at += length


def _print_capability(line: Line, kind: int, at: int, size: int) -> None:
    write = line.write
    if kind == _MULTIPROTOCOL:
        write(f"\n\t\t{family_text(line.u16(at), line.u8(at + 3))}")
    elif kind == _RESTART:
        flags = line.u16(at)
        write(f"\n\t\tRestart Flags: [{'R' if flags & 0x8000 else 'none'}], Restart Time {flags & 0x0FFF}s")
        for family in range(at + 2, at + size - 3, 4):
            kept = "yes" if line.u8(family + 3) & 0x80 else "no"
            write(f"\n\t\t  {family_text(line.u16(family), line.u8(family + 2))}, Forwarding state preserved: {kept}")
    elif kind == _AS_4:
        write(f"\n\t\t 4 Byte AS {system_text(line, line.u32(at))}")
    elif kind == _MULTIPLE_LABELS:
        for family in range(at, at + size - 3, 4):
            write(f"\n\t\t{family_text(line.u16(family), line.u8(family + 2))}, Count: {line.u8(family + 3)}")
    elif kind == _PATHS:
        if size == 0:
            write(" (bogus)")
        for family in range(at, at + size - 3, 4):
            direction = named(_DIRECTIONS, line.u8(family + 3), "Bogus (0x%02x)")
            write(f"\n\t\t{family_text(line.u16(family), line.u8(family + 2))}, Send/Receive: {direction}")
        if size % 4:
            line.invalid()
