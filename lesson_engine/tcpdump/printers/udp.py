"""UDP (RFC 768): ports and length; the payload goes to the printer of its port.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("4500002000010000401100000a0000010a000002 9c409c41000c0000 00000000"))
>>> print_udp(line, 20, 12, 0, False)
>>> line.text()
'10.0.0.1.40000 > 10.0.0.2.40001: UDP, length 4'
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum, should_be
from lesson_engine.tcpdump.printers.ip import pseudo_header
from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.ports import Datagram, datagram_printer, service_printer

_PROTOCOL = 17
_HEADER = 8


def print_udp(line: Line, at: int, length: int, header: int, fragmented: bool) -> None:
    """A datagram of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "udp"
    write = line.write
    data = line.data
    if not line.has(at, 4):
        write(_addresses(line, header))
        line.truncated()
        return
    source_port, destination_port = line.u16(at), line.u16(at + 2)
    if length < _HEADER:
        write(_ports(line, header, source_port, destination_port))
        write(f"truncated-udp {length}")
        return
    if not line.has(at, 6):
        write(_ports(line, header, source_port, destination_port))
        line.truncated()
        return
    claimed = line.u16(at + 4)
    if claimed == 0 and length > 65535:
        claimed = length
    if claimed < _HEADER:
        write(_ports(line, header, source_port, destination_port))
        write(f"truncated-udplength {claimed}")
        return
    claimed -= _HEADER
    length = min(length - _HEADER, claimed)
    available = length
    write(_ports(line, header, source_port, destination_port))
    if not line.has(at, _HEADER):
        line.truncated()
        return
    payload = at + _HEADER
    version = data[header] >> 4
    if line.check_sums and not fragmented and (line.verbose > 1 or version == 6):
        found = line.u16(at + 6)
        if found == 0 and version == 4:
            write("[no cksum] ")
        elif line.has(payload, length):
            size = _HEADER + length
            difference = internet_checksum(pseudo_header(line, header, _PROTOCOL, size) + data[at : at + size])
            if difference:
                write(f"[bad udp cksum 0x{found:04x} -> 0x{should_be(found, difference):04x}!] ")
            else:
                write("[udp sum ok] ")
    if line.quiet or not _print_payload(line, payload, length, header, source_port, destination_port):
        if claimed > available and not fragmented:
            write(f"UDP, bad length {claimed} > {available}")
        else:
            write(f"UDP, length {claimed}")


def _addresses(line: Line, header: int) -> str:
    """What stands for the ports where they were cut; nothing where an extension header hides the addresses."""
    data = line.data
    if data[header] >> 4 == 6:
        return f"{line.ipv6(header + 8)} > {line.ipv6(header + 24)}: " if data[header + 6] == _PROTOCOL else ""
    return f"{line.ipv4(header + 12)} > {line.ipv4(header + 16)}: " if data[header + 9] == _PROTOCOL else ""


def _ports(line: Line, header: int, source_port: int, destination_port: int) -> str:
    source, destination = line.names.udp_port(source_port), line.names.udp_port(destination_port)
    if line.data[header] >> 4 == 6:
        if line.data[header + 6] == _PROTOCOL:
            return f"{line.ipv6(header + 8)}.{source} > {line.ipv6(header + 24)}.{destination}: "
    elif line.data[header + 9] == _PROTOCOL:
        return f"{line.ipv4(header + 12)}.{source} > {line.ipv4(header + 16)}.{destination}: "
    return f"{source} > {destination}: "


