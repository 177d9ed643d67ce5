"""Rewriting a capture: other addresses, ports, sequence numbers and times, in every place that spells them.

A `Substitution` says what becomes of each; `rewrite` finds the places: link headers, ARP, IPv4, IPv6, TCP with its
SACK and timestamp options, UDP, ICMP and the packets it quotes, neighbour discovery, DNS records, and text in
payloads. Checksums are updated by the difference (RFC 1624), so that those that were right stay right, those that
were wrong stay wrong, and fragments and packets that were cut short need nothing that is not there. Lengths never
change, and what is not understood stays as it is.

RFC 791, 792, 826, 1035, 2018, 4443, 4861, 7323, 8200, 9293.

>>> ip = bytes.fromhex("45000014 00000000 40fd6669 0a000001 0a000002")
>>> from lesson_engine.packets.linktype import RAW
>>> class OtherHosts(Substitution):
...     def address(self, address: bytes) -> bytes:
...         return address[:3] + bytes([address[3] + 6])
>>> rewrite(Capture.from_frames([ip], RAW), OtherHosts())[0].data.hex(" ", 4)
'45000014 00000000 40fd665d 0a000007 0a000008'
"""

import re
from array import array
from typing import NamedTuple

from lesson_engine.packets import Capture
from lesson_engine.packets.capture import Headers
from lesson_engine.packets.linktype import EN10MB, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW, LinkType
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS, TCP_FLAGS, VLAN_TPIDS

_IPV4_TYPE, _IPV6_TYPE, _ARP_TYPE = (ETHER_TYPES[name] for name in ("ip", "ip6", "arp"))
_TCP, _UDP, _ICMP, _ICMP6 = (IP_PROTOCOLS[name] for name in ("tcp", "udp", "icmp", "ipv6-icmp"))
_IPV4_INSIDE, _IPV6_INSIDE = IP_PROTOCOLS["ipencap"], IP_PROTOCOLS["ipv6"]
_SYN, _RST, _ACK = (TCP_FLAGS[name] for name in ("syn", "rst", "ack"))
_FRAGMENT = 44
# Extension headers that are (length + 1) * 8 bytes long: hop-by-hop, routing, destination options.
_IPV6_OPTIONS = {0, 43, 60}
_DNS_PORTS = {port.to_bytes(2) for port in (53, 5353)}
_DNS_A, _DNS_AAAA = 1, 28
_DEEPEST = 4
"""IP headers inside one another that are followed; more is made to be tiresome."""

_WORD = 0xFFFFFFFF
# A quick look that most payloads end at: a search that begins with a literal is many times faster.
_DOTTED = rb"\.[0-9]{1,3}\.[0-9]"
# Not behind a name and a slash: that is a product's version (Chrome/120.0.0.0).
_ADDRESS_TEXT = (
    rb"(?<![0-9A-Za-z_.])(?<![0-9A-Za-z]/)[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9A-Za-z_])(?!\.[0-9])"
)
_REVERSE_NAME = rb"((?:[\x01-\x03][0-9]{1,3}){4})(?=\x07(?i:in-addr)\x04(?i:arpa))"


class Flow(NamedTuple):
    """One direction of a connection, as captured: addresses of 4 or 16 bytes."""

    protocol: int
    source: bytes
    source_port: int
    destination: bytes
    destination_port: int

    def reversed(self) -> "Flow":
        """The other direction."""
        return Flow(self.protocol, self.destination, self.destination_port, self.source, self.source_port)


class Substitution:
    """What becomes of everything that can be rewritten; here it all stays as it is."""

    def address(self, address: bytes) -> bytes:
        """The address in place of one of 4 or 16 bytes. Payloads that spell an address follow where its text keeps
        its length."""
        return address

    def hardware_address(self, address: bytes) -> bytes:
        """The address in place of one of 6 bytes."""
        return address

    def ports(self, flow: Flow) -> tuple[int, int]:
        """Source and destination port in place of a flow's; of its other direction, the same two."""
        return flow.source_port, flow.destination_port

    def sequence_shift(self, flow: Flow) -> int:
        """What is added to the sequence numbers of one direction, modulo 2^32."""
        return 0

    def clock_shift(self, flow: Flow) -> int:
        """What is added to the TCP timestamps of one direction, modulo 2^32."""
        return 0

    def time_shift(self, first_ns: int) -> int:
        """Nanoseconds added to every time of a capture whose earliest is `first_ns`."""
        return 0


