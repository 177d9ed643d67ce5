"""Pragmatic General Multicast (RFC 3208): under -v the packet's type and its options.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4500002400010000407100000a0000010a000002 13881770 0400 0000 010203040506 0008"))
>>> print_pgm(line, 20, 16, 0)
>>> line.text()
'10.0.0.1.5000 > 10.0.0.2.6000: PGM, length 8'
"""

from lesson_engine.tcpdump.printers.line import Line

_PROTOCOL = 113
_HEADER = 16
_PATH, _POLL, _POLL_RESPONSE, _DATA, _REPAIR, _PATH_REQUEST = 0, 1, 2, 4, 5, 12
_NEGATIVES = {8: "NAK", 9: "NNAK", 10: "NCF"}
_ACKNOWLEDGEMENT = 11
_OPTIONS_PRESENT = 0x01
_IPV4, _IPV6 = 1, 2
_ADDRESS_SIZES = {_IPV4: 4, _IPV6: 16}

_LAST_OPTION = 0x80
_LENGTH, _NAK_LIST, _REDIRECT, _PATH_ADDRESSES, _CONGESTION_REPORT = 0x00, 0x02, 0x07, 0x0C, 0x10
_FIXED_OPTIONS = {
    0x01: ("OPT_FRAGMENT", 16, " FRAG seq {} off {} len {}"),
    0x03: ("OPT_JOIN", 8, " JOIN {}"),
    0x04: ("OPT_NAK_BO_IVL", 12, " BACKOFF ivl {} ivlseq {}"),
    0x05: ("OPT_NAK_BO_RNG", 12, " BACKOFF max {} min {}"),
    0x08: ("OPT_PARITY_PRM", 8, " PARITY MAXTGS {}"),
    0x09: ("OPT_PARITY_GRP", 8, " PARITY GROUP {}"),
    0x0A: ("OPT_CURR_TGSIZE", 8, " PARITY ATGS {}"),
    0x0B: ("OPT_NBR_UNREACH", 4, " NBR_UNREACH"),
    0x0D: ("OPT_SYN", 4, " SYN"),
    0x0E: ("OPT_FIN", 4, " FIN"),
    0x0F: ("OPT_RST", 4, " RST"),
    0x11: ("OPT_CRQST", 4, " CRQST"),
}
"""Options that are words after a header of four bytes: name, length and text."""
_ADDRESS_OPTIONS = {
    _REDIRECT: ("OPT_REDIRECT", 8, " REDIRECT {}"),
    0x12: ("OPT_PGMCC_DATA", 12, " PGMCC DATA {} {}"),
    0x13: ("OPT_PGMCC_FEEDBACK", 12, " PGMCC FEEDBACK {} {}"),
}
"""Options that end with an address: name, length without it and text."""


