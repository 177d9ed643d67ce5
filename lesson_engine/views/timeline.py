"""When who talked: the packets of a capture over time, a lane for each conversation or protocol.

A lane is a row of equal stretches of time, each with its count of packets. Lanes stand in the order of their first
packet; those beyond `most` are told together, so that no packet is left out. Guarantees: the counts of all lanes add up
to the packets; times out of order have their place. Knows no terminal and no markup: `timeline_lines` makes text,
`timeline_svg` the picture, `timeline_table` the table beside it.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> seen = timeline(Capture.open(capture_path("no_answer")), stretches=8)
>>> [(str(lane.name), lane.counts) for lane in seen.lanes]
[('TCP 192.168.1.50.55536 > 192.168.1.100.3306', (1, 1, 0, 1, 0, 0, 0, 1))]
>>> print(plain(timeline_lines(seen, "en")))
Conversation                                 Packets
TCP 192.168.1.50.55536 > 192.168.1.100.3306        4  ██·█···█
                                                      0  7.3 s
<BLANKLINE>
One cell is 0.91 s. Packets in the highest block: 1.
"""

from collections.abc import Hashable, Iterable
from typing import Literal, NamedTuple, get_args

from lesson_engine.conversations.datagram import Datagram, datagram_of, network_offset
from lesson_engine.conversations.tcp import Endpoint, shown_address
from lesson_engine.messages import Language, Message, Text
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.packets.capture import Packet
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS
from lesson_engine.views import svg
from lesson_engine.views.text import Line, escape_controls, line, plain

__all__ = ["BY", "By", "Lane", "Timeline", "plain", "timeline", "timeline_lines", "timeline_svg", "timeline_table"]

By = Literal["conversation", "protocol"]
BY: tuple[By, ...] = get_args(By)

_MOST = 15
_STRETCHES = 24
_PORTS = {IP_PROTOCOLS["tcp"], IP_PROTOCOLS["udp"], IP_PROTOCOLS["sctp"]}
_NAMES = {
    IP_PROTOCOLS[name]: shown
    for name, shown in (
        ("tcp", "TCP"), ("udp", "UDP"), ("icmp", "ICMP"), ("ipv6-icmp", "ICMPv6"), ("igmp", "IGMP"), ("sctp", "SCTP"),
        ("gre", "GRE"), ("esp", "ESP"), ("ah", "AH"), ("ospf", "OSPF"), ("vrrp", "VRRP"), ("pim", "PIM"),
    )
}  # fmt: skip
_BLOCKS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"


class Lane(NamedTuple):
    """One conversation or protocol: packets in each stretch of time, bytes on the wire in all, and the time of its
    first and last packet in nanoseconds since the capture's first."""

    name: Text | str
    counts: tuple[int, ...]
    octets: int
    first_ns: int
    last_ns: int

    @property
    def packets(self) -> int:
        """Packets in all stretches."""
        return sum(self.counts)


class Timeline(NamedTuple):
    """The lanes, and how much time they stand for, in nanoseconds."""

    lanes: tuple[Lane, ...]
    length_ns: int

    @property
    def highest(self) -> int:
        """The most packets in one stretch of a lane."""
        return max((max(lane.counts) for lane in self.lanes), default=0)


def timeline(
    packets: Iterable[Packet], *, by: By = "conversation", stretches: int = _STRETCHES, most: int = _MOST
) -> Timeline:
    """The timeline of `packets` in so many `stretches`, with at most `most` lanes and one for what is left."""
    seen: dict[Hashable, list[tuple[int, int]]] = {}
    names: dict[Hashable, Text | str] = {}
    for packet in packets:
        key, name = _lane_of(packet, by)
        names.setdefault(key, name)
        seen.setdefault(key, []).append((packet.time_ns, packet.original_length))
    start = min((time for each in seen.values() for time, _ in each), default=0)
    end = max((time for each in seen.values() for time, _ in each), default=0)
    keys = list(seen)
    lanes = [_lane(names[key], seen[key], start, end, stretches) for key in keys[:most]]
    left = keys[most:]
    if left:
        together = [each for key in left for each in seen[key]]
        lanes.append(_lane(Message("views.timeline.others", count=len(left)), together, start, end, stretches))
    return Timeline(tuple(lanes), end - start)


def timeline_lines(seen: Timeline, language: Language) -> list[Line]:
    """A line for each lane: its name, its packets, and a block for each stretch; then the axis and what a block is."""
    if not seen.lanes:
        return []
    heads = [Message(f"views.timeline.column.{key}").text(language) for key in ("lane", "packets")]
    names = [_said(lane.name, language) for lane in seen.lanes]
    counts = [f"{lane.packets:,}" for lane in seen.lanes]
    width = max(map(cell_width, [heads[0], *names])) + 2
    digits = max(map(cell_width, [heads[1], *counts]))
    lines = [line((pad(heads[0], width) + " " * (digits - cell_width(heads[1])) + heads[1], "faint"))]
    for lane, name, count in zip(seen.lanes, names, counts, strict=True):
        blocks = "".join(_block(number, seen.highest) for number in lane.counts)
        lines.append(line(pad(name, width), f"{count:>{digits}}  ", (blocks, "accent")))
    end = f"{seen.length_ns / 1e9:.1f} s"
    lines.append(
        line(" " * (width + digits + 2), (f"0{end:>{max(len(seen.lanes[0].counts) - 1, len(end) + 1)}}", "faint"))
    )
    return [*lines, line(), line((_legend(seen, language), "faint"))]


