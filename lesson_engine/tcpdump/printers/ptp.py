"""PTP (IEEE 1588): the header of a message of version 2, and its times.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x00\\x01" + bytes(32))
>>> print_ptp(line, 0, 34)
>>> line.text()
'PTPv1 (not implemented)'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_HEADER = 34
_ANNOUNCE, _SIGNALING, _MANAGEMENT = 11, 12, 13
_MESSAGES = {
    0: "sync msg",
    1: "delay req msg",
    2: "peer delay req msg",
    3: "peer delay resp msg",
    8: "follow up msg",
    9: "delay resp msg",
    10: "pdelay resp fup msg",
    _ANNOUNCE: "announce msg",
    _SIGNALING: "signalling msg",
    _MANAGEMENT: "management msg",
}
_CONTROLS = {0: "Sync", 1: "Delay_Req", 2: "Follow_Up", 3: "Delay_Resp", 4: "Management", 5: "Other"}
_FLAGS = {
    0x0001: "l1 61",
    0x0002: "l1 59",
    0x0004: "utc reasonable",
    0x0008: "timescale",
    0x0010: "time tracable",
    0x0020: "frequency tracable",
    0x0100: "alternate master",
    0x0200: "two step",
    0x0400: "unicast",
    0x1000: "profile specific 1",
    0x2000: "profile specific 2",
    0x4000: "security mask",
    0x18C0: "unknown",
}
_ORIGIN, _PRECISE, _RECEIVED = "originTimeStamp", "preciseOriginTimeStamp", "receiveTimeStamp"
_TIMES = {
    0: (_ORIGIN, False),
    1: (_ORIGIN, False),
    2: (_PRECISE, True),
    3: (_RECEIVED, True),
    8: (_PRECISE, False),
    9: (_RECEIVED, True),
    10: (_PRECISE, True),
}
"""By message: which time it carries, and whether a port follows."""


def print_ptp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "ptp"
    if length < _HEADER:
        line.write(f" [length {length} < {_HEADER}]")
        line.invalid()
        return
    version = line.u16(at) & 0xFF
    line.write(f"PTPv{version}")
    if version == 1:
        line.write(" (not implemented)")
    elif version == 2:
        _print_message(line, at)


def _print_message(line: Line, at: int) -> None:
    write = line.write
    first = line.u8(at)
    kind = first & 0x0F
    write(f", v1 compat : {'yes' if first & 0x10 else 'no'}, msg type : {named(_MESSAGES, kind, 'Reserved')}")
    write(f", length : {line.u16(at + 2)}")
    line.need(at + 4, 2)
    write(f", domain : {line.u8(at + 4)}, reserved1 : {line.u8(at + 5)}")
    write(f", Flags [{bits(_FLAGS, line.u16(at + 6), 'none')}]")
    write(f", NS correction : {int.from_bytes(line.bytes(at + 8, 6), 'big')}")
    write(f", sub NS correction : {line.u16(at + 14)}")
    write(f", reserved2 : {line.u32(at + 16)}")
    write(f", clock identity : 0x{line.u64(at + 20):x}")
    write(f", port id : {line.u16(at + 28)}")
    write(f", seq id : {line.u16(at + 30)}")
    control = line.u8(at + 32)
    write(f", control : {control} ({named(_CONTROLS, control, 'Reserved')})")
    write(f", log message interval : {line.u8(at + 33)}")
    at += _HEADER
    if kind in _TIMES:
        title, port = _TIMES[kind]
        _print_time(line, at, title, ",")
        if port:
            _print_port(line, at + 10)
    elif kind == _ANNOUNCE:
        _print_announcement(line, at)
    elif kind in (_SIGNALING, _MANAGEMENT):
        _print_port(line, at)
        if kind == _MANAGEMENT:
            _print_management(line, at)


def _print_time(line: Line, at: int, title: str, separator: str) -> None:
    line.write(f", {title} :")
    line.write(f" {int.from_bytes(line.bytes(at, 6), 'big')} seconds{separator}")
    line.write(f" {line.u32(at + 6)} nanoseconds")


def _print_port(line: Line, at: int) -> None:
    line.write(f", port identity : 0x{line.u64(at):x}")
    line.write(f", port id : {line.u16(at + 8)}")


def _print_announcement(line: Line, at: int) -> None:
    write = line.write
    _print_time(line, at, _ORIGIN, "")
    write(f", origin cur utc :{line.u16(at + 10)}")
    for title, offset in (("rsvd", 12), ("gm priority_1", 13), ("gm clock class", 14), ("gm clock accuracy", 15)):
        write(f", {title} : {line.u8(at + offset)}")
    write(f", gm clock variance : {line.u16(at + 16)}")
    write(f", gm priority_2 : {line.u8(at + 18)}")
    write(f", gm clock id : 0x{line.u64(at + 19):x}")
    write(f", steps removed : {line.u16(at + 27)}")
    write(f", time source : 0x{line.u8(at + 29):x}")


def _print_management(line: Line, at: int) -> None:
    # tcpdump reads each of these from the place of the first, which is that of the port.
    value = line.u8(at)
    for title, text in (
        ("start boundary hops", f"{value}"),
        ("boundary hops", f"{value}"),
        ("flags", f"0x{value:x}"),
        ("reserved", f"0x{value:x}"),
    ):
        line.write(f", , {title}  {text}")
