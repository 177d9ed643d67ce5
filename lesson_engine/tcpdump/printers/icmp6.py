"""ICMPv6 (RFC 4443), Neighbor Discovery (RFC 4861 with 4191, 8106) and Multicast Listener Discovery (RFC 2710, 3810).

Under -v messages end without their length, or carry it before the details; options come one a line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("8000 0000 002a 0001"))
>>> print_icmp6(line, 0, 8, 0, False)
>>> line.text()
'ICMP6, echo request, id 42, seq 1, length 8'
"""

from lesson_engine.tcpdump.printers import icmp6rare
from lesson_engine.tcpdump.printers.checksum import internet_checksum, should_be
from lesson_engine.tcpdump.printers.ip import pseudo_header
from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.membership import print_group_records, print_sources

_PROTOCOL = 58

# Fields, in bytes from the message's start
_CODE = 1
_CHECKSUM = 2
_QUOTED = 8
_QUOTED_SOURCE = _QUOTED + 8
_QUOTED_DESTINATION = _QUOTED + 24

_UNREACHABLE, _TOO_BIG, _TIME_EXCEEDED, _PARAMETER_PROBLEM, _ECHO_REQUEST, _ECHO_REPLY = 1, 2, 3, 4, 128, 129
_LISTENER_QUERY, _LISTENER_REPORT, _LISTENER_DONE, _LISTENER_REPORT_2 = 130, 131, 132, 143
_ROUTER_SOLICITATION, _ROUTER_ADVERTISEMENT, _NEIGHBOR_SOLICITATION, _NEIGHBOR_ADVERTISEMENT = 133, 134, 135, 136
_REDIRECT, _ROUTER_RENUMBERING, _NODE_QUERY, _NODE_REPLY = 137, 138, 139, 140
_HOME_AGENT_REQUEST, _HOME_AGENT_REPLY, _PREFIX_SOLICITATION, _PREFIX_ADVERTISEMENT = 144, 145, 146, 147
_RPL = 155
_MULTICAST_TRACE = (200, 201)

_NAMES = {
    _UNREACHABLE: "destination unreachable",
    _TOO_BIG: "packet too big",
    _TIME_EXCEEDED: "time exceeded in-transit",
    _PARAMETER_PROBLEM: "parameter problem",
    _ECHO_REQUEST: "echo request",
    _ECHO_REPLY: "echo reply",
    _LISTENER_QUERY: "multicast listener query",
    _LISTENER_REPORT: "multicast listener report",
    _LISTENER_DONE: "multicast listener done",
    _ROUTER_SOLICITATION: "router solicitation",
    _ROUTER_ADVERTISEMENT: "router advertisement",
    _NEIGHBOR_SOLICITATION: "neighbor solicitation",
    _NEIGHBOR_ADVERTISEMENT: "neighbor advertisement",
    _REDIRECT: "redirect",
    _ROUTER_RENUMBERING: "router renumbering",
    _NODE_QUERY: "who-are-you request",
    _NODE_REPLY: "who-are-you reply",
    141: "inverse neighbor solicitation",
    142: "inverse neighbor advertisement",
    _LISTENER_REPORT_2: "multicast listener report v2",
    _HOME_AGENT_REQUEST: "ha discovery request",
    _HOME_AGENT_REPLY: "ha discovery reply",
    _PREFIX_SOLICITATION: "mobile router solicitation",
    _PREFIX_ADVERTISEMENT: "mobile router advertisement",
    _RPL: "RPL",
    200: "mtrace response",
    201: "mtrace message",
}
_LENGTH_FIRST = frozenset(
    (
        _ROUTER_SOLICITATION,
        _ROUTER_ADVERTISEMENT,
        _NEIGHBOR_SOLICITATION,
        _NEIGHBOR_ADVERTISEMENT,
        _REDIRECT,
        _HOME_AGENT_REPLY,
        _PREFIX_ADVERTISEMENT,
    )
)
_ROUTER_FLAGS = {0x80: "managed", 0x40: "other stateful", 0x20: "home agent", 0x02: "ipv6 only"}
_NEIGHBOR_FLAGS = {0x80000000: "router", 0x40000000: "solicited", 0x20000000: "override"}
_PREFIX_FLAGS = {0x80: "onlink", 0x40: "auto", 0x20: "router"}
_PREFERENCES = {0: "medium", 1: "high", 2: "rsv", 3: "low"}

