"""What the writer of a wrong filter expression most likely meant: one corrected expression, or none.

Likely slips are undone one at a time, fewest first, and the first expression that is a valid filter is offered.
The slips are those seen often: Wireshark's display filters, capitals, commas, misspelt words, a missing type,
qualifiers out of order, networks that are none. Knows how people write filters, not what they want.

>>> from lesson_engine.filters import Filter, FilterSyntaxError
>>> try:
...     Filter("tcp.port == 80 && ip.addr == 10.0.0.1")
... except FilterSyntaxError as error:
...     error.hint
'tcp port 80 && host 10.0.0.1'
"""

# ruff: noqa: SIM905  # lists of words are easier to read as words

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.lexer import CONSTANTS, KEYWORDS, PROTOCOLS

LONGEST = 300
"""Characters; of a longer expression nobody expects a guess."""
TRIES = 120
SLIPS = 3
"""At most so many expressions are tried, with at most so many slips undone."""


def corrected(error: FilterSyntaxError) -> str | None:
    """The valid expression fewest slips away from the wrong one, or None."""
    # What is wrong on one link type alone is written well, and no other spelling would help.
    if len(error.source) > LONGEST or _fault(error.source) is None:
        return None
    tried = {error.source}
    level = [error]
    for _ in range(SLIPS):
        following = []
        for wrong in level:
            for candidate in _undone(wrong):
                if candidate in tried or not candidate or len(tried) > TRIES:
                    continue
                tried.add(candidate)
                fault = _fault(candidate)
                if fault is None:
                    return candidate
                following.append(fault)
        level = following
    return None


def _fault(expression: str) -> FilterSyntaxError | None:
    from lesson_engine.filters import Filter

    try:
        Filter(expression)
    except FilterSyntaxError as error:
        return error
    return None


def _undone(error: FilterSyntaxError) -> Iterator[str]:
    """Expressions with one slip less, the likeliest first."""
    source = error.source
    yield _plain(source)
    for pattern, replacement in _REWRITES:
        rewritten = pattern.sub(replacement, source)
        if rewritten != source:
            yield " ".join(rewritten.split())
    yield from _at_the_fault(error)


def _plain(source: str) -> str:
    """Full-width characters and typographic quotes made plain, quotes around the whole taken off."""
    import unicodedata

    text = unicodedata.normalize("NFKC", source).translate(_QUOTES).strip().rstrip(";")
    if len(text) > 1 and text[0] in "'\"`" and text[-1] == text[0]:
        text = text[1:-1]
    return text.strip()


_QUOTES = {ord(mark): "'" for mark in "‘’‚“”„「」"} | {ord("、"): ",", ord("。"): ".", ord("–"): "-", ord("−"): "-"}


def _at_the_fault(error: FilterSyntaxError) -> Iterator[str]:
    """What may be meant by the word where the fault lies, by what stands around it."""
    source, (start, end) = error.source, error.span
    before, word, after = source[:start], source[start:end], source[end:]
    if not word:
        if source.strip().isdigit():
            yield f"port {source.strip()}"
        if (missing := source.count("(") - source.count(")")) > 0:
            yield source + ")" * missing
        yield re.sub(r"(\s*\b(and|or|not)|\s*(&&|\|\||!))+\s*$", "", source)
        if re.search(r"\[[^\]]*\]", source):
            yield f"{source.rstrip()} != 0"
        return
    if re.fullmatch(r"\d+\.\d+\.\d+\.\d+|[0-9a-fA-F:]*::?[0-9a-fA-F:]+", word):
        yield f"{before}host {word}{after}"
    if re.fullmatch(r"[\d.]+/\d+", word):
        yield f"{before}net {word}{after}"
    previous = before.split()[-1:] or [""]
    if word.isdigit():
        if found := re.search(r"\b(vlan|mpls|pppoes|geneve)\b[^()]*$", before):
            yield f"{before}{found[1]} {word}{after}"
        if previous[0].isdigit():
            yield f"{before}or {word}{after}"
        yield f"{before}port {word}{after}"
    if word.lower() in _FLAGS and (previous[0] == "tcp" or not before):
        yield f"{re.sub('tcp *$', '', before)}tcp[tcpflags] & tcp-{_FLAGS[word.lower()]} != 0{after}"
    if word.lower() in _APPLICATIONS and previous[0] not in ("port", "host", "net", "proto"):
        yield f"{before}{_APPLICATIONS[word.lower()]}{after}"
    # Of a refused primitive the misspelt word may be anywhere in it.
    for found in re.finditer(r"[A-Za-z][\w-]*", word):
        for better in _similar(found.group()):
            yield f"{before}{word[: found.start()]}{better}{word[found.end() :]}{after}"
    if misspelt := re.search(r"([A-Za-z][\w-]*)\s*$", before):
        for better in _similar(misspelt[1]):
            yield f"{before[: misspelt.start()]}{better} {word}{after}"
    if word.lower() in KEYWORDS or previous[0] not in KEYWORDS:
        if word == ")" and source.count(")") > source.count("("):
            yield before + after
        elif word in ("and", "or", "&&", "||"):
            yield f"{before.rstrip()} {after.lstrip()}"
        else:
            yield f"{before.rstrip()} and {word}{after}"
    if word in ("&", "|"):
        yield f"{before}{'and' if word == '&' else 'or'}{after}"


