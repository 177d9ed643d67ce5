"""DCCP (RFC 4340): ports, the packet's type, and under -vv its sequence number and options.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4500002400010000402100000a0000010a000002 13881770 04000000 04000007"))
>>> print_dccp(line, 20, 12, 0)
>>> line.text()
'10.0.0.1.5000 > 10.0.0.2.6000: DCCP DCCP-Data '
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum, should_be
from lesson_engine.tcpdump.printers.ip import pseudo_header
from lesson_engine.tcpdump.printers.line import Line, named

_PROTOCOL = 33
_SHORT, _LONG = 12, 16
_EXTENDED = 1
_REQUEST, _RESPONSE, _DATA, _RESET = 0, 1, 2, 7
_TYPES = {
    _REQUEST: ("DCCP-Request", 4),
    _RESPONSE: ("DCCP-Response", 12),
    _DATA: ("DCCP-Data", 0),
    3: ("DCCP-Ack", 8),
    4: ("DCCP-DataAck", 8),
    5: ("DCCP-CloseReq", 8),
    6: ("DCCP-Close", 8),
    _RESET: ("DCCP-Reset", 12),
    8: ("DCCP-Sync", 8),
    9: ("DCCP-SyncAck", 8),
}
"""Packet types, and the bytes that each adds to the header."""
_RESETS = (
    "unspecified",
    "closed",
    "aborted",
    "no_connection",
    "packet_error",
    "option_error",
    "mandatory_error",
    "connection_refused",
    "bad_service_code",
    "too_busy",
    "bad_init_cookie",
    "aggression_penalty",
)
_FEATURES = (
    "reserved",
    "ccid",
    "allow_short_seqno",
    "sequence_window",
    "ecn_incapable",
    "ack_ratio",
    "send_ack_vector",
    "send_ndp_count",
    "minimum checksum coverage",
    "check data checksum",
)
_OPTIONS = {
    0: "nop",
    1: "mandatory",
    2: "slowreceiver",
    32: "change_l",
    33: "confirm_l",
    34: "change_r",
    35: "confirm_r",
    36: "initcookie",
    37: "ndp_count",
    38: "ack_vector0",
    39: "ack_vector1",
    40: "data_dropped",
    41: "timestamp",
    42: "timestamp_echo",
    43: "elapsed_time",
    44: "data_checksum",
}
_WITH_LENGTH, _CONGESTION = 32, 128


def print_dccp(line: Line, at: int, length: int, header: int) -> None:
    """A packet of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "dccp"
    write = line.write
    if not line.has(at, _SHORT):
        line.truncated()
        return
    if length < _SHORT:
        write(f"truncated-dccp - {_SHORT - length} bytes missing!")
        return
    extended = bool(line.u8(at + 8) & _EXTENDED)
    fixed = _LONG if extended else _SHORT
    if length < fixed:
        write(f"truncated-dccp - {fixed - length} bytes missing!")
        return
    if not line.has(at, fixed):
        line.truncated()
        return
    if line.data[header] >> 4 == 6:
        source, destination = line.ipv6(header + 8), line.ipv6(header + 24)
    else:
        source, destination = line.ipv4(header + 12), line.ipv4(header + 16)
    write(f"{source}.{line.u16(at)} > {destination}.{line.u16(at + 2)}: DCCP")
    header_length = line.u8(at + 4) * 4
    if line.quiet:
        write(f" {length - header_length & 0xFFFFFFFF}")
        if header_length > length:
            write(f" [bad hdr length {header_length} - too long, > {length}]")
        return
    if line.verbose:
        _print_checksum(line, at, length, header)
    write(" ")
    kind = line.u8(at + 8) >> 1 & 0x0F
    end_of_fixed = at + fixed
    if kind in _TYPES:
        name, more = _TYPES[kind]
        fixed += more
        if length < fixed:
            write(f"truncated-{name} - {fixed - length} bytes missing!")
            return
        if kind in (_REQUEST, _RESPONSE, _RESET) and not line.has(end_of_fixed, more):
            line.truncated()
            return
        write(f"{name} ")
        if kind in (_REQUEST, _RESPONSE):
            write(f"(service={line.u32(at + fixed - 4)}) ")
        elif kind == _RESET:
            code = line.u8(at + fixed - 4)
            write(f"(code={_RESETS[code] if code < len(_RESETS) else 'invalid'}) ")
    else:
        write(f"unknown-type-{kind} ")
    if kind not in (_DATA, _REQUEST):
        acknowledged = line.bytes(end_of_fixed + 2, 6) if extended else line.bytes(end_of_fixed + 1, 3)
        write(f"(ack={int.from_bytes(acknowledged)}) ")
    if line.verbose < 2:
        return
    write(f"seq {int.from_bytes(line.bytes(at + 10, 6) if extended else line.bytes(at + 9, 3))}")
    if header_length > fixed:
        write(" <")
        _print_options(line, at + fixed, header_length - fixed)
        write(">")


