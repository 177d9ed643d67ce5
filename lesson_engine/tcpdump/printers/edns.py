"""The OPT pseudo-record of EDNS (RFC 6891) and its options, as tcpdump shows them under -vv.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(verbose=2))
>>> line.begin(bytes.fromhex("000a0008aabbccddeeff0011"))
>>> print_edns(line, 0, 12, 1232, 0x8000)
>>> line.text()
' UDPsize=1232 DO [COOKIE aabbccddeeff0011]'
"""

from contextlib import suppress

from lesson_engine.tcpdump.printers.dnsnames import CutError, need, print_name
from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.names import ipv4_text, ipv6_text

_CLIENT_SUBNET, _EXPIRE, _COOKIE, _KEEPALIVE, _PADDING, _CHAIN, _KEY_TAG = 8, 9, 10, 11, 12, 13, 14
_ALGORITHM_LISTS = (5, 6, 7)
_SIGNING = 5
_EDNS_NAMES = {
    1: "LLQ",
    2: "UL",
    3: "NSID",
    _SIGNING: "DAU",
    6: "DHU",
    7: "N3U",
    _CLIENT_SUBNET: "ECS",
    _EXPIRE: "EXPIRE",
    _COOKIE: "COOKIE",
    _KEEPALIVE: "KEEPALIVE",
    _PADDING: "PADDING",
    _CHAIN: "CHAIN",
    _KEY_TAG: "KEY-TAG",
    16: "CLIENT-TAG",
    17: "SERVER-TAG",
}
_SIGNING_ALGORITHMS = {
    0: "DELETE",
    1: "RSAMD5",
    2: "DH",
    3: "DS",
    5: "RSASHA1",
    6: "DSA-NSEC3-SHA1",
    7: "RSASHA1-NSEC3-SHA1",
    8: "RSASHA256",
    10: "RSASHA512",
    12: "ECC-GOST",
    13: "ECDSAP256SHA256",
    14: "ECDSAP384SHA384",
    15: "ED25519",
    16: "ED448",
    252: "INDIRECT",
    253: "PRIVATEDNS",
    254: "PRIVATEOID",
}
_HASH_ALGORITHMS = {1: "SHA-1", 2: "SHA-256", 3: "GOST_R_34.11-94", 4: "SHA-384"}
_NSEC3_ALGORITHMS = {1: "SHA-1"}


def print_edns(line: Line, at: int, after: int, payload_size: int, flags: int) -> None:
    """The OPT pseudo-record (RFC 6891)."""
    line.write(f" UDPsize={payload_size}")
    if flags & 0x8000:
        line.write(" DO")
    if at >= after:
        return
    line.write(" [")
    while at < after:
        at = _print_edns_option(line, at)
        if at < after:
            line.write(",")
    line.write("]")


def _print_edns_option(line: Line, at: int) -> int:
    """Print one option; returns where the next one starts."""
    need(line, at, 2)
    kind = line.u16(at)
    line.write(named(_EDNS_NAMES, kind, "Opt%u"))
    need(line, at + 2, 2)
    size = line.u16(at + 2)
    at += 4
    need(line, at, size)
    if size == 0:
        return at
    data = line.data[at : at + size]
    if kind in _ALGORITHM_LISTS:
        algorithms = {_SIGNING: _SIGNING_ALGORITHMS, 6: _HASH_ALGORITHMS, 7: _NSEC3_ALGORITHMS}[kind]
        for algorithm in data:
            line.write(f" {named(algorithms, algorithm, 'Alg_%u')}")
        return at + size
    line.write(" ")
    if kind == _CLIENT_SUBNET:
        subnet = _subnet_text(data)
        line.write(subnet) if subnet else line.invalid()
    elif kind == _EXPIRE:
        line.write(f"{line.u32(at)} sec") if size == 4 else line.invalid()
    elif kind == _COOKIE:
        if size != 8 and not 16 <= size <= 40:
            line.invalid()
        else:
            line.write(data[:8].hex() + (f" {data[8:].hex()}" if size > 8 else ""))
    elif kind == _KEEPALIVE:
        line.write(f"{line.u16(at) / 10:.1f} sec") if size == 2 else line.invalid()
    elif kind == _PADDING:
        line.write(f"({size})")
    elif kind == _CHAIN:
        with suppress(CutError):
            print_name(line, at, at)
    elif kind == _KEY_TAG:
        if size % 2:
            line.invalid()
        else:
            line.write(" ".join([str(line.u16(tag)) for tag in range(at, at + size, 2)]))
    else:
        line.write(data.hex())
    return at + size


def _subnet_text(data: bytes) -> str:
    """The client subnet (RFC 7871); empty if it is malformed."""
    if len(data) < 4:
        return ""
    family, source, scope = data[0] << 8 | data[1], data[2], data[3]
    address = data[4:]
    width = {1: 4, 2: 16}.get(family, 0)
    if source > width * 8 or scope > width * 8 or len(address) != (source + 7) // 8:
        return ""
    address = address.ljust(width, b"\0")
    if width == 4:
        return f"{ipv4_text(address)}/{source}/{scope}"
    return f"{ipv6_text(address)}/{source}/{scope}"
