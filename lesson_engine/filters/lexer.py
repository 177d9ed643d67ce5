"""Tokens of a filter expression, each with its place in the source.

The longest match wins; where two rules match alike, the earlier of keyword, operator, MAC address, number,
dotted number, IPv6 address, name does. Tokens are read one at a time, and what is no token is one of kind
"illegal", because a fault that comes earlier in reading order is the one to report. Knows spelling only, not
grammar. Grammar: pcap-filter(7).

>>> lexer = Lexer("tcp port 0x50")
>>> [(lexer.next().kind, lexer.next().kind, lexer.next().value)]
[('protocol', 'type', 80)]
"""

# ruff: noqa: SIM905  # lists of words are easier to read, and to search, as words

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.messages import Message
from lesson_engine.packets.numbers import ICMP6_TYPES, ICMP_TYPES, TCP_FLAGS

LINK = "ether"
"""The one name of the link layer: `link`, `ppp`, `slip`, `fddi`, `tr` and `wlan` are read as it."""

PROTOCOLS = frozenset(
    "ip ip6 arp rarp tcp udp sctp icmp icmp6 igmp igrp pim vrrp carp ah esp atalk aarp decnet lat sca moprc mopdl"
    " iso esis isis clnp l1 l2 iih lsp snp csnp psnp stp ipx netbeui radio ether".split()
)
ATM_WORDS = {"oamf4ec": "oam4ec"} | {
    word: word for word in "lane metac bcc oam oamf4 oamf4sc sc ilmic connectmsg metaconnect".split()
}
"""Words about ATM cells, with the name libpcap gives them in its refusal."""
MTP2_WORDS = {"lssu": "lssu", "lsu": "lssu"} | {word: word for word in "fisu msu hfisu hlssu hmsu".split()}
MTP3_FIELDS = frozenset("sio opc dpc sls hsio hopc hdpc hsls".split())
ATM_FIELDS = frozenset(("vpi", "vci"))


def _keywords() -> dict[str, tuple[str, str]]:
    table = {word: ("protocol", word) for word in PROTOCOLS}
    table |= dict.fromkeys("link ppp slip fddi tr wlan".split(), ("protocol", LINK))
    table |= {"es-is": ("protocol", "esis"), "is-is": ("protocol", "isis")}
    table |= {word: ("type", word) for word in ("host", "net", "port", "portrange")}
    table |= {word: ("wlan direction", word) for word in ("addr1", "addr2", "addr3", "addr4", "ra", "ta")}
    table |= {f"address{digit}": ("wlan direction", f"addr{digit}") for digit in "1234"}
    table |= {word: ("cast", word) for word in ("broadcast", "multicast")}
    table |= {word: ("limit", word) for word in ("less", "greater")}
    table |= {word: ("bound", word) for word in ("inbound", "outbound")}
    table |= {word: ("tunnel", word) for word in ("vlan", "mpls", "pppoes", "geneve")}
    table |= {word: ("atm word", name) for word, name in ATM_WORDS.items()}
    table |= {word: ("mtp2 word", name) for word, name in MTP2_WORDS.items()}
    table |= {word: ("field", word) for word in ATM_FIELDS | MTP3_FIELDS}
    table |= dict.fromkeys(("len", "length"), ("len", "len"))
    table |= dict.fromkeys(("on", "ifname"), ("pf name", "ifname"))
    table |= dict.fromkeys(("rset", "ruleset"), ("pf name", "ruleset"))
    table |= dict.fromkeys(("rnr", "rulenum"), ("pf number", "rnr"))
    table |= dict.fromkeys(("srnr", "subrulenum"), ("pf number", "srnr"))
    table |= dict.fromkeys(("dir", "direction"), ("wlan dir", "dir"))
    for word in "src dst mask proto protochain gateway byte and or not ifindex pppoed llc reason action".split():
        table[word] = (word, word)
    table |= {"type": ("wlan type", "type"), "subtype": ("wlan subtype", "subtype")}
    return table


KEYWORDS = _keywords()
"""Word -> (kind of token, the one name of words that mean the same)."""

