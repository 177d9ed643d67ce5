"""DNS (RFC 1035 and successors) and multicast DNS (RFC 6762), over UDP and TCP.

A query shows its questions, an answer its first section; the others come with -vv. Names are followed
through compression pointers, which must point backwards, so no chain of them is endless. A message that
ends in the middle prints up to there and `[|domain]`.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("1234 0100 0001 0000 0000 0000 02 6a70 00 0001 0001"))
>>> print_dns(line, 0, 20)
>>> line.text()
'4660+ A? jp. (20)'
"""

from contextlib import suppress

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, named
from lesson_engine.tcpdump.printers.names import ipv4_text, ipv6_text

# Header fields, in bytes
_FLAGS = 2
_QUESTIONS, _ANSWERS, _AUTHORITIES, _ADDITIONALS = 4, 6, 8, 10
_HEADER = 12

_RESPONSE, _AUTHORITATIVE, _TRUNCATION, _RECURSION_DESIRED = 0x8000, 0x0400, 0x0200, 0x0100
_RECURSION_AVAILABLE, _AUTHENTIC, _CHECKING_DISABLED = 0x0080, 0x0020, 0x0010
_UNUSUAL_IN_A_QUERY = 0x06CF

_OPERATIONS = (
    "", " inv_q", " stat", " op3", " notify", " update", " op6", " op7", " op8",
    " updateA", " updateD", " updateDA", " updateM", " updateMA", " zoneInit", " zoneRef",
)  # fmt: skip
_INVERSE_QUERY = 1
_RESULTS = (
    "", " FormErr", " ServFail", " NXDomain", " NotImp", " Refused", " YXDomain", " YXRRSet", " NXRRSet", " NotAuth",
    " NotZone", " Resp11", " Resp12", " Resp13", " Resp14", " NoChange", " BadVers", "Resp17", " Resp18", " Resp19",
    " Resp20", "Resp21", " Resp22", " BadCookie",
)  # fmt: skip
"""Texts of the result code, with the upper bits that EDNS adds; two lack their space, as tcpdump prints them."""

_A, _NS, _CNAME, _SOA, _PTR, _MX, _TXT, _AAAA, _SRV, _A6, _DNAME, _OPT = 1, 2, 5, 6, 12, 15, 16, 28, 33, 38, 39, 41
_UNSPECIFIED_TEXT, _TSIG, _URI = 104, 250, 256
_FIRST_TYPES = (
    "A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP_PTR SIG KEY PX GPOS"
    " AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY"
)
_TYPE_NAMES = dict(enumerate(_FIRST_TYPES.split(), start=1)) | {
    99: "SPF",
    100: "UINFO",
    101: "UID",
    102: "GID",
    103: "UNSPEC",
    _UNSPECIFIED_TEXT: "UNSPECA",
    249: "TKEY",
    _TSIG: "TSIG",
    251: "IXFR",
    252: "AXFR",
    253: "MAILB",
    254: "MAILA",
    255: "ANY",
    _URI: "URI",
}
_INTERNET = 1
_CLASS_NAMES = {_INTERNET: "IN", 3: "CHAOS", 4: "HS", 255: "ANY"}
_UNICAST_ANSWER = _CACHE_FLUSH = 0x8000
"""In multicast DNS the class's top bit: a question may be answered by unicast; a record replaces all others."""

_POINTER, _EXTENDED, _KIND = 0xC0, 0x40, 0xC0
_BIT_LABEL = 0x01
_LONGEST_NAME = 255


class _CutError(Exception):
    """The message ends, or cannot be read on, in the middle."""


def print_dns(line: Line, at: int, length: int, *, multicast: bool = False, over_tcp: bool = False) -> None:
    """A message of `length` bytes at `at`; over TCP its own length precedes it."""
    line.protocol = "domain"
    write = line.write
    if over_tcp:
        if length < 2:
            write(f" [DNS over TCP: length {length} < 2]")
            line.invalid()
            return
        prefix = line.u16(at)
        at += 2
        length -= 2
        if prefix != length:
            write(f" [prefix length({prefix}) != length({length})]")
            line.invalid()
            return
        write(" ")
    if length < _HEADER:
        write(f"domain [length {length} < {_HEADER}]")
        line.invalid()
        return
    if not line.has(at, _HEADER):
        line.truncated()
        return
    flags = line.u16(at + _FLAGS)
    try:
        if flags & _RESPONSE:
            _print_response(line, at, flags, multicast)
        else:
            _print_query(line, at, flags, multicast)
    except _CutError:
        line.truncated()
        return
    write(f" ({length})")