def timeline_svg(seen: Timeline, language: Language) -> str:
    """The same as an SVG picture."""
    names = [_said(lane.name, language) for lane in seen.lanes]
    counts = [_packets(lane.packets).text(language) for lane in seen.lanes]
    margin, height, step = 16.0, 34.0, 14.0
    begin = margin + max(map(svg.text_width, names), default=0) + margin
    stretches = len(seen.lanes[0].counts) if seen.lanes else 0
    end = begin + stretches * step
    elements = []
    y = margin
    for lane, name, count in zip(seen.lanes, names, counts, strict=True):
        y += height
        elements.append(svg.text(margin, y - 4, name))
        elements.append(svg.stroke(begin, y, end, y, "faint"))
        for place, packets in enumerate(lane.counts):
            if packets:
                # However few, a packet is seen.
                tall = max(3.0, (height - 8) * packets / seen.highest)
                elements.append(svg.bar(begin + place * step + 1, y - tall, step - 2, tall, "accent"))
        elements.append(svg.text(end + margin, y - 4, count, "faint"))
    y += 20
    elements.append(svg.text(begin, y, "0", "faint"))
    elements.append(svg.text(end, y, f"{seen.length_ns / 1e9:.1f} s", "faint", "end"))
    y += 26
    legend = _legend(seen, language)
    elements.append(svg.text(margin, y, legend, "faint"))
    right = max(end + margin + max(map(svg.text_width, counts), default=0), margin + svg.text_width(legend))
    title = Message("views.timeline.title").text(language)
    described = ". ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
    return svg.document(right + margin, y + margin, title, f"{described}. {legend}", elements, language)


def timeline_table(seen: Timeline, language: Language) -> str:
    """The lanes as an HTML table."""
    keys = ("lane", "packets", "bytes", "first", "last")
    columns = [Message(f"views.timeline.column.{key}").text(language) for key in keys]
    rows = (
        (
            _said(lane.name, language), f"{lane.packets:,}", f"{lane.octets:,}",
            f"{lane.first_ns / 1e9:.6f}", f"{lane.last_ns / 1e9:.6f}",
        )
        for lane in seen.lanes
    )  # fmt: skip
    return svg.table(Message("views.timeline.title").text(language), columns, rows)


def _lane(name: Text | str, seen: list[tuple[int, int]], start: int, end: int, stretches: int) -> Lane:
    counts = [0] * stretches
    for time, _ in seen:
        counts[(time - start) * stretches // (end - start + 1)] += 1
    times = [time - start for time, _ in seen]
    return Lane(name, tuple(counts), sum(length for _, length in seen), min(times), max(times))


def _lane_of(packet: Packet, by: By) -> tuple[Hashable, Text | str]:
    """What tells a packet's lane from others, and the lane's name as its first packet gives it."""
    datagram = datagram_of(packet)
    if datagram is None:
        arp = network_offset(packet, (ETHER_TYPES["arp"],)) is not None
        return arp, "ARP" if arp else Message("views.timeline.no_ip")
    protocol = _NAMES.get(datagram.protocol, f"IP {datagram.protocol}")
    if by == "protocol":
        return protocol, protocol
    source, destination = _ends(packet.data, datagram)
    return (protocol, frozenset((source, destination))), f"{protocol} {_shown(source)} > {_shown(destination)}"


def _ends(data: bytes, datagram: Datagram) -> tuple[Endpoint, Endpoint]:
    """Who sends to whom; port 0 where the packet shows no ports."""
    ports = data[datagram.payload_at : datagram.payload_at + 4]
    if datagram.protocol not in _PORTS or datagram.fragment_offset or len(ports) < 4:
        ports = bytes(4)
    source, destination = int.from_bytes(ports[:2]), int.from_bytes(ports[2:])
    return Endpoint(datagram.source, source), Endpoint(datagram.destination, destination)


def _shown(end: Endpoint) -> str:
    return str(end) if end.port else shown_address(end.address)


def _said(name: Text | str, language: Language) -> str:
    return escape_controls(name if isinstance(name, str) else name.text(language))


def _packets(count: int) -> Message:
    return Message("views.timeline.packet" if count == 1 else "views.timeline.packets", packets=f"{count:,}")


def _block(count: int, highest: int) -> str:
    return _BLOCKS[-(-count * len(_BLOCKS) // highest) - 1] if count else _NOTHING


def _legend(seen: Timeline, language: Language) -> str:
    stretch = seen.length_ns / len(seen.lanes[0].counts) / 1e9 if seen.lanes else 0.0
    return Message("views.timeline.legend", seconds=f"{stretch:.2g}", packets=f"{seen.highest:,}").text(language)
