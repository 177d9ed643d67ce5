"""EIGRP (RFC 7868): the kind of message, and under -v its header and fields, one after another.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0205 0000 00000000 00000000 00000000 00000064"))
>>> print_eigrp(line, 0, 20)
>>> line.text()
'EIGRP Hello, length: 20'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_VERSION = 2
_HEADER = 20
_FIELD_HEADER = 4

# Fields, in bytes from the message's start
_OPERATION, _CHECKSUM, _FLAGS, _SEQUENCE, _ACKNOWLEDGMENT, _ROUTER, _SYSTEM = 1, 2, 4, 8, 12, 16, 18

_OPERATION_NAMES = {1: "Update", 3: "Query", 4: "Reply", 5: "Hello", 6: "IPX SAP", 7: "Probe"}
_FLAG_NAMES = {1: "Init", 2: "Conditionally Received", 4: "Restart", 8: "End-of-Table"}
_PROTOCOL_NAMES = dict(
    enumerate("IGRP EIGRP Static RIP Hello OSPF IS-IS EGP BGP IDRP Connected".split(), start=1)  # noqa: SIM905
)

_PARAMETERS, _SOFTWARE, _IP_INTERNAL, _IP_EXTERNAL = 0x0001, 0x0004, 0x0102, 0x0103
_CABLE_INTERNAL, _CABLE_EXTERNAL, _CABLE_SETUP = 0x0202, 0x0203, 0x0204
_FIELD_NAMES = {
    _PARAMETERS: "General Parameters",
    0x0002: "Authentication",
    0x0003: "Sequence",
    _SOFTWARE: "Software Version",
    0x0005: "Next Multicast Sequence",
    _IP_INTERNAL: "IP Internal routes",
    _IP_EXTERNAL: "IP External routes",
    _CABLE_INTERNAL: "AppleTalk Internal routes",
    _CABLE_EXTERNAL: "AppleTalk External routes",
    _CABLE_SETUP: "AppleTalk Cable setup",
    0x0302: "IPX Internal routes",
    0x0303: "IPX External routes",
}
_LEAST_SIZES = {
    _PARAMETERS: 8,
    _SOFTWARE: 4,
    _IP_INTERNAL: 22,
    _IP_EXTERNAL: 42,
    _CABLE_SETUP: 8,
    _CABLE_INTERNAL: 24,
    _CABLE_EXTERNAL: 40,
}
"""What the fields hold at least, after their header."""


def print_eigrp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "eigrp"
    write = line.write
    if not line.has(at, _HEADER):
        line.truncated()
        return
    version, operation = line.u8(at), line.u8(at + _OPERATION)
    if version != _VERSION:
        write(f"EIGRP version {version} packet not supported")
        return
    if not line.verbose or length < _HEADER:
        write(f"EIGRP {named(_OPERATION_NAMES, operation, 'unknown (%u)')}, length: {length}")
        if line.verbose:
            write(f" (too short, < {_HEADER})")
        return
    left = length - _HEADER
    write(
        f"\n\tEIGRP v{version}, opcode: {named(_OPERATION_NAMES, operation, 'unknown, type: %u')} ({operation}),"
        f" chksum: 0x{line.u16(at + _CHECKSUM):04x}, Flags: [{bits(_FLAG_NAMES, line.u32(at + _FLAGS), 'none')}]"
        f"\n\tseq: 0x{line.u32(at + _SEQUENCE):08x}, ack: 0x{line.u32(at + _ACKNOWLEDGMENT):08x},"
        f" VRID: {line.u16(at + _ROUTER)}, AS: {line.u16(at + _SYSTEM)}, length: {left}"
    )
    at += _HEADER
    while left > 0:
        size = _print_field(line, at, left)
        if not size:
            return
        at += size
        left -= size


def _print_field(line: Line, at: int, left: int) -> int:
    """One field; returns its size with its header, or 0 if there is no reading on."""
    if not line.has(at, _FIELD_HEADER):
        line.truncated()
        return 0
    kind, size = line.u16(at), line.u16(at + 2)
    if size < _FIELD_HEADER or size > left:
        line.write_hex(at + _FIELD_HEADER, left, "\n\t    ")
        return 0
    line.write(f"\n\t  {named(_FIELD_NAMES, kind, 'Unknown')} TLV (0x{kind:04x}), length: {size}")
    value, value_size = at + _FIELD_HEADER, size - _FIELD_HEADER
    minimum = _LEAST_SIZES.get(kind)
    if not line.has(at, size):
        line.truncated()
        return 0
    if minimum is not None and value_size < minimum:
        line.write(f" (too short, < {minimum + _FIELD_HEADER})")
    elif minimum is not None:
        _print_value(line, value, kind)
    elif line.verbose == 1:
        line.write_hex(value, value_size, "\n\t    ")
    if line.verbose > 1:
        line.write_hex(value, value_size, "\n\t    ")
    return size


def _print_value(line: Line, at: int, kind: int) -> None:
    write = line.write
    if kind == _PARAMETERS:
        weights = ", ".join(f"k{index + 1} {line.u8(at + index)}" for index in range(5))
        write(f"\n\t    holdtime: {line.u16(at + 6)}s, {weights}")
    elif kind == _SOFTWARE:
        major, minor, protocol_major, protocol_minor = line.bytes(at, 4)
        write(f"\n\t    IOS version: {major}.{minor}, EIGRP version {protocol_major}.{protocol_minor}")
    elif kind in (_IP_INTERNAL, _IP_EXTERNAL):
        external = kind == _IP_EXTERNAL
        metric = at + (24 if external else 4)
        width = line.u8(metric + 16)
        if width > 32:
            write(f"\n\t    illegal prefix length {width}")
            return
        prefix = line.bytes(metric + 17, (width + 7) // 8).ljust(4, b"\0")
        write(f"\n\t    IPv4 prefix: {line.names.ipv4(prefix):>15}/{width}, nexthop: ")
        write(line.ipv4(at) if line.u32(at) else "self")
        if external:
            write(f"\n\t      origin-router {line.ipv4(at + 4)}")
            _print_origin(line, at + 8, line.u8(at + 22), line.u8(at + 23), line.u32(at + 16))
        _print_metric(line, metric)
    elif kind == _CABLE_SETUP:
        write(f"\n\t    Cable-range: {line.u16(at)}-{line.u16(at + 2)}, Router-ID {line.u32(at + 4)}")
    else:
        external = kind == _CABLE_EXTERNAL
        metric = at + (20 if external else 4)
        write(f"\n\t     Cable-Range: {line.u16(metric + 16)}-{line.u16(metric + 18)}, nexthop: ")
        write(f"{line.u16(at)}.{line.u16(at + 2)}" if line.u32(at) else "self")
        if external:
            write(f"\n\t      origin-router {line.u32(at + 4)}")
            _print_origin(line, at + 8, line.u8(at + 16), line.u8(at + 17), line.u16(at + 18))
        _print_metric(line, metric)


def _print_origin(line: Line, at: int, protocol: int, flags: int, metric: int) -> None:
    line.write(
        f", origin-as {line.u32(at)}, origin-proto {named(_PROTOCOL_NAMES, protocol, 'unknown')},"
        f" flags [0x{flags:02x}], tag 0x{line.u32(at + 4):08x}, metric {metric}"
    )


def _print_metric(line: Line, at: int) -> None:
    line.write(
        f"\n\t      delay {line.u32(at) // 100} ms, bandwidth {line.u32(at + 4)} Kbps, mtu {line.u24(at + 8)},"
        f" hop {line.u8(at + 11)}, reliability {line.u8(at + 12)}, load {line.u8(at + 13)}"
    )