_REDIRECTED, _ROUTE = 4, 24
_OPTION_NAMES = {
    1: "source link-address",
    2: "destination link-address",
    3: "prefix info",
    _REDIRECTED: "redirected header",
    5: "mtu",
    7: "advertisement interval",
    8: "homeagent information",
    _ROUTE: "route info",
    25: "rdnss",
    31: "dnssl",
}


def print_icmp6(line: Line, at: int, length: int, header: int, fragmented: bool) -> None:
    """A message of `length` bytes at `at`, in the IPv6 packet whose header is at `header`."""
    line.protocol = "icmp6"
    write = line.write
    if length == 0:
        write("ICMP6, length 0")
        line.invalid()
        return
    if line.verbose and not fragmented and line.has(at, length):
        found = line.u16(at + _CHECKSUM)
        covered = pseudo_header(line, header, _PROTOCOL, length) + line.data[at : at + length]
        difference = internet_checksum(covered)
        if difference:
            write(f"[bad icmp6 cksum 0x{found:04x} -> 0x{should_be(found, difference):04x}!] ")
        else:
            write("[icmp6 sum ok] ")
    kind = line.u8(at)
    write(f"ICMP6, {named(_NAMES, kind, 'unknown icmp6 type (%u)')}")
    if kind in _LENGTH_FIRST and line.verbose:
        # These say their length before their details.
        write(f", length {length}")
    line.need(at, _CODE + 1)
    if kind not in _NAMES or kind in _MULTICAST_TRACE:
        write(f", length {length}")
        if line.verbose < 2:
            line.write_hex(at, length)
        return
    if _print_body(line, at, length, kind) and not line.verbose:
        write(f", length {length}")


def _print_body(line: Line, at: int, length: int, kind: int) -> bool:
    """What the type has to say; False if printing must stop there."""
    write = line.write
    if kind == _UNREACHABLE:
        return _print_unreachable(line, at, length)
    if kind == _TOO_BIG:
        write(f", mtu {line.u32(at + 4)}")
    elif kind == _TIME_EXCEEDED:
        code = line.u8(at + _CODE)
        if code == 0:
            write(f" for {line.ipv6(at + _QUOTED_DESTINATION)}")
        else:
            write(" (reassembly)" if code == 1 else f", unknown code ({code})")
    elif kind == _PARAMETER_PROBLEM:
        code = line.u8(at + _CODE)
        if not line.has(at + _QUOTED_DESTINATION, 16):
            line.truncated()
            return False
        names = {0: "erroneous", 1: "next header", 2: "option", 3: "incomplete header chain"}
        write(f", {names[code]} - octet {line.u32(at + 4)}" if code in names else f", code-#{code}")
    elif kind in (_ECHO_REQUEST, _ECHO_REPLY):
        write(f", id {line.u16(at + 4)}, seq {line.u16(at + 6)}")
    elif kind == _LISTENER_QUERY and length != 24:
        _print_listener_query_2(line, at, length)
    elif kind in (_LISTENER_QUERY, _LISTENER_REPORT, _LISTENER_DONE):
        if not line.has(at, 24):
            return True
        write(f"max resp delay: {line.u16(at + 4)} ")
        write(f"addr: {line.ipv6(at + 8)}")
    elif kind == _LISTENER_REPORT_2:
        _print_listener_report_2(line, at, length)
    elif kind == _ROUTER_SOLICITATION:
        if line.verbose:
            _print_options(line, at + 8, length - 8)
    elif kind == _ROUTER_ADVERTISEMENT:
        _print_router_advertisement(line, at, length)
    elif kind == _NEIGHBOR_SOLICITATION:
        write(f", who has {line.ipv6(at + 8)}")
        if line.verbose:
            _print_options(line, at + 24, length - 24)
    elif kind == _NEIGHBOR_ADVERTISEMENT:
        write(f", tgt is {line.ipv6(at + 8)}")
        if line.verbose:
            write(f", Flags [{bits(_NEIGHBOR_FLAGS, line.u32(at + 4), 'none')}]")
            _print_options(line, at + 24, length - 24)
    elif kind == _REDIRECT:
        write(f", {line.ipv6(at + 24)}")
        write(f" to {line.ipv6(at + 8)}")
        if line.verbose:
            _print_options(line, at + 40, length - 40)
    elif kind in (_HOME_AGENT_REQUEST, _PREFIX_SOLICITATION):
        write(f", id 0x{line.u16(at + 4):04x}")
    elif kind == _HOME_AGENT_REPLY and line.verbose:
        write(f", id 0x{line.u16(at + 4):04x}")
        for where in range(at + 8, at + length, 16):
            write(f", {line.ipv6(where)}")
    elif kind == _PREFIX_ADVERTISEMENT and line.verbose:
        write(f", id 0x{line.u16(at + 4):04x}")
        flags = line.u16(at + 6)
        if flags & 0xC000:
            write(f" {'M' if flags & 0x8000 else ''}{'O' if flags & 0x4000 else ''}")
        _print_options(line, at + 8, length - 8)
    elif kind == _ROUTER_RENUMBERING:
        icmp6rare.print_renumbering(line, at)
    elif kind in (_NODE_QUERY, _NODE_REPLY):
        icmp6rare.print_node_information(line, at, length)
    elif kind == _RPL:
        icmp6rare.print_rpl(line, at, length)
    return True


