"""PPTP's control connection (RFC 2637): the kind of message and its fields, one after the other.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0010 0001 1a2b3c4d 0005 0000 00000007"))
>>> print_pptpcontrol(line, 0, 16)
>>> line.text()
': pptp CTRL_MSGTYPE=ECHORQ ID(7)'
"""

from collections.abc import Callable

from lesson_engine.tcpdump.printers.line import Line, named

_MAGIC = 0x1A2B3C4D
_HEADER = 12
_KINDS = {1: " CTRL-MSG", 2: " MGMT-MSG"}

_Field = tuple[int, Callable[[Line, int, int], None]]
"""A field's size, and its printer, which gets its place and the message's."""


def _number(title: str, size: int = 2) -> _Field:
    def printer(line: Line, at: int, message: int) -> None:
        line.write(f" {title}({line.u16(at) if size == 2 else line.u32(at)})")

    return size, printer


def _reserved(size: int = 2) -> _Field:
    def printer(line: Line, at: int, message: int) -> None:
        value = line.u16(at) if size == 2 else line.u8(at)
        if value:
            line.write(f" [ERROR: reserved={value} must be zero]")

    return size, printer


def _text(title: str, size: int = 64, length_at: int | None = None) -> _Field:
    """Text of `size` bytes, or of as many as the number at `length_at` in the message says."""

    def printer(line: Line, at: int, message: int) -> None:
        line.write(f" {title}(")
        used = size if length_at is None else min(size, line.u16(message + length_at))
        if used:
            line.padded_text(at, used)
        line.write(")")

    return size, printer


def _code(title: str, names: dict[int, str]) -> _Field:
    def printer(line: Line, at: int, message: int) -> None:
        value = line.u8(at)
        meaning = f":{named(names, value, '?')}" if line.verbose else ""
        line.write(f" {title}({value}{meaning})")

    return 1, printer


def _letter(title: str, names: dict[int, str]) -> _Field:
    def printer(line: Line, at: int, message: int) -> None:
        line.write(f" {title}({named(names, line.u32(at), '?')})")

    return 4, printer


def _print_version(line: Line, at: int, message: int) -> None:
    value = line.u16(at)
    line.write(f" PROTO_VER({value >> 8}.{value & 0xFF})")


def _map(title: str) -> _Field:
    def printer(line: Line, at: int, message: int) -> None:
        line.write(f" {title}(0x{line.u32(at):08x})")

    return 4, printer


def _result(*names: str) -> _Field:
    return _code("RESULT_CODE", dict(enumerate(names, start=1)))


_ERROR = _code(
    "ERR_CODE",
    dict(enumerate(("None", "Not-Connected", "Bad-Format", "Bad-Value", "No-Resource", "Bad-Call-ID", "PAC-Error"))),
)
_CALL, _PEER_CALL, _SERIAL = _number("CALL_ID"), _number("PEER_CALL_ID"), _number("CALL_SER_NUM")
_BEARER = _letter("BEARER_TYPE", {1: "A", 2: "D", 3: "Any"})
_FRAMING = _letter("FRAME_TYPE", {1: "A", 2: "S", 3: "E"})
_WINDOW, _DELAY = _number("RECV_WIN"), _number("PROC_DELAY")
_CHANNEL, _SPEED = _number("PHY_CHAN_ID", 4), _number("CONN_SPEED", 4)
_CAUSE = _number("CAUSE_CODE")


def _print_framings(line: Line, at: int, message: int) -> None:
    line.write(" FRAME_CAP(")
    value = line.u32(at)
    line.write(f"{'A' if value & 1 else ''}{'S' if value & 2 else ''})")


def _print_bearers(line: Line, at: int, message: int) -> None:
    value = line.u32(at)
    line.write(f" BEARER_CAP({'D' if value & 2 else ''}{'A' if value & 1 else ''})")


