"""A demonstration: the frames that a class sees one after the other, and the ladder as far as each of them has come.

Every packet is a frame. Before a packet that matters to the story stands the frame of its question, in which the packet
is not to be seen yet, and behind it the frame of its reveal. Guarantees: a frame shows no packet that comes later, and
draws from none (an arrow is not said to be unanswered before the capture is over); while a capture grows, the frames
that were there stay as they are. Knows no language, no terminal, and no clock.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.course.demo.story import load_story
>>> demo = Demo(load_story("closed_port"), [Capture.open(capture_path("closed_port"))])
>>> [(frame.kind, frame.packets) for frame in demo.frames]
[('opening', 0), ('question', 0), ('packet', 1), ('reveal', 1), ('question', 1), ('packet', 2), ('reveal', 2), \
('question', 2), ('reveal', 2)]
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from lesson_engine.conversations.connection import connections
from lesson_engine.conversations.datagram import datagram_of
from lesson_engine.conversations.marks import SENT_AGAIN
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.course.demo.story import AGAIN, FIELDS, STEPS, Beat, Story
from lesson_engine.filters import Filter
from lesson_engine.messages import Localized, Message
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views.crossing import CrossingPicture, crossings_of
from lesson_engine.views.datagrams import ladder_of_datagrams
from lesson_engine.views.ladder import Arrow, Ladder
from lesson_engine.views.ladders import Ladders

UNKNOWN = "…"
"""What stands in a text for a value that its packet does not have."""

_ROUGHLY_NS = 100_000_000
"""From here on, times in texts have one decimal, as one says them."""


class Frame(NamedTuple):
    """What is shown until the next key. `packets` of the capture `part` are to be seen, the last of them being the
    current one where the `kind` is packet or reveal. `wait_ns` is how long the packet came after the one before.
    `question` stays to be read when the `reveal` is told. `is_last` is the end, where nothing more comes."""

    kind: Literal["opening", "question", "packet", "reveal"]
    part: int
    packets: int
    wait_ns: int = 0
    question: Localized | None = None
    reveal: Localized | None = None
    is_last: bool = False


class Demo:
    """The frames of a story over the captures of its scenario, as many of them as have begun. A capture that is still
    being made has `is_complete` False; then the story's end is not there yet."""

    def __init__(self, story: Story, captures: Sequence[Capture], *, is_complete: bool = True) -> None:
        """`captures` are those of the story, in its order."""
        self.story = story
        self.captures = tuple(captures)
        self.is_complete = is_complete
        self.frames = tuple(self._frames())
        self._lines = [PrintedLines(capture) for capture in captures]

    def line(self, part: int, index: int) -> str:
        """What `tcpdump -nn` prints of a packet; indices count from 0."""
        return self._lines[part][index]

    def number(self, part: int, index: int) -> int:
        """The number of a packet."""
        return self.captures[part].numbers[index]

    def vantage(self, frame: Frame) -> Message:
        """Which capture a frame shows, for people."""
        return Message(f"lab.{self.story.captures[frame.part]}.title")

    def picture(self, frame: Frame) -> Ladder | CrossingPicture | None:
        """What is drawn for a frame: the ladder so far; both captures side by side at the end of a story that has two;
        None before there is anything to draw."""
        if frame.is_last and len(self.captures) == 2:
            crossed = crossings_of(*self.captures)
            if crossed:
                return crossed[0]
        if not frame.packets:
            return None
        capture = self.captures[frame.part]
        ladder = _ladder(_beginning(capture, frame.packets))
        if ladder is None:
            return None
        is_over = frame.packets == len(capture) and (self.is_complete or frame.part < len(self.captures) - 1)
        if is_over and frame.kind == "reveal":
            return ladder
        rows = (row._replace(no_answer=False) if isinstance(row, Arrow) else row for row in ladder.rows)
        return ladder._replace(rows=tuple(rows))

    def _frames(self) -> Iterator[Frame]:
        yield Frame("opening", 0, 0)
        for part, capture in enumerate(self.captures):
            beats = _beats_of(capture, [beat for beat in self.story.beats if beat.part == part])
            values = _values(capture) if beats else []
            before_ns = capture.times_ns[0] if len(capture) else 0
            for index, time_ns in enumerate(capture.times_ns):
                wait_ns, before_ns = max(0, time_ns - before_ns), time_ns
                beat = beats.get(index)
                question = None if beat is None or beat.question is None else _filled(beat.question, values[index])
                if question is not None:
                    yield Frame("question", part, index, 0, question)
                yield Frame("packet", part, index + 1, wait_ns, question)
                if beat is not None:
                    yield Frame("reveal", part, index + 1, 0, question, _filled(beat.reveal, values[index]))
        if self.is_complete:
            last, asked = len(self.captures) - 1, self.story.closing_question
            packets = len(self.captures[last])
            if asked is not None:
                yield Frame("question", last, packets, 0, asked)
            yield Frame("reveal", last, packets, 0, asked, self.story.closing, is_last=True)


