"""PIM version 1, inside IGMP: who wants which multicast source, before PIM had a protocol of its own.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("1400 0000 10000000 20000069"))
>>> print_pim1(line, 0, 12)
>>> line.text()
' Query Sparse-Dense-mode'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.timestamps import duration

# Fields, in bytes from the IGMP message's start
_KIND, _VERSION, _BODY = 1, 4, 8

_QUERY, _REGISTER, _REGISTER_STOP, _JOIN_PRUNE, _REACHABLE, _ASSERT, _GRAFT, _GRAFT_ACK = range(8)
_NAMES = {
    _QUERY: "Query",
    _REGISTER: "Register",
    _REGISTER_STOP: "Register-Stop",
    _JOIN_PRUNE: "Join/Prune",
    _REACHABLE: "RP-reachable",
    _ASSERT: "Assert",
    _GRAFT: "Graft",
    _GRAFT_ACK: "Graft-ACK",
}
_MODES = {0: "Dense-mode", 1: "Sparse-mode", 2: "Sparse-Dense-mode"}
_WHOLE_MASK = 0xFFFFFFFF
_USUAL_HOLD_TIME = 180


def print_pim1(line: Line, at: int, length: int) -> None:
    """An IGMP message of `length` bytes at `at` that carries PIM."""
    line.protocol = "pimv1"
    kind = line.u8(at + _KIND)
    line.write(f" {named(_NAMES, kind, '[type %u]')}")
    body = at + _BODY
    if kind == _QUERY:
        if line.has(body, 1):
            line.write(f" {named(_MODES, line.u8(body) >> 4, 'mode-%u')}")
        if line.verbose:
            line.write(" (Hold-time ")
            line.write(f"{duration(line.u16(body + 2))})")
    elif kind == _REGISTER:
        if not line.has(body, 20):
            line.truncated()
            return
        line.write(f" for {line.ipv4(body + 12)} > {line.ipv4(body + 16)}")
    elif kind == _REGISTER_STOP:
        line.write(f" for {line.ipv4(body)} > {line.ipv4(body + 4)}")
    elif kind == _REACHABLE:
        if line.verbose:
            _print_group(line, " group ", body)
            line.write(f" RP {line.ipv4(body + 8)} hold ")
            line.write(duration(line.u16(body + 14)))
    elif kind == _ASSERT:
        _print_group(line, f" for {line.ipv4(body + 8)} > ", body)
        tree = "RP-tree" if line.u8(body + 12) & 0x80 else "SPT"
        line.write(f" {tree} pref {line.u32(body + 12) & 0x7FFFFFFF} metric {line.u32(body + 16)}")
    elif kind in (_JOIN_PRUNE, _GRAFT, _GRAFT_ACK) and line.verbose and not _print_join_prune(line, body, at + length):
        line.truncated()
    version = line.u8(at + _VERSION) >> 4
    if version != 1:
        line.write(f" [v{version}]")


def _print_group(line: Line, before: str, at: int) -> None:
    """A group with its mask, unless it is one address."""
    line.write(f"{before}{line.ipv4(at)}")
    if line.u32(at + 4) != _WHOLE_MASK:
        line.write(f"/{line.ipv4(at + 4)}")


def _print_join_prune(line: Line, at: int, stop: int) -> bool:
    """The sources to join and prune, up to `stop`; False if the message is too short for what it says."""
    write = line.write
    if _is_single(line, at, stop):
        # One group with one source goes on one line.
        write(f" RPF {line.ipv4(at)} ")
        hold_time = line.u16(at + 6)
        if hold_time != _USUAL_HOLD_TIME:
            write(f"Hold {duration(hold_time)}")
        flags, width = line.u8(at + 24), line.u8(at + 25)
        verb = "Join" if line.u16(at + 20) else "Prune"
        _print_group(line, f"{verb} ({line.ipv4(at + 26)}/{width & 0x3F}, ", at + 12)
        mode = "Sparse" if flags & 1 else "Dense"
        write(f") {mode}{' WC' if width & 0x80 else ''} {'RP' if width & 0x40 else 'SPT'}")
        return True
    own_lines = "\n" if line.verbose > 1 else ""
    if at + 4 > stop:
        return False
    write(own_lines)
    write(f" Upstream Nbr: {line.ipv4(at)}")
    if at + 8 > stop:
        return False
    write(f"{own_lines} Hold time: ")
    write(duration(line.u16(at + 6)))
    return line.verbose < 2 or _print_groups(line, at + 8, stop)


def _is_single(line: Line, at: int, stop: int) -> bool:
    return at + 30 <= min(stop, line.end) and line.u8(at + 11) == 1 and line.u16(at + 20) + line.u16(at + 22) == 1


def _print_groups(line: Line, at: int, stop: int) -> bool:
    if at + 4 > stop:
        return False
    groups = line.u8(at + 3)
    at += 4
    for _ in range(groups):
        if at + 4 > stop:
            return False
        line.write(f"\n\tGroup: {line.ipv4(at)}")
        if at + 8 > stop:
            return False
        if line.u32(at + 4) != _WHOLE_MASK:
            line.write(f"/{line.ipv4(at + 4)}")
        if at + 12 > stop:
            return False
        joined, pruned = line.u16(at + 8), line.u16(at + 10)
        line.write(f" joined: {joined} pruned: {pruned}")
        at += 12
        for index in range(joined + pruned):
            if at + 6 > stop:
                return False
            flags, width = line.u8(at), line.u8(at + 1)
            line.write(
                f"\n\t{'Join ' if index < joined else 'Prune'} {'Sparse ' if flags & 1 else 'Dense '}"
                f"{'WC ' if width & 0x80 else ''}{'RP ' if width & 0x40 else 'SPT '}"
                f"{line.ipv4(at + 2)}/{width & 0x3F}"
            )
            at += 6
    return True
