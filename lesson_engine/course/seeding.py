"""Seeds: each learner's own variant of the course's network, in captures and in texts alike.

A `Rewriting` maps addresses by the seed and themselves alone, so that a host is the same host in every capture and
in every sentence. Hosts of one /24 stay in one /24; private networks stay private; each number of an IPv4 address
keeps its count of digits; what has a meaning of its own (loopback, link-local, broadcast, multicast, netmasks, 0)
stays. Well-known ports stay, ephemeral ones change. A seed comes from a number, or from a learner's name.

Prefixes of 8, 16, 24 and 32 bits keep their meaning in a text; others would not.

>>> rewriting = Rewriting(7)
>>> rewriting.text("host 192.168.1.100 and net 192.168.1.0/24 and port 80, but tcpdump 4.99.3")
'host 192.168.7.154 and net 192.168.7.0/24 and port 80, but tcpdump 4.99.3'
>>> seed_of_name("Tanaka") == seed_of_name(" ＴＡＮＡＫＡ")
True
"""

import re
from collections.abc import Mapping
from math import gcd
from typing import Any, TypeVar

from lesson_engine.course.exercise import Exercise
from lesson_engine.course.rewriting import Flow, Substitution, rewrite
from lesson_engine.packets import Capture

LARGEST_SEED = (1 << 63) - 1

_DAY_NS = 86_400 * 1_000_000_000
_WORD, _LONG = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF

# What Linux takes for connections (net.ipv4.ip_local_port_range), and what others take beyond it (RFC 6335).
_EPHEMERAL = (range(32768, 61000), range(61000, 65536))
# Resolvers that readers know by heart: they would not be themselves under another address.
_KNOWN_BY_HEART = {bytes([1, 1, 1]), bytes([1, 0, 0]), bytes([8, 8, 8]), bytes([8, 8, 4]), bytes([9, 9, 9])}
# Networks that hold special blocks (RFC 6890): their second number stays. Those above stay in their own network.
_SPECIAL_WITHIN = {100, 169, 172, 192, 198, 203}

# Kept as text: re compiles each when it is first needed, and that takes longer than most of them take to search.
_MAC_TEXT = r"(?<![0-9A-Fa-f:])[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f:])"
_IPV6_TEXT = r"(?<![0-9A-Za-z:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z:])"
_IPV4_TEXT = (
    r"(?<![0-9A-Za-z_.])([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})(?:\.([0-9]{1,5}))?(?![0-9A-Za-z_])(?!\.[0-9])"
)
_PART_TEXT = (
    r"(?<![0-9A-Za-z_.])((?:net|host|src|dst|network|ネットワーク)\s+)?"
    r"([0-9]{1,3}\.[0-9]{1,3}(?:\.[0-9]{1,3})?)(?![0-9A-Za-z_])(?!\.[0-9])"
)
_PORT_TEXT = (
    r"((?<![A-Za-z])port\s*=?\s*|ポート(?:番号)?\s*=?\s*)([0-9]{5})(?![0-9-])|(?<![0-9.-])([0-9]{5})(?=\s*番ポート)"
)
_ADDRESS_LOAD = r"(?<![0-9A-Za-z])(ip\[1[26]:4\][^\n]{0,24}?[!=]=?\s*)0x([0-9A-Fa-f]{8})(?![0-9A-Fa-f])"

Mapped = TypeVar("Mapped")


def seed_of_name(name: str) -> int:
    """The seed that belongs to a learner's name; case, width and spaces around it make no difference."""
    from unicodedata import normalize
    from zlib import crc32

    folded = " ".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())
    return crc32(folded.encode("utf-8", "surrogatepass"))


