"""Cisco's Auto-RP: which routers are rendezvous points for which multicast groups.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("12 01 00b5 00000000 0a000001 03 01 00 04 e0000000"))
>>> print_autorp(line, 0, 20)
>>> line.text()
' auto-rp mapping Hold 3m1s RP 10.0.0.1 PIMv1+2 224.0.0.0/4'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.timestamps import duration

_NAMES = {0x11: "candidate-advert", 0x12: "mapping"}
_VERSIONS = ("PIMv?", "PIMv1", "PIMv2", "PIMv1+2")


def print_autorp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "cisco_autorp"
    if not _print_message(line, at, length):
        line.truncated()


def _print_message(line: Line, at: int, length: int) -> bool:
    """False if the message is too short for what it tells."""
    write = line.write
    if length < 8:
        return False
    write(" auto-rp ")
    write(named(_NAMES, line.u8(at), "type-0x%02x"))
    points = line.u8(at + 1)
    write(" Hold ")
    hold = line.u16(at + 2)
    write(duration(hold) if hold else "FOREVER")
    at += 8
    left = length - 8
    for _ in range(points):
        if left < 4:
            return False
        write(f" RP {line.ipv4(at)}")
        if left < 5:
            return False
        version = line.u8(at + 4)
        write(f" {_VERSIONS[version & 3]}")
        if version & ~3:
            write(f" [rsvd=0x{version & ~3:02x}]")
        if left < 6:
            return False
        groups = line.u8(at + 5)
        at += 6
        left -= 6
        separator = " "
        for _ in range(groups):
            if left < 6:
                return False
            flags = line.u8(at)
            write(f"{separator}{'!' if flags & 1 else ''}{line.ipv4(at + 2)}/{line.u8(at + 1)}")
            if flags & 2:
                write(" bidir")
            if flags & 0xFC:
                write(f"[rsvd=0x{flags & 0xFC:02x}]")
            separator = ","
            at += 6
            left -= 6
    return True