def _print_checksum(line: Line, at: int, length: int, header: int) -> None:
    byte = line.u8(at + 5)
    line.write(f" (CCVal {byte >> 4}, CsCov {byte & 0x0F}")
    if line.has(at, length):
        found = line.u16(at + 6)
        covered = length
        if byte & 0x0F:
            covered = min(length, (line.u8(at + 4) + (byte & 0x0F) - 1) * 4)
        data = pseudo_header(line, header, _PROTOCOL, length) + line.data[at : at + covered]
        difference = internet_checksum(data)
        line.write(f", cksum 0x{found:04x} ")
        line.write(f"(incorrect -> 0x{should_be(found, difference):04x})" if difference else "(correct)")
    line.write(")")


def _print_options(line: Line, at: int, left: int) -> None:
    while True:
        size = _print_option(line, at, left)
        if not size or left <= size:
            return
        at += size
        left -= size
        line.write(", ")


def _print_option(line: Line, at: int, left: int) -> int:
    """An option. Returns its length, 0 if it was cut."""
    kind = line.u8(at)
    size = line.u8(at + 1) if kind >= _WITH_LENGTH else 1
    name = f"CCID option {kind}" if kind >= _CONGESTION else named(_OPTIONS, kind, "Option %u")
    if kind >= _WITH_LENGTH and size < 2:
        line.write(f"{name} optlen too short")
        return 0
    if left < size:
        line.write(f"{name} optlen goes past header length")
        return 0
    if not line.has(at, size):
        line.truncated()
        return 0
    line.write(name)
    if kind >= _WITH_LENGTH:
        line.write(_option_value(kind, line.bytes(at + 2, size - 2)))
    return size


def _option_value(kind: int, value: bytes) -> str:
    number = int.from_bytes(value[:4])
    if kind >= _CONGESTION:
        return f" {number}" if len(value) in (2, 4) else ""
    if kind < 36:
        if not value:
            return " optlen too short"
        if value[0] >= len(_FEATURES):
            return ""
        return f" {_FEATURES[value[0]]}" + "".join(f" {byte}" for byte in value[1:])
    if kind in (36, 38, 39, 40):
        return f" 0x{value.hex()}" if value else ""
    if kind == 37:
        return "".join(f" {byte}" for byte in value)
    if kind == 41:
        return f" {number}" if len(value) == 4 else " [optlen != 6]"
    if kind == 42:
        if len(value) not in (4, 6, 8):
            return " [optlen != 6 or 8 or 10]"
        return f" {number}" + (f" (elapsed time {int.from_bytes(value[4:])})" if len(value) > 4 else "")
    if kind == 43:
        return f" {number}" if len(value) in (2, 4) else " [optlen != 4 or 6]"
    if kind == 44:
        return f" {value.hex()}" if value else ""
    return ""
