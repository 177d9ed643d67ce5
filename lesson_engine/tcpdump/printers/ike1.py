"""The payloads of IKE's first version (RFC 2407, RFC 2408), as -v shows them; -vvv adds their bytes.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(verbose=1))
>>> line.begin(bytes.fromhex("0000000c 0102030405060708"))
>>> PRINTERS[4](line, 0, 12, 1), line.text()
(12, 'ke: key len=8')
"""

from collections.abc import Mapping

from lesson_engine.tcpdump.printers.dispatch import protocol_name
from lesson_engine.tcpdump.printers.isakmp import (
    PAYLOADS,
    PROTOCOLS,
    PayloadPrinter,
    need,
    payload_printers,
    print_attribute,
    print_payloads,
    write_bytes,
    write_some,
)
from lesson_engine.tcpdump.printers.line import Line, named, visible

_SA, _PROPOSAL, _TRANSFORM, _KEY_EXCHANGE, _IDENTITY, _CERTIFICATE, _REQUEST = range(1, 8)
_HASH, _SIGNATURE, _NONCE, _NOTIFICATION, _DELETE, _VENDOR = range(8, 14)
_IPSEC = 1

GROUPS = {1: "modp768", 2: "modp1024", 3: "EC2N 2^155", 4: "EC2N 2^185", 5: "modp1536"}
GROUPS |= {number: f"iana-grp{number:02}" for number in range(6, 14)}
GROUPS |= {14: "modp2048", 15: "modp3072", 16: "modp4096", 17: "modp6144", 18: "modp8192"}
CIPHERS = dict(
    enumerate(
        ["1des-iv64", "1des", "3des", "rc5", "idea", "cast", "blowfish", "3idea", "1des-iv32", "rc4", "null", "aes"],
        start=1,
    )
)
_OLD_GROUPS = {number: name for number, name in GROUPS.items() if number < 18}
_LIFE_TYPES = {1: "sec", 2: "kb"}
_OAKLEY_ATTRIBUTES: dict[int, tuple[str, dict[int, str]]] = {
    1: ("enc", dict(enumerate(["1des", "idea", "blowfish", "rc5", "3des", "cast", "aes"], start=1))),
    2: ("hash", dict(enumerate(["md5", "sha1", "tiger", "sha2-256", "sha2-384", "sha2-512"], start=1))),
    3: ("auth", {1: "preshared", 2: "dss", 3: "rsa sig", 4: "rsa enc", 5: "rsa enc revised"}),
    4: ("group desc", _OLD_GROUPS),
    5: ("group type", {1: "MODP", 2: "ECP", 3: "EC2N"}),
    6: ("group prime", {}),
    7: ("group gen1", {}),
    8: ("group gen2", {}),
    9: ("group curve A", {}),
    10: ("group curve B", {}),
    11: ("lifetype", _LIFE_TYPES),
    12: ("lifeduration", {}),
    13: ("prf", {}),
    14: ("keylen", {}),
    15: ("field", {}),
    16: ("order", {}),
}
_IPSEC_ATTRIBUTES: dict[int, tuple[str, dict[int, str]]] = {
    1: ("lifetype", _LIFE_TYPES),
    2: ("life", {}),
    3: ("group desc", _OLD_GROUPS),
    4: ("enc mode", {1: "tunnel", 2: "transport"}),
    5: ("auth", {1: "hmac-md5", 2: "hmac-sha1", 3: "1des-mac", 4: "keyed"}),
    6: ("keylen", {}),
    7: ("rounds", {}),
    8: ("dictsize", {}),
    9: ("privalg", {}),
}
_TRANSFORMS: dict[int, tuple[dict[int, str], Mapping[int, tuple[str, dict[int, str]]]]] = {
    1: ({1: "ike"}, _OAKLEY_ATTRIBUTES),
    2: (
        dict(enumerate(["(reserved)", "md5", "sha", "1des", "sha2-256", "sha2-384", "sha2-512"], start=1)),
        _IPSEC_ATTRIBUTES,
    ),
    3: (CIPHERS, _IPSEC_ATTRIBUTES),
    4: ({1: "oui", 2: "deflate", 3: "lzs"}, _IPSEC_ATTRIBUTES),
}
"""By the proposal's protocol: the transforms' names, and their attributes."""

_IPV4, _FQDN, _USER, _NET4, _IPV6, _NET6, _RANGE4, _RANGE6 = range(1, 9)
_IDENTITIES = {
    _IPV4: "IPv4",
    _FQDN: "FQDN",
    _USER: "user FQDN",
    _NET4: "IPv4net",
    _IPV6: "IPv6",
    _NET6: "IPv6net",
    _RANGE4: "IPv4range",
    _RANGE6: "IPv6range",
    9: "ASN1 DN",
    10: "ASN1 GN",
    11: "keyid",
}
_IDENTITY_SIZES = {_IPV4: 4, _NET4: 8, _RANGE4: 8, _IPV6: 16, _NET6: 32, _RANGE6: 32}
_CERTIFICATES = dict(
    enumerate(["none", "pkcs7", "pgp", "dns", "x509sign", "x509ke", "kerberos", "crl", "arl", "spki", "x509attr"])
)

