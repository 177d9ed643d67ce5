"""RESP (https://redis.io/docs/reference/protocol-spec): what Redis is asked and answers, each value in quotation marks.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"*2\\r\\n$3\\r\\nGET\\r\\n$3\\r\\nkey\\r\\n")
>>> print_resp(line, 0, 22)
>>> line.text()
': RESP "GET" "key"'
"""

from lesson_engine.tcpdump.printers.line import Line, visible

_LINES = frozenset(b"+-:")
_BULK, _ARRAY = ord("$"), ord("*")
_NULL = -1
_LINE_END = b"\r\n"


class _CutError(Exception):
    """A value ends in what was not sent, or a text in what was not captured."""


def print_resp(line: Line, at: int, length: int) -> None:
    """A payload of `length` bytes at `at`."""
    line.protocol = "resp"
    line.write(": RESP")
    stop = at + length
    try:
        while at < stop:
            at = _print_value(line, at, stop)
    except _CutError:
        line.truncated()


def _print_value(line: Line, at: int, stop: int) -> int:
    """One value; returns where the next one starts."""
    kind = _byte(line, at, stop)
    if kind == _ARRAY:
        return _print_array(line, at + 1, stop)
    if kind == _BULK:
        return _print_bulk(line, at + 1, stop)
    return _print_line(line, at + 1, stop) if kind in _LINES else _print_command(line, at, stop)


def _print_array(line: Line, at: int, stop: int) -> int:
    count, at = _number(line, at, stop)
    if count is None:
        return at
    if count > 0:
        for _ in range(count):
            at = _print_value(line, at, stop)
    else:
        _print_nothing(line, count)
    return at


def _print_bulk(line: Line, at: int, stop: int) -> int:
    size, at = _number(line, at, stop)
    if size is None:
        return at
    if size > 0:
        if at + size > stop or not line.has(at, size):
            raise _CutError
        line.write(f' "{visible(line.bytes(at, size))}"')
        at += size
    else:
        _print_nothing(line, size)
    if size < 0:
        return at
    return _line_end(line, at, stop) + 2


def _print_nothing(line: Line, size: int) -> None:
    line.write(" empty" if size == 0 else " null" if size == _NULL else " length negative and not -1")


def _print_line(line: Line, at: int, stop: int) -> int:
    """Text up to its line end, both bytes of it."""
    end = _line_end(line, at, stop)
    line.write(f' "{visible(line.data[at:end])}"')
    return end + 2


def _line_end(line: Line, at: int, stop: int) -> int:
    """Where the next carriage return and line feed are."""
    end = line.data.find(_LINE_END, at, min(stop, line.end))
    if end < 0:
        raise _CutError
    return end


def _print_command(line: Line, at: int, stop: int) -> int:
    """A command typed by hand, between any runs of line ends."""
    at = _past_line_ends(line, at, stop)
    end = at
    while _byte(line, end, stop) not in _LINE_END:
        end += 1
    line.write(f' "{visible(line.data[at:end])}"')
    return _past_line_ends(line, end, stop)


def _past_line_ends(line: Line, at: int, stop: int) -> int:
    while at < stop and _byte(line, at, stop) in _LINE_END:
        at += 1
    return at


def _number(line: Line, at: int, stop: int) -> tuple[int | None, int]:
    """A size before its line end, and what follows; None for what is no number."""
    negative = _byte(line, at, stop) == ord("-")
    at += negative
    size = 0
    start = at
    while ord("0") <= (byte := _byte(line, at, stop)) <= ord("9"):
        size = size * 10 + byte - ord("0")
        at += 1
    for expected in _LINE_END if at > start else b"0":
        at += 1
        if byte != expected:
            line.write(" invalid")
            return None, at
        byte = _byte(line, at, stop) if expected == _LINE_END[0] else byte
    return (-size if negative else size), at


def _byte(line: Line, at: int, stop: int) -> int:
    if at >= stop:
        raise _CutError
    return line.u8(at)
