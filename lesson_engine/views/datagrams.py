"""A ladder of datagrams that belong to no connection, such as a question to a name server and its answer.

The last packet decides who talks; who of the two sent first stands on the left. Each row says what tcpdump says of the
packet. Guarantees: every datagram between these two hosts that is not TCP is a row, in captured order. Knows no
language and no terminal, as `ladder`. RFC 768, RFC 792.

>>> from lesson_engine.bundled import capture_path
>>> ladder = ladder_of_datagrams(Capture.open(capture_path("dns")))
>>> ladder and ladder.lifelines, [(row.target, row.flags, row.said) for row in ladder.arrows[:2] if ladder]
(('192.168.1.50', '192.168.1.1'), [(1, 'UDP', '35401+ [1au] A? www.example.com. (56)'), \
(0, 'UDP', '35401* 1/0/1 A 93.184.216.34 (60)')])
"""

from lesson_engine.conversations.datagram import datagram_of
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.packets import Capture
from lesson_engine.packets.numbers import IP_PROTOCOLS
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views.ladder import PAUSE_NS, Arrow, Ladder, Pause, Row

_TCP, _UDP = IP_PROTOCOLS["tcp"], IP_PROTOCOLS["udp"]


def ladder_of_datagrams(capture: Capture) -> Ladder | None:
    """The ladder of the two hosts that the last packet in `capture` is from and to; None if it is no datagram, or one
    of TCP."""
    last = datagram_of(capture[len(capture) - 1]) if len(capture) else None
    if last is None or last.protocol == _TCP:
        return None
    hosts = {last.source, last.destination}
    lines = PrintedLines(capture)
    ends: list[bytes] = []
    rows: list[Row] = []
    start_ns = before_ns = 0
    for index, packet in enumerate(capture):
        datagram = datagram_of(packet)
        if datagram is None or datagram.protocol == _TCP or {datagram.source, datagram.destination} != hosts:
            continue
        since = packet.time_ns - before_ns if ends else None
        if since is None:
            start_ns, ends = packet.time_ns, [datagram.source, datagram.destination]
        elif since >= PAUSE_NS:
            rows.append(Pause(since))
        before_ns = packet.time_ns
        origin = ends.index(datagram.source)
        said = lines[index].partition(" > ")[2].partition(": ")[2]
        flags = "UDP" if datagram.protocol == _UDP else ""
        rows.append(
            Arrow(packet.number, packet.time_ns, since, origin, 1 - origin, flags, None, None, None, 0, said=said)
        )
    packets = sum(isinstance(row, Arrow) for row in rows)
    return Ladder(tuple(map(shown_address, ends)), tuple(rows), start_ns, packets)
