"""What messages of IS-IS carry, part by part (ISO/IEC 10589, RFC 1195, RFC 5303, RFC 5120 and others).

Who is reached over a link and how is in `isislinks`, what bridges say in `isisbridges`.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("01 04 03 490001"))
>>> print_parts(line, 0, 0, 6, 6)
>>> line.text()
'\\n\\t    Area address(es) TLV #1, length: 4\\n\\t      Area address (length: 3): 49.0001'
"""

from collections.abc import Callable

from lesson_engine.tcpdump.printers.isis import UnreadableError, checksum_state, require_captured
from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.names import OUI_NAMES
from lesson_engine.tcpdump.printers.osi import NAMES as LAYERS
from lesson_engine.tcpdump.printers.osi import network_address, system_id

_IDENT = "\n\t      "
_NAMES = {
    1: "Area address(es)",
    2: "IS Reachability",
    3: "ES Neighbor(s)",
    4: "Partition DIS",
    5: "Prefix Neighbors",
    6: "IS Neighbor(s)",
    7: "Instance Identifier",
    8: "Padding",
    9: "LSP entries",
    10: "Authentication",
    12: "Checksum",
    13: "Purge Originator Identifier",
    14: "LSP Buffersize",
    22: "Extended IS Reachability",
    24: "IS Alias ID",
    42: "DECnet Phase IV",
    66: "Lucent Proprietary",
    128: "IPv4 Internal Reachability",
    129: "Protocols supported",
    130: "IPv4 External Reachability",
    131: "Inter-Domain Information Type",
    132: "IPv4 Interface address(es)",
    133: "IPv4 authentication (deprecated)",
    134: "Traffic Engineering Router ID",
    135: "Extended IPv4 Reachability",
    137: "Hostname",
    138: "Shared Risk Link Group",
    143: "Multi-Topology-Aware Port Capability",
    144: "Multi-Topology Capability",
    176: "Nortel Proprietary",
    177: "Nortel Proprietary",
    211: "Restart Signaling",
    222: "Multi Topology IS Reachability",
    229: "Multi Topology",
    232: "IPv6 Interface address(es)",
    235: "Multi-Topology IPv4 Reachability",
    236: "IPv6 reachability",
    237: "Multi-Topology IP6 Reachability",
    240: "Point-to-point Adjacency State",
    241: "Hello PDU Sequence Number",
    242: "IS-IS Router Capability",
    250: "Vendor Private",
}
_PADDING, _CHECKSUM = 8, 12
_VIRTUAL = {0: "IsNotVirtual", 1: "IsVirtual"}
_METRIC, _EXTERNAL, _UNSUPPORTED, _DOWN = 0x3F, 0x40, 0x80, 0x80
_METRIC_NAMES = ("Delay", "Expense", "Error")
_PASSWORD, _CRYPTOGRAPHIC, _DIGEST, _PRIVATE = 1, 3, 54, 255
_AUTHENTICATIONS = {
    _PASSWORD: "simple text password",
    _CRYPTOGRAPHIC: "Generic Crypto key-id",
    _DIGEST: "HMAC-MD5 password",
    _PRIVATE: "Routing Domain private password",
}
_DIGEST_SIZE = 16
_AUTONOMOUS_SYSTEM = 2
_DOMAINS = {0: "Reserved", 1: "Routing-Domain Specific", _AUTONOMOUS_SYSTEM: "AS Number Tag"}
_RESTART_FLAGS = {0x01: "Restart Request", 0x02: "Restart Acknowledgement", 0x04: "Suppress adjacency advertisement"}
_ADJACENCIES = {0: "Up", 1: "Initializing", 2: "Down"}
_TOPOLOGIES = {0: "IPv4 unicast", 1: "In-Band Management", 2: "IPv6 unicast", 3: "Multicast"}
_LAST_TOPOLOGY = 0xFFF
_TOPOLOGY_FLAGS = {0x4000: "ATT bit set", 0x8000: "Overload bit set"}
_SEGMENT_ROUTING, _SEGMENT = 2, 1
_CAPABILITY_NAMES = {_SEGMENT_ROUTING: "SR-Capabilities"}
_SEGMENT_ROUTING_FLAGS = {0x80: "ipv4", 0x40: "ipv6"}
_CAPABILITY_FLAGS = {0x01: "S bit", 0x02: "D bit"}


