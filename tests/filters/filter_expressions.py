"""Random filter expressions, by the grammar, mostly valid; one seed gives the same ones for ever."""

# ruff: noqa: SIM905  # lists of words are easier to read as words

import random

PROTOCOLS = "ip ip6 arp rarp tcp udp sctp icmp icmp6 igmp pim ah esp vrrp carp igrp stp ipx netbeui iso".split()
RARE_PROTOCOLS = "atalk aarp decnet lat sca mopdl moprc clnp esis isis l1 l2 iih lsp snp csnp psnp ether link".split()
ADDRESSES = (
    "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 8.8.8.8 255.255.255.255 224.0.0.1 10.0.0 10.0 10 167772161 0.0.0.10".split()
)
ADDRESSES6 = "2001:db8::1 2001:db8::2 ::1 ff02::16 :: ::ffff:10.0.0.1 1:2:3:4:5:6:7:8".split()
NETS = "10.0.0.0/8 10.0/16 10.0.0.0/24 8.8.8.8/32 0.0.0.0/0 224.0.0.0/4 10.0 10 300 0 10.0 10.0.0.1/8".split()
NETS6 = "2001:db8::/32 ::/0 2001:db8::/127 2001:db8::1/128 ff00::/8 fe80::/129".split()
PORTS = "80 443 53 33000 67 0 65535 http domain https tftp ntp 0x50 ssh nosuch 70000".split()
RANGES = "80-90 90-80 53-80 0-65535 80 http-https domain-http tftp-ntp 443-443 33000-40000 80-90x".split()
NUMBERS = "0 1 2 4 6 8 14 17 20 40 58 80 255 256 0x0800 0xffff 0x1fff 0x80000000 0xffffffff 33".split()
NAMES = "tcpflags tcp-syn tcp-ack tcp-fin icmptype icmp-echo icmp6type icmp6-neighborsolicit".split()
MACS = "02:00:00:00:00:01 02:0:0:0:0:2 ff:ff:ff:ff:ff:ff 0200.0000.0001 020000000002 02-00-00-00-00-01".split()
ACCESSORS = "ip ip6 tcp udp icmp icmp6 ether arp sctp igmp link rarp ip tcp".split()


