"""Communities of BGP's routes: plain (RFC 1997), extended (RFC 4360) and large (RFC 8092).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("fde80001 fde80002"))
>>> print_communities(line, 0, 8)
>>> line.text()
'65000:1, 65000:2'
"""

from math import isnan
from struct import pack, unpack

from lesson_engine.tcpdump.printers.bgproutes import system_text
from lesson_engine.tcpdump.printers.line import Line, bits, named

_WELL_KNOWN = {0xFFFFFF01: " NO_EXPORT", 0xFFFFFF02: " NO_ADVERTISE", 0xFFFFFF03: " NO_EXPORT_SUBCONFED"}

_TARGET_AS_2, _ORIGIN_AS_2, _TARGET_ADDRESS, _ORIGIN_ADDRESS = 0x0002, 0x0003, 0x0102, 0x0103
_TARGET_AS_4, _ORIGIN_AS_4, _BANDWIDTH, _SOURCE_AS, _IMPORT = 0x0202, 0x0203, 0x4004, 0x0009, 0x010B
_VPN_AS_2, _VPN_ADDRESS, _ENCAPSULATION, _LAYER_2 = 0x000A, 0xF10A, 0x030C, 0x800A
_OSPF_DOMAIN, _OSPF_DOMAIN_ADDRESS, _OSPF_DOMAIN_AS_4, _OSPF_DOMAIN_CISCO = 0x0005, 0x0105, 0x0205, 0x8005
_OSPF_ROUTER, _OSPF_ROUTER_CISCO, _OSPF_ROUTE, _OSPF_ROUTE_CISCO = 0x0107, 0x8001, 0x0306, 0x8000
_NAMES = {
    **dict.fromkeys((_TARGET_AS_2, _TARGET_ADDRESS, _TARGET_AS_4), "target"),
    **dict.fromkeys((_ORIGIN_AS_2, _ORIGIN_ADDRESS, _ORIGIN_AS_4), "origin"),
    **dict.fromkeys((_OSPF_DOMAIN, _OSPF_DOMAIN_ADDRESS, _OSPF_DOMAIN_AS_4, _OSPF_DOMAIN_CISCO), "ospf-domain"),
    **dict.fromkeys((_OSPF_ROUTER, _OSPF_ROUTER_CISCO), "ospf-router-id"),
    **dict.fromkeys((_OSPF_ROUTE, _OSPF_ROUTE_CISCO), "ospf-route-type"),
    **dict.fromkeys((_VPN_AS_2, _VPN_ADDRESS), "l2vpn-id"),
    _SOURCE_AS: "source-AS",
    _IMPORT: "vrf-route-import",
    _ENCAPSULATION: "encapsulation",
    _BANDWIDTH: "link-BW",
    _LAYER_2: "layer2-info",
    0x8800: "eigrp-general-route (flag, tag)",
    0x8801: "eigrp-route-metric (AS, delay)",
    0x8802: "eigrp-route-metric (reliability, nexthop, bandwidth)",
    0x8803: "eigrp-route-metric (load, MTU)",
    0x8804: "eigrp-external-route (remote-AS, remote-ID)",
    0x8805: "eigrp-external-route (remote-proto, remote-metric)",
}
_FLAGS = {0x8000: "vendor-specific", 0x4000: "non-transitive"}

_EXTERNAL, _NSSA_EXTERNAL = 5, 7
_OSPF_ROUTES = {1: "Router", 2: "Network", 3: "Summary", _EXTERNAL: "External", _NSSA_EXTERNAL: "NSSA External",
                129: "MPLS-VPN Sham"}  # fmt: skip
_LAYER_2_ENCAPSULATIONS = {
    0: "Reserved",
    1: "Frame Relay",
    2: "ATM AAL5 SDU VCC transport",
    3: "ATM transparent cell transport",
    4: "Ethernet (VLAN) Tagged Mode",
    5: "Ethernet Raw Mode",
    6: "Cisco HDLC",
    7: "PPP",
    8: "SONET/SDH Circuit Emulation Service over MPLS",
    9: "ATM n-to-one VCC cell transport",
    10: "ATM n-to-one VPC cell transport",
    11: "IP layer 2 transport",
    15: "Frame Relay Port mode",
    17: "Structure-agnostic E1 over packet",
    18: "Structure-agnostic T1 (DS1) over packet",
    19: "VPLS",
    20: "Structure-agnostic T3 (DS3) over packet",
    21: "Nx64kbit/s Basic Service using Structure-aware",
    25: "Frame Relay DLCI",
    40: "Structure-agnostic E3 over packet",
    41: "Octet-aligned playload for Structure-agnostic DS1 circuits",
    42: "E1 Nx64kbit/s with CAS using Structure-aware",
    43: "DS1 (ESF) Nx64kbit/s with CAS using Structure-aware",
    44: "DS1 (SF) Nx64kbit/s with CAS using Structure-aware",
}
_TUNNELS = {
    1: "L2TPv3 over IP",
    2: "GRE",
    3: "Transmit Tunnel",
    4: "IPsec",
    5: "IP in IP with IPsec",
    6: "MPLS in IP with IPsec",
    7: "IP in IP",
    8: "VXLAN",
    9: "NVGRE",
    10: "MPLS",
    11: "MPLS in GRE",
    12: "VXLAN GPE",
    13: "MPLS in UDP",
    14: "IPv6",
    15: "SR TE",
    16: "Bare",
    17: "SR",
}


