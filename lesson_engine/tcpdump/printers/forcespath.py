"""The paths into a functional block of ForCES, and the data at their ends (RFC 5810 section 7.1.7).

What is wrong is told at any verbosity, what is right under -vvv.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=3))
>>> line.begin(bytes.fromhex("01100010 0000 0001 00000005 0112 0004"))
>>> print_paths(line, 0, 16, FULL_DATA, 0)
>>> print(line.text())
PATH-DATA TLV, length 16 (data encapsulated 12 Bytes)
 Pathdata: Flags 0x0 ID count 1
 ID#01: 5
   FULLDATA TLV (Length 4 DataLen 0 Bytes)
    [
    ]
"""

from lesson_engine.tcpdump.printers.line import Line, named

FULL_DATA, SPARSE_DATA, RESULT = 1, 2, 4
"""Which forms of data an operation may carry."""

_TLV, _ITEM = 4, 8
_PATH, _KEY, _FULL, _SPARSE, _RESULT = 0x0110, 0x0111, 0x0112, 0x0113, 0x0114
TLVS = {
    0x0001: "REDIRECT",
    0x0010: "ASResult",
    0x0011: "ASTreason",
    _PATH: "PATH-DATA",
    _KEY: "KEYINFO",
    _FULL: "FULLDATA",
    _SPARSE: "SPARSEDATA",
    _RESULT: "RESULT",
    0x0115: "METADATA",
    0x0116: "REDIRECTDATA",
    0x1000: "LFBselect",
}
_FORMS = {_KEY: 0, _FULL: FULL_DATA, _SPARSE: SPARSE_DATA, _RESULT: RESULT}
_BY_KEY, _BY_RANGE = 1, 2
_KEYS, _RANGES = 0x10, 0x20
"""Whether paths select by keys or by ranges, beside the forms of their data."""
_SELECTION = 12
_RESULTS = dict(
    enumerate(
        (
            "SUCCESS",
            "INVALID HEADER",
            "LENGTH MISMATCH",
            "VERSION MISMATCH",
            "INVALID DESTINATION PID",
            "LFB UNKNOWN",
            "LFB NOT FOUND",
            "LFB INSTANCE ID NOT FOUND",
            "INVALID PATH",
            "COMPONENT DOES NOT EXIST",
            "EXISTS ALREADY",
            "NOT FOUND",
            "READ ONLY",
            "INVALID ARRAY CREATION",
            "VALUE OUT OF RANGE",
            "CONTENTS TOO LONG",
            "INVALID PARAMETERS",
            "INVALID MESSAGE TYPE",
            "INVALID FLAGS",
            "INVALID TLV",
            "EVENT ERROR",
            "NOT SUPPORTED",
            "MEMORY ERROR",
            "INTERNAL ERROR",
        )
    )
) | {0xFF: "UNSPECIFIED ERROR"}


class _EndError(Exception):
    """What is left of the paths cannot be found."""


def print_paths(line: Line, at: int, left: int, forms: int, indent: int) -> None:
    """Paths in `left` bytes at `at`, whose data may have these `forms`, on lines that `indent` spaces begin."""
    try:
        _print_paths(line, at, left, forms, indent)
    except _EndError:
        return


def _print_paths(line: Line, at: int, left: int, forms: int, indent: int) -> None:
    while left > 0:
        kind, size = line.u16(at), line.u16(at + 2)
        padded = size + -size % 4
        if size < _TLV or padded > left:
            excess = (left - size) % (1 << 32)
            line.write(f"\n\t\tMessy PATHDATA TLV header, type (0x{kind:x})\n\t\texcess of {excess} Bytes ")
            raise _EndError
        if line.verbose > 2:
            line.write(f"{' ' * indent}{_name(kind)}, length {size} (data encapsulated {size - _TLV} Bytes)")
        _print_path(line, at + _TLV, size - _TLV, forms, indent + 1)
        at += padded
        left -= padded