def _print_unreachable(line: Line, at: int, length: int) -> bool:
    code = line.u8(at + _CODE)
    line.write(",")
    if code in (0, 1, 2, 3):
        line.write((" unreachable route", "  unreachable prohibited", " beyond scope", " unreachable address")[code])
        line.write(f" {line.ipv6(at + _QUOTED_DESTINATION)}")
        if code == 2:
            line.write(f", source address {line.ipv6(at + _QUOTED_SOURCE)}")
        return True
    if code != 4:
        line.write(f" unknown unreach code ({code})")
        if line.verbose < 2:
            line.write_hex(at, length)
        return False
    line.write(" unreachable port")
    found = _upper_layer(line, at + _QUOTED)
    if found is None:
        line.truncated()
        return False
    protocol, upper = found
    port = line.u16(upper + 2)
    destination = line.ipv6(at + _QUOTED_DESTINATION)
    if protocol == 6:
        line.write(f", {destination} tcp port {line.names.tcp_port(port)}")
    else:
        line.write(f", {destination} udp port {line.names.udp_port(port)}")
    return True


def _upper_layer(line: Line, at: int) -> tuple[int, int] | None:
    """The protocol with ports in the quoted IPv6 packet at `at` and where its header lies; None if not captured."""
    if not line.has(at, 40):
        return None
    protocol = line.u8(at + 6)
    at += 40
    while line.has(at, 4):
        if protocol in (6, 17):
            return protocol, at
        if protocol == 44:
            if line.u16(at + 2) & 0xFFF8:
                return None
            size = 8
        elif protocol == 51:
            size = (line.u8(at + 1) + 2) * 4
        elif protocol in (0, 43, 60):
            size = (line.u8(at + 1) + 1) * 8
        else:
            return None
        protocol = line.u8(at)
        at += size
    return None


# Multicast listeners


def _print_listener_query_2(line: Line, at: int, length: int) -> None:
    if length < 28:
        line.write(f" unknown-version (len {length}) ")
        return
    line.write(" v2")
    code = line.u16(at + 4)
    if line.verbose:
        delay = code if code < 32768 else (code & 0x0FFF | 0x1000) << (code >> 12 & 0x07) + 3
        line.write(f" [max resp delay={delay}]")
    line.write(f" [gaddr {line.ipv6(at + 8)}")
    if line.verbose:
        if line.u8(at + 24) & 0x08:
            line.write(" sflag")
        robustness = line.u8(at + 24) & 0x07
        if robustness:
            line.write(f" robustness={robustness}")
        interval = line.u8(at + 25)
        interval = interval if interval < 128 else (interval & 0x0F | 0x10) << (interval >> 4 & 0x07) + 3
        line.write(f" qqi={interval}")
    sources = line.u16(at + 26)
    if sources:
        if length < 28 + sources * 16:
            line.write(" [invalid number of sources]")
        else:
            print_sources(line, at + 28, sources, line.ipv6, 16)
    line.write("]")


