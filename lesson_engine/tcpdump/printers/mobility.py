"""The Mobility Header of IPv6 (RFC 6275).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("3b 01 05 00 ffff 0007 c000 0020 01020000"))
>>> print_mobility(line, 0)
>>> line.text()
'mobility: BU seq#=7 AH lifetime=128'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_HEADER = 8
_REFRESH_REQUEST, _HOME_INIT, _CARE_OF_INIT, _HOME, _CARE_OF, _UPDATE, _ACKNOWLEDGEMENT, _ERROR = range(8)
_NAMES = {
    _REFRESH_REQUEST: "BRR",
    _HOME_INIT: "HoTI",
    _CARE_OF_INIT: "CoTI",
    _HOME: "HoT",
    _CARE_OF: "CoT",
    _UPDATE: "BU",
    _ACKNOWLEDGEMENT: "BA",
    _ERROR: "BE",
}
_SIZES = {
    _REFRESH_REQUEST: 8,
    _HOME_INIT: 16,
    _CARE_OF_INIT: 16,
    _HOME: 24,
    _CARE_OF: 24,
    _UPDATE: 12,
    _ACKNOWLEDGEMENT: 12,
    _ERROR: 24,
}
_UPDATE_FLAGS = {0x08: "A", 0x04: "H", 0x02: "L", 0x01: "K"}
_KEY = 0x80
_PAD = 0
_OPTION_NAMES = {1: ("padn", 2), 2: ("refresh", 4), 3: ("altcoa", 18), 4: ("ni", 6), 5: ("auth", 12)}
"""Options, and how many bytes must follow from their start."""


def print_mobility(line: Line, at: int) -> None:
    """A header at `at`."""
    line.protocol = "mobility"
    write = line.write
    if not line.has(at + 1, 1):
        line.truncated()
        return
    size = (line.u8(at + 1) + 1) * 8
    kind = line.u8(at + 2)
    if kind in _SIZES and size < _SIZES[kind]:
        write(f"(header length {size} is too small for type {kind})")
        line.truncated()
        return
    write(f"mobility: {named(_NAMES, kind, 'type-#%u')}")
    if kind not in _NAMES:
        write(f" len={line.u8(at + 1)}")
        return
    body = at + _HEADER
    if kind in (_HOME_INIT, _CARE_OF_INIT, _HOME, _CARE_OF):
        if kind in (_HOME, _CARE_OF):
            write(f" nonce id=0x{line.u16(at + 6):x}")
        if line.verbose:
            where = "Home" if kind in (_HOME_INIT, _HOME) else "Care-of"
            write(f" {where} Init Cookie={line.u32(body):08x}:{line.u32(body + 4):08x}")
            if kind in (_HOME, _CARE_OF):
                write(f" {where} Keygen Token={line.u32(body + 8):08x}:{line.u32(body + 12):08x}")
    elif kind == _UPDATE:
        write(f" seq#={line.u16(at + 6)}")
        if not line.has(body, 2):
            line.truncated()
            return
        flags = line.u8(body) >> 4
        if flags:
            write(f" {bits(_UPDATE_FLAGS, flags, '', '')}")
        write(f" lifetime={line.u16(body + 2) << 2}")
    elif kind == _ACKNOWLEDGEMENT:
        write(f" status={line.u8(at + 6)}")
        if line.u8(at + 7) & _KEY:
            write(" K")
        write(f" seq#={line.u16(body)}")
        write(f" lifetime={line.u16(body + 2) << 2}")
    elif kind == _ERROR:
        write(f" status={line.u8(at + 6)}")
        write(f" homeaddr {line.ipv6(body)}")
    if line.verbose and not _print_options(line, at + _SIZES[kind], at + size):
        line.truncated()


def _print_options(line: Line, at: int, end: int) -> bool:
    """The options; False if one was cut."""
    while at < end:
        kind = line.u8(at)
        if kind == _PAD:
            size = 1
        elif at + 1 < end:
            size = line.u8(at + 1) + 2
        else:
            return False
        # tcpdump wants to see the byte after the option as well.
        if at + size > end or not line.has(at + size, 1):
            return False
        if kind == _PAD:
            line.write("(pad1)")
        elif kind not in _OPTION_NAMES:
            line.write(f"(type-0x{kind:02x}: len={size - 2})")
        else:
            name, needed = _OPTION_NAMES[kind]
            if end - at < needed:
                line.write(f"({name}: trunc)")
                return False
            line.write(_option_text(line, kind, at))
        at += size
    return True


def _option_text(line: Line, kind: int, at: int) -> str:
    match kind:
        case 2:
            return f"(refresh: {line.u16(at + 2) << 2})"
        case 3:
            return f"(alt-CoA: {line.ipv6(at + 2)})"
        case 4:
            return f"(ni: ho=0x{line.u16(at + 2):04x} co=0x{line.u16(at + 4):04x})"
        case _:
            return "(padn)" if kind == 1 else "(auth)"
