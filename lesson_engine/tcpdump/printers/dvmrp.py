"""DVMRP (RFC 1075 and its version 3), inside IGMP: neighbours, routes and prunes of multicast routers.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("1308 0000 00000e03 0a000001 e0000105"))
>>> print_dvmrp(line, 0, 16)
>>> line.text()
' Graft src 10.0.0.1 grp 224.0.1.5'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.names import ipv4_text
from lesson_engine.tcpdump.printers.timestamps import duration

_HEADER = 8
_VERSION = 6
_PROBE, _REPORT, _NEIGHBORS, _NEIGHBORS_2, _PRUNE, _GRAFT, _GRAFT_ACK = 1, 2, 4, 6, 7, 8, 9
_NAMES = {
    _PROBE: "Probe",
    _REPORT: "Report",
    3: "Ask-neighbors(old)",
    _NEIGHBORS: "Neighbors(old)",
    5: "Ask-neighbors2",
    _NEIGHBORS_2: "Neighbors2",
    _PRUNE: "Prune",
    _GRAFT: "Graft",
    _GRAFT_ACK: "Graft-ACK",
}
_LINK_FLAGS = {0x01: "/tunnel", 0x02: "/srcrt", 0x40: "/querier", 0x20: "/disabled", 0x10: "/down"}
_LAST_ROUTE = 0x80


def print_dvmrp(line: Line, at: int, length: int) -> None:
    """An IGMP message of `length` bytes at `at` that carries DVMRP."""
    line.protocol = "dvmrp"
    if length < _HEADER:
        line.write(f" [len {length}]")
        return
    kind = line.u8(at + 1)
    line.write(f" {named(_NAMES, kind, '[type %u]')}")
    body, left = at + _HEADER, length - _HEADER
    if kind == _PROBE:
        valid = not line.verbose or _print_probe(line, body, left)
    elif kind == _REPORT:
        valid = line.verbose < 2 or _print_report(line, body, left)
    elif kind == _NEIGHBORS:
        valid = _print_neighbors(line, body, left)
    elif kind == _NEIGHBORS_2:
        line.write(f" (v {line.u8(at + _VERSION + 1)}.{line.u8(at + _VERSION)}):")
        valid = _print_neighbors_2(line, body, left)
    else:
        valid = True
        if kind in (_PRUNE, _GRAFT, _GRAFT_ACK):
            line.write(f" src {line.ipv4(body)} grp {line.ipv4(body + 4)}")
        if kind == _PRUNE:
            line.write(" timer ")
            line.write(duration(line.u32(body + 8)))
    if not valid:
        line.invalid()


def _print_probe(line: Line, at: int, length: int) -> bool:
    """The rest of a probe; False, here and below, if a length is not possible."""
    if length < 4:
        line.write(f" [full length {length} < 4]")
        return False
    line.write("\n\t" if line.verbose > 1 else " ")
    line.write(f"genid {line.u32(at)}")
    if line.verbose < 2:
        return True
    for where in range(at + 4, at + length, 4):
        if at + length - where < 4:
            line.write(f"[remaining length {at + length - where} < 4]")
            return False
        line.write(f"\n\tneighbor {line.ipv4(where)}")
    return True


def _print_report(line: Line, at: int, length: int) -> bool:
    """Routes by the width of their masks, of which the first byte and the zero bytes at the end are left out."""
    stop = at + length
    while at < stop:
        if stop - at < 3:
            line.write(f" [length {stop - at} < 3]")
            return False
        mask = line.bytes(at, 3)
        line.write("\n\tMask " + ipv4_text(b"\xff" + mask))
        width = 1 + len(mask.rstrip(b"\0"))
        at += 3
        last = False
        while not last:
            if stop - at < width + 1:
                line.write("\n\t  [Truncated Report]")
                return False
            origin = line.bytes(at, width).ljust(4, b"\0")
            metric = line.u8(at + width)
            line.write(f"\n\t  {ipv4_text(origin)} metric {metric & ~_LAST_ROUTE}")
            last = metric >= _LAST_ROUTE
            at += width + 1
    return True


def _print_neighbors(line: Line, at: int, length: int) -> bool:
    stop = at + length
    while at < stop:
        if stop - at < 7:
            line.write(f" [length {stop - at} < 7]")
            return False
        here = at
        metric, threshold, count = line.bytes(at + 4, 3)
        at += 7
        for _ in range(count):
            if stop - at < 4:
                line.write(f" [length {stop - at} < 4]")
                return False
            line.write(f" [{line.ipv4(here)} ->")
            line.write(f" {line.ipv4(at)}, ({metric}/{threshold})]")
            at += 4
    return True


def _print_neighbors_2(line: Line, at: int, length: int) -> bool:
    stop = at + length
    while at < stop:
        if stop - at < 8:
            line.write(f" [length {stop - at} < 8]")
            return False
        here = at
        metric, threshold, flags, count = line.bytes(at + 4, 4)
        at += 8
        names = "".join(name for bit, name in _LINK_FLAGS.items() if flags & bit)
        while count and at < stop:
            if stop - at < 4:
                line.write(f" [length {stop - at} < 4]")
                return False
            line.write(f" [{line.ipv4(here)} -> ")
            line.write(f"{line.ipv4(at)} ({metric}/{threshold}{names})]")
            at += 4
            count -= 1
        if count:
            line.write(" [invalid ncount]")
            return False
    return True
