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

from lesson_engine.tcpdump.printers.line import Line

_LONGEST_TOKEN = 128
_LETTER, _SPACE, _BINARY = b"\0", b"\1", b"\2"
_KINDS = b"".join(
    _SPACE if byte in b" \t\n\v\f\r" else _LETTER if 0x21 <= byte < 0x7F else _BINARY for byte in range(256)
)
"""For bytes.translate: what each byte is to a word. Most payloads are binary, and this sees it at once."""

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


_COMMANDS = {"http": _HTTP_COMMANDS, "rtsp": _RTSP_COMMANDS, "sip": _SIP_COMMANDS}
"""The protocols that have commands and a status after the first word; of the others, any line is printed."""


def print_text(line: Line, protocol: str, at: int, length: int) -> None:
    """A payload of `length` bytes that speaks `protocol`: http, rtsp, sip, ftp, smtp or whois."""
    commands = _COMMANDS.get(protocol)
    line.protocol = protocol
    line.write(protocol.upper())
    stop = at + length
    if commands is not None and not _starts_a_message(line, at, stop, commands):
        return
    if not line.verbose:
        _print_line(line, at, stop, ": ")
        return
    line.write(f", length: {length}")
    while 0 < at < stop:
        at = _print_line(line, at, stop, "\n\t")


def _starts_a_message(line: Line, at: int, stop: int, commands: frozenset[bytes]) -> bool:
    token, at = _token(line, at, stop)
    if not token:
        return False
    if token.upper() in commands:
        return True
    token, at = _token(line, at, stop)
    return len(token) == 3 and token.isdigit()


def _token(line: Line, at: int, stop: int) -> tuple[bytes, int]:
    """The printable word at `at` and where the next one starts; an empty word if there is none."""
    captured_stop = min(stop, line.end)
    # One byte more than the longest word: a space must follow within it, or the data must end.
    piece = line.data[at : min(captured_stop, at + _LONGEST_TOKEN + 1)]
    kinds = piece.translate(_KINDS)
    size = kinds.find(_SPACE)
    if size < 0:
        size = len(piece)
    after = at + size
    cut = after == captured_stop < stop
    if size > _LONGEST_TOKEN or cut or kinds.find(_BINARY, 0, size) >= 0:
        return b"", at
    while after < captured_stop and line.data[after] == 0x20:
        after += 1
    return piece[:size], after


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
