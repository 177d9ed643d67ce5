"""IPv6 (RFC 8200): header, extension headers in their order, fragments; the payload goes on.

The payload is cut to what the header's length says, or to what a Jumbo Payload option says (RFC 2675) where
the header says 0. An extension header hides the addresses from the port lines after it, as in tcpdump.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("6000000000003b40") + bytes(15) + b"\\x01" + bytes(15) + b"\\x02")
>>> print_ip6(line, 0, 40)
>>> line.text()
'IP6 ::1 > ::2: no next header'
"""

from lesson_engine.tcpdump.printers.dispatch import PROTOCOL_NAMES, print_protocol
from lesson_engine.tcpdump.printers.line import Line, named

# Header fields, in bytes from the header's start
_PAYLOAD_LENGTH = 4
_NEXT_HEADER = 6
_HOP_LIMIT = 7
SOURCE = 8
DESTINATION = 24
HEADER = 40

_HOP_BY_HOP, _ROUTING, _FRAGMENT, _DESTINATION_OPTIONS = 0, 43, 44, 60
_MOBILITY = (62, 135)
_WITH_PORTS = frozenset((6, 17, 33, 132))

_PAD1, _PADN, _ROUTER_ALERT, _JUMBO, _HOME_ADDRESS = 0x00, 0x01, 0x05, 0xC2, 0xC9
_SMALLEST_JUMBO = 65536


def print_ip6(line: Line, at: int, length: int) -> None:
    """An IPv6 packet at `at`, of which `length` bytes were on the wire."""
    line.protocol = "ip6"
    write = line.write
    if not line.has(at, HEADER):
        line.truncated()
        return
    if length < HEADER:
        write(f"truncated-ip6 {length}")
        return
    data = line.data
    if not line.link_header:
        write("IP6 ")
    version = data[at] >> 4
    if version != 6:
        write(f"version error: {version} != 6")
        return
    payload_length = line.u16(at + _PAYLOAD_LENGTH)
    next_header = data[at + _NEXT_HEADER]
    end = line.end
    # Without a payload length there may be a Jumbo Payload option, so the headers are read on to find it.
    total = HEADER + (payload_length or length)
    if payload_length and total > length:
        write(f"truncated-ip6 - {total - length} bytes missing!")
    line.narrow(at + total)
    if line.verbose:
        first_word = line.u32(at)
        if first_word & 0x0FF00000:
            write(f"(class 0x{first_word >> 20 & 0xFF:02x}, ")
        else:
            write("(")
        if first_word & 0xFFFFF:
            write(f"flowlabel 0x{first_word & 0xFFFFF:05x}, ")
        name = named(PROTOCOL_NAMES, next_header, "unknown")
        write(f"hlim {data[at + _HOP_LIMIT]}, next-header {name} ({next_header}) payload length: {payload_length}) ")
    _print_chain(line, at, length, total, next_header, payload_length)
    line.end = end


