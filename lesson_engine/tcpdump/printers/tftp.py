"""TFTP (RFC 1350, options of RFC 2347).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\0\\1boot.img\\0octet\\0")
>>> print_tftp(line, 0, 17)
>>> line.text()
'TFTP, length 17, RRQ "boot.img" octet'
"""

from lesson_engine.tcpdump.printers.line import Line, named, visible

_READ, _WRITE, _DATA, _ACKNOWLEDGMENT, _ERROR, _OPTIONS = 1, 2, 3, 4, 5, 6
_NAMES = {_READ: "RRQ", _WRITE: "WRQ", _DATA: "DATA", _ACKNOWLEDGMENT: "ACK", _ERROR: "ERROR", _OPTIONS: "OACK"}
_ERROR_NAMES = {
    0: "EUNDEF",
    1: "ENOTFOUND",
    2: "EACCESS",
    3: "ENOSPACE",
    4: "EBADOP",
    5: "EBADID",
    6: "EEXISTS",
    7: "ENOUSER",
}


# The stray quotation mark is tcpdump's.
_UNKNOWN_ERROR = 'tftp-err-#%u "'


class _CutError(Exception):
    """The message ends in the middle of a string or a number."""


def print_tftp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "tftp"
    line.write(f"TFTP, length {length}")
    try:
        _print_message(line, at, at + length)
    except _CutError:
        line.truncated()


def _print_message(line: Line, at: int, stop: int) -> None:
    if stop - at < 2:
        raise _CutError
    operation = line.u16(at)
    line.write(f", {named(_NAMES, operation, 'tftp-#%u')}")
    at += 2
    if operation in (_READ, _WRITE):
        at = _print_quoted(line, at, stop)
        if at >= stop:
            raise _CutError
        line.write(" ")
        _print_options(line, _print_string(line, at, stop), stop)
    elif operation == _OPTIONS:
        _print_options(line, at, stop)
    elif operation in (_DATA, _ACKNOWLEDGMENT):
        if stop - at < 2:
            raise _CutError
        line.write(f" block {line.u16(at)}")
    elif operation == _ERROR:
        if stop - at < 2:
            raise _CutError
        line.write(f" {named(_ERROR_NAMES, line.u16(at), _UNKNOWN_ERROR)}")
        _print_quoted(line, at + 2, stop)


def _print_quoted(line: Line, at: int, stop: int) -> int:
    """Print a string in quotation marks, which close even where the string was cut; returns what follows it."""
    if at >= stop:
        raise _CutError
    line.write(' "')
    try:
        return _print_string(line, at, stop)
    finally:
        line.write('"')


def _print_options(line: Line, at: int, stop: int) -> None:
    while at < stop:
        if at >= line.end:
            raise _CutError
        if line.data[at]:
            line.write(" ")
        at = _print_string(line, at, stop)


def _print_string(line: Line, at: int, stop: int) -> int:
    """Print up to the next zero byte; returns what follows it."""
    end = line.data.find(0, at, min(stop, line.end))
    if end < 0:
        line.write(visible(line.data[at : min(stop, line.end)]))
        raise _CutError
    line.write(visible(line.data[at:end]))
    return end + 1
