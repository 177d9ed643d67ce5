"""L2TP (RFC 2661): tunnel and session, and the attributes of a control message or the PPP frame inside.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("c802 0014 0000 0000 0000 0000 8008 0000 0000 0001"))
>>> print_l2tp(line, 0, 20)
>>> line.text()
' l2tp:[TLS](0/0)Ns=0,Nr=0 *MSGTYPE(SCCRQ)'
"""

from lesson_engine.tcpdump.printers.line import Line, named, visible

_CONTROL, _LENGTH, _SEQUENCE, _OFFSET, _PRIORITY = 0x8000, 0x4000, 0x0800, 0x0200, 0x0100
_LETTERS = ((_CONTROL, "T"), (_LENGTH, "L"), (_SEQUENCE, "S"), (_OFFSET, "O"), (_PRIORITY, "P"))
_VERSION, _L2F, _L2TP = 0x000F, 1, 2

_MESSAGES = {
    1: "SCCRQ",
    2: "SCCRP",
    3: "SCCCN",
    4: "StopCCN",
    6: "HELLO",
    7: "OCRQ",
    8: "OCRP",
    9: "OCCN",
    10: "ICRQ",
    11: "ICRP",
    12: "ICCN",
    14: "CDN",
    15: "WEN",
    16: "SLI",
}

_HEADER = 6
_MANDATORY, _HIDDEN, _SIZE = 0x8000, 0x4000, 0x03FF
_MESSAGE_TYPE, _RESULT, _PROTOCOL_VERSION, _TIE_BREAKER, _CAUSE, _ANSWER = 0, 1, 2, 5, 12, 13
_DELAY, _PROXY_TYPE, _PROXY_ID, _CALL_ERRORS, _CONTROL_MAP, _DISCONNECT = 20, 29, 32, 34, 35, 46
_NAMES = dict(
    enumerate(
        (
            "MSGTYPE",
            "RESULT_CODE",
            "PROTO_VER",
            "FRAMING_CAP",
            "BEARER_CAP",
            "TIE_BREAKER",
            "FIRM_VER",
            "HOST_NAME",
            "VENDOR_NAME",
            "ASSND_TUN_ID",
            "RECV_WIN_SIZE",
            "CHALLENGE",
            "Q931_CC",
            "CHALLENGE_RESP",
            "ASSND_SESS_ID",
            "CALL_SER_NUM",
            "MINIMUM_BPS",
            "MAXIMUM_BPS",
            "BEARER_TYPE",
            "FRAMING_TYPE",
            "PACKET_PROC_DELAY",
            "CALLED_NUMBER",
            "CALLING_NUMBER",
            "SUB_ADDRESS",
            "TX_CONN_SPEED",
            "PHY_CHANNEL_ID",
            "INI_RECV_LCP",
            "LAST_SENT_LCP",
            "LAST_RECV_LCP",
            "PROXY_AUTH_TYPE",
            "PROXY_AUTH_NAME",
            "PROXY_AUTH_CHAL",
            "PROXY_AUTH_ID",
            "PROXY_AUTH_RESP",
            "CALL_ERRORS",
            "ACCM",
            "RANDOM_VECTOR",
            "PRIVATE_GRP_ID",
            "RX_CONN_SPEED",
            "SEQ_REQUIRED",
        )
    )
) | {_DISCONNECT: "PPP_DISCON_CC"}
_LETTERED = {3: ("A", "S"), 4: ("A", "D"), 18: ("A", "D"), 19: ("A", "S")}
"""Attributes of two bits: the letters for the second and the first."""
_NUMBERS = {6: 2, 9: 2, 10: 2, 14: 2, 15: 4, 16: 4, 17: 4, 24: 4, 25: 4, 38: 4}
"""Attributes that are one number, and its size in bytes."""
_TEXTS = frozenset((7, 8, 21, 22, 23, 30, 37))
_OPAQUE = frozenset((11, 26, 27, 28, 31, 33, 36))
_FIXED = {_TIE_BREAKER: 8, _ANSWER: 16}
"""Opaque attributes of one size."""
_PROXY_TYPES = {0: "Reserved", 1: "Textual", 2: "CHAP", 3: "PAP", 4: "No Auth", 5: "MS-CHAPv1"}
_DIRECTIONS = {0: "global error", 1: "at peer", 2: "at local"}


class _ShortValueError(Exception):
    """An attribute is too short for what it should hold."""