def _print_chain(line: Line, header: int, length: int, total: int, next_header: int, payload_length: int) -> None:
    """The extension headers and what follows them; `total` counts the bytes from `header` to the payload's end."""
    at = header
    advance = HEADER
    fragmented = found_hop_by_hop = False
    jumbo_length: int | None = None
    while at < line.end and advance > 0:
        if total < advance:
            line.truncated()
            return
        at += advance
        total -= advance
        if at == header + HEADER and next_header not in _WITH_PORTS:
            line.write(f"{line.ipv6(header + SOURCE)} > {line.ipv6(header + DESTINATION)}: ")
        if next_header == _HOP_BY_HOP:
            if found_hop_by_hop:
                line.write("[The Hop-by-Hop Options header was already found]")
                line.invalid()
                return
            if at != header + HEADER:
                line.write("[The Hop-by-Hop Options header don't follow the IPv6 header]")
                line.invalid()
                return
            found_hop_by_hop = True
            line.protocol = "hbhopt"
            next_header = line.u8(at)
            advance, jumbo_length = _print_options_header(line, at, "HBH ", not payload_length)
            if not payload_length and jumbo_length is None:
                line.write("[No valid Jumbo Payload Hop-by-Hop option found]")
                line.invalid()
                return
        elif next_header == _DESTINATION_OPTIONS:
            line.protocol = "dstopt"
            next_header = line.u8(at)
            advance, _ = _print_options_header(line, at, "DSTOPT ", False)
        elif next_header == _FRAGMENT:
            line.protocol = "frag6"
            next_header = line.u8(at)
            advance = _print_fragment(line, header, at)
            fragmented = True
            if at + advance >= line.end:
                return
        elif next_header == _ROUTING:
            if not line.has(at, 1):
                line.truncated()
                return
            next_header = line.u8(at)
            advance = _print_routing(line, at)
        elif next_header in _MOBILITY:
            from lesson_engine.tcpdump.printers.mobility import print_mobility

            print_mobility(line, at)
            return
        else:
            if jumbo_length is not None or not payload_length:
                advanced = at - header
                total = HEADER + (jumbo_length or 0)
                if total < advanced:
                    line.truncated()
                    return
                if jumbo_length and total > length:
                    line.write(f"truncated-ip6 - {total - length} bytes missing!")
                line.narrow(header + total)
                total -= advanced
            print_protocol(
                line,
                next_header,
                at,
                total,
                header=header,
                version=6,
                fragmented=fragmented,
                hop_limit=line.data[header + _HOP_LIMIT],
            )
            return
        line.protocol = "ip6"


def _print_options_header(line: Line, at: int, title: str, jumbo: bool) -> tuple[int, int | None]:
    """A header of options. Returns its length, -1 if it was cut, and the Jumbo Payload's length if valid."""
    size = (line.u8(at + 1) + 1) * 8
    if not line.has(at, size):
        line.truncated()
        return -1, None
    line.write(title)
    hop_by_hop = line.protocol == "hbhopt"
    if not hop_by_hop and not line.verbose:
        return size, None
    whole, jumbo_length = _print_options(line, at + 2, size - 2, jumbo, hop_by_hop=hop_by_hop)
    if not whole:
        line.truncated()
        return -1, jumbo_length
    if line.verbose:
        line.write(" ")
    return size, jumbo_length


def _print_options(line: Line, at: int, length: int, jumbo: bool, *, hop_by_hop: bool) -> tuple[bool, int | None]:
    """The options, shown under -v. Returns whether they fit their header, and the Jumbo Payload's length."""
    write = line.write if line.verbose else _ignore
    jumbo_length: int | None = None
    jumbo_seen = False
    stop = at + length
    while at < stop:
        kind = line.u8(at)
        if kind == _PAD1:
            write("(pad1)")
            at += 1
            continue
        if at + 1 >= stop:
            return False, jumbo_length
        size = line.u8(at + 1) + 2
        if at + size > stop:
            return False, jumbo_length
        if kind == _PADN:
            write("(padn)")
        elif kind == _ROUTER_ALERT:
            if stop - at < 4:
                line.write("(rtalert: trunc)")
                return False, jumbo_length
            if size != 4:
                line.write(f"(rtalert: invalid len {size - 2})")
                return False, jumbo_length
            write(f"(rtalert: 0x{line.u16(at + 2):04x}) ")
        elif kind == _JUMBO:
            if stop - at < 6:
                line.write("(jumbo: trunc)")
                return False, jumbo_length
            if size != 6:
                line.write(f"(jumbo: invalid len {size - 2})")
                return False, jumbo_length
            value = line.u32(at + 2)
            if jumbo_seen:
                write(f"(jumbo: {value} - already seen) ")
            elif not hop_by_hop:
                write(f"(jumbo: {value} - not a hop-by-hop option) ")
            elif not jumbo:
                write(f"(jumbo: {value} - payload len != 0) ")
            elif value < _SMALLEST_JUMBO:
                write(f"(jumbo: {value} - < {_SMALLEST_JUMBO}) ")
            else:
                write(f"(jumbo: {value}) ")
                jumbo_length = value
            jumbo_seen = True
        elif kind == _HOME_ADDRESS:
            if stop - at < 18:
                line.write("(homeaddr: trunc)")
                return False, jumbo_length
            if size < 18:
                line.write(f"(homeaddr: invalid len {size - 2})")
                return False, jumbo_length
            write(f"(homeaddr: {line.ipv6(at + 2)}")
            if line.verbose and size > 18 and not _print_suboptions(line, at + 18, size - 18):
                return False, jumbo_length
            write(")")
        else:
            write(f"(opt_type 0x{kind:02x}: len={size - 2})")
        at += size
    return True, jumbo_length


