"""DHCP options (RFC 2132 and its successors): name, number, length and value, one a line.

An option's value is printed as its name's table says; one without a name as bytes, shorts or longs, whichever
fits its length. An option that lies about its own length is named and read past, never out of.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("350101 3304 00000e10 ff"))
>>> print_dhcp_options(line, 0)
>>> line.text().split("\\n\\t    ")[1:]
['DHCP-Message (53), length 1: Discover', 'Lease-Time (51), length 4: 3600']
"""

from collections.abc import Callable
from functools import cache

from lesson_engine.tcpdump.printers.line import Line, named

_PAD, _END = 0, 255
_NETBIOS_NODE, _OVERLOAD, _MESSAGE_TYPE, _PARAMETER_REQUEST, _CLIENT_ID = 46, 52, 53, 55, 61
_USER_CLASS, _CLIENT_FQDN, _AGENT_INFORMATION = 77, 81, 82
_CLASSLESS_ROUTES = (121, 249)

_MESSAGE_NAMES = {
    1: "Discover",
    2: "Offer",
    3: "Request",
    4: "Decline",
    5: "ACK",
    6: "NACK",
    7: "Release",
    8: "Inform",
    10: "LeaseQuery",
    11: "LeaseUnassigned",
    12: "LeaseUnknown",
    13: "LeaseActive",
}
_OVERLOAD_NAMES = {1: "file", 2: "sname", 3: "file+sname"}
_NODE_NAMES = {1: "b-node", 2: "p-node", 4: "m-node", 8: "h-node"}
_HARDWARE_NAMES = {1: "ether", 6: "ieee802", 7: "arcnet", 15: "frelay", 23: "strip", 24: "ieee1394"}
_AGENT_NAMES = {1: "Circuit-ID", 2: "Remote-ID", 6: "Subscriber-ID"}
_FQDN_FLAGS = {1: "S", 2: "O", 4: "E", 8: "N"}


def print_dhcp_options(line: Line, at: int) -> None:
    """The options from `at` to the end mark, or as far as captured."""
    while line.has(at, 1):
        tag = line.u8(at)
        at += 1
        if tag in (_PAD, _END) and line.verbose < 3:
            if tag == _END:
                return
            continue
        at = _print_option(line, at, tag)


def _print_option(line: Line, at: int, tag: int) -> int:
    """The option whose length is at `at`; returns where the next one starts."""
    write = line.write
    name, kind = _options().get(tag, ("Unknown", "?"))
    length = 0
    if tag not in (_PAD, _END):
        length = line.u8(at)
        at += 1
    write(f"\n\t    {name} ({tag}), length {length}{': ' if length else ''}")
    if tag == _PAD:
        run = 1
        while line.has(at, 1) and line.u8(at) == _PAD:
            at += 1
            run += 1
        if run > 1:
            write(f", occurs {run}")
    if not line.has(at, length):
        line.truncated()
        return line.end
    if tag == _MESSAGE_TYPE and length == 1:
        write(named(_MESSAGE_NAMES, line.u8(at), "Unknown (%u)"))
        return at + length
    if tag == _PARAMETER_REQUEST:
        _print_parameter_request(line, at, length)
        return at + length
    if kind == "?":
        kind = "b" if length & 1 else "s" if length & 2 else "l"
    left = _print_value(line, at, length, tag, kind)
    if left:
        write(f"\n\t  trailing data length {left}")
    return at + length


def _print_parameter_request(line: Line, at: int, length: int) -> None:
    for index in range(length):
        wanted = line.u8(at + index)
        name, _ = _options().get(wanted, ("Unknown", ""))
        line.write(", " if index % 4 else "\n\t      ")
        line.write(f"{name} ({wanted})")


