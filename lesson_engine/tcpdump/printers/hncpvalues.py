"""What the values of HNCP hold (RFC 7787 section 7, RFC 7788 section 10).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00000001 000007d0"))
>>> print_value(line, 9, 0, 8, 1)
>>> line.text()
' EPID: 00000001 Interval: 2.000s'
"""

from collections.abc import Callable, Mapping

from lesson_engine.tcpdump.printers.dnsnames import CutError, print_name
from lesson_engine.tcpdump.printers.hncp import InvalidError, print_values
from lesson_engine.tcpdump.printers.line import Line, visible

_PSK_SIZE, _FINGERPRINT_SIZE = 32, 32
_LONGEST_NAME = 63
_MAPPED = bytes(10) + b"\xff\xff"
"""What an IPv4 address in the form of IPv6 begins with (RFC 4291 section 2.5.5.2)."""

BodyPrinter = Callable[[Line, int, int, int], int | None]
"""Prints the body at a position, given its size and its depth; returns how much of it the value's own fields took, or
None if nothing more may follow."""


def print_value(line: Line, kind: int, at: int, size: int, depth: int) -> None:
    """The body of `size` bytes at `at` of a value of this `kind`, which is at this `depth`, and the values in it."""
    if kind not in _BODIES:
        return
    possible, printer = _BODIES[kind]
    if size not in possible:
        line.invalid()
        return
    taken = printer(line, at, size, depth)
    if taken is not None:
        taken += -taken % 4
        if taken < size:
            print_values(line, at + taken, size - taken, depth + 1)


def _print_nothing(line: Line, at: int, size: int, depth: int) -> None:
    """A value that is only its kind."""


def _print_node(line: Line, at: int, size: int, depth: int) -> None:
    line.write(f" NID: {_node(line, at)}")


def _print_endpoint(line: Line, at: int, size: int, depth: int) -> None:
    line.write(f" NID: {_node(line, at)} EPID: {line.u32(at + 4):08x}")


def _print_network_state(line: Line, at: int, size: int, depth: int) -> None:
    line.write(f" hash: {line.u64(at):016x}")


def _print_node_state(line: Line, at: int, size: int, depth: int) -> int:
    line.write(f" NID: {_node(line, at)} seqno: {line.u32(at + 4)} {_interval(line, at + 8)}")
    line.write(f" hash: {line.u64(at + 12):016x}")
    return 20


def _print_peer(line: Line, at: int, size: int, depth: int) -> None:
    line.write(f" Peer-NID: {_node(line, at)} Peer-EPID: {line.u32(at + 4):08x} Local-EPID: {line.u32(at + 8):08x}")


def _print_keep_alive(line: Line, at: int, size: int, depth: int) -> None:
    line.write(f" EPID: {line.u32(at):08x} Interval: {_interval(line, at + 4)}")


def _print_verdict(line: Line, at: int, size: int, depth: int) -> None:
    fingerprint = line.bytes(at + 4, _FINGERPRINT_SIZE).hex()
    name = at + 4 + _FINGERPRINT_SIZE
    line.write(f" Verdict: {line.u8(at)} Fingerprint: {fingerprint} Common Name: {_text(line, name, at + size)}")


def _print_version(line: Line, at: int, size: int, depth: int) -> None:
    capabilities = line.u16(at + 2)
    for shift, letter in ((12, "M"), (8, "P"), (4, "H"), (0, "L")):
        line.write(f" {letter}: {capabilities >> shift & 15}")
    line.write(f" User-agent: {_text(line, at + 4, at + size)}")


def _print_connection(line: Line, at: int, size: int, depth: int) -> int:
    return 0


def _print_delegated_prefix(line: Line, at: int, size: int, depth: int) -> int | None:
    taken = 9 + _prefix_size(line.u8(at + 8))
    if taken > size:
        line.invalid()
        return None
    line.write(f" VLSO: {_interval(line, at)} PLSO: {_interval(line, at + 4)}")
    prefix = _prefix(line, at + 8)
    line.write(f" Prefix: {prefix or '(length is invalid)'}")
    return taken if prefix else None


