"""MACsec (IEEE 802.1AE): the tag between an Ethernet header and what it protects.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(link_header=True))
>>> line.begin(bytes.fromhex("2200 00000007 0200000000010001 0806") + bytes(16))
>>> print_tag(line, 0, 32, lambda: None)
(14, 2)
>>> line.text()
'an 2, pn 7, flags I, sci 0200000000010001, '
"""

from collections.abc import Callable

from lesson_engine.tcpdump.printers.line import Line, bits

_VERSION, _HAS_CHANNEL, _ENCRYPTED, _CHANGED = 0x80, 0x20, 0x08, 0x04
_FLAGS = {_ENCRYPTED: "E", _CHANGED: "C", 0x40: "S", 0x10: "B", _HAS_CHANNEL: "I"}
_TAG, _TAG_WITH_CHANNEL = 6, 14
_CHECK = 16
_LARGEST_SHORT_LENGTH = 63


def print_tag(line: Line, at: int, length: int, print_addresses: Callable[[], None]) -> tuple[int, int | None]:
    """A tag at `at` with what follows it, `length` bytes in all. Returns the bytes that are done with, and the length
    of a payload in the clear behind them, or None where all is printed. The check value at the end is never read."""
    line.protocol = "macsec"
    captured = line.end - at
    available = min(captured, length)
    size = _TAG
    if available >= _TAG and line.u8(at) & _HAS_CHANNEL:
        size = _TAG_WITH_CHANNEL
    if available < size:
        line.truncated()
        return captured, None
    flags, short_length = line.u8(at), line.u8(at + 1)
    if flags & _VERSION or short_length > _LARGEST_SHORT_LENGTH:
        line.invalid()
        return captured, None
    hidden = bool(flags & (_ENCRYPTED | _CHANGED))
    if hidden and not line.link_header:
        print_addresses()
    if hidden or line.link_header:
        line.write(f"an {flags & 3}, pn {line.u32(at + 2)}, flags {bits(_FLAGS, flags, 'none', '')}")
        if short_length:
            line.write(f", sl {short_length}")
        if size == _TAG_WITH_CHANNEL:
            line.write(f", sci {line.u64(at + _TAG):016x}")
        line.write(", ")
    at += size
    length -= size
    if hidden:
        line.dump(at, line.end - at)
        return size, None
    end = line.end - _CHECK
    if end < at or short_length > end - at:
        line.truncated()
        return captured, None
    if short_length == 1 < end - at:
        line.write(" [caplen 1 < 2]")
        return size, None
    line.narrow(end)
    return size, short_length or length - _CHECK
