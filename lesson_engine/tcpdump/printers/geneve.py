"""Geneve (RFC 8926): the network's number, options, and the packet of any Ethernet type inside.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0000ffff 00000500"))
>>> print_geneve(line, 0, 8)
>>> line.text()
'Geneve, Flags [none], vni 0x5: geneve-proto-0xffff'
"""

from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES, print_ethertype
from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 8
_FLAGS = {0x80: "O", 0x40: "C", 0x20: "R1", 0x10: "R2", 0x08: "R3", 0x04: "R4", 0x02: "R5", 0x01: "R6"}
_CRITICAL = 0x80
_ETHERNET = 0x6558


def print_geneve(line: Line, at: int, length: int) -> None:
    """A header at `at`, with `length` bytes from there on the wire."""
    line.protocol = "geneve"
    write = line.write
    write("Geneve")
    if length < _HEADER:
        write(f" [length {length} < {_HEADER}]")
        line.invalid()
        return
    if not line.has(at, _HEADER):
        line.truncated()
        return
    first = line.u8(at)
    version, size = first >> 6, (first & 0x3F) * 4
    if version:
        write(f" ERROR: unknown-version {version}")
        return
    flags, protocol, network, reserved = line.u8(at + 1), line.u16(at + 2), line.u24(at + 4), line.u8(at + 7)
    write(f", Flags [{''.join(letter for mask, letter in _FLAGS.items() if flags & mask) or 'none'}]")
    write(f", vni 0x{network:x}")
    if reserved:
        write(f", rsvd 0x{reserved:x}")
    if line.link_header:
        write(f", proto {named(ETHERTYPE_NAMES, protocol, 'unknown')} (0x{protocol:04x})")
    at += _HEADER
    length -= _HEADER
    if length < size:
        write(f" truncated-geneve - {size - length} bytes missing")
        return
    if not line.has(at, size):
        line.truncated()
        return
    if size:
        write(", options [")
        if line.verbose:
            _print_options(line, at, size)
        else:
            write(f"{size} bytes")
        write("]")
    at += size
    length -= size
    write("\n\t" if line.verbose else ": ")
    if print_ethertype(line, protocol, at, length):
        return
    if protocol == _ETHERNET:
        from lesson_engine.tcpdump.printers.link import print_ethernet

        print_ethernet(line, at, length)
    else:
        write(f"geneve-proto-0x{protocol:x}")


def _print_options(line: Line, at: int, left: int) -> None:
    separator = ""
    while left > 0:
        line.write(separator)
        separator = ", "
        group, kind, size = line.u16(at), line.u8(at + 2), 4 + (line.u8(at + 3) & 0x1F) * 4
        line.write(
            f"class {_class_name(group)} (0x{group:x}) type 0x{kind:x}{'(C)' if kind & _CRITICAL else ''} len {size}"
        )
        if size > left:
            line.write(" [bad length]")
            return
        if line.verbose > 1 and size > 4:
            line.write(" data")
            for offset in range(4, size, 4):
                line.write(f" {line.u32(at + offset):08x}")
        at += size
        left -= size


_CLASSES = {
    0x0100: "Linux",
    0x0101: "Open vSwitch",
    0x0102: "Open Virtual Networking (OVN)",
    0x0103: "In-band Network Telemetry (INT)",
    0x0104: "VMware",
}


def _class_name(group: int) -> str:
    if group in _CLASSES:
        return _CLASSES[group]
    return "Standard" if group <= 0x00FF else "Experimental" if group >= 0xFFF0 else "Unknown"
