"""Field values as a person reads them: addresses as text, numbers beside their names, flags by name.

A value that this module does not know is shown as its dissector shows it. Guarantees: any value gives text, never an
exception; long ones are cut, with a mark. Names of ports come from the bundled table, not from this machine. RFC 791,
RFC 9293, RFC 1035.

>>> tcp_flags(0x12), tcp_flags(0), port_value(443, "TCP")
('SYN+ACK', '-', '443 https')
>>> data_value(b"GET / HTTP/1.1"), data_value(bytes(3))
('"GET / HTTP/1.1"', '00 00 00')
"""

from collections.abc import Callable
from typing import Any

from lesson_engine.messages import Message, Text
from lesson_engine.tcpdump.printers.ports import tcp_ports, udp_ports

LONGEST = 60
"""Characters of a value that are shown."""
_LONGEST_LINE = 160
_LINE_ENDS = b"\n"

_ETHER_TYPES = {
    0x0800: "IPv4", 0x0806: "ARP", 0x86DD: "IPv6", 0x8100: "VLAN (802.1Q)", 0x88A8: "VLAN (802.1ad)", 0x8863: "PPPoE",
    0x8864: "PPPoE", 0x8847: "MPLS", 0x88CC: "LLDP", 0x888E: "EAPOL", 0x8035: "RARP",
}  # fmt: skip
_PROTOCOLS = {
    0: "Hop-by-Hop", 1: "ICMP", 2: "IGMP", 4: "IPv4", 6: "TCP", 17: "UDP", 41: "IPv6", 43: "Routing", 44: "Fragment",
    47: "GRE", 50: "ESP", 51: "AH", 58: "ICMPv6", 59: "No Next Header", 60: "Destination Options", 88: "EIGRP",
    89: "OSPF", 103: "PIM", 112: "VRRP", 132: "SCTP",
}  # fmt: skip
# In the order in which a handshake and a close are spoken of; bits of the 9 that RFC 9293 and RFC 3540 name.
_TCP_FLAGS = (
    (2, "SYN"), (1, "FIN"), (4, "RST"), (8, "PSH"), (16, "ACK"), (32, "URG"), (64, "ECE"), (128, "CWR"), (256, "AE"),
)  # fmt: skip
_OPTIONS = {
    "EOL": "End of options", "MSS": "Maximum segment size", "WScale": "Window scale", "SAckOK": "SACK permitted",
    "SAck": "SACK", "Timestamp": "Timestamps",
}  # fmt: skip
"""TCP options as RFC 9293, RFC 7323 and RFC 2018 call them, by the dissector's names."""


def tcp_flags(bits: int) -> str:
    """The flags that are set, joined by +; "-" for none."""
    return "+".join(name for bit, name in _TCP_FLAGS if bits & bit) or "-"


def port_value(port: int, protocol: str) -> str:
    """A port with its service's name; `protocol` is TCP or UDP."""
    name = (tcp_ports() if protocol == "TCP" else udp_ports()).get(port, "")
    return f"{port} {name}".rstrip()


def data_value(data: bytes) -> str:
    """Bytes in quotes where they are text, else in hexadecimal; cut after `LONGEST` characters."""
    text = _text(data)
    if text is not None:
        return f'"{_cut(text, LONGEST)}"'
    return _cut(bytes(data[:LONGEST]).hex(" "), LONGEST)


def text_lines(data: bytes) -> list[tuple[str, int, int]]:
    """The lines of a text payload with their offsets, line ends included; none where the bytes are no text of lines."""
    lines: list[tuple[str, int, int]] = []
    begin = 0
    while begin < len(data):
        end = data.find(_LINE_ENDS, begin) + 1
        if not end and not lines:
            return []
        end = end or len(data)
        text = _text(bytes(data[begin:end]).rstrip(b"\r\n"))
        if text is None:
            # What follows the last line of text is a body of its own kind.
            return [*lines, (data_value(data[begin:]), begin, len(data))] if lines else []
        lines.append((_cut(text, _LONGEST_LINE), begin, end))
        begin = end
    return lines


def option_value(layer: str, read: Any, piece: bytes) -> tuple[str, Text | str]:
    """The name and the value of an option of `layer`, of which `read` is what the dissector made."""
    first = read[0] if read else piece
    if not isinstance(first, tuple):
        return (first if isinstance(first, str) else str(piece[0])), ""
    name, *values = first
    values = [each for each in values if each not in (None, b"")]
    label = (_OPTIONS.get(name) if layer == "TCP" else None) or str(name).replace("_", " ")
    if name == "Timestamp" and values and isinstance(values[0], tuple) and len(values[0]) == 2:
        return label, "TSval {}, TSecr {}".format(*values[0])
    if name == "WScale" and values and isinstance(values[0], int):
        return label, Message("views.value.scale", shift=values[0], factor=1 << min(values[0], 14))
    return label, ", ".join(map(_option_part, values))


def _option_part(value: Any) -> str:
    if isinstance(value, tuple | list):
        return " ".join(map(_option_part, value))
    return data_value(value) if isinstance(value, bytes) else _cut(str(value), LONGEST)


