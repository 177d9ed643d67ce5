"""Address families and their numbers (IANA), as tcpdump calls them, and prefixes of IP addresses.

A prefix is its length in bits, and no more bytes of the address than have them (RFC 4271 section 4.3, RFC 5036
section 3.4.1).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0c 0aff"))
>>> prefix(line, 0, 3, IPV4)
('10.240.0.0/12', 3)
"""

from lesson_engine.tcpdump.printers.line import Line, ShortError

IPV4, IPV6, NSAP, VPLS, LAYER_2_VPN = 1, 2, 3, 25, 196
ADDRESS_FAMILIES = {
    0: "Reserved",
    IPV4: "IPv4",
    IPV6: "IPv6",
    NSAP: "NSAP",
    4: "HDLC",
    5: "BBN 1822",
    6: "802",
    7: "E.163",
    8: "E.164",
    9: "F.69",
    10: "X.121",
    11: "Novell IPX",
    12: "Appletalk",
    13: "Decnet IV",
    14: "Banyan Vines",
    15: "E.164 with NSAP subaddress",
    VPLS: "VPLS",
    LAYER_2_VPN: "Layer-2 VPN",
}
"""As tcpdump calls those of IANA's registry."""
ADDRESS_SIZES = {IPV4: 4, IPV6: 16}
"""In bytes, of the two families of IP."""


class IllegalPrefixError(Exception):
    """A prefix is longer than an address of its family."""


def prefix(line: Line, at: int, left: int, family: int) -> tuple[str, int]:
    """The prefix at `at`, of IPV4 or IPV6, and its size in bytes, which is not more than `left`.

    Raises IllegalPrefixError, or ShortError where it does not fit in `left`.
    """
    if left < 1:
        raise ShortError
    width = line.u8(at)
    if width > 8 * ADDRESS_SIZES[family]:
        raise IllegalPrefixError
    size = (width + 7) // 8
    if left < 1 + size:
        raise ShortError
    return prefix_text(line, at + 1, width, family), 1 + size


def prefix_text(line: Line, at: int, width: int, family: int) -> str:
    """The prefix of `width` bits whose bytes are at `at`."""
    address = prefix_bytes(line, at, width).ljust(ADDRESS_SIZES[family], b"\0")
    return f"{line.names.ipv4(address) if family == IPV4 else line.names.ipv6(address)}/{width}"


def prefix_bytes(line: Line, at: int, width: int) -> bytes:
    """The bytes that hold `width` bits, the bits behind them zero."""
    piece = line.bytes(at, (width + 7) // 8)
    return piece[:-1] + bytes((piece[-1] & 0xFF00 >> width % 8 & 0xFF,)) if width % 8 else piece


def nsap_text(address: bytes) -> str:
    """An address of OSI's network layer (RFC 4291 calls them NSAPs; ISO 8348), as tcpdump writes one.

    >>> nsap_text(bytes.fromhex("47000580")), nsap_text(b"")
    ('47.0005.80', 'isonsap_string: illegal length')
    """
    if not 1 <= len(address) <= _LONGEST_NSAP:
        return "isonsap_string: illegal length"
    digits = address.hex()
    return ".".join((digits[:2], *(digits[at : at + 4] for at in range(2, len(digits), 4))))


_LONGEST_NSAP = 20