def rewrite(capture: Capture, substitution: Substitution) -> Capture:
    """The capture with everything substituted; numbers, lengths and the gaps between times stay."""
    rewriter = _Rewriter(substitution)
    frames = [rewriter.frame(packet.data, capture.link_type) for packet in capture]
    headers = capture.headers
    shift = substitution.time_shift(min(headers.times_ns, default=0))
    offsets = array("Q")
    position = 0
    for frame in frames:
        offsets.append(position)
        position += len(frame)
    return Capture(
        b"".join(frames),
        capture.link_type,
        offsets=offsets,
        captured_lengths=array("I", capture.captured_lengths),
        headers=Headers(
            array("I", headers.original_lengths),
            array("q", [time_ns + shift for time_ns in headers.times_ns]),
            headers.odd_times,
        ),
        numbers=capture.numbers,
        byte_order=capture.byte_order,
        snapshot_length=capture.snapshot_length,
        link_type_flags=capture.link_type_flags,
        error=capture.error,
    )


def substituted_text(payload: bytes, substitution: Substitution) -> bytes:
    """A payload with the IPv4 addresses that it spells out substituted."""

    def other(found: re.Match[bytes]) -> bytes:
        numbers = found[0].split(b".")
        if any(int(number) > 255 or (number[:1] == b"0" and len(number) > 1) for number in numbers):
            return found[0]
        written = b".".join(b"%d" % octet for octet in substitution.address(bytes(map(int, numbers))))
        return written if len(written) == len(found[0]) else found[0]

    return re.sub(_ADDRESS_TEXT, other, payload) if re.search(_DOTTED, payload) else payload


class _Moved(NamedTuple):
    """What becomes of the segments of a flow: both ports as four bytes, and what is added to its numbers and clock
    (`forth`) and to what it says of the other direction's (`back`)."""

    ports: bytes
    forth: int
    back: int
    clock_forth: int
    clock_back: int


