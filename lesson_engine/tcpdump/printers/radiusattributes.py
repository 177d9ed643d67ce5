"""The attributes of RADIUS: their names, and how the value of each is printed.

RFC 2865, 2866, 2868 and 2869 have the oldest; RFC 3162 those of IPv6, RFC 4675 of VLANs, RFC 5090 of SIP, RFC 5447
of Mobile IPv6, RFC 5580 of locations. An attribute without a value prints its name alone.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00000008"))
>>> name, print_value = ATTRIBUTES[6]
>>> print_value(line, 0, 4)
>>> name, line.text()
('Service-Type', 'Authenticate Only')
"""

from collections.abc import Callable, Mapping
from time import asctime, localtime

from lesson_engine.tcpdump.printers import radiusnames
from lesson_engine.tcpdump.printers.line import Line, bits, named, visible

ValuePrinter = Callable[[Line, int, int], None]
"""Prints the value at a position, given its size, which is not 0."""

_HIGHEST_TAG = 0x1F
_SELECTED_BY_USER, _SELECTED_BY_SERVER = 0xFFFFFFFF, 0xFFFFFFFE
_NO_TAG = "Tag[Unused] "


def _print_nothing(line: Line, at: int, size: int) -> None:
    """What is in no form that tcpdump knows."""


def _cut(line: Line, at: int, size: int) -> bool:
    """Whether a value was cut; it is marked then, and what follows it is printed all the same."""
    if line.has(at, size):
        return False
    line.truncated()
    return True


def _print_text(line: Line, at: int, size: int) -> None:
    if not _cut(line, at, size):
        line.write(_dotted(line.bytes(at, size).partition(b"\0")[0]))


def _dotted(text: bytes) -> str:
    return "".join([chr(byte) if 0x20 <= byte < 0x7F else "." for byte in text])


def _print_tagged_text(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size):
        return
    tag = line.u8(at)
    if tag <= _HIGHEST_TAG:
        line.write(f"Tag[{tag}] " if tag else _NO_TAG)
        at += 1
        size -= 1
    _print_text(line, at, size)


def _print_password(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size):
        return
    if size < 3:
        line.truncated()
        return
    tag = line.u8(at)
    line.write(f"Tag[{tag}] " if 0 < tag <= _HIGHEST_TAG else _NO_TAG)
    line.write(f"Salt {line.u16(at + 1)} ")
    _print_text(line, at + 3, size - 3)


def _print_vlan(line: Line, at: int, _: int) -> None:
    line.write(_vlan_tag(line.u8(at)))
    line.write(str(line.u24(at + 1)))


def _print_vlan_name(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size):
        return
    line.write(_vlan_tag(line.u8(at)))
    _print_text(line, at + 1, size - 1)


def _vlan_tag(tag: int) -> str:
    return f"{named(radiusnames.VLAN_TAGS, tag, 'Unknown tag')} (0x{tag:02x}) "


def _sized(size: int, printer: ValuePrinter) -> ValuePrinter:
    """A printer of values that must have this size."""

    def print_sized(line: Line, at: int, found: int) -> None:
        if found != size:
            line.write(f"ERROR: length {found} != {size}")
        else:
            printer(line, at, size)

    return print_sized


def _number(write: Callable[[int], str]) -> ValuePrinter:
    return _sized(4, lambda line, at, _: line.write(write(line.u32(at))))


def _chosen(names: Mapping[int, str]) -> ValuePrinter:
    return _number(lambda value: named(names, value))


def _tagged(write: Callable[[int], str]) -> ValuePrinter:
    def print_tagged(line: Line, at: int, _: int) -> None:
        tag = line.u8(at)
        line.write(f"Tag[{tag}] " if tag else _NO_TAG)
        line.write(write(line.u24(at + 1)))

    return _sized(4, print_tagged)


def _interval(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:02}:{minutes:02}:{seconds:02} hours"
    return f"{minutes:02}:{seconds:02} min" if minutes else f"{seconds:02} secs"


def _print_address(line: Line, at: int, _: int) -> None:
    line.write(line.ipv4(at))


def _print_given_address(line: Line, at: int, _: int) -> None:
    word = line.u32(at)
    line.write({_SELECTED_BY_USER: "User Selected", _SELECTED_BY_SERVER: "NAS Select"}.get(word) or line.ipv4(at))


def _print_address6(line: Line, at: int, _: int) -> None:
    line.write(line.ipv6(at))


