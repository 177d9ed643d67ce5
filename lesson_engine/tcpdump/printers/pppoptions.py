"""What the two ends of a PPP link agree on: the options of LCP (RFC 1661), IPCP (RFC 1332), IPV6CP (RFC 5072),
CCP (RFC 1962) and BACP (RFC 2125), one a line under -v.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("010405d4"))
>>> print_options(line, 0xc021, 0, 4)
>>> line.text()
'\\n\\t  MRU Option (0x01), length 4: 1492'
"""

from collections.abc import Callable
from typing import NamedTuple

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.names import OUI_NAMES

_LCP_NAMES = dict(
    enumerate(
        (
            "Vend-Ext",
            "MRU",
            "ACCM",
            "Auth-Prot",
            "Qual-Prot",
            "Magic-Num",
            "deprecated(6)",
            "PFC",
            "ACFC",
            "FCS-Alt",
            "SDP",
            "Num-Mode",
            "deprecated(12)",
            "Call-Back",
            "deprecated(14)",
            "deprecated(15)",
            "deprecated(16)",
            "MRRU",
            "12-Bit seq #",
            "End-Disc",
            "Proprietary",
            "DCE-Id",
            "MP+",
            "Link-Disc",
            "LCP-Auth-Opt",
            "COBS",
            "Prefix-elision",
            "Multilink-header-Form",
            "I18N",
            "SDL-over-SONET/SDH",
            "PPP-Muxing",
        )
    )
)
_LCP_NUMBERS = {1: 2, 2: 4, 5: 4, 17: 2, 23: 2}
"""Options whose value is one number, and its size in bytes."""
_IN_HEX = frozenset((2, 5, 23))
_LCP_FLAGS = frozenset((7, 8))
_AUTHENTICATION_NAMES = {0xC023: "PAP", 0xC123: "Old-SPAP", 0xC027: "SPAP", 0xC227: "EAP"}
_CHAP = 0xC223
_CHAP_ALGORITHMS = {5: "MD5", 0x80: "MS-CHAPv1", 0x81: "MS-CHAPv2"}
_LINK_QUALITY_REPORT = 0xC025
_CALLBACK_NAMES = {0: "UserAuth", 1: "DialString", 2: "LocalID", 3: "E.164", 4: "X.500", 6: "CBCP"}
_DISCRIMINATOR_NAMES = {0: "Null", 1: "Local", 4: "Magic-Num-Block", 5: "PSNDN"}

_IPCP_NAMES = {
    1: "IP-Addrs",
    2: "IP-Comp",
    3: "IP-Addr",
    4: "Home-Addr",
    0x81: "Pri-DNS",
    0x82: "Pri-NBNS",
    0x83: "Sec-DNS",
    0x84: "Sec-NBNS",
}
_HEADER_COMPRESSION = 0x0061
_COMPRESSION_NAMES = {0x002D: "VJ-Comp", _HEADER_COMPRESSION: "IP Header Compression"}
_SUBOPTION_NAMES = {1: "RTP-Compression", 2: "Enhanced RTP-Compression", 3: "Suppress TCP/Non-TCP Contexts"}

_CCP_NAMES = {
    0: "OUI",
    1: "Pred-1",
    2: "Pred-2",
    3: "Puddle",
    16: "HP-PPC",
    17: "Stac-LZS",
    18: "MPPC",
    19: "Gand-FZA",
    20: "V.42bis",
    21: "BSD-Comp",
    23: "LZS-DCP",
    24: "MVRCA",
    25: "DEC",
    26: "Deflate",
    255: "Reserved",
}


class _CutError(Exception):
    """The option ends in what was not captured."""


class _Bogus(NamedTuple):
    """What an option's length should be, and whether tcpdump reads the options behind it nevertheless."""

    reason: str
    goes_on: bool = False


def print_options(line: Line, protocol: int, at: int, length: int) -> None:
    """The options, `length` bytes at `at`, of a message of this control protocol. Those of some are not read."""
    if protocol not in _PROTOCOLS:
        return
    name, names, unknown, print_value = _PROTOCOLS[protocol]
    # An option may be as long as the whole message before tcpdump refuses it without a word.
    most = length + 4
    while length > 0:
        try:
            size = _print_option(line, at, most, names, unknown, print_value)
        except _CutError:
            line.write(f"[|{name}]")
            return
        if size == 0:
            return
        if size > length:
            line.write(f" [remaining options length {length} < {size}]")
            line.invalid()
            return
        at += size
        length -= size