class _Rewriter:
    """Rewrites one capture's frames in order; it remembers which ends of connections have spoken, and what it has
    asked before."""

    def __init__(self, substitution: Substitution) -> None:
        self.substitution = substitution
        self._spoken: set[tuple[int, bytes, bytes, bytes]] = set()
        self._moved: dict[tuple[int, bytes, bytes, bytes], _Moved] = {}
        self._pairs: dict[bytes, tuple[bytes, int]] = {}
        self._cards: dict[bytes, bytes] = {}

    def frame(self, data: bytes, link_type: LinkType) -> bytes:
        """One frame, rewritten."""
        frame = bytearray(data)
        ether_type, at = self._link(frame, link_type)
        if ether_type == _ARP_TYPE:
            self._arp(frame, at)
        elif ether_type == _IPV4_TYPE:
            self._ipv4(frame, at, len(frame), 0)
        elif ether_type == _IPV6_TYPE:
            self._ipv6(frame, at, len(frame), 0)
        return bytes(frame)

    def _link(self, frame: bytearray, link_type: LinkType) -> tuple[int, int]:
        """Rewrites the link header; returns the EtherType of what follows (0 if unknown) and its offset."""
        if link_type == EN10MB:
            self._hardware_address(frame, 0)
            self._hardware_address(frame, 6)
            at = 12
            while (ether_type := _number(frame, at, 2)) in VLAN_TPIDS:
                at += 4
            return ether_type, at + 2
        if link_type == LINUX_SLL:
            if _number(frame, 4, 2) == 6:
                self._hardware_address(frame, 6)
            return _number(frame, 14, 2), 16
        if link_type == LINUX_SLL2:
            if frame[11:12] == b"\x06":
                self._hardware_address(frame, 12)
            return _number(frame, 0, 2), 20
        start = {RAW: 0, IPV4: 0, IPV6: 0, NULL: 4, LOOP: 4}.get(link_type)
        if start is None or len(frame) <= start:
            return 0, 0
        return {4: _IPV4_TYPE, 6: _IPV6_TYPE}.get(frame[start] >> 4, 0), start

    def _arp(self, frame: bytearray, at: int) -> None:
        # Hardware type Ethernet or none of our business, IPv4, lengths 6 and 4 (RFC 826).
        if frame[at + 2 : at + 6] != b"\x08\x00\x06\x04":
            return
        for step in (8, 18):
            self._hardware_address(frame, at + step)
            self._address(frame, at + step + 6, 4)

    def _ipv4(self, frame: bytearray, at: int, end: int, depth: int) -> None:
        if end - at < 20 or frame[at] >> 4 != 4:
            return
        header_end = at + (frame[at] & 15) * 4
        if header_end - at < 20:
            return
        total = _number(frame, at + 2, 2)
        if total >= header_end - at:  # a length of 0 is left to the sender's network card
            end = min(end, at + total)
        pair = bytes(frame[at + 12 : at + 20])
        frame[at + 12 : at + 20], changed = self._pair(pair)
        recorded = self._recorded_route(frame, at + 20, min(header_end, end)) if header_end - at > 20 else 0
        _update(frame, at + 10, changed + recorded)
        if _number(frame, at + 6, 2) & 0x1FFF == 0 and header_end <= end:
            self._inside(frame, header_end, end, frame[at + 9], pair[:4], pair[4:], changed, depth)

    def _pair(self, pair: bytes) -> tuple[bytes, int]:
        """Source and destination in place of these, and the difference that they make to a sum over them."""
        known = self._pairs.get(pair)
        if known is None:
            size = len(pair) // 2
            other = self.substitution.address(pair[:size]) + self.substitution.address(pair[size:])
            known = self._pairs[pair] = other, _sum_of(other) - _sum_of(pair)
        return known

    def _recorded_route(self, frame: bytearray, at: int, end: int) -> int:
        """Rewrites the addresses of a recorded route; returns the difference to the sum over the options. (A source
        route says where the packet is bound; it stays.)"""
        before = _sum(frame, at, end)
        for kind, start, stop in _options(frame, at, end):
            if kind == 7:
                for place in range(start + 1, stop - 3, 4):
                    self._address(frame, place, 4)
        return _sum(frame, at, end) - before

    def _ipv6(self, frame: bytearray, at: int, end: int, depth: int) -> None:
        if end - at < 40 or frame[at] >> 4 != 6:
            return
        length = _number(frame, at + 4, 2)
        if length:
            end = min(end, at + 40 + length)
        pair = bytes(frame[at + 8 : at + 40])
        frame[at + 8 : at + 40], changed = self._pair(pair)
        following, at = frame[at + 6], at + 40
        while following in _IPV6_OPTIONS or following == _FRAGMENT:
            if end - at < 8 or (following == _FRAGMENT and _number(frame, at + 2, 2) & 0xFFF8):
                return
            step = 8 if following == _FRAGMENT else (frame[at + 1] + 1) * 8
            following, at = frame[at], at + step
        self._inside(frame, at, end, following, pair[:16], pair[16:], changed, depth)

    def _inside(
        self,
        frame: bytearray,
        at: int,
        end: int,
        protocol: int,
        source: bytes,
        destination: bytes,
        changed: int,
        depth: int,
    ) -> None:
        """What an IP packet carries, between `at` and `end`. `source` and `destination` are as captured, `changed` is
        the difference that the new ones make to a sum over them, as of a pseudo-header."""
        if protocol in (_IPV4_INSIDE, _IPV6_INSIDE) and depth < _DEEPEST:
            (self._ipv4 if protocol == _IPV4_INSIDE else self._ipv6)(frame, at, end, depth + 1)
            return
        before = _sum(frame, at, end)
        if protocol == _TCP and end - at >= 8:
            self._tcp(frame, at, end, source, destination)
            checksum_at = at + 16
        elif protocol == _UDP and end - at >= 4:
            self._udp(frame, at, end, source, destination)
            checksum_at = at + 6
        elif protocol == _ICMP and len(source) == 4:
            self._icmp(frame, at, end, depth)
            checksum_at, changed = at + 2, 0  # no pseudo-header
        elif protocol == _ICMP6 and len(source) == 16:
            self._icmp6(frame, at, end, depth)
            checksum_at = at + 2
        else:
            return
        if checksum_at + 2 > end or (protocol == _UDP and _number(frame, checksum_at, 2) == 0):
            return
        _update(frame, checksum_at, changed + _sum(frame, at, end) - before)
        if protocol == _UDP and _number(frame, checksum_at, 2) == 0:
            frame[checksum_at : checksum_at + 2] = b"\xff\xff"  # zero would mean that there is none

    def _tcp(self, frame: bytearray, at: int, end: int, source: bytes, destination: bytes) -> None:
        key = _TCP, source, destination, bytes(frame[at : at + 4])
        moved = self._moved.get(key) or self._asked(key)
        frame[at : at + 4] = moved.ports
        is_whole = end - at >= 20
        flags = frame[at + 13] if is_whole else 0
        sequence = _number(frame, at + 4, 4)
        # A reset that answers a segment to nobody has the sequence number 0, whoever sends it (RFC 9293, 3.10.7.1).
        if sequence or flags & (_RST | _ACK) != _RST | _ACK or key in self._spoken:
            _put(frame, at + 4, 4, sequence + moved.forth & _WORD)
        if not flags & _RST:
            self._spoken.add(key)
        if not is_whole:
            return
        if flags & _ACK:
            _put(frame, at + 8, 4, _number(frame, at + 8, 4) + moved.back & _WORD)
        header_end = min(at + (frame[at + 12] >> 4) * 4, end)
        for kind, start, stop in _options(frame, at + 20, header_end):
            if kind == 5:  # SACK
                for place in range(start, stop - 3, 4):
                    _put(frame, place, 4, _number(frame, place, 4) + moved.back & _WORD)
            elif kind == 8 and stop - start == 8:  # timestamps
                _put(frame, start, 4, _number(frame, start, 4) + moved.clock_forth & _WORD)
                if flags & _ACK:
                    _put(frame, start + 4, 4, _number(frame, start + 4, 4) + moved.clock_back & _WORD)
        if header_end < end:
            self._payload(frame, header_end, end, key[3], dns_at=header_end + 2)

    def _udp(self, frame: bytearray, at: int, end: int, source: bytes, destination: bytes) -> None:
        key = _UDP, source, destination, bytes(frame[at : at + 4])
        frame[at : at + 4] = (self._moved.get(key) or self._asked(key)).ports
        if end - at > 8:
            self._payload(frame, at + 8, end, key[3], dns_at=at + 8)

    def _asked(self, key: tuple[int, bytes, bytes, bytes]) -> _Moved:
        protocol, source, destination, ports = key
        flow = Flow(protocol, source, int.from_bytes(ports[:2]), destination, int.from_bytes(ports[2:]))
        source_port, destination_port = self.substitution.ports(flow)
        other = flow.reversed()
        moved = self._moved[key] = _Moved(
            source_port.to_bytes(2) + destination_port.to_bytes(2),
            self.substitution.sequence_shift(flow),
            self.substitution.sequence_shift(other),
            self.substitution.clock_shift(flow),
            self.substitution.clock_shift(other),
        )
        return moved

    def _icmp(self, frame: bytearray, at: int, end: int, depth: int) -> None:
        if end - at < 8:
            return
        kind = frame[at]
        if kind == 5:  # redirect, to a gateway
            self._address(frame, at + 4, 4)
        if kind in (3, 4, 5, 11, 12) and depth < _DEEPEST:
            self._ipv4(frame, at + 8, end, depth + 1)

    def _icmp6(self, frame: bytearray, at: int, end: int, depth: int) -> None:
        if end - at < 8:
            return
        kind = frame[at]
        if 1 <= kind <= 4 and depth < _DEEPEST:
            self._ipv6(frame, at + 8, end, depth + 1)
        # Neighbour discovery (RFC 4861): how many addresses stand at byte 8, and where its options begin.
        addresses, options = {133: (0, 8), 134: (0, 16), 135: (1, 24), 136: (1, 24), 137: (2, 40)}.get(kind, (0, 0))
        for place in range(at + 8, at + 8 + 16 * addresses, 16):
            if place + 16 <= end:
                self._address(frame, place, 16)
        place = at + options
        while options and place + 8 <= end and frame[place + 1]:
            if frame[place] in (1, 2):  # a link-layer address
                self._hardware_address(frame, place + 2)
            elif frame[place] == 3 and place + 32 <= end:  # a prefix
                self._address(frame, place + 16, 16)
            place += frame[place + 1] * 8

    def _payload(self, frame: bytearray, at: int, end: int, ports: bytes, *, dns_at: int) -> None:
        if ports[:2] in _DNS_PORTS or ports[2:] in _DNS_PORTS:
            for place, size in _dns_addresses(frame, dns_at, end):
                self._address(frame, place, size)
            if b"\x04arpa" in frame[at:end].lower():
                frame[at:end] = re.sub(_REVERSE_NAME, self._reverse_name, bytes(frame[at:end]))
        payload = bytes(frame[at:end])
        written = substituted_text(payload, self.substitution)
        if written is not payload:
            frame[at:end] = written

    def _reverse_name(self, found: re.Match[bytes]) -> bytes:
        """The four labels of a name such as 50.1.168.192.in-addr.arpa."""
        numbers = re.findall(rb"[0-9]+", found[1])
        if len(numbers) != 4 or any(int(number) > 255 for number in numbers):
            return found[0]
        address = self.substitution.address(bytes(map(int, reversed(numbers))))
        labels = [b"%d" % octet for octet in reversed(address)]
        written = b"".join(bytes([len(label)]) + label for label in labels)
        return written if len(written) == len(found[0]) else found[0]

    def _address(self, frame: bytearray, at: int, size: int) -> None:
        if at + size <= len(frame):
            frame[at : at + size] = self.substitution.address(bytes(frame[at : at + size]))

    def _hardware_address(self, frame: bytearray, at: int) -> None:
        card = bytes(frame[at : at + 6])
        if len(card) == 6:
            known = self._cards.get(card)
            if known is None:
                known = self._cards[card] = self.substitution.hardware_address(card)
            frame[at : at + 6] = known


