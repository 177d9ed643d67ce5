"""PPP (RFC 1661): the protocol field, the control protocols that set up a link, and what the link carries.

All control protocols (LCP and one per network protocol) share the same messages; under -v they are taken
apart, with their options by `pppoptions`. Authentication is in `pppauth`.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("c02109010008 01020304"))
>>> print_ppp(line, 0, 10)
>>> line.text()
'LCP, Echo-Request (0x09), id 1, length 10'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.names import OUI_NAMES

_MULTILINK = 0x003D
_COMPRESSED = 0x00FD
_LCP, _PAP, _CHAP, _BAP = 0xC021, 0xC023, 0xC223, 0xC02D
_OSI, _IPX = 0x0023, 0x002B
_CONTROL = frozenset((_LCP, 0x8021, 0x8023, 0x8057, 0x80FD, 0x8281, 0xC02B))
_NAMES = {
    0x0021: "IP",
    _OSI: "OSI",
    0x0025: "NS",
    0x0027: "DECNET",
    0x0029: "APPLE",
    _IPX: "IPX",
    0x002D: "VJC IP",
    0x002F: "VJNC IP",
    0x0031: "BRPDU",
    0x0033: "STII",
    0x0035: "VINES",
    _MULTILINK: "MLPPP",
    0x0057: "IP6",
    _COMPRESSED: "Compressed",
    0x0201: "HELLO",
    0x0231: "LUXCOM",
    0x0233: "SNS",
    0x0281: "MPLS",
    0x0283: "MPLS",
    0x8021: "IPCP",
    0x8023: "OSICP",
    0x8025: "NSCP",
    0x8027: "DECNETCP",
    0x8029: "APPLECP",
    0x802B: "IPXCP",
    0x8033: "STIICP",
    0x8035: "VINESCP",
    0x8057: "IP6CP",
    0x80FD: "CCP",
    0x8281: "MPLSCP",
    _LCP: "LCP",
    _PAP: "PAP",
    0xC025: "LQM",
    0xC027: "SPAP",
    0xC02B: "BACP",
    _BAP: "BAP",
    0xC03D: "MLPPP-CP",
    _CHAP: "CHAP",
    0xC227: "EAP",
}
_ETHERTYPES = {
    0x0021: 0x0800,
    0x002F: 0x0800,
    0x0800: 0x0800,
    0x0057: 0x86DD,
    0x86DD: 0x86DD,
    0x0281: 0x8847,
    0x0283: 0x8848,
}
"""Protocols whose payload Ethernet carries too."""

_ADDRESS_AND_CONTROL = 0xFF03
_DIRECTIONS = {0x0003: "In  ", 0x0103: "Out "}

_VENDOR, _REJECTED_PROTOCOL, _IDENTIFICATION, _TIME_REMAINING = 0, 8, 12, 13
_CONFIGURATION = frozenset((1, 2, 3, 4))
_WITHOUT_BODY = frozenset((5, 6, 7))
_WITH_MAGIC_NUMBER = frozenset((9, 10, 11))
_CODE_NAMES = {
    _VENDOR: "Vendor-Extension",
    1: "Conf-Request",
    2: "Conf-Ack",
    3: "Conf-Nack",
    4: "Conf-Reject",
    5: "Term-Request",
    6: "Term-Ack",
    7: "Code-Reject",
    _REJECTED_PROTOCOL: "Prot-Reject",
    9: "Echo-Request",
    10: "Echo-Reply",
    11: "Disc-Req",
    _IDENTIFICATION: "Ident",
    _TIME_REMAINING: "Time-Rem",
    14: "Reset-Req",
    15: "Reset-Ack",
}
_MULTILINK_FLAGS = {0x0000: "none", 0x4000: "end", 0x8000: "begin", 0xC000: "begin, end"}


def print_ppp(line: Line, at: int, length: int) -> None:
    """A frame of `length` bytes at `at`, which may begin with the address and control bytes of HDLC."""
    line.protocol = "ppp"
    whole = length
    if length < 2:
        line.truncated()
        return
    first = line.u16(at)
    if first in _DIRECTIONS and line.link_header:
        line.write(_DIRECTIONS[first])
    if first == _ADDRESS_AND_CONTROL or first in _DIRECTIONS:
        at += 2
        length -= 2
        if length < 2:
            line.truncated()
            return
    size = 1 if line.u8(at) & 1 else 2
    protocol = line.u8(at) if size == 1 else line.u16(at)
    at += size
    length -= size
    if line.link_header:
        line.write(f"{named(_NAMES, protocol, 'unknown')} (0x{protocol:04x}), length {whole}")
        if protocol not in _NAMES:
            return
        line.write(": ")
    _print_payload(line, protocol, at, length)


def _print_payload(line: Line, protocol: int, at: int, length: int) -> None:
    if protocol in _CONTROL:
        _print_control(line, protocol, at, length)
    elif protocol in (_PAP, _CHAP):
        from lesson_engine.tcpdump.printers.pppauth import print_chap, print_pap

        (print_pap if protocol == _PAP else print_chap)(line, at, length)
    elif protocol == _MULTILINK:
        _print_multilink(line, at, length)
    elif protocol in _ETHERTYPES:
        from lesson_engine.tcpdump.printers.dispatch import print_ethertype

        print_ethertype(line, _ETHERTYPES[protocol], at, length)
    elif protocol == _IPX:
        from lesson_engine.tcpdump.printers.ipx import print_ipx

        print_ipx(line, at, length)
    elif protocol == _OSI and _print_osi(line, at, length):
        return
    elif protocol == _COMPRESSED:
        line.write("compressed PPP data")
    elif protocol != _BAP:
        line.write(f"{named(_NAMES, protocol, 'unknown PPP protocol (0x%04x)')} ")
        line.write_hex(at, length)


def _print_osi(line: Line, at: int, length: int) -> bool:
    from lesson_engine.tcpdump.printers.osi import print_osi

    return print_osi(line, at, length)


def _print_multilink(line: Line, at: int, length: int) -> None:
    """The short header of RFC 1990."""
    if not line.link_header:
        line.write("MLPPP, ")
    if length < 2 or not line.has(at, 2):
        line.write("[|mlppp]")
        return
    header = line.u16(at)
    line.write(f"seq 0x{header & 0x0FFF:03x}, Flags [{_MULTILINK_FLAGS[header & 0xC000]}], length {length}")


def _print_control(line: Line, protocol: int, at: int, length: int) -> None:
    name = _NAMES[protocol]
    write = line.write
    write(f"{name}, ")
    if length < 4 or not line.has(at, 2):
        write(f"[|{name}]")
        return
    code = line.u8(at)
    write(f"{named(_CODE_NAMES, code, 'Unknown Opcode')} (0x{code:02x}), id {line.u8(at + 1)}, length {length + 2}")
    if not line.verbose:
        return
    size = line.u16(at + 2)
    if size > length:
        write(f"\n\tencoded length {size} (> packet length {length}))")
        return
    if size < 4:
        write(f"\n\tencoded length {size} (< 4))")
        return
    write(f"\n\tencoded length {size} (=Option(s) length {size - 4})")
    if size == 4:
        return
    if line.verbose > 1:
        # The protocol field comes first.
        line.write_hex(at - 2, 6)
    if not _print_control_body(line, protocol, code, at, size):
        write(f"[|{name}]")


def _print_control_body(line: Line, protocol: int, code: int, at: int, size: int) -> bool:
    """What follows the header of a message of `size` bytes; False if it was cut."""
    write = line.write
    body = at + 4
    if code in _CONFIGURATION:
        from lesson_engine.tcpdump.printers.pppoptions import print_options

        print_options(line, protocol, body, size - 4)
    elif code == _VENDOR:
        if size >= 11:
            line.need(body, 4)
            write(f"\n\t  Magic-Num 0x{line.u32(body):08x}")
            line.need(body + 4, 3)
            vendor = line.u24(body + 4)
            write(f" Vendor: {named(OUI_NAMES, vendor, 'Unknown')} ({vendor})")
    elif code == _REJECTED_PROTOCOL:
        if size >= 6:
            line.need(body, 2)
            rejected = line.u16(body)
            write(f"\n\t  Rejected {named(_NAMES, rejected, 'unknown')} Protocol (0x{rejected:04x})")
            if size > 6:
                write("\n\t  Rejected Packet")
                # tcpdump counts the header to the rejected packet.
                line.write_hex(body + 2, size - 2, "\n\t    ")
    elif code in _WITH_MAGIC_NUMBER or code == _IDENTIFICATION:
        if size >= 8:
            line.need(body, 4)
            write(f"\n\t  Magic-Num 0x{line.u32(body):08x}")
            if size > 8 and code == _IDENTIFICATION:
                write("\n\t  Message\n\t    ")
                # tcpdump counts the magic number to the text.
                return not line.printable(body + 4, size - 4)
            if size > 8:
                write("\n\t  -----trailing data-----")
                if not line.has(body + 4, size - 8):
                    return False
                line.write_hex(body + 4, size - 8, "\n\t  ")
    elif code == _TIME_REMAINING:
        if size >= 12:
            line.need(body, 8)
            write(f"\n\t  Magic-Num 0x{line.u32(body):08x}, Seconds-Remaining {line.u32(body + 4)}s")
    elif code not in _WITHOUT_BODY and line.verbose == 1:
        line.write_hex(at - 2, size + 2, "\n\t  ")
    return True