def _print_option(
    line: Line, at: int, most: int, names: dict[int, str], unknown: str, print_value: "_ValuePrinter"
) -> int:
    """One option; returns its length, 0 if nothing can follow it. A value printer returns where the value is
    that -vv dumps, or why it cannot be."""
    if not line.has(at, 2):
        raise _CutError
    kind, size = line.data[at], line.data[at + 1]
    if size > most:
        return 0
    if names is _LCP_NAMES and kind not in names:
        line.write(f"\n\tunknown LCP option 0x{kind:02x}")
        return size if size >= 2 else 0
    title = f"\n\t  {named(names, kind, unknown)} Option (0x{kind:02x}), length {size}"
    if size < 2:
        line.write(f"{title} (length bogus, should be >= 2)")
        return 0
    line.write(title)
    value = print_value(line, kind, at, size)
    if isinstance(value, _Bogus):
        line.write(f" (length bogus, should be {value.reason})")
        return size if value.goes_on else 0
    if line.verbose > 1:
        if value > line.end:
            line.write("\n\t    Dissector error: print_unknown_data called with pointer past end of packet")
        else:
            line.write_hex(value, size - 2, "\n\t    ")
    return size


def _print_undecoded(line: Line, at: int, size: int) -> None:
    """The value's bytes; under -vv they come anyway."""
    if line.verbose < 2:
        line.write_hex(at + 2, size - 2, "\n\t    ")


def _print_lcp(line: Line, kind: int, at: int, size: int) -> int | _Bogus:
    value = at + 2
    if kind in _LCP_NUMBERS:
        if size != 2 + _LCP_NUMBERS[kind]:
            return _Bogus(f"= {2 + _LCP_NUMBERS[kind]}", goes_on=kind in (1, 2))
        number = int.from_bytes(line.bytes(value, size - 2), "big")
        line.write(f": 0x{number:0{2 * (size - 2)}x}" if kind in _IN_HEX else f": {number}")
    elif kind == 0:
        if size < 6:
            return _Bogus(">= 6", goes_on=True)
        vendor = line.u24(value)
        line.write(f": Vendor: {named(OUI_NAMES, vendor, 'Unknown')} ({vendor})")
    elif kind == 3:
        if size < 4:
            return _Bogus(">= 4", goes_on=True)
        protocol = line.u16(value)
        if protocol == _CHAP:
            line.write(": CHAP")
            algorithm = line.u8(value + 2)
            line.write(f", {named(_CHAP_ALGORITHMS, algorithm, 'Unknown Auth Alg %u')}")
        elif protocol in _AUTHENTICATION_NAMES:
            line.write(f": {_AUTHENTICATION_NAMES[protocol]}")
        else:
            # The number is missing in tcpdump's line.
            line.write(": Unknown Auth Proto (0x04x)")
            line.write_hex(at, size)
    elif kind == 4:
        if size < 4:
            return _Bogus(">= 4")
        line.write(": LQR" if line.u16(value) == _LINK_QUALITY_REPORT else ": unknown")
    elif kind == 13:
        if size < 3:
            return _Bogus(">= 3")
        line.write(": ")
        operation = line.u8(value)
        line.write(f": Callback Operation {named(_CALLBACK_NAMES, operation, 'Unknown')} ({operation})")
    elif kind == 19:
        return _print_discriminator(line, value, size)
    elif kind not in _LCP_FLAGS:
        _print_undecoded(line, at, size)
    return at + 2


def _print_discriminator(line: Line, value: int, size: int) -> int | _Bogus:
    """Which system a link of a multilink bundle ends at (RFC 1990)."""
    if size < 3:
        return _Bogus(">= 3")
    kind = line.u8(value)
    if kind == 2:
        if size != 7:
            return _Bogus("= 7")
        line.write(f": IPv4 {line.ipv4(value + 1)}")
    elif kind == 3:
        if size != 9:
            return _Bogus("= 9")
        line.write(f": MAC {line.mac(value + 1)}")
    else:
        line.write(f": {named(_DISCRIMINATOR_NAMES, kind, 'Unknown class %u')}")
    return value