def _options(frame: bytearray, at: int, end: int) -> list[tuple[int, int, int]]:
    """Kind, start and end of the contents of each option of an IPv4 or TCP header that is whole."""
    found = []
    while at < end and frame[at] != 0:
        if frame[at] == 1:
            at += 1
            continue
        length = frame[at + 1] if at + 1 < end else 0
        if length < 2 or at + length > end:
            break
        found.append((frame[at], at + 2, at + length))
        at += length
    return found


def _dns_addresses(frame: bytearray, at: int, end: int) -> list[tuple[int, int]]:
    """Place and size of the address in each A and AAAA record of the message (RFC 1035) between `at` and `end`."""
    if end - at < 12:
        return []
    questions, *records = (_number(frame, at + place, 2) for place in (4, 6, 8, 10))
    found: list[tuple[int, int]] = []
    at += 12
    for _ in range(questions):
        at = _behind_name(frame, at, end) + 4
        if at > end:
            return found
    for _ in range(sum(records)):
        at = _behind_name(frame, at, end)
        if at + 10 > end:
            break
        kind, size = _number(frame, at, 2), _number(frame, at + 8, 2)
        at += 10
        if (kind, size) in ((_DNS_A, 4), (_DNS_AAAA, 16)) and at + size <= end:
            found.append((at, size))
        at += size
    return found


def _behind_name(frame: bytearray, at: int, end: int) -> int:
    while at < end:
        length = frame[at]
        if length == 0:
            return at + 1
        if length >= 0xC0:  # the rest of the name is elsewhere
            return at + 2
        at += 1 + length
    return end


def _number(frame: bytearray, at: int, size: int) -> int:
    """The number of so many bytes at `at`, of those that are there."""
    return int.from_bytes(frame[at : at + size])


def _put(frame: bytearray, at: int, size: int, value: int) -> None:
    frame[at : at + size] = value.to_bytes(size)


def _sum(frame: bytearray, start: int, end: int) -> int:
    """The sum of the 16-bit words between `start` and `end`, modulo 65535, as Internet checksums count."""
    return _sum_of(frame[start:end])


def _sum_of(data: bytes | bytearray) -> int:
    # 2^16 is 1 modulo 65535: a long number is congruent to the sum of its words.
    return (int.from_bytes(data) << 8 * (len(data) % 2)) % 0xFFFF


def _update(frame: bytearray, at: int, difference: int) -> None:
    """Updates the checksum at `at` for words whose sum has changed by `difference`."""
    if difference % 0xFFFF:
        _put(frame, at, 2, (_number(frame, at, 2) - difference) % 0xFFFF)
