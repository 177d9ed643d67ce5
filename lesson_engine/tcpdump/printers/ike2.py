"""The payloads of IKE's second version (RFC 7296), as -v shows them; -vvv adds their bytes.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(verbose=1))
>>> line.begin(bytes.fromhex("00000008 61622e00"))
>>> PRINTERS[43](line, 0, 8, 1), line.text()
(8, 'v2vid: len=4 vid=ab..')
"""

from lesson_engine.tcpdump.printers.ike1 import CIPHERS, GROUPS
from lesson_engine.tcpdump.printers.isakmp import (
    PAYLOADS,
    PROTOCOLS,
    CutPayloadError,
    PayloadPrinter,
    need,
    print_attribute,
    write_bytes,
    write_some,
)
from lesson_engine.tcpdump.printers.line import Line, named

_PROPOSAL, _TRANSFORM = 2, 3
_SA, _KEY_EXCHANGE, _INITIATOR, _RESPONDER, _CERTIFICATE, _REQUEST, _AUTHENTICATION = range(33, 40)
_NONCE, _NOTIFICATION, _DELETE, _VENDOR, _SELECTORS_I, _SELECTORS_R, _ENCRYPTED, _CONFIGURATION, _EAP = range(40, 49)

_TRANSFORM_TYPES = {1: "encr", 2: "prf", 3: "integ", 4: "dh", 5: "esn"}
_TRANSFORMS = {
    1: CIPHERS,
    2: {1: "hmac-md5", 2: "hmac-sha", 3: "hmac-tiger", 4: "aes128_xcbc"},
    3: {1: "hmac-md5", 2: "hmac-sha", 3: "dec-mac", 4: "kpdk-md5", 5: "aes-xcbc"},
    4: GROUPS,
    5: {0: "no-esn", 1: "esn"},
}
_CIPHER_ATTRIBUTES: dict[int, tuple[str, dict[int, str]]] = {14: ("keylen", {})}
_METHODS = {0: "invalid", 1: "rsasig", 2: "shared-secret", 3: "dsssig"}
_IDENTITIES = {1: "ipv4", 2: "fqdn", 3: "rfc822", 5: "ipv6", 9: "dn", 10: "gn", 11: "keyid"}
_TEXT_IDENTITIES = (2, 3)

_COOKIE = 16390
_NOTIFICATIONS = {
    1: "unsupported_critical_payload",
    4: "invalid_ike_spi",
    5: "invalid_major_version",
    7: "invalid_syntax",
    9: "invalid_message_id",
    11: "invalid_spi",
    14: "no_protocol_chosen",
    17: "invalid_ke_payload",
    24: "authentication_failed",
    34: "single_pair_required",
    35: "no_additional_sas",
    36: "internal_address_failure",
    37: "failed:cp_required",
    39: "invalid_selectors",
    16384: "initial_contact",
    16385: "set_window_size",
    16386: "additional_ts_possible",
    16387: "ipcomp_supported",
    16388: "nat_detection_source_ip",
    16389: "nat_detection_destination_ip",
    _COOKIE: "cookie",
    16391: "use_transport_mode",
    16392: "http_cert_lookup_supported",
    16393: "rekey_sa",
    16394: "tfc_padding_not_supported",
    16395: "non_first_fragment_also",
}
_WITHOUT_INDEX = frozenset((1, 5, 35, 36, 37, 39, 16384, 16385, 16386, 16387, 16391, 16392, 16394, 16395))
"""Notifications whose security parameter index is not shown."""


def _write_name(line: Line, name: str, at: int) -> None:
    need(line, at, 4)
    line.write(f"{name}{'[C]' if line.u8(at + 1) & 0x80 else ''}:")


def _readable(data: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)


def _opaque(kind: int) -> PayloadPrinter:
    def printer(line: Line, at: int, size: int, depth: int) -> int:
        _write_name(line, PAYLOADS[kind], at)
        line.write(f" len={size - 4}")
        if line.verbose > 2:
            line.write(" ")
            write_bytes(line, at + 4, size - 4)
        return at + size

    return printer


