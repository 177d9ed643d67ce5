"""Pairs of filters as learners write them, a right one and a mutant, and whole packets to judge them by.

One seed gives the same ones for ever. Constants come from small pools, so that packets meet them often.
"""

# ruff: noqa: SIM905  # lists of words are easier to read as words

import random
import re

from filter_packets import ethernet, ip, ip6, vlan

HOSTS = "192.168.1.50 192.168.1.100 10.0.0.1 10.0.0.129 93.184.216.34".split()
HOSTS6 = "2001:db8::1 2001:db8::2".split()
NETS = "192.168.1.0/24 192.168.1.0/25 192.168.0.0/16 10.0.0.0/8 10.0.0.128/25 10.0.0.1/32 2001:db8::/32".split()
PORTS = "22 53 80 81 443 3306".split()
RANGES = "80-81 1-1023 80-443 53-53".split()
PROTOCOLS = "tcp udp icmp arp ip ip6 icmp6 sctp rarp igmp".split()
FLAGS = "tcp-syn tcp-ack tcp-rst tcp-fin tcp-push (tcp-syn|tcp-ack) (tcp-rst|tcp-fin) 18 0x12 2".split()
BYTES = (
    "ip[9] = 6",
    "ip[8] < 10",
    "ip[0] & 0xf > 5",
    "ip[6:2] & 0x1fff = 0",
    "ip[6] & 0x40 != 0",
    "ip[2:2] > 60",
    "icmp[0] = 8",
    "icmp[icmptype] = icmp-echo or icmp[icmptype] = icmp-echoreply",
    "tcp[0:2] = 80",
    "tcp[2:2] > 1023",
    "udp[2:2] = 53",
    "tcp[12] & 0xf0 > 0x50",
    "tcp[20:4] = 0x47455420",
    "tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420",
    "ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0",
    "(tcp[13] & 2) + (tcp[13] & 16) = 18",
    "ip6[6] = 6",
    "ether[12:2] = 0x0800",
    "ether[12] = 8",
    "ip[12:4] = ip[16:4]",
    "tcp[0:2] = tcp[2:2]",
    "ip[20:2] = 80",
    "ip[12] = 192 and ip[13] = 168",
)
OTHERS = ("ip broadcast", "ip multicast", "less 60", "greater 100", "len > 60", "vlan", "vlan 100", "ether broadcast")


