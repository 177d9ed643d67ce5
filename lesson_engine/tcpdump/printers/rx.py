"""Rx, the remote procedure calls of AFS: the kind of packet. The calls themselves are not told.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes(20) + b"\\x05" + bytes(7))
>>> print_rx(line, 0, 28)
>>> line.text()
' rx ackall (28)'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 28
_DATA, _ACKNOWLEDGMENT = 1, 2
_TYPES = {
    _DATA: "data",
    _ACKNOWLEDGMENT: "ack",
    3: "busy",
    4: "abort",
    5: "ackall",
    6: "challenge",
    7: "response",
    8: "debug",
    9: "params",
    13: "version",
}
_ACKNOWLEDGMENT_HEADER = 18
_REASONS = {
    1: "ack requested",
    2: "duplicate packet",
    3: "out of sequence",
    4: "exceeds window",
    5: "no buffer space",
    6: "ping",
    7: "ping response",
    8: "delay",
    9: "idle",
}
_FLAGS = (
    (0x01, 0, "client-init"),
    (0x02, 0, "req-ack"),
    (0x04, 0, "last-pckt"),
    (0x08, 0, "more-pckts"),
    (0x10, 0, "free-pckt"),
    (0x20, _ACKNOWLEDGMENT, "slow-start"),
    (0x20, _DATA, "jumbogram"),
)
"""Bit, the type it is for (0 if for any), name."""


def print_rx(line: Line, at: int, length: int) -> None:
    """A packet of `length` bytes at `at`."""
    line.protocol = "rx"
    write = line.write
    if not line.has(at, _HEADER):
        write(f" [|rx] ({length})")
        return
    kind, flags = line.u8(at + 20), line.u8(at + 21)
    write(f" rx {named(_TYPES, kind, 'type %u')}")
    if line.verbose > 1:
        write(f" cid {line.u32(at + 4):08x} call# {line.u32(at + 8)}")
    if line.verbose:
        write(f" seq {line.u32(at + 12)} ser {line.u32(at + 16)}")
    if line.verbose > 2:
        write(f" secindex {line.u8(at + 23)} serviceid {line.u16(at + 26)}")
    if line.verbose > 1:
        names = [f"<{name}>" for mask, only, name in _FLAGS if flags & mask and only in (0, kind)]
        write(f" {','.join(names)}" if names else "")
    if kind == _ACKNOWLEDGMENT:
        _print_acknowledgment(line, at + _HEADER, length - _HEADER)
    write(f" ({length})")


def _print_acknowledgment(line: Line, at: int, length: int) -> None:
    write = line.write
    if length < 0:
        return
    if not line.has(at, _ACKNOWLEDGMENT_HEADER):
        write(" [|ack]")
        return
    if line.verbose > 2:
        write(f" bufspace {line.u16(at)} maxskew {line.u16(at + 2)}")
    first, count = line.u32(at + 4), line.u8(at + 17)
    write(f" first {first} serial {line.u32(at + 12)} reason {named(_REASONS, line.u8(at + 16))}")
    at += _ACKNOWLEDGMENT_HEADER
    if not line.has(at, count):
        write(" [|ack]")
        return
    states = line.bytes(at, count)
    for state, name in ((1, "acked"), (0, "nacked")):
        ranges = _ranges([first + index for index, byte in enumerate(states) if byte == state])
        if ranges:
            write(f" {name} {ranges}")
    at += count + 3
    if line.verbose > 1:
        for name in ("ifmtu", "maxmtu", "rwind", "maxpackets"):
            if line.end - at + 1 <= 4:
                return
            write(f" {name}")
            write(f" {line.u32(at)}")
            at += 4


def _ranges(numbers: list[int]) -> str:
    """Numbers as ranges: 1-3,5."""
    texts = []
    start = 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            begin = numbers[start]
            texts.append(f"{begin % (1 << 32)}{f'-{number % (1 << 32)}' if number != begin else ''}")
            start = index + 1
    return ",".join(texts)
