"""Names of what GMPLS says of links (RFC 3471, RFC 4202), and bandwidths as routing protocols carry them.

>>> bandwidth(bytes.fromhex("49742400"))
'8.000 Mbps'
"""

import math
import struct

SWITCHING_CAPABILITIES = {
    1: "Packet-Switch Capable-1",
    2: "Packet-Switch Capable-2",
    3: "Packet-Switch Capable-3",
    4: "Packet-Switch Capable-4",
    51: "Layer-2 Switch Capable",
    100: "Time-Division-Multiplex",
    150: "Lambda-Switch Capable",
    200: "Fiber-Switch Capable",
}
ENCODINGS = {
    1: "Packet",
    2: "Ethernet V2/DIX",
    3: "ANSI/ETSI PDH",
    4: "Reserved",
    5: "SDH ITU-T G.707/SONET ANSI T1.105",
    6: "Reserved",
    7: "Digital Wrapper",
    8: "Lambda (photonic)",
    9: "Fiber",
    10: "Reserved",
    11: "FiberChannel",
}
PROTECTIONS = {
    0x01: "Extra Traffic",
    0x02: "Unprotected",
    0x04: "Shared",
    0x08: "Dedicated 1:1",
    0x10: "Dedicated 1+1",
    0x20: "Enhanced",
    0x40: "Reserved",
    0x80: "Reserved",
}
PRIORITIES = 8
"""How many bandwidths a link gives, one for each priority or class of traffic."""


def bandwidth(data: bytes) -> str:
    """Four bytes, a single-precision number of bytes a second, in megabits a second.

    >>> bandwidth(bytes(4)), bandwidth(bytes.fromhex("7f7fffff")), bandwidth(bytes.fromhex("ffffffff"))
    ('0.000 Mbps', 'inf Mbps', '-nan Mbps')
    """
    (value,) = struct.unpack(">f", data)
    if math.isnan(value):
        return "-nan Mbps" if data[0] & 0x80 else "nan Mbps"
    # Every step keeps single precision, and so the multiplication may overflow.
    return f"{_single(_single(value * 8) / 1_000_000):.3f} Mbps"


def _single(value: float) -> float:
    try:
        (rounded,) = struct.unpack(">f", struct.pack(">f", value))
    except OverflowError:
        return math.copysign(math.inf, value)
    return float(rounded)
