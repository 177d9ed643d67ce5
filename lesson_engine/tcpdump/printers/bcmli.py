"""The shim that Broadcom's chips put before packets they copy for whoever listens in.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4ac00007"))
>>> print_bcmli(line, 0, 4)
>>> line.text()
'BCM-LI-SHIM: direction egress, pkt-type ipv4, pkt-subtype untagged, li-id 7'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_SHIM = 4
_DIRECTIONS = {1: "unused", 2: "egress", 3: "ingress"}
_UNDECIDED, _IPV4, _IPV6, _ETHERNET = 4, 5, 6, 7
_TYPES = {_UNDECIDED: "undecided", _IPV4: "ipv4", _IPV6: "ipv6", _ETHERNET: "ethernet"}
_SUBTYPES = {1: "single VLAN tag", 2: "double VLAN tag", 3: "untagged"}


def print_bcmli(line: Line, at: int, length: int) -> None:
    """A shim at `at`, with `length` bytes from there on."""
    line.protocol = "bcm_li"
    write = line.write
    if length < _SHIM:
        write(f" (length {length} < {_SHIM})")
        line.invalid()
        return
    shim = line.u32(at)
    kind = shim >> 25 & 0x0F
    edge = "\n    " if line.verbose else ""
    write(
        f"{edge}BCM-LI-SHIM: direction {named(_DIRECTIONS, shim >> 29, 'unknown')},"
        f" pkt-type {named(_TYPES, kind, 'unknown')}, pkt-subtype {named(_SUBTYPES, shim >> 22 & 7, 'unknown')},"
        f" li-id {shim & 0x3FFFFF}{edge}"
    )
    at += _SHIM
    length -= _SHIM
    if not line.verbose:
        line.need(at, length)
        return
    if kind == _UNDECIDED:
        # The packet itself says then what it is.
        kind = {4: _IPV4, 6: _IPV6}.get(line.u8(at) >> 4, _UNDECIDED)
    if kind == _ETHERNET:
        from lesson_engine.tcpdump.printers.link import print_ethernet

        print_ethernet(line, at, length)
    elif kind == _IPV4:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, length)
    elif kind == _IPV6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    elif kind == _UNDECIDED:
        write("unknown payload")
    else:
        line.invalid()
