"""EAP (RFC 3748): the message, with its identity, its notification, or what its method says of itself.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0207000901") + b"user")
>>> print_eap(line, 0, 9)
True
>>> line.text()
'Response (2), id 7, len 9\\n\\t\\t Type Identity (1), Identity: user'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named, visible

_WITH_TYPE = frozenset((1, 2))
_CODE_NAMES = {1: "Request", 2: "Response", 3: "Success", 4: "Failure"}
_IDENTITY, _NOTIFICATION, _NAK, _TLS, _SIM, _TTLS, _AKA, _FAST = 1, 2, 3, 13, 18, 21, 23, 43
_TYPE_NAMES = {
    0: "No proposed",
    _IDENTITY: "Identity",
    _NOTIFICATION: "Notification",
    _NAK: "Nak",
    4: "MD5-challenge",
    5: "OTP",
    6: "GTC",
    _TLS: "TLS",
    _SIM: "SIM",
    _TTLS: "TTLS",
    _AKA: "AKA",
    _FAST: "FAST",
    254: "Expanded types",
    255: "Experimental",
}
_SIM_NAMES = {
    1: "Challenge",
    2: "Auth reject",
    4: "Sync failure",
    5: "Identity",
    10: "Start",
    11: "Challenge",
    12: "Notification",
    13: "Reauth",
    14: "Client error",
}
_FAMILIES = {
    _NOTIFICATION: "Notification",
    _NAK: "Legacy NAK",
    _TLS: "TLS/TTLS",
    _TTLS: "TLS/TTLS",
    _FAST: "FAST",
    _SIM: "SIM/AKA",
    _AKA: "SIM/AKA",
}
"""What a message whose value is missing was too short for; an identity may be missing."""
_TLS_FLAGS = {0x80: "L bit", 0x40: "More fragments bit", 0x20: "Start bit"}


def print_eap(line: Line, at: int, available: int) -> bool:
    """A message where there are `available` bytes; False if it was cut."""
    line.need(at, 4)
    code, size = line.u8(at), line.u16(at + 2)
    if size != available:
        line.write("EAP fragment?")
        return True
    line.write(f"{named(_CODE_NAMES, code, 'unknown')} ({code}), id {line.u8(at + 1)}, len {size}")
    if size < 4:
        line.write(" (too short for EAP header)")
        return True
    if not line.has(at, size):
        return False
    if code not in _WITH_TYPE:
        return True
    if size < 5:
        line.write(" (too short for EAP request/response)")
        return True
    kind = line.u8(at + 4)
    line.write(f"\n\t\t Type {named(_TYPE_NAMES, kind, 'unknown')} ({kind})")
    value = at + 5
    rest = size - 5
    if rest < 1:
        if kind in _FAMILIES:
            line.write(f" (too short for EAP {_FAMILIES[kind]} request/response)")
    elif kind in (_IDENTITY, _NOTIFICATION):
        line.write(f", {_TYPE_NAMES[kind]}: ")
        line.write(visible(line.bytes(value, rest).partition(b"\0")[0]))
    elif kind == _NAK:
        # Which methods the other side would rather have.
        wanted = (f"{named(_TYPE_NAMES, method, 'unknown')} ({method})" for method in line.bytes(value, rest))
        line.write(f" {', '.join(wanted)}")
    elif kind in (_TLS, _TTLS, _FAST):
        _print_tls(line, kind, value, rest)
    elif kind in (_SIM, _AKA):
        subtype = line.u8(value)
        line.write(f" subtype [{named(_SIM_NAMES, subtype, 'unknown')}] 0x{subtype:02x}")
    return True


def _print_tls(line: Line, kind: int, at: int, size: int) -> None:
    flags = line.u8(at)
    version = "" if kind == _TLS else f" {_TYPE_NAMES[kind]}v{flags & 7}"
    line.write(f"{version} flags [{bits(_TLS_FLAGS, flags, 'none')}] 0x{flags:02x}")
    if flags & 0x80:
        if size < 5:
            line.write(f" (too short for EAP {_FAMILIES[kind]} request/response with length)")
        else:
            line.write(f", len {line.u32(at + 1)}")
