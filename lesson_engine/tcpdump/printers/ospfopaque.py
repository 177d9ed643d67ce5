"""Opaque advertisements of OSPF version 2 (RFC 5250): restarts (RFC 3623), abilities (RFC 7770), and links.

What traffic engineering says of links (RFC 3630, RFC 4203, RFC 4124) is in `ospflinks`. A value that was not captured
ends an advertisement, not the message.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("0001 0004 00000078"))
>>> print_opaque(line, 0, 3, 8)
True
>>> line.text()
'\\n\\t    Grace Period TLV (1), length 4, value: 120s'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_LINKS, _GRACE, _INFORMATION = 1, 3, 4

_PERIOD, _REASON, _ADDRESS = 1, 2, 3
_GRACE_NAMES = {_PERIOD: "Grace Period", _REASON: "Graceful restart Reason", _ADDRESS: "IPv4 interface address"}
_GRACE_SIZES = {_PERIOD: 4, _REASON: 1, _ADDRESS: 4}
_REASONS = {1: "Software Restart", 2: "Software Reload/Upgrade", 3: "Control Processor Switch"}

_CAPABILITIES = 1
_CAPABILITY_NAMES = {
    0x00000001: "Reserved",
    0x00000002: "Reserved",
    0x00000004: "Reserved",
    0x00000008: "Reserved",
    0x00000010: "graceful restart capable",
    0x00000020: "graceful restart helper",
    0x00000040: "Stub router support",
    0x00000080: "Traffic engineering",
    0x00000100: "p2p over LAN",
    0x00000200: "path computation server",
}

_ROUTER_ADDRESS, _LINK = 1, 2
_LINK_NAMES = {_ROUTER_ADDRESS: "Router Address", _LINK: "Link"}


def print_opaque(line: Line, at: int, kind: int, length: int) -> bool:
    """The contents of an opaque advertisement of this opaque type, `length` bytes at `at`; False if not all of it could
    be read."""
    if kind == _GRACE:
        return print_grace(line, at, length)
    if kind == _INFORMATION:
        return _print_information(line, at, length)
    if kind == _LINKS:
        return print_link_state(line, at, length)
    if line.verbose == 1:
        line.write_hex(at, length, "\n\t    ")
    return True


def print_grace(line: Line, at: int, length: int) -> bool:
    """How long a restart takes and why; False if not all of it could be read."""
    write = line.write
    while length > 0:
        if not line.has(at, 4):
            return False
        if length < 4:
            write(f"\n\t    Remaining LS length {length} < 4")
            return False
        kind, size = line.u16(at), line.u16(at + 2)
        at += 4
        length -= 4
        write(f"\n\t    {named(_GRACE_NAMES, kind, 'unknown')} TLV ({kind}), length {size}, value: ")
        if size > length:
            write(f"\n\t    Bogus length {size} > {length}")
            return False
        if kind == 0 or size == 0:
            return False
        if not line.has(at, size):
            return False
        expected = _GRACE_SIZES.get(kind, size)
        if size != expected:
            write(f"\n\t    Bogus length {size} != {expected}")
            return False
        if kind == _PERIOD:
            write(f"{line.u32(at)}s")
        elif kind == _REASON:
            reason = line.u8(at)
            write(f"{named(_REASONS, reason, 'Unknown')} ({reason})")
        elif kind == _ADDRESS:
            write(line.ipv4(at))
        elif line.verbose == 1:
            line.write_hex(at, size, "\n\t      ")
        size += -size % 4
        at += size
        # The padding may go beyond the advertisement; tcpdump counts in 32 bits without a sign.
        length = (length - size) % (1 << 32)
    return True


def _print_information(line: Line, at: int, length: int) -> bool:
    write = line.write
    while length > 0:
        line.need(at, 4)
        if length < 4:
            write(f"\n\t    Remaining LS length {length} < 4")
            return False
        kind, size = line.u16(at), line.u16(at + 2)
        at += 4
        length -= 4
        write(f"\n\t    {'Router Capabilities' if kind == _CAPABILITIES else 'unknown'} TLV ({kind}), length: {size}")
        write(", value: ")
        if size > length:
            write(f"\n\t    Bogus length {size} > remaining LS length {length}")
            return False
        line.need(at, size)
        if kind == _CAPABILITIES:
            if size != 4:
                write(f"\n\t    Bogus length {size} != 4")
                return False
            write(f"Capabilities: {bits(_CAPABILITY_NAMES, line.u32(at), 'Unknown')}")
        elif line.verbose == 1:
            line.write_hex(at, size, "\n\t      ")
        at += size
        length -= size
    return True


def print_link_state(line: Line, at: int, length: int) -> bool:
    """Routers' addresses and links; False if not all of them could be read."""
    from lesson_engine.tcpdump.printers.ospflinks import print_link

    write = line.write
    while length > 0:
        if not line.has(at, 4):
            return False
        if length < 4:
            write(f"\n\t    Remaining LS length {length} < 4")
            return False
        kind, size = line.u16(at), line.u16(at + 2)
        at += 4
        length -= 4
        write(f"\n\t    {named(_LINK_NAMES, kind, 'unknown')} TLV ({kind}), length: {size}")
        if size > length:
            write(f"\n\t    Bogus length {size} > {length}")
            return False
        if kind == 0 or size == 0:
            return False
        if kind == _LINK:
            stop = print_link(line, at, size)
            if stop is None:
                return False
            # tcpdump does not take off the length of a link.
            at = stop
            continue
        if kind == _ROUTER_ADDRESS:
            if size < 4:
                write(f"\n\t    TLV length {size} < 4")
                return False
            write(f", {line.ipv4(at)}")
        elif line.verbose == 1:
            line.write_hex(at, size, "\n\t      ")
        size += -size % 4
        if size > length:
            write(f"\n\t    Bogus padded length {size} > {length}")
            return False
        at += size
        length -= size
    return True