def field_value(kind: str, field: Any, packet: Any, value: Any, piece: bytes) -> Text | str:
    """The value of a field: `kind` names it ("TCP.dport"), `field` and `packet` are the dissector's own, `piece` is its
    bytes."""
    try:
        known = _VALUES.get(kind)
        if known is not None:
            return known(value)
        layer, _, name = kind.partition(".")
        if name in _BY_NAME:
            return _BY_NAME[name](value)
        if layer.startswith("CookedLinux") and name == "src":
            return _link_address(piece, packet.lladdrlen)
        return _plain(field, packet, value, piece)
    except Exception:
        # Values that a dissector reads and then cannot show: what they were read from is never wrong.
        return data_value(piece)


def _plain(field: Any, packet: Any, value: Any, piece: bytes) -> str:
    """A value of a field that is not special: as the dissector shows it, without Python's quotes."""
    if isinstance(value, bytes):
        return data_value(value)
    shown = str(value) if isinstance(value, str) else str(field.i2repr(packet, value))
    if hasattr(field, "i2s") and isinstance(value, int) and not shown[:1].isdigit():
        shown = f"{value} {shown}"
    elif isinstance(value, list):
        shown = ", ".join(data_value(each) if isinstance(each, bytes) else str(each) for each in value)
    return _cut(shown, LONGEST) or "-"


def _text(data: bytes) -> str | None:
    """The bytes as text if that is what they are."""
    try:
        text = bytes(data).decode()
    except UnicodeDecodeError:
        return None
    return text if all(character.isprintable() or character in "\r\n\t" for character in text) and text else (
        None if data else ""
    )  # fmt: skip


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _link_address(piece: bytes, length: int) -> str:
    return piece[:length].hex(":") if 0 < length <= len(piece) else piece.hex(":")


def _named(names: dict[int, str], template: str = "{}") -> Callable[[Any], str]:
    return lambda value: f"{template.format(int(value))} {names.get(int(value), '')}".rstrip()


def _hexadecimal(digits: int) -> Callable[[Any], str]:
    return lambda value: f"0x{int(value):0{digits}x}"


def _words(value: Any) -> Message:
    return Message("views.value.words", words=int(value), bytes=int(value) * 4)


def _fragment_offset(value: Any) -> Message | str:
    return Message("views.value.eights", units=int(value), bytes=int(value) * 8) if value else "0"


def _ip_flags(value: Any) -> str:
    bits = int(value)
    return "+".join(name for bit, name in ((4, "evil"), (2, "DF"), (1, "MF")) if bits & bit) or "-"


def _name(value: Any) -> str:
    return _cut(value.decode("utf-8", "backslashreplace"), LONGEST * 2) if isinstance(value, bytes) else str(value)


def _switch(value: Any) -> Message:
    return Message("views.value.set" if value else "views.value.clear", bit=int(value))


def _or_address(value: Any) -> str:
    return value if isinstance(value, str) else data_value(value)


_ether_type = _named(_ETHER_TYPES, "0x{:04x}")
_protocol = _named(_PROTOCOLS)
_VALUES: dict[str, Callable[[Any], Text | str]] = {
    "Ether.type": _ether_type,
    "Dot1Q.type": _ether_type,
    "Dot1AD.type": _ether_type,
    "SNAP.code": _ether_type,
    "CookedLinux.proto": _ether_type,
    "CookedLinuxV2.proto": _ether_type,
    "ARP.ptype": _ether_type,
    "ARP.op": _named({1: "who-has", 2: "is-at"}),
    "IP.ihl": _words,
    "IP.tos": _hexadecimal(2),
    "IP.id": lambda value: f"{value} (0x{value:04x})",
    "IP.flags": _ip_flags,
    "IP.frag": _fragment_offset,
    "IP.proto": _protocol,
    "IPv6.tc": _hexadecimal(2),
    "IPv6.fl": _hexadecimal(5),
    "IPv6.nh": _protocol,
    "TCP.sport": lambda value: port_value(value, "TCP"),
    "TCP.dport": lambda value: port_value(value, "TCP"),
    "TCP.dataofs": _words,
    "TCP.flags": lambda value: tcp_flags(int(value)),
    "UDP.sport": lambda value: port_value(value, "UDP"),
    "UDP.dport": lambda value: port_value(value, "UDP"),
    "DNS.id": lambda value: f"{value} (0x{value:04x})",
    "DNS.qr": lambda value: Message("views.value.answer" if value else "views.value.question", bit=int(value)),
    "DNS.rcode": _named({0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED"}),
    **{f"DNS.{bit}": _switch for bit in ("aa", "tc", "rd", "ra", "ad", "cd")},
}
_BY_NAME: dict[str, Callable[[Any], Text | str]] = {
    "chksum": _hexadecimal(4),
    "cksum": _hexadecimal(4),
    "qname": _name,
    "rrname": _name,
    "hwsrc": _or_address,
    "hwdst": _or_address,
}
