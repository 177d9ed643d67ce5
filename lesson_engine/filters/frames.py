"""Where a filter finds things in a frame: the link-layer header, the protocol type, the network header.

A `Frame` begins as the capture's link type says and moves as the words of a filter are read: every word after
`vlan`, `mpls`, `pppoes` or `geneve` looks deeper, in reading order, whatever connective stands between.
`Frame.carries` is the test for a network protocol. Knows offsets, not qualifiers. Offsets are those of
pcap-linktype(7), IEEE 802.3 and 802.2, RFC 1661 (PPP), RFC 2516 (PPPoE), RFC 3032 (MPLS), RFC 8926 (Geneve).

>>> from lesson_engine.packets.linktype import EN10MB, RAW
>>> print(Frame(EN10MB, "little").carries(0x0800))
[12:2] = 0x800
>>> print(Frame(RAW, "little").carries(0x0806))
false
"""

from typing import NamedTuple

from lesson_engine.filters.program import (
    All,
    Always,
    Calculation,
    Choice,
    Compare,
    Constant,
    Either,
    Field,
    Load,
    Test,
    Value,
)
from lesson_engine.packets.capture import ByteOrder
from lesson_engine.packets.linktype import EN10MB, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW, LinkType
from lesson_engine.packets.numbers import ETHER_TYPES, LLC_SAPS, VLAN_TPIDS

COVERED = (EN10MB, RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL, LOOP)
PPP = LinkType(9, "PPP", "PPP", None)
"""What lies inside a PPPoE session."""

MAXIMUM_LENGTH_FIELD = 1500
"""An Ethernet type field up to this is a length, and an 802.2 header follows."""

AF_INET = 2
AF_INET6 = (30, 24, 28)
"""IPv6 as the BSDs number it: Darwin, NetBSD and OpenBSD, FreeBSD."""

_PPP_PROTOCOLS = {
    ETHER_TYPES["ip"]: 0x21,
    ETHER_TYPES["ip6"]: 0x57,
    ETHER_TYPES["decnet"]: 0x27,
    ETHER_TYPES["atalk"]: 0x29,
    0x0600: 0x25,
    LLC_SAPS["iso"]: 0x23,
    LLC_SAPS["stp"]: 0x31,
    LLC_SAPS["ipx"]: 0x2B,
}
_PPP_MPLS = 0x0281

_TYPE = Field("ether_type", 2)
_VERSION = Field("ip_version", 1)
_FAMILY = Field("family", 4)
_TYPE_OFFSETS = {EN10MB: 12, LINUX_SLL: 14, LINUX_SLL2: 0}
_SLL_802_3 = 1
_SLL_802_2 = 4
_SNAP_ETHERNET = 0xAAAA0300
_SNAP_APPLE = (0xAAAA0308, 0x0007809B)
_GENEVE_PORT = 6081
_TRANSPARENT_ETHERNET = 0x6558


class Place(NamedTuple):
    """A position in the frame: a constant offset, from the start of the frame or from a computed base."""

    base: Value | None
    offset: int

    def load(self, offset: int, size: int) -> Load:
        """The load of `size` bytes at `offset` from here."""
        # A place before the frame, as libpcap computes one below a tunnel in MPLS, wraps to beyond any frame.
        return Load(self.base, (self.offset + offset) & 0xFFFFFFFF, size)

    def plus(self, offset: int) -> "Place":
        """The place `offset` bytes on."""
        return Place(self.base, self.offset + offset)


def equal(value: Value, number: int, field: Field | None = None) -> Compare:
    """The test that `value` is `number`."""
    return Compare(value, "=", Constant(number), field=field)


def masked(value: Value, mask: int, number: int, field: Field | None = None) -> Compare:
    """The test that `value`, of which `mask` is kept, is `number`."""
    return equal(Calculation("&", value, Constant(mask)), number, field)


def any_of(value: Value, numbers: tuple[int, ...], field: Field | None = None) -> Test:
    """The test that `value` is one of `numbers`."""
    return Either(tuple(equal(value, number, field) for number in numbers))


