"""Cisco's IGRP, the routing protocol before EIGRP.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("11 05 0001 0000 0000 0000 abcd"))
>>> print_igrp(line, 0, 12)
>>> line.text()
'igrp: update V1 edit=5 AS=1 (0/0/0)'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 12
_ENTRY = 14
_OPERATIONS = {1: "update", 2: "request"}
_MOST = 0xFFFFFF


def print_igrp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "igrp"
    write = line.write
    write("igrp:")
    counts = [line.u16(at + offset) for offset in (4, 6, 8)]
    byte = line.u8(at)
    write(
        f" {named(_OPERATIONS, byte & 0x0F, 'op-#%u')} V{byte >> 4} edit={line.u8(at + 1)} AS={line.u16(at + 2)}"
        f" ({'/'.join(map(str, counts))})"
    )
    checksum = line.u16(at + 10)
    if line.verbose:
        write(f" checksum=0x{checksum:04x}")
    # tcpdump counts in unsigned numbers, for which a message that is too short is a very long one.
    left = length - _HEADER & 0xFFFFFFFF
    at += _HEADER
    while left >= _ENTRY:
        network = ".".join(map(str, line.bytes(at, 3)))
        for kind, text in enumerate((f" *.{network}", f" {network}.0", f" X{network}.0")):
            if counts[kind]:
                counts[kind] -= 1
                write(text)
                _print_metric(line, at)
                break
        else:
            write(f" [extra bytes {left}]")
            break
        at += _ENTRY
        left -= _ENTRY
    if any(counts) or left:
        line.invalid()


def _print_metric(line: Line, at: int) -> None:
    delay, bandwidth, size = line.u24(at + 3), line.u24(at + 6), line.u16(at + 9)
    line.write(
        f" d={10 * delay} b={10000000 // bandwidth if bandwidth else 0} r={line.u8(at + 11)} l={line.u8(at + 12)}"
        f" M={min(bandwidth + delay, _MOST)} mtu={size} in {line.u8(at + 13)} hops"
    )
