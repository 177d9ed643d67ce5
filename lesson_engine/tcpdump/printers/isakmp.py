"""ISAKMP, the messages of IKE (RFC 2408, RFC 7296).

Who began an exchange is told by its first message: it alone has no responder's cookie, and the line remembers it. Under
-v the payloads follow one a line, those of version 1 in `ike1`, those of version 2 in `ike2`. Nothing is decrypted.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0102030405060708 0000000000000000 01 20 22 08 00000000 0000001c"))
>>> print_isakmp(line, 0, 28, Datagram(0, 500, 500))
>>> line.text()
'isakmp: parent_sa ikev2_init[I]'
"""

from collections.abc import Callable, Mapping
from functools import cache

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.ports import Datagram

# Fields, in bytes from the message's start
_RESPONDER, _NEXT, _VERSION, _EXCHANGE, _FLAGS, _MESSAGE_ID, _LENGTH = 8, 16, 17, 18, 19, 20, 24
_HEADER = 28
_COOKIE_SIZE = 8
_ENCRYPTED_PAYLOAD = 46

_ENCRYPTED, _COMMIT, _INITIATOR, _HIGHER_VERSION, _RESPONSE = 0x01, 0x02, 0x08, 0x10, 0x20
_EXCHANGES = {
    0: "none",
    1: "base",
    2: "ident",
    3: "auth",
    4: "agg",
    5: "inf",
    32: "oakley-quick",
    33: "oakley-newgroup",
    34: "ikev2_init",
    35: "ikev2_auth",
    36: "child_sa",
    37: "inf2",
}
PAYLOADS = dict(enumerate(["none", "sa", "p", "t", "ke", "id", "cert", "cr", "hash", "sig", "nonce", "n", "d", "vid"]))
PAYLOADS |= {number: f"pay{number}" for number in range(14, 33)}
PAYLOADS |= dict(
    enumerate(
        [
            "v2sa",
            "v2ke",
            "v2IDi",
            "v2IDr",
            "v2cert",
            "v2cr",
            "v2auth",
            "v2nonce",
            "v2n",
            "v2d",
            "v2vid",
            "v2TSi",
            "v2TSr",
            "v2e",
            "v2cp",
            "v2eap",
        ],
        start=33,
    )
)
PROTOCOLS = {1: "isakmp", 2: "ipsec-ah", 3: "ipsec-esp", 4: "ipcomp"}

_MOST_EXCHANGES = 20
"""tcpdump forgets the oldest exchange when one more begins."""


class CutPayloadError(Exception):
    """A payload was cut; the message's printer marks it, and the message ends."""


PayloadPrinter = Callable[[Line, int, int, int], int | None]
"""Prints the payload at a position, given its length and its depth in the message; returns where the next one starts,
or None if nothing more can be found."""