def _print_response(line: Line, at: int, flags: int, multicast: bool) -> None:
    questions, answers, authorities, additionals = _counts(line, at)
    result = _full_result(line, at, flags & 0xF)
    result_text = _RESULTS[result] if result < len(_RESULTS) else f" Resp{result}"
    line.write(
        f"{line.u16(at)}{_OPERATIONS[flags >> 11 & 0xF]}{result_text}"
        f"{'*' if flags & _AUTHORITATIVE else ''}{'' if flags & _RECURSION_AVAILABLE else '-'}"
        f"{'|' if flags & _TRUNCATION else ''}{'$' if flags & _AUTHENTIC else ''}"
    )
    if questions != 1:
        line.write(f" [{questions}q]")
    where = at + _HEADER
    for index in range(questions):
        if index:
            line.write(",")
        if line.verbose > 1:
            line.write(" q:")
            where = _print_question(line, where, at, multicast)
        else:
            where = _skip_name(line, where) + 4
    line.write(f" {answers}/{authorities}/{additionals}")
    where = _print_records(line, "", answers, where, at, multicast)
    if line.verbose > 1:
        where = _print_records(line, " ns:", authorities, where, at, multicast)
        _print_records(line, " ar:", additionals, where, at, multicast)


def _print_query(line: Line, at: int, flags: int, multicast: bool) -> None:
    questions, answers, authorities, additionals = _counts(line, at)
    operation = flags >> 11 & 0xF
    line.write(
        f"{line.u16(at)}{_OPERATIONS[operation]}"
        f"{'+' if flags & _RECURSION_DESIRED else ''}{'%' if flags & _CHECKING_DISABLED else ''}"
    )
    if flags & _UNUSUAL_IN_A_QUERY:
        line.write(f" [b2&3=0x{flags:x}]")
    if operation == _INVERSE_QUERY:
        if questions:
            line.write(f" [{questions}q]")
        if answers != 1:
            line.write(f" [{answers}a]")
    else:
        if answers:
            line.write(f" [{answers}a]")
        if questions != 1:
            line.write(f" [{questions}q]")
    if authorities:
        line.write(f" [{authorities}n]")
    if additionals:
        line.write(f" [{additionals}au]")
    where = at + _HEADER
    for index in range(questions):
        if index and where >= line.end:
            raise _CutError
        where = _print_question(line, where, at, multicast)
    if line.verbose > 1:
        where = _print_records(line, "", answers, where, at, multicast)
        where = _print_records(line, " ns:", authorities, where, at, multicast)
        _print_records(line, " ar:", additionals, where, at, multicast)


def _counts(line: Line, at: int) -> tuple[int, int, int, int]:
    return (
        line.u16(at + _QUESTIONS),
        line.u16(at + _ANSWERS),
        line.u16(at + _AUTHORITIES),
        line.u16(at + _ADDITIONALS),
    )


# Names


def _skip_name(line: Line, at: int) -> int:
    """Where what follows the name starts."""
    size = _byte(line, at)
    at += 1
    while size:
        if size & _KIND == _POINTER:
            return at + 1
        if size & _KIND == _EXTENDED:
            if size & ~_KIND != _BIT_LABEL:
                raise _CutError
            at += 1 + ((_byte(line, at) or 256) + 7) // 8
        else:
            at += size
        size = _byte(line, at)
        at += 1
    return at


def _byte(line: Line, at: int) -> int:
    if at >= line.end:
        raise _CutError
    return line.data[at]


def _label_length(line: Line, at: int) -> int:
    """The bytes of the label that starts with this byte, not counting it."""
    size = _byte(line, at)
    if size & _KIND == _EXTENDED:
        kind = size & ~_KIND
        if kind != _BIT_LABEL:
            line.write(f"<ELT {kind}>")
            raise _CutError
        return ((_byte(line, at + 1) or 256) + 7) // 8 + 1
    if size & _KIND in (0, _POINTER):
        return size
    line.write("<BAD LABEL TYPE>")
    raise _CutError


