"""BGP (RFC 4271): that it is, and under -v the messages of a segment.

A segment may begin within a message: the first marker from there on begins the next one. RFC 2918 has the request for
a refresh of routes, RFC 4486 and 9003 the reasons to cease.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("ff" * 16 + "0013 04"))
>>> print_bgp(line, 0, 19)
>>> line.text()
': BGP\\n\\tKeepalive Message (4), length: 19'
"""

from lesson_engine.tcpdump.printers.addressfamilies import ADDRESS_FAMILIES, IPV4, IllegalPrefixError, prefix
from lesson_engine.tcpdump.printers.bgproutes import SUBSEQUENT_FAMILIES, has_path_identifiers, identified_prefix
from lesson_engine.tcpdump.printers.line import Line, ShortError, named

_MARKER = b"\xff" * 16
_HEADER = 19
_OPEN, _UPDATE, _NOTIFICATION, _KEEP_ALIVE, _ROUTE_REFRESH = range(1, 6)
_NAMES = {
    _OPEN: "Open",
    _UPDATE: "Update",
    _NOTIFICATION: "Notification",
    _KEEP_ALIVE: "Keepalive",
    _ROUTE_REFRESH: "Route Refresh",
}
_SMALLEST_UPDATE, _SMALLEST_NOTIFICATION, _SMALLEST_REFRESH = 23, 21, 23

_STATE_MACHINE, _CEASE, _CAPABILITY = 5, 6, 7
_ERRORS = {
    1: "Message Header Error",
    2: "OPEN Message Error",
    3: "UPDATE Message Error",
    4: "Hold Timer Expired",
    _STATE_MACHINE: "Finite State Machine Error",
    _CEASE: "Cease",
    _CAPABILITY: "Capability Message Error",
}
_TOO_MANY_PREFIXES, _SHUTDOWN, _RESET = 1, 2, 4
_DETAILS = {
    1: {1: "Connection Not Synchronized", 2: "Bad Message Length", 3: "Bad Message Type"},
    2: {
        1: "Unsupported Version Number",
        2: "Bad Peer AS",
        3: "Bad BGP Identifier",
        4: "Unsupported Optional Parameter",
        5: "Authentication Failure",
        6: "Unacceptable Hold Time",
        7: "Capability Message Error",
    },
    3: {
        1: "Malformed Attribute List",
        2: "Unrecognized Well-known Attribute",
        3: "Missing Well-known Attribute",
        4: "Attribute Flags Error",
        5: "Attribute Length Error",
        6: "Invalid ORIGIN Attribute",
        7: "AS Routing Loop",
        8: "Invalid NEXT_HOP Attribute",
        9: "Optional Attribute Error",
        10: "Invalid Network Field",
        11: "Malformed AS_PATH",
    },
    _STATE_MACHINE: {
        0: "Unspecified Error",
        1: "In OpenSent State",
        2: "In OpenConfirm State",
        3: "In Established State",
    },
    _CEASE: {
        _TOO_MANY_PREFIXES: "Maximum Number of Prefixes Reached",
        _SHUTDOWN: "Administrative Shutdown",
        3: "Peer Unconfigured",
        _RESET: "Administrative Reset",
        5: "Connection Rejected",
        6: "Other Configuration Change",
        7: "Connection Collision Resolution",
    },
    _CAPABILITY: {
        1: "Invalid Action Value",
        2: "Invalid Capability Length",
        3: "Malformed Capability Value",
        4: "Unsupported Capability Code",
    },
}
"""What a subcode means, by the code of the error."""


def print_bgp(line: Line, at: int, length: int) -> None:
    """Messages in a segment of `length` bytes at `at`."""
    line.protocol = "bgp"
    line.write(": BGP")
    if not line.verbose:
        return
    follows = at
    # What was captured counts, as for tcpdump, not the length.
    while (at := line.data.find(_MARKER, at, line.end)) >= 0:
        if not line.has(at, _HEADER):
            line.truncated()
            return
        if at != follows:
            line.truncated()
        size, kind = line.u16(at + 16), line.u8(at + 18)
        if size < _HEADER:
            line.write(f"\nmessage length {size} < {_HEADER}")
            line.invalid()
            return
        if not line.has(at, size):
            line.write(f"\n[|BGP {named(_NAMES, kind, 'Unknown Message Type')}]")
            return
        _print_message(line, kind, at, size)
        at += size
        follows = at


