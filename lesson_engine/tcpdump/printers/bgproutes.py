"""Routes in updates of BGP: what RFC 4760's attributes carry, family by family.

Each reader here takes a route at a position and gives its text and its size. It raises IllegalPrefixError where the
length cannot be, SilentEndError where tcpdump stops without a word, and TruncatedError where the route was cut.

RFC 4364 has the route distinguishers, RFC 8277 the labels, RFC 4684 the route targets, RFC 6514 multicast VPNs, and
RFC 4761 and RFC 6074 VPLS.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("70 000641 0000fde800000064 0a0000"))
>>> ROUTES[IPV4, 128](line, 0, 15)
('RD: 65000:100 (= 0.0.0.100), 10.0.0.0/24, label:100 (bottom)', 15)
"""

from collections.abc import Callable, Mapping
from functools import partial

from lesson_engine.tcpdump.printers.addressfamilies import (
    ADDRESS_SIZES,
    IPV4,
    IPV6,
    LAYER_2_VPN,
    NSAP,
    VPLS,
    IllegalPrefixError,
    nsap_text,
    prefix,
    prefix_bytes,
    prefix_text,
)
from lesson_engine.tcpdump.printers.line import Line, ShortError, named
from lesson_engine.tcpdump.printers.names import ipv4_text

UNICAST, MULTICAST, BOTH, LABELLED, MULTICAST_VPN, VPLS_ROUTES, MDT = 1, 2, 3, 4, 5, 65, 66
VPN_UNICAST, VPN_MULTICAST, VPN_BOTH, ROUTE_TARGETS = 128, 129, 130, 132
SUBSEQUENT_FAMILIES = {
    0: "Reserved",
    UNICAST: "Unicast",
    MULTICAST: "Multicast",
    BOTH: "Unicast+Multicast",
    LABELLED: "labeled Unicast",
    MULTICAST_VPN: "Multicast VPN",
    64: "Tunnel",
    VPLS_ROUTES: "VPLS",
    MDT: "MDT",
    70: "EVPN",
    VPN_UNICAST: "labeled VPN Unicast",
    VPN_MULTICAST: "labeled VPN Multicast",
    VPN_BOTH: "labeled VPN Unicast+Multicast",
    ROUTE_TARGETS: "Route Target Routing Information",
}
_PLAIN_FAMILIES = (UNICAST, MULTICAST, BOTH)
VPN_FAMILIES = (VPN_UNICAST, VPN_MULTICAST, VPN_BOTH)

Reader = Callable[[Line, int, int], tuple[str, int]]
"""Reads the route at a position, in that many bytes; returns its text and its size."""


class SilentEndError(Exception):
    """A route does not fit in its attribute, and tcpdump goes on behind that without a word."""


def require(at: int, stop: int, size: int) -> None:
    """Raise ShortError unless there are `size` bytes from `at` to `stop`: what does not fit, tcpdump takes for cut."""
    if stop - at < size:
        raise ShortError


def system_text(line: Line, number: int) -> str:
    """An autonomous system's number, under -b in the notation with a dot (RFC 5396)."""
    if line.options.dotted_systems and number > _LARGEST_UNDOTTED:
        return f"{number >> 16}.{number & 0xFFFF}"
    return str(number)


_LARGEST_UNDOTTED = 0xFFFF


# Several paths to one destination


def has_path_identifiers(line: Line, at: int, size: int, family: int) -> bool:
    """Whether the `size` bytes of prefixes at `at` have identifiers of paths before them (RFC 7911), which only the
    speakers have agreed on: they do if they can be read so, and not without."""
    return (
        size >= _PATH_IDENTIFIER + 1
        and _reads_as_prefixes(line, at, size, family, before=_PATH_IDENTIFIER)
        and not _reads_as_prefixes(line, at, size, family, least=1)
    )