_CAPABILITIES: tuple[_Field, ...] = (
    (4, _print_framings),
    (4, _print_bearers),
    _number("MAX_CHAN"),
    _number("FIRM_REV"),
    _text("HOSTNAME"),
    _text("VENDOR"),
)
_VERSION: _Field = (2, _print_version)
_MESSAGES: tuple[tuple[str, tuple[_Field, ...]], ...] = (
    ("NOT_DEFINED", ()),
    ("SCCRQ", (_VERSION, _reserved(), *_CAPABILITIES)),
    (
        "SCCRP",
        (
            _VERSION,
            _result(
                "Successful channel establishment",
                "General error",
                "Command channel already exists",
                "Requester is not authorized to establish a command channel",
                "The protocol version of the requester is not supported",
            ),
            _ERROR,
            *_CAPABILITIES,
        ),
    ),
    (
        "StopCCRQ",
        (
            _code("REASON", {1: "None", 2: "Stop-Protocol", 3: "Stop-Local-Shutdown"}),
            _reserved(1),
            _reserved(),
        ),
    ),
    ("StopCCRP", (_result("OK", "General Error"), _ERROR, _reserved())),
    ("ECHORQ", (_number("ID", 4),)),
    ("ECHORP", (_number("ID", 4), _result("OK", "General Error"), _ERROR, _reserved())),
    (
        "OCRQ",
        (
            _CALL,
            _SERIAL,
            _number("MIN_BPS", 4),
            _number("MAX_BPS", 4),
            _BEARER,
            _FRAMING,
            _WINDOW,
            _DELAY,
            _number("PHONE_NO_LEN"),
            _reserved(),
            _text("PHONE_NO", length_at=24),
            _text("SUB_ADDR"),
        ),
    ),
    (
        "OCRP",
        (
            _CALL,
            _PEER_CALL,
            _result("Connected", "General Error", "No Carrier", "Busy", "No Dial Tone", "Time-out", "Do Not Accept"),
            _ERROR,
            _CAUSE,
            _SPEED,
            _WINDOW,
            _DELAY,
            _CHANNEL,
        ),
    ),
    (
        "ICRQ",
        (
            _CALL,
            _SERIAL,
            _BEARER,
            _CHANNEL,
            _number("DIALED_NO_LEN"),
            _number("DIALING_NO_LEN"),
            _text("DIALED_NO", length_at=12),
            _text("DIALING_NO", length_at=14),
            _text("SUB_ADDR"),
        ),
    ),
    (
        "ICRP",
        (
            _CALL,
            _PEER_CALL,
            _result("Connect", "General Error", "Do Not Accept"),
            _ERROR,
            _WINDOW,
            _DELAY,
            _reserved(),
        ),
    ),
    ("ICCN", (_PEER_CALL, _reserved(), _SPEED, _WINDOW, _DELAY, _FRAMING)),
    ("CCRQ", (_CALL, _reserved())),
    (
        "CDN",
        (
            _CALL,
            _result("Lost Carrier", "General Error", "Admin Shutdown", "Request"),
            _ERROR,
            _CAUSE,
            _reserved(),
            _text("CALL_STATS", 128),
        ),
    ),
    (
        "WEN",
        (
            _PEER_CALL,
            _reserved(),
            _number("CRC_ERR", 4),
            _number("FRAMING_ERR", 4),
            _number("HARDWARE_OVERRUN", 4),
            _number("BUFFER_OVERRUN", 4),
            _number("TIMEOUT_ERR", 4),
            _number("ALIGN_ERR", 4),
        ),
    ),
    ("SLI", (_PEER_CALL, _reserved(), _map("SEND_ACCM"), _map("RECV_ACCM"))),
)
"""By type: the name, and the fields after the header."""


def print_pptpcontrol(line: Line, at: int, length: int) -> None:
    """The message at `at`; its type gives its size."""
    line.protocol = "pptp"
    write = line.write
    write(": pptp")
    if line.verbose:
        write(f" Length={line.u16(at)}")
        write(named(_KINDS, line.u16(at + 2), " UNKNOWN-MSG-TYPE"))
    magic = line.u32(at + 4)
    if magic != _MAGIC:
        write(f" UNEXPECTED Magic-Cookie!!({magic:08x})")
    if line.verbose or magic != _MAGIC:
        write(f" Magic-Cookie={magic:08x}")
    kind = line.u16(at + 8)
    known = kind < len(_MESSAGES)
    write(f" CTRL_MSGTYPE={_MESSAGES[kind][0]}" if known else f" UNKNOWN_CTRL_MSGTYPE({kind})")
    _reserved()[1](line, at + 10, at)
    if not known:
        return
    message = at = at + _HEADER
    for size, printer in _MESSAGES[kind][1]:
        printer(line, at, message)
        at += size
