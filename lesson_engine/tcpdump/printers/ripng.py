"""RIPng (RFC 2080): the routes asked for or told.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("02010000 20010db8000000000000000000000000 0000 20 01"))
>>> print_ripng(line, 0, 24)
>>> line.text()
' ripng-resp 1: 2001:db8::/32 (1)'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER, _ENTRY = 4, 20
_REQUEST, _RESPONSE = 1, 2
_VERSION = 1
_INFINITY = 16


def print_ripng(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "ripng"
    write = line.write
    version = line.u8(at + 1)
    if version != _VERSION:
        write(f" [vers {version}]")
        line.invalid()
        return
    command = line.u8(at)
    if command not in (_REQUEST, _RESPONSE):
        write(f" ripng-{command} ?? {length}")
        line.invalid()
        return
    left = length - _HEADER
    if left < 0:
        line.invalid()
        return
    count = left // _ENTRY
    at += _HEADER
    if command == _REQUEST and count == 1 and line.u8(at + 19) == _INFINITY and not any(line.bytes(at, 16)):
        write(" ripng-req dump")
        return
    name = "req" if command == _REQUEST else "resp"
    write(f" ripng-{name} {count}{f'[{length}]' if count * _ENTRY != left else ''}:")
    while left >= _ENTRY:
        write("\n\t" if line.verbose > 1 else " ")
        write(f"{line.ipv6(at)}/{line.u8(at + 18)}")
        tag = line.u16(at + 16)
        if tag:
            write(f" [{tag}]")
        metric = line.u8(at + 19)
        if metric and command == _RESPONSE:
            write(f" ({metric})")
        at += _ENTRY
        left -= _ENTRY
    if left:
        line.invalid()
