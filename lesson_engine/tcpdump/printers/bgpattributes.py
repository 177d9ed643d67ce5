"""Attributes of BGP's routes: the path, where to send packets, and what else an update says of them.

RFC 4271 section 5 has the first of them, RFC 6514 the tunnels of multicast, RFC 7311 the accumulated metric, RFC 6368
the set of attributes.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("400304 0a000001"))
>>> print_attributes(line, 0, 7, 7)
>>> line.text()
'\\n\\t  Next Hop (3), length: 4, Flags [T]: 10.0.0.1'
"""

from lesson_engine.tcpdump.printers.bgpcommunities import (
    print_communities,
    print_extended_communities,
    print_large_communities,
)
from lesson_engine.tcpdump.printers.bgpreach import print_reach, print_unreach
from lesson_engine.tcpdump.printers.bgproutes import require, system_text
from lesson_engine.tcpdump.printers.line import Line, ShortError, bits, named

_ORIGIN, _AS_PATH, _NEXT_HOP, _DISCRIMINATOR, _PREFERENCE, _ATOMIC, _AGGREGATOR, _COMMUNITY = range(1, 9)
_ORIGINATOR, _CLUSTERS, _REACH, _UNREACH, _EXTENDED_COMMUNITY, _AS_4_PATH, _AGGREGATOR_4 = 9, 10, 14, 15, 16, 17, 18
_TUNNEL, _METRIC, _LARGE_COMMUNITY, _SET = 22, 26, 32, 128
_NAMES = {
    _ORIGIN: "Origin",
    _AS_PATH: "AS Path",
    _NEXT_HOP: "Next Hop",
    _DISCRIMINATOR: "Multi Exit Discriminator",
    _PREFERENCE: "Local Preference",
    _ATOMIC: "Atomic Aggregate",
    _AGGREGATOR: "Aggregator",
    _COMMUNITY: "Community",
    _ORIGINATOR: "Originator ID",
    _CLUSTERS: "Cluster List",
    11: "DPA",
    12: "Advertisers",
    13: "RCID Path / Cluster ID",
    _REACH: "Multi-Protocol Reach NLRI",
    _UNREACH: "Multi-Protocol Unreach NLRI",
    _EXTENDED_COMMUNITY: "Extended Community",
    _AS_4_PATH: "AS4 Path",
    _AGGREGATOR_4: "Aggregator4",
    _TUNNEL: "PMSI Tunnel",
    23: "Tunnel Encapsulation",
    24: "Traffic Engineering",
    25: "IPv6 Extended Community",
    _METRIC: "Accumulated IGP Metric",
    27: "PE Distinguisher Label",
    28: "Entropy Label",
    _LARGE_COMMUNITY: "Large Community",
    _SET: "Attribute Set",
    255: "Reserved for development",
}
_SIZES = {_ORIGIN: (1,), _NEXT_HOP: (4,), _DISCRIMINATOR: (4,), _PREFERENCE: (4,), _ATOMIC: (0,), _AGGREGATOR: (6, 8),
          _ORIGINATOR: (4,), _AGGREGATOR_4: (8,)}  # fmt: skip
_STEPS = {_AS_PATH: 2, _AS_4_PATH: 2, _COMMUNITY: 4, _CLUSTERS: 4, _EXTENDED_COMMUNITY: 8, _LARGE_COMMUNITY: 12}
"""Attributes that hold things of one size, in bytes."""

_EXTENDED_LENGTH = 0x10
_FLAGS = ((0x80, "O"), (0x40, "T"), (0x20, "P"), (_EXTENDED_LENGTH, "E"))
_ORIGINS = {0: "IGP", 1: "EGP", 2: "Incomplete"}
_MOST_LEVELS = 11
"""Sets within sets that are taken apart."""


def print_attributes(line: Line, at: int, size: int, end: int) -> None:
    """Attributes in `size` bytes at `at`, of a message that ends at `end`: a head that does not fit in the message
    tcpdump takes for cut, and one that does not fit in the attributes for too short."""
    stop = at + size
    while at < stop:
        head = 2
        require(at, end, head)
        if stop - at >= head:
            head = _head_size(line, at)
            require(at, end, head)
        if stop - at < head:
            line.write("\n\t  [path attrs too short]")
            return
        kind, length = _print_head(line, at, "\n\t  ")
        if line.u8(at):
            line.write(": ")
        at += head
        if stop - at < length:
            line.write(" [path attrs too short]")
            return
        _print_attribute(line, kind, at, length, 0)
        at += length