def _print_name(line: Line, at: int, message: int) -> int:
    """Print the name at `at` of the message at `message`; returns where what follows it starts."""
    label_length = _label_length(line, at)
    start = at
    furthest = at - message
    after = written = 0
    size = _byte(line, at)
    at += 1
    if size == 0:
        line.write(".")
        return at
    # A label of which not one byte was captured ends the name quietly; one cut later does not.
    while size and at < line.end:
        if size & _KIND == _POINTER:
            after = after or at + 1
            offset = (size << 8 | _byte(line, at)) & 0x3FFF
            if offset >= furthest:
                line.write("<BAD PTR>")
                raise _CutError
            furthest = offset
            at = message + offset
            label_length = _label_length(line, at)
            size = _byte(line, at)
            at += 1
            continue
        if size & _KIND == _EXTENDED:
            _print_bit_label(line, at)
        elif written + size > _LONGEST_NAME:
            line.printable(at, _LONGEST_NAME - written)
            line.write("<DOMAIN NAME TOO LONG>")
            return _skip_name(line, start)
        elif line.printable(at, size):
            raise _CutError
        at += label_length
        line.write(".")
        written += size + 1
        if written > _LONGEST_NAME:
            line.write("<DOMAIN NAME TOO LONG>")
            return _skip_name(line, start)
        label_length = _label_length(line, at)
        size = _byte(line, at)
        at += 1
    if not after and size & _KIND == _POINTER:
        raise _CutError
    return after or at + label_length


def _print_bit_label(line: Line, at: int) -> None:
    """The bits of a binary label (RFC 2673, now historic)."""
    bits = _byte(line, at) or 256
    whole = (bits + 7) // 8
    line.write("\\[x")
    _need(line, at + 1, whole)
    unused = -bits % 4
    value = int.from_bytes(line.data[at + 1 : at + 1 + whole], "big") >> (8 * whole - bits) << unused
    line.write(f"{value:0{(bits + unused) // 4}x}/{bits}]")


# Questions and records


def _print_question(line: Line, at: int, message: int, multicast: bool) -> int:
    after = _skip_name(line, at)
    if not line.has(after, 4):
        raise _CutError
    line.write(f" {named(_TYPE_NAMES, line.u16(after), 'Type%u')}")
    number = line.u16(after + 2)
    _print_class(line, number & ~_UNICAST_ANSWER if multicast else number)
    if multicast:
        line.write(" (QU)" if number & _UNICAST_ANSWER else " (QM)")
    line.write("? ")
    return _print_name(line, at, message) + 4


def _print_class(line: Line, number: int) -> None:
    if number != _INTERNET:
        line.write(f" {named(_CLASS_NAMES, number, '(Class %u)')}")


def _print_records(line: Line, title: str, count: int, at: int, message: int, multicast: bool) -> int:
    """Print a section's records; returns where the next section starts."""
    for index in range(count):
        if at >= line.end and (index or title):
            raise _CutError
        line.write("," if index else title)
        at = _print_record(line, at, message, multicast)
    return at


def _print_record(line: Line, at: int, message: int, multicast: bool) -> int:
    """Print one record; returns where the next one starts."""
    if line.verbose:
        line.write(" ")
        at = _print_name(line, at, message)
    else:
        try:
            at = _skip_name(line, at)
        except _CutError:
            return line.end
    if not line.has(at, 10):
        return line.end
    kind, number = line.u16(at), line.u16(at + 2)
    record_class = number & ~_CACHE_FLUSH if multicast else number
    if kind != _OPT:
        _print_class(line, record_class)
    if multicast and number & _CACHE_FLUSH:
        line.write(" (Cache flush)")
    edns_flags = line.u16(at + 6)
    if kind != _OPT and line.verbose > 2:
        line.write(f" [{duration(line.u32(at + 4))}]")
    size = line.u16(at + 8)
    at += 10
    after = at + size
    line.write(f" {named(_TYPE_NAMES, kind, 'Type%u')}")
    if after > line.end:
        raise _CutError
    if kind == _OPT:
        _print_edns(line, at, after, record_class, edns_flags)
    else:
        _print_data(line, kind, at, size, message)
    return after


