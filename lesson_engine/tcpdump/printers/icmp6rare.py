"""ICMPv6 that hosts meet rarely: Router Renumbering (RFC 2894), Node Information (RFC 4620), RPL (RFC 6550).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("9b00 0000 0000"))
>>> print_rpl(line, 0, 6)
>>> line.text()
', (CLR)DODAG Information Solicitation'
"""

from lesson_engine.tcpdump.printers.line import Line, named, visible

# Router Renumbering
_COMMAND = 0
_RENUMBERING_CODES = {_COMMAND: "command", 1: "result", 255: "sequence number reset"}
_RENUMBERING_FLAGS = {0x80: "T", 0x40: "R", 0x20: "A", 0x10: "S", 0x08: "P"}
_RENUMBERING_HEADER = 16
_MATCH, _USE = 24, 32
_MATCHES = {1: "add", 2: "change", 3: "setglobal"}
_FOREVER = 0xFFFFFFFF

# Node Information
_QUERY = 139
_NODE_HEADER = 16
_NOTHING, _TYPES, _NAME, _ADDRESSES = 0, 1, 2, 3
_QUESTIONS = {_NOTHING: "noop", _TYPES: "supported qtypes", _NAME: "DNS name", _ADDRESSES: "node addresses"}
_ADDRESS_FLAGS = {0x40: "a", 0x20: "G", 0x10: "S", 0x08: "L", 0x04: "C", 0x02: "A"}
_WHO_ARE_YOU = 12
_OF_IPV6, _OF_NAME, _OF_IPV4 = 0, 1, 2

# RPL
_SECURE = 0x80
_SOLICITATION, _OBJECT, _ADVERTISEMENT, _ACKNOWLEDGEMENT = 0, 1, 2, 3
_RPL_NAMES = {
    _SOLICITATION: "DODAG Information Solicitation",
    _OBJECT: "DODAG Information Object",
    _ADVERTISEMENT: "Destination Advertisement Object",
    _ACKNOWLEDGEMENT: "Destination Advertisement Object Ack",
}
_MODES = {0: "nonstoring", 1: "storing", 2: "nonstoring-multicast", 3: "storing-multicast"}
_RPL_OPTIONS = {
    1: "padN",
    2: "metrics",
    3: "routinginfo",
    4: "config",
    5: "rpltarget",
    6: "transitinfo",
    8: "destprefix",
    9: "rpltargetdesc",
}


