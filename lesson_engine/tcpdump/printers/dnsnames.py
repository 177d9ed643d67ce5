"""Domain names in DNS messages (RFC 1035 section 4.1.4): skipped, or followed through their compression pointers.

Pointers must point backwards, so no chain of them is endless. Whoever prints a message catches `CutError` and
ends it there.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions())
>>> line.begin(b"\\x02jp\\x00\\x03www\\xc0\\x00")
>>> print_name(line, 4, 0), line.text()
(10, 'www.jp.')
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError

_POINTER, _EXTENDED, _KIND = 0xC0, 0x40, 0xC0
_BIT_LABEL = 0x01
_LONGEST_NAME = 255


class CutError(Exception):
    """The message ends, or cannot be read on, in the middle."""


def need(line: Line, at: int, size: int) -> None:
    if not line.has(at, size):
        raise CutError


def skip_name(line: Line, at: int) -> int:
    """Where what follows the name starts."""
    size = _byte(line, at)
    at += 1
    while size:
        if size & _KIND == _POINTER:
            return at + 1
        if size & _KIND == _EXTENDED:
            if size & ~_KIND != _BIT_LABEL:
                raise CutError
            at += 1 + ((_byte(line, at) or 256) + 7) // 8
        else:
            at += size
        size = _byte(line, at)
        at += 1
    return at


def _byte(line: Line, at: int) -> int:
    if at >= line.end:
        raise CutError
    return line.data[at]


def _label_length(line: Line, at: int) -> int:
    """The bytes of the label that starts with this byte, not counting it."""
    size = _byte(line, at)
    if size & _KIND == _EXTENDED:
        kind = size & ~_KIND
        if kind != _BIT_LABEL:
            line.write(f"<ELT {kind}>")
            raise CutError
        return ((_byte(line, at + 1) or 256) + 7) // 8 + 1
    if size & _KIND in (0, _POINTER):
        return size
    line.write("<BAD LABEL TYPE>")
    raise CutError


def print_name(line: Line, at: int, message: int) -> int:
    """Print the name at `at` of the message at `message`; returns where what follows it starts."""
    label_length = _label_length(line, at)
    start = at
    # Where names count from what follows them, as in DHCPv6, any first pointer is allowed.
    furthest = at - message if at >= message else 1 << 32
    after = written = 0
    size = _byte(line, at)
    at += 1
    if size == 0:
        line.write(".")
        return at
    # A label of which not one byte was captured ends the name quietly; one cut later does not.
    while size and at < line.end:
        if size & _KIND == _POINTER:
            after = after or at + 1
            offset = (size << 8 | _byte(line, at)) & 0x3FFF
            if offset >= furthest:
                line.write("<BAD PTR>")
                raise CutError
            furthest = offset
            at = message + offset
            label_length = _label_length(line, at)
            size = _byte(line, at)
            at += 1
            continue
        if size & _KIND == _EXTENDED:
            _print_bit_label(line, at)
        elif written + size > _LONGEST_NAME:
            line.printable(at, _LONGEST_NAME - written)
            line.write("<DOMAIN NAME TOO LONG>")
            return skip_name(line, start)
        elif line.printable(at, size):
            raise CutError
        at += label_length
        line.write(".")
        written += 1 if size & _KIND == _EXTENDED else size + 1
        if written > _LONGEST_NAME:
            line.write("<DOMAIN NAME TOO LONG>")
            return skip_name(line, start)
        label_length = _label_length(line, at)
        size = _byte(line, at)
        at += 1
    if not after and at == start + 1 and size & _KIND == _POINTER:
        raise CutError
    return after or at + label_length


def _print_bit_label(line: Line, at: int) -> None:
    """The bits of a binary label (RFC 2673, now historic)."""
    bits = _byte(line, at) or 256
    whole = (bits + 7) // 8
    line.write("\\[x")
    if not line.has(at + 1, whole):
        line.write(line.data[at + 1 : line.end].hex())
        raise TruncatedError
    unused = -bits % 4
    value = int.from_bytes(line.data[at + 1 : at + 1 + whole], "big") >> (8 * whole - bits) << unused
    line.write(f"{value:0{(bits + unused) // 4}x}/{bits}]")


def print_search_list(line: Line, at: int, stop: int, message: int) -> bool:
    """The domain names up to `stop`, as a router advertisement lists them (RFC 8106); False if one is cut. Pointers
    count from `message`."""
    while at < stop and line.has(at, 1) and line.u8(at):
        line.write(" ")
        try:
            at = print_name(line, at, message)
        except CutError:
            return False
    return True