_RESPONDER_LIFETIME, _REPLAY_STATUS = 24576, 24577
_ERRORS = dict(
    enumerate(
        [
            "INVALID-PAYLOAD-TYPE",
            "DOI-NOT-SUPPORTED",
            "SITUATION-NOT-SUPPORTED",
            "INVALID-COOKIE",
            "INVALID-MAJOR-VERSION",
            "INVALID-MINOR-VERSION",
            "INVALID-EXCHANGE-TYPE",
            "INVALID-FLAGS",
            "INVALID-MESSAGE-ID",
            "INVALID-PROTOCOL-ID",
            "INVALID-SPI",
            "INVALID-TRANSFORM-ID",
            "ATTRIBUTES-NOT-SUPPORTED",
            "NO-PROPOSAL-CHOSEN",
            "BAD-PROPOSAL-SYNTAX",
            "PAYLOAD-MALFORMED",
            "INVALID-KEY-INFORMATION",
            "INVALID-ID-INFORMATION",
            "INVALID-CERT-ENCODING",
            "INVALID-CERTIFICATE",
            "CERT-TYPE-UNSUPPORTED",
            "INVALID-CERT-AUTHORITY",
            "INVALID-HASH-INFORMATION",
            "AUTHENTICATION-FAILED",
            "INVALID-SIGNATURE",
            "ADDRESS-NOTIFICATION",
            "NOTIFY-SA-LIFETIME",
            "CERTIFICATE-UNAVAILABLE",
            "UNSUPPORTED-EXCHANGE-TYPE",
            "UNEQUAL-PAYLOAD-LENGTHS",
        ],
        start=1,
    )
)
_IPSEC_STATUSES = {_RESPONDER_LIFETIME: "RESPONDER-LIFETIME", _REPLAY_STATUS: "REPLAY-STATUS", 24578: "INITIAL-CONTACT"}


def _print_sa(line: Line, at: int, size: int, depth: int) -> int | None:
    line.write("sa:")
    need(line, at, 12)
    domain, situation = line.u32(at + 4), line.u32(at + 8)
    if domain != _IPSEC:
        line.write(f" doi={domain} situation={situation}")
        return at + 12
    names = ((1, "identity"), (2, "secrecy"), (4, "integrity"))
    line.write(f" doi=ipsec situation={'+'.join(name for bit, name in names if situation & bit)}")
    proposal = at + 12
    if situation != 1:
        line.write(f" ident={line.u32(at + 4)}")
        proposal += 4
    need(line, proposal, 4)
    return print_payloads(line, _PROPOSAL, proposal, depth, payload_printers())


def _print_proposal(line: Line, at: int, size: int, depth: int) -> int | None:
    line.write("p:")
    need(line, at, 8)
    protocol, index_size = line.u8(at + 5), line.u8(at + 6)
    line.write(f" #{line.u8(at + 4)} protoid={named(PROTOCOLS, protocol)} transform={line.u8(at + 7)}")
    if index_size:
        line.write(" spi=")
        write_bytes(line, at + 8, index_size)
    need(line, at + 8 + index_size, 4)

    def print_transform(line: Line, at: int, size: int, depth: int) -> int | None:
        return _print_transform(line, at, size, protocol)

    return print_payloads(
        line, _TRANSFORM, at + 8 + index_size, depth, payload_printers() | {_TRANSFORM: print_transform}
    )


def _print_transform(line: Line, at: int, size: int, protocol: int = 0) -> int:
    line.write("t:")
    need(line, at, 8)
    number, kind = line.u8(at + 4), line.u8(at + 5)
    names, attributes = _TRANSFORMS.get(protocol, ({}, {}))
    line.write(f" #{number} id={named(names, kind, '#%u' if names else '%u')} ")
    stop = at + size
    at += 8
    while at < line.end and at < stop:
        at = print_attribute(line, at, stop, attributes)
    if line.end < stop:
        line.write("...")
    return at


def _write_body(line: Line, at: int, size: int) -> None:
    """Under -vvv, the payload's bytes."""
    if line.verbose > 2 and size > 4:
        line.write(" ")
        write_bytes(line, at + 4, size - 4)


def _print_key_exchange(line: Line, at: int, size: int, depth: int) -> int:
    line.write(f"ke: key len={size - 4}")
    _write_body(line, at, size)
    return at + size


def _opaque(kind: int) -> PayloadPrinter:
    def printer(line: Line, at: int, size: int, depth: int) -> int:
        line.write(f"{PAYLOADS[kind]}: len={size - 4}")
        _write_body(line, at, size)
        return at + size

    return printer


def _certificate(kind: int) -> PayloadPrinter:
    def printer(line: Line, at: int, size: int, depth: int) -> int:
        line.write(f"{PAYLOADS[kind]}:")
        need(line, at, 6)
        line.write(f" len={size - 4} type={named(_CERTIFICATES, line.u8(at + 4))}")
        _write_body(line, at, size)
        return at + size

    return printer


