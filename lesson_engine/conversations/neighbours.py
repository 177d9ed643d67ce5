"""Hosts that are asked for on the link and do not answer: ARP (RFC 826) and neighbour discovery (RFC 4861).

A question goes to everyone on the link and the answer to the asker alone, so a capture elsewhere sees questions
without answers all day. What counts as unanswered is therefore a question that its asker repeats soon, while
nothing at all comes from the host asked for. A host that looks whether its own address is free (RFC 5227,
RFC 4862) asks for nobody.

>>> from lesson_engine.packets.linktype import EN10MB
>>> frame = bytes.fromhex("ffffffffffff020000000001" "0806")
>>> question = frame + bytes.fromhex("0001080006040001 020000000001 0a000001 000000000000 0a000063")
>>> neighbours = Neighbours()
>>> for second in range(3):
...     neighbours.add(Packet(second + 1, second * 10**9, question, len(question), EN10MB))
>>> [(silent.asker, silent.address, silent.packets) for silent in neighbours.silent()]
[(b'\\n\\x00\\x00\\x01', b'\\n\\x00\\x00c', (1, 2, 3))]
"""

from itertools import pairwise
from typing import NamedTuple

from lesson_engine.conversations.datagram import Datagram, datagram_of, network_offset
from lesson_engine.packets import Packet
from lesson_engine.packets.numbers import ETHER_TYPES, ICMP6_TYPES, IP_PROTOCOLS

_ARP = (ETHER_TYPES["arp"],)
_REQUEST = 1
_ETHERNET_IPV4 = bytes.fromhex("0001080006 04")
_ICMP6 = IP_PROTOCOLS["ipv6-icmp"]
_SOLICITATION, _ADVERTISEMENT = ICMP6_TYPES["neighborsolicit"], ICMP6_TYPES["neighboradvert"]
_SOON_NS = 10_000_000_000
"""An answer is kept for about a minute (RFC 1122, 2.3.2.1): who asks again sooner got none."""


class SilentHost(NamedTuple):
    """An address that `asker` asked for in vain; `packets` are the numbers of the questions, `first_ns` and `last_ns`
    the times of the first and the last."""

    asker: bytes
    address: bytes
    packets: tuple[int, ...]
    first_ns: int
    last_ns: int


class Neighbours:
    """Takes all packets of a link, in captured order."""

    __slots__ = ("_alive", "_asked")

    def __init__(self) -> None:
        self._asked: dict[tuple[bytes, bytes], list[tuple[int, int]]] = {}
        self._alive: set[bytes] = set()

    def add(self, packet: Packet, datagram: Datagram | None = None) -> None:
        """Takes the next packet, and the datagram in it where the caller has read it."""
        datagram = datagram or datagram_of(packet)
        if datagram is not None:
            self._add_datagram(packet, datagram)
        else:
            self._add_arp(packet)

    def silent(self) -> list[SilentHost]:
        """The hosts that did not answer so far, in the order in which they were first asked for."""
        return [
            SilentHost(asker, address, tuple(number for number, _ in asked), asked[0][1], asked[-1][1])
            for (asker, address), asked in self._asked.items()
            if address not in self._alive and _is_repeated([time for _, time in asked])
        ]

    def _add_arp(self, packet: Packet) -> None:
        at = network_offset(packet, _ARP)
        if at is None or packet.data[at : at + 6] != _ETHERNET_IPV4 or len(packet.data) < at + 28:
            return
        operation = int.from_bytes(packet.data[at + 6 : at + 8])
        sender, target = packet.data[at + 14 : at + 18], packet.data[at + 24 : at + 28]
        if any(sender):
            self._alive.add(sender)
        if operation == _REQUEST and any(sender) and sender != target:
            self._asked.setdefault((sender, target), []).append((packet.number, packet.time_ns))

    def _add_datagram(self, packet: Packet, datagram: Datagram) -> None:
        self._alive.add(datagram.source)
        if datagram.protocol != _ICMP6:
            return
        data, at = packet.data, datagram.payload_at
        target = data[at + 8 : at + 24]
        if len(target) < 16:
            return
        if data[at] == _ADVERTISEMENT:
            self._alive.add(target)
        elif data[at] == _SOLICITATION and any(datagram.source):
            self._asked.setdefault((datagram.source, target), []).append((packet.number, packet.time_ns))


def _is_repeated(times: list[int]) -> bool:
    return any(0 <= later - earlier < _SOON_NS for earlier, later in pairwise(times))
