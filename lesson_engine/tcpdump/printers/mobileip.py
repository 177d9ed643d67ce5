"""Minimal encapsulation within IP (RFC 2004), as mobile hosts used it.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0600 37fe c0000201 00000000"))
>>> print_mobileip(line, 0, 12)
>>> line.text()
'mobile: [] '
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum
from lesson_engine.tcpdump.printers.line import Line

_HEADER = 8
_LARGEST_HEADER = 12
_SOURCE_PRESENT = 0x0080


def print_mobileip(line: Line, at: int, length: int) -> None:
    """A header at `at`, in a packet with `length` bytes for it."""
    line.protocol = "mobile"
    write = line.write
    if length < _HEADER or not line.has(at, _LARGEST_HEADER):
        line.truncated()
        return
    write("mobile: ")
    flags, checksum = line.u16(at), line.u16(at + 2)
    with_source = bool(flags & _SOURCE_PRESENT)
    if with_source:
        write("[S] ")
        if line.verbose:
            write(f"{line.ipv4(at + 8)} ")
    else:
        write("[] ")
    if line.verbose:
        write(f"> {line.ipv4(at + 4)} (oproto={flags >> 8})")
    size = _LARGEST_HEADER if with_source else _HEADER
    if internet_checksum(line.data[at : at + size]):
        write(f" (bad checksum {checksum})")
