"""OSPF version 3, over IPv6 (RFC 5340): the kind of message, and under -v whom routers know.

What they tell each other takes -vv, and is in `ospf3lsa`. A message may be followed by an authentication trailer
(RFC 7166), which its length does not count.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0301 0024 0a000001 00000000 0000 0000") + bytes(20))
>>> print_ospf3(line, 0, 36)
>>> line.text()
'OSPFv3, Hello, length 36'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.ospf import DESCRIPTION, HELLO, KINDS, REQUEST, UPDATE, print_neighbors

# Fields, in bytes from the message's start
_KIND, _LENGTH, _ROUTER, _AREA, _INSTANCE, _BODY = 1, 2, 4, 8, 14, 16

_OPTIONS_AT = {HELLO: _BODY + 5, DESCRIPTION: _BODY + 1}
_SIGNALLING = 0x000200
OPTIONS = {
    0x000001: "V6",
    0x000002: "External",
    0x000004: "Deprecated",
    0x000008: "NSSA",
    0x000010: "Router",
    0x000020: "Demand Circuit",
    0x000100: "AFs Support",
    _SIGNALLING: "LLS",
    0x000400: "Authentication Trailer",
}
_DESCRIPTION_FLAGS = {0x04: "Init", 0x02: "More", 0x01: "Master", 0x10: "IPv6 MTU"}
_ADVERTISEMENT_HEADER = 20
_TRAILER = 16
_TRAILER_KINDS = {1: "HMAC"}


def print_ospf3(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`, in an IPv6 packet; this format is taken for it whatever version it gives."""
    line.protocol = "ospf3"
    write = line.write
    kind = line.u8(at + _KIND)
    version = line.u8(at)
    write(f"OSPFv{version}, {named(KINDS, kind, 'unknown packet type (%u)')}, length {length}")
    if not line.verbose or kind not in KINDS:
        return
    size = line.u16(at + _LENGTH)
    if size > length:
        write(f" [len {size}]")
        return
    write(f"\n\tRouter-ID {line.ipv4(at + _ROUTER)}")
    area = line.u32(at + _AREA)
    write(f", Area {line.ipv4(at + _AREA)}" if area else ", Backbone Area")
    instance = line.u8(at + _INSTANCE)
    if instance:
        write(f", Instance {instance}")
    if version != 3:
        return
    try:
        _print_body(line, at + _BODY, kind, at + size)
        left = length - size
        if left and kind in (HELLO, DESCRIPTION) and line.u24(at + _OPTIONS_AT[kind]) & _SIGNALLING:
            left -= _print_signalling(line, at + size, left)
        if left:
            _print_trailer(line, at + length - left, left)
    except UnreadableError:
        line.truncated()


class UnreadableError(Exception):
    """Something does not fit into the message or was not captured: this ends the message, not the packet."""


def require(left: int, size: int) -> None:
    """Raise UnreadableError unless the message or advertisement has `size` bytes left."""
    if left < size:
        raise UnreadableError


def require_captured(line: Line, at: int, size: int) -> None:
    """Raise UnreadableError unless `size` bytes from `at` were captured, where tcpdump asks before it reads."""
    if not line.has(at, size):
        raise UnreadableError


def _print_body(line: Line, at: int, kind: int, stop: int) -> None:
    if kind == HELLO:
        _print_hello(line, at, stop)
        return
    if kind == DESCRIPTION:
        _print_description(line, at)
        at += 12
    if line.verbose < 2:
        return
    from lesson_engine.tcpdump.printers.ospf3lsa import print_advertisement_header, print_advertisements, print_request

    if kind == UPDATE:
        print_advertisements(line, at, stop)
    elif kind == REQUEST:
        while at < stop:
            print_request(line, at)
            at += 12
    else:
        while at < stop:
            print_advertisement_header(line, at, stop)
            at += _ADVERTISEMENT_HEADER


def _print_hello(line: Line, at: int, stop: int) -> None:
    write = line.write
    write(f"\n\tOptions [{bits(OPTIONS, line.u24(at + 5), 'none')}]")
    write(
        f"\n\t  Hello Timer {line.u16(at + 8)}s, Dead Timer {line.u16(at + 10)}s, Interface-ID {line.ipv4(at)},"
        f" Priority {line.u8(at + 4)}"
    )
    if line.u32(at + 12):
        write(f"\n\t  Designated Router {line.ipv4(at + 12)}")
    if line.u32(at + 16):
        write(f", Backup Designated Router {line.ipv4(at + 16)}")
    if line.verbose > 1:
        print_neighbors(line, at + 20, stop)


def _print_description(line: Line, at: int) -> None:
    line.write(f"\n\tOptions [{bits(OPTIONS, line.u24(at + 1), 'none')}]")
    line.write(f", DD Flags [{bits(_DESCRIPTION_FLAGS, line.u8(at + 7), 'none')}]")
    line.write(f", MTU {line.u16(at + 4)}, DD-Sequence 0x{line.u32(at + 8):08x}")


def _print_signalling(line: Line, at: int, left: int) -> int:
    """A link-local signalling block; returns how many of the `left` bytes it has."""
    require(left, 4)
    line.write(f"\n\tLLS Checksum 0x{line.u16(at):04x}")
    size = line.u16(at + 2)
    line.write(f", Data Length {size}")
    require(size, 4)
    require(left, size)
    require_captured(line, at, size)
    return size


def _print_trailer(line: Line, at: int, left: int) -> None:
    require(left, _TRAILER)
    write = line.write
    write(f"\n\tAuthentication Type {named(_TRAILER_KINDS, line.u16(at), 'unknown (0x%04x)')}")
    size = line.u16(at + 2)
    write(f", Length {size}")
    require(size, _TRAILER)
    require(left, size)
    write(f", SAID {line.u16(at + 6)}")
    write(f", CSN 0x{line.u32(at + 8):08x}")
    write(f":{line.u32(at + 12):08x}")
    require_captured(line, at, size)
    if line.verbose > 1:
        line.write_hex(at + _TRAILER, size - _TRAILER, "\n\tAuthentication Data ")