def _head_size(line: Line, at: int) -> int:
    """Of the attribute's head: its flags, its kind, and its length in one byte or two."""
    return 4 if line.u8(at) & _EXTENDED_LENGTH else 3


def _print_head(line: Line, at: int, start: str) -> tuple[int, int]:
    """Print all of the head but its colon, which tcpdump does not always write. Returns the attribute's kind and the
    length of what follows its head."""
    flags, kind = line.u8(at), line.u8(at + 1)
    length = line.u16(at + 2) if flags & _EXTENDED_LENGTH else line.u8(at + 2)
    line.write(f"{start}{named(_NAMES, kind, 'Unknown Attribute')} ({kind}), length: {length}")
    if flags:
        letters = "".join(letter for mask, letter in _FLAGS if flags & mask)
        rest = f"+{flags & 0x0F:x}" if flags & 0x0F else ""
        line.write(f", Flags [{letters}{rest}]")
    return kind, length


def _print_attribute(line: Line, kind: int, at: int, size: int, level: int) -> None:
    if level == _MOST_LEVELS:
        line.write("(too many nested levels, not recursing)")
        return
    shown = size
    if size not in _SIZES.get(kind, (size,)) or size % _STEPS.get(kind, 1) or (kind == _LARGE_COMMUNITY and not size):
        line.write("invalid len")
    elif kind == _SET:
        shown = _print_set(line, at, size, level)
    elif kind in _PRINTERS:
        _PRINTERS[kind](line, at, size)
        if kind == _LARGE_COMMUNITY:
            # tcpdump counts these down, and then has no length left to dump.
            shown = 0
    else:
        line.write(f"\n\t    no Attribute {kind} decoder")
        if line.verbose == 1:
            line.write_hex(at, size, "\n\t    ")
    if line.verbose > 1:
        line.write_hex(at, shown, "\n\t    ")


def _print_set(line: Line, at: int, size: int, level: int) -> int:
    """The attributes that a customer's routes had; returns how many bytes are left behind them."""
    require(at, at + size, 4)
    line.write(f"\n\t    Origin AS: {system_text(line, line.u32(at))}")
    stop = at + size
    at += 4
    while at < stop:
        line.check(at, 2)
        if stop - at < 2:
            line.write(" [path attr too short]")
            return stop - at
        needed = _head_size(line, at)
        line.check(at, needed)
        if stop - at < needed:
            line.write(" [path attr too short]")
            return stop - at - 2
        kind, length = _print_head(line, at, "\n\t      ")
        line.write(": ")
        at += needed
        if stop - at < length:
            line.write(" [path attr too short]")
            return stop - at
        _print_attribute(line, kind, at, length, level + 1)
        at += length
    return 0


# Paths


def _print_origin(line: Line, at: int, size: int) -> None:
    line.write(named(_ORIGINS, line.u8(at), "Unknown Origin Typecode"))


_SEGMENTS = {1: ("{ ", "}"), 2: ("", ""), 3: ("( ", ")"), 4: ("({ ", "})")}
"""What stands before and behind a set, a sequence, and both of a confederation (RFC 5065)."""


def _print_path(line: Line, at: int, size: int) -> None:
    if not size:
        line.write("empty")
        return
    _print_segments(line, at, size, _number_size(line, at, size))


def _print_path_4(line: Line, at: int, size: int) -> None:
    if not size:
        line.write("empty")
        return
    _print_segments(line, at, size, 4)


def _number_size(line: Line, at: int, size: int) -> int:
    """Of the numbers of a path, which have 2 bytes or 4 as the speakers have agreed (RFC 6793): they have 2 where the
    path can be read so."""
    stop = at + size
    while at < stop:
        if line.u8(at) not in _SEGMENTS:
            return 4
        at += 2 + 2 * line.u8(at + 1)
    return 2 if at == stop else 4


def _print_segments(line: Line, at: int, size: int, number_size: int) -> None:
    stop = at + size
    while at < stop:
        before, behind = _SEGMENTS.get(line.u8(at), ("?", "?"))
        line.write(before)
        count = line.u8(at + 1)
        at += 2
        for _ in range(count):
            line.check(at, number_size)
            line.write(f"{line.u16(at) if number_size == 2 else system_text(line, line.u32(at))} ")
            at += number_size
        line.write(behind)


