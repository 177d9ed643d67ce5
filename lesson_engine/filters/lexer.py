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

_OPERATORS = {"&&": "and", "||": "or", "!": "not", "==": "="}


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
        source = self.source
        start = _BLANK.match(source, self._position).end()  # type: ignore[union-attr]  # matches the empty string too
        if start == len(source):
            return Token("end", "", start, start)
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
        kind, end = "", start
        if found := _NAME.match(source, start):
            kind, end = "name", found.end()
            text = found.group()
            if text in KEYWORDS:
                kind = "keyword"
            elif text in CONSTANTS:
                kind = "constant"
        # From the least to the most favoured rule, so that a tie goes to the later one; keywords win every tie.
        for rule, pattern in _rules_for(source[start]):
            found = pattern.match(source, start)
            if found and (found.end() > end or (found.end() == end and kind != "keyword")):
                kind, end = rule, found.end()
        if end == start:
            return None
        text = source[start:end]
        if kind == "keyword":
            name, meaning = KEYWORDS[text]
            return Token(name, meaning, start, end)
        if kind == "constant":
            return Token("number", CONSTANTS[text], start, end)
        if kind == "number":
            return Token("number", self._number(text, start, end), start, end)
        if kind == "bogus":
            raise self._error("filters.bogus_mac", start, end, f"bogus ethernet address {text}", text=text)
        if kind == "ipv6" and parse_ipv6(text) is None:
            raise self._error("filters.bogus_ipv6", start, end, f"bogus IPv6 address {text}", text=text)
        return Token(kind, text, start, end)

    def _sign(self, start: int) -> Token:
        """An operator, an escaped name, an ARCnet address, or an illegal character."""
        source = self.source
        if found := _SIGN.match(source, start):
            text = found.group()
            return Token(_OPERATORS.get(text, text), text, start, found.end())
        if found := _ESCAPED.match(source, start):
            return Token("name", found.group()[1:], start, found.end())
        if found := _ARCNET.match(source, start):
            return Token("arcnet", found.group(), start, found.end())
        return Token("illegal", source[start], start, start + 1)

    def _number(self, text: str, start: int, end: int) -> int:
        octal = text.startswith("0") and not text.lower().startswith("0x")
        if octal and not _OCTAL.fullmatch(text):
            raise self._error("filters.octal", start, end, f"number {text} contains non-octal digit", text=text)
        digits = text.lower().removeprefix("0x").lstrip("0")
        # Compared by length first: int() refuses thousands of digits, and takes long over hundreds.
        value = int(digits[:12] or "0", 8 if octal else 10 if digits == text else 16 if "x" in text.lower() else 10)
        if value > 0xFFFFFFFF or len(digits) > 12:
            raise self._error("filters.overflow", start, end, f"number {text} overflows 32 bits", text=text[:20])
        return value

    def _error(self, key: str, start: int, end: int, libpcap_text: str, **params: object) -> FilterSyntaxError:
        return FilterSyntaxError(self.source, (start, end), Message(key, **params), libpcap_text=libpcap_text)


_BLANK = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r"[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?")
_SIGN = re.compile(r"&&|\|\||==|!=|>=|<=|<<|>>|[!<>()\[\]+\-*/%&|^=:]")
_ESCAPED = re.compile(r"\\[^ !()\n\t]+")
_ARCNET = re.compile(r"\$[0-9A-Fa-f]{1,2}")
_OCTAL = re.compile(r"0[0-7]*")
_NUMBER = r"(?:0[xX][0-9A-Fa-f]+|[0-9]+)"
_DIGITS = re.compile(_NUMBER)
_DOTTED = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{1,3}}")
_PAIR = r"[0-9A-Fa-f]{1,2}"
_GROUP = r"[0-9A-Fa-f]{1,4}"


@cache
def _rules_for(first: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules for what is not simply a name and may begin with this character, the most favoured last."""
    if first not in "0123456789abcdefABCDEF:":
        return ()
    dotted_tail = rf"{_NUMBER}(?:\.{_NUMBER}){{3}}"
    forms = [rf"{_GROUP}(?::{_GROUP}){{7}}", rf"{_GROUP}(?::{_GROUP}){{5}}:{dotted_tail}"]
    for left in range(8):
        head = rf"{_GROUP}(?::{_GROUP}){{{left - 1}}}::" if left else "::"
        forms.append(rf"{head}(?:{_GROUP}(?::{_GROUP}){{0,{6 - left}}})?" if left < 7 else head)
        forms += [rf"{head}(?:{_GROUP}:){{0,{5 - left}}}{dotted_tail}"] if left < 6 else []
    rules = [("bogus", rf"{_PAIR}:+(?:{_PAIR}:+)+")] if first != ":" else []
    rules += [("ipv6", form) for form in forms]
    rules += [("dotted", _DOTTED.pattern), ("number", _DIGITS.pattern)] if first.isdigit() else []
    if first != ":":
        separated = "|".join(rf"{_PAIR}(?:{sign}{_PAIR}){{5}}" for sign in (":", "-", r"\."))
        rules.append(("mac", rf"{separated}|(?:[0-9A-Fa-f]{{4}}\.){{2}}[0-9A-Fa-f]{{4}}|[0-9A-Fa-f]{{12}}"))
    return tuple((rule, re.compile(pattern)) for rule, pattern in rules)


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
