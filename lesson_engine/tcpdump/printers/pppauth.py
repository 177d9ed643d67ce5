"""The authentication protocols of PPP: PAP (RFC 1334) and CHAP (RFC 1994).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\1\\1\\0\\x0e\\4user\\4pass")
>>> print_pap(line, 0, 14)
>>> line.text()
'PAP, Auth-Req (0x01), id 1, Peer user, Name pass'
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, named

_PAP_REQUEST = 1
_PAP_NAMES = {_PAP_REQUEST: "Auth-Req", 2: "Auth-ACK", 3: "Auth-NACK"}
_CHALLENGE, _RESPONSE, _SUCCESS, _FAILURE = 1, 2, 3, 4
_ENDLESS = 1 << 31
_CHAP_NAMES = {_CHALLENGE: "Challenge", _RESPONSE: "Response", _SUCCESS: "Success", _FAILURE: "Fail"}


def print_pap(line: Line, at: int, length: int) -> None:
    """A PAP message of `length` bytes at `at`."""
    if not _print_start(line, at, length, "PAP", _PAP_NAMES):
        return
    code, size = line.u8(at), line.u16(at + 2)
    if size > length:
        line.write(f", length {size} > packet size")
        return
    if size < 4:
        line.write(f", length {size} < PAP header length")
        return
    titles = ("Peer", "Name") if code == _PAP_REQUEST else ("Msg",) if code in _PAP_NAMES else ()
    if titles and size < 4 + len(titles):
        line.write("[|pap]")
        return
    stop = at + size
    at += 4
    for title in titles:
        if at >= stop or at + 1 + line.u8(at) > stop:
            return
        text = line.u8(at)
        line.write(f", {title} ")
        _print_text(line, at + 1, text)
        at += 1 + text


def print_chap(line: Line, at: int, length: int) -> None:
    """A CHAP message of `length` bytes at `at`."""
    if not _print_start(line, at, length, "CHAP", _CHAP_NAMES):
        return
    code = line.u8(at)
    stop = at + line.u16(at + 2)
    end = at + length
    at += 4
    if code in (_CHALLENGE, _RESPONSE):
        if at >= end or at + 1 + line.u8(at) > end:
            return
        value = line.u8(at)
        line.write(", Value ")
        at += 1
        line.write(line.data[at : min(at + value, line.end)].hex())
        line.need(at, value)
        at += value
        line.write(", Name ")
        _print_text(line, at, stop - at)
    elif code in (_SUCCESS, _FAILURE):
        line.write(", Msg ")
        _print_text(line, at, stop - at)


def _print_start(line: Line, at: int, length: int, name: str, codes: dict[int, str]) -> bool:
    """Name, code and identifier; False if that is all there is."""
    if length < 4:
        line.write(f"[|{name.lower()}]" if length < 1 else f"[|{name.lower()} 0x{line.u8(at):02x}]")
        return False
    code = line.u8(at)
    line.write(f"{name}, {named(codes, code, 'unknown')} (0x{code:02x})")
    line.write(f", id {line.u8(at + 1)}")
    line.need(at + 2, 2)
    return True


def _print_text(line: Line, at: int, size: int) -> None:
    # A length that ends before the text begins is taken for a huge one.
    if line.printable(at, size if size >= 0 else _ENDLESS):
        raise TruncatedError