def print_general(line: Line, at: int, left: int, indent: int) -> None:
    """The one path of an operation that has no form of its own, in `left` bytes at `at`."""
    kind, size = line.u16(at), line.u16(at + 2)
    name = _name(kind)
    line.write(f"genoptlvprint - {name} TLV type 0x{kind:x} len {size}\n")
    if size < _TLV or size + -size % 4 > left:
        line.write(f"\t\t\tInvalid ForCES TLV type={kind:x}")
        return
    if kind not in TLVS:
        line.write(f"#0 TLV type 0x{kind:x} len {size}\n")
        return
    if line.verbose > 2:
        line.write(f"{' ' * indent}{name}, length {size} (data length {size - _TLV} Bytes)")
    try:
        _print_path(line, at + _TLV, size - _TLV, RESULT, indent + 1)
    except _EndError:
        return


def _name(kind: int) -> str:
    return f"{TLVS[kind]} TLV" if kind in TLVS else f"#{kind}" if kind else "Invalid TLV"


def _print_path(line: Line, at: int, left: int, forms: int, indent: int) -> None:
    write = line.write
    if left < 4:
        line.truncated()
        raise _EndError
    flags, count = line.u16(at), line.u16(at + 2)
    at += 4
    left -= 4
    told = line.verbose > 2
    if told:
        write(f"\n{' ' * indent}Pathdata: Flags 0x{flags:x} ID count {count}\n")
    if left < 4 * count:
        write(f"\t\t\ttruncated IDs expected {4 * count}B got {left}B\n")
        if left:
            line.write_hex(at, left, "\t\t\tID Data[")
        write("]\n")
        raise _EndError
    # A selection holds for the paths below as well.
    forms |= _KEYS * bool(flags & _BY_KEY) | _RANGES * bool(flags & _BY_RANGE)
    if forms & _KEYS and forms & _RANGES:
        write("\t\t\tIllegal to have both Table ranges and keys\n")
        raise _EndError
    if told:
        for index in range(count):
            write(f"{' ' * indent}ID#{index + 1:02}: {line.u32(at + 4 * index)}\n")
    at += 4 * count
    left -= 4 * count
    if forms & (_KEYS | _RANGES):
        if left < _SELECTION:
            write(f"pathlength {left} with key/range too short {_SELECTION}\n")
            return
        size = _SELECTION
        if forms & _RANGES:
            if told:
                write(f"{' ' * indent}Table range: [{line.u32(at + 4)},{line.u32(at + 8)}]\n")
        else:
            # tcpdump takes the lower half of the key for the size of its content.
            content = line.u16(at + 6)
            if content < 4:
                write(f"key content length {content} < 4\n")
                return
            if content > left - 4:
                write("key content too short\n")
                return
            size = 4 + content
        at += size
        left -= size
    if left:
        _print_content(line, at, left, forms, indent + 2)


def _print_content(line: Line, at: int, left: int, forms: int, indent: int) -> None:
    write = line.write
    kind, size = line.u16(at), line.u16(at + 2)
    padded = size + -size % 4
    if left < _TLV:
        fault = "Invalid total length"
    elif size < _TLV:
        fault = "xLV too short"
    elif size > left:
        fault = "xLV too long"
    elif padded > left:
        fault = "data padding missing"
    else:
        fault = ""
    if fault:
        write(f"{fault} Outstanding bytes {left} for TLV type 0x{kind:x} TLV len {size}\n")
        if size == 0:
            _print_paths(line, at, left, forms, indent - 1)
        else:
            _print_bad(line, at, left)
        return
    if kind != _PATH and kind not in _FORMS:
        write(f"Invalid path data content type 0x{kind:x} len {size}\n")
        _print_bad(line, at, left)
        return
    if kind == _PATH:
        try:
            _print_paths(line, at, padded, forms, indent)
        except _EndError:
            return
    elif not _print_data(line, kind, at, size, forms, indent):
        return
    if padded < left:
        _print_paths(line, at + padded, left - padded, forms, indent - 1)