def _beats_of(capture: Capture, beats: Sequence[Beat]) -> dict[int, Beat]:
    """Index of a packet to the beat that it is. One whose packet does not come is waited for to the end, and those
    behind it with it: what was told of a capture that grows must stay told."""
    found: dict[int, Beat] = {}
    parts_played = _parts_played(capture) if any(beat.role for beat in beats) else {}
    begin = 0
    for beat in beats:
        if beat.role:
            fits = [number in parts_played.get(beat.role, ()) for number in capture.numbers]
        else:
            fits = [bool(each) for each in Filter(beat.expression, link_type=capture.link_type).matches(capture)]
        index = next((index for index in range(begin, len(capture)) if fits[index]), None)
        if index is None:
            break
        found[index] = beat
        begin = index + 1
    return found


def _parts_played(capture: Capture) -> Mapping[str, set[int]]:
    """The numbers of the packets that play each part."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for connection in connections(capture):
        if connection.handshake is not None:
            for step in STEPS:
                found[step].update(segment.number for segment in getattr(connection.handshake, step))
        for number, marks in connection.marks.items():
            for mark in marks:
                found[mark].add(number)
            if not marks.isdisjoint(SENT_AGAIN):
                found[AGAIN].add(number)
    return found


def _ladder(capture: Capture) -> Ladder | None:
    """The ladder of the conversation that the last packet belongs to, or of its datagrams; what is neither, such as
    ARP, leaves the ladder before it to be seen."""
    ladders = Ladders(capture)
    for end in range(len(capture), 0, -1):
        chosen = ladders.chosen([capture.numbers[end - 1]])
        ladder = ladders.of(chosen[0]) if chosen else ladder_of_datagrams(_beginning(capture, end))
        if ladder is not None:
            return ladder
    return None


def _beginning(capture: Capture, packets: int) -> Capture:
    return capture.select(bytes(index < packets for index in range(len(capture))))


def _values(capture: Capture) -> list[dict[str, str]]:
    """The FIELDS of each packet, the numbers of TCP as the ladder shows them."""
    ladders = Ladders(capture, whole=True)
    arrows = {row.number: row for symptom in ladders.chosen() for row in ladders.of(symptom).arrows}
    found: list[dict[str, str]] = []
    before_ns = 0
    for packet in capture:
        values = dict.fromkeys(FIELDS, UNKNOWN) | {"number": str(packet.number)}
        datagram = datagram_of(packet)
        if datagram is not None:
            values |= {"source": shown_address(datagram.source), "destination": shown_address(datagram.destination)}
        arrow = arrows.get(packet.number)
        if arrow is not None:
            shown = {"seq": arrow.sequence, "behind": arrow.behind, "ack": arrow.acknowledgment}
            shown["length"] = arrow.payload_length
            values |= {name: str(value) for name, value in shown.items() if value is not None}
        if found:
            values |= {f"last_{name}": found[-1][name] for name in FIELDS if not name.startswith("last_")}
            values["since"] = _seconds(packet.time_ns - before_ns)
        before_ns = packet.time_ns
        found.append(values)
    return found


def _seconds(nanoseconds: int) -> str:
    return f"{nanoseconds / 1e9:.{1 if nanoseconds >= _ROUGHLY_NS else 6}f}"


def _filled(text: Localized, values: Mapping[str, str]) -> Localized:
    return Localized(*(each.format_map(values) for each in text))