def print_encrypted(line: Line, at: int, size: int, depth: int) -> None:
    """The payload that hides the others; no place follows it, since the next type is that of one inside."""
    _write_name(line, PAYLOADS[_ENCRYPTED], at)
    line.write(f" len={size - 4}")
    if line.verbose > 2 and size > 8:
        line.write(" ")
        write_bytes(line, at + 4, size - 4)
    need(line, at + 4, size - 4)


def _print_sa(line: Line, at: int, size: int, depth: int) -> int | None:
    _write_name(line, "sa", at)
    line.write(f" len={size - 4}")
    left, at, kind = size - 4, at + 4, _PROPOSAL
    while kind:
        item = _item_size(line, at, left)
        if item == 0:
            line.write(" [|v2sa]")
            return at + left
        following = line.u8(at)
        line.write("\n" + "    " * (depth + 1) + "(")
        if kind == _PROPOSAL:
            after = _print_proposal(line, at, item, depth + 1)
            if after is None:
                return None
        else:
            line.write(named(PAYLOADS, kind))
            after = at + item
        line.write(")")
        at, left, kind = after, left - item, following
    return at


def _item_size(line: Line, at: int, left: int) -> int:
    """The size of the proposal or transform at `at`; 0 if it does not fit in what is left."""
    if left < 4:
        return 0
    need(line, at, 4)
    size = line.u16(at + 2)
    need(line, at, 0 if size > 4 else 1 << 32)
    if left < size:
        return 0
    need(line, at, size)
    return size


def _print_proposal(line: Line, at: int, size: int, depth: int) -> int | None:
    try:
        return _print_proposal_body(line, at, size, depth)
    except CutPayloadError:
        line.write(" [|p]")
        return None


def _print_proposal_body(line: Line, at: int, size: int, depth: int) -> int | None:
    need(line, at, 8)
    _write_name(line, "p", at)
    index_size = line.u8(at + 6)
    line.write(
        f" #{line.u8(at + 4)} protoid={named(PROTOCOLS, line.u8(at + 5))} transform={line.u8(at + 7)} len={size}"
    )
    left, at, kind, number = size - 4, at + 8, _TRANSFORM, 0
    if index_size:
        if left < index_size:
            line.write(" [|p]")
            return at + left
        line.write(" spi=")
        write_bytes(line, at, index_size)
        at += index_size
        left -= index_size
    while kind:
        number += 1
        item = _item_size(line, at, left)
        if item == 0:
            line.write(" [|p]")
            return at + left
        following = line.u8(at)
        line.write("\n" + "    " * (depth + 1) + "(")
        if kind == _TRANSFORM:
            try:
                after = _print_transform(line, at, item, number)
            except CutPayloadError:
                line.write(" [|t]")
                return None
        else:
            line.write(named(PAYLOADS, kind))
            after = at + item
        line.write(")")
        at, left, kind = after, left - item, following
    return at


def _print_transform(line: Line, at: int, size: int, number: int) -> int:
    need(line, at, 8)
    _write_name(line, "t", at)
    kind, identifier = line.u8(at + 4), line.u16(at + 6)
    names = _TRANSFORMS.get(kind, {})
    line.write(
        f" #{number} type={named(_TRANSFORM_TYPES, kind)} id={named(names, identifier, '#%u' if names else '%u')} "
    )
    stop = at + size
    at += 8
    while at < line.end and at < stop:
        at = print_attribute(line, at, stop, _CIPHER_ATTRIBUTES if kind == 1 else {})
    if line.end < stop:
        line.write("...")
    return at


def _print_key_exchange(line: Line, at: int, size: int, depth: int) -> int:
    need(line, at, 8)
    _write_name(line, "v2ke", at)
    if size < 8:
        line.write(f" len={size} < 8")
        return at + size
    line.write(f" len={size - 8} group={named(GROUPS, line.u16(at + 4))}")
    if line.verbose > 2 and size > 8:
        line.write(" ")
        write_bytes(line, at + 8, size - 8)
    return at + size