def _print_bad(line: Line, at: int, size: int) -> None:
    line.write_hex(at, size, "Bad Data val\n\t  [")
    line.write("]\n")


def _print_data(line: Line, kind: int, at: int, size: int, forms: int, indent: int) -> bool:
    """Data in one of its forms; False if it is wrong, and what follows it is not read."""
    write = line.write
    padding = -size % 4
    told = line.verbose > 2
    if told:
        pad = f" pad {padding}" if padding else ""
        write(f"{' ' * indent}{TLVS[kind]} TLV (Length {size} DataLen {size - _TLV}{pad} Bytes)\n")
    if forms & _KEYS:
        if kind != _KEY:
            write("Based on flags expected KEYINFO TLV!\n")
    elif not _FORMS[kind] & forms:
        write(f"Illegal DATA encoding for type 0x{kind:x} programmed {_FORMS[kind]:x} got {forms:x}\n")
    at += _TLV
    size += padding - _TLV
    if kind == _FULL:
        if told:
            margin = " " * (indent + 1)
            write(f"{margin}[")
            line.write_hex(at, size, f"\n{margin}")
            write(f"\n{margin}]")
        return True
    if kind == _SPARSE:
        return _print_items(line, at, size, indent + 1)
    if kind == _RESULT:
        return _print_result(line, at, size, indent + 2)
    return _print_key(line, at, size, indent)


def _print_key(line: Line, at: int, size: int, indent: int) -> bool:
    """A key and the data that it finds, whose header tcpdump seeks behind itself."""
    write = line.write
    write(f"{' ' * indent}Keyinfo: Key 0x{line.u32(at):x}\n")
    if not line.has(at + 4, _TLV):
        line.truncated()
        raise _EndError
    kind, length = line.u16(at + 4), line.u16(at + 6)
    if length < _TLV or length > size:
        write(f"xLV too {'short' if length < _TLV else 'long'} TLV type 0x{kind:x} len {length}\n")
        return False
    if not line.has(at + 8, _TLV):
        line.truncated()
        raise _EndError
    if line.u16(at + 8) != _FULL:
        write("Error: expecting FULLDATA!\n")
        return False
    if line.verbose > 2:
        margin = " " * (indent + 1)
        write(f"{margin}[")
        if not line.has(at + 12, length - _TLV):
            line.write_hex(at + 12, length - _TLV, f"\n{margin}")
            line.truncated()
            raise _EndError
        line.write_hex(at + 12, length - _TLV, f"\n{margin}")
        write(f"\n{margin}]")
    return True


def _print_items(line: Line, at: int, left: int, indent: int) -> bool:
    if left < _ITEM:
        line.write("Error: BAD SPARSEDATA-TLV!\n")
        return False
    while left > 0:
        if left < _ITEM:
            line.write(f"Error: Invalid total length, rlen {left}\n")
            return False
        kind, size = line.u32(at), line.u32(at + 4)
        if size < _ITEM or size > left:
            line.write(f"Error: xLV too {'short' if size < _ITEM else 'long'}, rlen {left}\n")
            return False
        if line.verbose > 2:
            line.write(f"\n{' ' * indent}ILV: type {kind:x} length {size}\n")
            line.write_hex(at + _ITEM, size - _ITEM, "\t\t[")
        size += -size % 4
        at += size
        left -= size
    return True


def _print_result(line: Line, at: int, size: int, indent: int) -> bool:
    if size != 4:
        line.write(f"illegal RESULT-TLV: {size} bytes!\n")
        return False
    code = line.u8(at)
    if code not in _RESULTS:
        line.write(f"illegal reserved result code: 0x{code:x}!\n")
        return False
    if line.verbose > 2:
        line.write(f"{' ' * indent}Result: {named(_RESULTS, code)} (code 0x{code:x})\n")
    return True