def _print_prefix6(line: Line, at: int, size: int) -> None:
    if not 2 <= size <= 18:
        line.write(f"ERROR: length {size} not in range (2..18)")
        return
    if _cut(line, at, size):
        return
    bits_given = line.u8(at + 1)
    if bits_given > 128:
        line.write(f"ERROR: netmask {bits_given} not in range (0..128)")
        return
    address = line.bytes(at + 2, size - 2)
    line.write(f"{line.names.ipv6(address.ljust(16, bytes(1)))}/{bits_given}")
    if bits_given > 8 * len(address):
        line.write(" (inconsistent prefix length)")


def _print_home_prefix(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size):
        return
    bits_given = line.u8(at)
    if bits_given > 128:
        line.write(f"ERROR: netmask {bits_given} not in range (0..128)")
    else:
        line.write(f"{line.ipv6(at + 1)}/{bits_given}")


def _print_features(line: Line, at: int, _: int) -> None:
    line.write("[")
    line.write(f"{bits(radiusnames.MOBILITY_FEATURES, line.u64(at), '')}]")


def _print_arap_password(line: Line, at: int, _: int) -> None:
    line.write("User_challenge (")
    _write_bytes(line, at, 8)
    line.write(") User_resp(")
    _write_bytes(line, at + 8, 8)
    line.write(")")


def _write_bytes(line: Line, at: int, size: int) -> None:
    for where in range(at, at + size):
        line.write(f"{line.u8(where):02X}")


def _print_arap_features(line: Line, at: int, _: int) -> None:
    line.write(f"User can{'' if line.u8(at) else 'not'} change password")
    line.write(f", Min password length: {line.u8(at + 1)}")
    for title, offset in (("created at", 2), ("expires in", 6), ("Current Time", 10)):
        line.write(f", {title}: ")
        _write_bytes(line, at + offset, 4)


def _print_arap_response(line: Line, at: int, size: int) -> None:
    if size < 8:
        line.write(f"ERROR: length {size} != 8")
    else:
        _write_bytes(line, at, 8)


def _print_error_cause(line: Line, at: int, size: int) -> None:
    if size != 4:
        line.write(f"Error: length {size} != 4")
        return
    cause = line.u32(at)
    line.write(f"Error cause {cause}: {named(radiusnames.ERROR_CAUSES, cause, 'Error-Cause %u not known')}")


def _print_eap(line: Line, at: int, size: int) -> None:
    from lesson_engine.tcpdump.printers.eap import print_eap

    if not _cut(line, at, size):
        print_eap(line, at, size)


def _print_vendor(line: Line, at: int, size: int) -> None:
    if size < 4:
        line.truncated()
        return
    vendor = line.u32(at)
    line.write(f"Vendor: {named(radiusnames.VENDORS, vendor, 'Unknown')} ({vendor})")
    stop = at + size
    at += 4
    while stop - at >= 2:
        kind, length = line.u8(at), line.u8(at + 1)
        title = f"\n\t    Vendor Attribute: {kind}, Length: "
        if length < 2:
            line.write(f"{title}{length} (bogus, must be >= 2)")
            return
        if length > stop - at:
            line.write(f"{title}{length} (bogus, goes past end of vendor-specific attribute)")
            return
        if _cut(line, at + 2, length - 2):
            return
        line.write(f"{title}{length - 2}, Value: {_dotted(line.bytes(at + 2, length - 2))}")
        at += length


def _print_operator(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size) or _too_short(line, size, 2):
        return
    space = line.u8(at)
    line.write(f"[{named(radiusnames.OPERATOR_NAMESPACES, space, 'unknown namespace %u')}] ")
    line.write(visible(line.bytes(at + 1, size - 1)))


def _print_location(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size) or _too_short(line, size, 21):
        return
    line.write(f"index {line.u16(at)}")
    line.write(f", code {named(radiusnames.LOCATION_CODES, line.u8(at + 2), 'Unknown (%u)')}")
    line.write(f", entity {named(radiusnames.LOCATION_ENTITIES, line.u8(at + 3), 'Unknown (%u)')}")
    line.write(f", sighting time {_ntp(line.u64(at + 4))}")
    line.write(f", time to live {_ntp(line.u64(at + 12))}")
    line.write(f', method "{visible(line.bytes(at + 20, size - 20))}"')


def _print_location_data(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size) or _too_short(line, size, 3):
        return
    line.write(f"index {line.u16(at)}, location")
    line.write_dump(at + 2, size - 2, "\n\t    ")


def _print_location_rules(line: Line, at: int, size: int) -> None:
    if _cut(line, at, size) or _too_short(line, size, 10):
        return
    line.write(f"flags [{bits(radiusnames.LOCATION_FLAGS, line.u16(at), 'none')}]")
    line.write(f", retention expires {_ntp(line.u64(at + 2))}")
    if size > 10:
        line.write(f', note well "{visible(line.bytes(at + 10, size - 10))}"')