class Expressions:
    """A source of random expressions."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def one(self) -> str:
        """An expression; about one in fifty was spoilt."""
        text = self._expression(self._chance.choice((1, 1, 2, 2, 3)))
        if self._chance.random() < 0.04:
            # Where Geneve does not match, what follows it reads registers that libpcap never set.
            text = f"{self._pick(('geneve', 'geneve 11', 'geneve 5', 'vlan and geneve'))} and ({text})"
        if self._chance.random() < 0.02:
            words = text.split(" ")
            words[self._chance.randrange(len(words))] = self._pick(
                "foo ( ) and 10/8 1.2.3.4/8 [ = ! 089 @ host".split()
            )
            text = " ".join(words)
        return text

    def _pick(self, choices: list[str] | tuple[str, ...]) -> str:
        return self._chance.choice(choices)

    def _expression(self, depth: int) -> str:
        terms = [self._term(depth)]
        for _ in range(self._chance.choice((0, 0, 1, 1, 2, 3))):
            terms += [self._pick(("and", "or", "and", "or", "&&", "||")), self._term(depth, following=True)]
        return " ".join(terms)

    def _term(self, depth: int, *, following: bool = False) -> str:
        roll = self._chance.random()
        if roll < 0.12:
            return f"{self._pick(('not', '!'))} {self._term(depth, following=following)}"
        if roll < 0.27 and depth > 0:
            return f"({self._expression(depth - 1)})"
        if following and roll < 0.4:
            return self._pick((*PORTS[:6], *ADDRESSES, *ADDRESSES6[:3], "10.0.0.0/8", *MACS[:1]))
        return self._primitive(depth)

    def _primitive(self, depth: int) -> str:
        makers = (
            (self._pick, (PROTOCOLS,), 8),
            (self._address, (), 10),
            (self._ports, (), 8),
            (self._relation, (), 10),
            (self._proto, (), 4),
            (self._tunnel, (), 4),
            (self._list, (), 2),
            (self._other, (), 4),
            (self._pick, (RARE_PROTOCOLS,), 1),
        )
        make, arguments, _ = self._chance.choices(makers, [weight for *_, weight in makers])[0]
        return make(*arguments)

    def _direction(self) -> str:
        return self._pick(("", "", "", "src ", "dst ", "src or dst ", "src and dst ", "dst or src ", "dst and src "))

    def _address(self) -> str:
        if self._chance.random() < 0.12:
            return f"ether {self._pick(('host', 'src', 'dst', 'src or dst', 'src and dst'))} {self._pick(MACS)}"
        protocol = self._pick(("", "", "", "ip ", "ip6 ", "arp ", "rarp ", "tcp ", "decnet "))
        if self._chance.random() < 0.5:
            return f"{protocol}{self._direction()}net {self._pick((*NETS, *NETS6))}"
        direction = self._direction()
        kind = "host " if not direction or self._chance.random() < 0.5 else ""
        return f"{protocol}{direction}{kind}{self._pick((*ADDRESSES, *ADDRESSES6))}"

    def _ports(self) -> str:
        protocol = self._pick(("", "", "tcp ", "udp ", "sctp ", "ip "))
        if self._chance.random() < 0.3:
            return f"{protocol}{self._direction()}portrange {self._pick(RANGES)}"
        return f"{protocol}{self._direction()}port {self._pick(PORTS)}"

    def _list(self) -> str:
        head = self._pick(("host", "port", "src host", "dst port", "tcp port", "net"))
        ids = PORTS[:6] if "port" in head else ADDRESSES
        items = [self._pick(ids)]
        for _ in range(self._chance.randint(0, 2)):
            items += [self._pick(("and", "or")), self._pick(("", "not ")) + self._pick(ids)]
        return f"{head} ({' '.join(items)})"

    def _proto(self) -> str:
        word = self._pick(("proto", "proto", "protochain"))
        protocol = self._pick(
            ("", "ip ", "ip6 ", "ether " if word == "proto" else "ip ", "iso " if word == "proto" else "")
        )
        names = ("\\ip", "\\arp", "\\stp", "\\iso", "0x800", "0x42", "0xe0", "0xf0", "1501", "0x809b", "\\loopback")
        if protocol == "ether ":
            return f"ether proto {self._pick(names)}"
        numbers = ("6", "17", "58", "44", "0", "51", "300", "\\tcp", "ipv6-icmp", "59")
        return f"{protocol}{word} {self._pick(numbers)}"

    def _tunnel(self) -> str:
        return self._pick(
            (
                "vlan",
                "vlan 100",
                "vlan 200",
                "vlan (100)",
                "mpls",
                "mpls 1024",
                "pppoes",
                "pppoes 39",
                "pppoed",
                "vlan 5000",
            )
        )

    def _other(self) -> str:
        return self._pick(
            (
                *("broadcast", "multicast", "ip broadcast", "ip multicast", "ip6 multicast", "ether multicast"),
                *(f"less {self._pick(NUMBERS)}", f"greater {self._pick(NUMBERS)}", "inbound", "outbound", "ifindex 1"),
                *("llc", "llc i", "llc s", "llc rr", "llc u", "llc ui", "byte 0 = 2", "byte 14 > 64", "byte 100 < 5"),
                *("gateway foo", "type mgt", "host nosuchhost.invalid", "tcp multicast"),
            )
        )

    def _relation(self) -> str:
        sign = self._pick((">", "<", ">=", "<=", "=", "==", "!="))
        return f"{self._arithmetic(2)} {sign} {self._arithmetic(self._pick((0, 0, 1)))}"  # type: ignore[arg-type]

    def _arithmetic(self, depth: int) -> str:
        roll = self._chance.random()
        if depth <= 0 or roll < 0.15:
            return self._pick((*NUMBERS, *NAMES))
        if roll < 0.2:
            return "len"
        if roll < 0.65:
            index = self._pick(("0", "1", "2", "9", "13", "12", "100", "tcpflags"))
            if self._chance.random() < 0.15:
                index = self._arithmetic(depth - 1)
            return f"{self._pick(ACCESSORS)}[{index}{self._pick(('', '', '', ':1', ':2', ':4', ':3'))}]"
        if roll < 0.7:
            return f"-{self._arithmetic(depth - 1)}"
        if roll < 0.78:
            return f"({self._arithmetic(depth - 1)})"
        sign = self._pick(("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "&", "&"))
        return f"{self._arithmetic(depth - 1)} {sign} {self._arithmetic(depth - 1)}"
