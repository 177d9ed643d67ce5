"""PIM version 2 (RFC 7761, RFC 3973, RFC 5015): the kind of message, and under -v which routers want what.

Addresses come with their family (RFC 7761 section 4.9.1), or bare where a length in the header says so.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("2000 0000 0001 0002 0069"))
>>> print_pim(line, 0, 10, 0)
>>> line.text()
'PIMv2, Hello, length 10'
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum
from lesson_engine.tcpdump.printers.ip import pseudo_header
from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.timestamps import duration

_PROTOCOL = 103
_HEADER = 4
_REGISTER_HEADER = 8

_HELLO, _REGISTER, _REGISTER_STOP, _JOIN_PRUNE, _BOOTSTRAP, _ASSERT = range(6)
_GRAFT, _GRAFT_ACK, _CANDIDATE, _PRUNE_REFRESH, _ELECTION = range(6, 11)
_NAMES = {
    _HELLO: "Hello",
    _REGISTER: "Register",
    _REGISTER_STOP: "Register Stop",
    _JOIN_PRUNE: "Join / Prune",
    _BOOTSTRAP: "Bootstrap",
    _ASSERT: "Assert",
    _GRAFT: "Graft",
    _GRAFT_ACK: "Graft Acknowledgement",
    _CANDIDATE: "Candidate RP Advertisement",
    _PRUNE_REFRESH: "Prune Refresh",
    _ELECTION: "DF Election",
    11: "ECMP Redirect",
}
_REGISTER_FLAGS = {0x80000000: "Border", 0x40000000: "Null"}
_BACKOFF, _PASS = 3, 4
_ELECTION_NAMES = {1: "Offer", 2: "Winner", _BACKOFF: "Backoff", _PASS: "Pass"}
_FOREVER = 0xFFFF

_HOLD_TIME, _PRUNE_DELAY, _PRIORITY_OLD, _PRIORITY, _GENERATION, _REFRESH = 1, 2, 18, 19, 20, 21
_TWO_WAYS, _ADDRESSES, _ADDRESSES_OLD = 22, 24, 65001
_OPTION_NAMES = {
    _HOLD_TIME: "Hold Time",
    _PRUNE_DELAY: "LAN Prune Delay",
    _PRIORITY_OLD: "DR Priority (Old)",
    _PRIORITY: "DR Priority",
    _GENERATION: "Generation ID",
    _REFRESH: "State Refresh Capability",
    _TWO_WAYS: "Bi-Directional Capability",
    _ADDRESSES: "Address List",
    _ADDRESSES_OLD: "Address List (Old)",
}
_OPTION_SIZES = {_HOLD_TIME: 2, _PRUNE_DELAY: 4, _PRIORITY_OLD: 4, _PRIORITY: 4, _GENERATION: 4, _REFRESH: 4}


def print_pim(line: Line, at: int, length: int, header: int) -> None:
    """A message of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "pim"
    first = line.u8(at)
    version, kind = first >> 4, first & 0x0F
    if version != 2:
        line.write(f"PIMv{version}, length {length}")
        return
    name = named(_NAMES, kind, "Unknown Type")
    if not line.verbose:
        line.write(f"PIMv2, {name}, length {length}")
        return
    line.write(f"PIMv2, length {length}\n\t{name}")
    line.protocol = "pimv2"
    if length < 2:
        line.write(f"[length {length} < 2]")
        line.invalid()
        return
    # The upper half of this byte is another thing: in an election it says what that is about.
    address_size = line.u8(at + 1) & 0x0F
    if address_size:
        line.write(", RFC2117-encoding")
    if length < _HEADER:
        line.write(f"[length {length} < {_HEADER}]")
        line.invalid()
        return
    line.write(f", cksum 0x{line.u16(at + 2):04x} ({_checksum_state(line, at, length, kind, header)})")
    try:
        _print_body(line, at, length, kind, address_size)
    except _UnreadableError:
        line.truncated()


class _UnreadableError(Exception):
    """The message ends too early, or an address is of an unknown family: this ends the message, not the packet."""


def _checksum_state(line: Line, at: int, length: int, kind: int, header: int) -> str:
    if kind == _REGISTER:
        # The packet that it carries is not summed (RFC 7761 section 4.9.3), but some routers do it all the same.
        state = _checksum_over(line, at, min(length, _REGISTER_HEADER), length, header)
        if state == "correct":
            return state
    return _checksum_over(line, at, length, length, header)


def _checksum_over(line: Line, at: int, covered: int, length: int, header: int) -> str:
    if line.u16(at + 2) == 0 or not line.has(at, covered):
        return "unverified"
    before = pseudo_header(line, header, _PROTOCOL, length) if line.data[header] >> 4 == 6 else b""
    return "incorrect" if internet_checksum(before + line.data[at : at + covered]) else "correct"


