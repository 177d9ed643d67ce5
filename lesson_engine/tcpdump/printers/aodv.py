"""AODV (RFC 3561, and its drafts for IPv6): requests for a route, replies and errors.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x04\\x00")
>>> print_aodv(line, 0, 2, Datagram(0, 654, 654))
>>> line.text()
' aodv rrep-ack 2'
"""

from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.ports import Datagram

_REQUEST, _REPLY, _ERROR, _ACKNOWLEDGMENT = 1, 2, 3, 4
_DRAFT = 15
"""The types of the draft for IPv6 follow in the same order."""
_HELLO = 1


def print_aodv(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A message of `length` bytes at `at`, in this `datagram`."""
    line.protocol = "aodv"
    kind = line.u8(at)
    line.write(" aodv")
    draft = kind > _DRAFT
    version6 = draft or line.data[datagram.header] >> 4 == 6
    base = kind - _DRAFT if draft else kind
    if base == _REQUEST:
        _print_request(line, at, length, version6=version6, draft=draft)
    elif base == _REPLY:
        _print_reply(line, at, length, version6=version6, draft=draft)
    elif base == _ERROR:
        _print_error(line, at, length, 16 if version6 else 4)
    elif base == _ACKNOWLEDGMENT:
        line.write(f" rrep-ack {length}")
    else:
        line.write(f" type {kind} {length}")


def _address(line: Line, at: int, size: int) -> str:
    return line.ipv6(at) if size == 16 else line.ipv4(at)


def _print_request(line: Line, at: int, length: int, *, version6: bool, draft: bool) -> None:
    size = 16 if version6 else 4
    whole = 16 + 2 * size
    if not line.has(at, whole) or length < whole:
        line.truncated()
        return
    # tcpdump takes the flags from the type.
    flags = line.u8(at)
    letters = "".join(
        text for mask, text in ((0x80, "[J]"), (0x40, "[R]"), (0x20, "[G]"), (0x10, "[D]")) if flags & mask
    )
    if draft:
        target, target_number, source, source_number = at + 16, at + 8, at + 16 + size, at + 12
    else:
        target, target_number, source, source_number = at + 8, at + 8 + size, at + 12 + size, at + 12 + 2 * size
    line.write(
        f"{' v6' if version6 and not draft else ''} rreq {length} {letters}{'[U] ' if flags & 0x08 else ' '}"
        f"hops {line.u8(at + 3)} id 0x{line.u32(at + 4):08x}\n"
        f"\tdst {_address(line, target, size)} seq {line.u32(target_number)}"
        f" src {_address(line, source, size)} seq {line.u32(source_number)}"
    )
    _print_extension(line, at + whole, length - whole)


def _print_reply(line: Line, at: int, length: int, *, version6: bool, draft: bool) -> None:
    size = 16 if version6 else 4
    whole = 12 + 2 * size
    if not line.has(at, whole) or length < whole:
        line.truncated()
        return
    flags = line.u8(at)
    target, number = (at + 8, at + 4) if draft else (at + 4, at + 4 + size)
    source = at + 8 + size
    line.write(
        f" rrep {length} {'[R]' if flags & 0x80 else ''}{'[A] ' if flags & 0x40 else ' '}"
        f"prefix {line.u8(at + 2) & 0x1F} hops {line.u8(at + 3)}\n"
        f"\tdst {_address(line, target, size)} dseq {line.u32(number)}"
        f" src {_address(line, source, size)} {line.u32(source + size)} ms"
    )
    _print_extension(line, at + whole, length - whole)


def _print_error(line: Line, at: int, length: int, size: int) -> None:
    if not line.has(at, 4) or length < 4:
        line.truncated()
        return
    count = line.u8(at + 3)
    line.write(f" rerr {'[D]' if line.u8(at + 1) & 0x80 else ''} [items {count}] [{length}]:")
    left = length - 4
    at += 4
    for _ in range(count):
        if not line.has(at, size + 4) or left < size + 4:
            line.truncated()
            return
        line.write(f" {{{_address(line, at, size)}}}({line.u32(at + size)})")
        at += size + 4
        left -= size + 4


def _print_extension(line: Line, at: int, left: int) -> None:
    if left < 2:
        return
    if not line.has(at, 2):
        line.truncated()
        return
    kind, size = line.u8(at), line.u8(at + 1)
    if kind != _HELLO:
        line.write(f"\n\text {kind} {size}")
    elif not line.has(at, 6) or left < 6:
        line.truncated()
    elif size < 4:
        line.write(f"\n\text HELLO - bad length {size}")
    else:
        line.write(f"\n\text HELLO {line.u32(at + 2)} ms")
