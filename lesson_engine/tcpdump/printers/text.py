"""Text protocols: HTTP, SMTP, FTP, RTSP, SIP, WHOIS: the first line, or under -v the lines up to the body.

A protocol with commands (RFC 9112, RFC 5321) prints a line only where the payload starts with one of them
or with a three-digit status; one without prints whatever line comes. What is not printable ASCII up to its
line end is no line, so payload never reaches the terminal raw.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions())
>>> line.begin(b"GET / HTTP/1.1\\r\\nHost: example.jp\\r\\n\\r\\n")
>>> print_text(line, "http", 0, 36)
>>> line.text()
'HTTP: GET / HTTP/1.1'
"""

import re
from collections.abc import Iterable

from lesson_engine.packets.capture import Buffer
from lesson_engine.tcpdump.printers.line import Line

LONGEST_WORD = 128
_FIRST_WORDS = rb"([!-~]{1,128}+)(?=%s)(?: *([0-9]{3})(?=%s))?"
"""A word, and the status behind it if there is one; each ends before white space (vertical tabs and form feeds are none
to tcpdump), or with the payload."""
_BEFORE_MORE = re.compile(_FIRST_WORDS % ((rb"[\t\n\r ]",) * 2))
_BEFORE_THE_END = re.compile(_FIRST_WORDS % ((rb"[\t\n\r ]|\Z",) * 2))

_HTTP_COMMANDS = frozenset(
    b"GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK REPORT UPDATE"
    b" NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE PROPPATCH BPROPFIND BPROPPATCH"
    b" UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL".split()
)
_RTSP_COMMANDS = frozenset(
    b"DESCRIBE ANNOUNCE GET_PARAMETER OPTIONS PAUSE PLAY RECORD REDIRECT SETUP SET_PARAMETER TEARDOWN".split()
)
_SIP_COMMANDS = frozenset(
    b"ACK BYE CANCEL DO INFO INVITE MESSAGE NOTIFY OPTIONS PRACK QAUTH REFER REGISTER SPRACK SUBSCRIBE UPDATE"
    b" PUBLISH".split()
)


COMMANDS = {"http": _HTTP_COMMANDS, "rtsp": _RTSP_COMMANDS, "sip": _SIP_COMMANDS}
"""The protocols that have commands and a status after the first word; of the others, any line is printed."""


def print_text(line: Line, protocol: str, at: int, length: int) -> None:
    """A payload of `length` bytes that speaks `protocol`: http, rtsp, sip, ftp, smtp or whois."""
    line.protocol = protocol
    line.write(protocol.upper())
    stop = at + length
    if protocol in COMMANDS:
        seen = min(stop, line.end)
        if not message_starts(protocol, line.data, [(at, seen, seen < stop)])[0]:
            return
    if not line.verbose:
        _print_line(line, at, stop, ": ")
        return
    line.write(f", length: {length}")
    while 0 < at < stop:
        at = _print_line(line, at, stop, "\n\t")


def message_starts(protocol: str, data: Buffer, spans: Iterable[tuple[int, int, bool]]) -> list[bool]:
    """Whether payloads begin with a command or a status of `protocol`, which must be one that has commands.

    Each span is where in `data` the payload starts, where it stops, and whether more of it was on the wire.
    """
    commands = COMMANDS[protocol]
    before_more, before_the_end = _BEFORE_MORE.match, _BEFORE_THE_END.match
    return [
        (found := (before_more if is_cut else before_the_end)(data, start, stop)) is not None
        and (found[2] is not None or found[1].upper() in commands)
        for start, stop, is_cut in spans
    ]


def _print_line(line: Line, at: int, stop: int, prefix: str) -> int:
    """Print the line at `at` after `prefix`; returns where the next one starts, or 0 if this was the last."""
    data = line.data
    start = at
    while at < stop:
        byte = line.u8(at)
        if byte == 0x0A or byte == 0x0D:
            follows = at + 1
            if byte == 0x0D:
                if follows >= stop:
                    return 0
                if line.u8(follows) != 0x0A:
                    return 0
                follows += 1
            line.write(prefix + data[start:at].decode("ascii"))
            return follows
        if byte != 0x09 and not 0x20 <= byte < 0x7F:
            return 0
        at += 1
    line.write(prefix + data[start:at].decode("ascii"))
    line.truncated()
    return 0


_SSH_START = b"SSH-"


def print_ssh(line: Line, at: int, length: int) -> None:
    """The version line that either side of an SSH connection begins with (RFC 4253 section 4.2)."""
    line.protocol = "ssh"
    if any(line.u8(at + index) != byte for index, byte in enumerate(_SSH_START)):
        return
    start, stop = at, at + length
    while at < stop:
        byte = line.u8(at)
        if byte == 0x0A or (byte == 0x0D and at + 1 < stop and line.u8(at + 1) == 0x0A):
            line.write(f": SSH: {line.data[start:at].decode('ascii')}")
            return
        if not 0x20 <= byte < 0x7F:
            return
        at += 1