def _print_value(line: Line, at: int, length: int, tag: int, kind: str) -> int:
    """The value, as its kind says; returns how many bytes were left over."""
    write = line.write
    if kind == "a":
        _print_quoted(line, at, length)
        return 0
    if kind == "p":
        pairs = range(at, at + length - 7, 8)
        write(",".join(f"({line.ipv4(where)}:{line.ipv4(where + 4)})" for where in pairs))
        return length % 8
    if kind == "$":
        return _SPECIAL[tag](line, at, length)
    size, text = _NUMBERS[kind]
    separator = "." if kind == "b" else ","
    write(separator.join([text(line, where) for where in range(at, at + length - size + 1, size)]))
    return length % size


def _print_quoted(line: Line, at: int, length: int) -> None:
    line.write('"')
    line.printable(at, length)
    line.write('"')


def _signed(line: Line, at: int) -> str:
    value = line.u32(at)
    return str(value - (1 << 32) if value >> 31 else value)


def _switch(line: Line, at: int) -> str:
    value = line.u8(at)
    return ("N", "Y")[value] if value < 2 else f"{value}?"


_NUMBERS: dict[str, tuple[int, Callable[[Line, int], str]]] = {
    "i": (4, Line.ipv4),
    "l": (4, lambda line, at: str(line.u32(at))),
    "L": (4, _signed),
    "s": (2, lambda line, at: str(line.u16(at))),
    "b": (1, lambda line, at: str(line.u8(at))),
    "B": (1, _switch),
}


# Options with a form of their own. Each returns how many bytes it left over.


def _print_netbios_node(line: Line, at: int, length: int) -> int:
    return _print_choice(line, at, length, _NODE_NAMES)


def _print_overload(line: Line, at: int, length: int) -> int:
    return _print_choice(line, at, length, _OVERLOAD_NAMES)


def _print_choice(line: Line, at: int, length: int, names: dict[int, str]) -> int:
    if length < 1:
        line.write("[ERROR: length < 1 bytes]")
        return 0
    line.write(named(names, line.u8(at)))
    return length - 1


def _print_client_id(line: Line, at: int, length: int) -> int:
    if length < 1:
        line.write("[ERROR: length < 1 bytes]")
        return 0
    hardware = line.u8(at)
    if hardware == 0:
        _print_quoted(line, at + 1, length - 1)
    else:
        line.write(f"{named(_HARDWARE_NAMES, hardware, 'hardware-type %u,')} ")
        line.write(line.bytes(at + 1, length - 1).hex(":"))
    return 0


def _print_client_fqdn(line: Line, at: int, length: int) -> int:
    if length < 3:
        line.write("[ERROR: length < 3 bytes]")
        return 0
    flags, forward, backward = line.bytes(at, 3)
    if flags >> 4:
        line.write(f"[ERROR: MBZ nibble 0x{flags >> 4:x} != 0] ")
    if flags & 0x0F:
        line.write(f"[{''.join(name for bit, name in _FQDN_FLAGS.items() if flags & bit)}] ")
    if forward or backward:
        line.write(f"{forward}/{backward} ")
    _print_quoted(line, at + 3, length - 3)
    return 0


def _print_agent_information(line: Line, at: int, length: int) -> int:
    stop = at + length
    while stop - at >= 2:
        kind, size = line.bytes(at, 2)
        at += 2
        line.write(f"\n\t      {named(_AGENT_NAMES, kind, 'Unknown')} SubOption {kind}, length {size}: ")
        if size > stop - at:
            line.write("length goes past end of option")
            return 0
        if kind in _AGENT_NAMES:
            line.printable(at, size)
        else:
            line.write_hex(at, size, "\n\t\t")
        at += size
    return stop - at


def _print_user_class(line: Line, at: int, length: int) -> int:
    if length < 2:
        line.write("[ERROR: length < 2 bytes]")
        return 0
    stop = at + length
    number = 0
    while at < stop:
        number += 1
        size = line.u8(at)
        at += 1
        line.write(f"\n\t      instance#{number}: ")
        if size == 0:
            line.write("[ERROR: suboption length must be non-zero]")
            return 0
        if size > stop - at:
            line.write("[ERROR: invalid option]")
            return 0
        _print_quoted(line, at, size)
        line.write(f", length {size}")
        at += size
    return 0


