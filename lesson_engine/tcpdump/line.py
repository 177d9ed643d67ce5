"""A printed tcpdump line taken apart: what each part is, what it means, and which bytes it came from.

Guarantees: parts come in reading order and do not overlap; text that is not understood is passed over, never guessed;
any text gives a list, never an exception. Reads lines of Ethernet, cooked and raw captures with IP, TCP, UDP, ICMP,
DNS and ARP, with any time style and with -e, -q and -v. Reference: tcpdump(8), OUTPUT FORMAT.

>>> parts = read_line("14:30:01.123456 IP 192.168.1.50.54321 > 93.184.216.34.80: Flags [S], seq 1234, length 0")
>>> [(part.kind, part.text) for part in parts][1:5]
[('protocol', 'IP'), ('source', '192.168.1.50'), ('source_port', '54321'), ('destination', '93.184.216.34')]
>>> print(parts[6].text, "-", parts[6].meaning)
Flags [S] - SYN: the client asks for a connection
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lesson_engine.messages import Message
from lesson_engine.packets.capture import Packet
from lesson_engine.tcpdump.field_places import Places, places
from lesson_engine.tcpdump.shell import Span

MAXIMUM_LINE = 64 * 1024
"""Characters of a line that are read; tcpdump prints no longer ones for a packet's headers."""


class Part(NamedTuple):
    """One part of a line. `bytes` is where it stands in the frame (start, end), None if it is in no header, or if no
    packet was given or that much of it was not captured."""

    kind: str
    span: Span
    text: str
    meaning: Message
    bytes: Span | None


def read_line(line: str, packet: Packet | None = None) -> list[Part]:
    """The parts of one packet's printed text (two lines with -v); `packet` is the packet it was printed for."""
    found = places(packet) if packet is not None else {}
    text = line[:MAXIMUM_LINE]
    return [_part(kind, span, text, found) for kind, span in _scan(text)]


# Each pattern goes on where the one before ended; its named groups are the parts.
_BEGINNING = re.compile(
    r" *(?:(?P<number>\d+)  )?"
    r" ?(?:(?P<time>(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d+|\d+\.\d{6,9}) )?"
    r"(?:(?:(?P<interface>[\w.@?-]+) +)?(?P<direction>In|Out|B|M|P) +(?=IP|ARP|ifindex|ethertype|[0-9a-f]{2}:))?"
)
_LINK = re.compile(
    r"(?P<source_mac>\S+)(?: \(oui [^)]*\))? > (?P<destination_mac>\S+)(?: \(oui [^)]*\))?, "
    r"ethertype (?P<ethertype>\S+(?: \(0x[0-9a-f]{4}\))?), length (?P<frame_length>\d+): "
    r"(?:(?P<vlan>vlan \d+), p \d+(?:, DEI)?, (?:ethertype \S+(?: \(0x[0-9a-f]{4}\))?, )?)?"
)
_COOKED = re.compile(
    r"(?:(?P<interface_index>ifindex \d+) )?(?:(?P<source_mac>[0-9a-f:]{17})(?: \(oui [^)]*\))? )?"
    r"ethertype (?P<ethertype>\S+(?: \(0x[0-9a-f]{4}\))?), length (?P<frame_length>\d+): "
)
_PROTOCOL = re.compile(r"(?P<protocol>IP6|IP|ARP),? ")
_IP = re.compile(
    r"\((?P<tos>tos 0x[0-9a-f]+(?:,[A-Z()0-9]+)?), (?P<ttl>ttl \d+), (?P<ip_id>id \d+), (?P<offset>offset \d+), "
    r"(?P<ip_flags>flags \[[^\]]*\]), (?P<ip_protocol>proto \S+ \(\d+\)), (?P<ip_length>length \d+)"
    r"(?:, (?P<ip_options>options \(.*?\)))?(?:, bad cksum [^)]*)?\)\s*"
)
_IP6 = re.compile(
    r"\((?:class 0x[0-9a-f]+, )?(?:(?P<flow_label>flowlabel 0x[0-9a-f]+), )?(?P<ttl>hlim \d+), "
    r"(?P<ip_protocol>next-header \S+ \(\d+\)) (?P<ip_length>payload length: \d+)\)\s*"
)
_ENDPOINTS = re.compile(r"(?P<source>[^\s>]+) > (?P<destination>[^\s>]+): ")
_LENGTH = r"(?P<length>length \d+)"
_CONTENT = tuple(
    map(
        re.compile,
        (
            r"(?P<flags>Flags \[[^\]]*\])(?:, (?P<checksum>cksum 0x[0-9a-f]{4} \([^)]*\)))?"
            r"(?:, (?P<sequence>seq \d+(?::\d+)?))?(?:, (?P<acknowledgment>ack \d+))?(?:, (?P<window>win \d+))?"
            r"(?:, (?P<urgent>urg \d+))?(?:, options \[(?P<options>[^\]]*)\])?"
            rf"(?:, {_LENGTH})?(?::? (?P<application>.+))?",
            rf"(?P<icmp>ICMP6?,? echo (?:request|reply)), (?P<icmp_id>id \d+), (?P<icmp_sequence>seq \d+), {_LENGTH}",
            rf"(?P<icmp>ICMP6?,? .*?), {_LENGTH}",
            rf"(?:\[[^\]]*\] )?(?P<udp>UDP), {_LENGTH}",
            r"(?P<tcp>tcp) (?P<length>\d+)",
            r"(?P<fragment>ip-proto-\d+|[a-z][\w-]*)\s*$",
            r"(?:\[[^\]]*\] )?(?P<dns_id>\d+[^\s\w]*) (?:\[[^\]]*\] )*(?P<dns_question>[A-Z]\w*\? \S+) "
            r"(?P<dns_length>\(\d+\))",
            r"(?:\[[^\]]*\] )?(?P<dns_id>\d+[^\s\w]*) (?:(?P<dns_error>[A-Z]\w+)[^\s\w]* )?(?P<dns_counts>\d+/\d+/\d+)"
            r"(?: (?P<dns_answers>.*))? (?P<dns_length>\(\d+\))",
        ),
    )
)
# ICMP and its like have no ports, nor have later fragments, of which only the protocol is printed.
_NO_PORTS = re.compile(r"ICMP|igmp|AH\(|ESP\(|(?:ip-proto-\d+|[a-z][\w-]*)\s*$")
_ARP = re.compile(
    r"(?:Ethernet \(len 6\), IPv4 \(len 4\), )?"
    r"(?:(?P<arp_request>Request who-has) (?P<arp_target>\S+)(?: \([^)]*\))? tell (?P<arp_sender>\S+?)"
    r"|(?P<arp_reply>Reply) (?P<arp_owner>\S+) is-at (?P<arp_mac>\S+?)(?: \(oui [^)]*\))?), "
    rf"{_LENGTH}"
)
_OPTION = re.compile(
    r"(?P<option_mss>mss \d+)|(?P<option_sack_permitted>sackOK)|(?P<option_timestamps>TS val \d+ ecr \d+)"
    r"|(?P<option_nop>nop)|(?P<option_window_scale>wscale \d+)|(?P<option_sack>sack [^,\]]*)|(?P<option_end>eol)"
)