def _reads_as_prefixes(line: Line, at: int, size: int, family: int, *, before: int = 0, least: int = 0) -> bool:
    stop = at + size
    while at < stop:
        at += before
        if not line.has(at, 1):
            break
        if not least <= line.u8(at) <= 8 * ADDRESS_SIZES[family]:
            return False
        at += 1 + (line.u8(at) + 7) // 8
    return at == stop


_PATH_IDENTIFIER = 4


def identified_prefix(line: Line, at: int, left: int, family: int) -> tuple[str, int]:
    """As `prefix`, with an identifier of the path before it."""
    identifier = line.u32(at)
    text, size = prefix(line, at + _PATH_IDENTIFIER, left - _PATH_IDENTIFIER, family)
    return f"{text}   Path Id: {identifier}", _PATH_IDENTIFIER + size


# Labels and VPNs

_LABEL = 3
DISTINGUISHER = 8
"""The size of a route distinguisher."""


def _label_text(line: Line, at: int) -> str:
    value = line.u24(at)
    return f"label:{value >> 4} {'(bottom)' if value & 1 else '(BOGUS: Bottom of Stack NOT set!)'}"


def _labelled_prefix(line: Line, at: int, left: int, *, family: int) -> tuple[str, int]:
    line.check(at, 1 + _LABEL)
    width = line.u8(at) - 8 * _LABEL
    if not 0 <= width <= 8 * ADDRESS_SIZES[family]:
        raise IllegalPrefixError
    size = 1 + _LABEL + (width + 7) // 8
    if family == IPV4 and left < size:
        raise SilentEndError
    text = prefix_text(line, at + 1 + _LABEL, width, family)
    return f"{text}, {_label_text(line, at + 1)}", size


def _vpn_prefix(line: Line, at: int, left: int, *, family: int) -> tuple[str, int]:
    width = line.u8(at) - 8 * (_LABEL + DISTINGUISHER)
    if not 0 <= width <= (8 * ADDRESS_SIZES[family] if family != NSAP else _WIDEST_NSAP):
        raise IllegalPrefixError
    start = at + 1 + _LABEL + DISTINGUISHER
    text = _nsap_prefix_text(line, start, width) if family == NSAP else prefix_text(line, start, width, family)
    distinguisher = distinguisher_text(line, at + 1 + _LABEL)
    return f"RD: {distinguisher}, {text}, {_label_text(line, at + 1)}", start - at + (width + 7) // 8


def distinguisher_text(line: Line, at: int) -> str:
    """A route distinguisher (RFC 4364 section 4.2)."""
    line.need(at, DISTINGUISHER)
    kind = line.u16(at)
    if kind == 0:
        return f"{line.u16(at + 2)}:{line.u32(at + 4)} (= {ipv4_text(line.bytes(at + 4, 4))})"
    if kind == 1:
        return f"{ipv4_text(line.bytes(at + 2, 4))}:{line.u16(at + 6)}"
    if kind == 2:
        number = line.u16(at + 6)
        return f"{system_text(line, line.u32(at + 2))}:{number} ({ipv4_text(line.bytes(at + 2, 4))}:{number})"
    return "unknown RD format"


# OSI

_WIDEST_NSAP = 152


def _nsap_prefix(line: Line, at: int, left: int) -> tuple[str, int]:
    width = line.u8(at)
    if width > _WIDEST_NSAP:
        raise IllegalPrefixError
    # tcpdump looks for the address behind three more bytes than there are.
    return _nsap_prefix_text(line, at + 4, width), 1 + (width + 7) // 8


def _nsap_prefix_text(line: Line, at: int, width: int) -> str:
    return f"{nsap_text(prefix_bytes(line, at, width))}/{width}"


# Route targets

_ORIGIN = 32
"""Bits of the number of the AS that a route target is from."""
_WIDEST_TARGET = 64
_TARGET_AS_2, _TARGET_ADDRESS, _TARGET_AS_4 = 0x0002, 0x0102, 0x0202