def _ignore(text: str) -> None:
    """Stands in for writing where an option's text is not wanted, but its value is."""


def _print_suboptions(line: Line, at: int, length: int) -> bool:
    """Options inside the home address option; False if one is cut."""
    write = line.write
    stop = at + length
    while at < stop:
        kind = line.u8(at)
        if kind == _PAD1:
            write(", pad1")
            at += 1
            continue
        if at + 1 >= stop:
            return False
        size = line.u8(at + 1) + 2
        if at + size > stop:
            return False
        write(", padn" if kind == _PADN else f", sopt_type 0x{kind:02x}: len={size - 2}")
        at += size
    return True


def _print_fragment(line: Line, header: int, at: int) -> int:
    """A fragment header. Returns its length, or -1 if what follows is not the payload's beginning."""
    offset = line.u16(at + 2) & 0xFFF8
    size = line.u16(header + _PAYLOAD_LENGTH) + HEADER - (at - header) - 8
    identification = f"0x{line.u32(at + 4):08x}:" if line.verbose else ""
    line.write(f"frag ({identification}{offset}|{size & 0xFFFFFFFFFFFFFFFF})")
    if offset:
        return -1
    line.write(" ")
    return 8


def _print_routing(line: Line, at: int) -> int:
    """A routing header (RFC 5095, 6275, 8754). Returns its length, or -1 if it cannot be read on."""
    line.protocol = "rt6"
    line.write("RT6")
    words = line.u8(at + 1)
    line.write(f" (len={words}")
    kind = line.u8(at + 2)
    line.write(f", type={kind}{' [Deprecated]' if kind == 0 else ''}")
    line.write(f", segleft={line.u8(at + 3)}")
    if kind in (0, 2):
        reserved = line.u32(at + 4)
        if reserved or line.verbose:
            line.write(f", rsv=0x{reserved:x}")
    elif kind == 4:
        line.write(f", last-entry={line.u8(at + 4)}")
        flags = line.u8(at + 5)
        if flags or line.verbose:
            line.write(f", flags=0x{flags:x}")
        line.write(f", tag={line.u16(at + 6):x}")
    else:
        line.write(" (unknown type)")
        line.invalid()
        return -1
    if words % 2:
        line.write(f" (invalid length {words})")
        line.invalid()
        return -1
    for index in range(words // 2):
        line.write(f", [{index}]{line.ipv6(at + 8 + 16 * index)}")
    line.write(") ")
    return (words + 1) * 8


def final_destination(line: Line, header: int) -> bytes:
    """The address that the pseudo-header of a checksum holds: the last one of a routing header, if there is one."""
    data = line.data
    at = header + HEADER
    next_header = data[header + _NEXT_HEADER]
    while line.has(at, 8):
        if next_header in (_HOP_BY_HOP, _DESTINATION_OPTIONS, *_MOBILITY):
            size = (data[at + 1] + 1) * 8
        elif next_header == _FRAGMENT:
            size = 8
        elif next_header == _ROUTING:
            count = data[at + 1] // 2
            kind = data[at + 2]
            if count and kind in (0, 2, 4):
                where = at + 8 + (16 * (count - 1) if kind in (0, 2) else 0)
                if line.has(where, 16):
                    return data[where : where + 16]
            break
        else:
            break
        next_header = data[at]
        at += size
    return data[header + DESTINATION : header + DESTINATION + 16]
