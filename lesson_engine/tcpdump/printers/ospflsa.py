"""What advertisements of OSPF version 2 hold (RFC 2328 appendix A.4, RFC 1584, RFC 3101): routers, networks, routes.

Metrics may come for several topologies (RFC 4915), which were types of service once. Opaque advertisements are in
`ospfopaque`.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes(20) + bytes.fromhex("ffffff00 0000000a"))
>>> print_advertisement(line, 0, 3, 28)
>>> line.text()
'\\n\\t    Mask 255.255.255.0\\n\\t\\ttopology default (0) metric 10'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.ospf import ADVERTISEMENT_HEADER, AREA_OPAQUE, DOMAIN_OPAQUE, LINK_OPAQUE

_ROUTER, _NETWORK, _SUMMARY, _BOUNDARY_SUMMARY, _EXTERNAL, _GROUP, _NSSA = 1, 2, 3, 4, 5, 6, 7
_KNOWN = frozenset((*range(_ROUTER, _NSSA + 1), LINK_OPAQUE, AREA_OPAQUE, DOMAIN_OPAQUE))

_ROUTER_FLAGS = {0x01: "ABR", 0x02: "ASBR", 0x04: "Virtual", 0x08: "Wildcard", 0x10: "Nt", 0x80: "Host"}
_LINKS = {
    1: ("Neighbor Router-ID", "Interface Address"),
    2: ("Neighbor Network-ID", "Interface Address"),
    3: ("Stub Network", "Mask"),
    4: ("Virtual Link: Neighbor Router-ID", "Interface Address"),
}
"""What the two addresses of a link are, by its type."""
_LINK_SIZE = 12
_TOPOLOGIES = {0: "default", 1: "multicast", 2: "management"}
_VERTICES = {1: "Router Router-ID", 2: "Network Designated Router"}
_INFINITY = 0xFFFFFF


def print_advertisement(line: Line, at: int, kind: int, size: int) -> None:
    """The contents of an advertisement of `size` bytes at `at`, its header among them."""
    body, stop = at + ADVERTISEMENT_HEADER, at + size
    if kind == _ROUTER:
        if not _print_router(line, body):
            return
    elif kind == _NETWORK:
        line.write(f"\n\t    Mask {line.ipv4(body)}\n\t    Connected Routers:")
        for where in range(body + 4, stop, 4):
            line.write(f"\n\t      {line.ipv4(where)}")
    elif kind in (_SUMMARY, _BOUNDARY_SUMMARY):
        if kind == _SUMMARY:
            line.write(f"\n\t    Mask {line.ipv4(body)}")
        line.need(body + 4, 4)
        for where in range(body + 4, stop, 4):
            word = line.u32(where)
            line.write(f"\n\t\ttopology {_topology(word >> 24 & 0x7F)} metric {word & 0xFFFFFF}")
    elif kind in (_EXTERNAL, _NSSA):
        _print_external(line, body, stop)
    elif kind == _GROUP:
        _print_group(line, body, stop)
    elif kind in _KNOWN:
        from lesson_engine.tcpdump.printers.ospfopaque import print_opaque

        if not print_opaque(line, body, line.u8(at + 4), size - ADVERTISEMENT_HEADER):
            return
    if line.verbose > 1:
        line.write_hex(body, size - ADVERTISEMENT_HEADER, "\n\t    ")


def _topology(number: int) -> str:
    return f"{named(_TOPOLOGIES, number, 'Unknown')} ({number})"


def _print_router(line: Line, at: int) -> bool:
    """A router's links; False if one is of an unknown type, which hides where the next begins."""
    write = line.write
    write(f"\n\t    Router LSA Options: [{bits(_ROUTER_FLAGS, line.u8(at), 'none')}]")
    count = line.u16(at + 2)
    at += 4
    line.need(at, _LINK_SIZE)
    for _ in range(count):
        line.need(at, _LINK_SIZE)
        kind = line.u8(at + 8)
        if kind not in _LINKS:
            write(f"\n\t      Unknown Router Link Type ({kind})")
            return False
        first, second = _LINKS[kind]
        write(f"\n\t      {first}: {line.ipv4(at)}, {second}: {line.ipv4(at + 4)}")
        metrics = line.u8(at + 9)
        write(f"\n\t\ttopology {_topology(0)}, metric {line.u16(at + 10)}")
        at += _LINK_SIZE
        for _ in range(metrics):
            line.need(at, 4)
            write(f"\n\t\ttopology {_topology(line.u8(at))}, metric {line.u16(at + 2)}")
            at += 4
    return True


def _print_external(line: Line, at: int, stop: int) -> None:
    write = line.write
    write(f"\n\t    Mask {line.ipv4(at)}")
    line.need(at + 4, 4)
    for where in range(at + 4, stop, 12):
        word = line.u32(where)
        metric = word & 0xFFFFFF
        write(
            f"\n\t\ttopology {_topology(word >> 24 & 0x7F)}, type {2 if word >> 31 else 1},"
            f" metric {'infinite' if metric == _INFINITY else metric}"
        )
        if line.u32(where + 4):
            write(f", forward {line.ipv4(where + 4)}")
        if line.u32(where + 8):
            write(f", tag {line.ipv4(where + 8)}")


def _print_group(line: Line, at: int, stop: int) -> None:
    """The vertices of a multicast group (RFC 1584 appendix A.3)."""
    for where in range(at, stop, 8):
        kind = line.u32(where)
        if kind in _VERTICES:
            line.write(f"\n\t    {_VERTICES[kind]} {line.ipv4(where + 4)}")
        else:
            line.write(f"\n\t    unknown VertexType ({kind})")