def _print_data(line: Line, kind: int, at: int, size: int, message: int) -> None:
    write = line.write
    if kind == _A:
        _need(line, at, 4)
        write(f" {ipv4_text(line.data[at : at + 4])}")
    elif kind == _AAAA:
        _need(line, at, 16)
        write(f" {ipv6_text(line.data[at : at + 16])}")
    elif kind in (_NS, _CNAME, _PTR, _DNAME):
        write(" ")
        _print_name(line, at, message)
    elif kind == _SOA:
        if line.verbose:
            write(" ")
            at = _print_name(line, at, message)
            write(" ")
            at = _print_name(line, at, message)
            _need(line, at, 20)
            for field in range(at, at + 20, 4):
                write(f" {line.u32(field)}")
    elif kind == _MX:
        write(" ")
        _need(line, at, 2)
        _print_name(line, at + 2, message)
        write(f" {line.u16(at)}")
    elif kind == _TXT:
        after = at + size
        while at < after:
            length = line.u8(at)
            write(' "')
            if line.printable(at + 1, length):
                raise _CutError
            write('"')
            at += 1 + length
    elif kind == _SRV:
        write(" ")
        _need(line, at, 2)
        _print_name(line, at + 6, message)
        write(f":{line.u16(at + 4)} {line.u16(at)} {line.u16(at + 2)}")
    elif kind == _URI:
        _need(line, at, size)
        write(f" {line.u16(at)} {line.u16(at + 2)} ")
        # A size below 4 wraps around, as it does in tcpdump.
        if line.printable(at + 4, (size - 4) & 0xFFFFFFFF):
            raise _CutError
    elif kind == _UNSPECIFIED_TEXT:
        _need(line, at, size)
        line.printable(at, size)

    elif kind == _A6:
        _print_prefixed_address(line, at, message)
    elif kind == _TSIG and line.verbose:
        write(" ")
        at = _print_name(line, at, message)
        _need(line, at, 10)
        signature_size = line.u16(at + 8)
        write(f" fudge={line.u16(at + 6)} maclen={signature_size}")
        at += 10 + signature_size
        for name in ("origid", "error", "otherlen"):
            _need(line, at, 2)
            write(f" {name}={line.u16(at)}")
            at += 2


def _need(line: Line, at: int, size: int) -> None:
    if not line.has(at, size):
        raise _CutError


def _print_prefixed_address(line: Line, at: int, message: int) -> None:
    """An A6 record (RFC 2874, now historic): an address without its first bits, and whose they are."""
    _need(line, at, 1)
    prefix = line.u8(at)
    if prefix > 128:
        line.write(f" {prefix}(bad plen)")
        return
    suffix_size = 16 - prefix // 8
    if prefix < 128:
        _need(line, at + 1, suffix_size)
        address = bytes(16 - suffix_size) + line.data[at + 1 : at + 1 + suffix_size]
        line.write(f" {prefix} {ipv6_text(address)}")
    if prefix > 0:
        line.write(" ")
        _print_name(line, at + 1 + suffix_size, message)


def print_search_list(line: Line, at: int, stop: int) -> None:
    """The domain names up to `stop`, as a router advertisement lists them (RFC 8106)."""
    while at < stop and line.has(at, 1) and line.u8(at):
        line.write(" ")
        try:
            at = _print_name(line, at, at)
        except _CutError:
            raise TruncatedError from None


# EDNS


def _full_result(line: Line, at: int, result: int) -> int:
    """The result code with the upper bits that an OPT record adds, if the message has one."""
    questions, answers, authorities, additionals = _counts(line, at)
    try:
        where = at + _HEADER
        for _ in range(questions):
            where = _skip_name(line, where) + 4
        for index in range(answers + authorities + additionals):
            where = _skip_name(line, where)
            _need(line, where, 5)
            if index >= answers + authorities and line.u16(where) == _OPT:
                return line.u8(where + 4) << 4 | result
            _need(line, where, 10)
            where += 10 + line.u16(where + 8)
    except _CutError:
        pass
    return result


def _print_edns(line: Line, at: int, after: int, payload_size: int, flags: int) -> None:
    """The OPT pseudo-record (RFC 6891)."""
    line.write(f" UDPsize={payload_size}")
    if flags & 0x8000:
        line.write(" DO")
    if at >= after:
        return
    line.write(" [")
    while at < after:
        at = _print_edns_option(line, at)
        if at < after:
            line.write(",")
    line.write("]")


