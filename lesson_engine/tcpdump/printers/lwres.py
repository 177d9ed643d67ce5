"""The lightweight resolver protocol of BIND 9.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0000001c 0000 0000 00000007") + bytes(16))
>>> print_lwres(line, 0, 28)
>>> line.text()
' lwres noop?'
"""

from lesson_engine.tcpdump.printers.dns import class_name, type_name
from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.timestamps import duration

_HEADER = 28
_RESPONSE = 1
_NOOP, _ADDRESSES, _NAME, _RECORDS = 0, 0x00010001, 0x00010002, 0x00010003
_OPERATIONS = {
    _NOOP: "noop",
    _ADDRESSES: "getaddrsbyname",
    _NAME: "getnamebyaddr",
    _RECORDS: "getrdatabyname",
}
_FAMILIES = {1: " IPv4", 2: " IPv6", 3: " IPv4/6"}
_INTERNET = 1


class _BadAddressError(Exception):
    """An address is shorter than its family's."""


def print_lwres(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "lwres"
    write = line.write
    line.need(at, _HEADER)
    write(" lwres")
    claimed, version, flags, operation = line.u32(at), line.u16(at + 4), line.u16(at + 6), line.u32(at + 12)
    if line.verbose or version:
        write(f" v{version}")
    end: int | None = None
    if version:
        end = at + claimed
    else:
        response = flags & _RESPONSE
        write(f" {named(_OPERATIONS, operation, '#0x%x')}{'' if response else '?'}")
        if flags & ~_RESPONSE:
            write(f"[0x{flags:x}]")
        if line.verbose > 1:
            write(f" (serial:0x{line.u32(at + 8):x} result:0x{line.u32(at + 16):x} recvlen:{line.u32(at + 20)}")
            if line.verbose > 2:
                write(f" authtype:0x{line.u16(at + 24):x} authlen:{line.u16(at + 26)}")
            write(")")
        try:
            end = (_print_answer if response else _print_question)(line, operation, at + _HEADER)
        except _BadAddressError:
            line.invalid()
            return
    if claimed != length:
        write(f" [len: {claimed} != {length}]")
    if end is not None and end - at < claimed:
        write("[extra]")


def _print_flags(line: Line, at: int) -> None:
    if line.verbose > 2:
        line.write(f" flags:0x{line.u32(at):x}")


def _print_question(line: Line, operation: int, at: int) -> int | None:
    """A question; returns its end, or None if the operation is not known."""
    if operation == _NOOP:
        return at
    if operation == _ADDRESSES:
        line.need(at, 10)
        _print_flags(line, at)
        kinds = line.u32(at + 4)
        line.write(_FAMILIES.get(kinds & 3, ""))
        if kinds & ~3:
            line.write(f"[0x{kinds:x}]")
        return _print_name(line, at + 10, line.u16(at + 8))
    if operation == _NAME:
        line.need(at, 4)
        _print_flags(line, at)
        return _print_address(line, at + 4)
    if operation == _RECORDS:
        line.need(at, 10)
        _print_flags(line, at)
        _print_type(line, at + 4)
        return _print_name(line, at + 10, line.u16(at + 8))
    return None


def _print_type(line: Line, at: int) -> None:
    """Class and type of a record."""
    line.write(f" {type_name(line.u16(at + 2))}")
    if line.u16(at) != _INTERNET:
        line.write(f" {class_name(line.u16(at))}")


def _print_answer(line: Line, operation: int, at: int) -> int | None:
    if operation == _NOOP:
        return at
    if operation == _ADDRESSES:
        line.need(at, 10)
        _print_flags(line, at)
        aliases, addresses = line.u16(at + 4), line.u16(at + 6)
        line.write(f" {aliases}/{addresses}")
        at = _print_name(line, at + 10, line.u16(at + 8))
        for _ in range(aliases):
            at = _print_counted_name(line, at)
        for _ in range(addresses):
            at = _print_address(line, at)
        return at
    if operation == _NAME:
        line.need(at, 8)
        _print_flags(line, at)
        aliases = line.u16(at + 4)
        line.write(f" {aliases}")
        at = _print_name(line, at + 8, line.u16(at + 6))
        for _ in range(aliases):
            at = _print_counted_name(line, at)
        return at
    if operation == _RECORDS:
        line.need(at, 16)
        _print_flags(line, at)
        _print_type(line, at + 4)
        records, signatures = line.u16(at + 12), line.u16(at + 14)
        line.write(f" TTL {duration(line.u32(at + 8))} {records}/{signatures}")
        at = _print_counted_name(line, at + 16)
        for _ in range(records + signatures):
            size = line.u16(at)
            for offset in range(size):
                line.write(f"{line.u8(at + 2 + offset):02x}")
            at += 2 + size
        return at
    return None


def _print_name(line: Line, at: int, size: int) -> int:
    line.write(" ")
    if line.printable(at, size):
        line.need(at, size)
    if line.u8(at + size):
        line.write(" (not NUL-terminated!)")
    return at + size + 1


def _print_counted_name(line: Line, at: int) -> int:
    return _print_name(line, at + 2, line.u16(at))


def _print_address(line: Line, at: int) -> int:
    size = line.u16(at + 4)
    line.need(at + 6, size)
    family = line.u32(at)
    at += 6
    if family in (1, 2):
        needed = 4 if family == 1 else 16
        if size < needed:
            raise _BadAddressError
        line.write(f" {line.ipv4(at) if family == 1 else line.ipv6(at)}")
        return at + needed
    line.write(f" {family}/{line.bytes(at, size).hex()}")
    return at + size
