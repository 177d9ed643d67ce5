"""DHCPv6 (RFC 8415): the kind of message, and under -v its options, one within another.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("01 010203 0008 0002 0001 000e 0000"))
>>> print_dhcp6(line, 0, 14)
>>> line.text()
'dhcp6 solicit (xid=10203 (elapsed-time 1) (rapid-commit))'
"""

from lesson_engine.tcpdump.printers.dnsnames import CutError, print_name
from lesson_engine.tcpdump.printers.line import Line, named, visible

_RELAYS = (12, 13)
_MESSAGE_HEADER, _RELAY_HEADER = 4, 34
_OPTION_HEADER = 4

_MESSAGE_NAMES = {
    1: "solicit",
    2: "advertise",
    3: "request",
    4: "confirm",
    5: "renew",
    6: "rebind",
    7: "reply",
    8: "release",
    9: "decline",
    10: "reconfigure",
    11: "inf-req",
    12: "relay-fwd",
    13: "relay-reply",
    14: "leasequery",
    15: "leasequery-reply",
}
_STATUS_NAMES = {
    0: "Success",
    1: "UnspecFail",
    2: "NoAddrsAvail",
    3: "NoBinding",
    4: "NotOnLink",
    5: "UseMulticast",
    6: "NoPrefixAvail",
    7: "UnknownQueryType",
    8: "MalformedQuery",
    9: "NotConfigured",
    10: "NotAllowed",
}


_OPTION_NAMES = {
    1: "client-ID",
    2: "server-ID",
    3: "IA_NA",
    4: "IA_TA",
    5: "IA_ADDR",
    6: "option-request",
    7: "preference",
    8: "elapsed-time",
    9: "relay-message",
    11: "authentication",
    12: "server-unicast",
    13: "status-code",
    14: "rapid-commit",
    15: "user-class",
    16: "vendor-class",
    17: "vendor-specific-info",
    18: "interface-ID",
    19: "reconfigure-message",
    20: "reconfigure-accept",
    21: "SIP-servers-domain",
    22: "SIP-servers-address",
    23: "DNS-server",
    24: "DNS-search-list",
    25: "IA_PD",
    26: "IA_PD-prefix",
    27: "NIS-server",
    28: "NIS+-server",
    29: "NIS-domain-name",
    30: "NIS+-domain-name",
    31: "SNTP-servers",
    32: "lifetime",
    33: "BCMCS-domain-name",
    34: "BCMCS-server",
    36: "Geoconf-Civic",
    37: "Remote-ID",
    38: "Subscriber-ID",
    39: "Client-FQDN",
    40: "PANA-agent",
    41: "POSIX-timezone",
    42: "POSIX-tz-database",
    43: "Echo-request-option",
    44: "Lease-query",
    45: "LQ-client-data",
    46: "Clt-time",
    47: "LQ-relay-data",
    48: "LQ-client-link",
    56: "NTP-server",
    64: "AFTR-Name",
    112: "MUD-URL",
}
_RELAY_MESSAGE = 9
_ADDRESS_LISTS = frozenset((22, 23, 27, 28, 31, 34, 40, 48))
_NAME_LISTS = frozenset((21, 24))
_OPTION_LISTS = frozenset((6, 43))
_TEXTS = frozenset((41, 42, 112))
_SHORTEST_TEXT = 5
_MOST_BYTES = 10


class _CutMessageError(Exception):
    """The message ends too early; this ends the list of options, and what it is in goes on."""