def _print_assigned_prefix(line: Line, at: int, size: int, depth: int) -> int | None:
    taken = 6 + _prefix_size(line.u8(at + 5))
    if taken > size:
        line.invalid()
        return None
    line.write(f" EPID: {line.u32(at):08x} Prty: {line.u8(at + 4) & 15} Prefix: ")
    prefix = _prefix(line, at + 5)
    if prefix is None:
        line.invalid()
        return None
    line.write(prefix)
    return taken


def _print_node_address(line: Line, at: int, size: int, depth: int) -> int:
    line.write(f" EPID: {line.u32(at):08x} IP Address: {_address(line, at + 4)}")
    return 20


def _print_dhcp4(line: Line, at: int, size: int, depth: int) -> None:
    stop = at + size
    while at < stop:
        if stop - at < 2:
            raise InvalidError
        kind, length = line.u8(at), line.u8(at + 1)
        name = {6: "DNS-server", 42: "NTP-server", 119: "DNS-search"}.get(kind, "Unknown")
        line.write("\n" + "\t" * (depth + 1) + f"{name} ({2 + length})")
        at += 2
        if length > stop - at:
            raise InvalidError
        if kind in (6, 42):
            if length < 4 or length % 4:
                raise InvalidError
            for where in range(at, at + length, 4):
                line.write(f" {line.ipv4(where)}")
        elif kind == 119 and not _print_search_list(line, at, at + length):
            raise InvalidError
        at += length


def _print_dhcp6(line: Line, at: int, size: int, depth: int) -> None:
    stop = at + size
    while at < stop:
        if stop - at < 4:
            line.invalid()
            return
        kind, length = line.u16(at), line.u16(at + 2)
        name = {23: "DNS-server", 24: "DNS-search-list", 31: "SNTP-servers"}.get(kind, "Unknown")
        line.write("\n" + "\t" * (depth + 1) + f"{name} ({4 + length})")
        at += 4
        if length > stop - at:
            line.invalid()
            return
        if kind in (23, 31):
            if length % 16:
                # tcpdump says so twice.
                line.invalid()
                line.invalid()
                return
            for where in range(at, at + length, 16):
                line.write(f" {line.ipv6(where)}")
        elif kind == 24 and not _print_search_list(line, at, at + length):
            line.invalid()
            return
        at += length


def _print_search_list(line: Line, at: int, stop: int) -> bool:
    """The domain names up to `stop`; False if one cannot be read."""
    while at < stop:
        line.write(" ")
        try:
            at = print_name(line, at, stop)
        except CutError:
            return False
    return True


def _print_zone(line: Line, at: int, size: int, depth: int) -> int | None:
    flags = line.u8(at + 16)
    marks = "".join(letter if flags & bit else "-" for bit, letter in ((4, "l"), (2, "b"), (1, "s")))
    line.write(f" IP-Address: {_address(line, at)} {marks} ")
    name_size = _print_domain(line, at + 17, size - 17)
    if name_size is None:
        line.invalid()
        return None
    return 17 + name_size


def _print_domain_name(line: Line, at: int, size: int, depth: int) -> None:
    line.write(" Domain: ")
    _print_domain(line, at, size)


def _print_domain(line: Line, at: int, size: int) -> int | None:
    """A domain name without pointers in at most `size` bytes; returns how many it has, or None if it does not end."""
    start, stop = at, at + size
    while at < stop:
        length = line.u8(at)
        at += 1
        if length == 0:
            return at - start
        if at - start > 1:
            line.write(".")
        line.write(_text(line, at, min(at + length, stop)))
        at += length
    line.write("[|DNS]")
    return None


