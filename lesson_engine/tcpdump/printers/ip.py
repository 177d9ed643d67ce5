"""IPv4 (RFC 791, with the ECN bits of RFC 3168): header, options, fragments; the payload goes on.

A header that cannot be is named, and printed as far as it makes sense. The payload is cut to what the
header's total length says, so that Ethernet's padding is not taken for data.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4500001c000120074006000000000000 0a000001 0a0000020000000000000000"))
>>> print_ip(line, 0, 28)
>>> line.text()
'IP 0.0.0.0 > 10.0.0.1: ip-proto-6'
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum, should_be
from lesson_engine.tcpdump.printers.dispatch import PROTOCOL_NAMES, print_protocol, protocol_name
from lesson_engine.tcpdump.printers.line import Line, TruncatedError, bits, named

# Header fields, in bytes from the header's start
_TRAFFIC_CLASS = 1
_IDENTIFICATION = 4
_FRAGMENT = 6
_TIME_TO_LIVE = 8
_PROTOCOL = 9
_CHECKSUM = 10
SOURCE = 12
DESTINATION = 16
HEADER = 20

_MORE_FRAGMENTS = 0x2000
_FRAGMENT_OFFSET = 0x1FFF
_FRAGMENT_FLAGS = {_MORE_FRAGMENTS: "+", 0x4000: "DF", 0x8000: "rsvd"}
_ECN = ("", ",ECT(1)", ",ECT(0)", ",CE")

# These print the addresses themselves, each with its port.
_WITH_PORTS = frozenset((6, 17, 33, 132))

_END, _NO_OPERATION, _RECORD_ROUTE, _TIMESTAMP, _LOOSE_ROUTE, _STRICT_ROUTE, _ROUTER_ALERT = 0, 1, 7, 68, 131, 137, 148
_OPTION_NAMES = {
    _END: "EOL",
    _NO_OPERATION: "NOP",
    _TIMESTAMP: "timestamp",
    130: "security",
    _RECORD_ROUTE: "RR",
    _STRICT_ROUTE: "SSRR",
    _LOOSE_ROUTE: "LSRR",
    _ROUTER_ALERT: "RA",
    82: "traceroute",
}


def print_ip_of_any_version(line: Line, at: int, length: int) -> None:
    """An IP packet whose version only its first byte tells."""
    line.protocol = "ipn"
    if length < 1:
        line.write(f"truncated-ip {length}")
        return
    version = line.u8(at) >> 4
    if version == 4:
        print_ip(line, at, length)
    elif version == 6:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    else:
        line.write(f"unknown ip {version}")


def print_ip(line: Line, at: int, length: int) -> None:
    """An IPv4 packet at `at`, of which `length` bytes were on the wire."""
    line.protocol = "ip"
    write = line.write
    version = line.u8(at) >> 4
    if version != 4:
        write("IP6, wrong link-layer encapsulation" if version == 6 else f"IP{version}")
        line.invalid()
        return
    if not line.link_header:
        write("IP ")
    if at + HEADER > line.end:
        line.truncated()
        return
    data = line.data
    if length < HEADER:
        write(f"truncated-ip {length}")
        return
    header_length = (data[at] & 0x0F) * 4
    if header_length < HEADER:
        write(f"bad-hlen {header_length}")
        return
    total_length = data[at + 2] << 8 | data[at + 3]
    if length < total_length:
        write(f"truncated-ip - {total_length - length} bytes missing! ")
    if total_length < header_length:
        write(f"bad-len {total_length}")
        return
    end = line.narrow(at + total_length)
    fragment = data[at + 6] << 8 | data[at + 7]
    protocol = data[at + 9]
    if line.verbose and not _print_header(line, at, header_length, total_length, fragment, protocol):
        write(f"{line.ipv4(at + SOURCE)} > {line.ipv4(at + DESTINATION)}: ")
        line.truncated()
        line.end = end
        return
    if fragment & _FRAGMENT_OFFSET:
        write(f"{line.ipv4(at + SOURCE)} > {line.ipv4(at + DESTINATION)}:")
        name = None if line.numeric else protocol_name(protocol)
        write(f" {name or f'ip-proto-{protocol}'}")
    else:
        if protocol not in _WITH_PORTS:
            write(f"{line.ipv4(at + SOURCE)} > {line.ipv4(at + DESTINATION)}: ")
        if at + header_length > line.end:
            write(f" [remaining caplen({line.end - at}) < header length({header_length})]")
            raise TruncatedError
        print_protocol(
            line,
            protocol,
            at + header_length,
            total_length - header_length,
            header=at,
            version=4,
            fragmented=bool(fragment & _MORE_FRAGMENTS),
            hop_limit=data[at + _TIME_TO_LIVE],
        )
    line.end = end


def _print_header(line: Line, at: int, header_length: int, total_length: int, fragment: int, protocol: int) -> bool:
    """The parenthesis of -v. False if the options were cut."""
    data = line.data
    traffic_class = data[at + _TRAFFIC_CLASS]
    line.write(f"(tos 0x{traffic_class:x}{_ECN[traffic_class & 3]}")
    if data[at + _TIME_TO_LIVE]:
        line.write(f", ttl {data[at + _TIME_TO_LIVE]}")
    line.write(
        f", id {line.u16(at + _IDENTIFICATION)}, offset {(fragment & _FRAGMENT_OFFSET) * 8},"
        f" flags [{bits(_FRAGMENT_FLAGS, fragment, 'none')}],"
        f" proto {named(PROTOCOL_NAMES, protocol, 'unknown')} ({protocol})"
    )
    line.write(f", length {total_length}")
    whole = True
    if header_length > HEADER:
        line.write(", options (")
        whole = _print_options(line, at + HEADER, header_length - HEADER)
        if not whole:
            line.write(" [truncated-option]")
        line.write(")")
    if line.check_sums and line.has(at, header_length):
        difference = internet_checksum(data[at : at + header_length])
        if difference:
            found = line.u16(at + _CHECKSUM)
            line.write(f", bad cksum {found:x} (->{should_be(found, difference):x})!")
    line.write(")\n    ")
    return whole


def _print_options(line: Line, at: int, length: int) -> bool:
    """The options; False if they were cut."""
    separator = ""
    while length > 0:
        line.write(separator)
        separator = ","
        code = line.u8(at)
        line.write(named(_OPTION_NAMES, code, "unknown %u"))
        if code in (_NO_OPERATION, _END):
            size = 1
        else:
            size = line.u8(at + 1)
            if size < 2:
                line.write(f" [bad length {size}]")
                return True
        if size > length:
            line.write(f" [bad length {size}]")
            return True
        if not line.has(at, size):
            return False
        if code == _END:
            return True
        if code == _TIMESTAMP:
            _print_timestamps(line, at, size)
        elif code in (_RECORD_ROUTE, _STRICT_ROUTE, _LOOSE_ROUTE):
            _print_route(line, at, size)
        elif code == _ROUTER_ALERT:
            if size < 4:
                line.write(f" [bad length {size}]")
            elif line.u16(at + 2):
                line.write(f" value {line.u16(at + 2)}")
        at += size
        length -= size
    return True


def _print_route(line: Line, at: int, size: int) -> None:
    """The addresses of a route, those that the pointer has passed with a comma."""
    if size < 3:
        line.write(f" [bad length {size}]")
        return
    if (size + 1) & 3:
        line.write(f" [bad length {size}]")
    told = line.u8(at + 2)
    # A pointer of 0 is one below the first byte, which is beyond all of them to unsigned arithmetic.
    pointer = (told - 1) & 0xFFFFFFFF
    if pointer < 3 or told & 3 or pointer > size + 1:
        line.write(f" [bad ptr {told}]")
    for offset in range(3, size, 4):
        line.write(f" {line.ipv4(at + offset)}")
        if pointer > offset:
            line.write(",")


def _print_timestamps(line: Line, at: int, size: int) -> None:
    """The Internet timestamp option."""
    if size < 4:
        line.write(f"[bad length {size}]")
        return
    line.write(" TS{")
    kind = line.u8(at + 3) & 0x0F
    step = 8 if kind else 4
    if (size - 4) & (step - 1):
        line.write(f"[bad length {size}]")
    pointer = line.u8(at + 2) - 1
    offset = 0
    if pointer < 4 or (pointer - 4) & (step - 1) or pointer > size + 1:
        line.write(f"[bad ptr {pointer + 1}]")
    if kind in (0, 1, 3):
        line.write({0: "TSONLY", 1: "TS+ADDR", 3: "PRESPEC"}[kind])
        for offset in range(4, size, step):
            mark = " ^ " if pointer == offset else " "
            address = line.ipv4(at + offset) if step == 8 else ""
            line.write(f"{mark}{line.u32(at + offset + step - 4)}@{address}")
        offset = 4 + -(-(size - 4) // step) * step
    else:
        line.write(f"[bad ts type {kind}]")
    if pointer == offset:
        line.write(" ^ ")
    not_recorded = line.u8(at + 3) >> 4
    line.write(f" [{not_recorded} hops not recorded]}} " if not_recorded else "}")


def final_destination(line: Line, header: int) -> bytes:
    """The address that the pseudo-header of a checksum holds: the last one of a source route, if there is one."""
    data = line.data
    at = header + HEADER
    length = (data[header] & 0x0F) * 4 - HEADER
    while length > 0 and line.has(at, 2):
        code, size = data[at], data[at + 1]
        if code == _NO_OPERATION:
            size = 1
        elif code == _END or size < 2:
            break
        if size > length or not line.has(at, size):
            break
        if code in (_STRICT_ROUTE, _LOOSE_ROUTE) and size >= 7:
            return data[at + size - 4 : at + size]
        at += size
        length -= size
    return data[header + DESTINATION : header + DESTINATION + 4]


def pseudo_header(line: Line, header: int, protocol: int, length: int) -> bytes:
    """What the checksums of TCP, UDP and their like cover beside the payload (RFC 9293, RFC 8200): addresses,
    protocol and length."""
    data = line.data
    if data[header] >> 4 == 6:
        from lesson_engine.tcpdump.printers.ip6 import final_destination as final_destination6

        addresses = data[header + 8 : header + 24] + final_destination6(line, header)
        return addresses + length.to_bytes(4, "big") + bytes((0, 0, 0, protocol))
    addresses = data[header + SOURCE : header + SOURCE + 4] + final_destination(line, header)
    return addresses + bytes((0, protocol)) + (length & 0xFFFF).to_bytes(2, "big")
