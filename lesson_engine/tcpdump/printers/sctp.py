"""SCTP (RFC 9260): ports, and the chunks one after the other.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4500002400010000408400000a0000010a000002 13881770000012340000000006000004"))
>>> print_sctp(line, 20, 16, 0)
>>> line.text()
'10.0.0.1.5000 > 10.0.0.2.6000: sctp (1) [ABORT] '
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 12
_DATA, _INIT, _INIT_ACK, _SACK = 0x00, 0x01, 0x02, 0x03
_CHUNK_NAMES = {
    _DATA: "DATA",
    _INIT: "INIT",
    _INIT_ACK: "INIT ACK",
    _SACK: "SACK",
    0x04: "HB REQ",
    0x05: "HB ACK",
    0x06: "ABORT",
    0x07: "SHUTDOWN",
    0x08: "SHUTDOWN ACK",
    0x09: "OP ERR",
    0x0A: "COOKIE ECHO",
    0x0B: "COOKIE ACK",
    0x0C: "ECN ECHO",
    0x0D: "ECN CWR",
    0x0E: "SHUTDOWN COMPLETE",
    0xC0: "FOR CUM TSN",
    0xC1: "REL CTRL",
}
_SMALLEST = {_DATA: 17, _INIT: 20, _INIT_ACK: 20, _SACK: 16}
_UNORDERED, _BEGINNING, _ENDING = 4, 2, 1


def print_sctp(line: Line, at: int, length: int, header: int) -> None:
    """A packet of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "sctp"
    write = line.write
    if length < _HEADER:
        write(f"truncated-sctp - {_HEADER - length} bytes missing!")
        return
    if not line.has(at, _HEADER):
        line.truncated()
        return
    if line.data[header] >> 4 == 6:
        source, destination = line.ipv6(header + 8), line.ipv6(header + 24)
    else:
        source, destination = line.ipv4(header + 12), line.ipv4(header + 16)
    write(f"{source}.{line.u16(at)} > {destination}.{line.u16(at + 2)}: sctp")
    at += _HEADER
    length -= _HEADER
    number = 0
    while length > 0:
        number += 1
        if length < 4:
            write(f"\n\t{number})" if line.verbose > 1 else f"{',' if number > 1 else ''} ({number})")
            write(" [chunk descriptor cut off at end of packet]")
            return
        if not line.has(at, 4) or not line.has(at, line.u16(at + 2)):
            line.truncated()
            return
        kind, flags, size = line.u8(at), line.u8(at + 1), line.u16(at + 2)
        write(f"\n\t{number})" if line.verbose > 1 else f"{',' if number > 1 else ''} ({number})")
        write(" ")
        if size < 4:
            write(f"[Bad chunk length {size}, < size of chunk descriptor]")
            return
        if size > length:
            write(f"[Bad chunk length {size}, > remaining data in packet]")
            return
        write(f"[{named(_CHUNK_NAMES, kind, 'Unknown chunk type: 0x%x')}] ")
        if size < _SMALLEST.get(kind, 4):
            write(f"bogus chunk length {size}]")
            return
        _print_chunk(line, kind, flags, at, size)
        step = min(size + -size % 4, length)
        if not line.has(at, step):
            line.truncated()
            return
        at += step
        length -= step


def _print_chunk(line: Line, kind: int, flags: int, at: int, size: int) -> None:
    write = line.write
    if kind == _DATA:
        marks = "".join(
            letter for mask, letter in ((_UNORDERED, "(U)"), (_BEGINNING, "(B)"), (_ENDING, "(E)")) if flags & mask
        )
        if marks:
            write(f"{marks} ")
        write(
            f"[TSN: {line.u32(at + 4)}] [SID: {line.u16(at + 8)}] [SSEQ {line.u16(at + 10)}]"
            f" [PPID 0x{line.u32(at + 12):x}] "
        )
        if line.verbose > 1:
            write("[Payload:")
            if not line.quiet:
                line.write_dump(at + 16, size - 16)
            write("]")
    elif kind in (_INIT, _INIT_ACK):
        write(
            f"[init tag: {line.u32(at + 4)}] [rwnd: {line.u32(at + 8)}] [OS: {line.u16(at + 12)}]"
            f" [MIS: {line.u16(at + 14)}] [init TSN: {line.u32(at + 16)}] "
        )
    elif kind == _SACK:
        gaps, duplicates = line.u16(at + 12), line.u16(at + 14)
        acknowledged = line.u32(at + 4)
        write(f"[cum ack {acknowledged}] [a_rwnd {line.u32(at + 8)}] [#gap acks {gaps}] [#dup tsns {duplicates}] ")
        where = at + 16
        for index in range(gaps):
            start, end = acknowledged + line.u16(where), acknowledged + line.u16(where + 2)
            write(f"\n\t\t[gap ack block #{index + 1}: start = {start}, end = {end}] ")
            where += 4
        for index in range(duplicates):
            write(f"\n\t\t[dup TSN #{index + 1}: {line.u32(where)}] ")
            where += 4