def _too_short(line: Line, size: int, smallest: int) -> bool:
    if size < smallest:
        line.write(f"ERROR: length {size} < {smallest}")
    return size < smallest


def _ntp(value: int) -> str:
    from lesson_engine.tcpdump.printers.ntp import timestamp

    return timestamp(value)


_ADDRESS = _sized(4, _print_address)
_GIVEN_ADDRESS = _sized(4, _print_given_address)
_ADDRESS6 = _sized(16, _print_address6)
_NUMBER = _number(str)
_INTERVAL = _number(_interval)

VENDOR_SPECIFIC = 26
ATTRIBUTES: Mapping[int, tuple[str, ValuePrinter]] = {
    1: ("User-Name", _print_text),
    2: ("User-Password", _print_nothing),
    3: ("CHAP-Password", _print_nothing),
    4: ("NAS-IP-Address", _ADDRESS),
    5: ("NAS-Port", _NUMBER),
    6: ("Service-Type", _chosen(radiusnames.SERVICE_TYPES)),
    7: ("Framed-Protocol", _chosen(radiusnames.FRAMED_PROTOCOLS)),
    8: ("Framed-IP-Address", _GIVEN_ADDRESS),
    9: ("Framed-IP-Netmask", _ADDRESS),
    10: ("Framed-Routing", _chosen(radiusnames.ROUTING)),
    11: ("Filter-Id", _print_text),
    12: ("Framed-MTU", _NUMBER),
    13: ("Framed-Compression", _chosen(radiusnames.COMPRESSION)),
    14: ("Login-IP-Host", _GIVEN_ADDRESS),
    15: ("Login-Service", _chosen(radiusnames.LOGIN_SERVICES)),
    16: ("Login-TCP-Port", _NUMBER),
    17: ("Unassigned", _print_nothing),
    18: ("Reply-Message", _print_text),
    19: ("Callback-Number", _print_text),
    20: ("Callback-Id", _print_text),
    21: ("Unassigned", _print_nothing),
    22: ("Framed-Route", _print_text),
    23: ("Framed-IPX-Network", _number(lambda value: "NAS Select" if value == _SELECTED_BY_SERVER else str(value))),
    24: ("State", _print_text),
    25: ("Class", _print_text),
    VENDOR_SPECIFIC: ("Vendor-Specific", _print_vendor),
    27: ("Session-Timeout", _INTERVAL),
    28: ("Idle-Timeout", _INTERVAL),
    29: ("Termination-Action", _chosen(radiusnames.TERMINATION_ACTIONS)),
    30: ("Called-Station-Id", _print_text),
    31: ("Calling-Station-Id", _print_text),
    32: ("NAS-Identifier", _print_text),
    33: ("Proxy-State", _print_text),
    34: ("Login-LAT-Service", _print_text),
    35: ("Login-LAT-Node", _print_text),
    36: ("Login-LAT-Group", _print_text),
    37: ("Framed-AppleTalk-Link", _number(lambda value: str(value) if value else "Unnumbered")),
    38: ("Framed-AppleTalk-Network", _number(lambda value: str(value) if value else "NAS assigned")),
    39: ("Framed-AppleTalk-Zone", _print_text),
    40: ("Acct-Status-Type", _chosen(radiusnames.ACCOUNTING_STATUS)),
    41: ("Acct-Delay-Time", _INTERVAL),
    42: ("Acct-Input-Octets", _NUMBER),
    43: ("Acct-Output-Octets", _NUMBER),
    44: ("Acct-Session-Id", _print_text),
    45: ("Acct-Authentic", _chosen(radiusnames.AUTHENTICATED_BY)),
    46: ("Acct-Session-Time", _INTERVAL),
    47: ("Acct-Input-Packets", _NUMBER),
    48: ("Acct-Output-Packets", _NUMBER),
    49: ("Acct-Terminate-Cause", _chosen(radiusnames.TERMINATE_CAUSES)),
    50: ("Acct-Multi-Session-Id", _print_text),
    51: ("Acct-Link-Count", _NUMBER),
    52: ("Acct-Input-Gigawords", _NUMBER),
    53: ("Acct-Output-Gigawords", _NUMBER),
    54: ("Unassigned", _print_nothing),
    55: ("Event-Timestamp", _number(lambda seconds: asctime(localtime(seconds)))),
    56: ("Egress-VLANID", _sized(4, _print_vlan)),
    57: ("Ingress-Filters", _chosen(radiusnames.INGRESS_FILTERS)),
    58: ("Egress-VLAN-Name", _print_vlan_name),
    59: ("User-Priority-Table", _print_nothing),
    60: ("CHAP-Challenge", _print_text),
    61: ("NAS-Port-Type", _chosen(radiusnames.PORT_TYPES)),
    62: ("Port-Limit", _NUMBER),
    63: ("Login-LAT-Port", _print_text),
    64: ("Tunnel-Type", _tagged(lambda value: named(radiusnames.TUNNEL_TYPES, value))),
    65: ("Tunnel-Medium-Type", _tagged(lambda value: named(radiusnames.TUNNEL_MEDIA, value))),
    66: ("Tunnel-Client-Endpoint", _print_tagged_text),
    67: ("Tunnel-Server-Endpoint", _print_tagged_text),
    68: ("Acct-Tunnel-Connection", _print_text),
    69: ("Tunnel-Password", _print_password),
    70: ("ARAP-Password", _sized(16, _print_arap_password)),
    71: ("ARAP-Features", _sized(14, _print_arap_features)),
    72: ("ARAP-Zone-Access", _chosen(radiusnames.ZONE_ACCESS)),
    73: ("ARAP-Security", _print_text),
    74: ("ARAP-Security-Data", _print_text),
    75: ("Password-Retry", _NUMBER),
    76: ("Prompt", _chosen(radiusnames.PROMPTS)),
    77: ("Connect-Info", _print_text),
    78: ("Configuration-Token", _print_text),
    79: ("EAP-Message", _print_eap),
    80: ("Message-Authenticator", _print_text),
    81: ("Tunnel-Private-Group-ID", _print_tagged_text),
    82: ("Tunnel-Assignment-ID", _print_tagged_text),
    83: ("Tunnel-Preference", _tagged(str)),
    84: ("ARAP-Challenge-Response", _print_arap_response),
    85: ("Acct-Interim-Interval", _INTERVAL),
    86: ("Acct-Tunnel-Packets-Lost", _NUMBER),
    87: ("NAS-Port-Id", _print_text),
    88: ("Framed-Pool", _print_text),
    89: ("CUI", _print_text),
    90: ("Tunnel-Client-Auth-ID", _print_tagged_text),
    91: ("Tunnel-Server-Auth-ID", _print_tagged_text),
    92: ("NAS-Filter-Rule", _print_text),
    93: ("Unassigned", _print_nothing),
    94: ("Originating-Line-Info", _print_nothing),
    95: ("NAS-IPv6-Address", _ADDRESS6),
    96: ("Framed-Interface-ID", _print_nothing),
    97: ("Framed-IPv6-Prefix", _print_prefix6),
    98: ("Login-IPv6-Host", _ADDRESS6),
    99: ("Framed-IPv6-Route", _print_text),
    100: ("Framed-IPv6-Pool", _print_text),
    101: ("Error-Cause", _print_error_cause),
    102: ("EAP-Key-Name", _print_nothing),
    103: ("Digest-Response", _print_text),
    104: ("Digest-Realm", _print_text),
    105: ("Digest-Nonce", _print_text),
    106: ("Digest-Response-Auth", _print_text),
    107: ("Digest-Nextnonce", _print_text),
    108: ("Digest-Method", _print_text),
    109: ("Digest-URI", _print_text),
    110: ("Digest-Qop", _print_text),
    111: ("Digest-Algorithm", _print_text),
    112: ("Digest-Entity-Body-Hash", _print_text),
    113: ("Digest-CNonce", _print_text),
    114: ("Digest-Nonce-Count", _print_text),
    115: ("Digest-Username", _print_text),
    116: ("Digest-Opaque", _print_text),
    117: ("Digest-Auth-Param", _print_text),
    118: ("Digest-AKA-Auts", _print_text),
    119: ("Digest-Domain", _print_text),
    120: ("Digest-Stale", _print_text),
    121: ("Digest-HA1", _print_text),
    122: ("SIP-AOR", _print_text),
    123: ("Delegated-IPv6-Prefix", _print_prefix6),
    124: ("MIP6-Feature-Vector", _sized(8, _print_features)),
    125: ("MIP6-Home-Link-Prefix", _sized(17, _print_home_prefix)),
    126: ("Operator-Name", _print_operator),
    127: ("Location-Information", _print_location),
    128: ("Location-Data", _print_location_data),
    129: ("Basic-Location-Policy-Rules", _print_location_rules),
}
UNKNOWN = ("Unknown", _print_nothing)