def _print_number(line: Line, at: int, size: int) -> None:
    line.write(str(line.u32(at)))


def _print_address(line: Line, at: int, size: int) -> None:
    line.write(line.ipv4(at))


def _print_nothing(line: Line, at: int, size: int) -> None:
    """What is said by being there."""


def _print_aggregator(line: Line, at: int, size: int) -> None:
    system = line.u16(at) if size == 6 else line.u32(at)
    line.write(f" AS #{system_text(line, system)}, origin {line.ipv4(at + size - 4)}")


def _print_clusters(line: Line, at: int, size: int) -> None:
    for cluster in range(at, at + size, 4):
        line.write(f"{', ' if cluster > at else ''}{line.ipv4(cluster)}")


# Tunnels and metrics

_TUNNEL_TYPES = {
    1: ("RSVP-TE P2MP LSP", "Extended-Tunnel-ID", "P2MP-ID 0x"),
    2: ("LDP P2MP LSP", "Root-Node", "LSP-ID 0x"),
    3: ("PIM-SSM Tree", "Root-Node", "P-Group"),
    4: ("PIM-SM Tree", "Sender", "P-Group"),
    5: ("PIM-Bidir Tree", "Sender", "P-Group"),
    6: ("Ingress Replication", "Tunnel-Endpoint", ""),
    7: ("LDP MP2MP LSP", "Root-Node", "LSP-ID 0x"),
}
"""What each is called, and its two parts: an address, and an address or a number."""
_TUNNEL_FLAGS = {1: "Leaf Information required"}


def _print_tunnel(line: Line, at: int, size: int) -> None:
    require(at, at + size, 5)
    flags, kind = line.u8(at), line.u8(at + 1)
    line.need(at, 5)
    name, first, second = _TUNNEL_TYPES.get(kind, ("Unknown", "", ""))
    line.write(
        f"\n\t    Tunnel-type {name} ({kind}), Flags [{bits(_TUNNEL_FLAGS, flags, 'none')}],"
        f" MPLS Label {line.u24(at + 2) >> 4}"
    )
    at += 5
    if not first:
        if line.verbose == 1:
            line.write_hex(at, size - 5, "\n\t      ")
        return
    line.need(at, 8 if second else 4)
    text = f"\n\t      {first} {line.ipv4(at)}"
    if second.endswith("0x"):
        text += f", {second}{line.u32(at + 4):08x}"
    elif second:
        text += f", {second} {line.ipv4(at + 4)}"
    line.write(text)


_TLV_HEAD = 3
_METRIC_TLV = 1


def _print_metric(line: Line, at: int, size: int) -> None:
    while size >= _TLV_HEAD:
        kind, length = line.u8(at), line.u16(at + 1)
        line.write(f"\n\t    {'AIGP' if kind == _METRIC_TLV else 'Unknown'} TLV ({kind}), length {length}")
        if length < _TLV_HEAD:
            raise ShortError
        require(at, at + size, length)
        if kind == _METRIC_TLV:
            if length < _TLV_HEAD + 8:
                raise ShortError
            line.write(f", metric {line.u64(at + _TLV_HEAD)}")
        elif line.verbose == 1:
            line.write_hex(at + _TLV_HEAD, length - _TLV_HEAD, "\n\t      ")
        at += length
        size -= length


_PRINTERS = {
    _ORIGIN: _print_origin,
    _AS_PATH: _print_path,
    _AS_4_PATH: _print_path_4,
    _NEXT_HOP: _print_address,
    _DISCRIMINATOR: _print_number,
    _PREFERENCE: _print_number,
    _ATOMIC: _print_nothing,
    _AGGREGATOR: _print_aggregator,
    _AGGREGATOR_4: _print_aggregator,
    _COMMUNITY: print_communities,
    _EXTENDED_COMMUNITY: print_extended_communities,
    _LARGE_COMMUNITY: print_large_communities,
    _ORIGINATOR: _print_address,
    _CLUSTERS: _print_clusters,
    _REACH: print_reach,
    _UNREACH: print_unreach,
    _TUNNEL: _print_tunnel,
    _METRIC: _print_metric,
}