def print_communities(line: Line, at: int, size: int) -> None:
    """Plain communities in `size` bytes, a multiple of 4."""
    for community in range(at, at + size, 4):
        value = line.u32(community)
        comma = "" if community + 4 == at + size else ", "
        line.write(_WELL_KNOWN.get(value) or f"{value >> 16}:{value & 0xFFFF}{comma}")


def print_large_communities(line: Line, at: int, size: int) -> None:
    """Large communities in `size` bytes, a multiple of 12."""
    line.write("\n\t    ")
    for community in range(at, at + size, 12):
        comma = "" if community + 12 == at + size else ", "
        line.write(f"{line.u32(community)}:{line.u32(community + 4)}:{line.u32(community + 8)}{comma}")


def print_extended_communities(line: Line, at: int, size: int) -> None:
    """Extended communities in `size` bytes, a multiple of 8."""
    for community in range(at, at + size, 8):
        kind = line.u16(community)
        line.need(community, 8)
        line.write(
            f"\n\t    {named(_NAMES, kind, 'unknown extd community typecode')} (0x{kind:04x}),"
            f" Flags [{bits(_FLAGS, kind, 'none')}]: {_extended_text(line, kind, community + 2)}"
        )


def _extended_text(line: Line, kind: int, at: int) -> str:
    value = line.bytes(at, 6)
    if kind in (_TARGET_AS_2, _ORIGIN_AS_2, _VPN_AS_2):
        return f"{line.u16(at)}:{line.u32(at + 2)} (= {line.ipv4(at + 2)})"
    if kind in (_TARGET_ADDRESS, _ORIGIN_ADDRESS, _VPN_ADDRESS, _IMPORT):
        return f"{line.ipv4(at)}:{line.u16(at + 4)}"
    if kind in (_TARGET_AS_4, _ORIGIN_AS_4):
        return f"{system_text(line, line.u32(at))}:{line.u16(at + 4)}"
    if kind == _BANDWIDTH:
        return f"bandwidth: {_megabits(value[2:])} Mbps"
    if _NAMES.get(kind) in ("ospf-domain", "ospf-router-id"):
        return line.ipv4(at)
    if kind in (_OSPF_ROUTE, _OSPF_ROUTE_CISCO):
        route = value[4]
        metrics = ("E2" if value[5] & 1 else "") + ("E1" if route in (_EXTERNAL, _NSSA_EXTERNAL) else "")
        return (
            f"area:{line.ipv4(at)}, router-type:{named(_OSPF_ROUTES, route, 'unknown (0x%02x)')}, metric-type:{metrics}"
        )
    if kind == _LAYER_2:
        encapsulation = named(_LAYER_2_ENCAPSULATIONS, value[0], "unknown encaps")
        return f"{encapsulation} Control Flags [0x{value[1]:02x}]:MTU {line.u16(at + 2)}"
    if kind == _SOURCE_AS:
        return f"AS {line.u16(at)}"
    if kind == _ENCAPSULATION:
        return f"Tunnel type: {named(_TUNNELS, line.u16(at + 4), 'unknown encaps')}"
    return value.hex()


def _megabits(single: bytes) -> str:
    """Bytes a second, in IEEE 754's single precision, as C reckons and writes them in megabits."""
    (bytes_per_second,) = unpack(">f", single)
    if isnan(bytes_per_second):
        return "-nan" if single[0] & 0x80 else "nan"
    bits_per_second = bytes_per_second * 8
    if abs(bits_per_second) > _LARGEST_SINGLE:
        return "-inf" if bits_per_second < 0 else "inf"
    (megabits,) = unpack(">f", pack(">f", bits_per_second / 1_000_000))
    return f"{megabits:.3f}"


(_LARGEST_SINGLE,) = unpack(">f", b"\x7f\x7f\xff\xff")
