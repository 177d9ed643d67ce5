"""OLSR (RFC 3626) as olsrd speaks it: the packet, and under -v its messages, those of link quality and names included.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00040007 45"))
>>> print_olsr(line, 0, 4, Datagram(4, 698, 698))
>>> line.text()
'OLSRv4, seq 0x0007, length 4'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.ports import Datagram

_HEADER = 4
_LENGTH_OF_TIME = 1 / 16
"""The constant C of RFC 3626 section 18.3, in seconds."""

_HELLO, _TC, _MID, _HNA, _NAMES, _HELLO_LQ, _TC_LQ = 1, 2, 3, 4, 130, 201, 202
_MESSAGES = {
    _HELLO: "Hello",
    _TC: "TC",
    _MID: "MID",
    _HNA: "HNA",
    128: "Powerinfo",
    _NAMES: "Nameservice",
    _HELLO_LQ: "Hello-LQ",
    _TC_LQ: "TC-LQ",
}
_LINKS = {0: "Unspecified", 1: "Asymmetric", 2: "Symmetric", 3: "Lost"}
_NEIGHBORS = {0: "Not-Neighbor", 1: "Symmetric", 2: "Symmetric-MPR"}
_NETWORKS_A_LINE = 4
_LINK_SPEED = 0x01
_GATEWAYS = {_LINK_SPEED: "LINKSPEED", 0x02: "IPV4", 0x04: "IPV4-NAT", 0x08: "IPV6", 0x10: "IPv6-PREFIX"}
_NO_MASK = 0xFFFFFFFF
"""The width of a mask with holes."""


class _CutError(Exception):
    """The packet ends early; it is marked, but not abandoned as one of which bytes were read that are not there."""


def print_olsr(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A packet of `length` bytes at `at`, in this `datagram`."""
    line.protocol = "olsr"
    version = 6 if line.data[datagram.header] >> 4 == 6 else 4
    line.write(f"OLSRv{version}")
    if length < _HEADER or not line.has(at, _HEADER):
        line.truncated()
        return
    length = min(length, line.u16(at))
    line.write(f", seq 0x{line.u16(at + 2):04x}, length {length}")
    if line.verbose:
        try:
            _print_messages(line, at + _HEADER, length, 16 if version == 6 else 4)
        except _CutError:
            line.truncated()


def _print_messages(line: Line, at: int, length: int, width: int) -> None:
    """The messages of a packet of `length` bytes, its header included, with addresses of `width` bytes."""
    stop = at - _HEADER + length
    header = 8 + width
    while at < stop:
        _need(line, at, header)
        kind, size = line.u8(at), line.u16(at + 2)
        if kind == 0 or size == 0:
            return
        rest = at + 4 + width
        line.write(f"\n\t{named(_MESSAGES, kind, 'Unknown')} Message (0x{kind:02x})")
        line.write(f", originator {_address(line, at + 4, width)}, ttl {line.u8(rest)}, hop {line.u8(rest + 1)}")
        line.write(f"\n\t  vtime {_seconds(line.u8(at + 1))}, msg-seq 0x{line.u16(rest + 2):04x}, length {size}")
        if size < header or size > length:
            line.invalid()
            return
        _print_body(line, kind, at + header, size - header, width)
        at += size


def _need(line: Line, at: int, size: int) -> None:
    if not line.has(at, size):
        raise _CutError


def _seconds(byte: int) -> str:
    """A time of one byte: mantissa, then exponent (RFC 3626 section 18.3)."""
    return f"{_LENGTH_OF_TIME * (1 + (byte >> 4) / 16) * 2 ** (byte & 15):.3f}s"


def _address(line: Line, at: int, width: int) -> str:
    return line.ipv6(at) if width == 16 else line.ipv4(at)


