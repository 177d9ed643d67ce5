"""OSPF version 2 (RFC 2328): the kind of message, and under -v whom routers know and what they tell each other.

A message may be followed by a digest (appendix D) and by a link-local signalling block (RFC 5613), neither of which its
length counts. The contents of advertisements are in `ospflsa`, OSPF for IPv6 in `ospf3`.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0201 002c 0a000001 00000000 0000 0000") + bytes(28))
>>> print_ospf(line, 0, 44)
>>> line.text()
'OSPFv2, Hello, length 44'
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, bits, named

# Fields, in bytes from the message's start
_KIND, _LENGTH, _ROUTER, _AREA, _AUTHENTICATION, _CREDENTIALS, _BODY = 1, 2, 4, 8, 14, 16, 24

HELLO, DESCRIPTION, REQUEST, UPDATE, ACKNOWLEDGMENT = 1, 2, 3, 4, 5
KINDS = {
    HELLO: "Hello",
    DESCRIPTION: "Database Description",
    REQUEST: "LS-Request",
    UPDATE: "LS-Update",
    ACKNOWLEDGMENT: "LS-Ack",
}
_DESCRIPTION_FLAGS = {0x04: "Init", 0x02: "More", 0x01: "Master", 0x08: "OOBResync"}

_NONE, _PASSWORD, _DIGEST = 0, 1, 2
_AUTHENTICATIONS = {_NONE: "none", _PASSWORD: "simple", _DIGEST: "MD5"}
_DIGEST_SIZE = 16
_PASSWORD_SIZE = 8

_SIGNALLING = 0x10
_OPTIONS = {
    0x01: "MultiTopology",
    0x02: "External",
    0x04: "Multicast",
    0x08: "NSSA",
    _SIGNALLING: "LLS",
    0x20: "Demand Circuit",
    0x40: "Opaque",
    0x80: "Up/Down",
}
_OPTIONS_AT = {HELLO: _BODY + 6, DESCRIPTION: _BODY + 2}

ADVERTISEMENT_HEADER = 20
LINK_OPAQUE, AREA_OPAQUE, DOMAIN_OPAQUE = 9, 10, 11
_OPAQUE = frozenset((LINK_OPAQUE, AREA_OPAQUE, DOMAIN_OPAQUE))
_ADVERTISEMENTS = {
    1: "Router",
    2: "Network",
    3: "Summary",
    4: "ASBR Summary",
    5: "External",
    6: "Multicast Group",
    7: "NSSA",
    LINK_OPAQUE: "Link Local Opaque",
    AREA_OPAQUE: "Area Local Opaque",
    DOMAIN_OPAQUE: "Domain Wide Opaque",
}
_OPAQUE_KINDS = {1: "Traffic Engineering", 3: "Graceful restart", 4: "Router Information"}

_EXTENDED_OPTIONS, _SIGNALLING_DIGEST = 1, 2
_SIGNALLING_NAMES = {_EXTENDED_OPTIONS: "Extended Options", _SIGNALLING_DIGEST: "MD5 Authentication"}
_SIGNALLING_SIZES = {_EXTENDED_OPTIONS: 4, _SIGNALLING_DIGEST: 20}
_EXTENDED_OPTION_NAMES = {0x01: "LSDB resync", 0x02: "Restart"}


def print_ospf(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`, in an IPv4 packet; this format is taken for it whatever version it gives."""
    line.protocol = "ospf2"
    write = line.write
    authentication = line.u16(at + _AUTHENTICATION)
    if authentication == _DIGEST:
        # The digest follows the message and is not counted in its length (section D.4.3).
        length = (length - _DIGEST_SIZE) % (1 << 32)
        line.narrow(line.end - _DIGEST_SIZE)
    version, kind = line.u8(at), line.u8(at + _KIND)
    write(f"OSPFv{version}, {named(KINDS, kind, 'unknown LS-type %u')}, length {length}")
    if not line.verbose or kind not in KINDS:
        return
    size = line.u16(at + _LENGTH)
    if size != length:
        write(f" [len {size}]")
    write(f"\n\tRouter-ID {line.ipv4(at + _ROUTER)}")
    area = line.u32(at + _AREA)
    write(f", Area {line.ipv4(at + _AREA)}" if area else ", Backbone Area")
    if not _print_authentication(line, at, authentication):
        return
    if version != 2:
        write(f" ospf [version {version}]")
        return
    _print_body(line, at, kind, at + min(size, length))
    if length > size and kind in (HELLO, DESCRIPTION) and line.u8(at + _OPTIONS_AT[kind]) & _SIGNALLING:
        start = at + size
        if authentication == _DIGEST:
            start += line.u8(at + _CREDENTIALS + 3)
            if start >= at + length:
                write("\n\t[LLS truncated]")
                return
        _print_signalling(line, start, at + length)


def _print_authentication(line: Line, at: int, kind: int) -> bool:
    """How the message is authenticated; False if that way is unknown, and so what the message holds."""
    credentials = at + _CREDENTIALS
    line.need(credentials, _BODY - _CREDENTIALS)
    line.write(f", Authentication Type: {named(_AUTHENTICATIONS, kind, 'unknown')} ({kind})")
    if kind == _PASSWORD:
        line.write("\n\tSimple text password: ")
        line.padded_text(credentials, _PASSWORD_SIZE)
    elif kind == _DIGEST:
        line.write(
            f"\n\tKey-ID: {line.u8(credentials + 2)}, Auth-Length: {line.u8(credentials + 3)},"
            f" Crypto Sequence Number: 0x{line.u32(credentials + 4):08x}"
        )
    return kind in _AUTHENTICATIONS