def _scan(line: str) -> Iterator[tuple[str, Span]]:
    """(kind, span) of each part."""
    position = 0
    arp = False
    for pattern in (_BEGINNING, _LINK, _COOKED, _PROTOCOL, _IP, _IP6):
        match = pattern.match(line, position)
        if match is None:
            continue
        position = match.end()
        yield from _groups(match)
        arp = arp or "ARP" in (match.groupdict().get("protocol") or match.groupdict().get("ethertype") or "")
    if arp:
        match = _ARP.match(line, position)
        if match is not None:
            yield from _groups(match)
        return
    match = _ENDPOINTS.match(line, position)
    if match is None:
        return
    has_ports = _NO_PORTS.match(line, match.end()) is None
    for end in ("source", "destination"):
        yield from _endpoint(end, match.group(end), match.start(end), has_ports)
    position = match.end()
    for pattern in _CONTENT:
        match = pattern.match(line, position)
        if match is not None:
            yield from _groups(match)
            return


def _groups(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    for kind, text in match.groupdict().items():
        if kind == "options" and text is not None:
            begin, end = match.span(kind)
            for option in _OPTION.finditer(match.string, begin, end):
                yield str(option.lastgroup), option.span()
        elif text is not None:
            yield kind, match.span(kind)


def _endpoint(end: str, text: str, start: int, has_ports: bool) -> Iterator[tuple[str, Span]]:
    """An address, and behind its last dot the port if there is one."""
    dot = text.rfind(".")
    quad = text.replace(".", "").isdigit() and text.count(".") == 3
    if dot < 0 or quad or not has_ports:
        yield end, (start, start + len(text))
        return
    yield end, (start, start + dot)
    yield f"{end}_port", (start + dot + 1, start + len(text))


# ---- what the parts mean

_FLAG_NAMES = {
    "S": "SYN", "F": "FIN", "R": "RST", "P": "PSH", ".": "ACK", "U": "URG", "E": "ECE", "W": "CWR", "e": "AE",
}  # fmt: skip
_KNOWN_FLAGS = ("S", "S.", ".", "P.", "F.", "FP.", "R", "R.")


def _part(kind: str, span: Span, line: str, found: Places) -> Part:
    text = line[slice(*span)]
    value = text.rpartition(" ")[2]
    if kind == "flags":
        letters = text[len("Flags [") : -1]
        names = ", ".join(_FLAG_NAMES.get(letter, letter) for letter in letters) if letters != "none" else "-"
        key = f"flags {letters}" if letters in _KNOWN_FLAGS else "flags"
        meaning = Message(f"tcpdump.line.{key}", names=names)
    elif kind == "sequence" and ":" in text:
        first, _, last = value.partition(":")
        meaning = Message("tcpdump.line.sequence_range", first=first, last=last)
    else:
        meaning = Message(f"tcpdump.line.{kind}", text=text, value=value)
    return Part(kind, span, text, meaning, found.get(kind))
