"""Kerberos over UDP: what can be read of version 4's messages; of version 5 (RFC 4120) the version alone.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x6a\\x81")
>>> print_kerberos(line, 0, 2)
>>> line.text()
' v5'
"""

from lesson_engine.tcpdump.printers.line import Line, named, visible

_REQUEST, _REPLY, _APPLICATION, _ERROR = 2, 4, 6, 10
_NAMES = {
    _REQUEST: "KDC_REQUEST",
    _REPLY: "KDC_REPLY",
    _APPLICATION: "APPL_REQUEST",
    8: "APPL_REQUEST_MUTUAL",
    _ERROR: "ERR_REPLY",
    12: "PRIVATE",
    14: "SAFE",
    16: "APPL_ERR",
    126: "DIE",
}
_ERRORS = dict(
    enumerate(
        (
            "OK",
            "NAME_EXP",
            "SERVICE_EXP",
            "AUTH_EXP",
            "PKT_VER",
            "NAME_MAST_KEY_VER",
            "SERV_MAST_KEY_VER",
            "BYTE_ORDER",
            "PRINCIPAL_UNKNOWN",
            "PRINCIPAL_NOT_UNIQUE",
            "NULL_KEY",
        )
    )
)
_ASN1_REQUEST, _ASN1_REPLY = 106, 107
"""What messages of version 5 begin with."""


class _CutStringError(Exception):
    """A string ends with the packet."""


def print_kerberos(line: Line, at: int, length: int) -> None:
    """A message at `at`; it ends where the packet does, whatever `length` is."""
    line.protocol = "krb"
    if at >= line.end:
        line.truncated()
        return
    version = line.u8(at)
    if version in (_ASN1_REQUEST, _ASN1_REPLY):
        line.write(" v5")
    elif 1 <= version <= 4:
        line.write(f" v{version}")
        if version == 4:
            try:
                _print_message(line, at)
            except _CutStringError:
                line.truncated()


def _print_message(line: Line, at: int) -> None:
    first = line.u8(at + 1)
    little_endian, kind = first & 1, first & 0xFE
    line.write(f" {'le' if little_endian else 'be'} {named(_NAMES, kind)}: ")
    at += 2
    if kind == _REQUEST:
        at = _print_strings(line, at, ".", "@") + 4
        line.write(f" {line.u8(at) * 5}min ")
        _print_strings(line, at + 1, ".")
    elif kind == _APPLICATION:
        line.write(f"v{line.u8(at)} ")
        at = _print_strings(line, at + 1)
        line.write(f" ({line.u8(at)})")
        line.write(f" ({line.u8(at + 1)})")
    elif kind == _REPLY:
        at = _print_strings(line, at, ".", "@") + 10
        line.write(f" ({_number(line, at, little_endian)})")
    elif kind == _ERROR:
        at = _print_strings(line, at, ".", "@") + 4
        line.write(f" {named(_ERRORS, _number(line, at, little_endian))} ")
        _print_strings(line, at + 4)
    else:
        line.write("(unknown)")


def _number(line: Line, at: int, little_endian: int) -> int:
    return int.from_bytes(line.bytes(at, 2), "little" if little_endian else "big")


def _print_strings(line: Line, at: int, *separators: str) -> int:
    """Print strings that end at zero bytes, one more than there are separators; returns what follows them."""
    for separator in ("", *separators):
        line.write(separator)
        end = line.data.find(0, at, line.end)
        line.write(visible(line.data[at : line.end if end < 0 else end]))
        if end < 0:
            raise _CutStringError
        at = end + 1
    return at