def print_isakmp(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A message of `length` bytes at `at`, in this `datagram`."""
    line.protocol = "isakmp"
    write = line.write
    if not line.has(at, _HEADER):
        line.truncated()
        return
    write("isakmp")
    version = line.u8(at + _VERSION)
    if line.verbose:
        write(f" {version >> 4}.{version & 15} msgid {line.u32(at + _MESSAGE_ID):08x}")
    if line.verbose > 1:
        write(f" cookie {line.bytes(at, _COOKIE_SIZE).hex()}->{line.bytes(at + _RESPONDER, _COOKIE_SIZE).hex()}")
    write(":")
    exchange, flags = line.u8(at + _EXCHANGE), line.u8(at + _FLAGS)
    opening = line.u32(at + _MESSAGE_ID) == 0
    if version >> 4 == 1:
        write(
            f" phase {'1' if opening else '2/others'} {_side(line, at, datagram.header)} {named(_EXCHANGES, exchange)}"
        )
        if flags:
            write(f"[{'E' if flags & _ENCRYPTED else ''}{'C' if flags & _COMMIT else ''}]")
    elif version >> 4 == 2:
        write(f" {'parent_sa' if opening else 'child_sa '} {named(_EXCHANGES, exchange)}")
        if flags:
            letters = ((_INITIATOR, "I"), (_HIGHER_VERSION, "V"), (_RESPONSE, "R"))
            write(f"[{''.join(letter for mask, letter in letters if flags & mask)}]")
    else:
        return
    if not line.verbose:
        return
    write(":")
    first = line.u8(at + _NEXT)
    if flags & _ENCRYPTED:
        write(f" [encrypted {named(PAYLOADS, first)}]")
    else:
        printers = payload_printers()
        from lesson_engine.tcpdump.printers.ike2 import print_encrypted

        # An encrypted payload is known to the second version alone.
        print_payloads(
            line,
            first,
            at + _HEADER,
            0,
            printers | {_ENCRYPTED_PAYLOAD: print_encrypted} if version >> 4 == 2 else printers,
        )
    claimed = line.u32(at + _LENGTH)
    if claimed != length:
        write(f" (len mismatch: isakmp {claimed}/ip {length})")


def _side(line: Line, at: int, header: int) -> str:
    """I for a message of the side that began the exchange, R for one of the other, ? where that is not known."""
    data = line.data
    cookie = line.bytes(at, _COOKIE_SIZE)
    if data[header] >> 4 == 4:
        source, destination = data[header + 12 : header + 16], data[header + 16 : header + 20]
    else:
        source, destination = data[header + 8 : header + 24], data[header + 24 : header + 40]
    known = line.exchanges
    if cookie in known:
        initiator, responder = known[cookie]
        return "I" if source == initiator else "R" if source == responder else "?"
    if not any(cookie) and len(known) < _MOST_EXCHANGES:
        # An empty place in tcpdump's table has the same cookie.
        return "?"
    if any(line.bytes(at + _RESPONDER, _COOKIE_SIZE)):
        return "?"
    if len(known) >= _MOST_EXCHANGES:
        del known[next(iter(known))]
    known[cookie] = (source, destination)
    return "I"


@cache
def payload_printers() -> dict[int, PayloadPrinter]:
    """By type: types of both versions are printed in messages of either."""
    from lesson_engine.tcpdump.printers import ike1, ike2

    return ike1.PRINTERS | ike2.PRINTERS


def print_payloads(line: Line, kind: int, at: int, depth: int, printers: Mapping[int, PayloadPrinter]) -> int | None:
    """The payload of this `kind` at `at` and those that follow it, each on a line of its own; returns where they end,
    or None if that cannot be known."""
    while kind:
        if not line.has(at, 4) or not line.has(at, line.u16(at + 2)):
            line.write(f" [|{named(PAYLOADS, kind)}]")
            return None
        line.write("\n" + "    " * (depth + 1) + "(")
        following = _print_payload(line, kind, at, depth + 1, printers)
        line.write(")")
        if following is None:
            return None
        kind = line.u8(at)
        at = following
    return at


def _print_payload(line: Line, kind: int, at: int, depth: int, printers: Mapping[int, PayloadPrinter]) -> int | None:
    size = line.u16(at + 2)
    if size <= 4:
        return None
    printer = printers.get(kind)
    if printer is None:
        line.write(named(PAYLOADS, kind))
        return at + size
    try:
        return printer(line, at, size, depth)
    except CutPayloadError:
        line.write(f" [|{'n' if kind == 41 else named(PAYLOADS, kind)}]")
        return None


def write_bytes(line: Line, at: int, size: int) -> None:
    """Write `size` bytes in hexadecimal; raises CutPayloadError if they were not all captured."""
    need(line, at, size)
    line.write(line.data[at : at + size].hex())


def need(line: Line, at: int, size: int) -> None:
    """Raise CutPayloadError unless `size` bytes from `at` were captured."""
    if not line.has(at, size):
        raise CutPayloadError


def write_some(line: Line, at: int) -> None:
    """Write the first ten bytes from `at` and the last twenty of the packet."""
    left = line.end - at
    shown = min(left, 10)
    tail = max(line.end - 20, at + shown)
    line.write(" data=(")
    write_bytes(line, at, shown)
    line.write("...")
    if tail < line.end:
        write_bytes(line, tail, line.end - tail)
    line.write(")")


def print_attribute(line: Line, at: int, stop: int, table: "Mapping[int, tuple[str, Mapping[int, str]]]") -> int:
    """A data attribute (RFC 2408 section 3.3); returns where the next one starts."""
    short = line.u8(at) & 0x80
    size = 4 if short else 4 + line.u16(at + 2)
    if stop < at + size:
        line.write("[|attr]")
        return stop + 1
    kind = line.u16(at) & 0x7FFF
    name, values = table.get(kind, (f"#{kind}", {}))
    line.write(f"(type={name} ")
    try:
        if not short:
            line.write(f"len={size - 4} value=")
            write_bytes(line, at + 4, size - 4)
        else:
            line.write("value=")
            value = line.u16(at + 2)
            if value in values:
                line.write(values[value])
            else:
                write_bytes(line, at + 2, 2)
    finally:
        line.write(")")
    return at + size