_FLAGS = {name: name for name in ("syn", "fin", "rst", "ack", "urg")} | {"psh": "push", "push": "push", "reset": "rst"}
_APPLICATIONS = {
    "http": "tcp port 80",
    "https": "tcp port 443",
    "tls": "tcp port 443",
    "ssl": "tcp port 443",
    "ssh": "tcp port 22",
    "dns": "port 53",
    "mysql": "tcp port 3306",
    "ping": "icmp",
    "dhcp": "udp port 67 or udp port 68",
    "ntp": "udp port 123",
    "ipv4": "ip",
    "ipv6": "ip6",
    "icmpv6": "icmp6",
}


def _similar(word: str) -> Iterator[str]:
    """Words of the language that `word` may be a misspelling of, the nearest first."""
    lower = word.lower()
    if lower != word and lower in _WORDS:
        yield lower
    if len(word) < 3 or word in KEYWORDS or word in CONSTANTS:
        return
    near = ((_distance(lower, other), other) for other in _WORDS if abs(len(other) - len(word)) <= 2)
    allowed = 1 if len(word) < 5 else 2
    yield from [other for distance, other in sorted(near) if distance <= allowed][:4]


_WORDS = tuple(
    "host net port portrange src dst and or not tcp udp icmp icmp6 arp rarp ip ip6 sctp igmp ether proto vlan broadcast"
    " multicast less greater len http https ssh domain mysql smtp ftp ntp tcpflags tcp-syn tcp-ack tcp-fin tcp-rst"
    " tcp-push tcp-urg icmptype icmp-echo icmp-echoreply icmp-unreach gateway inbound outbound".split()
)


