"""Which printer takes a payload: by Ethernet type, and by IP protocol number.

Rare protocols are imported when their first packet comes: most captures need five of the thirty modules, and
the protocols that quote or carry IP would otherwise import each other in a circle. (TCP and UDP choose by
port themselves.) Names are those tcpdump 4.99.3 prints.

>>> ETHERTYPE_NAMES[0x0800], PROTOCOL_NAMES[6], protocol_name(6)
('IPv4', 'TCP', 'tcp')
"""

from functools import cache

from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.ports import service_printer

ETHERTYPE_NAMES = {
    0x00FE: "GRE-OSI",
    0x0200: "PUP",
    0x0500: "Sprite",
    0x0600: "NS",
    0x0707: "GeoNet (old)",
    0x0800: "IPv4",
    0x0806: "ARP",
    0x1000: "Trail",
    0x1111: "CALM FAST",
    0x6001: "MOP DL",
    0x6002: "MOP RC",
    0x6003: "DN",
    0x6004: "LAT",
    0x6007: "SCA",
    0x6558: "TEB",
    0x8035: "Reverse ARP",
    0x8038: "Lanbridge",
    0x803C: "DEC DNS",
    0x803E: "DEC DTS",
    0x805B: "VEXP",
    0x805C: "VPROD",
    0x809B: "Appletalk",
    0x80F3: "Appletalk ARP",
    0x8100: "802.1Q",
    0x8137: "IPX",
    0x86DD: "IPv6",
    0x8808: "MPCP",
    0x8809: "Slow Protocols",
    0x880B: "PPP",
    0x8847: "MPLS unicast",
    0x8848: "MPLS multicast",
    0x8863: "PPPoE D",
    0x8864: "PPPoE S",
    0x886F: "MS NLB heartbeat",
    0x8870: "Jumbo",
    0x888E: "EAPOL",
    0x8899: "Realtek protocols",
    0x88A2: "AoE",
    0x88A8: "802.1Q-QinQ",
    0x88CA: "TIPC",
    0x88CC: "LLDP",
    0x88E5: "802.1AE MACsec",
    0x88F7: "PTP",
    0x8902: "CFM",
    0x893A: "IEEE1905.1",
    0x8947: "GeoNet",
    0x894F: "NSH",
    0x9000: "Loopback",
    0x9100: "802.1Q-9100",
    0x9200: "802.1Q-9200",
    0xABCD: "CFM (old)",
    0xD28B: "Arista Vendor Specific Protocol",
    0xFEFE: "OSI",
}

PROTOCOL_NAMES = {
    0: "Options",
    1: "ICMP",
    2: "IGMP",
    4: "IPIP",
    6: "TCP",
    8: "EGP",
    9: "IGRP",
    17: "UDP",
    33: "DCCP",
    41: "IPv6",
    43: "Routing",
    44: "Fragment",
    46: "RSVP",
    47: "GRE",
    50: "ESP",
    51: "AH",
    55: "Mobile IP",
    58: "ICMPv6",
    62: "Mobile IP (old)",
    88: "EIGRP",
    89: "OSPF",
    103: "PIM",
    108: "Compressed IP",
    112: "VRRP",
    113: "PGM",
    132: "SCTP",
    135: "Mobility",
    143: "Ethernet",
}
"""What -v calls an IP protocol."""


@cache
def _protocol_names() -> dict[int, str]:
    words = iter(_NAMED_PROTOCOLS.split())
    return {int(number): name for number, name in zip(words, words, strict=True)}


def protocol_name(number: int) -> str | None:
    """The name of an IP protocol that tcpdump prints for one it does not decode, unless -n."""
    return _protocol_names().get(number)


