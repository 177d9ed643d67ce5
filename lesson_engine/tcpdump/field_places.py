"""Where in a frame the header fields stand that tcpdump prints.

Guarantees: only places that were captured are given; any bytes give a dict, never an exception. Places are by the
names that `lesson_engine.tcpdump.line` gives the parts of a line. Knows no text and decodes no value.
Ethernet with VLAN tags (IEEE 802.1Q), Linux cooked headers, ARP (RFC 826), IPv4 (RFC 791), IPv6 without extension
headers (RFC 8200), TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792), DNS (RFC 1035).

>>> from lesson_engine.packets.linktype import RAW
>>> segment = bytes.fromhex("45000028000140004006000001020304050607080400005000000001000000005002ffff00000000")
>>> found = places(Packet(1, 0, segment, 40, RAW))
>>> found["source"], found["destination_port"], found["flags"]
((12, 16), (22, 24), (33, 34))
"""

from lesson_engine.packets.capture import Packet
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2, LinkType

Places = dict[str, tuple[int, int]]
"""Name of a part to the offsets (start, end) of its bytes in the frame."""

_TAGS = (0x8100, 0x88A8, 0x9100)
_ARP_TYPE = 0x0806
_FRAGMENT_OFFSET = 0x1FFF
_DNS_PORTS = (53, 5353)


def places(packet: Packet) -> Places:
    """The places of the packet's header fields."""
    data = packet.data
    network = packet.link_type.network_offset
    if network is None:
        return {}
    found = dict(_LINK_HEADERS.get(packet.link_type, {}))
    if packet.link_type == EN10MB:
        while _number(data, network - 2, 2) in _TAGS:
            found |= {"vlan": (network, network + 2), "ethertype": (network + 2, network + 4)}
            network += 4
    version = _number(data, network, 1) >> 4
    kind, end = found.get("ethertype", (0, 0))
    if _number(data, kind, end - kind) == _ARP_TYPE:
        found |= {"protocol": (kind, end)} | _shifted(_ARP, network)
    elif version == 4:
        found |= _ipv4(data, network)
    elif version == 6:
        found |= _shifted(_IPV6, network) | _transport(data, network + 40, _number(data, network + 6, 1))
    return {name: place for name, place in found.items() if place[0] < place[1] <= len(data)}


_LINK_HEADERS: dict[LinkType, Places] = {
    EN10MB: {"destination_mac": (0, 6), "source_mac": (6, 12), "ethertype": (12, 14)},
    LINUX_SLL: {"direction": (0, 2), "source_mac": (6, 12), "ethertype": (14, 16)},
    LINUX_SLL2: {
        "ethertype": (0, 2), "interface": (4, 8), "interface_index": (4, 8), "direction": (10, 11),
        "source_mac": (12, 18),
    },
}  # fmt: skip
_ARP = {
    "arp_request": (6, 8), "arp_reply": (6, 8), "arp_mac": (8, 14), "arp_sender": (14, 18), "arp_owner": (14, 18),
    "arp_target": (24, 28),
}  # fmt: skip
_IPV4 = {
    "protocol": (0, 1), "tos": (1, 2), "ip_length": (2, 4), "ip_id": (4, 6), "ip_flags": (6, 7), "offset": (6, 8),
    "ttl": (8, 9), "ip_protocol": (9, 10), "fragment": (9, 10), "source": (12, 16), "destination": (16, 20),
}  # fmt: skip
_IPV6 = {
    "protocol": (0, 1), "flow_label": (1, 4), "ip_length": (4, 6), "ip_protocol": (6, 7), "ttl": (7, 8),
    "source": (8, 24), "destination": (24, 40),
}  # fmt: skip
_TCP = {
    "source_port": (0, 2), "destination_port": (2, 4), "sequence": (4, 8), "acknowledgment": (8, 12),
    "flags": (13, 14), "window": (14, 16), "checksum": (16, 18), "urgent": (18, 20),
}  # fmt: skip
_UDP = {"source_port": (0, 2), "destination_port": (2, 4), "length": (4, 6), "checksum": (6, 8)}
_DNS = {"dns_id": (8, 10), "dns_error": (11, 12), "dns_counts": (14, 20)}
_ICMP = {"icmp": (0, 2), "icmp_id": (4, 6), "icmp_sequence": (6, 8)}
_TCP_OPTIONS = {
    0: "option_end",
    1: "option_nop",
    2: "option_mss",
    3: "option_window_scale",
    4: "option_sack_permitted",
    5: "option_sack",
    8: "option_timestamps",
}


def _number(data: bytes, offset: int, size: int) -> int:
    """The big-endian number there, 0 where nothing was captured."""
    return int.from_bytes(data[max(offset, 0) : max(offset + size, 0)], "big")


def _shifted(fields: Places, base: int) -> Places:
    return {name: (base + start, base + end) for name, (start, end) in fields.items()}


def _ipv4(data: bytes, network: int) -> Places:
    header_length = (_number(data, network, 1) & 0x0F) * 4
    found = _shifted(_IPV4, network) | {"ip_options": (network + 20, network + header_length)}
    if header_length >= 20 and _number(data, network + 6, 2) & _FRAGMENT_OFFSET == 0:
        found |= _transport(data, network + header_length, _number(data, network + 9, 1))
    return found


def _transport(data: bytes, base: int, protocol: int) -> Places:
    if protocol == 6:
        return _tcp(data, base)
    if protocol == 17:
        found = _shifted(_UDP, base)
        if {_number(data, base, 2), _number(data, base + 2, 2)} & set(_DNS_PORTS):
            found |= _shifted(_DNS, base) | {"dns_question": (base + 20, len(data))}
        return found
    return _shifted(_ICMP, base) if protocol in (1, 58) else {}


def _tcp(data: bytes, base: int) -> Places:
    found = _shifted(_TCP, base)
    end = base + (_number(data, base + 12, 1) >> 4) * 4
    found["application"] = (end, len(data))
    position = base + 20
    while position < min(end, len(data)):
        kind = data[position]
        length = 1 if kind < 2 else _number(data, position + 1, 1)
        if kind == 0 or length == 0 or position + length > end:
            break
        # of several equal ones (nop) the first is shown
        found.setdefault(_TCP_OPTIONS.get(kind, "option_other"), (position, position + length))
        position += length
    return found
