"""MPLS (RFC 3032): the label stack, and the IP packet under it.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00010040 00020140"))
>>> print_mpls(line, 0, 8)
>>> line.text()
'MPLS (label 16, tc 0, ttl 64) (label 32, tc 0, [S], ttl 64)'
"""

from lesson_engine.tcpdump.printers.line import Line

_BOTTOM = 0x100
_IPV4_EXPLICIT_NULL, _IPV6_EXPLICIT_NULL, _IMPLICIT_NULL = 0, 2, 3
_RESERVED_NAMES = {
    _IPV4_EXPLICIT_NULL: "IPv4 explicit NULL",
    1: "router alert",
    _IPV6_EXPLICIT_NULL: "IPv6 explicit NULL",
    _IMPLICIT_NULL: "implicit NULL",
    **dict.fromkeys(range(4, 16), "rsvd"),
}


def print_mpls(line: Line, at: int, length: int) -> None:
    """A label stack at `at` with `length` bytes from there on the wire."""
    line.protocol = "mpls"
    line.write("MPLS")
    separator = " "
    while True:
        if length < 4:
            line.invalid()
            line.need(at, length)
            return
        entry = line.u32(at)
        label = entry >> 12
        name = f" ({_RESERVED_NAMES[label]})" if line.verbose and label in _RESERVED_NAMES else ""
        bottom = ", [S]" if entry & _BOTTOM else ""
        line.write(f"{separator}(label {label}{name}, tc {entry >> 9 & 7}{bottom}, ttl {entry & 0xFF})")
        at += 4
        length -= 4
        separator = "\n\t" if line.verbose else " "
        if entry & _BOTTOM:
            break
    first = 0
    if label not in (_IPV4_EXPLICIT_NULL, _IPV6_EXPLICIT_NULL, _IMPLICIT_NULL):
        # Other labels mean what routers agreed on, so the packet has to be known by how it starts.
        if length <= 0:
            return
        first = line.u8(at)
    if label in (_IPV4_EXPLICIT_NULL, _IMPLICIT_NULL) or 0x45 <= first <= 0x4F:
        from lesson_engine.tcpdump.printers.ip import print_ip

        line.write(separator)
        print_ip(line, at, length)
    elif label == _IPV6_EXPLICIT_NULL or first >> 4 == 6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        line.write(separator)
        print_ip6(line, at, length)
    else:
        line.dump(at, length)