def _distance(first: str, second: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with a neighbour (optimal string alignment)."""
    older: list[int] = []
    old = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        new = [row]
        for column, other in enumerate(second, 1):
            best = min(old[column] + 1, new[-1] + 1, old[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and other == first[row - 2]:
                best = min(best, older[column - 2] + 1)
            new.append(best)
        older, old = old, new
    return old[-1]


def _without_host_bits(found: re.Match[str]) -> str:
    """A network's address with the host part cleared and all four octets written."""
    octets, length = found["address"].split("."), int(found["length"])
    octets += ["0"] * (4 - len(octets))
    if len(octets) > 4 or length > 32 or not all(octet.isdigit() and int(octet) < 256 for octet in octets):
        return found[0]
    number = sum(int(octet) << 8 * (3 - place) for place, octet in enumerate(octets))
    number &= 0xFFFFFFFF << (32 - length)
    return f"{'.'.join(str(number >> shift & 255) for shift in (24, 16, 8, 0))}/{length}"


def _display_filter(found: re.Match[str]) -> str:
    """A comparison of Wireshark's display filters in the capture filter's words."""
    protocol, field, sign, value = found["protocol"], found["field"], found["sign"], found["value"].strip("\"'")
    words = _FIELDS.get((protocol, field)) or _FIELDS.get(("*", field) if protocol in ("tcp", "udp", "sctp") else ())
    if words is None:
        return found[0]
    if "{}" in words:
        return words.format(found["sign"].replace("==", "="), value)
    if sign in (">", "<", ">=", "<="):
        return found[0]
    primitive = f"{protocol} {words} {value}" if ("*", field) in _FIELDS and protocol != "ip" else f"{words} {value}"
    primitive = primitive.replace("host ", "net ") if "/" in value else primitive
    return f"not {primitive}" if sign in ("!=", "ne") else primitive


_FIELDS: dict[tuple[str, ...], str] = {
    ("*", "port"): "port",
    ("*", "srcport"): "src port",
    ("*", "dstport"): "dst port",
    ("vlan", "id"): "vlan",
    ("ip", "proto"): "ip proto",
    ("ipv6", "nxt"): "ip6 proto",
    ("eth", "type"): "ether proto",
    ("frame", "len"): "len {} {}",
    ("ip", "ttl"): "ip[8] {} {}",
    ("icmp", "type"): "icmp[icmptype] {} {}",
    ("tcp", "flags"): "tcp[tcpflags] {} {}",
}
_FIELDS |= {(ip, field): words for ip in ("ip", "ipv6") for field, words in (("addr", "host"), ("host", "host"))}
_FIELDS |= {(ip, field): f"{field} host" for ip in ("ip", "ipv6") for field in ("src", "dst")}
_FIELDS |= {("eth", "addr"): "ether host", ("eth", "src"): "ether src", ("eth", "dst"): "ether dst"}


def _display_flag(found: re.Match[str]) -> str:
    sign = "=" if (found["value"] in ("0", "False", "false")) != (found["sign"] == "!=") else "!="
    return f"tcp[tcpflags] & tcp-{_FLAGS.get(found['flag'], found['flag'])} {sign} 0"


_UPPER = "|".join(sorted(_WORDS, key=len, reverse=True))
_HEAD = "host|net|port|portrange|src|dst"
_UPPER_LAYER = "tcp|udp|sctp|icmp6?|igmp|esp|ah|pim"


_Replacement: TypeAlias = str | Callable[[re.Match[str]], str]


def _pattern(text: str, replacement: _Replacement) -> tuple[re.Pattern[str], _Replacement]:
    return re.compile(text), replacement


_REWRITES: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    # Wireshark
    _pattern(r"\btcp\.flags\.(?P<flag>\w+)\s*(?P<sign>==|!=)\s*(?P<value>\w+)", _display_flag),
    _pattern(
        r"\b(?P<protocol>\w+)\.(?P<field>\w+)\s*(?P<sign>==|!=|>=|<=|>|<|=|\beq\b|\bne\b)\s*(?P<value>[^\s()&|]+)",
        _display_filter,
    ),
    # Capitals
    _pattern(rf"\b(?i:{_UPPER})\b", lambda found: found[0].lower()),
    # Lists and ranges of ports
    _pattern(r"\bport\s+(\d+)\s*(?:-|\.\.|:|~|\bto\b)\s*(\d+)\b", r"portrange \1-\2"),
    _pattern(r"\bportrange\s+(\w+)\s*(?:-|\.\.|:|~|\bto\b|\s)\s*(\w+)\b", r"portrange \1-\2"),
    _pattern(r"\s*,\s*(?:or\b|and\b)?\s*", " or "),
    # Comparing where nothing is compared
    _pattern(rf"\b((?:(?:tcp|udp|src|dst) )*(?:{_HEAD}))\s*!=\s*", r"not \1 "),
    _pattern(rf"\b({_HEAD})\s*(?:==?|:|\bis\b)\s*", r"\1 "),
    # Networks
    _pattern(r"(?P<address>\d+(?:\.\d+){0,3})\s*/\s*(?P<length>\d{1,2})\b", _without_host_bits),
    _pattern(r"\bhost\s+([\d.]+/\d+|[0-9a-fA-F:]+/\d+|[\d.]+ mask [\d.]+)", r"net \1"),
    _pattern(r"\b(src|dst)\s+([\d.]+/\d+|[0-9a-fA-F:]+/\d+)", r"\1 net \2"),
    # Blanks missing
    _pattern(r"\b(port|host|net|portrange)(?=\d)", r"\1 "),
    _pattern(r"\b(len|length)-(?=\d)", "len - "),
    # Qualifiers missing or out of order
    _pattern(r"\b(tcp|udp|sctp)\s+((?:src|dst)\s+)?(\d+)\b(?!\.)", r"\1 \2port \3"),
    _pattern(r"\bport\s+(\w+)\s+(tcp|udp|sctp)\b", r"\2 port \1"),
    _pattern(r"\b(port|host|net)\s+(src|dst)\b", r"\2 \1"),
    _pattern(r"\b(port|src|dst)\s+(tcp|udp|sctp)\b", r"\2 \1"),
    _pattern(r"\b(ip6?|icmp6?|arp|ether)\s+((?:(?:src|dst)\s+)?port(?:range)?)\b", r"\1 and \2"),
    _pattern(rf"\b({_UPPER_LAYER})\s+((?:(?:src|dst)\s+)?(?:host|net))\b", r"\1 and \2"),
    _pattern(rf"\b({_UPPER_LAYER})\s+(src|dst)\s+(?=\d+\.|[0-9a-f]*:)", r"\1 and \2 host "),
    _pattern(rf"\b({_UPPER_LAYER})\s+(?=\d+\.\d|[0-9a-f]+:)", r"\1 and host "),
    _pattern(r"\b(ip6?|arp|rarp)\s+(?=\d+\.\d|[0-9a-f]+:)", r"\1 host "),
    _pattern(r"\bether\s+(host|src|dst)\s+(?=\d+\.)", r"\1 "),
    _pattern(r"\bhost\s+(?=[0-9a-fA-F]{1,2}(?:[:-][0-9a-fA-F]{1,2}){5}\b)", "ether host "),
    _pattern(r"\bip6\s+(?=(?:src |dst )?(?:host|net) \d+\.)", ""),
    _pattern(r"\bip\s+(?=(?:src |dst )?(?:host|net) [0-9a-fA-F]*:)", "ip6 "),
    _pattern(rf"\bproto\s+({'|'.join(sorted(PROTOCOLS))})\b", r"proto \\\1"),
    # Flags
    _pattern(r"\btcp\[(?:flags|tcp-flags)\]", "tcp[tcpflags]"),
    _pattern(r"(?<=[=&|(])\s*(syn|ack|fin|rst|push|urg)\b", r" tcp-\1"),
    # Operators doubled or single
    _pattern(r"\b(and|or)(\s+(and|or))+\b", r"\1"),
    _pattern(r"(?<![&\]])\s+&\s+(?!&)", " and "),
    _pattern(r"(?<!\|)\s+\|\s+(?!\|)", " or "),
)