def _print_body(line: Line, at: int, kind: int, stop: int) -> None:
    body = at + _BODY
    if kind == HELLO:
        _print_hello(line, body, stop)
    elif kind == DESCRIPTION:
        _print_description(line, body, stop)
    elif kind == REQUEST:
        _print_request(line, body, stop)
    elif kind == UPDATE:
        _print_update(line, body)
    else:
        while print_advertisement_header(line, body):
            body += ADVERTISEMENT_HEADER


def _print_hello(line: Line, at: int, stop: int) -> None:
    write = line.write
    write(f"\n\tOptions [{bits(_OPTIONS, line.u8(at + 6), 'none')}]")
    write(
        f"\n\t  Hello Timer {line.u16(at + 4)}s, Dead Timer {line.u32(at + 8)}s, Mask {line.ipv4(at)},"
        f" Priority {line.u8(at + 7)}"
    )
    if line.u32(at + 12):
        write(f"\n\t  Designated Router {line.ipv4(at + 12)}")
    if line.u32(at + 16):
        write(f", Backup Designated Router {line.ipv4(at + 16)}")
    if at + 20 < stop:
        print_neighbors(line, at + 20, stop)


def print_neighbors(line: Line, at: int, stop: int) -> None:
    """The routers that the sender of a hello has heard of, from `at` to `stop`."""
    line.write("\n\t  Neighbor List:")
    while at < stop:
        line.write(f"\n\t    {line.ipv4(at)}")
        at += 4


def _print_description(line: Line, at: int, stop: int) -> None:
    line.write(f"\n\tOptions [{bits(_OPTIONS, line.u8(at + 2), 'none')}]")
    line.write(f", DD Flags [{bits(_DESCRIPTION_FLAGS, line.u8(at + 3), 'none')}], MTU: {line.u16(at)}")
    line.write(f", Sequence: 0x{line.u32(at + 4):08x}")
    at += 8
    while at < stop and print_advertisement_header(line, at):
        at += ADVERTISEMENT_HEADER


def _print_request(line: Line, at: int, stop: int) -> None:
    while at < stop:
        kind = line.u32(at)
        line.write(
            f"\n\t  Advertising Router: {line.ipv4(at + 8)}, {named(_ADVERTISEMENTS, kind, 'unknown')} LSA ({kind})"
        )
        if kind in _OPAQUE:
            opaque = line.u8(at + 4)
            name = named(_OPAQUE_KINDS, opaque, "unknown")
            line.write(f", Opaque-Type: {name} LSA ({opaque}), Opaque-ID: {line.u24(at + 5)}")
        else:
            line.write(f", LSA-ID: {line.ipv4(at + 4)}")
        at += 12


def _print_update(line: Line, at: int) -> None:
    from lesson_engine.tcpdump.printers.ospflsa import print_advertisement

    count = line.u32(at)
    line.write(f", {count} LSA{'' if count == 1 else 's'}")
    at += 4
    for number in range(1, count + 1):
        line.write(f"\n\t  LSA #{number}")
        size = print_advertisement_header(line, at)
        if size == 0:
            raise TruncatedError
        print_advertisement(line, at, line.u8(at + 3), size)
        at += size


def print_advertisement_header(line: Line, at: int) -> int:
    """What an advertisement is about, whose it is and how old; returns its length, or 0 if that is not possible."""
    write = line.write
    line.need(at, ADVERTISEMENT_HEADER)
    size = line.u16(at + 18)
    if size < ADVERTISEMENT_HEADER:
        write(f"\n\t    Bogus length {size} < header ({ADVERTISEMENT_HEADER})")
        return 0
    write(
        f"\n\t  Advertising Router {line.ipv4(at + 8)}, seq 0x{line.u32(at + 12):08x}, age {line.u16(at)}s,"
        f" length {size - ADVERTISEMENT_HEADER}"
    )
    kind = line.u8(at + 3)
    write(f"\n\t    {named(_ADVERTISEMENTS, kind, 'unknown')} LSA ({kind})")
    if kind in _OPAQUE:
        opaque = line.u8(at + 4)
        write(f", Opaque-Type {named(_OPAQUE_KINDS, opaque, 'unknown')} LSA ({opaque}), Opaque-ID {line.u24(at + 5)}")
    else:
        write(f", LSA-ID: {line.ipv4(at + 4)}")
    write(f"\n\t    Options: [{bits(_OPTIONS, line.u8(at + 2), 'none')}]")
    return size


def _print_signalling(line: Line, at: int, stop: int) -> None:
    """A link-local signalling block, read to the packet's end whatever length it gives."""
    write = line.write
    checksum = line.u16(at)
    write(f"\n\t  LLS: checksum: 0x{checksum:04x}")
    write(f", length: {line.u16(at + 2)}")
    at += 4
    while at < stop:
        kind = line.u16(at)
        write(f"\n\t    {named(_SIGNALLING_NAMES, kind, 'Unknown TLV')} ({kind})")
        size = line.u16(at + 2)
        write(f", length: {size}")
        at += 4
        expected = _SIGNALLING_SIZES.get(kind, size)
        if size != expected:
            write(f" [should be {expected}]")
        if kind == _EXTENDED_OPTIONS:
            options = line.u32(at)
            write(f"\n\t      Options: 0x{options:08x} [{bits(_EXTENDED_OPTION_NAMES, options, '?')}]")
        elif kind == _SIGNALLING_DIGEST:
            write(f"\n\t      Sequence number: 0x{line.u32(at):08x}")
        at += expected
