"""What organizations add to LLDP: VLANs (IEEE 802.1, organization 00-80-C2) and the Ethernet port (IEEE 802.3,
organization 00-12-0F). Each value begins with the organization and a subtype.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("00120f0405dc"))
>>> print_ethernet_physics(line, 0, 6)
True
>>> line.text()
'\\n\\t  Max frame size Subtype (4)\\n\\t    MTU size 1500'
"""

# ruff: noqa: SIM905
# Names read better as one string than as forty lines.

from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.lldp import print_text

_BRIDGING_NAMES = {
    1: "Port VLAN Id",
    2: "Port and Protocol VLAN ID",
    3: "VLAN name",
    4: "Protocol Identity",
    7: "Link aggregation",
}
_PORT_FLAGS = {0x02: "supported", 0x04: "enabled"}
_FLAGS = {0x01: "supported", 0x02: "enabled"}
_PHYSICS_NAMES = {
    1: "MAC/PHY configuration/status",
    2: "Power via MDI",
    3: "Link aggregation",
    4: "Max frame size",
}
_NEGOTIATED_NAMES = {
    0x4000 >> bit: name
    for bit, name in enumerate(
        (
            "10BASE-T hdx",
            "10BASE-T fdx",
            "100BASE-T4",
            "100BASE-TX hdx",
            "100BASE-TX fdx",
            "100BASE-T2 hdx",
            "100BASE-T2 fdx",
            "Pause for fdx links",
            "Asym PAUSE for fdx",
            "Sym PAUSE for fdx",
            "Asym and Sym PAUSE for fdx",
            "1000BASE-{X LX SX CX} hdx",
            "1000BASE-{X LX SX CX} fdx",
            "1000BASE-T hdx",
            "1000BASE-T fdx",
        )
    )
}
_ATTACHMENT_NAMES = dict(
    enumerate(
        "Unknown,AUI,10BASE_5,FOIRL,10BASE2,10BASET duplex mode unknown,10BASEFP,10BASEFB,"
        "10BASEFL duplex mode unknown,10BROAD36,10BASET hdx,10BASET fdx,10BASEFL hdx,10BASEFL fdx,100BASET4,"
        "100BASETX hdx,100BASETX fdx,100BASEFX hdx,100BASEFX fdx,100BASET2 hdx,100BASET2 fdx,1000BASEX hdx,"
        "1000BASEX fdx,1000BASELX hdx,1000BASELX fdx,1000BASESX hdx,1000BASESX fdx,1000BASECX hdx,"
        "1000BASECX fdx,1000BASET hdx,1000BASET fdx,10GBASEX,10GBASELX4,10GBASER,10GBASEER,10GBASELR,"
        "10GBASESR,10GBASEW,10GBASEEW,10GBASELW,10GBASESW".split(",")
    )
)
_POWER_FLAGS = {0x01: "PSE", 0x02: "supported", 0x04: "enabled", 0x08: "can be controlled"}
_POWER_PAIRS = {1: "signal", 2: "spare"}
_POWER_CLASSES = {number + 1: f"class{number}" for number in range(5)}


def print_bridging(line: Line, at: int, size: int) -> bool:
    """A value of IEEE 802.1; False if its subtype is not known."""
    subtype = line.u8(at + 3)
    line.write(f"\n\t  {named(_BRIDGING_NAMES, subtype, 'unknown')} Subtype ({subtype})")
    value = at + 4
    if subtype == 1:
        if size >= 6:
            line.write(f"\n\t    port vlan id (PVID): {line.u16(value)}")
    elif subtype == 2:
        if size >= 7:
            flags = line.u8(value)
            line.write(
                f"\n\t    port and protocol vlan id (PPVID): {line.u16(value + 1)},"
                f" flags [{bits(_PORT_FLAGS, flags, 'none')}] (0x{flags:02x})"
            )
    elif subtype == 3:
        if size >= 6:
            line.write(f"\n\t    vlan id (VID): {line.u16(value)}")
            _print_counted(line, "vlan name", value + 2, size - 6)
    elif subtype == 4:
        _print_counted(line, "protocol identity", value, size - 4)
    elif subtype == 7:
        _print_aggregation(line, value, size)
    else:
        return False
    return True


def print_ethernet_physics(line: Line, at: int, size: int) -> bool:
    """A value of IEEE 802.3; False if its subtype is not known."""
    subtype = line.u8(at + 3)
    line.write(f"\n\t  {named(_PHYSICS_NAMES, subtype, 'unknown')} Subtype ({subtype})")
    value = at + 4
    if subtype == 1:
        if size >= 9:
            flags, negotiated, attachment = line.u8(value), line.u16(value + 1), line.u16(value + 3)
            line.write(f"\n\t    autonegotiation [{bits(_FLAGS, flags, 'none')}] (0x{flags:02x})")
            names = bits(_NEGOTIATED_NAMES, negotiated, "unknown")
            line.write(f"\n\t    PMD autoneg capability [{names}] (0x{negotiated:04x})")
            line.write(f"\n\t    MAU type {named(_ATTACHMENT_NAMES, attachment, 'unknown')} (0x{attachment:04x})")
    elif subtype == 2:
        if size >= 7:
            flags, pair, power_class = line.bytes(value, 3)
            line.write(
                f"\n\t    MDI power support [{bits(_POWER_FLAGS, flags, 'none')}],"
                f" power pair {named(_POWER_PAIRS, pair, 'unknown')},"
                f" power class {named(_POWER_CLASSES, power_class, 'unknown')}"
            )
    elif subtype == 3:
        _print_aggregation(line, value, size)
    elif subtype == 4:
        if size >= 6:
            line.write(f"\n\t    MTU size {line.u16(value)}")
    else:
        return False
    return True


def _print_aggregation(line: Line, value: int, size: int) -> None:
    if size >= 9:
        flags = bits(_FLAGS, line.u8(value), "none")
        line.write(f"\n\t    aggregation status [{flags}], aggregation port ID {line.u32(value + 1)}")


def _print_counted(line: Line, title: str, at: int, available: int) -> None:
    """A text after its length, where the value has room for it."""
    if available > 0 and line.u8(at) < available:
        line.write(f"\n\t    {title}: ")
        print_text(line, at + 1, line.u8(at))