def _print_ipcp(line: Line, kind: int, at: int, size: int) -> int | _Bogus:
    value = at + 2
    if kind == 1:
        if size != 10:
            return _Bogus("= 10", goes_on=True)
        line.need(value, 8)
        line.write(f": src {line.ipv4(value)}, dst {line.ipv4(value + 4)}")
    elif kind == 2:
        if size < 4:
            return _Bogus(">= 4")
        compression = line.u16(value)
        line.write(f": {named(_COMPRESSION_NAMES, compression, 'Unknown')} (0x{compression:02x}):")
        if compression == _HEADER_COMPRESSION:
            return _print_header_compression(line, at, size)
    elif kind in _IPCP_NAMES:
        if size != 6:
            return _Bogus("= 6")
        line.write(f": {line.ipv4(value)}")
    else:
        _print_undecoded(line, at, size)
    return at + 2


def _print_header_compression(line: Line, at: int, size: int) -> int | _Bogus:
    """The parameters of IP header compression (RFC 3544)."""
    if size < 14:
        return _Bogus(">= 14")
    if not line.has(at + 2, 14):
        raise _CutError
    line.write(
        f"\n\t    TCP Space {line.u16(at + 4)}, non-TCP Space {line.u16(at + 6)}, maxPeriod {line.u16(at + 8)},"
        f" maxTime {line.u16(at + 10)}, maxHdr {line.u16(at + 12)}"
    )
    length = size - 14
    if length == 0:
        return at + 2
    at += 14
    line.write(f"\n\t      Suboptions, length {length}")
    while length >= 2:
        if not line.has(at, 2):
            raise _CutError
        kind, suboption = line.u8(at), line.u8(at + 1)
        if suboption < 2:
            break
        line.write(f"\n\t\t{named(_SUBOPTION_NAMES, kind, 'Unknown')} Suboption #{kind}, length {suboption}")
        if suboption > length:
            line.write(f" [remaining suboptions length {length} < {suboption}]")
            line.invalid()
            break
        at += suboption
        length -= suboption
    # Where tcpdump, which has moved on, takes the value to lie.
    return at + 2


def _print_ip6cp(line: Line, kind: int, at: int, size: int) -> int | _Bogus:
    if kind == 1:
        if size != 10:
            return _Bogus("= 10", goes_on=True)
        if not line.has(at + 2, 8):
            raise _CutError
        groups = line.bytes(at + 2, 8).hex(":", -2)
        line.write(f": {groups}")
    else:
        _print_undecoded(line, at, size)
    return at + 2


def _print_ccp(line: Line, kind: int, at: int, size: int) -> int | _Bogus:
    value = at + 2
    if kind == 21:
        if size < 3:
            return _Bogus(">= 3", goes_on=True)
        first = line.u8(value)
        line.write(f": Version: {first >> 5}, Dictionary Bits: {first & 0x1F}")
    elif kind == 24:
        if size < 4:
            return _Bogus(">= 4", goes_on=True)
        first = line.u8(value)
        line.write(
            f": Features: {first >> 6}, PxP: {'Enabled' if first & 0x20 else 'Disabled'}, History: {first & 0x1F},"
            f" #CTX-ID: {line.u8(value + 1)}"
        )
    elif kind == 26:
        if size < 4:
            return _Bogus(">= 4", goes_on=True)
        first, second = line.bytes(value, 2)
        method = "zlib" if first & 0x0F == 8 else "unknown"
        line.write(
            f": Window: {first >> 4}K, Method: {method} (0x{first & 0x0F:x}), MBZ: {second >> 2}, CHK: {second & 3}"
        )
    else:
        _print_undecoded(line, at, size)
    return at + 2


def _print_bacp(line: Line, kind: int, at: int, size: int) -> int | _Bogus:
    if kind == 1:
        if size != 6:
            return _Bogus("= 6", goes_on=True)
        line.write(f": Magic-Num 0x{line.u32(at + 2):08x}")
    else:
        _print_undecoded(line, at, size)
    return at + 2


_ValuePrinter = Callable[[Line, int, int, int], int | _Bogus]
_PROTOCOLS: dict[int, tuple[str, dict[int, str], str, _ValuePrinter]] = {
    0xC021: ("lcp", _LCP_NAMES, "unknown", _print_lcp),
    0x8021: ("ipcp", _IPCP_NAMES, "unknown", _print_ipcp),
    0x8057: ("ip6cp", {1: "Interface-ID"}, "unknown", _print_ip6cp),
    0x80FD: ("ccp", _CCP_NAMES, "Unknown", _print_ccp),
    0xC02B: ("bacp", {1: "Favored-Peer"}, "Unknown", _print_bacp),
}