def _print_body(line: Line, at: int, length: int, kind: int, size: int) -> None:
    write = line.write
    stop = at + length
    body = at + _HEADER
    if kind == _HELLO:
        _print_hello(line, body, stop, size)
    elif kind == _REGISTER:
        _print_register(line, body, length - _REGISTER_HEADER)
    elif kind in (_JOIN_PRUNE, _GRAFT, _GRAFT_ACK):
        _print_join_prune(line, body, stop, size, kind != _GRAFT_ACK)
    elif kind == _BOOTSTRAP:
        _print_bootstrap(line, body, stop, size)
    elif kind == _REGISTER_STOP:
        write(" group=")
        body = _print_group(line, body, size)
        write(" source=")
        _print_address(line, body, size)
    elif kind == _ASSERT:
        write(" group=")
        body = _print_group(line, body, size)
        write(" src=")
        body = _print_address(line, body, size)
        line.need(body, 8)
        if line.u32(body) >> 31:
            write(" RPT")
        write(f" pref={line.u32(body) & 0x7FFFFFFF}")
        write(f" metric={line.u32(body + 4)}")
    elif kind == _CANDIDATE:
        count = line.u8(body)
        write(f" prefix-cnt={count}")
        write(f" prio={line.u8(body + 1)}")
        write(" holdtime=")
        write(duration(line.u16(body + 2)))
        write(" RP=")
        body = _print_address(line, body + 4, size)
        for index in range(count):
            if body >= stop:
                break
            write(f" Group{index}=")
            body = _print_group(line, body, size)
    elif kind == _PRUNE_REFRESH:
        write(" src=")
        body = _print_address(line, body, size)
        write(" grp=")
        body = _print_group(line, body, size)
        write(" forwarder=")
        body = _print_address(line, body, size)
        write(" TUNR ")
        write(duration(line.u16(body)))
    elif kind == _ELECTION:
        _print_election(line, body, line.u8(at + 1) >> 4, size)
    else:
        write(f" [type {kind}]")


# Addresses


def _family(line: Line, at: int, size: int) -> tuple[int, int]:
    """The address family's version of IP, and where its address starts."""
    if size:
        if size not in (4, 16):
            raise _UnreadableError
        return (4 if size == 4 else 6), at
    if not line.has(at, 2) or line.u8(at) not in (1, 2) or line.u8(at + 1):
        raise _UnreadableError
    return (4 if line.u8(at) == 1 else 6), at + 2


def _print_address(line: Line, at: int, size: int) -> int:
    """A router's address; returns where what follows it starts."""
    version, at = _family(line, at, size)
    width = 4 if version == 4 else 16
    if not line.has(at, width):
        raise _UnreadableError
    line.write(line.ipv4(at) if version == 4 else line.ipv6(at))
    return at + width


def _print_prefix(line: Line, at: int, size: int) -> tuple[int, int]:
    """A prefix, of which the length is left out where it is an address; returns its flags and where it ends."""
    version, at = _family(line, at, size)
    width, length = (4, 32) if version == 4 else (16, 128)
    if not line.has(at, 2 + width):
        raise _UnreadableError
    line.write(line.ipv4(at + 2) if version == 4 else line.ipv6(at + 2))
    if line.u8(at + 1) != length:
        line.write(f"/{line.u8(at + 1)}")
    return line.u8(at), at + 2 + width


def _print_group(line: Line, at: int, size: int) -> int:
    flags, at = _print_prefix(line, at, size)
    if flags:
        line.write(f"(0x{flags:02x})")
    return at


def _print_source(line: Line, at: int, size: int) -> int:
    flags, at = _print_prefix(line, at, size)
    if flags:
        names = "".join(name for bit, name in ((4, "S"), (2, "W"), (1, "R")) if flags & bit)
        rest = f"+0x{flags & 0xF8:02x}" if flags & 0xF8 else ""
        line.write(f"({names}{rest})")
    return at


# Bodies


def _print_hello(line: Line, at: int, stop: int, size: int) -> None:
    while at < stop:
        kind, length = line.u16(at), line.u16(at + 2)
        line.write(f"\n\t  {named(_OPTION_NAMES, kind, 'Unknown')} Option ({kind}), length {length}, Value: ")
        at += 4
        line.need(at, length)
        if not _print_option(line, at, kind, length, size):
            line.invalid()
            return
        if line.verbose > 1:
            line.write_hex(at, length, "\n\t    ")
        at += length