def print_dhcp6(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "dhcp6"
    write = line.write
    write("dhcp6")
    stop = min(at + length, line.end)
    # The header is read as far as the packet was captured, whatever the datagram's length says.
    if not line.has(at, _MESSAGE_HEADER):
        line.truncated()
        return
    kind = line.u8(at)
    write(f" {named(_MESSAGE_NAMES, kind, 'msgtype-%u')}")
    if not line.verbose:
        return
    write(" (")
    if kind in _RELAYS:
        write(f"linkaddr={line.ipv6(at + 2)}")
        write(f" peeraddr={line.ipv6(at + 18)}")
        at += _RELAY_HEADER
    else:
        write(f"xid={line.u24(at + 1):x}")
        at += _MESSAGE_HEADER
    _print_options(line, at, stop)
    write(")")


def _print_options(line: Line, at: int, stop: int) -> None:
    try:
        while at < stop:
            if at + _OPTION_HEADER > stop:
                raise _CutMessageError
            kind, length = line.u16(at), line.u16(at + 2)
            at += _OPTION_HEADER
            if at + length > stop:
                raise _CutMessageError
            line.write(f" ({named(_OPTION_NAMES, kind, 'opt_%u')}")
            _print_value(line, at, length, kind)
            if kind != _RELAY_MESSAGE:
                line.write(")")
            at += length
    except (_CutMessageError, CutError):
        line.truncated()


def _print_value(line: Line, at: int, length: int, kind: int) -> None:
    """An option's value, or a question mark where its length is not possible."""
    write = line.write
    stop = at + length
    if kind == _RELAY_MESSAGE:
        write(" (")
        print_dhcp6(line, at, length)
        write(")")
    elif kind in _ADDRESS_LISTS:
        write("".join(f" {line.ipv6(where)}" for where in range(at, stop, 16)) if length % 16 == 0 else " ?")
    elif kind in _OPTION_LISTS:
        wanted = [named(_OPTION_NAMES, line.u16(where), "opt_%u") for where in range(at, stop - 1, 2)]
        write("".join(f" {name}" for name in wanted) if length % 2 == 0 else " ?")
    elif kind in _NAME_LISTS:
        while at < stop:
            write(" ")
            at = print_name(line, at, stop)
    elif kind in _TEXTS:
        write(f" {visible(line.bytes(at, length).partition(bytes(1))[0])}" if length >= _SHORTEST_TEXT else " ?")
    elif kind in _PRINTERS:
        possible, print_it = _PRINTERS[kind]
        if length in possible:
            print_it(line, at, stop)
        else:
            write(" ?")


def _print_subscriber(line: Line, at: int, stop: int) -> None:
    line.write(f" {line.data[at : min(stop, at + _MOST_BYTES)].hex()}..." if at < stop else " ...")


def _print_identifier(line: Line, at: int, stop: int) -> None:
    """A DUID (RFC 8415 section 11)."""
    kind, length = line.u16(at), stop - at
    if kind == 1 and length >= 8:
        line.write(f" hwaddr/time type {line.u16(at + 2)} time {line.u32(at + 4)} {line.data[at + 8 : stop].hex()}")
    elif kind == 2 and length >= 10:
        line.write(f" vid {line.data[at + 2 : at + 10].hex()}")
    elif kind == 3 and length >= 4:
        line.write(f" hwaddr type {line.u16(at + 2)} {line.data[at + 4 : stop].hex()}")
    else:
        line.write(" ?" if kind in (1, 2, 3) else f" type {kind}")


def _print_association(line: Line, at: int, stop: int) -> None:
    line.write(f" IAID:{line.u32(at)} T1:{line.u32(at + 4)} T2:{line.u32(at + 8)}")
    _print_options(line, at + 12, stop)


def _print_temporary(line: Line, at: int, stop: int) -> None:
    line.write(f" IAID:{line.u32(at)}")
    _print_options(line, at + 4, stop)


def _print_address(line: Line, at: int, stop: int) -> None:
    line.write(f" {line.ipv6(at)} pltime:{line.u32(at + 16)} vltime:{line.u32(at + 20)}")
    _print_options(line, at + 24, stop)


def _print_prefix(line: Line, at: int, stop: int) -> None:
    line.write(f" {line.ipv6(at + 9)}/{line.u8(at + 8)} pltime:{line.u32(at)} vltime:{line.u32(at + 4)}")
    _print_options(line, at + 25, stop)


def _print_number(line: Line, at: int, stop: int) -> None:
    line.write(f" {int.from_bytes(line.bytes(at, stop - at), 'big')}")


def _print_status(line: Line, at: int, stop: int) -> None:
    code = line.u16(at)
    line.write(f" {named(_STATUS_NAMES, code, 'code%u') if code < 256 else 'INVALID code'}")


def _print_reconfigure(line: Line, at: int, stop: int) -> None:
    kind = line.u8(at)
    line.write(f" for {named({5: 'renew', 11: 'inf-req'}, kind, f'???({kind:02x})')}")


def _print_remote(line: Line, at: int, stop: int) -> None:
    line.write(f" {line.u32(at)}")
    _print_subscriber(line, at + 4, stop)


def _print_query(line: Line, at: int, stop: int) -> None:
    line.write(f" {named({1: 'by-address', 2: 'by-clientID'}, line.u8(at), 'type_%u')}")
    line.write(f" {line.ipv6(at + 1)}")
    _print_options(line, at + 17, stop)


def _print_client_data(line: Line, at: int, stop: int) -> None:
    _print_options(line, at, stop)


def _print_relay_data(line: Line, at: int, stop: int) -> None:
    line.write(f" {line.ipv6(at)}")
    _print_subscriber(line, at + 16, stop)


def _print_time_servers(line: Line, at: int, stop: int) -> None:
    while at < stop - _OPTION_HEADER:
        kind, length = line.u16(at), line.u16(at + 2)
        at += _OPTION_HEADER
        if at + length > stop:
            raise _CutMessageError
        line.write(f" subopt:{kind}")
        if kind in (1, 2) and length == 16:
            line.write(f" {line.ipv6(at)}")
        elif kind == 3:
            line.write(" ")
            print_name(line, at, stop)
        else:
            line.write(" ?")
        at += length


_ANY = range(65536)
_PRINTERS = {
    1: (range(2, 65536), _print_identifier),
    2: (range(2, 65536), _print_identifier),
    3: (range(12, 65536), _print_association),
    4: (range(4, 65536), _print_temporary),
    5: (range(24, 65536), _print_address),
    7: ((1,), _print_number),
    8: ((2,), _print_number),
    13: (range(2, 65536), _print_status),
    18: (_ANY, _print_subscriber),
    19: ((1,), _print_reconfigure),
    25: (range(12, 65536), _print_association),
    26: (range(25, 65536), _print_prefix),
    32: ((4,), _print_number),
    37: (range(4, 65536), _print_remote),
    38: (_ANY, _print_subscriber),
    44: (range(17, 65536), _print_query),
    45: (_ANY, _print_client_data),
    46: ((4,), _print_number),
    47: (range(16, 65536), _print_relay_data),
    56: (range(4, 65536), _print_time_servers),
}
"""How long an option can be, and what prints it. Those of no table here are printed by name alone."""
