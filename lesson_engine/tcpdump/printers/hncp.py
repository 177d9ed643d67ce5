"""HNCP (RFC 7788), the home networking control protocol, over DNCP (RFC 7787): the kinds of its values, and under -v
the values, each of which may hold others.

The more often -v is given, the deeper values are told; those below are named in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00010000 00010000 00080000"))
>>> print_hncp(line, 0, 12)
>>> line.text()
'hncp (12) Request network state (x2), Peer'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER = 4
_EVERY_DEPTH = 3
"""So many times -v, and no value is left untold."""

_NAMES = {
    1: "Request network state",
    2: "Request node state",
    3: "Node endpoint",
    4: "Network state",
    5: "Node state",
    8: "Peer",
    9: "Keep-alive interval",
    10: "Trust-Verdict",
    32: "HNCP-Version",
    33: "External-Connection",
    34: "Delegated-Prefix",
    35: "Assigned-Prefix",
    36: "Node-Address",
    37: "DHCPv4-Data",
    38: "DHCPv6-Data",
    39: "DNS-Delegated-Zone",
    40: "Domain-Name",
    41: "Node-Name",
    42: "Managed-PSK",
    43: "Prefix-Policy",
}


class InvalidError(Exception):
    """A value holds what cannot be, and those that follow it are left."""


def print_hncp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "hncp"
    line.write(f"hncp ({length})")
    print_values(line, at, length, 1)


def print_values(line: Line, at: int, length: int, depth: int) -> None:
    """The values in `length` bytes at `at`, which are at this `depth`, the outermost at 1."""
    start = "\n" + "\t" * depth
    told = line.verbose >= min(depth, _EVERY_DEPTH)
    names: list[tuple[str, int]] = []
    cut = False
    while length > 0:
        if told:
            line.write(start)
        if not line.has(at, _HEADER):
            cut = True
            break
        if length < _HEADER:
            break
        size = _HEADER + line.u16(at + 2)
        if not line.has(at, size):
            cut = True
            break
        if length < size:
            break
        kind = line.u16(at)
        name, number = _name(kind)
        if told:
            from lesson_engine.tcpdump.printers.hncpvalues import print_value

            line.write(f"{name}{number} ({size})")
            try:
                print_value(line, kind, at + _HEADER, size - _HEADER, depth)
            except InvalidError:
                break
        elif names and names[-1][0] == name:
            names[-1] = (name, names[-1][1] + 1)
        else:
            names.append((name, 1))
        size += -size % 4
        at += size
        length -= size
    if not told:
        texts = [f"{name} (x{count})" if count > 1 else name for name, count in names]
        if cut or length > 0:
            # The last name is told only where another follows.
            texts = texts[:-1]
        if texts:
            line.write((" " if depth == 1 else start) + ", ".join(texts))
    if cut:
        line.truncated()
    elif length > 0:
        line.invalid()


def _name(kind: int) -> tuple[str, str]:
    """What a kind of value is called, and its number where that is the name of many."""
    if kind in _NAMES:
        return _NAMES[kind], ""
    if kind == 0:
        name = "Reserved"
    else:
        name = "Unassigned" if 44 <= kind <= 511 else "Private use" if 768 <= kind <= 1023 else "Future use"
    return name, f": type={kind}"