class _AbandonedError(Exception):
    """tcpdump stops here without a word."""


def print_parts(line: Line, start: int, at: int, left: int, length: int) -> None:
    """The parts at `at`, which have `left` bytes, of a message of `length` bytes that starts at `start`."""
    try:
        while left:
            if at == start + length:
                return
            if left < 2:
                raise UnreadableError
            require_captured(line, at, 2)
            kind, size = line.u8(at), line.u8(at + 1)
            at += 2
            left -= 2
            line.write(f"\n\t    {named(_NAMES, kind, 'unknown')} TLV #{kind}, length: {size}")
            if size > left or at + size > start + length:
                raise UnreadableError
            _print_part(line, start, length, kind, at, size)
            if line.verbose > 1:
                line.write_hex(at, size, _IDENT)
            at += size
            left -= size
    except _AbandonedError:
        return


def _print_part(line: Line, start: int, length: int, kind: int, at: int, size: int) -> None:
    if kind == _CHECKSUM:
        if size >= 2:
            require_captured(line, at, 2)
            checksum = line.u16(at)
            state = checksum_state(line, start, at - start, length, checksum)
            line.write(f"{_IDENT}checksum: 0x{checksum:04x} {state}")
    elif kind in _PRINTERS:
        _PRINTERS[kind](line, at, size)
    elif kind in (143, 144):
        from lesson_engine.tcpdump.printers.isisbridges import print_capability, print_port_capability

        try:
            (print_port_capability if kind == 143 else print_capability)(line, at, size)
        except UnreadableError:
            line.truncated()
    elif kind != _PADDING and line.verbose == 1:
        line.write_hex(at, size, "\n\t\t")


def _print_areas(line: Line, at: int, left: int) -> None:
    while left:
        size = line.u8(at)
        at += 1
        left -= 1
        if left < size:
            return
        line.write(f"{_IDENT}Area address (length: {size}): {network_address(line.bytes(at, size))}")
        at += size
        left -= size


def _print_metrics(line: Line, at: int) -> None:
    """A block of four metrics, of which all but the first may be missing."""
    default, *others = line.bytes(at, 4)
    line.write(f", Default Metric: {default & _METRIC}, {_reach(default)}")
    for name, metric in zip(_METRIC_NAMES, others, strict=True):
        if not metric & _UNSUPPORTED:
            line.write(f"\n\t\t  {name} Metric: {metric & _METRIC}, {_reach(metric)}")


def _reach(metric: int) -> str:
    return "External" if metric & _EXTERNAL else "Internal"


def _print_neighbors(line: Line, at: int, left: int) -> None:
    if left < 1:
        return
    line.write(f"{_IDENT}{named(_VIRTUAL, line.u8(at), 'bogus virtual flag 0x%02x')}")
    at += 1
    left -= 1
    while left >= 11:
        require_captured(line, at, 11)
        line.write(f"{_IDENT}IS Neighbor: {system_id(line.bytes(at + 4, 7))}")
        _print_metrics(line, at)
        at += 11
        left -= 11


def _print_end_systems(line: Line, at: int, left: int) -> None:
    while left >= 10:
        require_captured(line, at, 10)
        line.write(f"{_IDENT}ES Neighbor: {_system(line, at + 4)}")
        _print_metrics(line, at)
        at += 10
        left -= 10


def _print_prefixes(line: Line, at: int, left: int) -> None:
    if left < 4:
        return
    require_captured(line, at, 4)
    line.write(f"{_IDENT}Metric Block")
    _print_metrics(line, at)
    at += 4
    left -= 4
    while left > 0:
        # Counted in half bytes.
        digits = line.u8(at)
        at += 1
        left -= 1
        if digits < 2:
            line.write(f"\n\t\tAddress: prefix length {digits} < 2")
            return
        size = digits // 2
        if left < size:
            return
        line.write(f"\n\t\tAddress: {network_address(line.bytes(at, size))}/{digits * 4}")
        at += size
        left -= size