def _identity(kind: int) -> PayloadPrinter:
    def printer(line: Line, at: int, size: int, depth: int) -> int:
        need(line, at, 8)
        _write_name(line, PAYLOADS[kind], at)
        line.write(f" len={size - 4}")
        if line.verbose > 2:
            line.write(" ")
            write_bytes(line, at + 4, size - 4)
        identity = line.u8(at + 4)
        if identity in _IDENTITIES:
            line.write(f" {_IDENTITIES[identity]}:")
            # A size below the header's wraps around in tcpdump, and then nothing is as long as that.
            left = (size - 8) % (1 << 32)
            need(line, at + 8, left)
            data = line.data[at + 8 : at + 8 + left]
            line.write(_readable(data) if identity in _TEXT_IDENTITIES else data.hex())
        return at + size

    return printer


def _print_authentication(line: Line, at: int, size: int, depth: int) -> int:
    need(line, at, 8)
    _write_name(line, "v2auth", at)
    line.write(f" len={size - 4} method={named(_METHODS, line.u8(at + 4))}")
    if line.verbose > 1:
        line.write(" authdata=(")
        write_bytes(line, at + 8, (size - 8) % (1 << 32))
        line.write(") ")
    else:
        write_some(line, at + 8)
    return at + size


def _print_nonce(line: Line, at: int, size: int, depth: int) -> int:
    _write_name(line, "nonce", at)
    line.write(f" len={size - 4}")
    if line.verbose > 1:
        line.write(" nonce=(")
        write_bytes(line, at + 4, size - 4)
        line.write(") ")
    else:
        write_some(line, at + 4)
    return at + size


def _print_notification(line: Line, at: int, size: int, depth: int) -> int:
    need(line, at, 8)
    _write_name(line, "n", at)
    kind, index_size = line.u16(at + 6), line.u8(at + 5)
    name = _NOTIFICATIONS.get(kind)
    if name is None:
        name = (
            "error" if kind < 8192 else "private-error" if kind < 16384 else "status" if kind < 40960
            else "private-status"
        )  # fmt: skip
    line.write(f" prot_id={named(PROTOCOLS, line.u8(at + 4))} type={kind}({name})")
    if index_size and kind not in _WITHOUT_INDEX:
        line.write(" spi=")
        write_bytes(line, at + 8, index_size)
    data = at + 8 + index_size
    left = line.end - data
    if left > 0:
        if line.verbose > 3 or (kind == _COOKIE and left < 30):
            line.write(" data=(")
            write_bytes(line, data, left)
            line.write(")")
        elif kind == _COOKIE:
            write_some(line, data)
    return at + size


def _print_vendor(line: Line, at: int, size: int, depth: int) -> int:
    _write_name(line, "v2vid", at)
    line.write(f" len={size - 4} vid=")
    need(line, at + 4, size - 4)
    line.write(_readable(line.bytes(at + 4, size - 4)))
    if line.verbose > 2 and size > 8:
        line.write(" ")
        write_bytes(line, at + 4, size - 4)
    return at + size


PRINTERS: dict[int, PayloadPrinter] = {
    _SA: _print_sa,
    _KEY_EXCHANGE: _print_key_exchange,
    _INITIATOR: _identity(_INITIATOR),
    _RESPONDER: _identity(_RESPONDER),
    _AUTHENTICATION: _print_authentication,
    _NONCE: _print_nonce,
    _NOTIFICATION: _print_notification,
    _VENDOR: _print_vendor,
    **{
        kind: _opaque(kind)
        for kind in (
            _CERTIFICATE, _REQUEST, _DELETE, _SELECTORS_I, _SELECTORS_R, _CONFIGURATION, _EAP,
        )
    },
}  # fmt: skip
"""By the payload's type."""