def print_ethertype(line: Line, ethertype: int, at: int, length: int, source: int | None = None) -> bool:
    """Print the payload of an Ethernet type, whose sender's Ethernet address lies at `source` if it has one; False if
    no printer takes this type."""
    if ethertype == 0x0800:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, length)
    elif ethertype == 0x86DD:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    elif ethertype in (0x0806, 0x8035):
        from lesson_engine.tcpdump.printers.arp import print_arp

        print_arp(line, at, length)
    elif ethertype in (0x8847, 0x8848):
        from lesson_engine.tcpdump.printers.mpls import print_mpls

        print_mpls(line, at, length)
    elif ethertype in _PPPOE_TYPES:
        from lesson_engine.tcpdump.printers.pppoe import print_pppoe

        print_pppoe(line, at, length)
    elif ethertype == 0x88CC:
        from lesson_engine.tcpdump.printers.lldp import print_lldp

        print_lldp(line, at, length)
    elif ethertype == 0x8809:
        from lesson_engine.tcpdump.printers.slow import print_slow

        print_slow(line, at, length)
    elif ethertype == 0x888E:
        from lesson_engine.tcpdump.printers.eapol import print_eapol

        print_eapol(line, at, length)
    elif ethertype == 0x80F3:
        from lesson_engine.tcpdump.printers.appletalk import print_appletalk_arp

        print_appletalk_arp(line, at, length)
    elif ethertype == 0x880B:
        if length:
            from lesson_engine.tcpdump.printers.ppp import print_ppp

            line.write(": ")
            print_ppp(line, at, length)
    elif ethertype in (0x8947, 0x0707):
        from lesson_engine.tcpdump.printers.geonet import print_geonet

        print_geonet(line, at, length, source)
    elif ethertype in _ETHERTYPE_PRINTERS:
        if ethertype == 0x8137:
            line.write("(NOV-ETHII) ")
        elif ethertype == 0x809B and line.verbose:
            line.write("et1 ")
        service_printer(_ETHERTYPE_PRINTERS[ethertype])(line, at, length)
    else:
        return False
    return True


_PPPOE_TYPES = frozenset((0x8863, 0x8864, 0x3C12, 0x3C13))
"""PPP over Ethernet's types, and those of an older maker of it."""

_ETHERTYPE_PRINTERS = {
    0x809B: "appletalk",
    0x8137: "ipx",
    0x8808: "mpcp",
    0x886F: "msnlb",
    0x88A2: "aoe",
    0x88F7: "ptp",
    0x8902: "cfm",
    0x894F: "nsh",
    0x9000: "loopbacktest",
    0xABCD: "cfm",
}
"""Rarer types, and the module that has their printer."""


def print_protocol(
    line: Line, protocol: int, at: int, length: int, *, header: int, version: int, fragmented: bool, hop_limit: int
) -> None:
    """Print the payload of an IP packet: `length` bytes on the wire from `at`. `header` is where the IP header
    of this `version` lies, for the addresses; `fragmented` says that more fragments follow."""
    if protocol == 6:
        from lesson_engine.tcpdump.printers.tcp import print_tcp

        print_tcp(line, at, length, header, fragmented)
    elif protocol == 17:
        from lesson_engine.tcpdump.printers.udp import print_udp

        print_udp(line, at, length, header, fragmented)
    elif protocol == 1:
        if version == 4:
            from lesson_engine.tcpdump.printers.icmp import print_icmp

            print_icmp(line, at, length, header, fragmented)
        else:
            _requires(line, "ICMP requires IPv4")
    elif protocol == 58:
        if version == 6:
            from lesson_engine.tcpdump.printers.icmp6 import print_icmp6

            print_icmp6(line, at, length, header, fragmented)
        else:
            _requires(line, "ICMPv6 requires IPv6")
    elif protocol == 2:
        if version == 4:
            from lesson_engine.tcpdump.printers.igmp import print_igmp

            print_igmp(line, at, length)
        else:
            _requires(line, "IGMP requires IPv4")
    elif protocol == 4:
        from lesson_engine.tcpdump.printers.ip import print_ip

        print_ip(line, at, length)
    elif protocol == 41:
        from lesson_engine.tcpdump.printers.ip6 import print_ip6

        print_ip6(line, at, length)
    elif protocol == 47:
        from lesson_engine.tcpdump.printers.gre import print_gre

        print_gre(line, at, length)
    elif protocol == 50:
        from lesson_engine.tcpdump.printers.ipsec import print_esp

        print_esp(line, at, length)
    elif protocol == 51:
        from lesson_engine.tcpdump.printers.ipsec import print_ah

        size = print_ah(line, at)
        if 0 < size <= length:
            print_protocol(
                line,
                line.u8(at),
                at + size,
                length - size,
                header=header,
                version=version,
                fragmented=fragmented,
                hop_limit=hop_limit,
            )
    elif protocol == 59:
        line.write("no next header")
    elif protocol == 88:
        from lesson_engine.tcpdump.printers.eigrp import print_eigrp

        print_eigrp(line, at, length)
    elif protocol == 89:
        if version == 4:
            from lesson_engine.tcpdump.printers.ospf import print_ospf

            print_ospf(line, at, length)
        else:
            from lesson_engine.tcpdump.printers.ospf3 import print_ospf3

            print_ospf3(line, at, length)
    elif protocol == 103:
        from lesson_engine.tcpdump.printers.pim import print_pim

        print_pim(line, at, length, header)
    elif protocol == 108:
        from lesson_engine.tcpdump.printers.ipsec import print_ipcomp

        print_ipcomp(line, at)
    elif protocol == 112:
        from lesson_engine.tcpdump.printers.vrrp import print_vrrp

        print_vrrp(line, at, length, header, hop_limit)
    elif protocol == 132:
        from lesson_engine.tcpdump.printers.sctp import print_sctp

        print_sctp(line, at, length, header)
    elif protocol == 143:
        if version == 6:
            from lesson_engine.tcpdump.printers.link import print_ethernet

            print_ethernet(line, at, length)
        else:
            _requires(line, "Ethernet requires IPv6")
    elif protocol in _PROTOCOL_PRINTERS:
        service_printer(_PROTOCOL_PRINTERS[protocol])(line, at, length)
    elif protocol == 33:
        from lesson_engine.tcpdump.printers.dccp import print_dccp

        print_dccp(line, at, length, header)
    elif protocol == 77:
        line.write(f" nd {length}")
    elif protocol == 113:
        from lesson_engine.tcpdump.printers.pgm import print_pgm

        print_pgm(line, at, length, header)
    else:
        name = None if line.numeric else protocol_name(protocol)
        line.write(f" {name or f'ip-proto-{protocol}'} {length}")


