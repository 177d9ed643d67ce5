"""TCP connections made from a seed, with everything that happens to connections: for comparison with tshark.

`told(seed)` is a connection as two hosts would have it, its packets then lost, doubled, swapped and cut;
`chaotic(seed)` draws segments that hardly belong together from a few numbers, for the corners that no host reaches.
Both give frames with times. Sequence numbers begin near their wrap in every third connection.
"""

import ipaddress
import random
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import EN10MB

FIN, SYN, RST, PSH, ACK, ECE, CWR = 1, 2, 4, 8, 16, 64, 128
START_NS = 1_700_000_000_000_000_000
MILLISECOND = 1_000_000
WORD = 0xFFFFFFFF
GAPS_MS = (0.02, 0.2, 1, 2.5, 4, 12, 25, 45, 210, 1100)


class Made(NamedTuple):
    """One segment; `forth` from the client, `after_ms` since the one before."""

    after_ms: float
    forth: bool
    sequence: int
    acknowledgment: int
    flags: int
    length: int = 0
    window: int = 64240
    options: bytes = b""


class Frame(NamedTuple):
    """A frame and when it was captured."""

    time_ns: int
    data: bytes


def capture_of(frames: Iterable[Frame]) -> Capture:
    """A capture of the frames in this order."""
    held = list(frames)
    return Capture.from_frames([frame.data for frame in held], EN10MB, times_ns=[frame.time_ns for frame in held])


def frames_of(segments: Iterable[Made], place: int = 0, start_ns: int = START_NS) -> Iterator[Frame]:
    """The segments as frames between hosts of their own: of IPv4, IPv6, or tagged IPv4, as `place` says."""
    time = start_ns
    for number, segment in enumerate(segments, 1):
        time += round(segment.after_ms * MILLISECOND)
        yield Frame(time, frame_of(segment, place, number))