def _print_body(line: Line, kind: int, at: int, left: int, width: int) -> None:
    if kind in (_HELLO, _HELLO_LQ):
        _print_hello(line, at, left, width, kind == _HELLO_LQ)
    elif kind in (_TC, _TC_LQ):
        if left < 4:
            raise _CutError
        _need(line, at, 4)
        line.write(f"\n\t    advertised neighbor seq 0x{line.u16(at):04x}")
        _print_neighbors(line, at + 4, left - 4, width, kind == _TC_LQ)
    elif kind == _MID:
        for where in range(at, at + left - width + 1, width):
            _need(line, where, width)
            line.write(f"\n\t  interface address {_address(line, where, width)}")
    elif kind == _HNA:
        _print_networks(line, at, left // (2 * width), width)
    elif kind == _NAMES:
        _print_names(line, at, left, width)
    else:
        line.write_hex(at, left, "\n\t    ")


def _print_hello(line: Line, at: int, left: int, width: int, with_quality: bool) -> None:
    if left < 4:
        raise _CutError
    _need(line, at, 4)
    line.write(f"\n\t  hello-time {_seconds(line.u8(at + 2))}, MPR willingness {line.u8(at + 3)}")
    at += 4
    left -= 4
    while left >= 4:
        _need(line, at, 4)
        code, size = line.u8(at), line.u16(at + 2)
        line.write(
            f"\n\t    link-type {named(_LINKS, code & 3)}"
            f", neighbor-type {named(_NEIGHBORS, code >> 2, 'Unknown')}, len {size}"
        )
        if size < 4 or size > left:
            line.invalid()
            return
        _need(line, at, size)
        _print_neighbors(line, at + 4, size - 4, width, with_quality)
        at += size
        left -= size


def _print_neighbors(line: Line, at: int, left: int, width: int, with_quality: bool) -> None:
    if not with_quality:
        line.write("\n\t      neighbor\n\t\t")
        # Of four bytes each, whatever the version of IP.
        for where in range(at, at + left - 3, 4):
            line.write(f"{line.ipv4(where)} ")
        return
    for where in range(at, at + left - width - 3, width + 4):
        _need(line, where, width + 4)
        link, neighbor = (line.u8(where + width + side) / 2.55 for side in (0, 1))
        line.write(
            f"\n\t      neighbor {_address(line, where, width)}"
            f", link-quality {link:.2f}%, neighbor-link-quality {neighbor:.2f}%"
        )


def _print_networks(line: Line, at: int, count: int, width: int) -> None:
    line.write(f"\n\t  Advertised networks (total {count})")
    for index in range(count):
        _need(line, at, 2 * width)
        mask = line.bytes(at + width, width)
        if width == 16:
            line.write(f"\n\t    #0: {line.ipv6(at)}/{_width6(mask)}")
        else:
            line.write(", " if index % _NETWORKS_A_LINE else "\n\t    ")
            line.write(_gateway(mask) if _is_gateway(line.u32(at), mask) else _network(line.ipv4(at), mask))
        at += 2 * width


def _is_gateway(address: int, mask: bytes) -> bool:
    """Whether no network is meant but a way to the Internet, of which the mask tells."""
    return address == 0 and mask[0] == 0 and mask[1] != 0


def _gateway(mask: bytes) -> str:
    flags, uplink, downlink = mask[1:]
    kinds = "".join(f" {name}" for bit, name in _GATEWAYS.items() if flags & bit)
    known = flags & _LINK_SPEED
    return f"Smart-Gateway:{kinds} {_speed(uplink) if known else 0}/{_speed(downlink) if known else 0}"


def _speed(byte: int) -> int:
    """Kilobits in a second: one less than a factor, then the power of ten."""
    return ((byte >> 3) + 1) * 10 ** (byte & 7) if byte else 0


def _network(address: str, mask: bytes) -> str:
    return f"{address}/{_width4(int.from_bytes(mask, 'big'))}"


def _width4(mask: int) -> int:
    zeros = ~mask & 0xFFFFFFFF
    return _NO_MASK if zeros & zeros + 1 else 32 - zeros.bit_length()


def _width6(mask: bytes) -> int:
    """The ones that a mask begins with; a byte that has a hole counts for nothing."""
    width = 0
    for byte in mask:
        if byte != 0xFF:
            zeros = ~byte & 0xFF
            return width if zeros & zeros + 1 else width + 8 - zeros.bit_length()
        width += 8
    return width


def _print_names(line: Line, at: int, left: int, width: int) -> None:
    if left < 4:
        raise _CutError
    entries = line.u16(at + 2)
    line.write(f"\n\t  Version {line.u16(at)}, Entries {entries}")
    if entries == 0 or entries * (4 + width) > left:
        line.invalid()
        return
    at += 4
    left -= 4
    for index in range(entries):
        if left < 4:
            return
        kind, size = line.u16(at), line.u16(at + 2)
        # The form %#06x of C has no 0x for 0.
        line.write(f"\n\t    #{index}: type {f'{kind:#06x}' if kind else '000000'}, length {size}")
        entry = 4 + width + size
        if size == 0 or entry > left:
            line.invalid()
            return
        entry += -size % 4
        if entry > left:
            raise _CutError
        _need(line, at, entry)
        line.write(f', address {_address(line, at + 4, width)}, name "')
        line.printable(at + 4 + width, size)
        line.write('"')
        at += entry
        left -= entry
