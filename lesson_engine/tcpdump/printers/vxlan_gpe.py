"""VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe): the network's number, and the packet of any kind inside.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0c000009 00000500"))
>>> print_vxlan_gpe(line, 0, 8)
>>> line.text()
'VXLAN-GPE, flags [IP], vni 5: ERROR: unknown-next-protocol (invalid)'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER = 8
_FLAGS = {0x08: "I", 0x04: "P", 0x02: "B", 0x01: "O"}
_IPV4, _IPV6, _ETHERNET, _NSH = 1, 2, 3, 4


def print_vxlan_gpe(line: Line, at: int, length: int) -> None:
    """A header at `at`, with `length` bytes from there on the wire."""
    line.protocol = "vxlan_gpe"
    write = line.write
    write("VXLAN-GPE, ")
    if length < _HEADER:
        write(f" (len {length} < {_HEADER})")
        line.invalid()
        return
    flags = line.u8(at)
    write(f"flags [{''.join(letter for mask, letter in _FLAGS.items() if flags & mask) or 'none'}], ")
    protocol = line.u8(at + 3)
    write(f"vni {line.u32(at + 4) >> 8}")
    write("\n    " if line.verbose else ": ")
    at += _HEADER
    length -= _HEADER
    if protocol == _IPV4:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, length)
    elif protocol == _IPV6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    elif protocol == _ETHERNET:
        from lesson_engine.tcpdump.printers.link import print_ethernet

        print_ethernet(line, at, length)
    elif protocol == _NSH:
        from lesson_engine.tcpdump.printers.nsh import print_nsh

        print_nsh(line, at, length)
    else:
        write("ERROR: unknown-next-protocol")
        line.invalid()
