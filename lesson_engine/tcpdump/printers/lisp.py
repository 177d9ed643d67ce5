"""LISP's control messages (RFC 6833): their type, and what a registration or its notification registers.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("10000001") + bytes(12))
>>> print_lisp(line, 0, 16)
>>> line.text()
'LISP-Map-Request,'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_HEADER, _RECORD, _LOCATOR = 16, 12, 8
_REGISTER, _NOTIFY = 3, 4
_NAMES = {
    0: "LISP-Reserved",
    1: "LISP-Map-Request",
    2: "LISP-Map-Reply",
    _REGISTER: "LISP-Map-Register",
    _NOTIFY: "LISP-Map-Notify",
    8: "LISP-Encapsulated-Contol-Message",
}
_FLAGS = {
    _REGISTER: {
        0x08000000: "P-Proxy-Map-Reply",
        0x04000000: "S-LISP-SEC-Capable",
        0x02000000: "I-xTR-ID-Present",
        0x01000000: "R-Build-For-RTR",
        0x00000100: "M-Want-Map-Notify",
    },
    _NOTIFY: {0x08000000: "I-xTR-ID-Present", 0x04000000: "R-Build-For-RTR"},
}
_IDENTIFIED = {_REGISTER: 0x02, _NOTIFY: 0x08}
_KEYS = {0: "None", 1: "SHA1", 2: "SHA256"}
_ACTIONS = {0: "No-Action", 1: "Natively-Forward", 2: "Send-Map-Request", 3: "Drop"}
_LOCATOR_FLAGS = {0x0004: "Local-Locator", 0x0002: "RLoc-Probed", 0x0001: "Reachable"}
_ADDRESS_SIZES = {1: 4, 2: 16}
"""By address family."""


def print_lisp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "lisp"
    write = line.write
    if not line.has(at, _HEADER):
        line.truncated()
        return
    first = line.u8(at)
    kind = first >> 4
    write(f"{named(_NAMES, kind, 'unknown-type-%u')},")
    if kind not in _FLAGS:
        return
    count, key, size = line.u8(at + 3), line.u16(at + 12), line.u16(at + 14)
    start = at
    if line.verbose:
        write(f" flags [{bits(_FLAGS[kind], line.u32(at), 'none')}],")
        write(f"\n    {count} record(s), Authentication {named(_KEYS, key, 'unknown-type')},")
        line.need(at + _HEADER, 0)
        line.write_hex(at + _HEADER, size, "\n    Authentication-Data: ")
        line.need(at + _HEADER, size)
    else:
        write(f" {count} record(s),")
    # tcpdump counts in 16 bits.
    at += (_HEADER + size) % (1 << 16)
    if count == 0:
        line.invalid()
        return
    while start + length > at and count:
        count -= 1
        if not line.has(at, _RECORD):
            line.truncated()
            return
        following = _print_record(line, at)
        if following < 0:
            return
        at = following
    if first & _IDENTIFIED[kind]:
        if not line.has(at, 24):
            line.invalid()
            return
        line.write_hex(at, 16, "\n    xTR-ID: ")
        write(f"\n    SITE-ID: {line.u64(at + 16)}")
    elif at < line.end:
        line.write_hex(at, line.end - at, "\n    Data: ")


def _print_record(line: Line, at: int) -> int:
    """A record and its locators; returns what follows, or -1 if printing must stop there."""
    write = line.write
    write("\n")
    locators, mask, action, family = line.u8(at + 4), line.u8(at + 5), line.u8(at + 6), line.u16(at + 10)
    if line.verbose:
        write(
            f"      Record TTL {line.u32(at)}, {'' if action & 0x10 else 'Non-'}Authoritative,"
            f" {named(_ACTIONS, action >> 5, 'unknown')}, Map Version: {line.u16(at + 8) & 0x0FFF},"
        )
    at += _RECORD
    size = _ADDRESS_SIZES.get(family)
    if size is None:
        return -1
    write(f" EID {_address(line, at, size)}/{mask},")
    at += size
    write(f" {locators} locator(s)")
    for _ in range(locators):
        if not line.has(at, _LOCATOR):
            line.truncated()
            return -1
        locator = at
        at += _LOCATOR
        if line.verbose:
            write("\n       ")
        size = _ADDRESS_SIZES.get(line.u16(locator + 6))
        if size is not None:
            if not line.has(at, size):
                line.truncated()
                return -1
            write(f" LOC {_address(line, at, size)}")
            at += size
        if line.verbose:
            priority, weight, multicast_priority, multicast_weight = line.bytes(locator, 4)
            write(
                f"\n          Priority/Weight {priority}/{weight},"
                f" Multicast Priority/Weight {multicast_priority}/{multicast_weight},"
                f" flags [{bits(_LOCATOR_FLAGS, line.u16(locator + 4), 'none')}],"
            )
    return at


def _address(line: Line, at: int, size: int) -> str:
    return line.ipv6(at) if size == 16 else line.ipv4(at)