def _print_list(before: str, width: int, text: Callable[[Line, int], str]) -> Callable[[Line, int, int], None]:
    """A printer of items of this width, each on a line of its own."""

    def printer(line: Line, at: int, left: int) -> None:
        while left >= width:
            line.write(f"{_IDENT}{before}{text(line, at)}")
            at += width
            left -= width

    return printer


def _print_one(before: str, width: int, text: Callable[[Line, int], str]) -> Callable[[Line, int, int], None]:
    """A printer of one item of this width."""

    def printer(line: Line, at: int, left: int) -> None:
        if left >= width:
            line.write(f"{_IDENT}{before}{text(line, at)}")

    return printer


def _system(line: Line, at: int) -> str:
    require_captured(line, at, 6)
    return system_id(line.bytes(at, 6))


def _print_entries(line: Line, at: int, left: int) -> None:
    while left >= 16:
        require_captured(line, at + 2, 8)
        line.write(f"{_IDENT}lsp-id: {system_id(line.bytes(at + 2, 8))}")
        line.write(f", seq: 0x{line.u32(at + 10):08x}")
        line.write(f", lifetime: {line.u16(at):5}s")
        line.write(f", chksum: 0x{line.u16(at + 14):04x}")
        at += 16
        left -= 16


def _print_instance(line: Line, at: int, left: int) -> None:
    if left < 4:
        return
    count = (left - 2) // 2
    line.write(f"{_IDENT}Instance ID: {line.u16(at)}, ITIDs({count})")
    for index in range(count):
        line.write(", " if index else ": ")
        line.write(str(line.u16(at + 2 + 2 * index)))


def _print_authentication(line: Line, at: int, left: int) -> None:
    if left < 1:
        return
    write = line.write
    kind = line.u8(at)
    write(f"{_IDENT}{named(_AUTHENTICATIONS, kind, 'unknown Authentication type 0x%02x')}: ")
    at += 1
    left -= 1
    if kind == _PASSWORD:
        line.padded_text(at, left)
    elif kind == _DIGEST:
        _print_secret(line, at, left)
        write("" if left == _DIGEST_SIZE else ", (invalid subTLV) ")
        write(" (unchecked)")
    elif kind == _CRYPTOGRAPHIC:
        if left >= 2:
            write(f"{line.u16(at)}, password: ")
            _print_secret(line, at + 2, left - 2)
    else:
        line.write_hex(at, left, "\n\t\t  ")


def _print_secret(line: Line, at: int, length: int) -> None:
    line.write(line.data[at : min(at + length, line.end)].hex())
    line.need(at, length)


def _print_purge(line: Line, at: int, left: int) -> None:
    if left < 1:
        return
    count = line.u8(at)
    if count == 0:
        line.write(" No system IDs supplied")
        return
    if left < 7:
        return
    line.write(f"{_IDENT}Purge Originator System-ID: {_system(line, at + 1)}")
    if count > 1 and left >= 13:
        # tcpdump asks for both identifiers behind the first.
        require_captured(line, at + 7, 13)
        line.write(f"{_IDENT}Received from System-ID: {_system(line, at + 7)}")


def _print_reachability(line: Line, at: int, left: int) -> None:
    write = line.write
    while left > 0:
        if left < 12:
            write(f"short IPv4 Reachability ({left} vs 12)")
            raise _AbandonedError
        if not line.has(at, 12):
            raise _AbandonedError
        default, *others = line.bytes(at, 4)
        mask = line.u32(at + 8)
        width = mask.bit_count()
        if mask == (0xFFFFFFFF << 32 - width) & 0xFFFFFFFF:
            write(f"{_IDENT}IPv4 prefix: {line.ipv4(at + 4):>15}/{width}")
        else:
            write(f"{_IDENT}IPv4 prefix: {line.ipv4(at + 4)} mask {line.ipv4(at + 8)}")
        write(f", Distribution: {'down' if default & _DOWN else 'up'}, Metric: {default & _METRIC}, {_reach(default)}")
        for name, metric in zip(_METRIC_NAMES, others, strict=True):
            if not metric & _UNSUPPORTED:
                write(f"{_IDENT}  {name} Metric: {metric & _METRIC}, {_reach(metric)}")
        at += 12
        left -= 12