_CLIENT_SUBNET, _EXPIRE, _COOKIE, _KEEPALIVE, _PADDING, _CHAIN, _KEY_TAG = 8, 9, 10, 11, 12, 13, 14
_ALGORITHM_LISTS = (5, 6, 7)
_SIGNING = 5
_EDNS_NAMES = {
    1: "LLQ",
    2: "UL",
    3: "NSID",
    _SIGNING: "DAU",
    6: "DHU",
    7: "N3U",
    _CLIENT_SUBNET: "ECS",
    _EXPIRE: "EXPIRE",
    _COOKIE: "COOKIE",
    _KEEPALIVE: "KEEPALIVE",
    _PADDING: "PADDING",
    _CHAIN: "CHAIN",
    _KEY_TAG: "KEY-TAG",
    16: "CLIENT-TAG",
    17: "SERVER-TAG",
}
_SIGNING_ALGORITHMS = {
    0: "DELETE",
    1: "RSAMD5",
    2: "DH",
    3: "DS",
    5: "RSASHA1",
    6: "DSA-NSEC3-SHA1",
    7: "RSASHA1-NSEC3-SHA1",
    8: "RSASHA256",
    10: "RSASHA512",
    12: "ECC-GOST",
    13: "ECDSAP256SHA256",
    14: "ECDSAP384SHA384",
    15: "ED25519",
    16: "ED448",
    252: "INDIRECT",
    253: "PRIVATEDNS",
    254: "PRIVATEOID",
}
_HASH_ALGORITHMS = {1: "SHA-1", 2: "SHA-256", 3: "GOST_R_34.11-94", 4: "SHA-384"}
_NSEC3_ALGORITHMS = {1: "SHA-1"}


def _print_edns_option(line: Line, at: int) -> int:
    """Print one option; returns where the next one starts."""
    _need(line, at, 2)
    kind = line.u16(at)
    line.write(named(_EDNS_NAMES, kind, "Opt%u"))
    _need(line, at + 2, 2)
    size = line.u16(at + 2)
    at += 4
    _need(line, at, size)
    if size == 0:
        return at
    data = line.data[at : at + size]
    if kind in _ALGORITHM_LISTS:
        algorithms = {_SIGNING: _SIGNING_ALGORITHMS, 6: _HASH_ALGORITHMS, 7: _NSEC3_ALGORITHMS}[kind]
        for algorithm in data:
            line.write(f" {named(algorithms, algorithm, 'Alg_%u')}")
        return at + size
    line.write(" ")
    if kind == _CLIENT_SUBNET:
        subnet = _subnet_text(data)
        line.write(subnet) if subnet else line.invalid()
    elif kind == _EXPIRE:
        line.write(f"{line.u32(at)} sec") if size == 4 else line.invalid()
    elif kind == _COOKIE:
        if size != 8 and not 16 <= size <= 40:
            line.invalid()
        else:
            line.write(data[:8].hex() + (f" {data[8:].hex()}" if size > 8 else ""))
    elif kind == _KEEPALIVE:
        line.write(f"{line.u16(at) / 10:.1f} sec") if size == 2 else line.invalid()
    elif kind == _PADDING:
        line.write(f"({size})")
    elif kind == _CHAIN:
        with suppress(_CutError):
            _print_name(line, at, at)
    elif kind == _KEY_TAG:
        if size % 2:
            line.invalid()
        else:
            line.write(" ".join([str(line.u16(tag)) for tag in range(at, at + size, 2)]))
    else:
        line.write(data.hex())
    return at + size


def _subnet_text(data: bytes) -> str:
    """The client subnet (RFC 7871); empty if it is malformed."""
    if len(data) < 4:
        return ""
    family, source, scope = data[0] << 8 | data[1], data[2], data[3]
    address = data[4:]
    width = {1: 4, 2: 16}.get(family, 0)
    if source > width * 8 or scope > width * 8 or len(address) != (source + 7) // 8:
        return ""
    address = address.ljust(width, b"\0")
    if width == 4:
        return f"{ipv4_text(address)}/{source}/{scope}"
    return f"{ipv6_text(address)}/{source}/{scope}"


def duration(seconds: int) -> str:
    """Seconds as weeks, days, hours, minutes and seconds.

    >>> duration(0), duration(90061), duration(604800)
    ('0s', '1d1h1m1s', '1w')
    """
    if not seconds:
        return "0s"
    text = ""
    for unit, size in (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            text += f"{count}{unit}"
    return text
