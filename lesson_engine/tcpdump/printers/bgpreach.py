"""Routes of any family in updates of BGP (RFC 4760): those that can be reached, and those that no longer can.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("000201 20 20010db8"))
>>> print_unreach(line, 0, 8)
>>> line.text().split("\\n\\t    ")
['', 'AFI: IPv6 (2), SAFI: Unicast (1)', '  2001:db8::/32']
"""

from lesson_engine.tcpdump.printers.addressfamilies import (
    ADDRESS_FAMILIES,
    ADDRESS_SIZES,
    IPV4,
    IPV6,
    NSAP,
    IllegalPrefixError,
    nsap_text,
)
from lesson_engine.tcpdump.printers.bgproutes import (
    BOTH,
    DISTINGUISHER,
    LONGEST_TEXT,
    ROUTE_TARGETS,
    ROUTES,
    SUBSEQUENT_FAMILIES,
    VPN_FAMILIES,
    Reader,
    SilentEndError,
    distinguisher_text,
    has_path_identifiers,
    identified_prefix,
    require,
)
from lesson_engine.tcpdump.printers.line import Line, named


def print_reach(line: Line, at: int, size: int) -> None:
    """Routes that there are, and the routers to send packets to, in an attribute of `size` bytes at `at`."""
    stop = at + size
    require(at, at + size, 3)
    family, subsequent, known = _print_family(line, at)
    if known is None:
        _print_unknown_routes(line, at, size, family, subsequent)
        return
    at = _print_next_hops(line, at + 3, stop, family, subsequent)
    at = _print_attachments(line, at, stop)
    _print_routes(line, at, stop, size, family, subsequent, known)


def print_unreach(line: Line, at: int, size: int) -> None:
    """Routes that are no more, in an attribute of `size` bytes at `at`."""
    line.check(at, 3)
    family, subsequent, known = _print_family(line, at)
    if known is None:
        _print_unknown_routes(line, at, size, family, subsequent)
    elif size == 3:
        line.write("\n\t      End-of-Rib Marker (empty NLRI)")
    else:
        _print_routes(line, at + 3, at + size, size, family, subsequent, known)


def _print_family(line: Line, at: int) -> tuple[int, int, Reader | None]:
    family, subsequent = line.u16(at), line.u8(at + 2)
    line.write(
        f"\n\t    AFI: {named(ADDRESS_FAMILIES, family, 'Unknown AFI')} ({family}),"
        f" {'vendor specific ' if subsequent > 128 else ''}SAFI:"
        f" {named(SUBSEQUENT_FAMILIES, subsequent, 'Unknown SAFI')} ({subsequent})"
    )
    return family, subsequent, ROUTES.get((family, subsequent))


def _print_unknown_routes(line: Line, at: int, size: int, family: int, subsequent: int) -> None:
    line.write(f"\n\t    no AFI {family} / SAFI {subsequent} decoder")
    if line.verbose == 1:
        line.write_hex(at, size, "\n\t    ")


def _print_next_hops(line: Line, at: int, end: int, family: int, subsequent: int) -> int:
    """The routers that packets shall go to; returns where what follows them starts, `end` at most."""
    require(at, end, 1)
    length = line.u8(at)
    at += 1
    require(at, end, length)
    stop = at + length
    before = "\n\t    nexthop: "
    while at < stop:
        line.write(before)
        before = ", "
        distinguished = DISTINGUISHER if family in (IPV4, IPV6, NSAP) and subsequent in VPN_FAMILIES else 0
        width = stop - at - distinguished if family == NSAP else ADDRESS_SIZES.get(family, 4)
        if width < 1 or stop - at < distinguished + width:
            line.write("invalid len")
            break
        if distinguished:
            line.write(f"RD: {distinguisher_text(line, at)}, ")
            at += distinguished
        if family == NSAP:
            line.write(nsap_text(line.bytes(at, width)))
            if distinguished:
                _print_mapped(line, at)
        else:
            line.write(line.ipv6(at) if family == IPV6 else line.ipv4(at))
        at += width
    line.write(f", nh-length: {length}")
    return stop


def _print_mapped(line: Line, at: int) -> None:
    """The address of IP that an NSAP stands for (RFC 986, RFC 4548)."""
    if line.u32(at) == _MAPPED_4:
        line.write(f" = {line.ipv4(at + 4)}")
    elif line.u24(at) == _MAPPED_6:
        line.write(f" = {line.ipv6(at + 3)}")


_MAPPED_4, _MAPPED_6 = 0x47000601, 0x350000


def _print_attachments(line: Line, at: int, end: int) -> int:
    """How many addresses of subnetworks follow the next hops, which RFC 4760 has dropped since; returns where what
    follows them starts, `end` at most."""
    require(at, end, 1)
    count = line.u8(at)
    at += 1
    if not count:
        line.write(", no SNPA")
        return at
    line.write(f"\n\t    {count} SNPA")
    for _ in range(count):
        require(at, end, 1)
        length = line.u8(at)
        line.write(f"\n\t      {length} bytes")
        at += 1
        require(at, end, length)
        at += length
    return at


def _print_routes(line: Line, at: int, stop: int, most: int, family: int, subsequent: int, reader: Reader) -> None:
    """Routes up to `stop`, in an attribute of `most` bytes, which is what tcpdump lets each of them have."""
    if family in ADDRESS_SIZES and subsequent <= BOTH and has_path_identifiers(line, at, stop - at, family):

        def reader(line: Line, at: int, left: int) -> tuple[str, int]:
            return identified_prefix(line, at, left, family)

    while at < stop:
        try:
            text, size = reader(line, at, most)
        except IllegalPrefixError:
            line.write(f"\n\t    {'  ' if subsequent == ROUTE_TARGETS else ''}(illegal prefix length)")
            return
        except SilentEndError:
            return
        line.write(f"\n\t      {text[:LONGEST_TEXT]}")
        at += size