def print_pgm(line: Line, at: int, length: int, header: int) -> None:
    """A packet of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "pgm"
    write = line.write
    version_6 = line.data[header] >> 4 == 6
    if version_6:
        source, destination = line.ipv6(header + 8), line.ipv6(header + 24)
        outermost = line.data[header + 6] == _PROTOCOL
    else:
        source, destination = line.ipv4(header + 12), line.ipv4(header + 16)
        outermost = line.data[header + 9] == _PROTOCOL
    if not line.has(at + 2, 2):
        write(f"{source} > {destination}:")
        line.truncated()
        return
    source_port, destination_port = (line.names.tcp_port(line.u16(at + offset)) for offset in (0, 2))
    if outermost:
        write(f"{source}.{source_port} > {destination}.{destination_port}: ")
    else:
        write(f"{source_port} > {destination_port}: ")
    if not line.has(at, _HEADER):
        line.truncated()
        return
    write(f"PGM, length {line.u16(at + 14)}")
    if not line.verbose:
        return
    write(f" 0x{line.bytes(at + 8, 6).hex()} ")
    try:
        after = _print_body(line, line.u8(at + 4), at + _HEADER)
        if line.u8(at + 5) & _OPTIONS_PRESENT and not _print_options(line, after):
            return
    except _CutError:
        line.truncated()
        return
    write(f" [{length}]")


class _CutError(Exception):
    """The packet ends in the middle, or cannot be read on."""


def _need(line: Line, at: int, size: int) -> None:
    if not line.has(at, size):
        raise _CutError


def _address(line: Line, family: int, at: int) -> tuple[str, int]:
    """An address without a name, and where it ends."""
    if family not in _ADDRESS_SIZES:
        raise _CutError
    size = _ADDRESS_SIZES[family]
    _need(line, at, size)
    from ipaddress import ip_address

    return str(ip_address(line.bytes(at, size))), at + size


def _print_body(line: Line, kind: int, at: int) -> int:
    """What the type has to say; returns where it ends."""
    write = line.write
    if kind == _PATH:
        _need(line, at, 16)
        address, after = _address(line, line.u16(at + 12), at + 16)
        write(f"SPM seq {line.u32(at)} trail {line.u32(at + 4)} lead {line.u32(at + 8)} nla {address}")
        return after
    if kind == _POLL:
        _need(line, at, 12)
        address, after = _address(line, line.u16(at + 8), at + 12)
        interval, random, mask = (line.u32(after + offset) for offset in (0, 4, 8))
        write(
            f"POLL seq {line.u32(at)} round {line.u16(at + 4)} nla {address} ivl {interval}"
            f" rnd 0x{random:08x} mask 0x{mask:08x}"
        )
        return after + 12
    if kind == _POLL_RESPONSE:
        _need(line, at, 8)
        write(f"POLR seq {line.u32(at)} round {line.u16(at + 4)}")
        return at + 8
    if kind in (_DATA, _REPAIR):
        _need(line, at, 8)
        write(f"{'ODATA' if kind == _DATA else 'RDATA'} trail {line.u32(at + 4)} seq {line.u32(at)}")
        return at + 8
    if kind in _NEGATIVES:
        _need(line, at, 8)
        source, after = _address(line, line.u16(at + 4), at + 8)
        # tcpdump looks for the group's family after the four bytes that hold it.
        group, after = _address(line, line.u16(after + 4), after + 4)
        write(f"{_NEGATIVES[kind]} ({source} -> {group}), seq {line.u32(at)}")
        return after
    if kind == _ACKNOWLEDGEMENT:
        _need(line, at, 8)
        write(f"ACK seq {line.u32(at)}")
        return at + 8
    write("SPMR" if kind == _PATH_REQUEST else f"UNKNOWN type 0x{kind:02x}")
    # Options are looked for from the packet's start then.
    return at - _HEADER


def _print_options(line: Line, at: int) -> bool:
    """The options; False if one of them ends the line."""
    write = line.write
    _need(line, at, 4)
    kind, size, left = line.u8(at) & ~_LAST_OPTION, line.u8(at + 1), line.u16(at + 2)
    if kind != _LENGTH:
        write(f"[First option bad, should be PGM_OPT_LENGTH, is {kind}]")
        return False
    if size != 4:
        write(f"[Bad OPT_LENGTH option, length {size} != 4]")
        return False
    if left < 4:
        write(f"[Bad total option length {left} < 4]")
        return False
    write(f" OPTS LEN {left}")
    left -= 4
    at += 4
    while left:
        if left < 4:
            write("[Total option length leaves no room for final option]")
            return False
        mark, size = line.u8(at), line.u8(at + 1)
        if size < 4:
            write(f"[Bad option, length {size} < 4]")
            return True
        if left < size:
            write("[Total option length leaves no room for final option]")
            return False
        _need(line, at + 2, size - 2)
        used = _print_option(line, mark, size, at)
        if used is None:
            return False
        at += used[0]
        left -= used[1]
        if mark & _LAST_OPTION:
            break
    return True


def _print_option(line: Line, mark: int, size: int, at: int) -> tuple[int, int] | None:
    """One option. Returns by how much tcpdump goes on, and how much it counts for that; None if it is wrong."""
    write = line.write
    kind = mark & ~_LAST_OPTION
    if kind == _LENGTH:
        if size != 4:
            write(f"[Bad OPT_LENGTH option, length {size} != 4]")
            return None
        write(f" OPTS LEN (extra?) {line.u16(at + 2)}")
        return 4, 4
    if kind in _FIXED_OPTIONS:
        name, wanted, text = _FIXED_OPTIONS[kind]
        if size != wanted:
            write(f"[Bad {name} option, length {size} != {wanted}]")
            return None
        write(text.format(*(line.u32(where) for where in range(at + 4, at + size, 4))))
        return size, size
    if kind == _NAK_LIST:
        write(" NAK LIST")
        for where in range(at + 4, at + size, 4):
            if at + size - where < 4:
                write("[Option length not a multiple of 4]")
                return None
            write(f" {line.u32(where)}")
        return size, size - 4
    if kind in _ADDRESS_OPTIONS:
        name, fixed, text = _ADDRESS_OPTIONS[kind]
        if size < fixed:
            write(f"[Bad {'PGM_' if kind == 0x13 else ''}{name} option, length {size} < {fixed}]")
            return None
        family = line.u16(at + fixed - 4)
        if family in _ADDRESS_SIZES and size != fixed + _ADDRESS_SIZES[family]:
            write(f"[Bad {name} option, length {size} != {fixed} + address size]")
            return None
        address, _ = _address(line, family, at + fixed)
        write(text.format(*([address] if kind == _REDIRECT else [line.u32(at + 4), address])))
        return size, size
    if kind == _PATH_ADDRESSES:
        write(f" PATH_NLA [{size}]")
    elif kind == _CONGESTION_REPORT:
        write(" CR")
    else:
        write(f" OPT_{mark:02X} [{size}] ")
    # tcpdump goes on from after the option's type and length by the length of all of it.
    return size + 2, size
