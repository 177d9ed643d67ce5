"""The shared drawings of wb, a tool of the early multicast backbone.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes(10) + b"\\x04\\x00")
>>> print_wb(line, 0, 12)
>>> line.text()
' wb-kill'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 12
_DRAWING, _ANNOUNCEMENT, _REPAIR_REQUEST, _REPAIR, _KILL, _PAGE_REQUEST, _PAGES = 0, 1, 2, 3, 4, 5, 7
_SKIP, _HOLE = 14, 15
_OPERATIONS = {
    2: "RECT",
    3: "LINE",
    4: "ML",
    5: "DEL",
    6: "XFORM",
    7: "ELL",
    8: "CHAR",
    9: "STR",
    10: "NOP",
    11: "PSCODE",
    12: "PSCOMP",
    13: "REF",
    _SKIP: "SKIP",
    _HOLE: "HOLE",
}


def print_wb(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "wb"
    left = length - _HEADER
    if left < 0:
        line.invalid()
        return
    line.need(at, _HEADER)
    if line.u8(at + 11):
        line.write("*")
    kind = line.u8(at + 10)
    at += _HEADER
    if kind == _KILL:
        line.write(" wb-kill")
    elif kind not in _PRINTERS:
        line.write(f" wb-{kind}!")
        line.invalid()
    else:
        name, size, printer = _PRINTERS[kind]
        line.write(f" wb-{name}:")
        if left < size or not printer(line, at, left):
            line.invalid()


def _page(line: Line, at: int) -> str:
    return f"{line.ipv4(at)}:{line.u32(at + 4)}"


def _print_announcement(line: Line, at: int, left: int) -> bool:
    line.write(f" {line.u32(at + 12)}/{_page(line, at + 16)} (max {line.u32(at)}/{_page(line, at + 4)}) ")
    line.need(at, 28)
    count = line.u16(at + 24)
    left -= 28 + 8 * count
    if left < 0:
        return False
    at += 28
    separator = "<"
    for _ in range(count):
        line.write(f"{separator}{_page(line, at)}")
        separator = ","
        at += 8
    line.write('> "')
    line.padded_text(at, left)
    line.write('"')
    return True


def _print_repair_request(line: Line, at: int, left: int) -> bool:
    line.write(f" please repair {line.ipv4(at)} {_page(line, at + 4)}<{line.u32(at + 12)}:{line.u32(at + 16)}>")
    return True


def _print_page_request(line: Line, at: int, left: int) -> bool:
    line.write(f" need {line.u32(at + 8)}/{_page(line, at)}")
    line.need(at, 16)
    return True


def _print_pages(line: Line, at: int, left: int) -> bool:
    count = line.u32(at)
    at += 4
    for _ in range(count):
        line.write(f" {line.u32(at)}/{_page(line, at + 4)}")
        line.need(at, 16)
        separator = "<"
        # tcpdump takes the high byte of the count alone.
        entries = line.u8(at + 12)
        at += 16
        for _ in range(entries):
            line.write(f"{separator}{_page(line, at)}")
            separator = ","
            at += 8
        line.write(">")
    return True


def _print_repair(line: Line, at: int, left: int) -> bool:
    line.write(f" for {line.ipv4(at)} {_range(line, at + 4)}")
    if line.verbose:
        _print_operations(line, at + 4)
    return True


def _print_drawing(line: Line, at: int, left: int) -> bool:
    line.write(f" {_range(line, at)}")
    if line.verbose:
        _print_operations(line, at)
    return True


def _range(line: Line, at: int) -> str:
    return f"{_page(line, at)}<{line.u32(at + 8)}:{line.u32(at + 12)}>"


def _print_operations(line: Line, at: int) -> None:
    first, last = line.u32(at + 8), line.u32(at + 12)
    at += 16
    line.write(" <")
    while first <= last:
        kind = line.u8(at + 7)
        line.write(f" {named(_OPERATIONS, kind, 'dop-%u!')}")
        if kind in (_SKIP, _HOLE):
            upto = line.u32(at)
            line.write(f"{(upto - first + 1) % (1 << 32)}")
            if first > upto or upto > last:
                line.write("[|]")
                if upto < first:
                    return
            first = upto
        size = line.u16(at + 4) + 8
        at += size + -size % 4
        first += 1
    line.write(" >")


_PRINTERS = {
    _DRAWING: ("dop", 16, _print_drawing),
    _ANNOUNCEMENT: ("id", 28, _print_announcement),
    _REPAIR_REQUEST: ("rreq", 20, _print_repair_request),
    _REPAIR: ("rrep", 20, _print_repair),
    _PAGE_REQUEST: ("preq", 16, _print_page_request),
    _PAGES: ("prep", 4, _print_pages),
}
"""Name, the size of what every message of the type has, and its printer."""
