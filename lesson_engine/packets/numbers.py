"""Numbers that protocols gave names: IP protocols, Ethernet types, flag bits, ICMP types, service names.

Plain tables, no look-up in the host's files or on the network, so that an answer means the same everywhere.
Service names are those of Debian 12's /etc/services and lie in `services`, imported on first use. Sources:
IANA's registries (RFC 9293 TCP flags, RFC 792 and RFC 4443 ICMP types) and Debian's netbase 6.4.

>>> IP_PROTOCOLS["ipv6-icmp"], hex(ETHER_TYPES["arp"]), TCP_FLAGS["syn"]
(58, '0x806', 2)
>>> service_port("http")
Service(port=80, protocol='tcp')
>>> service_port("domain")
Service(port=53, protocol=None)
"""

from typing import NamedTuple

ETHER_TYPES = {
    "ip": 0x0800,
    "arp": 0x0806,
    "mopdl": 0x6001,
    "moprc": 0x6002,
    "decnet": 0x6003,
    "lat": 0x6004,
    "sca": 0x6007,
    "rarp": 0x8035,
    "atalk": 0x809B,
    "aarp": 0x80F3,
    "vlan": 0x8100,
    "ipx": 0x8137,
    "ip6": 0x86DD,
    "mpls": 0x8847,
    "pppoed": 0x8863,
    "pppoes": 0x8864,
    "loopback": 0x9000,
}
"""Ethernet types by the names filter expressions have for them."""

LLC_SAPS = {"stp": 0x42, "ipx": 0xE0, "netbeui": 0xF0, "iso": 0xFE}
"""IEEE 802.2 service access points."""

VLAN_TPIDS = (0x8100, 0x88A8, 0x9100)
"""Ethernet types of a VLAN tag: IEEE 802.1Q, 802.1ad, and an older double tag."""

TCP_FLAGS = {"fin": 1, "syn": 2, "rst": 4, "push": 8, "ack": 16, "urg": 32, "ece": 64, "cwr": 128}
"""Bits of byte 13 of the TCP header."""

ICMP_TYPES = {
    "echoreply": 0,
    "unreach": 3,
    "sourcequench": 4,
    "redirect": 5,
    "echo": 8,
    "routeradvert": 9,
    "routersolicit": 10,
    "timxceed": 11,
    "paramprob": 12,
    "tstamp": 13,
    "tstampreply": 14,
    "ireq": 15,
    "ireqreply": 16,
    "maskreq": 17,
    "maskreply": 18,
}

ICMP6_TYPES = {
    "destinationunreach": 1,
    "packettoobig": 2,
    "timeexceeded": 3,
    "parameterproblem": 4,
    "echo": 128,
    "echoreply": 129,
    "multicastlistenerquery": 130,
    "multicastlistenerreportv1": 131,
    "multicastlistenerdone": 132,
    "routersolicit": 133,
    "routeradvert": 134,
    "neighborsolicit": 135,
    "neighboradvert": 136,
    "redirect": 137,
    "routerrenum": 138,
    "nodeinformationquery": 139,
    "nodeinformationresponse": 140,
    "ineighbordiscoverysolicit": 141,
    "ineighbordiscoveryadvert": 142,
    "multicastlistenerreportv2": 143,
    "homeagentdiscoveryrequest": 144,
    "homeagentdiscoveryreply": 145,
    "mobileprefixsolicit": 146,
    "mobileprefixadvert": 147,
    "certpathsolicit": 148,
    "certpathadvert": 149,
    "multicastrouteradvert": 151,
    "multicastroutersolicit": 152,
    "multicastrouterterm": 153,
}

IP_PROTOCOLS = {
    "ip": 0,
    "IP": 0,
    "hopopt": 0,
    "HOPOPT": 0,
    "icmp": 1,
    "ICMP": 1,
    "igmp": 2,
    "IGMP": 2,
    "ggp": 3,
    "GGP": 3,
    "ipencap": 4,
    "IP-ENCAP": 4,
    "st": 5,
    "ST": 5,
    "tcp": 6,
    "TCP": 6,
    "egp": 8,
    "EGP": 8,
    "igp": 9,
    "IGP": 9,
    "pup": 12,
    "PUP": 12,
    "udp": 17,
    "UDP": 17,
    "hmp": 20,
    "HMP": 20,
    "xns-idp": 22,
    "XNS-IDP": 22,
    "rdp": 27,
    "RDP": 27,
    "iso-tp4": 29,
    "ISO-TP4": 29,
    "dccp": 33,
    "DCCP": 33,
    "xtp": 36,
    "XTP": 36,
    "ddp": 37,
    "DDP": 37,
    "idpr-cmtp": 38,
    "IDPR-CMTP": 38,
    "ipv6": 41,
    "IPv6": 41,
    "ipv6-route": 43,
    "IPv6-Route": 43,
    "ipv6-frag": 44,
    "IPv6-Frag": 44,
    "idrp": 45,
    "IDRP": 45,
    "rsvp": 46,
    "RSVP": 46,
    "gre": 47,
    "GRE": 47,
    "esp": 50,
    "IPSEC-ESP": 50,
    "ah": 51,
    "IPSEC-AH": 51,
    "skip": 57,
    "SKIP": 57,
    "ipv6-icmp": 58,
    "IPv6-ICMP": 58,
    "ipv6-nonxt": 59,
    "IPv6-NoNxt": 59,
    "ipv6-opts": 60,
    "IPv6-Opts": 60,
    "rspf": 73,
    "RSPF": 73,
    "CPHB": 73,
    "vmtp": 81,
    "VMTP": 81,
    "eigrp": 88,
    "EIGRP": 88,
    "ospf": 89,
    "OSPFIGP": 89,
    "ax.25": 93,
    "AX.25": 93,
    "ipip": 94,
    "IPIP": 94,
    "etherip": 97,
    "ETHERIP": 97,
    "encap": 98,
    "ENCAP": 98,
    "pim": 103,
    "PIM": 103,
    "ipcomp": 108,
    "IPCOMP": 108,
    "vrrp": 112,
    "VRRP": 112,
    "l2tp": 115,
    "L2TP": 115,
    "isis": 124,
    "ISIS": 124,
    "sctp": 132,
    "SCTP": 132,
    "fc": 133,
    "FC": 133,
    "mobility-header": 135,
    "Mobility-Header": 135,
    "udplite": 136,
    "UDPLite": 136,
    "mpls-in-ip": 137,
    "MPLS-in-IP": 137,
    "manet": 138,
    "hip": 139,
    "HIP": 139,
    "shim6": 140,
    "Shim6": 140,
    "wesp": 141,
    "WESP": 141,
    "rohc": 142,
    "ROHC": 142,
    "ethernet": 143,
    "Ethernet": 143,
    "mptcp": 262,
    "MPTCP": 262,
}
"""IP protocol numbers by the names and aliases of Debian 12's /etc/protocols; case counts."""


class Service(NamedTuple):
    """A service's port, and the transport protocol its name means: "tcp", "udp", or None for any."""

    port: int
    protocol: str | None


def service_port(name: str) -> Service | None:
    """The port of a service name, case counting; None if the name is unknown.

    A name known for TCP and UDP with one port means any transport protocol, as in libpcap.
    """
    from lesson_engine.packets.services import SERVICES

    ports = SERVICES.get(name)
    if ports is None:
        return None
    tcp, udp = ports
    if tcp is None:
        return Service(udp, "udp") if udp is not None else None
    return Service(tcp, None if udp is not None else "tcp")