_PROTOCOL_PRINTERS = {
    8: "egp",
    9: "igrp",
    46: "rsvp",
    55: "mobileip",
}
"""IP protocols that hosts meet rarely, and the module that has their printer."""


def _requires(line: Line, text: str) -> None:
    line.write(f"[{text}]")
    line.invalid()


_NAMED_PROTOCOLS = """
0 hopopt 1 icmp 2 igmp 3 ggp 4 ipencap 5 st 6 tcp 7 cbt 8 egp 9 igp 10 bbn-rcc-mon 11 nvp-ii 12 pup 13 argus
14 emcon 15 xnet 16 chaos 17 udp 18 mux 19 dcn-meas 20 hmp 21 prm 22 xns-idp 23 trunk-1 24 trunk-2 25 leaf-1
26 leaf-2 27 rdp 28 irtp 29 iso-tp4 30 netblt 31 mfe-nsp 32 merit-inp 33 dccp 34 3pc 35 idpr 36 xtp 37 ddp 38
idpr-cmtp 39 tp++ 40 il 41 ipv6 42 sdrp 43 ipv6-route 44 ipv6-frag 45 idrp 46 rsvp 47 gre 48 dsr 49 bna 50 esp
51 ah 52 i-nlsp 53 swipe 54 narp 55 mobile 56 tlsp 57 skip 58 ipv6-icmp 59 ipv6-nonxt 60 ipv6-opts 62 cftp 64
sat-expak 65 kryptolan 66 rvd 67 ippc 69 sat-mon 70 visa 71 ipcv 72 cpnx 73 rspf 74 wsn 75 pvp 76 br-sat-mon
77 sun-nd 78 wb-mon 79 wb-expak 80 iso-ip 81 vmtp 82 secure-vmtp 83 vines 84 ttp 85 nsfnet-igp 86 dgp 87 tcf
88 eigrp 89 ospf 90 sprite-rpc 91 larp 92 mtp 93 ax.25 94 ipip 95 micp 96 scc-sp 97 etherip 98 encap 100 gmtp
101 ifmp 102 pnni 103 pim 104 aris 105 scps 106 qnx 107 a/n 108 ipcomp 109 snp 110 compaq-peer 111 ipx-in-ip
112 vrrp 113 pgm 115 l2tp 116 ddx 117 iatp 118 stp 119 srp 120 uti 121 smp 122 sm 123 ptp 124 isis 125 fire
126 crtp 127 crudp 128 sscopmce 129 iplt 130 sps 131 pipe 132 sctp 133 fc 134 rsvp-e2e-ignore 135
mobility-header 136 udplite 137 mpls-in-ip 138 manet 139 hip 140 shim6 141 wesp 142 rohc 253 exptest-253 254
exptest-254 255 reserved
"""