def print_l2tp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "l2tp"
    write = line.write
    start = at
    flags = line.u16(at)
    version = flags & _VERSION
    if version != _L2TP:
        write(" l2f:" if version == _L2F else " Unknown Version, neither L2F(1) nor L2TP(2)")
        return
    write(" l2tp:")
    write(f"[{''.join(letter for mask, letter in _LETTERS if flags & mask)}]")
    at += 2
    claimed = 0
    if flags & _LENGTH:
        claimed = line.u16(at)
        at += 2
    write(f"({line.u16(at)}/")
    write(f"{line.u16(at + 2)})")
    at += 4
    if flags & _SEQUENCE:
        write(f"Ns={line.u16(at)},")
        write(f"Nr={line.u16(at + 2)}")
        at += 4
    if flags & _OFFSET:
        padding = line.u16(at)
        if not line.has(at + 2, padding):
            line.truncated()
            return
        at += 2 + padding
    if flags & _LENGTH:
        if length < claimed:
            write(f" Length {claimed} larger than packet")
            return
        length = claimed
    left = length - (at - start)
    if left < 0:
        write(f" Length {length} smaller than header length")
    elif not flags & _CONTROL:
        from lesson_engine.tcpdump.printers.ppp import print_ppp

        write(" {")
        print_ppp(line, at, left)
        write("}")
    elif not flags & _LENGTH:
        write(" No length")
    elif left == 0:
        write(" ZLB")
    else:
        _print_attributes(line, at, left)


def _print_attributes(line: Line, at: int, left: int) -> None:
    while left:
        line.write(" ")
        head = line.u16(at)
        size = head & _SIZE
        if size < _HEADER or size > left or not line.has(at, size):
            line.truncated()
            return
        line.write(f"{'*' if head & _MANDATORY else ''}{'?' if head & _HIDDEN else ''}")
        vendor, kind = line.u16(at + 2), line.u16(at + 4)
        value = line.bytes(at + _HEADER, size - _HEADER)
        if vendor:
            line.write(f"VENDOR{vendor:04x}:ATTR{kind:04x}({value.hex()})")
        else:
            line.write(f"{named(_NAMES, kind, 'AVP-#%u')}(")
            if head & _HIDDEN:
                line.write("???")
            else:
                try:
                    _print_value(line, kind, value)
                except _ShortValueError:
                    line.write("AVP too short")
            line.write(")")
        at += size
        left -= size


def _number(value: bytes, at: int, size: int) -> int:
    if len(value) < at + size:
        raise _ShortValueError
    return int.from_bytes(value[at : at + size], "big")


def _print_value(line: Line, kind: int, value: bytes) -> None:
    write = line.write
    if kind in _NUMBERS:
        write(str(_number(value, 0, _NUMBERS[kind])))
    elif kind in _TEXTS:
        write(visible(value))
    elif kind in _OPAQUE:
        write(value.hex())
    elif kind in _FIXED:
        write(f"{_number(value, 0, _FIXED[kind]):0{_FIXED[kind] * 2}x}")
    elif kind in _LETTERED:
        bits = _number(value, 0, 4)
        first, second = _LETTERED[kind]
        write(f"{first if bits & 2 else ''}{second if bits & 1 else ''}")
    elif kind == _MESSAGE_TYPE:
        write(named(_MESSAGES, _number(value, 0, 2), "MSGTYPE-#%u"))
    elif kind == _RESULT:
        _print_result(line, value)
    elif kind == _PROTOCOL_VERSION:
        write(f"{_number(value, 0, 2) >> 8}.{value[1]}")
    elif kind == _CAUSE:
        detail = _number(value, 0, 3)
        write(f"{detail >> 8}, {detail & 0xFF:02x}")
        if len(value) > 3:
            write(f" {visible(value[3:])}")
    elif kind == _DELAY:
        write("obsolete")
    elif kind == _PROXY_TYPE:
        write(named(_PROXY_TYPES, _number(value, 0, 2), "AuthType-#%u"))
    elif kind == _PROXY_ID:
        write(str(_number(value, 0, 2) & 0xFF))
    elif kind == _CALL_ERRORS:
        _number(value, 0, 2)
        for index, name in enumerate(("CRCErr", "FrameErr", "HardOver", "BufOver", "Timeout", "AlignErr")):
            write(f"{name}={_number(value, 2 + 4 * index, 4)} ")
    elif kind == _CONTROL_MAP:
        _number(value, 0, 2)
        for index, name in enumerate(("send", "recv")):
            write(f"{name}={_number(value, 2 + 4 * index, 4):08x} ")
    elif kind == _DISCONNECT:
        detail = _number(value, 0, 5)
        write(f"{detail >> 24:04x}, {detail >> 8 & 0xFFFF:04x} {named(_DIRECTIONS, detail & 0xFF, 'Direction-#%u')}")
        if len(value) > 5:
            write(f" {visible(value[5:])}")


def _print_result(line: Line, value: bytes) -> None:
    line.write(str(_number(value, 0, 2)))
    if len(value) == 3:
        line.write(" ")
    if len(value) > 2:
        error = _number(value, 2, 2)
        line.write(f"/{error}")
        if len(value) > 4:
            line.write(f" {visible(value[4:])}")