def _print_layers(line: Line, at: int, left: int) -> None:
    line.write(f"{_IDENT}NLPID(s): ")
    for index in range(left):
        line.write(", " if index else "")
        layer = line.u8(at + index)
        line.write(f"{named(LAYERS, layer, 'unknown')} (0x{layer:02x})")


def _print_domain(line: Line, at: int, left: int) -> None:
    if left < 1:
        return
    kind = line.u8(at)
    line.write(f"{_IDENT}Inter-Domain Information Type: {named(_DOMAINS, kind, 'Unknown (0x%02x)')}")
    if kind != _AUTONOMOUS_SYSTEM:
        line.write_hex(at + 1, left - 1, _IDENT)
    elif left >= 3:
        line.write(f"AS Number: {line.u16(at + 1)}")


def _print_host(line: Line, at: int, left: int) -> None:
    line.write(f"{_IDENT}Hostname: ")
    line.padded_text(at, left)


def _print_risks(line: Line, at: int, left: int) -> None:
    write = line.write
    if left < 7:
        return
    require_captured(line, at, 7)
    write(f"{_IDENT}IS Neighbor: {system_id(line.bytes(at, 7))}")
    if left < 8:
        return
    write(f", Flags: [{'numbered' if line.u8(at + 7) & 1 else 'unnumbered'}]")
    if left < 12:
        return
    write(f"{_IDENT}IPv4 interface address: {line.ipv4(at + 8)}")
    if left < 16:
        return
    write(f"{_IDENT}IPv4 neighbor address: {line.ipv4(at + 12)}")
    for where in range(16, left - 3, 4):
        write(f"{_IDENT}Link-ID: 0x{line.u32(at + where):08x}")


def _print_restart(line: Line, at: int, left: int) -> None:
    if left < 1:
        return
    require_captured(line, at, 1)
    line.write(f"{_IDENT}Flags [{bits(_RESTART_FLAGS, line.u8(at), 'none')}]")
    if left < 3:
        return
    require_captured(line, at + 1, 2)
    line.write(f", Remaining holding time {line.u16(at + 1)}s")
    if left == 9:
        line.write(f", for {_system(line, at + 3)}")


def _print_topology(line: Line, at: int) -> None:
    word = line.u16(at)
    number = word & _LAST_TOPOLOGY
    unknown = "Development, Experimental or Proprietary" if number == _LAST_TOPOLOGY else "Reserved for IETF Consensus"
    name = named(_TOPOLOGIES, number, unknown)
    line.write(f"{_IDENT}{name} Topology (0x{number:03x}), Flags: [{bits(_TOPOLOGY_FLAGS, word, 'none')}]")


def _print_topologies(line: Line, at: int, left: int) -> None:
    while left > 0:
        if left == 1:
            line.write(f"{_IDENT}invalid MT-ID")
            return
        _print_topology(line, at)
        at += 2
        left -= 2


def _print_adjacency(line: Line, at: int, left: int) -> None:
    """The state of a link, and which circuits its ends say that it is. Each lies where it would if all were there."""
    if left < 1:
        return
    write = line.write
    state = line.u8(at)
    write(f"{_IDENT}Adjacency State: {named(_ADJACENCIES, state, 'unknown')} ({state})")
    left -= 1
    if left > 4:
        write(f"{_IDENT}Extended Local circuit-ID: 0x{line.u32(at + 1):08x}")
        left -= 4
    if left >= 6:
        write(f"{_IDENT}Neighbor System-ID: {_system(line, at + 5)}")
        left -= 6
    if left >= 4:
        write(f"{_IDENT}Neighbor Extended Local circuit-ID: 0x{line.u32(at + 11):08x}")


def _print_capabilities(line: Line, at: int, left: int) -> None:
    if left < 5:
        line.write(f" [object length {left} < 5]")
        line.invalid()
        return
    line.write(f"{_IDENT}Router-ID {line.ipv4(at)}")
    line.write(f", Flags [{bits(_CAPABILITY_FLAGS, line.u8(at + 4), 'none')}]")
    at += 5
    left -= 5
    while left >= 2:
        kind, size = line.u8(at), line.u8(at + 1)
        at += 2
        left -= 2
        line.write(f"\n\t\t{named(_CAPABILITY_NAMES, kind, 'unknown')} subTLV #{kind}, length: {size}")
        if size > left or not line.has(at, size):
            return
        if kind == _SEGMENT_ROUTING:
            _print_segment_routing(line, at, size)
        else:
            line.write_hex(at, size, "\n\t\t")
        at += size
        left -= size