CONSTANTS = (
    {"icmptype": 0, "icmpcode": 1, "icmp6type": 0, "icmp6code": 1, "tcpflags": 13}
    | {f"tcp-{name}": bit for name, bit in TCP_FLAGS.items()}
    | {f"icmp-{name}": number for name, number in ICMP_TYPES.items()}
    | {f"icmp6-{name}": number for name, number in ICMP6_TYPES.items()}
)
"""Names that are numbers wherever a number can stand."""

_OPERATORS = {sign: sign for sign in (*"<>()[]+-*/%&|^=:", "!=", ">=", "<=", "<<", ">>")}
_OPERATORS |= {"&&": "and", "||": "or", "!": "not", "==": "="}
"""Signs, and the kinds of token that they are."""


class Token(NamedTuple):
    """`kind` is what the grammar asks for, `value` its meaning, `start` and `end` offsets in the source."""

    kind: str
    value: str | int
    start: int
    end: int


class Lexer:
    """Reads `source` token by token; at the end it gives tokens of kind "end" for ever."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.fault: FilterSyntaxError | None = None
        self._position = 0

    def next(self) -> Token:
        """The next token; one of kind "illegal" for a character that begins none.

        It is "illegal" too for a number out of range and for what is almost an address; `fault` then says why.
        """
        source, start = self.source, self._position
        while source[start : start + 1] in _BLANKS:
            start += 1
        if start >= len(source):
            return Token("end", "", len(source), len(source))
        try:
            token = self._word(start) or self._sign(start)
        except FilterSyntaxError as fault:
            self.fault = fault
            token = Token("illegal", source[slice(*fault.span)], *fault.span)
        self._position = token.end
        return token

    def _word(self, start: int) -> Token | None:
        """A keyword, an address, a number or a name, whichever is longest; None if none begins here."""
        source = self.source
        name = _NAME.match(source, start)
        text = name.group() if name else ""
        if text in KEYWORDS and source[name.end() : name.end() + 1] != ":":  # type: ignore[union-attr]  # text is of name
            kind, value = KEYWORDS[text]
            return Token(kind, value, start, start + len(text))
        kind, end = "name" if name else "", start + len(text)
        # From the least to the most favoured rule, so that a tie goes to the later one; keywords win every tie.
        for rule, found in self._addresses(start, text):
            if found and (found.end() > end or (found.end() == end and text not in KEYWORDS)):
                kind, end = rule, found.end()
        if end == start:
            return None
        return self._token(kind, start, end)

    def _addresses(self, start: int, name: str) -> Iterator[tuple[str, re.Match[str] | None]]:
        """What is not simply a name and may begin here, the most favoured last.

        The rules for addresses are long: they are compiled only for what looks like one.
        """
        source = self.source
        coloned = _TWO_COLONS.match(source, start)
        if coloned:
            if source[start] != ":":
                yield "bogus", re.compile(rf"{_PAIR}:+(?:{_PAIR}:+)+").match(source, start)
            yield from (("ipv6", form.match(source, start)) for form in _ipv6_forms())
        if name and name[0] in "0123456789":
            found = _NUMBERS.match(source, start)
            yield "dotted" if found and "." in found.group() else "number", found
        if coloned or len(name) >= 11:
            yield "mac", re.compile(_MAC).match(source, start)

    def _token(self, kind: str, start: int, end: int) -> Token:
        text = self.source[start:end]
        if kind == "name":
            if text in KEYWORDS:
                return Token(*KEYWORDS[text], start, end)
            return Token("number", CONSTANTS[text], start, end) if text in CONSTANTS else Token(kind, text, start, end)
        if kind == "number":
            return Token(kind, self._number(text, start, end), start, end)
        if kind == "bogus":
            raise self._error("filters.bogus_mac", start, end, f"bogus ethernet address {text}", text=text)
        if kind == "ipv6" and parse_ipv6(text) is None:
            raise self._error("filters.bogus_ipv6", start, end, f"bogus IPv6 address {text}", text=text)
        return Token(kind, text, start, end)

    def _sign(self, start: int) -> Token:
        """An operator, an escaped name, an ARCnet address, or an illegal character."""
        source = self.source
        for text in (source[start : start + 2], source[start]):
            if text in _OPERATORS:
                return Token(_OPERATORS[text], text, start, start + len(text))
        if source[start] == "\\" and (found := re.compile(r"\\[^ !()\n\t]+").match(source, start)):
            return Token("name", found.group()[1:], start, found.end())
        if source[start] == "$" and (found := re.compile(r"\$[0-9A-Fa-f]{1,2}").match(source, start)):
            return Token("arcnet", found.group(), start, found.end())
        return Token("illegal", source[start], start, start + 1)

    def _number(self, text: str, start: int, end: int) -> int:
        octal = text.startswith("0") and not text.lower().startswith("0x")
        if octal and not set("01234567").issuperset(text):
            raise self._error("filters.octal", start, end, f"number {text} contains non-octal digit", text=text)
        base = 8 if octal else 16 if text.lower().startswith("0x") else 10
        digits = text.lower().removeprefix("0x").lstrip("0")
        # Compared by length first: int() refuses thousands of digits, and takes long over hundreds.
        value = int(digits[:12] or "0", base)
        if value > 0xFFFFFFFF or len(digits) > 12:
            raise self._error("filters.overflow", start, end, f"number {text} overflows 32 bits", text=text[:20])
        return value

    def _error(self, key: str, start: int, end: int, libpcap_text: str, **params: object) -> FilterSyntaxError:
        return FilterSyntaxError(self.source, (start, end), Message(key, **params), libpcap_text=libpcap_text)


_BLANKS = frozenset(" \t\r\n")
_NAME = re.compile(r"[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?")
_NUMBER = r"(?:0[xX][0-9A-Fa-f]+|[0-9]+)"
_NUMBERS = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{0,3}}")
_TWO_COLONS = re.compile(r"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:")
_PAIR = r"[0-9A-Fa-f]{1,2}"
_GROUP = r"[0-9A-Fa-f]{1,4}"
_MAC = "|".join(
    [rf"{_PAIR}(?:{sign}{_PAIR}){{5}}" for sign in (":", "-", r"\.")]
    + [r"(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}", "[0-9A-Fa-f]{12}"]
)


@cache
def _ipv6_forms() -> tuple[re.Pattern[str], ...]:
    """RFC 4291: eight groups, or fewer around a double colon; the last two may be an IPv4 address."""
    tail = rf"{_NUMBER}(?:\.{_NUMBER}){{3}}"
    forms = [rf"{_GROUP}(?::{_GROUP}){{7}}", rf"{_GROUP}(?::{_GROUP}){{5}}:{tail}"]
    for left in range(8):
        head = rf"{_GROUP}(?::{_GROUP}){{{left - 1}}}::" if left else "::"
        forms.append(rf"{head}(?:{_GROUP}(?::{_GROUP}){{0,{6 - left}}})?" if left < 7 else head)
        forms += [rf"{head}(?:{_GROUP}:){{0,{5 - left}}}{tail}"] if left < 6 else []
    return tuple(map(re.compile, forms))


def is_plain_name(text: str) -> bool:
    """Whether `text` written as it stands is read as a name."""
    first = Lexer(text).next()
    return first.kind == "name" and first.end == len(text) and not text.startswith("\\")


def parse_ipv6(text: str) -> int | None:
    """The 128 bits of an IPv6 address in any RFC 4291 text form, or None."""
    *front, tail = text.split(":")
    if "." in tail:
        octets = tail.split(".")
        if len(octets) != 4 or not all(
            re.fullmatch("0|[1-9][0-9]{0,2}", octet) and int(octet) < 256 for octet in octets
        ):
            return None
        numbers = [int(octet) for octet in octets]
        text = ":".join([*front, f"{numbers[0] << 8 | numbers[1]:x}", f"{numbers[2] << 8 | numbers[3]:x}"])
    left, double, right = text.partition("::")
    groups = left.split(":") if left else []
    more = right.split(":") if right else []
    missing = 8 - len(groups) - len(more)
    if missing < (1 if double else 0) or (missing and not double):
        return None
    try:
        values = [int(group, 16) for group in groups] + [0] * missing + [int(group, 16) for group in more]
    except ValueError:
        return None
    return sum(value << 16 * (7 - place) for place, value in enumerate(values))
