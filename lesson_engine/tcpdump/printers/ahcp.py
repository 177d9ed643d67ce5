"""AHCP (draft-chroboczek-ahcp): configuration for ad hoc networks.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x2b\\x01" + bytes(26))
>>> print_ahcp(line, 0, 28)
>>> line.text()
'AHCP Version 1'
"""

from time import gmtime, strftime

from lesson_engine.tcpdump.printers.line import Line, named

_MAGIC = 43
_HEADER = 24
_MESSAGES = {0: "Discover", 1: "Offer", 2: "Request", 3: "Ack", 4: "Nack", 5: "Release"}
_PAD, _MANDATORY, _TIME, _EXPIRES = 0, 1, 2, 3
_OPTIONS = {
    _PAD: "Pad",
    _MANDATORY: "Mandatory",
    _TIME: "Origin Time",
    _EXPIRES: "Expires",
    4: "My-IPv6-Address",
    5: "My-IPv4-Address",
    6: "IPv6 Prefix",
    7: "IPv4 Prefix",
    8: "IPv6 Address",
    9: "IPv4 Address",
    10: "IPv6 Prefix Delegation",
    11: "IPv4 Prefix Delegation",
    12: "Name Server",
    13: "NTP Server",
}
_LISTS = {
    4: (16, False),
    5: (4, False),
    6: (16, True),
    8: (16, False),
    9: (4, False),
    10: (16, True),
    11: (4, True),
    12: (16, False),
    13: (16, False),
}
"""Options that are lists: the size of an address, and whether a prefix length follows it."""


def print_ahcp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "ahcp"
    line.write("AHCP")
    if length < 2 or line.u8(at) != _MAGIC:
        _invalid(line, at, length)
        return
    version = line.u8(at + 1)
    if version != 1:
        line.write(f" Version {version} (unknown)")
        line.need(at + 2, length - 2)
        return
    line.write(" Version 1")
    if length < _HEADER:
        _invalid(line, at + 2, length - 2)
        return
    if line.verbose:
        line.write(f"\n\tHopcount {line.u8(at + 2)}")
        line.write(f", Original Hopcount {line.u8(at + 3)}")
        line.write(f", Nonce 0x{line.u32(at + 4):08x}")
        line.write(f", Source Id {line.bytes(at + 8, 8).hex(':')}")
        line.write(f", Destination Id {line.bytes(at + 16, 8).hex(':')}")
    else:
        line.need(at, _HEADER)
    _print_body(line, at + _HEADER, length - _HEADER)


def _invalid(line: Line, at: int, length: int) -> None:
    line.invalid()
    line.need(at, length)


def _print_body(line: Line, at: int, length: int) -> None:
    if length < 4:
        _invalid(line, at, length)
        return
    kind, reserved, size = line.u8(at), line.u8(at + 1), line.u16(at + 2)
    if line.verbose:
        line.write(f"\n\t{named(_MESSAGES, kind, 'Unknown-%u')}")
        if reserved:
            line.write(f", MBZ {reserved}")
        line.write(f", Length {size}")
    if size > length - 4:
        _invalid(line, at + 4, length - 4)
    elif line.verbose > 1:
        _print_options(line, at + 4, size)
    else:
        line.need(at + 4, size)


def _print_options(line: Line, at: int, left: int) -> None:
    while left:
        kind = line.u8(at)
        at += 1
        left -= 1
        line.write(f"\n\t {named(_OPTIONS, kind, 'Unknown-%u')}")
        if kind in (_PAD, _MANDATORY):
            continue
        if not left:
            _invalid(line, at, left)
            return
        size = line.u8(at)
        at += 1
        left -= 1
        if size > left:
            _invalid(line, at, left)
            return
        if kind in (_TIME, _EXPIRES):
            if size != 4:
                _invalid(line, at, size)
            elif kind == _TIME:
                line.write(f": {strftime('%Y-%m-%d %H:%M:%S UTC', gmtime(line.u32(at)))}")
            else:
                line.write(f": {line.u32(at)}s")
        elif kind in _LISTS:
            _print_list(line, at, size, *_LISTS[kind])
        else:
            line.write(f" (Length {size})")
            line.need(at, size)
        at += size
        left -= size


def _print_list(line: Line, at: int, left: int, size: int, prefixes: bool) -> None:
    separator = ": "
    step = size + prefixes
    while left:
        if left < step:
            _invalid(line, at, left)
            return
        address = line.ipv6(at) if size == 16 else line.ipv4(at)
        line.write(f"{separator}{address}{f'/{line.u8(at + size)}' if prefixes else ''}")
        separator = ", "
        at += step
        left -= step