def _route_target(line: Line, at: int, left: int) -> tuple[str, int]:
    width = line.u8(at)
    if width == 0:
        return "default route target", 1
    if width < _ORIGIN:
        raise IllegalPrefixError
    width -= _ORIGIN
    origin = line.u32(at + 1)
    if width > _WIDEST_TARGET:
        raise IllegalPrefixError
    target = _target_text(line, prefix_bytes(line, at + 5, width), width)
    return f"origin AS: {system_text(line, origin)}, {target}", 5 + (width + 7) // 8


def _target_text(line: Line, significant: bytes, width: int) -> str:
    digits = significant.hex(" ", -2) if significant else ""
    if width == 0:
        return "route-target: 0:0/0"
    if width < 16:
        return f"route-target: partial-type: ({digits}/{width})"
    target = significant.ljust(8, b"\0")
    kind = int.from_bytes(target[:2], "big")
    if kind == _TARGET_AS_2:
        text = f"{int.from_bytes(target[2:4], 'big')}:{int.from_bytes(target[4:], 'big')}"
    elif kind == _TARGET_ADDRESS:
        text = f"{ipv4_text(target[2:6])}:{int.from_bytes(target[6:], 'big')}"
    elif kind == _TARGET_AS_4:
        text = f"{system_text(line, int.from_bytes(target[2:6], 'big'))}:{int.from_bytes(target[6:], 'big')}"
    else:
        return f"route target: unknown-type({kind:04x}) ({digits}/{width})"
    return f"route-target: {text}/{width} ({digits})"


# Multicast trees

_MDT_ROUTE = 16


def _mdt(line: Line, at: int, left: int) -> tuple[str, int]:
    if line.u8(at) != 8 * _MDT_ROUTE:
        raise IllegalPrefixError
    line.check(at + 1, DISTINGUISHER)
    text = (
        f"RD: {distinguisher_text(line, at + 1)}, VPN IP Address: {line.ipv4(at + 9)},"
        f" MC Group Address: {line.ipv4(at + 13)}"
    )
    return text, 1 + _MDT_ROUTE


_INTRA_AS, _INTER_AS, _SELECTIVE, _LEAF, _SOURCE_ACTIVE, _SHARED_TREE, _SOURCE_TREE = range(1, 8)
_MULTICAST_ROUTES = {
    _INTRA_AS: "Intra-AS I-PMSI",
    _INTER_AS: "Inter-AS I-PMSI",
    _SELECTIVE: "S-PMSI",
    _LEAF: "Intra-AS Segment-Leaf",
    _SOURCE_ACTIVE: "Source-Active",
    _SHARED_TREE: "Shared Tree Join",
    _SOURCE_TREE: "Source Tree Join",
}


def _multicast_route(line: Line, at: int, left: int) -> tuple[str, int]:
    kind, length = line.u8(at), line.u8(at + 1)
    text = f"Route-Type: {named(_MULTICAST_ROUTES, kind, 'Unknown')} ({kind}), length: {length}"
    size = 2 + length
    at += 2
    if kind == _LEAF or kind not in _MULTICAST_ROUTES:
        return text, size
    has_source_as = kind in (_INTER_AS, _SHARED_TREE, _SOURCE_TREE)
    line.check(at, DISTINGUISHER + (4 if has_source_as else 0))
    text += f", RD: {distinguisher_text(line, at)}"
    at += DISTINGUISHER
    if has_source_as:
        text += f", Source-AS {system_text(line, line.u32(at))}"
        at += 4
    if kind == _INTRA_AS:
        text += f", Originator {_address_text(line, at, 8 * (length - DISTINGUISHER))}"
    elif kind != _INTER_AS:
        pair, pair_size = _source_and_group(line, at)
        text += pair
        if kind == _SELECTIVE:
            # tcpdump takes it from where source and group are, and all but their length for its own.
            if length < pair_size:
                raise ShortError
            line.check(at, length - pair_size)
            text += f", Originator {_address_text(line, at, 8 * (length - pair_size))}"
    return text, size


