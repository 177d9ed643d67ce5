"""Addresses and ports as tcpdump writes them: numbers under -n, names from bundled tables without.

No resolver is ever asked and no file is read, so the output is the same everywhere. The one host name is
`localhost` for 127.0.0.1, which every machine's hosts(5) gives; Ethernet addresses carry the maker's name
tcpdump knows. IPv6 text is that of RFC 4291 section 2.2, with the longest run of zero groups cut.

>>> names = Names(numeric=False)
>>> names.ipv4(bytes([127, 0, 0, 1])), names.tcp_port(80), names.mac(bytes.fromhex("00000c010203"))
('localhost', 'http', '00:00:0c:01:02:03 (oui Cisco)')
>>> Names(numeric=True).ipv6(bytes(15) + bytes([1]))
'::1'
"""

from lesson_engine.tcpdump.printers.ports import tcp_ports, udp_ports

_MOST_KEPT = 1 << 16
"""Addresses remembered as text; a capture of a scan must not fill the memory."""

OUI_NAMES = {
    0x000000: "Ethernet",
    0x00000C: "Cisco",
    0x00005E: "IANA",
    0x000081: "Nortel Networks SONMP",
    0x0000F8: "Cisco bridged",
    0x00049F: "Freescale",
    0x0004EA: "HP-Labs",
    0x00120F: "IEEE 802.3 Private",
    0x0012BB: "ANSI/TIA",
    0x0015AD: "Netronome",
    0x001018: "Broadcom",
    0x001B21: "DCBX",
    0x002320: "Nicira Networks",
    0x002481: "HP",
    0x0080C2: "Ethernet bridged",
    0x009069: "Juniper",
    0x00A03E: "ATM Forum",
    0x00E004: "PMC-Sierra",
    0x00E02F: "DOCSIS Spanning Tree",
    0x080007: "Appletalk",
    0x080009: "Hewlett-Packard",
    0x5C16C7: "Big Switch Networks",
    0x748771: "Infoblox Inc",
    0xA42305: "Open Networking Lab",
    0xB0D2F5: "Vello Systems",
    0xD0F0DB: "Ericsson",
}
"""The organizations tcpdump 4.99.3 knows, by the first three bytes of an Ethernet address."""


class Names:
    """Text for addresses and ports; `numeric` is -n. No name has a domain, so -N changes nothing."""

    __slots__ = ("_ipv4", "_ipv6", "_mac", "_tcp", "_udp", "numeric")

    def __init__(self, *, numeric: bool) -> None:
        self.numeric = numeric
        self._ipv4: dict[bytes, str] = {}
        self._ipv6: dict[bytes, str] = {}
        self._mac: dict[bytes, str] = {}
        self._tcp: dict[int, str] = {} if numeric else tcp_ports()
        self._udp: dict[int, str] = {} if numeric else udp_ports()

    def ipv4(self, address: bytes) -> str:
        """Four bytes as a dotted quad, or localhost."""
        text = self._ipv4.get(address)
        if text is None:
            text = ipv4_text(address)
            if not self.numeric and text == "127.0.0.1":
                text = "localhost"
            _keep(self._ipv4, address, text)
        return text

    def ipv6(self, address: bytes) -> str:
        """Sixteen bytes as groups of hexadecimal digits."""
        text = self._ipv6.get(address)
        if text is None:
            text = ipv6_text(address)
            _keep(self._ipv6, address, text)
        return text

    def mac(self, address: bytes) -> str:
        """Six bytes as pairs of hexadecimal digits, with the maker's name unless numeric."""
        text = self._mac.get(address)
        if text is None:
            text = address.hex(":")
            if not self.numeric:
                if text == "ff:ff:ff:ff:ff:ff":
                    text = "Broadcast"
                else:
                    text = f"{text} (oui {OUI_NAMES.get(int.from_bytes(address[:3], 'big'), 'Unknown')})"
            _keep(self._mac, address, text)
        return text

    def link_address(self, address: bytes) -> str:
        """A link address of any length, as ARP carries it."""
        if not address:
            return "<empty>"
        return self.mac(address) if len(address) == 6 else address.hex(":")

    def tcp_port(self, port: int) -> str:
        """A TCP port's service name, or its number."""
        return self._tcp.get(port) or str(port)

    def udp_port(self, port: int) -> str:
        """A UDP port's service name, or its number."""
        return self._udp.get(port) or str(port)


def _keep(texts: dict[bytes, str], address: bytes, text: str) -> None:
    if len(texts) >= _MOST_KEPT:
        texts.clear()
    texts[address] = text


def ipv4_text(address: bytes) -> str:
    """Four bytes as a dotted quad.

    >>> ipv4_text(bytes([10, 0, 0, 1]))
    '10.0.0.1'
    """
    return f"{address[0]}.{address[1]}.{address[2]}.{address[3]}"


def ipv6_text(address: bytes) -> str:
    """Sixteen bytes as text; the last four as a dotted quad where the rest says it is an IPv4 address.

    >>> ipv6_text(bytes.fromhex("20010db8000000000001000000000001"))
    '2001:db8::1:0:0:1'
    >>> ipv6_text(bytes(10) + b"\\xff\\xff" + bytes([10, 0, 0, 1]))
    '::ffff:10.0.0.1'
    """
    groups = [address[at] << 8 | address[at + 1] for at in range(0, 16, 2)]
    longest = start = run = 0
    for index, group in enumerate(groups):
        run = 0 if group else run + 1
        if run > longest:
            longest, start = run, index - run + 1
    if longest < 2:
        return ":".join([f"{group:x}" for group in groups])
    if start == 0 and (longest == 6 or (longest == 5 and groups[5] == 0xFFFF)):
        quad = ipv4_text(address[12:])
        return f"::ffff:{quad}" if longest == 5 else f"::{quad}"
    head = ":".join([f"{group:x}" for group in groups[:start]])
    tail = ":".join([f"{group:x}" for group in groups[start + longest :]])
    return f"{head}::{tail}"