def _print_classless_routes(line: Line, at: int, length: int) -> int:
    if length < 5:
        line.write("[ERROR: length < 5 bytes]")
        return 0
    stop = at + length
    separator = ""
    while at < stop:
        line.write(separator)
        separator = ","
        width = line.u8(at)
        at += 1
        if width > 32:
            line.write(f"[ERROR: Mask width ({width}) > 32]")
            return 0
        octets = (width + 7) // 8
        if stop - at < octets + 4:
            line.write(f"[ERROR: Remaining length ({stop - at}) < {octets + 4} bytes]")
            return 0
        network = ".".join(map(str, line.bytes(at, octets).ljust(4, b"\0")))
        line.write(f"({f'{network}/{width}' if width else 'default'}:{line.ipv4(at + octets)})")
        at += octets + 4
    return 0


_SPECIAL: dict[int, Callable[[Line, int, int], int]] = {
    _NETBIOS_NODE: _print_netbios_node,
    _OVERLOAD: _print_overload,
    _CLIENT_ID: _print_client_id,
    _CLIENT_FQDN: _print_client_fqdn,
    _AGENT_INFORMATION: _print_agent_information,
    _USER_CLASS: _print_user_class,
    **dict.fromkeys(_CLASSLESS_ROUTES, _print_classless_routes),
}


@cache
def _options() -> dict[int, tuple[str, str]]:
    """Name and kind of each option. Kinds: i addresses, p pairs of them, l and L longs without and with a sign,
    s shorts, b bytes, B switches, a text, $ a form of its own."""
    words = iter(_OPTIONS.split())
    return {int(number): (name, kind) for number, kind, name in zip(words, words, words, strict=True)}


_OPTIONS = """
0 b PAD 1 i Subnet-Mask 2 L Time-Zone 3 i Default-Gateway 4 i Time-Server 5 i IEN-Name-Server 6 i Domain-Name-Server
7 i LOG 8 i CS 9 i LPR-Server 10 i IM 11 i RL 12 a Hostname 13 s BS 14 a DP 15 a Domain-Name 16 i SS 17 a RP 18 a EP
19 B IPF 20 B SRT 21 p PF 22 s RSZ 23 b TTL 24 l MTU-Timeout 25 s MTU-Table 26 s MTU 27 B LSN 28 i BR 29 B MD 30 B
MS 31 B Router-Discovery 32 i RSA 33 p Static-Route 34 B UT 35 l AT 36 B IE 37 b TT 38 l KI 39 B KG 40 a YD 41 i YS
42 i NTP 43 b Vendor-Option 44 i Netbios-Name-Server 45 i WDD 46 $ Netbios-Node 47 a Netbios-Scope 48 i XFS 49 i XDM
50 i Requested-IP 51 l Lease-Time 52 $ OO 53 b DHCP-Message 54 i Server-ID 55 b Parameter-Request 56 a MSG 57 s MSZ
58 l RN 59 l RB 60 a Vendor-Class 61 $ Client-ID 64 s N+D 65 i N+S 66 a TFTP 67 a BF 68 i MH 69 i SMTP 70 i POP3 71
i NNTP 72 i WWW 73 i FG 74 i IRC 75 i STS 76 i STDA 77 $ User-Class 78 b SLP-DA 79 b SLP-SCOPE 80 a SLP-NA 81 $ FQDN
82 $ Agent-Information 83 b ARMT 88 a TZSTR 89 b FQDNS 90 b AUTH 91 L Last-Transaction-Time 92 i Associated-IP 93 s
ARCH 94 b NDI 95 a LDAP 97 b GUID 98 a UAP 100 a POSIX-TZ 101 a TZ-Name 112 i NI 113 a NITAG 114 a URL 116 B NOAUTO
117 s NSSEARCH 118 i SUBNET 121 $ Classless-Static-Route 150 i TFTP-Server-Address 161 a MUD-URL 249 $
Classless-Static-Route-Microsoft 255 b END
"""