def _print_nonce(line: Line, at: int, size: int, depth: int) -> int:
    line.write(f"nonce: n len={size - 4}")
    if line.verbose == 2:
        line.write(" ")
        write_some(line, at + 4)
    _write_body(line, at, size)
    return at + size


def _print_identity(line: Line, at: int, size: int, depth: int) -> int:
    line.write("id:")
    need(line, at, 8)
    kind, protocol = line.u8(at + 4), line.u8(at + 5)
    name = None if line.numeric or not protocol else protocol_name(protocol)
    line.write(f" idtype={named(_IDENTITIES, kind)} protoid={name or protocol} port={line.u16(at + 6)}")
    left = size - 8
    if left <= 0:
        return at + size
    data = at + 8
    need(line, data, left)
    line.write(f" len={left}")
    needed = _IDENTITY_SIZES.get(kind, 0)
    if left < needed:
        line.write(f" [bad: < {needed}]")
    elif kind in (_FQDN, _USER):
        line.write(f" {visible(line.bytes(data, left))}")
    elif kind == _IPV4:
        line.write(f" {line.ipv4(data)}")
    elif kind == _IPV6:
        line.write(f" {line.ipv6(data)}")
    elif kind == _NET4:
        line.write(f" {line.ipv4(data)}/{'.'.join(map(str, line.bytes(data + 4, 4)))}")
    elif kind == _NET6:
        line.write(f" {line.ipv6(data)}/0x{line.bytes(data + 16, 16).hex()}")
    elif kind == _RANGE4:
        line.write(f" {line.ipv4(data)}-{line.ipv4(data + 4)}")
    elif kind == _RANGE6:
        line.write(f" {line.ipv6(data)}-{line.ipv6(data + 16)}")
    elif line.verbose > 2:
        line.write(" ")
        write_bytes(line, data, left)
    return at + size


def _print_notification(line: Line, at: int, size: int, depth: int) -> int:
    line.write("n:")
    need(line, at, 12)
    domain, protocol, index_size, kind = line.u32(at + 4), line.u8(at + 8), line.u8(at + 9), line.u16(at + 10)
    ipsec = domain == _IPSEC
    line.write(f" doi=ipsec proto={named(PROTOCOLS, protocol)}" if ipsec else f" doi={domain} proto={protocol}")
    line.write(f" type={_notification_name(kind, ipsec)}")
    if index_size:
        line.write(" spi=")
        write_bytes(line, at + 12, index_size)
    data = at + 12 + index_size
    if not ipsec:
        return data
    if data < line.end:
        _print_notification_data(line, kind, data, at + size)
    return at + size


def _notification_name(kind: int, ipsec: bool) -> str:
    if kind < 8192:
        return named(_ERRORS, kind)
    if ipsec and kind < 16384:
        return "RESERVED" if kind == 8192 else f"#{kind - 8192}"
    if 16384 <= kind < 24576:
        return "CONNECTED" if kind == 16384 else f"#{kind - 16384}"
    if ipsec and 24576 <= kind < 32768:
        return _IPSEC_STATUSES.get(kind) or f"#{kind - 24576}"
    return f"#{kind}"


def _print_notification_data(line: Line, kind: int, at: int, stop: int) -> None:
    if kind == _RESPONDER_LIFETIME:
        line.write(" attrs=(")
        try:
            while at < line.end and at < stop:
                at = print_attribute(line, at, stop, _OAKLEY_ATTRIBUTES)
        finally:
            line.write(")")
    elif kind == _REPLAY_STATUS:
        line.write(" status=(")
        line.write(f"replay detection {'en' if line.u32(at) else 'dis'}abled)")
    elif line.verbose > 3:
        line.write(" data=(")
        write_bytes(line, at, line.end - at)
        line.write(")")
    else:
        write_some(line, at)


def _print_delete(line: Line, at: int, size: int, depth: int) -> int:
    line.write("d:")
    need(line, at, 12)
    domain, protocol, index_size, count = line.u32(at + 4), line.u8(at + 8), line.u8(at + 9), line.u16(at + 10)
    ipsec = domain == _IPSEC
    line.write(f" doi=ipsec proto={named(PROTOCOLS, protocol)}" if ipsec else f" doi={domain} proto={protocol}")
    line.write(f" spilen={index_size} nspi={count} spi=")
    at += 12
    for number in range(count):
        if number:
            line.write(",")
        write_bytes(line, at, index_size)
        at += index_size
    return at


PRINTERS: dict[int, PayloadPrinter] = {
    _SA: _print_sa,
    _PROPOSAL: _print_proposal,
    _TRANSFORM: lambda line, at, size, depth: _print_transform(line, at, size),
    _KEY_EXCHANGE: _print_key_exchange,
    _IDENTITY: _print_identity,
    _CERTIFICATE: _certificate(_CERTIFICATE),
    _REQUEST: _certificate(_REQUEST),
    _HASH: _opaque(_HASH),
    _SIGNATURE: _opaque(_SIGNATURE),
    _NONCE: _print_nonce,
    _NOTIFICATION: _print_notification,
    _DELETE: _print_delete,
    _VENDOR: _opaque(_VENDOR),
}
"""By the payload's type."""