def _print_node_name(line: Line, at: int, size: int, depth: int) -> int | None:
    length = line.u8(at + 16)
    if 17 + length > size:
        line.invalid()
        return None
    line.write(f" IP-Address: {_address(line, at)} Name: ")
    if length > _LONGEST_NAME:
        line.invalid()
    else:
        line.write(f'"{_text(line, at + 17, at + 17 + length)}"')
    return 17 + length


def _print_psk(line: Line, at: int, size: int, depth: int) -> int:
    line.write(f" PSK: {line.bytes(at, _PSK_SIZE).hex()}")
    return _PSK_SIZE


def _print_policy(line: Line, at: int, size: int, depth: int) -> None:
    kind = line.u8(at)
    line.write(" type: ")
    if kind in (0, 131):
        if size != 1:
            line.invalid()
        else:
            line.write("Restrictive assignment" if kind else "Internet connectivity")
    elif kind <= 128:
        line.write("Dest-Prefix: ")
        prefix = _prefix(line, at) if 1 + _prefix_size(kind) <= size else None
        if prefix is None:
            line.invalid()
        else:
            line.write(prefix)
    elif kind == 129:
        line.write("DNS domain: ")
        _print_domain(line, at + 1, size - 1)
    elif kind == 130:
        line.write(f"Opaque UTF-8: {_text(line, at + 1, at + size)}")
    else:
        line.write(f"Unknown ({kind})")


def _node(line: Line, at: int) -> str:
    return line.bytes(at, 4).hex(":")


def _interval(line: Line, at: int) -> str:
    seconds, milliseconds = divmod(line.u32(at), 1000)
    return f"{seconds}.{milliseconds:03}s"


def _text(line: Line, at: int, stop: int) -> str:
    return visible(line.bytes(at, stop - at).partition(b"\0")[0])


def _address(line: Line, at: int) -> str:
    return line.ipv4(at + 12) if line.bytes(at, 12) == _MAPPED else line.ipv6(at)


def _prefix_size(width: int) -> int:
    return (width + 7) // 8


def _prefix(line: Line, at: int) -> str | None:
    """A prefix whose width, in bits, is at `at`; None if it is wider than an address."""
    width = line.u8(at)
    if width > 128:
        return None
    ones = ((1 << width) - 1) << (128 - width)
    prefix = line.bytes(at + 1, _prefix_size(width)).ljust(16, b"\0")
    prefix = (int.from_bytes(prefix, "big") & ones).to_bytes(16, "big")
    if width >= 8 * len(_MAPPED) and prefix.startswith(_MAPPED):
        return f"{line.names.ipv4(prefix[12:])}/{width - 96}"
    return f"{line.names.ipv6(prefix)}/{width}"


_MOST = 65536
_BODIES: Mapping[int, tuple[range, BodyPrinter]] = {
    1: (range(1), _print_nothing),
    2: (range(4, 5), _print_node),
    3: (range(8, 9), _print_endpoint),
    4: (range(8, 9), _print_network_state),
    5: (range(20, _MOST), _print_node_state),
    8: (range(12, 13), _print_peer),
    9: (range(8, _MOST), _print_keep_alive),
    10: (range(37, _MOST), _print_verdict),
    32: (range(5, _MOST), _print_version),
    33: (range(_MOST), _print_connection),
    34: (range(9, _MOST), _print_delegated_prefix),
    35: (range(6, _MOST), _print_assigned_prefix),
    36: (range(20, _MOST), _print_node_address),
    37: (range(1, _MOST), _print_dhcp4),
    38: (range(1, _MOST), _print_dhcp6),
    39: (range(17, _MOST), _print_zone),
    40: (range(1, _MOST), _print_domain_name),
    41: (range(17, _MOST), _print_node_name),
    42: (range(_PSK_SIZE, _MOST), _print_psk),
    43: (range(1, _MOST), _print_policy),
}
"""By kind: how many bytes a body may have, and what prints it."""
