"""The slow protocols of IEEE 802.3: LACP and the marker protocol, which keep aggregated links.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0101") + bytes(108))
>>> print_slow(line, 0, 110)
>>> line.text()
'LACPv1, length 110'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_LACP, _MARKER, _OAM = 1, 2, 3
_NAMES = {_LACP: "LACP", _MARKER: "MARKER", _OAM: "OAM"}
_ACTOR, _PARTNER, _COLLECTOR = 1, 2, 3
_LACP_NAMES = {
    0: "Terminator",
    _ACTOR: "Actor Information",
    _PARTNER: "Partner Information",
    _COLLECTOR: "Collector Information",
}
_MARKER_NAMES = {0: "Terminator", 1: "Marker Information"}
_SIZES = {_LACP: {_ACTOR: 20, _PARTNER: 20, _COLLECTOR: 16}, _MARKER: {1: 16}}
_STATES = {
    1 << bit: name
    for bit, name in enumerate(
        (
            "Activity",
            "Timeout",
            "Aggregation",
            "Synchronization",
            "Collecting",
            "Distributing",
            "Default",
            "Expired",
        )
    )
}


def print_slow(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "slow"
    if length < 1:
        _print_short(line)
        return
    subtype = line.u8(at)
    if subtype == _OAM:
        line.write(f"OAM, length {length}")
    elif subtype in _NAMES:
        if length < 2:
            _print_short(line)
            return
        version = line.u8(at + 1)
        if version != 1:
            line.write(f"{_NAMES[subtype]} version {version} packet not supported")
            return
        line.write(f"{_NAMES[subtype]}v{version}, length {length}")
        if line.verbose:
            _print_values(line, subtype, at + 2, length - 2)
    else:
        line.write(f"unknown ({subtype}), length {length}")
        line.write_hex(at, length)


def _print_short(line: Line) -> None:
    line.write("\n\t\t packet is too short" if line.verbose else " (packet is too short)")


def _print_values(line: Line, subtype: int, at: int, length: int) -> None:
    names = _LACP_NAMES if subtype == _LACP else _MARKER_NAMES
    while length > 0:
        if length < 2:
            _print_short(line)
            return
        kind, size = line.u8(at), line.u8(at + 1)
        line.write(f"\n\t{named(names, kind, 'Unknown')} TLV (0x{kind:02x}), length {size}")
        if kind == 0:
            return
        if size < 2:
            line.write("\n\t    ERROR: illegal length - should be >= 2")
            return
        if size > length:
            _print_short(line)
            return
        line.need(at, size)
        value = at + 2
        needed = _SIZES[subtype].get(kind)
        if needed is not None:
            if size != needed:
                line.write(f"\n\t    ERROR: illegal length - should be {needed}")
            elif subtype == _MARKER:
                _print_marker(line, value)
            elif kind == _COLLECTOR:
                line.write(f"\n\t  Max Delay {line.u16(value)}")
            else:
                _print_partner(line, value)
        if line.verbose > 1 or needed is None:
            line.write_hex(value, size - 2, "\n\t  ")
        at += size
        length -= size


def _print_partner(line: Line, at: int) -> None:
    line.write(
        f"\n\t  System {line.mac(at + 2)}, System Priority {line.u16(at)}, Key {line.u16(at + 8)},"
        f" Port {line.u16(at + 12)}, Port Priority {line.u16(at + 10)}"
        f"\n\t  State Flags [{bits(_STATES, line.u8(at + 14), 'none')}]"
    )


def _print_marker(line: Line, at: int) -> None:
    line.write(
        f"\n\t  Request System {line.mac(at + 2)}, Request Port {line.u16(at)},"
        f" Request Transaction ID 0x{line.u32(at + 8):08x}"
    )
