"""IGMP (RFC 1112, 2236, 3376): who listens to which multicast group.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("1600 0904 e00000fb"))
>>> print_igmp(line, 0, 8)
>>> line.text()
'igmp v2 report 224.0.0.251'
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum
from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.membership import print_group_records, print_sources
from lesson_engine.tcpdump.printers.timestamps import duration

# Fields, in bytes from the message's start
_MAX_RESPONSE_TIME = 1
_CHECKSUM = 2
_GROUP = 4

_QUERY = 0x11
_REPORT_1 = 0x12
_REPORTS = {_REPORT_1: "v1 report", 0x16: "v2 report", 0x17: "leave"}
_CLASS_D = 0xE
"""The first four bits of a multicast address."""
_DVMRP, _PIM = 0x13, 0x14
_REPORT_3 = 0x22
_TRACE = {0x1F: "mtrace", 0x1E: "mresp"}


def print_igmp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "igmp"
    if line.quiet:
        line.write("igmp")
        return
    kind = line.u8(at)
    if kind == _QUERY:
        line.write("igmp query")
        if length >= 12:
            _print_query_3(line, at, length)
        else:
            _print_query(line, at, length)
    elif kind in _REPORTS:
        line.write(f"igmp {_REPORTS[kind]} {line.ipv4(at + _GROUP)}")
        if kind == _REPORT_1 and length != 8:
            line.write(f" [len {length}]")
    elif kind == _REPORT_3:
        line.write("igmp v3 report")
        _print_report_3(line, at, length)
    elif kind == _DVMRP:
        from lesson_engine.tcpdump.printers.dvmrp import print_dvmrp

        line.write("igmp dvmrp")
        print_dvmrp(line, at, length)
    elif kind == _PIM:
        from lesson_engine.tcpdump.printers.pim1 import print_pim1

        line.write("igmp pimv1")
        print_pim1(line, at, length)
    elif kind in _TRACE:
        _print_trace(line, at, length, _TRACE[kind])
    else:
        line.write(f"igmp-{kind}")
    if line.verbose and length >= _GROUP and line.has(at, length):
        difference = internet_checksum(line.data[at : at + length])
        if difference:
            line.write(f" bad igmp cksum {line.u16(at + _CHECKSUM):x}!")


def _print_query(line: Line, at: int, length: int) -> None:
    tenths = line.u8(at + _MAX_RESPONSE_TIME)
    if tenths:
        line.write(" v2")
        if tenths != 100:
            line.write(f" [max resp time {tenths}]")
    else:
        line.write(" v1")
    if any(line.bytes(at + _GROUP, 4)):
        line.write(f" [gaddr {line.ipv4(at + _GROUP)}]")
    if length != 8:
        line.write(f" [len {length}]")


def _print_query_3(line: Line, at: int, length: int) -> None:
    line.write(" v3")
    if length < 12 or (length & 3):
        line.write(f" [invalid len {length}]")
        return
    code = line.u8(at + _MAX_RESPONSE_TIME)
    tenths = code if code < 128 else (code & 0x0F | 0x10) << (code >> 4 & 0x07) + 3
    if tenths != 100:
        line.write(" [max resp time ")
        line.write(f"{tenths / 10:.1f}s" if tenths < 600 else duration(tenths // 10))
        line.write("]")
    if not any(line.bytes(at + _GROUP, 4)):
        return
    line.write(f" [gaddr {line.ipv4(at + _GROUP)}")
    sources = line.u16(at + 10)
    if sources:
        if 12 + sources * 4 > length:
            line.write(" [invalid number of sources]")
        else:
            print_sources(line, at + 12, sources, line.ipv4, 4)
    line.write("]")


def _print_report_3(line: Line, at: int, length: int) -> None:
    if length < 16 or length & 3:
        line.write(f" [invalid len {length}]")
        return
    print_group_records(line, at, length, line.ipv4, 4, " [v3-report-#%u]")


def _print_trace(line: Line, at: int, length: int, name: str) -> None:
    """A multicast traceroute."""
    if length < 24:
        line.write(f" [invalid len {length}]")
        return
    identifier = line.u32(at + 20) & 0xFFFFFF
    source, receiver, reply_to = (line.ipv4(at + offset) for offset in (8, 12, 16))
    line.write(f"{name} {identifier}: {source} to {receiver} reply-to {reply_to}")
    if line.u8(at + 16) >> 4 == _CLASS_D:
        line.write(f" with-ttl {line.u32(at + 20) >> 24}")