def _print_message(line: Line, kind: int, at: int, size: int) -> None:
    """A message of `size` bytes, the header included."""
    line.write(f"\n\t{named(_NAMES, kind, 'Unknown')} Message ({kind}), length: {size}")
    try:
        if kind == _OPEN:
            from lesson_engine.tcpdump.printers.bgpopen import print_open

            print_open(line, at + _HEADER, size - _HEADER)
        elif kind == _UPDATE:
            _print_update(line, at, size)
        elif kind == _NOTIFICATION:
            _print_notification(line, at, size)
        elif kind == _ROUTE_REFRESH:
            line.check(at, _SMALLEST_REFRESH)
            if size >= _SMALLEST_REFRESH:
                # What lies between the two numbers is kept for other uses.
                line.write(f"\n\t  {family_text(line.u16(at + _HEADER), line.u8(at + _HEADER + 3))}")
                if line.verbose > 1:
                    line.write_hex(at, size, "\n\t  ")
        elif kind != _KEEP_ALIVE:
            line.write(f"\n\t  no Message {kind} decoder")
            line.write_hex(at, size, "\n\t  ")
    except ShortError:
        line.truncated()


def family_text(family: int, subsequent: int) -> str:
    """An address family and a subsequent one, by name and number."""
    return (
        f"AFI {named(ADDRESS_FAMILIES, family, 'Unknown')} ({family}),"
        f" SAFI {named(SUBSEQUENT_FAMILIES, subsequent, 'Unknown')} ({subsequent})"
    )


# Updates


def _print_update(line: Line, at: int, size: int) -> None:
    """Routes that are no more, what is said of those that are, and these (RFC 4271 section 4.3)."""
    line.check(at, _SMALLEST_UPDATE)
    if size < _SMALLEST_UPDATE:
        raise ShortError
    stop = at + size
    withdrawn = line.u16(at + _HEADER)
    at += _HEADER + 2
    until = at + withdrawn
    if stop < until:
        raise ShortError
    # tcpdump takes one byte, the prefix of all addresses, for none.
    if withdrawn > 1:
        line.write("\n\t  Withdrawn routes:")
        at = _print_routes(line, at, until)
    else:
        at = until
    if stop - at < 2:
        raise ShortError
    attributes = line.u16(at)
    at += 2
    if stop - at < attributes:
        raise ShortError
    if attributes:
        from lesson_engine.tcpdump.printers.bgpattributes import print_attributes

        print_attributes(line, at, attributes, stop)
        at += attributes
    if at < stop:
        line.write("\n\t  Updated routes:")
        _print_routes(line, at, stop)
    elif at == until + 2 and withdrawn != 1:
        line.write("\n\t  End-of-Rib Marker (empty NLRI)")


def _print_routes(line: Line, at: int, stop: int) -> int:
    """Prefixes up to `stop`; returns where they end, which is before that where one cannot be."""
    reader = identified_prefix if has_path_identifiers(line, at, stop - at, IPV4) else prefix
    while at < stop:
        try:
            text, size = reader(line, at, stop - at, IPV4)
        except IllegalPrefixError:
            line.write("\n\t    (illegal prefix length)")
            break
        line.write(f"\n\t    {text}")
        at += size
    return at


# Notifications


def _print_notification(line: Line, at: int, size: int) -> None:
    """Why the speaker closes the session (RFC 4271 section 4.5)."""
    write = line.write
    line.check(at, _SMALLEST_NOTIFICATION)
    if size < _SMALLEST_NOTIFICATION:
        return
    code, subcode = line.u8(at + 19), line.u8(at + 20)
    write(f", {named(_ERRORS, code, 'Unknown Error')} ({code})")
    if code in _DETAILS:
        comma = "" if code in (_STATE_MACHINE, _CAPABILITY) else ","
        write(f"{comma} subcode {named(_DETAILS[code], subcode, 'Unknown')} ({subcode})")
    if code == _CEASE:
        _print_cease(line, subcode, at + _SMALLEST_NOTIFICATION, size - _SMALLEST_NOTIFICATION)


def _print_cease(line: Line, subcode: int, at: int, left: int) -> None:
    write = line.write
    if subcode == _TOO_MANY_PREFIXES and left >= 7:
        write(f", {family_text(line.u16(at), line.u8(at + 2))}, Max Prefixes: {line.u32(at + 3)}")
    if subcode not in (_SHUTDOWN, _RESET) or not left:
        return
    said = line.u8(at)
    used = 0
    if said == 0:
        write(", empty Shutdown Communication")
        used = 1
    elif said > left - 1:
        write(", invalid Shutdown Communication length")
    else:
        write(f', Shutdown Communication (length: {said}): "')
        line.printable(at + 1, said)
        write('"')
        # tcpdump keeps this in 8 bits.
        used = 1 + said & 0xFF
    if left > used:
        write(f", Data: (length: {left - used})")
        line.write_hex(at + used, left - used, "\n\t\t")
