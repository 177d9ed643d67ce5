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

from lesson_engine.tcpdump.printers.dnsnames import CutError, need, print_name, skip_name
from lesson_engine.tcpdump.printers.edns import print_edns
from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.names import ipv4_text, ipv6_text
from lesson_engine.tcpdump.printers.timestamps import duration

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
    except CutError:
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
            where = skip_name(line, where) + 4
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
            raise CutError
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


# Questions and records


def type_name(number: int) -> str:
    """The name of a record type.

    >>> type_name(28), type_name(9999)
    ('AAAA', 'Type9999')
    """
    return named(_TYPE_NAMES, number, "Type%u")


def class_name(number: int) -> str:
    """The name of a record class, as lwres tells it."""
    return named(_CLASS_NAMES, number, "Class%u")


def _print_question(line: Line, at: int, message: int, multicast: bool) -> int:
    after = skip_name(line, at)
    if not line.has(after, 4):
        raise CutError
    line.write(f" {type_name(line.u16(after))}")
    number = line.u16(after + 2)
    _print_class(line, number & ~_UNICAST_ANSWER if multicast else number)
    if multicast:
        line.write(" (QU)" if number & _UNICAST_ANSWER else " (QM)")
    line.write("? ")
    return print_name(line, at, message) + 4


def _print_class(line: Line, number: int) -> None:
    if number != _INTERNET:
        line.write(f" {named(_CLASS_NAMES, number, '(Class %u)')}")


def _print_records(line: Line, title: str, count: int, at: int, message: int, multicast: bool) -> int:
    """Print a section's records; returns where the next section starts."""
    for index in range(count):
        if at >= line.end and (index or title):
            raise CutError
        line.write("," if index else title)
        at = _print_record(line, at, message, multicast)
    return at


def _print_record(line: Line, at: int, message: int, multicast: bool) -> int:
    """Print one record; returns where the next one starts."""
    if line.verbose:
        line.write(" ")
        at = print_name(line, at, message)
    else:
        try:
            at = skip_name(line, at)
        except CutError:
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
        raise CutError
    if kind == _OPT:
        print_edns(line, at, after, record_class, edns_flags)
    else:
        _print_data(line, kind, at, size, message)
    return after


def _print_data(line: Line, kind: int, at: int, size: int, message: int) -> None:
    write = line.write
    if kind == _A:
        need(line, at, 4)
        write(f" {ipv4_text(line.data[at : at + 4])}")
    elif kind == _AAAA:
        need(line, at, 16)
        write(f" {ipv6_text(line.data[at : at + 16])}")
    elif kind in (_NS, _CNAME, _PTR, _DNAME):
        write(" ")
        print_name(line, at, message)
    elif kind == _SOA:
        if line.verbose:
            write(" ")
            at = print_name(line, at, message)
            write(" ")
            at = print_name(line, at, message)
            need(line, at, 20)
            for field in range(at, at + 20, 4):
                write(f" {line.u32(field)}")
    elif kind == _MX:
        write(" ")
        need(line, at, 2)
        print_name(line, at + 2, message)
        write(f" {line.u16(at)}")
    elif kind == _TXT:
        after = at + size
        while at < after:
            length = line.u8(at)
            write(' "')
            if line.printable(at + 1, length):
                raise CutError
            write('"')
            at += 1 + length
    elif kind == _SRV:
        write(" ")
        need(line, at, 2)
        print_name(line, at + 6, message)
        write(f":{line.u16(at + 4)} {line.u16(at)} {line.u16(at + 2)}")
    elif kind == _URI:
        need(line, at, size)
        write(f" {line.u16(at)} {line.u16(at + 2)} ")
        # A size below 4 wraps around, as it does in tcpdump.
        if line.printable(at + 4, (size - 4) & 0xFFFFFFFF):
            raise CutError
    elif kind == _UNSPECIFIED_TEXT:
        need(line, at, size)
        line.printable(at, size)

    elif kind == _A6:
        _print_prefixed_address(line, at, message)
    elif kind == _TSIG and line.verbose:
        write(" ")
        at = print_name(line, at, message)
        need(line, at, 10)
        signature_size = line.u16(at + 8)
        write(f" fudge={line.u16(at + 6)} maclen={signature_size}")
        at += 10 + signature_size
        for name in ("origid", "error", "otherlen"):
            need(line, at, 2)
            write(f" {name}={line.u16(at)}")
            at += 2


def _print_prefixed_address(line: Line, at: int, message: int) -> None:
    """An A6 record (RFC 2874, now historic): an address without its first bits, and whose they are."""
    need(line, at, 1)
    prefix = line.u8(at)
    if prefix > 128:
        line.write(f" {prefix}(bad plen)")
        return
    suffix_size = 16 - prefix // 8
    if prefix < 128:
        need(line, at + 1, suffix_size)
        address = bytes(16 - suffix_size) + line.data[at + 1 : at + 1 + suffix_size]
        line.write(f" {prefix} {ipv6_text(address)}")
    if prefix > 0:
        line.write(" ")
        print_name(line, at + 1 + suffix_size, message)


def _full_result(line: Line, at: int, result: int) -> int:
    """The result code with the upper bits that an OPT record adds, if the message has one."""
    questions, answers, authorities, additionals = _counts(line, at)
    try:
        where = at + _HEADER
        for _ in range(questions):
            where = skip_name(line, where) + 4
        for index in range(answers + authorities + additionals):
            where = skip_name(line, where)
            need(line, where, 5)
            if index >= answers + authorities and line.u16(where) == _OPT:
                return line.u8(where + 4) << 4 | result
            need(line, where, 10)
            where += 10 + line.u16(where + 8)
    except CutError:
        pass
    return result
