"""Ethernet's Configuration Testing Protocol: frames that come back to who sent them.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0000 0100 0700 ffff"))
>>> print_loopbacktest(line, 0, 8)
>>> line.text()
'Loopback, skipCount 0, Reply, receipt number 7, data (2 octets)'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_REPLY, _FORWARD = 1, 2
_FUNCTIONS = {_REPLY: "Reply", _FORWARD: "Forward Data"}


def print_loopbacktest(line: Line, at: int, length: int) -> None:
    """A frame's `length` bytes at `at`."""
    line.protocol = "loopback"
    write = line.write
    write("Loopback")
    end = at + length
    if length >= 2:
        skipped = _word(line, at)
        write(f", skipCount {skipped}{' (bogus)' if skipped % 8 else ''}")
        at += 2
        if at + skipped <= end:
            line.need(at, skipped)
            at = _print_message(line, at + skipped, end)
            if at < 0:
                return
    line.invalid()
    line.need(at, end - at)


def _print_message(line: Line, at: int, end: int) -> int:
    """The message; where it went wrong, or a negative number."""
    if end - at < 2:
        return at
    function = _word(line, at)
    at += 2
    line.write(f", {named(_FUNCTIONS, function, ' invalid (%u)')}")
    size = {_REPLY: 2, _FORWARD: 6}.get(function, 0)
    if end - at < size:
        return at
    if function == _REPLY:
        line.write(f", receipt number {_word(line, at)}")
    elif function == _FORWARD:
        line.write(f", forwarding address {line.mac(at)}")
    at += size
    if size:
        line.write(f", data ({end - at} octets)")
    line.need(at, end - at)
    return -1


def _word(line: Line, at: int) -> int:
    return line.u8(at) | line.u8(at + 1) << 8
