"""The Network Service Header (RFC 8300): a path of services, and the packet that takes it.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0fc20204 000001ff"))
>>> print_nsh(line, 0, 8)
>>> line.text()
'NSH, flags [none], service-path-id 0x000001, service-index 0xff: ERROR: unknown-next-protocol'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADERS = 8
_WORD = 4
_OPERATION = 0x20000000
_FIXED, _VARIABLE = 1, 2
_KINDS = {0: "reserved", _FIXED: "1", _VARIABLE: "2", 15: "experimental"}
_IPV4, _IPV6, _ETHERNET = 1, 2, 3
_PROTOCOLS = {
    _IPV4: "IPv4",
    _IPV6: "IPv6",
    _ETHERNET: "Ethernet",
    4: "NSH",
    5: "MPLS",
    254: "Experiment 1",
    255: "Experiment 2",
}


def print_nsh(line: Line, at: int, length: int) -> None:
    """A header at `at`, with `length` bytes from there on the wire."""
    line.protocol = "nsh"
    write = line.write
    if length < _HEADERS:
        write(f" (packet length {length} < {_HEADERS})")
        line.invalid()
        return
    base = line.u32(at)
    words, kind, protocol = base >> 16 & 0x3F, base >> 8 & 0x0F, base & 0xFF
    write("NSH, ")
    if line.verbose > 1:
        write(f"ver {base >> 30}, ")
    if base >> 30:
        return
    write(f"flags [{'O' if base & _OPERATION else 'none'}], ")
    if line.verbose > 2:
        write(f"TTL {base >> 22 & 0x3F}, length {words}, md type {named(_KINDS, kind, 'unknown (0x%02x)')}, ")
    if line.verbose > 1:
        write(f"next-protocol {named(_PROTOCOLS, protocol, 'unknown (0x%02x)')}, ")
    if length < words * _WORD:
        write(f" (too many headers for packet length {length})")
        line.invalid()
        return
    write(f"service-path-id 0x{line.u24(at + 4):06x}, ")
    write(f"service-index 0x{line.u8(at + 7):x}")
    if words < 2:
        write(" (less than two headers)")
        line.invalid()
        return
    if line.verbose > 2 and kind in (_FIXED, _VARIABLE):
        print_context = _print_fixed if kind == _FIXED else _print_variable
        if not print_context(line, at + _HEADERS, words - 2):
            line.invalid()
            return
    else:
        line.need(at + _HEADERS, (words - 2) * _WORD)
    write("\n    " if line.verbose else ": ")
    _print_packet(line, protocol, at + words * _WORD, length - words * _WORD)


def _print_fixed(line: Line, at: int, words: int) -> bool:
    """The context of a fixed length; False if it is not that long."""
    if words != 4:
        line.write(" (invalid length for the MD type)")
        return False
    for number in range(words):
        line.write(f"\n        Context[{number:02}]: 0x{line.u32(at + number * _WORD):08x}")
    return True


def _print_variable(line: Line, at: int, words: int) -> bool:
    """The context headers; False if one is longer than what is left for it."""
    while words > 0:
        group, kind, size = line.u16(at), line.u8(at + 2), line.u8(at + 3) & 0x7F
        padded = size + -size % _WORD
        line.write(f"\n        TLV Class {group}, Type {kind}, Len {size}")
        at += _WORD
        words -= 1
        if words < padded // _WORD:
            line.write(" (length too big)")
            return False
        if size:
            line.write("\n            Value: ")
            for offset in range(size):
                line.write(f"{':' if offset else '0x'}{line.u8(at + offset):02x}")
            line.need(at + size, padded - size)
            at += padded
            words -= padded // _WORD
    return True


def _print_packet(line: Line, protocol: int, at: int, length: int) -> None:
    if protocol == _IPV4:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, length)
    elif protocol == _IPV6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    elif protocol == _ETHERNET:
        from lesson_engine.tcpdump.printers.link import print_ethernet

        print_ethernet(line, at, length)
    else:
        line.write("ERROR: unknown-next-protocol")
