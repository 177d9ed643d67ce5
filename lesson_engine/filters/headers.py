"""What all parts of the compiler share: the frame as it stands, tests for its headers, and refusals.

IPv6 is looked at without its extension headers, but for the fragment header, which libpcap reads for a protocol
and never for a port. Protocol numbers are IANA's; OSI's are those of ISO/IEC TR 9577.

>>> from lesson_engine.packets.linktype import RAW
>>> print(Headers("", Frame(RAW, "little")).ip4_protocol(6))
([0:1] & 0xf0) = 0x40 and [9:1] = 0x6
"""

from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.frames import Frame, equal
from lesson_engine.filters.nodes import Span
from lesson_engine.filters.program import All, Either, Field, Test
from lesson_engine.messages import Message
from lesson_engine.packets.numbers import ETHER_TYPES, LLC_SAPS

IP = ETHER_TYPES["ip"]
IP6 = ETHER_TYPES["ip6"]
PROTOCOL = Field("protocol", 1)

TRANSPORTS = {"tcp": 6, "udp": 17, "sctp": 132}
EITHER_IP = TRANSPORTS | {"pim": 103, "ah": 51, "esp": 50}
"""Protocols that stand for both IPv4 and IPv6."""
IP_ONLY = {"icmp": 1, "igmp": 2, "igrp": 9, "vrrp": 112, "carp": 112}
OSI = {"clnp": 0x81, "esis": 0x82, "isis": 0x83}


class Headers:
    """A part of the compiler: it reads the expression `source`, and `frame` is what its words see."""

    def __init__(self, source: str, frame: Frame) -> None:
        self._source = source
        self._frame = frame

    def refusal(self, span: Span, key: str, libpcap_text: str, **params: object) -> FilterSyntaxError:
        """The error that `span` of the expression cannot be used."""
        return FilterSyntaxError(self._source, span, Message(key, **params), libpcap_text=libpcap_text)

    def ip_protocol(self, number: int) -> Test:
        """The test for a protocol over IPv4 or IPv6."""
        return Either((self.ip4_protocol(number), self.ip6_protocol(number)))

    def ip4_protocol(self, number: int) -> Test:
        """The test for a protocol over IPv4."""
        return All((self._frame.carries(IP), equal(self._frame.network.load(9, 1), number, PROTOCOL)))

    def ip6_protocol(self, number: int) -> Test:
        """The test for a protocol over IPv6: the fixed header's next header, or a fragment header's."""
        network = self._frame.network
        behind_fragment = All((equal(network.load(6, 1), 44), equal(network.load(40, 1), number, PROTOCOL)))
        return All((self._frame.carries(IP6), Either((equal(network.load(6, 1), number, PROTOCOL), behind_fragment))))

    def osi_protocol(self, number: int) -> Test:
        """The test for a protocol over OSI."""
        return All((self._frame.carries(LLC_SAPS["iso"]), equal(self._frame.osi.load(0, 1), number)))

    def mac_at(self, offset: int, address: int) -> Test:
        """The test for an Ethernet address at `offset` of the link-layer header; its low bytes are loaded first."""
        name, header = "source_mac" if offset else "destination_mac", self._frame.header
        low = equal(header.load(offset + 2, 4), address & 0xFFFFFFFF, Field(name, 6, 2))
        return All((low, equal(header.load(offset, 2), address >> 32, Field(name, 6))))

    def on_ethernet(self, test: Test) -> Test:
        """The test together with the one that there is an Ethernet header, where there may be none."""
        has_header = self._frame.has_ethernet_header()
        return test if has_header is None else All((has_header, test))
