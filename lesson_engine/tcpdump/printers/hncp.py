"""HNCP (RFC 7788), the home networking control protocol: the kinds of its values, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00010000 00010000 00080000"))
>>> print_hncp(line, 0, 12)
>>> line.text()
'hncp (12) Request network state (x2), Peer'
"""

from lesson_engine.tcpdump.printers.line import Line

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


def print_hncp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "hncp"
    line.write(f"hncp ({length})")
    separator = " "
    last, count = "", 0
    cut = False
    while length > 0:
        if not line.has(at, 4):
            cut = True
            break
        size = 4 + line.u16(at + 2)
        if length < 4 or not line.has(at, size) or length < size:
            cut = length >= 4 and not line.has(at, size)
            break
        name = _name(line.u16(at))
        if name == last:
            count += 1
        else:
            separator = _print_name(line, last, count, separator)
            last, count = name, 1
        size += -size % 4
        at += size
        length -= size
    if cut:
        line.truncated()
    elif length > 0:
        line.invalid()
    else:
        _print_name(line, last, count, separator)


def _print_name(line: Line, name: str, count: int, separator: str) -> str:
    """Print how many values of a name there were, if any; returns what separates the next."""
    if not count:
        return separator
    line.write(f"{separator}{name}{f' (x{count})' if count > 1 else ''}")
    return ", "


def _name(kind: int) -> str:
    if kind in _NAMES:
        return _NAMES[kind]
    if kind == 0:
        return "Reserved"
    return "Unassigned" if 44 <= kind <= 511 else "Private use" if 768 <= kind <= 1023 else "Future use"