def _print_listener_report_2(line: Line, at: int, length: int) -> None:
    if length < 8:
        line.write(f" [invalid len {length}]")
        return
    print_group_records(line, at, length, line.ipv6, 16, " [v2-report-#%u]")


# Neighbor Discovery


def _print_router_advertisement(line: Line, at: int, length: int) -> None:
    if not line.verbose:
        return
    flags = line.u8(at + 5)
    line.write(
        f"\n\thop limit {line.u8(at + 4)}, Flags [{bits(_ROUTER_FLAGS, flags, 'none')}],"
        f" pref {_PREFERENCES[flags >> 3 & 3]}, router lifetime {line.u16(at + 6)}s,"
        f" reachable time {line.u32(at + 8)}ms, retrans timer {line.u32(at + 12)}ms"
    )
    _print_options(line, at + 16, length - 16)


def _print_options(line: Line, at: int, length: int) -> None:
    """The options, one a line; under -vv with their bytes. Below that an unknown one ends them."""
    start, stop = at, at + length
    while at < line.end:
        size = line.u8(at + 1) * 8 if line.has(at, 2) else 0
        if line.has(at, 2) and at >= stop:
            return
        if size == 0 or at + size > line.end:
            line.truncated()
            return
        kind = line.u8(at)
        line.write(f"\n\t  {named(_OPTION_NAMES, kind, 'unknown')} option ({kind}), length {size} ({size // 8}): ")
        if kind == _REDIRECTED:
            # tcpdump shows as many bytes as this option has, but of the first option.
            line.write_hex(start, size, "\n\t    ")
        elif kind == _ROUTE and size > 24:
            line.truncated()
            return
        if not _print_option(line, at, kind, size, start):
            line.truncated()
            return
        if line.verbose > 1:
            line.write_hex(at + 2, size - 2, "\n\t    ")
        elif kind not in _OPTION_NAMES:
            line.write_hex(at + 2, size - 2, "\n\t  ")
            return
        at += size


def _print_option(line: Line, at: int, kind: int, size: int, start: int) -> bool:
    """One option's text, of options from `start`; False if it could not be read on. Fields are read where they
    should be, even past the end of an option that is too short."""
    write = line.write
    if kind in (1, 2):
        address = line.bytes(at + 2, size - 2)
        write(address.hex(":"))
    elif kind == 3:
        prefix_length, flags = line.u8(at + 2), line.u8(at + 3)
        valid, preferred = (_lifetime(line.u32(at + offset)) for offset in (4, 8))
        final = "" if size == 32 else "badlen"
        write(
            f"{line.ipv6(at + 16)}/{prefix_length}{final}, Flags [{bits(_PREFIX_FLAGS, flags, 'none')}],"
            f" valid time {valid}, pref. time {preferred}"
        )
    elif kind == 5:
        write(f" {line.u32(at + 4)}{'' if size == 8 else 'bad option length'}")
    elif kind == 7:
        write(f" {line.u32(at + 4)}ms")
    elif kind == 8:
        write(f" preference {line.u16(at + 4)}, lifetime {line.u16(at + 6)}")
    elif kind == _ROUTE:
        prefix = line.bytes(at + 8, min(size - 8, 16)).ljust(16, b"\0") if size > 8 else bytes(16)
        flags = line.u8(at + 3)
        write(f" {line.names.ipv6(prefix)}/{line.u8(at + 2)}")
        write(f", pref={_PREFERENCES[flags >> 3 & 3]}, lifetime={_lifetime(line.u32(at + 4))}")
    elif kind == 25:
        write(f" lifetime {line.u32(at + 4)}s,")
        for where in range(at + 8, at + size - 15, 16):
            write(f" addr: {line.ipv6(where)}")
    elif kind == 31:
        from lesson_engine.tcpdump.printers.dnsnames import print_search_list

        write(f" lifetime {line.u32(at + 4)}s, domain(s):")
        return print_search_list(line, at + 8, at + size, start)
    return True


def _lifetime(seconds: int) -> str:
    return "infinity" if seconds == 0xFFFFFFFF else f"{seconds}s"
