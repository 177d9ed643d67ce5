"""Babel (RFC 8966, RFC 8967): the kinds of its messages, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("2a02 0008 0406 0000 0001 0190"))
>>> print_babel(line, 0, 12)
>>> line.text()
'babel 2 (8) hello'
"""

from lesson_engine.tcpdump.printers.line import Line

_MAGIC = 42
_HEADER = 4
_PAD_1, _UPDATE, _UPDATE_SPECIFIC = 0, 8, 13
_NAMES = {
    1: "padN",
    2: "ack-req",
    3: "ack",
    4: "hello",
    5: "ihu",
    6: "router-id",
    7: "nh",
    _UPDATE: "update",
    9: "route-request",
    10: "seqno-request",
    11: "tspc",
    12: "hmac",
    _UPDATE_SPECIFIC: "ss-update",
    14: "ss-request",
    15: "ss-mh-request",
    16: "mac",
    17: "pc",
    18: "challenge_request",
    19: "challenge_reply",
}


def print_babel(line: Line, at: int, length: int) -> None:
    """A packet of `length` bytes at `at`."""
    line.protocol = "babel"
    line.write("babel")
    if not line.has(at, 4):
        line.truncated()
        return
    if line.u8(at) != _MAGIC:
        line.write(" invalid header")
        return
    version = line.u8(at + 1)
    line.write(f" {version}")
    if version != 2:
        line.write(" unknown version")
        return
    left = length - _HEADER
    if left < 0:
        line.invalid()
        return
    size = line.u16(at + 2)
    line.write(f" ({size})")
    at += _HEADER
    if left < size:
        line.invalid()
    elif _print_messages(line, at, at + size) and left > size:
        line.write(" |")
        _print_messages(line, at + size, at + left)


def _print_messages(line: Line, at: int, stop: int) -> bool:
    """The messages up to `stop`; False if printing must end with them."""
    while at < stop:
        kind = line.u8(at)
        if kind == _PAD_1:
            line.write(" pad1")
            at += 1
            continue
        if at + 2 > stop:
            line.invalid()
            return False
        if not line.has(at, 2):
            line.truncated()
            return False
        length = line.u8(at + 1)
        if at + 2 + length > stop:
            line.invalid()
            return False
        if not line.has(at, 2 + length):
            line.truncated()
            return False
        line.write(f" {_NAMES.get(kind, 'unknown')}")
        if kind == _UPDATE:
            if length < 10:
                line.invalid()
                return False
            flags = line.u8(at + 3)
            line.write(
                f"{'/prefix' if flags & 0x80 else ''}{'/id' if flags & 0x40 else ''}"
                f"{'/unknown' if flags & 0x3F else ''}"
            )
        at += 2 + length
    return True