def _print_payload(line: Line, at: int, length: int, header: int, source_port: int, destination_port: int) -> bool:
    """Print what the ports say the payload is; False if they say nothing."""
    ranks = []
    if destination_port in _SERVICES and destination_port not in _ONLY_SOURCES:
        ranks.append(_SERVICES[destination_port])
    if source_port in _SERVICES and source_port not in _ONLY_DESTINATIONS:
        ranks.append(_SERVICES[source_port])
    service = min(ranks)[1] if ranks else None
    if service is None or service in _AFTER_APPLETALK:
        if _print_appletalk(line, at, length, source_port, destination_port):
            return True
        if service is None:
            return False
    if service in ("domain", "mdns"):
        from lesson_engine.tcpdump.printers.dns import print_dns

        print_dns(line, at, length, multicast=service == "mdns")
    elif service == "sip":
        from lesson_engine.tcpdump.printers.text import print_text

        print_text(line, service, at, length)
    elif service in _ASKING_MORE:
        datagram_printer(service)(line, at, length, Datagram(header, source_port, destination_port))
    else:
        service_printer(service)(line, at, length)
    return True


def _print_appletalk(line: Line, at: int, length: int, source_port: int, destination_port: int) -> bool:
    """What gateways of AppleTalk send, which is known by a header of LocalTalk; False if this is not that."""
    ports = (source_port, destination_port)
    if not any(first <= port < first + 128 for port in ports for first in _APPLETALK_PORTS):
        return False
    from lesson_engine.tcpdump.printers.appletalk import LONG, print_appletalk_link

    if not line.has(at + 2, 1) or line.u8(at + 2) != LONG:
        return False
    if line.verbose:
        line.write("kip ")
    print_appletalk_link(line, at, length)
    return True


_APPLETALK_PORTS = (200, 768, 16512)

# Either port may be the service's; tcpdump asks for services in the order of this table.
_SERVICES = {
    port: (rank, service)
    for rank, (service, ports) in enumerate(
        (
            ("domain", (53,)),
            ("mdns", (5353,)),
            ("timed", (525,)),
            ("tftp", (69,)),
            ("dhcp", (67, 68)),
            ("rip", (520,)),
            ("aodv", (654,)),
            ("isakmp", (500,)),
            ("udpencap", (4500,)),
            ("isakmp", (7500, 8500)),
            ("snmp", (161, 162)),
            ("ntp", (123,)),
            ("kerberos", (88, 750)),
            ("l2tp", (1701,)),
            ("vat", (3456,)),
            ("zephyr", (2103, 2104)),
            ("rx", tuple(range(7000, 7010))),
            ("ripng", (521,)),
            ("dhcp6", (546, 547)),
            ("ahcp", (5359,)),
            ("babel", (6696, 6697)),
            ("hncp", (8231,)),
            ("wb", (4567,)),
            ("autorp", (496,)),
            ("radius", (1812, 1813, 1645, 1646, 1700, 3799)),
            ("hsrp", (1985,)),
            ("lwres", (921,)),
            ("ldp", (646,)),
            ("olsr", (698,)),
            ("lspping", (3503,)),
            ("bcmli", (49152,)),
            ("bfd", (3784, 3785, 4784, 6784)),
            ("lmp", (701,)),
            ("vqp", (1589,)),
            ("sflow", (6343,)),
            ("lwapp", (12222, 12223)),
            ("sip", (5060,)),
            ("syslog", (514,)),
            ("otv", (8472,)),
            ("vxlan", (4789,)),
            ("geneve", (6081,)),
            ("lisp", (4342,)),
            ("vxlan_gpe", (4790,)),
            ("mpls", (6635,)),
            ("ptp", (319, 320)),
            ("someip", (30490,)),
        )
    )
    for port in ports
}
_ONLY_DESTINATIONS = frozenset((3456, 4567, 1985, 3784, 3785, 4784, 6784))
"""Ports that say nothing where a datagram comes from them."""
_ONLY_SOURCES = frozenset((49152,))
"""Ports that say nothing where a datagram goes to them."""
_AFTER_APPLETALK = frozenset(("ptp", "someip"))
"""Services that a datagram may be of only where it is not AppleTalk's."""
_ASKING_MORE = frozenset(("isakmp", "udpencap", "aodv", "olsr", "bfd", "lwapp"))
"""Services whose payload does not tell everything: their printers ask for addresses or ports."""