def print_renumbering(line: Line, at: int) -> None:
    """Router Renumbering at `at`."""
    write = line.write
    if not line.has(at + 12, 4):
        line.truncated()
        return
    code = line.u8(at + 1)
    write(f", {named(_RENUMBERING_CODES, code, 'code-#%u')}")
    write(f", seq={line.u32(at + 4)}")
    if line.verbose:
        flags = line.u8(at + 9)
        shown = "".join(letter for mask, letter in _RENUMBERING_FLAGS.items() if flags & mask)
        write(f"[{shown + ',' if flags else ''}seg={line.u8(at + 8)},maxdelay={line.u16(at + 10)}")
        reserved = line.u32(at + 12)
        write(f"rsvd=0x{reserved:x}]" if reserved else "]")
    if code != _COMMAND:
        return
    match = at + _RENUMBERING_HEADER
    if not line.has(match + 8, 16):
        line.truncated()
        return
    separator = "\n\t" if line.verbose > 1 else " "
    write(f"{separator}match({named(_MATCHES, line.u8(match))}")
    if line.verbose:
        write(f",ord={line.u8(match + 2)},min={line.u8(match + 4)},max={line.u8(match + 5)}")
    write(f",{line.ipv6(match + 8)}/{line.u8(match + 3)})")
    words = line.u8(match + 1) - 3
    if words % 4:
        line.truncated()
        return
    use = match + _MATCH
    for _ in range(words // 4):
        if not line.has(use + 16, 16):
            line.truncated()
            return
        write(f"{separator}use(")
        # tcpdump looks for two flags of a word in its first byte, where it does not find them.
        if line.u8(use + 12):
            write(f"{'V' if line.u8(use + 12) & 0x80 else ''}{'P' if line.u8(use + 12) & 0x40 else ''},")
        if line.verbose:
            write(f"mask=0x{line.u8(use + 2):x},raflags=0x{line.u8(use + 3):x},")
            write(f"vltime={_lifetime(line.u32(use + 4))},pltime={_lifetime(line.u32(use + 8))},")
        write(f"{line.ipv6(use + 16)}/{line.u8(use)}/{line.u8(use + 1)})")
        use += _USE


def _lifetime(seconds: int) -> str:
    return "infty" if seconds == _FOREVER else str(seconds)


def print_node_information(line: Line, at: int, length: int) -> None:
    """A question to a node, or its answer, of `length` bytes at `at`."""
    if line.u8(at) == _QUERY:
        _print_question(line, at)
    else:
        _print_answer(line, at, length)


def _print_question(line: Line, at: int) -> None:
    write = line.write
    size = line.end - at
    if size == _WHO_ARE_YOU:
        write(" who-are-you request")
        return
    write(" node information query")
    if size < _NODE_HEADER:
        line.truncated()
        return
    question, flags = line.u16(at + 4), line.u16(at + 6)
    write(f" ({_QUESTIONS.get(question, 'unknown')}")
    if question == _TYPES and flags:
        write(f" [{'C' if flags & 1 else ''}]")
    elif question == _ADDRESSES and flags:
        write(f" [{_letters(flags)}]")
    if question in (_NOTHING, _TYPES):
        if size != _NODE_HEADER and line.verbose:
            write(", invalid len")
    elif size == _NODE_HEADER:
        write(", 03 draft")
    else:
        _print_subject(line, at, size)
    write(")")


def _letters(flags: int) -> str:
    return "".join(letter for mask, letter in _ADDRESS_FLAGS.items() if flags & mask)


def _print_subject(line: Line, at: int, size: int) -> None:
    """Whom or what the question is about."""
    kind = line.u8(at + 1)
    subject = at + _NODE_HEADER
    if kind in (_OF_IPV6, _OF_IPV4):
        wanted = 16 if kind == _OF_IPV6 else 4
        if size < _NODE_HEADER + wanted:
            return
        if size != _NODE_HEADER + wanted:
            if line.verbose:
                line.write(", invalid subject len")
            return
        line.write(f", subject={line.ipv6(subject) if kind == _OF_IPV6 else line.ipv4(subject)}")
    elif kind == _OF_NAME:
        line.write(", subject=DNS name")
        _print_name(line, subject)
    else:
        line.write(", unknown subject")


def _print_answer(line: Line, at: int, length: int) -> None:
    write = line.write
    size = line.end - at
    if length > size or size < _NODE_HEADER:
        line.truncated()
        return
    write(" node information reply (")
    code = line.u8(at + 1)
    if code:
        if code in (1, 2):
            write("refused" if code == 1 else "unknown")
            if size != _NODE_HEADER and line.verbose:
                write(", invalid length")
        write(")")
        return
    if line.verbose:
        write("success, ")
    question, flags = line.u16(at + 4), line.u16(at + 6)
    write(_QUESTIONS.get(question, "unknown"))
    if question == _NOTHING and size != _NODE_HEADER and line.verbose:
        write(", invalid length")
    elif question == _TYPES and flags:
        write(f" [{'C' if flags & 1 else ''}]")
    elif question == _NAME:
        _print_name(line, at + _NODE_HEADER + 4)
        if flags & 1:
            write(f" [TTL={line.u32(at + _NODE_HEADER)}]")
    elif question == _ADDRESSES:
        for where in range(at + _NODE_HEADER, line.end - 19, 20):
            write(f" {line.ipv6(where + 4)}({line.u32(where)})")
        if flags:
            write(f" [{_letters(flags)}{'T' if flags & 1 else ''}]")
    write(")")


def _print_name(line: Line, at: int) -> None:
    """A name: as an old draft has it after its length, or as DNS has it but without compression."""
    if line.u8(at) == line.end - at - 1:
        if line.verbose:
            line.write(", 03 draft")
        line.write(f', "{visible(line.data[at + 1 : line.end])}"')
        return
    line.write(', "')
    while at < line.end:
        size = line.u8(at)
        at += 1
        if size == 0:
            if at == line.end:
                line.write(".")
            elif not (at + 1 == line.end and line.u8(at) == 0):
                line.write("???")
            break
        if size > line.end - at:
            line.write("???")
            break
        line.write(visible(line.data[at : at + size]))
        at += size
        if at + 1 < line.end and line.u8(at):
            line.write(".")
    line.write('"')


def print_rpl(line: Line, at: int, length: int) -> None:
    """RPL, of `length` bytes at `at`."""
    code = line.u8(at + 1)
    if code & _SECURE:
        line.write(", (SEC) [worktodo]")
        return
    line.write(f", (CLR){_RPL_NAMES.get(code, f'RPL message, unknown code {code}')}")
    if not line.verbose:
        return
    body, left = at + 4, length - 4
    if code == _OBJECT:
        _print_object(line, body, left)
    elif code in (_ADVERTISEMENT, _ACKNOWLEDGEMENT):
        _print_advertisement(line, body, left, acknowledgement=code == _ACKNOWLEDGEMENT)


def _print_object(line: Line, at: int, left: int) -> None:
    if left < 24:
        line.write(f" [length {left} < 24]")
        line.invalid()
        return
    line.need(at, 24)
    byte = line.u8(at + 4)
    line.write(
        f" [dagid:{line.ipv6(at + 8)},seq:{line.u8(at + 5)},instance:{line.u8(at)},rank:{line.u16(at + 2)},"
        f"{'grounded,' if byte & 0x80 else ''}mop:{named(_MODES, byte >> 3 & 7, 'mop%u')},prf:{byte & 7}]"
    )
    if line.verbose > 1:
        _print_rpl_options(line, at + 24, left - 24)


def _print_advertisement(line: Line, at: int, left: int, *, acknowledgement: bool) -> None:
    needed = 4 if acknowledgement else 20
    if not line.has(at, needed):
        line.truncated()
        return
    short = " [|dao-length too short]" if acknowledgement else " [|length too short]"
    if left < 4:
        line.write(short)
        return
    flags = line.u8(at + 1)
    size = 4
    name = "<elided>"
    named_graph = bool(flags & (0x80 if acknowledgement else 0x40))
    if named_graph:
        if not line.has(at + 4, 16):
            line.truncated()
            return
        if left < 20:
            line.write(short)
            return
        name = line.ipv6(at + 4)
        size = 20
    if acknowledgement:
        shown = f"seq:{line.u8(at + 2)},instance:{line.u8(at)},status:{line.u8(at + 3)}"
    else:
        marks = f"{',acK' if flags & 0x80 else ''}{',Dagid' if named_graph else ''}"
        shown = f"seq:{line.u8(at + 3)},instance:{line.u8(at)}{marks},{flags:02x}"
    line.write(f" [dagid:{name},{shown}]")
    if line.verbose > 1:
        _print_rpl_options(line, at + size, left - size)


def _print_rpl_options(line: Line, at: int, left: int) -> None:
    while left > 0:
        kind = line.u8(at)
        if kind == 0:
            size = 1
            line.write(" opt:pad1")
        else:
            if left < 2:
                line.truncated()
                return
            size = line.u8(at + 1) + 2
            line.write(f" opt:{named(_RPL_OPTIONS, kind, 'subopt:%u')} len:{size} ")
            if not line.has(at, size) or left < size:
                line.truncated()
                return
            if line.verbose > 2:
                line.write_hex(at + 2, size - 2, " ")
        at += size
        left -= size