class UnsupportedError(Exception):
    """A word this frame has no answer for; `libpcap_text` is libpcap's refusal, `key` the reason's message."""

    def __init__(self, key: str, libpcap_text: str, **params: object) -> None:
        super().__init__(libpcap_text)
        self.key = key
        self.libpcap_text = libpcap_text
        self.params = params


class Frame:
    """What the words of a filter see of a frame, at the place in the filter where they stand.

    `header`, `type` and `payload` are where the link-layer header, the type field and what follows the header
    start; `network` is where the network header does. `registers` counts the values held for computed places.
    """

    def __init__(self, link_type: LinkType, byte_order: ByteOrder) -> None:
        self.link_type = LinkType.from_number(link_type.number)
        self.header = Place(None, 0)
        self.type = Place(None, _TYPE_OFFSETS.get(link_type, 0))
        self.payload = Place(None, link_type.network_offset or 0)
        self.registers = 0
        # How many MPLS labels were stepped over. Geneve starts a new frame but, in libpcap 1.10, not this count.
        self._labels = 0
        self._network_offset = 0
        # An OSI header follows an IEEE 802.2 header without SNAP, 3 bytes long, on Ethernet alone.
        self._osi_offset = 3 if link_type is EN10MB else 0
        self._swapped = link_type is NULL and byte_order == "little"
        self._inside_geneve = False

    @property
    def network(self) -> Place:
        """Where the network header starts."""
        return self.payload.plus(self._network_offset)

    @property
    def osi(self) -> Place:
        """Where an OSI network header starts."""
        return self.payload.plus(self._osi_offset)

    @property
    def below_mpls(self) -> bool:
        """Whether an MPLS label was stepped over, after which only IP can be told."""
        return self._labels > 0

    def transport(self) -> Place:
        """Where the header after an IPv4 header starts; its options are stepped over."""
        network = self.network
        header_length = Calculation("<<", Calculation("&", network.load(0, 1), Constant(15)), Constant(2))
        base = header_length if network.base is None else Calculation("+", header_length, network.base)
        return Place(base, network.offset)

    # Which protocol

    def carries(self, protocol: int) -> Test:
        """The test that the payload is `protocol`: an Ethernet type, or an 802.2 SAP if it is small."""
        if self._labels:
            return self._carries_below_mpls(protocol)
        match self.link_type:
            case LinkType(name="EN10MB"):
                return self._ethernet_carries(protocol)
            case LinkType(name="LINUX_SLL"):
                return self._cooked_carries(protocol)
            case LinkType(name="LINUX_SLL2"):
                return equal(self.type.load(0, 2), protocol, _TYPE)
            case LinkType(name="PPP"):
                return equal(self.type.load(0, 2), _PPP_PROTOCOLS.get(protocol, protocol))
        if protocol not in (ETHER_TYPES["ip"], ETHER_TYPES["ip6"]):
            return Always(False)
        version = 4 if protocol == ETHER_TYPES["ip"] else 6
        match self.link_type:
            case LinkType(name="RAW"):
                return masked(self.payload.load(0, 1), 0xF0, version << 4, _VERSION)
            case LinkType(name="IPV4" | "IPV6"):
                return Always(self.link_type is (IPV4 if version == 4 else IPV6))
        families: tuple[int, ...] = (AF_INET,) if version == 4 else AF_INET6
        if self._swapped:
            families = tuple(family << 24 for family in families)
        family = self.header.load(0, 4)
        return equal(family, families[0], _FAMILY) if len(families) == 1 else any_of(family, families, _FAMILY)

    def _ethernet_carries(self, protocol: int) -> Test:
        kind = self.type.load(0, 2)
        has_llc = Compare(kind, "<=", Constant(MAXIMUM_LENGTH_FIELD))
        if protocol in (LLC_SAPS["iso"], LLC_SAPS["netbeui"]):
            return All((has_llc, equal(self.payload.load(0, 2), protocol << 8 | protocol)))
        if protocol == LLC_SAPS["ipx"]:
            raw_novell = equal(self.payload.load(0, 2), 0xFFFF)
            llc = equal(self.payload.load(0, 1), protocol)
            snap = self._snap(_SNAP_ETHERNET, ETHER_TYPES["ipx"])
            return Either((equal(kind, ETHER_TYPES["ipx"]), All((has_llc, Either((snap, llc, raw_novell))))))
        if (snap_type := self._snap_of(protocol)) is not None:
            return Either((equal(kind, protocol), All((has_llc, snap_type))))
        if protocol <= MAXIMUM_LENGTH_FIELD:
            return All((has_llc, equal(self.type.load(2, 1), protocol)))
        return equal(kind, protocol, _TYPE)

    def _cooked_carries(self, protocol: int) -> Test:
        kind = self.type.load(0, 2)
        has_llc = equal(kind, _SLL_802_2)
        if protocol in (LLC_SAPS["iso"], LLC_SAPS["netbeui"]):
            return All((has_llc, equal(self.payload.load(0, 2), protocol << 8 | protocol)))
        if protocol == LLC_SAPS["ipx"]:
            llc = equal(self.payload.load(0, 1), protocol)
            snap = self._snap(_SNAP_ETHERNET, ETHER_TYPES["ipx"])
            return Either((any_of(kind, (ETHER_TYPES["ipx"], _SLL_802_3)), All((has_llc, Either((llc, snap))))))
        if (snap_type := self._snap_of(protocol)) is not None:
            return Either((equal(kind, protocol), All((has_llc, snap_type))))
        if protocol <= MAXIMUM_LENGTH_FIELD:
            return All((has_llc, equal(self.payload.load(0, 1), protocol)))
        return equal(kind, protocol, _TYPE)

    def _snap(self, first: int, second: int) -> Test:
        return All((equal(self.payload.load(4, 4), second), equal(self.payload.load(0, 4), first)))

    def _snap_of(self, protocol: int) -> Test | None:
        """The SNAP header of the AppleTalk protocols, which no Ethernet type field tells of."""
        if protocol == ETHER_TYPES["atalk"]:
            return self._snap(*_SNAP_APPLE)
        if protocol == ETHER_TYPES["aarp"]:
            return self._snap(_SNAP_ETHERNET, protocol)
        return None

    def _carries_below_mpls(self, protocol: int) -> Test:
        if protocol not in (ETHER_TYPES["ip"], ETHER_TYPES["ip6"]):
            raise UnsupportedError("filters.below_mpls", "unsupported protocol over mpls")
        version = 4 if protocol == ETHER_TYPES["ip"] else 6
        return All((self._bottom_of_stack(1), masked(self.network.load(0, 1), 0xF0, version << 4)))

    def _bottom_of_stack(self, bit: int) -> Test:
        return masked(self.network.load(-2, 1), 1, bit)

    # Encapsulations: each gives its test, and moves the frame for the words after it

    def vlan(self, tag: int | None) -> Test:
        """IEEE 802.1Q."""
        if self._labels:
            raise UnsupportedError("filters.vlan_after_mpls", "no VLAN match after MPLS")
        if self.link_type is not EN10MB:
            raise self._lacks("filters.no_vlan", "no VLAN support for {}")
        test = any_of(self.type.load(0, 2), VLAN_TPIDS, _TYPE)
        if tag is not None:
            test = All((test, masked(self.payload.load(0, 2), 0xFFF, tag, Field("vlan_tag", 2))))
        self.type = self.type.plus(4)
        self.payload = self.payload.plus(4)
        return test

    def mpls(self, label: int | None) -> Test:
        """RFC 3032."""
        if self._labels:
            test = self._bottom_of_stack(0)
        elif self.link_type is EN10MB:
            test = self.carries(ETHER_TYPES["mpls"])
        elif self.link_type is PPP:
            test = equal(self.type.load(0, 2), _PPP_MPLS)
        else:
            raise self._lacks("filters.no_mpls", "no MPLS support for {}")
        if label is not None:
            test = All((test, masked(self.network.load(0, 4), 0xFFFFF000, label << 12)))
        self._labels += 1
        self._network_offset += 4
        self._osi_offset += 4
        return test

    def pppoe_session(self, session: int | None) -> Test:
        """RFC 2516."""
        test = self.carries(ETHER_TYPES["pppoes"])
        if session is not None:
            test = All((test, masked(self.payload.load(0, 4), 0xFFFF, session)))
        self.link_type = PPP
        self.header = self.type = self.network.plus(6)
        self.payload = self.header.plus(2)
        self._network_offset = self._osi_offset = 0
        return test

    def geneve(self, vni: int | None) -> Test:
        """RFC 8926, over UDP over IPv4 or IPv6."""
        over_ip = self._geneve_over(ETHER_TYPES["ip"], self.network.load(9, 1), self.transport(), vni)
        over_ip6 = self._geneve_over(ETHER_TYPES["ip6"], self.network.load(6, 1), self.network.plus(40), vni)
        network, transport = self.network, self.transport()
        assert transport.base is not None  # an IPv4 header's length is always computed
        after_ip6: Value = Constant(40)
        if network.base is not None:
            after_ip6 = Calculation("+", after_ip6, network.base)
        start = Place(Choice(over_ip, transport.base, after_ip6), network.offset + 8)
        options = Calculation("*", Calculation("&", start.load(0, 1), Constant(0x3F)), Constant(4))
        inner = Calculation("+", Calculation("+", options, Constant(start.offset + 8)), start.base or Constant(0))
        has_ethernet = equal(start.load(2, 2), _TRANSPARENT_ETHERNET)
        type_start = Calculation("+", start.base or Constant(0), Constant(start.offset + 2))
        self.link_type = EN10MB
        self.header = Place(inner, 0)
        self.type = Place(Choice(has_ethernet, Calculation("+", inner, Constant(12)), type_start), 0)
        self.payload = Place(Choice(has_ethernet, Calculation("+", inner, Constant(14)), inner), 0)
        self._network_offset = 0
        self.registers += 3
        self._inside_geneve = True
        # Where the payload starts is worked out at once, so its type must have been captured.
        return All((Either((over_ip, over_ip6)), Compare(start.load(2, 2), ">=", Constant(0))))

    def _geneve_over(self, network: int, protocol: Load, udp: Place, vni: int | None) -> Test:
        parts = [self.carries(network), equal(protocol, 17)]
        if network == ETHER_TYPES["ip"]:
            parts.append(self.first_fragment())
        parts += [equal(udp.load(2, 2), _GENEVE_PORT), masked(udp.load(8, 1), 0xC0, 0)]
        if vni is not None:
            parts.append(masked(udp.load(12, 4), 0xFFFFFF00, vni << 8))
        return All(tuple(parts))

    # Other questions to the link layer

    def first_fragment(self) -> Test:
        """The test that an IPv4 packet is whole or the first fragment."""
        return masked(self.network.load(6, 2), 0x1FFF, 0, Field("fragment_offset", 2))

    def has_ethernet_header(self) -> Test | None:
        """The test that there is an Ethernet header here; None where there always is one."""
        if not self._inside_geneve:
            return None
        assert self.header.base is not None  # set by geneve
        return Compare(self.header.base, "!=", self.payload.base or Constant(0))

    def outbound(self) -> Test:
        """The test that the capturing host sent the packet."""
        match self.link_type:
            case LinkType(name="LINUX_SLL"):
                return equal(self.header.load(0, 2), 4)
            case LinkType(name="LINUX_SLL2"):
                return equal(self.header.load(10, 1), 4)
        raise self._lacks("filters.no_direction", "inbound/outbound not supported on {} when reading savefiles")

    def interface_index(self, index: int) -> Test:
        """The test that the packet passed the interface of this index."""
        if self.link_type is not LINUX_SLL2:
            raise self._lacks("filters.no_ifindex", "ifindex not supported on {} when reading savefiles")
        return equal(self.header.load(4, 4), index)

    def llc(self) -> tuple[Test, Load]:
        """The test for an 802.2 header, and the load of its control field."""
        if self.link_type is not EN10MB:
            raise self._lacks("filters.no_llc", "'llc' not supported for {}")
        kind = Compare(self.type.load(0, 2), "<=", Constant(MAXIMUM_LENGTH_FIELD))
        raw_novell = Compare(self.payload.load(0, 2), "!=", Constant(0xFFFF))
        return All((kind, raw_novell)), self.payload.load(2, 1)

    def _lacks(self, key: str, libpcap_text: str) -> UnsupportedError:
        description = self.link_type.description
        return UnsupportedError(key, libpcap_text.format(description), link_type=description)
