"""OpenFlow: how a controller speaks with its switches. Of the versions with details, at the default verbosity.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("01000008 00000001"))
>>> print_openflow(line, 0, 8)
>>> line.text()
': OpenFlow\\n\\tversion 1.0, type HELLO, length 8, xid 0x00000001'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 8
_VERSIONS = {1: "1.0", 2: "1.1", 3: "1.2", 4: "1.3", 5: "1.4", 6: "1.5"}
_EXACTLY, _AT_LEAST = True, False
_COMMON = {
    0: ("HELLO", 8, _AT_LEAST),
    1: ("ERROR", 12, _AT_LEAST),
    2: ("ECHO_REQUEST", 8, _AT_LEAST),
    3: ("ECHO_REPLY", 8, _AT_LEAST),
    5: ("FEATURES_REQUEST", 8, _EXACTLY),
    7: ("GET_CONFIG_REQUEST", 8, _EXACTLY),
    8: ("GET_CONFIG_REPLY", 12, _EXACTLY),
    9: ("SET_CONFIG", 12, _EXACTLY),
}
_TYPES = {
    1: {
        **_COMMON,
        4: ("VENDOR", 12, _AT_LEAST),
        6: ("FEATURES_REPLY", 32, _AT_LEAST),
        10: ("PACKET_IN", 18, _AT_LEAST),
        11: ("FLOW_REMOVED", 88, _EXACTLY),
        12: ("PORT_STATUS", 64, _EXACTLY),
        13: ("PACKET_OUT", 16, _AT_LEAST),
        14: ("FLOW_MOD", 72, _AT_LEAST),
        15: ("PORT_MOD", 32, _EXACTLY),
        16: ("STATS_REQUEST", 12, _AT_LEAST),
        17: ("STATS_REPLY", 12, _AT_LEAST),
        18: ("BARRIER_REQUEST", 8, _EXACTLY),
        19: ("BARRIER_REPLY", 8, _EXACTLY),
        20: ("QUEUE_GET_CONFIG_REQUEST", 12, _EXACTLY),
        21: ("QUEUE_GET_CONFIG_REPLY", 16, _AT_LEAST),
    },
    4: {
        **_COMMON,
        4: ("EXPERIMENTER", 16, _AT_LEAST),
        6: ("FEATURES_REPLY", 32, _EXACTLY),
        10: ("PACKET_IN", 8, _AT_LEAST),
        11: ("FLOW_REMOVED", 8, _AT_LEAST),
        12: ("PORT_STATUS", 80, _EXACTLY),
        13: ("PACKET_OUT", 8, _AT_LEAST),
        14: ("FLOW_MOD", 8, _AT_LEAST),
        15: ("GROUP_MOD", 8, _AT_LEAST),
        16: ("PORT_MOD", 40, _EXACTLY),
        17: ("TABLE_MOD", 16, _EXACTLY),
        18: ("MULTIPART_REQUEST", 8, _AT_LEAST),
        19: ("MULTIPART_REPLY", 8, _AT_LEAST),
        20: ("BARRIER_REQUEST", 8, _EXACTLY),
        21: ("BARRIER_REPLY", 8, _EXACTLY),
        22: ("QUEUE_GET_CONFIG_REQUEST", 16, _EXACTLY),
        23: ("QUEUE_GET_CONFIG_REPLY", 8, _AT_LEAST),
        24: ("ROLE_REQUEST", 24, _EXACTLY),
        25: ("ROLE_REPLY", 24, _EXACTLY),
        26: ("GET_ASYNC_REQUEST", 8, _EXACTLY),
        27: ("GET_ASYNC_REPLY", 32, _EXACTLY),
        28: ("SET_ASYNC", 32, _EXACTLY),
        29: ("METER_MOD", 8, _AT_LEAST),
    },
}
"""Types by version: name, and the length that a message must have."""


def print_openflow(line: Line, at: int, length: int) -> None:
    """Messages in `length` bytes at `at`."""
    line.protocol = "openflow"
    line.write(": OpenFlow")
    left = length
    while left:
        if not _print_header(line, at, left):
            line.write(" (end of TCP payload)")
            line.need(at, left)
            return
        size = line.u16(at + 2)
        _, wanted, exactly = _type(line, at)
        at += _HEADER
        left -= _HEADER
        if size < _HEADER:
            line.invalid()
            line.need(at, left)
            return
        if size < wanted or (exactly and size != wanted):
            line.invalid()
        line.need(at, size - _HEADER)
        if size - _HEADER > left:
            return
        at += size - _HEADER
        left -= size - _HEADER


def _type(line: Line, at: int) -> tuple[str, int, bool]:
    kind = line.u8(at + 1)
    return _TYPES.get(line.u8(at), {}).get(kind, (f"unknown (0x{kind:02x})", _HEADER, _AT_LEAST))


def _print_header(line: Line, at: int, left: int) -> bool:
    """A message's header; False if the segment ends in it."""
    line.write(f"\n\tversion {named(_VERSIONS, line.u8(at), 'unknown (0x%02x)')}")
    if left < 2:
        return False
    line.write(f", type {_type(line, at)[0]}")
    if left < 4:
        return False
    size = line.u16(at + 2)
    line.write(f", length {size}{' (too short!)' if size < _HEADER else ''}")
    if left < _HEADER:
        return False
    line.write(f", xid 0x{line.u32(at + 4):08x}")
    return True