def _print_segment_routing(line: Line, at: int, left: int) -> None:
    """Which segments a router takes (RFC 8667, section 3.1)."""
    write = line.write
    line.need(at, 4)
    write(f", Flags [{bits(_SEGMENT_ROUTING_FLAGS, line.u8(at), 'None')}], Range {line.u24(at + 1)}")
    at += 4
    # Counted in 8 bits without a sign.
    left = (left - 4) % (1 << 8)
    while left >= 5:
        kind, size = line.u8(at), line.u8(at + 1)
        at += 2
        left -= 2
        if size > left:
            return
        if kind != _SEGMENT:
            line.write_hex(at, size, "\n\t\t  ")
        elif size in (3, 4):
            write(f", SID value {line.u24(at) if size == 3 else line.u32(at)}")
        else:
            write(f", Unknown SID length{size}")
        at += size
        left -= size


def _print_private(line: Line, at: int, left: int) -> None:
    if left < 3:
        return
    vendor = line.u24(at)
    line.write(f"{_IDENT}Vendor: {named(OUI_NAMES, vendor, 'Unknown')} ({vendor})")
    line.write_hex(at + 3, left - 3, "\n\t\t")


def _print_links(kind: int, *, topology: bool = False) -> Callable[[Line, int, int], None]:
    """A printer of links to neighbours, behind the topology that they belong to where the part gives it."""

    def print_one(line: Line, at: int, left: int) -> int:
        from lesson_engine.tcpdump.printers.isislinks import print_neighbor

        return print_neighbor(line, at, left, kind)

    return _print_each(print_one, topology=topology)


def _print_routes(version: int, *, topology: bool = False) -> Callable[[Line, int, int], None]:
    """A printer of prefixes, behind the topology that they belong to where the part gives it."""

    def print_one(line: Line, at: int, left: int) -> int:
        from lesson_engine.tcpdump.printers.isislinks import print_prefix

        return print_prefix(line, at, version)

    return _print_each(print_one, topology=topology)


def _print_each(print_one: Callable[[Line, int, int], int], *, topology: bool) -> Callable[[Line, int, int], None]:
    """A printer of what follows each other, of which `print_one` gives the length."""

    def printer(line: Line, at: int, left: int) -> None:
        if topology:
            if left < 2:
                raise UnreadableError
            _print_topology(line, at)
            at += 2
            left -= 2
        while left:
            size = print_one(line, at, left)
            if size > left:
                line.write(f" [remaining tlv length {left} < {size}]")
                line.invalid()
                return
            at += size
            left -= size

    return printer


_PRINTERS: dict[int, Callable[[Line, int, int], None]] = {
    1: _print_areas,
    2: _print_neighbors,
    3: _print_end_systems,
    4: _print_list("", 6, _system),
    5: _print_prefixes,
    6: _print_list("SNPA: ", 6, _system),
    7: _print_instance,
    9: _print_entries,
    10: _print_authentication,
    13: _print_purge,
    14: _print_one("LSP Buffersize: ", 2, lambda line, at: str(line.u16(at))),
    22: _print_links(22),
    24: _print_links(24),
    128: _print_reachability,
    129: _print_layers,
    130: _print_reachability,
    131: _print_domain,
    132: _print_list("IPv4 interface address: ", 4, Line.ipv4),
    134: _print_one("Traffic Engineering Router ID: ", 4, Line.ipv4),
    135: _print_routes(4),
    137: _print_host,
    138: _print_risks,
    211: _print_restart,
    222: _print_links(222, topology=True),
    229: _print_topologies,
    232: _print_list("IPv6 interface address: ", 16, Line.ipv6),
    235: _print_routes(4, topology=True),
    236: _print_routes(6),
    237: _print_routes(6, topology=True),
    240: _print_adjacency,
    241: _print_one("Sequence number: ", 4, lambda line, at: str(line.u32(at))),
    242: _print_capabilities,
    250: _print_private,
}
