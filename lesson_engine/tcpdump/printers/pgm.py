"""Pragmatic General Multicast (RFC 3208), at the default verbosity.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4500002400010000407100000a0000010a000002 13881770 0400 0000 010203040506 0008"))
>>> print_pgm(line, 20, 16, 0)
>>> line.text()
'10.0.0.1.5000 > 10.0.0.2.6000: PGM, length 8'
"""

from lesson_engine.tcpdump.printers.line import Line

_PROTOCOL = 113
_HEADER = 16


def print_pgm(line: Line, at: int, length: int, header: int) -> None:
    """A packet of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "pgm"
    write = line.write
    version_6 = line.data[header] >> 4 == 6
    if version_6:
        source, destination = line.ipv6(header + 8), line.ipv6(header + 24)
        outermost = line.data[header + 6] == _PROTOCOL
    else:
        source, destination = line.ipv4(header + 12), line.ipv4(header + 16)
        outermost = line.data[header + 9] == _PROTOCOL
    if not line.has(at + 2, 2):
        write(f"{source} > {destination}:")
        line.truncated()
        return
    source_port, destination_port = (line.names.tcp_port(line.u16(at + offset)) for offset in (0, 2))
    if outermost:
        write(f"{source}.{source_port} > {destination}.{destination_port}: ")
    else:
        write(f"{source_port} > {destination_port}: ")
    if not line.has(at, _HEADER):
        line.truncated()
        return
    write(f"PGM, length {line.u16(at + 14)}")
