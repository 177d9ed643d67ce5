"""Link types: what kind of header a captured record begins with.

Knows the numbers, the names tcpdump prints, and where the network layer starts when the frame carries no
tag. It knows nothing of files or filters. `number` is what a savefile's header holds (LINKTYPE_,
https://www.tcpdump.org/linktypes.html); where the same type has another number inside libpcap (DLT_), or on
another system, `from_number` folds them into one.

>>> LinkType.from_number(1)
LinkType(number=1, name='EN10MB', description='Ethernet', network_offset=14)
>>> LinkType.from_number(12) is RAW
True
>>> LinkType.from_number(9).description, LinkType.from_number(147).name
('PPP', '147')
"""

from typing import NamedTuple


class LinkType(NamedTuple):
    """A link type; `network_offset` is in bytes, or None where this engine cannot find the network layer."""

    number: int
    name: str
    description: str
    network_offset: int | None

    @staticmethod
    def from_number(number: int) -> "LinkType":
        """The link type with this LINKTYPE_ or DLT_ number; an unknown one has its number for a name."""
        return _BY_NUMBER.get(number) or _of_no_printer(number)

    @property
    def dlt(self) -> int:
        """The number libpcap knows it by at run time (DLT_ on Linux), as in "unknown data link type 12"."""
        return _DLT.get(self.number, self.number)

    @property
    def maximum_snapshot_length(self) -> int:
        """Bytes; libpcap takes a record longer than this for damage, and a snapshot length of 0 for this."""
        return _LONG_PACKETS.get(self.number, 262144)


EN10MB = LinkType(1, "EN10MB", "Ethernet", 14)
RAW = LinkType(101, "RAW", "Raw IP", 0)
IPV4 = LinkType(228, "IPV4", "Raw IPv4", 0)
IPV6 = LinkType(229, "IPV6", "Raw IPv6", 0)
LINUX_SLL = LinkType(113, "LINUX_SLL", "Linux cooked v1", 16)
LINUX_SLL2 = LinkType(276, "LINUX_SLL2", "Linux cooked v2", 20)
NULL = LinkType(0, "NULL", "BSD loopback", 4)
LOOP = LinkType(108, "LOOP", "OpenBSD loopback", 4)

_BY_NUMBER = {known.number: known for known in (EN10MB, RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL, LOOP)}
# LINKTYPE_RAW is 101; DLT_RAW is 12 on most systems and 14 on OpenBSD, and old files carry either.
_BY_NUMBER[12] = _BY_NUMBER[14] = RAW

# LINKTYPE_ to DLT_, where Linux has two numbers: ATM_RFC1483, RAW, SLIP_BSDOS, PPP_BSDOS, ATM_CLIP.
_DLT = {100: 11, 101: 12, 102: 15, 103: 16, 106: 19}
# D-Bus, USBPcap and EBHSCR records may be longer than any frame.
_LONG_PACKETS = {231: 128 << 20, 249: 1 << 20, 279: 8 << 20}


def _of_no_printer(number: int) -> LinkType:
    """A link type known by name at most."""
    from lesson_engine.packets.linktype_names import NAMES

    dlt = _DLT.get(number, number)
    number = next((linktype for linktype, other in _DLT.items() if other == dlt), number)
    name, description = NAMES.get(dlt, (str(number), ""))
    return LinkType(number, name, description, None)
