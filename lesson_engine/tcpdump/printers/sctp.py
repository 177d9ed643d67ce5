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
    0xC2: "REL CTRL ACK",
}
_SMALLEST = {_INIT: 20, _INIT_ACK: 20, _SACK: 16}
_DATA_HEADER = 16
_UNORDERED, _BEGINNING, _ENDING = 4, 2, 1

_FORCES_PORTS = {6704: "ForCES HP", 6705: "ForCES MP", 6706: "ForCES LP"}

_M3UA = 3
_PAYLOADS = {
    1: "ISDN Q.921",
    2: "M2UA",
    _M3UA: "M3UA",
    4: "SUA",
    5: "M2PA",
    6: "V5.2",
    7: "H.248",
    8: "BICC",
    9: "TALI",
    10: "DUA",
    11: "ASAP",
    12: "ENRP",
    13: "H.323",
    14: "Q.IPC",
    15: "SIMCO",
    16: "DDPSC",
    17: "DDPSSC",
    18: "S1AP",
    19: "RUA",
    20: "HNBAP",
    21: "ForCES HP",
    22: "ForCES MP",
    23: "ForCES LP",
    24: "SBc-AP",
    25: "NBAP",
    27: "X2AP",
}
_FORCES_PAYLOADS = frozenset((21, 22, 23))


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
    ports = (line.u16(at), line.u16(at + 2))
    write(f"{source}.{ports[0]} > {destination}.{ports[1]}: sctp")
    forces = False
    for port in ports:
        if port in _FORCES_PORTS:
            write(f"[{_FORCES_PORTS[port]}]")
            forces = True
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
        if size < _SMALLEST.get(kind, 4) or not _print_chunk(line, kind, flags, at, size, forces):
            write(f"bogus chunk length {size}]")
            return
        # Behind one payload of ForCES, tcpdump takes every other for such a one.
        forces = forces or (kind == _DATA and line.u32(at + 12) in _FORCES_PAYLOADS)
        step = min(size + -size % 4, length)
        if not line.has(at, step):
            line.truncated()
            return
        at += step
        length -= step


def _print_chunk(line: Line, kind: int, flags: int, at: int, size: int, forces: bool) -> bool:
    """What a chunk of `size` bytes holds, at a port of `forces` or elsewhere; False if it ends before that."""
    write = line.write
    if kind == _DATA:
        return _print_data(line, flags, at, size, forces)
    if kind in (_INIT, _INIT_ACK):
        write(
            f"[init tag: {line.u32(at + 4)}] [rwnd: {line.u32(at + 8)}] [OS: {line.u16(at + 12)}]"
            f" [MIS: {line.u16(at + 14)}] [init TSN: {line.u32(at + 16)}] "
        )
    elif kind == _SACK:
        return _print_acknowledgment(line, at, at + size)
    return True


def _print_acknowledgment(line: Line, at: int, stop: int) -> bool:
    gaps, duplicates = line.u16(at + 12), line.u16(at + 14)
    acknowledged = line.u32(at + 4)
    line.write(f"[cum ack {acknowledged}] [a_rwnd {line.u32(at + 8)}] [#gap acks {gaps}] [#dup tsns {duplicates}] ")
    at += 16
    for index in range(gaps + duplicates):
        if stop - at < 4:
            return stop == at
        if index < gaps:
            start, end = ((acknowledged + line.u16(at + offset)) % (1 << 32) for offset in (0, 2))
            line.write(f"\n\t\t[gap ack block #{index + 1}: start = {start}, end = {end}] ")
        else:
            line.write(f"\n\t\t[dup TSN #{index - gaps + 1}: {line.u32(at)}] ")
        at += 4
    return True


def _print_data(line: Line, flags: int, at: int, size: int, forces: bool) -> bool:
    write = line.write
    marks = "".join(
        letter for mask, letter in ((_UNORDERED, "(U)"), (_BEGINNING, "(B)"), (_ENDING, "(E)")) if flags & mask
    )
    if marks:
        write(f"{marks} ")
    if size < _DATA_HEADER:
        return False
    payload = line.u32(at + 12)
    write(
        f"[TSN: {line.u32(at + 4)}] [SID: {line.u16(at + 8)}] [SSEQ {line.u16(at + 10)}]"
        f" [PPID {named(_PAYLOADS, payload, '0x%x')}] "
    )
    if size == _DATA_HEADER:
        return False
    if forces or payload in _FORCES_PAYLOADS:
        from lesson_engine.tcpdump.printers.forces import print_forces

        print_forces(line, at + _DATA_HEADER, size - _DATA_HEADER)
        line.protocol = "sctp"
    elif line.verbose > 1:
        if payload == _M3UA:
            from lesson_engine.tcpdump.printers.m3ua import print_m3ua

            print_m3ua(line, at + _DATA_HEADER, size - _DATA_HEADER)
            line.protocol = "sctp"
            return True
        write("[Payload")
        if not line.quiet:
            write(":")
            line.write_dump(at + _DATA_HEADER, size - _DATA_HEADER)
        write("]")
    return True