class Pairs:
    """A source of pairs of filters."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def pair(self) -> tuple[str, str]:
        """A filter and a mutant of it, perhaps written differently, perhaps not different at all."""
        a = self.filter()
        b = a
        while b == a or self.chance.random() < 0.2:
            b = self.mutant(b)
        return (a, b) if self.chance.random() < 0.5 else (b, a)

    def filter(self) -> str:
        """A filter of a few clauses."""
        text = self._clause()
        for _ in range(self.chance.choice((0, 1, 1, 2, 3))):
            text += f" {self._pick(('and', 'and', 'or'))} {self._clause()}"
            if self.chance.random() < 0.3:
                text = f"{self._pick(('', '', 'not '))}({text})"
        return text

    def _pick(self, choices: list[str] | tuple[str, ...]) -> str:
        return self.chance.choice(choices)

    def _clause(self) -> str:
        made = self._primitive()
        return f"not {made}" if self.chance.random() < 0.2 and " or " not in made else made

    def _primitive(self) -> str:
        direction = self._pick(("", "", "", "src ", "dst ", "src or dst ", "src and dst "))
        roll = self.chance.random()
        if roll < 0.25:
            return f"{direction}host {self._pick(HOSTS if self.chance.random() < 0.9 else HOSTS6)}"
        if roll < 0.35:
            return f"{direction}net {self._pick(NETS)}"
        if roll < 0.6:
            return f"{self._pick(('', '', 'tcp ', 'udp '))}{direction}port {self._pick(PORTS)}"
        if roll < 0.65:
            return f"{self._pick(('', 'tcp '))}{direction}portrange {self._pick(RANGES)}"
        if roll < 0.8:
            return self._pick(PROTOCOLS)
        if roll < 0.87:
            flags = self._pick(FLAGS)
            return self._pick(
                (
                    f"tcp[tcpflags] & {flags} != 0",
                    f"tcp[13] = {flags}",
                    f"tcp[tcpflags] & {flags} = {flags}",
                    f"tcp[13] & {flags} = 0",
                )
            )
        if roll < 0.95:
            return self._pick(BYTES)
        return self._pick(OTHERS)

    def mutant(self, text: str) -> str:
        """One change: a number, a connective, a direction, a clause, a parenthesis, a protocol ..."""
        changes = [
            lambda: re.sub(r"\d+(?=\b)", self._other_number, text, count=1),
            lambda: self._swap(text, (" and ", " or ")),
            lambda: self._swap(text, (" or ", " and ")),
            lambda: self._swap(text, ("src", "dst")),
            lambda: self._swap(text, ("dst ", "")),
            lambda: self._swap(text, ("src ", "")),
            lambda: self._swap(text, ("not ", "")),
            lambda: self._swap(text, ("port", "tcp port")),
            lambda: self._swap(text, ("host", "src host")),
            lambda: self._swap(text, ("tcp ", "udp ")),
            lambda: self._swap(text, ("tcp ", "")),
            lambda: self._swap(text, ("(", "")).replace(")", "", 1),
            lambda: f"not ({text})",
            lambda: f"{text} and {self._clause()}",
            lambda: f"{text} or {self._clause()}",
            lambda: f"{self._clause()} or {text}",
            lambda: " and ".join(reversed(text.split(" and "))),
            lambda: " or ".join(reversed(text.split(" or "))),
            lambda: " and ".join(text.split(" and ")[:-1]) or text,
            lambda: " or ".join(text.split(" or ")[:-1]) or text,
            lambda: self._swap(text, ("tcp[13]", "tcp[tcpflags]")),
            lambda: self._swap(text, ("!= 0", "= 0")),
            lambda: self._swap(text, (" > ", " >= ")),
            lambda: self._swap(text, ("/24", "/25")),
            lambda: self._swap(text, ("/25", "/24")),
        ]
        return self.chance.choice(changes)()

    def _swap(self, text: str, words: tuple[str, str]) -> str:
        old, new = words
        places = [found.start() for found in re.finditer(re.escape(old), text)]
        if not places:
            return text
        place = self.chance.choice(places)
        return text[:place] + new + text[place + len(old) :]

    def _other_number(self, found: re.Match[str]) -> str:
        return str(int(found[0]) + self.chance.choice((-1, 1, 1)))

    # Packets

    def packet(self) -> bytes:
        """A whole Ethernet frame whose fields often are what filters ask for."""
        chance = self.chance
        destination = self._pick(("020000000002", "020000000002", "ffffffffffff", "01005e000001"))
        roll = chance.random()
        if roll < 0.62:
            kind, data = 0x0800, self._ip()
        elif roll < 0.8:
            kind, data = 0x86DD, self._ip6()
        elif roll < 0.94:
            kind = chance.choice((0x0806, 0x0806, 0x8035))
            mac = bytes.fromhex("020000000001")
            data = b"\0\1\x08\0\6\4\0" + bytes((chance.choice((1, 2)),))
            data += mac + self._address() + mac + self._address()
        else:
            kind, data = chance.choice((0x88CC, 0x0026, 0x8137, 0x9000)), chance.randbytes(60)
        while chance.random() < 0.08:
            kind, data = 0x8100, vlan(chance.choice((100, 200)), kind, data)
        return ethernet(kind, data, destination)

    def _address(self) -> bytes:
        host = self._pick(HOSTS)
        address = bytes(map(int, host.split(".")))
        if self.chance.random() < 0.3:
            changed = bytearray(address)
            changed[self.chance.randrange(4)] ^= 1 << self.chance.randrange(8)
            address = bytes(changed)
        return address

    def _port(self) -> bytes:
        port = int(self._pick(PORTS)) + self.chance.choice((0, 0, 0, 0, 1, -1))
        return port.to_bytes(2, "big")

    def _payload(self, protocol: int) -> bytes:
        chance = self.chance
        more = chance.choice((b"", b"", b"GET / HTTP/1.0\r\n\r\n", chance.randbytes(chance.randrange(1, 80))))
        match protocol:
            case 6:
                words = chance.choice((5, 5, 5, 8, 15))
                flags = chance.choice((2, 18, 16, 24, 17, 4, 20, chance.randrange(256)))
                header = self._port() + self._port() + bytes(8) + bytes((words << 4, flags)) + bytes(6)
                return header + bytes(4 * words - 20) + more
            case 17:
                return self._port() + self._port() + (8 + len(more)).to_bytes(2, "big") + bytes(2) + more
            case 132:
                return self._port() + self._port() + bytes(8) + more
            case 1 | 58:
                return bytes((chance.choice((0, 3, 8, 128, 135)), chance.randrange(4))) + bytes(6) + more
        return bytes(8) + more

    def _ip(self) -> bytes:
        chance = self.chance
        protocol = chance.choice((6, 6, 6, 6, 17, 17, 1, 1, 132, 2, 47, 51))
        fragment = chance.choice((0,) * 8 + (0x4000, 0x4000, 0x2000, 0x2001, 100, 0x1FFF))
        options = bytes((1,)) * chance.choice((0,) * 6 + (4, 12, 40))
        frame = bytearray(ip(protocol, self._payload(protocol), fragment=fragment, options=options))
        frame[8] = chance.choice((64, 64, 9, 10, 1, 255))
        frame[12:20] = self._address() + self._address()
        return bytes(frame)

    def _ip6(self) -> bytes:
        chance = self.chance
        protocol = chance.choice((6, 6, 6, 17, 17, 58, 132, 0, 44, 59))
        payload = self._payload(protocol)
        if protocol in (0, 44, 59):
            payload = bytes((chance.choice((6, 17, 58)), 0)) + bytes(6) + self._payload(6)
        pool = "20010db8000000000000000000000001 20010db8000000000000000000000002 20010db9" + "0" * 24
        return ip6(protocol, payload, self._pick(pool.split()), self._pick(pool.split()))