def _source_and_group(line: Line, at: int) -> tuple[str, int]:
    """Their text, as far as it was captured, and their size."""
    text = ""
    start = at
    for name in ("Source", "Group"):
        width = line.u8(at)
        if not line.has(at + 1, width // 8):
            break
        if width:
            text += f", {name} {_address_text(line, at + 1, width)}"
        at += 1 + width // 8
    return text, at - start


def _address_text(line: Line, at: int, width: int) -> str:
    if width == 32:
        return line.ipv4(at)
    if width == 128:
        return line.ipv6(at)
    return f"bogus address length {width % (1 << 32)}"


# Layer 2

_ONLY_NEXT_HOP, _MOST_WITHOUT_LABELS = 12, 17
_CIRCUITS = 1
LONGEST_TEXT = 163
"""Characters of a route that tcpdump has room for."""


def _layer_2_route(line: Line, at: int, left: int) -> tuple[str, int]:
    length = line.u16(at)
    at += 2
    if length == _ONLY_NEXT_HOP:
        line.check(at, length)
        return f"RD: {distinguisher_text(line, at)}, BGPNH: {line.ipv4(at + 8)}", 2 + length
    if length <= _MOST_WITHOUT_LABELS:
        raise ShortError
    line.check(at, 15)
    text = _LimitedText(
        f"RD: {distinguisher_text(line, at)}, CE-ID: {line.u16(at + 8)}, Label-Block Offset: {line.u16(at + 10)},"
        f" Label Base {line.u24(at + 12) >> 4}"
    )
    _add_circuits(line, at + 15, length - 15, text)
    return text.text, 2 + length


class _LimitedText:
    """The text of a route, for which tcpdump has room for so many characters and a zero byte."""

    __slots__ = ("room", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.room = max(LONGEST_TEXT + 1 - len(text), 0)

    def add(self, text: str) -> None:
        self.text += text
        self.room = max(self.room - len(text), 0)


def _add_circuits(line: Line, at: int, left: int, text: _LimitedText) -> None:
    """What is known of the circuits. Of what is left, tcpdump takes the values, and not their heads."""
    while left:
        if left < 3:
            text.add("\n\t\tran past the end")
            return
        kind, width = line.u8(at), line.u16(at + 1)
        size = (width + 7) // 8
        at += 3
        if kind == _CIRCUITS:
            text.add(f"\n\t\tcircuit status vector ({kind}) length: {width}: 0x")
            for _ in range(min(size, left)):
                line.check(at, 1)
                if text.room:
                    text.add(f"{line.u8(at):02x}")
                    at += 1
            if left < size:
                text.add(" (ran past the end)")
            left -= min(size, left)
        else:
            text.add(f"\n\t\tunknown TLV #{kind}, length: {width}")
            if left < size:
                text.add(" (ran past the end)")
                return
            left -= size


ROUTES: Mapping[tuple[int, int], Reader] = {
    **{(family, kind): partial(prefix, family=family) for family in ADDRESS_SIZES for kind in _PLAIN_FAMILIES},
    **{(family, LABELLED): partial(_labelled_prefix, family=family) for family in ADDRESS_SIZES},
    **{(family, kind): partial(_vpn_prefix, family=family) for family in (IPV4, IPV6, NSAP) for kind in VPN_FAMILIES},
    **{(NSAP, kind): _nsap_prefix for kind in _PLAIN_FAMILIES},
    (IPV4, ROUTE_TARGETS): _route_target,
    (IPV4, MULTICAST_VPN): _multicast_route,
    (IPV4, MDT): _mdt,
    (VPLS, VPLS_ROUTES): _layer_2_route,
    **{(LAYER_2_VPN, kind): _layer_2_route for kind in VPN_FAMILIES},
}
"""By address family and subsequent address family (RFC 4760)."""
