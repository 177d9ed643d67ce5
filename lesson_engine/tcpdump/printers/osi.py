"""OSI network layers, as far as the first byte says that it is none or not one that tcpdump knows.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"E")
>>> print_osi(line, 0, 1)
True
>>> line.text()
'OSI NLPID 0x45 unknown, length: 1'
"""

from lesson_engine.tcpdump.printers.line import Line

_NULL = 0x00
_KNOWN = frozenset((0x08, 0x81, 0x82, 0x83, 0x8E, 0xB1, 0xCC, 0xCF))
"""Layers that tcpdump knows: Q.933, CLNP, ES-IS, IS-IS, IPv6, FRF.12, IPv4 and PPP."""


def print_osi(line: Line, at: int, length: int) -> bool:
    """A packet of `length` bytes at `at`; False if it is of a layer that is known, but not here."""
    line.protocol = "isoclns"
    identifier = line.u8(at)
    if identifier == _NULL:
        line.write(f"OSI NLPID NULL (0x00): length: {length}" if line.link_header else f", length: {length}")
        return True
    if identifier in _KNOWN:
        return False
    if line.link_header:
        line.write(f"OSI NLPID Unknown (0x{identifier:02x}): length: {length}")
    else:
        line.write(f"OSI NLPID 0x{identifier:02x} unknown, length: {length}")
    if length > 1:
        line.write_hex(at, length)
    return True