class Rewriting(Substitution):
    """The variant that belongs to `seed`."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._addresses: dict[bytes, bytes] = {}
        self._shifts: dict[tuple[int, Flow], int] = {}
        self._port_shifts = [draw(seed, b"port", span.start) % (len(span) // 2) * 2 for span in _EPHEMERAL]

    def capture(self, capture: Capture) -> Capture:
        """The learner's variant of a capture."""
        return rewrite(capture, self)

    def exercise(self, exercise: Exercise) -> Exercise:
        """The exercise with all its texts, answers and filters speaking of the learner's variant."""
        mapped: Exercise = self._mapped(exercise)
        # The lab is the same for everyone.
        return mapped._replace(seed=self.seed, live=exercise.live)

    def text(self, text: str) -> str:
        """A text or an expression that speaks of the learner's variant; lines and everything else stay."""
        if not any(character.isdigit() for character in text) and ":" not in text:
            return text
        networks = {found[1].rpartition(".")[0] for found in re.finditer(_IPV4_TEXT, text)}
        if ":" in text:
            text = re.sub(_MAC_TEXT, self._mac_text, text)
            text = re.sub(_IPV6_TEXT, self._ipv6_text, text)
        # Partial addresses first, while whole ones still show which networks the text speaks of.
        text = re.sub(_PART_TEXT, lambda found: self._part_text(found, networks), text)
        if networks:
            text = re.sub(_IPV4_TEXT, self._ipv4_text, text)
        if "port" in text or "ポート" in text:
            text = re.sub(_PORT_TEXT, self._port_text, text)
        if "ip[1" in text:
            text = re.sub(_ADDRESS_LOAD, self._load_text, text)
        return text

    def address(self, address: bytes) -> bytes:
        """The host in place of this one; addresses of 4 or 16 bytes."""
        known = self._addresses.get(address)
        if known is None:
            known = self._addresses[address] = self._ipv4(address) if len(address) == 4 else self._ipv6(address)
        return known

    def hardware_address(self, address: bytes) -> bytes:
        """The course's network cards carry their IPv4 address behind 02:00; others stay."""
        return address[:2] + self.address(address[2:]) if address[:2] == b"\x02\x00" else address

    def port(self, port: int) -> int:
        """The port in place of an ephemeral one; others stay."""
        for span, shift in zip(_EPHEMERAL, self._port_shifts, strict=True):
            if port in span:
                return span.start + (port - span.start + shift) % len(span)
        return port

    def ports(self, flow: Flow) -> tuple[int, int]:
        """Both ports of a flow."""
        return self.port(flow.source_port), self.port(flow.destination_port)

    def sequence_shift(self, flow: Flow) -> int:
        """A number of its own for each direction of each connection."""
        return self._shift(1, flow)

    def clock_shift(self, flow: Flow) -> int:
        """A number for each pair of hosts and direction, as Linux's clocks for timestamps have."""
        return self._shift(2, flow._replace(source_port=0, destination_port=0))

    def time_shift(self, first_ns: int) -> int:
        """Up to half a year earlier, in whole microseconds, since savefiles may hold no less."""
        back = draw(self.seed, b"time") % (180 * _DAY_NS) // 1000 * 1000
        return -back if first_ns >= back else 0

    def _shift(self, kind: int, flow: Flow) -> int:
        key = kind, flow
        known = self._shifts.get(key)
        if known is None:
            known = self._shifts[key] = (
                draw(self.seed, kind, flow.source, flow.source_port, flow.destination, flow.destination_port) & _WORD
            )
        return known

    def _ipv4(self, address: bytes) -> bytes:
        first = address[0]
        if first in (0, 127) or first >= 224 or address[:2] == b"\xa9\xfe" or address[:3] in _KNOWN_BY_HEART:
            return address
        kept = 1
        if first in _SPECIAL_WITHIN:
            kept = 3 if address[:3] in (b"\xc0\x00\x02", b"\xc6\x33\x64", b"\xcb\x00\x71") else 2
        elif first in (1, 8, 9):
            kept = 3
        mapped = bytearray(address[:kept])
        for place in range(kept, 4):
            mapped.append(self._octet(address[place], address[:place]))
        return bytes(mapped)

    def _octet(self, octet: int, prefix: bytes) -> int:
        """Another number with as many digits; below one prefix no two become the same."""
        if octet in (0, 255):
            return octet
        low, high = (1, 9) if octet < 10 else (10, 99) if octet < 100 else (100, 254)
        return self._permuted(octet, low, high, prefix)

    def _permuted(self, value: int, low: int, high: int, key: bytes) -> int:
        count = high - low + 1
        chosen = draw(self.seed, key, low)
        factor = 1 + chosen % (count - 1)
        while gcd(factor, count) != 1:
            factor += 1
        return low + ((value - low) * factor + (chosen >> 32)) % count

    def _ipv6(self, address: bytes) -> bytes:
        """The subnet and, where it was given out by hand (::50), the host; such hosts stay themselves in
        solicited-node addresses (RFC 4291), and hosts named by their network card stay with it."""
        if address[:10] == bytes(10) and address[10:12] == b"\xff\xff":
            return address[:12] + self.address(address[12:])
        if address[:13] == bytes.fromhex("ff0200000000000000000001ff"):
            return address[:14] + self._group(address[14:]) if address[13] == 0 else address
        if address[0] == 0xFF or address[:2] == b"\xfe\x80" or address[:15] == bytes(15):
            return address
        subnet = b"".join(self._group(address[place : place + 2], address[:place]) for place in (4, 6))
        host = address[8:14] + self._group(address[14:]) if address[8:14] == bytes(6) else address[8:]
        return address[:4] + subnet + host

    def _group(self, group: bytes, prefix: bytes = b"") -> bytes:
        value = int.from_bytes(group)
        if value == 0:
            return group
        digits = (value.bit_length() + 3) // 4
        return self._permuted(value, 1 << 4 * (digits - 1), (1 << 4 * digits) - 1, b"6" + prefix).to_bytes(2)

    def _ipv4_text(self, found: re.Match[str]) -> str:
        written = self._dotted(found[1])
        if found[2] is None:
            return written
        return f"{written}.{self.port(int(found[2]))}" if int(found[2]) < 65536 else found[0]

    def _part_text(self, found: re.Match[str], networks: set[str]) -> str:
        keyword, part = found[1] or "", found[2]
        if not (keyword or part in networks or part.startswith("192.168.")):
            return found[0]
        missing = 3 - part.count(".")
        return keyword + self._dotted(part + ".0" * missing).removesuffix(".0" * missing)

    def _dotted(self, written: str) -> str:
        numbers = written.split(".")
        if any(int(number) > 255 or number != str(int(number)) for number in numbers):
            return written
        return ".".join(map(str, self.address(bytes(map(int, numbers)))))

    def _port_text(self, found: re.Match[str]) -> str:
        return f"{found[1] or ''}{self.port(int(found[2] or found[3]))}"

    def _load_text(self, found: re.Match[str]) -> str:
        return f"{found[1]}0x{self.address(bytes.fromhex(found[2])).hex()}"

    def _mac_text(self, found: re.Match[str]) -> str:
        address = bytes.fromhex(found[0].replace(":", ""))
        mapped = self.hardware_address(address)
        return mapped.hex(":") if mapped != address else found[0]

    def _ipv6_text(self, found: re.Match[str]) -> str:
        from ipaddress import AddressValueError, IPv6Address

        try:
            address = IPv6Address(found[0]).packed
        except AddressValueError:
            return found[0]
        mapped = self.address(address)
        return str(IPv6Address(mapped)) if mapped != address else found[0]

    def _mapped(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            parts = [self._mapped(part) for part in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        if isinstance(value, list):
            return [self._mapped(part) for part in value]
        if isinstance(value, Mapping):
            return {key: self._mapped(part) for key, part in value.items()}
        return value


def draw(seed: int, *parts: bytes | int) -> int:
    """A number of 64 bits that seed and parts determine; the mixing is that of SplitMix64 (Steele and others, 2014)."""
    state = seed & _LONG
    for part in parts:
        number = part if isinstance(part, int) else int.from_bytes(part) + (len(part) << 136)
        while True:
            state = (state ^ number & _LONG) + 0x9E3779B97F4A7C15 & _LONG
            state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & _LONG
            state = (state ^ state >> 27) * 0x94D049BB133111EB & _LONG
            state ^= state >> 31
            number >>= 64
            if not number:
                break
    return state
