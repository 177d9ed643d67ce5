"""VXLAN (RFC 7348): the network's number, and on a line of its own the Ethernet frame inside.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0800000000000500"))
>>> print_vxlan(line, 0, 8)
>>> line.text()
'VXLAN, flags [I] (0x08), vni 5\\n [|ether]'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER = 8
_NETWORK_IS_VALID = 0x08


def print_vxlan(line: Line, at: int, length: int) -> None:
    """A header at `at`, with a frame behind it."""
    from lesson_engine.tcpdump.printers.link import print_ethernet

    line.protocol = "vxlan"
    line.write("VXLAN")
    if length < _HEADER:
        line.invalid()
        return
    flags = line.u8(at)
    line.write(f", flags [{'I' if flags & _NETWORK_IS_VALID else 'invalid'}] (0x{flags:02x}), ")
    line.write(f"vni {line.u24(at + 4)}\n")
    line.need(at, _HEADER)
    print_ethernet(line, at + _HEADER, length - _HEADER)