def frame_of(segment: Made, place: int = 0, identification: int = 1, time_to_live: int = 64) -> bytes:
    """One segment's frame."""
    options = segment.options.ljust(-(-len(segment.options) // 4) * 4, b"\1")
    ports = (20000 + place, 40001)
    tcp = struct.pack(
        ">HHIIBBHHH",
        *(ports if segment.forth else ports[::-1]),
        segment.sequence & WORD,
        segment.acknowledgment & WORD,
        (5 + len(options) // 4) << 4,
        segment.flags,
        segment.window,
        0,
        0,
    )
    payload = tcp + options + bytes(segment.length)
    tag = bytes.fromhex("8100002a") if place % 3 == 2 else b""
    if place % 3 == 1:
        ends = [ipaddress.ip_address(f"2001:db8::{host}").packed for host in (1, 2)]
        head = struct.pack(">IHBB", 6 << 28, len(payload), 6, time_to_live)
        kind = b"\x86\xdd"
    else:
        ends = [ipaddress.ip_address(f"10.0.0.{host}").packed for host in (1, 2)]
        length = 20 + len(payload)
        head = struct.pack(">BBHHHBBH", 0x45, 0, length, identification & 0xFFFF, 0x4000, time_to_live, 6, 0)
        kind = b"\x08\x00"
    addresses = ends[0] + ends[1] if segment.forth else ends[1] + ends[0]
    return bytes.fromhex("020000000002020000000001") + tag + kind + head + addresses + payload


def told(seed: int) -> list[Made]:
    """One connection, perhaps a second one on the same ports, and what became of its packets."""
    draw = random.Random(seed)
    segments = _Talk(draw).segments
    if draw.random() < 0.2:
        segments += _Talk(draw).segments
    return _on_the_way(draw, segments)


def chaotic(seed: int) -> list[Made]:
    """Segments from a small stock of numbers, in no order."""
    draw = random.Random(seed)
    ours, theirs = (draw.choice((1_000, 0xFFFFFF00, 0x7FFFFFF0)) for _ in range(2))
    kinds = (SYN, SYN | ACK, ACK, ACK, ACK, PSH | ACK, PSH | ACK, FIN | ACK, RST, RST | ACK)
    made = []
    for _ in range(draw.randrange(3, 25)):
        forth = draw.random() < 0.5
        base, other = (ours, theirs) if forth else (theirs, ours)
        flags = draw.choice(kinds)
        sequence = base if flags & SYN and draw.random() < 0.9 else base + draw.choice((0, 1, 2, 11, 101, 102, 301))
        acknowledgment = other + draw.choice((1, 1, 2, 11, 101, 102, 301)) if flags & ACK else 0
        length = draw.choice((0, 0, 1, 10, 100, 200)) if not flags & (SYN | RST) else 0
        options = bytes((3, 3, draw.randrange(0, 9))) if flags & SYN and draw.random() < 0.7 else b""
        window = draw.choice((0, 100, 100, 200, 64240))
        made.append(Made(draw.choice(GAPS_MS), forth, sequence, acknowledgment, flags, length, window, options))
    return made


def _on_the_way(draw: random.Random, segments: list[Made]) -> list[Made]:
    """Some are lost before the capture point, come twice, or change places; the capture may begin late or end early."""
    rough = draw.choice((0.0, 0.03, 0.12))
    made: list[Made] = []
    for segment in segments:
        if draw.random() < rough:
            continue
        made.append(segment)
        if draw.random() < rough:
            made.append(segment._replace(after_ms=draw.choice((0.01, 2.0))))
        if len(made) > 1 and draw.random() < rough:
            made[-2], made[-1] = made[-1], made[-2]
    begin = draw.randrange(4) if draw.random() < 0.2 else 0
    end = len(made) - draw.randrange(4) if draw.random() < 0.2 else len(made)
    return made[begin:end]


class _Talk:
    """Two hosts that open, use and close one connection."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.segments: list[Made] = []
        near_wrap = draw.random() < 0.33
        self.next = {
            forth: draw.randrange(0xFFFFF000, WORD) if near_wrap else draw.randrange(1, WORD) for forth in (1, 0)
        }
        self.window = {1: draw.choice((64240, 501, 100)), 0: draw.choice((65160, 509, 100))}
        self.scales = draw.choice(((7, 7), (7, None), (None, None), (0, 5), (14, 2), (None, 7)))
        draw.choice((self.open, self.open, self.open, self.open_fast, self.open_at_once, self.open_before))()
        for _ in range(draw.randrange(0, 9)):
            draw.choice(
                (
                    self.exchange,
                    self.exchange,
                    self.exchange,
                    self.resend_late,
                    self.resend_fast,
                    self.shut_window,
                    self.keep_alive,
                    self.update_window,
                    self.fill_window,
                )
            )()
        draw.choice((self.close, self.close, self.close_at_once, self.reset, lambda: None))()

    def send(self, forth: int, flags: int, length: int = 0, after: float | None = None, **other: object) -> Made:
        acknowledgment = self.next[1 - forth] if flags & ACK else 0
        gap = self.draw.choice(GAPS_MS[:7]) if after is None else after
        made = Made(gap, bool(forth), self.next[forth], acknowledgment, flags, length, self.window[forth])
        made = made._replace(**other)  # type: ignore[arg-type]
        self.segments.append(made)
        self.next[forth] = (made.sequence + length + bool(flags & SYN) + bool(flags & FIN)) & WORD
        return made

    def again(self, made: Made, after: float) -> None:
        self.segments.append(made._replace(after_ms=after))

    def options(self, forth: int, more: bytes = b"") -> bytes:
        scale = self.scales[1 - forth]
        return bytes((2, 4, 5, 180)) + (bytes((3, 3, scale)) if scale is not None else b"") + more

    def open(self) -> None:
        ecn = self.draw.random() < 0.3
        syn = self.send(1, SYN | (ECE | CWR if ecn else 0), options=self.options(1))
        for wait in range(self.draw.choice((0, 0, 0, 1, 3))):
            self.again(syn, 1000.0 * 2**wait)
        answer = self.send(0, SYN | ACK | (ECE if ecn else 0), options=self.options(0))
        ack = self.send(1, ACK)
        if self.draw.random() < 0.15:
            self.again(answer, 1000.0)
            self.again(ack, 0.1)

    def open_fast(self) -> None:
        cookie = bytes((34, 10)) + bytes(8) if self.draw.random() < 0.7 else bytes((34, 2))
        data = self.draw.choice((0, 1, 50)) if len(cookie) > 2 else 0
        self.send(1, SYN, data, options=self.options(1, cookie))
        if data and self.draw.random() < 0.5:
            self.next[1] = (self.next[1] - data) & WORD
        self.send(0, SYN | ACK, options=self.options(0))
        if self.draw.random() < 0.5:
            self.send(0, PSH | ACK, 20)
        self.send(1, ACK)

    def open_at_once(self) -> None:
        for forth in (1, 0):
            self.send(forth, SYN, options=self.options(forth))
        for forth in (1, 0):
            self.send(forth, SYN | ACK, sequence=(self.next[forth] - 1) & WORD, options=self.options(forth))

    def open_before(self) -> None:
        self.send(1, ACK)

    def exchange(self) -> None:
        forth = self.draw.randrange(2)
        for _ in range(self.draw.randrange(1, 4)):
            self.send(forth, PSH | ACK, self.draw.choice((1, 7, 100, 1448)))
        if self.draw.random() < 0.8:
            self.send(1 - forth, ACK)

    def resend_late(self) -> None:
        forth = self.draw.randrange(2)
        made = self.send(forth, PSH | ACK, self.draw.choice((1, 2, 300)))
        for wait in range(self.draw.randrange(1, 4)):
            self.again(made, 210.0 * 2**wait)
        self.send(1 - forth, ACK)
        if self.draw.random() < 0.3:
            self.again(made, 5.0)

    def resend_fast(self) -> None:
        forth = self.draw.randrange(2)
        before = self.send(1 - forth, ACK)
        lost = self.send(forth, ACK, 1000)
        for _ in range(self.draw.randrange(1, 5)):
            self.send(forth, ACK, 1000)
            self.again(before, 0.1)
        self.again(lost, self.draw.choice((0.1, 15, 30)))
        self.send(1 - forth, ACK)

    def shut_window(self) -> None:
        forth = self.draw.randrange(2)
        open_window, self.window[1 - forth] = self.window[1 - forth], 0
        self.send(1 - forth, ACK)
        for _ in range(self.draw.randrange(3)):
            self.send(forth, ACK, 1, after=200)
            self.next[forth] = (self.next[forth] - 1) & WORD
            self.send(1 - forth, ACK)
        self.window[1 - forth] = open_window
        self.send(1 - forth, ACK)

    def keep_alive(self) -> None:
        forth = self.draw.randrange(2)
        for _ in range(self.draw.randrange(1, 3)):
            length = self.draw.randrange(2)
            self.next[forth] = (self.next[forth] - 1) & WORD
            self.send(forth, ACK, length, after=1000)
            self.next[forth] = (self.next[forth] + 1 - length) & WORD
            self.send(1 - forth, ACK)

    def update_window(self) -> None:
        forth = self.draw.randrange(2)
        self.send(forth, ACK)
        self.window[forth] += 20
        self.send(forth, ACK)

    def fill_window(self) -> None:
        """Data up to the edge of the other side's window, as far as that is known here."""
        forth = self.draw.randrange(2)
        both = None not in self.scales
        room = self.window[1 - forth] << (min(self.scales[forth], 14) if both else 0)  # type: ignore[type-var]
        self.send(1 - forth, ACK)
        self.send(forth, ACK, min(room, 20_000))
        self.send(1 - forth, ACK)

    def close(self) -> None:
        first = self.draw.randrange(2)
        fin = self.send(first, FIN | ACK)
        if self.draw.random() < 0.2:
            self.again(fin, 210.0)
        if self.draw.random() < 0.5:
            self.send(1 - first, ACK)
        self.send(1 - first, FIN | ACK)
        self.send(first, ACK)

    def close_at_once(self) -> None:
        for forth in (1, 0):
            acknowledgment = self.segments[-1].sequence if forth == 0 else self.next[0]
            self.send(forth, FIN | ACK, acknowledgment=acknowledgment)
        for forth in (1, 0):
            self.send(forth, ACK)

    def reset(self) -> None:
        forth = self.draw.randrange(2)
        self.send(forth, self.draw.choice((RST, RST | ACK)), window=0)
