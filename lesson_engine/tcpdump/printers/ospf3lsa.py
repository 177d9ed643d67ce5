"""What OSPF version 3 advertises (RFC 5340 appendix A.4): routers, networks, and prefixes of IPv6.

tcpdump marks what does not fit into a message or an advertisement as if it had not been captured.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=2))
>>> line.begin(bytes.fromhex("0000 2002 00000005 0a000001"))
>>> print_request(line, 0)
>>> line.text()
'\\n\\t  Advertising Router 10.0.0.1\\n\\t    Network LSA (2), Area Local Scope, LSA-ID 0.0.0.5'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.ospf3 import OPTIONS, UnreadableError, require, require_captured

_HEADER = 20

_TRANSITIVE, _SCOPE, _FUNCTION = 0x8000, 0x6000, 0x1FFF
_SCOPES = {0x0000: "Link Local", 0x2000: "Area Local", 0x4000: "Domain Wide"}
_NAMES = {
    1: "Router",
    2: "Network",
    3: "Inter-Area Prefix",
    4: "Inter-Area Router",
    5: "External",
    6: "Deprecated",
    7: "NSSA",
    8: "Link",
    9: "Intra-Area Prefix",
    10: "Intra-Area TE",
    11: "Grace",
    12: "Router Information",
    13: "Inter-AS-TE",
    14: "Layer 1 VPN",
}
# Types of advertisements that are taken apart, with their scope
_ROUTER, _NETWORK, _INTER_AREA, _EXTERNAL = 0x2001, 0x2002, 0x2003, 0x4005
_LINK, _INTRA_AREA, _LINK_STATE, _GRACE = 0x0008, 0x2009, 0x000A, 0x000B

_ROUTER_FLAGS = {
    0x01: "ABR",
    0x02: "External",
    0x04: "Virtual-Link Endpoint",
    0x08: "Deprecated",
    0x10: "NSSA Translator",
}
_LINKS = {1: "Neighbor Router-ID", 2: "Neighbor Network-ID", 4: "Virtual Link: Neighbor Router-ID"}
_LINK_SIZE = 16
_TYPE_2, _FORWARDING, _TAG = 0x80, 0x02, 0x01
_EXTERNAL_FLAGS = {_TYPE_2: "External Type 2", _FORWARDING: "Forwarding", _TAG: "Tag"}
_PREFIX_OPTIONS = {
    0x01: "No Unicast",
    0x02: "Local address",
    0x04: "Deprecated",
    0x08: "Propagate",
    0x10: "Down",
    0x20: "N-bit",
}


def print_advertisements(line: Line, at: int, stop: int) -> None:
    """How many advertisements there are said to be, at `at`, and those up to `stop`."""
    count = line.u32(at)
    at += 4
    for _ in range(count):
        if at >= stop:
            return
        size = print_advertisement_header(line, at, stop)
        require(size, _HEADER)
        require(stop - at, size)
        _print_contents(line, at + _HEADER, line.u16(at + 2), size - _HEADER)
        at += size


def print_request(line: Line, at: int) -> None:
    """What is asked for: an advertisement by its type, name and sender."""
    require_captured(line, at, 12)
    line.write(f"\n\t  Advertising Router {line.ipv4(at + 8)}")
    _print_name(line, line.u16(at + 2), at + 4)


def print_advertisement_header(line: Line, at: int, stop: int) -> int:
    """What an advertisement is about, whose it is and how old; returns its length. Its message goes up to `stop`."""
    require(stop - at, _HEADER)
    line.need(at, _HEADER)
    size = line.u16(at + 18)
    # Counted in 64 bits without a sign.
    line.write(
        f"\n\t  Advertising Router {line.ipv4(at + 8)}, seq 0x{line.u32(at + 12):08x}, age {line.u16(at)}s,"
        f" length {(size - _HEADER) % (1 << 64)}"
    )
    _print_name(line, line.u16(at + 2), at + 4)
    return size


def _print_name(line: Line, kind: int, at: int) -> None:
    function = kind & _FUNCTION
    line.write(
        f"\n\t    {named(_NAMES, function, 'Unknown')} LSA ({function}),"
        f" {named(_SCOPES, kind & _SCOPE, 'Unknown')} Scope{', transitive' if kind & _TRANSITIVE else ''},"
        f" LSA-ID {line.ipv4(at)}"
    )


def _print_contents(line: Line, at: int, kind: int, length: int) -> None:
    if kind == _ROUTER:
        _print_router(line, at, length)
    elif kind == _NETWORK:
        require(length, 4)
        line.write(f"\n\t      Options [{bits(OPTIONS, line.u24(at + 1), 'none')}]\n\t      Connected Routers:")
        for where in range(4, length, 4):
            require(length - where, 4)
            line.write(f"\n\t\t{line.ipv4(at + where)}")
    elif kind == _INTER_AREA:
        require(length, 4)
        line.write(f", metric {line.u24(at + 1)}")
        where = 4
        while where < length:
            where += _print_prefix(line, at + where, length - where)
    elif kind == _EXTERNAL:
        _print_external(line, at, length)
    elif kind == _LINK:
        _print_link(line, at, length)
    elif kind == _INTRA_AREA:
        _print_intra_area(line, at, length)
    elif kind in (_LINK_STATE, _GRACE):
        from lesson_engine.tcpdump.printers.ospfopaque import print_grace, print_link_state

        if not (print_grace if kind == _GRACE else print_link_state)(line, at, length):
            raise UnreadableError
    else:
        line.write_hex(at, length, "\n\t      ")


def _print_router(line: Line, at: int, length: int) -> None:
    write = line.write
    require(length, 4)
    write(f"\n\t      Options [{bits(OPTIONS, line.u24(at + 1), 'none')}]")
    write(f", RLA-Flags [{bits(_ROUTER_FLAGS, line.u8(at), 'none')}]")
    for where in range(4, length, _LINK_SIZE):
        require(length - where, _LINK_SIZE)
        link = at + where
        require_captured(line, link, _LINK_SIZE)
        kind = line.u8(link)
        if kind not in _LINKS:
            write(f"\n\t      Unknown Router Links Type 0x{kind:02x}")
            return
        write(f"\n\t      {_LINKS[kind]} {line.ipv4(link + 12)}\n\t      Neighbor Interface-ID {line.ipv4(link + 8)}")
        write(f", Interface {line.ipv4(link + 4)}, metric {line.u16(link + 2)}")


def _print_external(line: Line, at: int, length: int) -> None:
    write = line.write
    require(length, 4)
    flags = line.u8(at)
    write(f"\n\t     Flags [{bits(_EXTERNAL_FLAGS, flags, 'none')}] metric {line.u24(at + 1)}")
    where = 4 + _print_prefix(line, at + 4, length - 4)
    if flags & _FORWARDING:
        require(length - where, 16)
        write(f" forward {line.ipv6(at + where)}")
        where += 16
    if flags & _TAG:
        require(length - where, 4)
        write(f" tag {line.ipv4(at + where)}")
        where += 4
    # The type of another advertisement, of which tcpdump looks at the first byte.
    if line.u8(at + 6):
        require(length - where, 4)
        write(f" RefLSID: {line.ipv4(at + where)}")


def _print_link(line: Line, at: int, length: int) -> None:
    require(length, 4)
    require_captured(line, at, 4)
    line.write(f"\n\t      Options [{bits(OPTIONS, line.u24(at + 1), 'none')}]")
    require(length, 24)
    count = line.u32(at + 20)
    line.write(f"\n\t      Priority {line.u8(at)}, Link-local address {line.ipv6(at + 4)}, Prefixes {count}:")
    _print_prefixes(line, at + 24, count, length - 24)


def _print_intra_area(line: Line, at: int, length: int) -> None:
    """Prefixes of a router or network. tcpdump takes six of the header's twelve bytes off the length."""
    require(length, 4)
    require_captured(line, at, 12)
    _print_name(line, line.u16(at + 2), at + 4)
    require(length, 6)
    count = line.u16(at)
    line.write(f"\n\t      Prefixes {count}:")
    _print_prefixes(line, at + 12, count, length - 6)


def _print_prefixes(line: Line, at: int, count: int, left: int) -> None:
    for _ in range(count):
        size = _print_prefix(line, at, left)
        at += size
        left -= size


def _print_prefix(line: Line, at: int, left: int) -> int:
    """A prefix, of which whole words are there; returns how many bytes it has."""
    require(left, 4)
    require_captured(line, at, 4)
    length, options, metric = line.u8(at), line.u8(at + 1), line.u16(at + 2)
    if length > 128:
        line.write(f" bogus prefixlen /{length}")
        raise UnreadableError
    width = (length + 31) // 32 * 4
    require(left, 4 + width)
    address = line.bytes(at + 4, width).ljust(16, b"\0")
    line.write(f"\n\t\t{line.names.ipv6(address)}/{length}")
    if options:
        line.write(f", Options [{bits(_PREFIX_OPTIONS, options, 'none')}]")
    line.write(f", metric {metric}")
    return 4 + width