def _print_option(line: Line, at: int, kind: int, length: int, size: int) -> bool:
    """An option's value; False if its length is not possible."""
    write = line.write
    expected = _OPTION_SIZES.get(kind, length)
    if kind in (_PRIORITY, _PRIORITY_OLD) and length == 0:
        write("Bi-Directional Capability (Old)")
    elif length != expected:
        write(f"[option length {length} != {expected}]")
        return False
    elif kind == _HOLD_TIME:
        write(duration(line.u16(at)))
    elif kind == _PRUNE_DELAY:
        delay, interval = line.u16(at), line.u16(at + 2)
        write(f"\n\t    T-bit={delay >> 15}, LAN delay {delay & 0x7FFF}ms, Override interval {interval}ms")
    elif kind in (_PRIORITY, _PRIORITY_OLD):
        write(str(line.u32(at)))
    elif kind == _GENERATION:
        write(f"0x{line.u32(at):08x}")
    elif kind == _REFRESH:
        version, interval, rest = line.u8(at), line.u8(at + 1), line.u16(at + 2)
        write(f"v{version}")
        if interval:
            write(f", interval {duration(interval)}")
        if rest:
            write(f" ?0x{rest:04x}?")
    elif kind in (_ADDRESSES, _ADDRESSES_OLD):
        stop = at + length
        while line.verbose > 1 and at < stop:
            write("\n\t    ")
            at = _print_address(line, at, size)
    elif kind != _TWO_WAYS and line.verbose == 1:
        line.write_hex(at, length, "\n\t    ")
    return True


def _print_register(line: Line, at: int, length: int) -> None:
    flags = line.u32(at)
    line.write(f", Flags [ {named(_REGISTER_FLAGS, flags, 'none')} ]\n\t")
    at += 4
    if length <= 0:
        raise _UnreadableError
    version = line.u8(at) >> 4
    if version == 0:
        line.write(f"IP-Null-header {line.ipv4(at + 12)} > {line.ipv4(at + 16)}")
    elif version == 4:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, length)
    elif version == 6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    else:
        line.write(f"IP ver {version}")


def _print_join_prune(line: Line, at: int, stop: int, size: int, from_neighbor: bool) -> None:
    write = line.write
    if from_neighbor:
        write(", upstream-neighbor: ")
        at = _print_address(line, at, size)
    if at + 4 > stop:
        return
    groups, hold_time = line.u8(at + 1), line.u16(at + 2)
    write(f"\n\t  {groups} group(s)")
    if from_neighbor:
        write(f", holdtime: {'infinite' if hold_time == _FOREVER else duration(hold_time)}")
    at += 4
    for group in range(1, groups + 1):
        write(f"\n\t    group #{group}: ")
        at = _print_group(line, at, size)
        joined, pruned = line.u16(at), line.u16(at + 2)
        write(f", joined sources: {joined}, pruned sources: {pruned}")
        at += 4
        for verb, count in (("joined", joined), ("pruned", pruned)):
            for source in range(1, count + 1):
                write(f"\n\t      {verb} source #{source}: ")
                at = _print_source(line, at, size)


def _print_bootstrap(line: Line, at: int, stop: int, size: int) -> None:
    write = line.write
    write(f" tag={line.u16(at):x}")
    write(f" hashmlen={line.u8(at + 2)}")
    line.need(at + 3, 2)
    write(f" BSRprio={line.u8(at + 3)}")
    write(" BSR=")
    at = _print_address(line, at + 4, size)
    group = 0
    while at < stop:
        write(f" (group{group}: ")
        at = _print_group(line, at, size)
        write(f" RPcnt={line.u8(at)}")
        count = line.u8(at + 1)
        write(f" FRPcnt={count}")
        at += 4
        if at > stop:
            raise _UnreadableError
        for index in range(count):
            if at >= stop:
                break
            write(f" RP{index}=")
            at = _print_address(line, at, size)
            write(",holdtime=")
            write(duration(line.u16(at)))
            write(f",prio={line.u8(at + 2)}")
            at += 4
        write(")")
        group += 1


def _print_election(line: Line, at: int, kind: int, size: int) -> None:
    write = line.write
    write(f"\n\t  {named(_ELECTION_NAMES, kind, 'Unknown')},")
    write(" rpa=")
    at = _print_metric(line, at, "sender", size)
    if kind == _BACKOFF:
        write("\n\t  offer addr=")
        at = _print_metric(line, at, "offer", size)
        write(f" interval {line.u16(at)}ms")
    elif kind == _PASS:
        write("\n\t  new winner addr=")
        _print_metric(line, at, "new winner", size)


def _print_metric(line: Line, at: int, whose: str, size: int) -> int:
    """A router's address and how good its route is; returns where what follows starts."""
    at = _print_address(line, at, size)
    line.write(f" {whose} pref={line.u32(at)}")
    line.write(f" {whose} metric={line.u32(at + 4)}")
    return at + 8
