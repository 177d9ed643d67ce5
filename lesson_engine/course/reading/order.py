"""Questions on the order of a connection's packets, whose lines are shown shuffled and without times.

An order is right when the packets could have come in it: nothing is acknowledged before it was sent, and each side's
sequence and acknowledgment numbers go on without a gap and never back (RFC 9293, 3.4 and 3.10). Where two orders are
both possible, both are right.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, Endpoint, Segment, is_before
from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Judgement
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.course.verdict import Part
from lesson_engine.messages import Message

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read_order(question: Question, scenes: Scenes) -> "Order":
    """`order`: the packets that `of` picks, from open to close. Raises LookupError where they cannot be asked for."""
    return Order(question, scenes.of(question))


READERS = {"order": read_order}


def material(asked: Sequence[tuple[Question, Scene]]) -> list[str]:
    """The lines, each with its letter."""
    return [line for question, scene in asked for line in Order(question, scene).lines()]


class Break(NamedTuple):
    """Why an order cannot be: the segment that cannot stand where it stands, and the reason."""

    segment: Segment
    reason: str


def first_break(segments: Iterable[Segment]) -> Break | None:
    """The first segment of a connection that cannot come where it does, or None if this order is possible."""
    # For each side: the sequence number that follows what it has sent, and the last it acknowledged.
    following: dict[Endpoint, int] = {}
    acknowledged: dict[Endpoint, int] = {}
    sent: set[tuple[Endpoint, int, int]] = set()
    for segment in segments:
        side, other = segment.source, segment.destination
        if not following and segment.flags & (SYN | ACK | RST) != SYN:
            return Break(segment, "begins_without_syn")
        if segment.flags & ACK and (other not in following or is_before(following[other], segment.acknowledgment)):
            return Break(segment, "acknowledges_unsent")
        if segment.flags & ACK and side in acknowledged and is_before(segment.acknowledgment, acknowledged[side]):
            return Break(segment, "acknowledges_less")
        this = (side, segment.sequence, segment.next_sequence)
        repeats = segment.sequence != segment.next_sequence and this in sent
        if side in following and not repeats:
            if is_before(following[side], segment.sequence):
                return Break(segment, "leaves_a_gap")
            if is_before(segment.sequence, following[side]):
                return Break(segment, "comes_too_late")
        sent.add(this)
        if side not in following or is_before(following[side], segment.next_sequence):
            following[side] = segment.next_sequence
        if segment.flags & ACK:
            acknowledged[side] = segment.acknowledgment
    return None


class Order:
    """The packets of one connection, to be put in order by their letters."""

    form = staticmethod(forms.order)

    def __init__(self, question: Question, scene: Scene) -> None:
        self.question = question
        self.scene = scene
        numbers = scene.select(question.of).numbers
        segments = [segment for number in numbers if (segment := scene.segment(number)) is not None]
        if not 3 <= len(segments) <= len(LETTERS) or len({frozenset((s.source, s.destination)) for s in segments}) != 1:
            raise LookupError(f"{scene.name}: {question.of} is not one connection of 3 to {len(LETTERS)} packets")
        if first_break(segments):
            raise LookupError(f"{scene.name}: the packets of {question.of} are out of order as they were captured")
        self.segments = segments
        shuffled = self._shuffled()
        self.by_letter = dict(zip(LETTERS, shuffled, strict=False))
        self.letters = {segment.number: letter for letter, segment in self.by_letter.items()}

    def _shuffled(self) -> list[Segment]:
        from random import Random

        shuffled = list(self.segments)
        generator = Random(self.scene.draw)
        while not first_break(shuffled):
            generator.shuffle(shuffled)
        return shuffled

    @property
    def example(self) -> Value:
        """The order in which they were captured."""
        return tuple(self.letters[segment.number] for segment in self.segments)

    @property
    def variants(self) -> Mapping[str, Value]:
        """The SYN-ACK taken for the SYN, the FINs for the end; and right ones: neighbours exchanged, in one word."""
        right = [self.letters[segment.number] for segment in self.segments]
        fins = [self.letters[segment.number] for segment in self.segments if segment.flags & FIN]
        found: dict[str, Value] = {
            "in-one-word": "".join(right),
            "dot-is-ack": (right[1], right[0], *right[2:]),
            "fin-is-last": (*(letter for letter in right if letter not in fins), *fins),
        }
        for place in range(len(right) - 1):
            exchanged = [*right[:place], right[place + 1], right[place], *right[place + 2 :]]
            if first_break(self.by_letter[letter] for letter in exchanged) is None:
                found["another-order"] = tuple(exchanged)
        return found

    def lines(self) -> list[str]:
        """The shuffled lines with their letters."""
        return [f"{letter}   {self._line(segment)}" for letter, segment in self.by_letter.items()]

    def judge(self, given: Value) -> Judgement:
        """The first line that cannot stand where it does, and why."""
        assert isinstance(given, tuple)
        label = self.question.label
        unknown = [letter for letter in given if letter not in self.by_letter]
        if unknown:
            return Judgement((Part(label, False, Message("reading.no_such_line", letter=unknown[0])),))
        ordered = [self.by_letter[str(letter)] for letter in given]
        broken = first_break(ordered)
        if broken is not None:
            segment = broken.segment
            letter = self.letters[segment.number]
            said = Message(f"reading.order.{broken.reason}", letter=letter)
            line = f"{letter}   {self._line(segment)}"
            return Judgement((Part(label, False, said, line, misconception=self._misconception(ordered, broken)),))
        missing = [letter for letter in self.by_letter if letter not in given]
        if missing:
            said = Message("reading.lines_missing", letters=", ".join(missing))
            return Judgement((Part(label, False, said),))
        return Judgement((Part(label, True),))

    def _line(self, segment: Segment) -> str:
        return self.scene.line(segment.number, time=False)

    def _misconception(self, ordered: Sequence[Segment], broken: Break) -> str | None:
        """The SYN-ACK taken for the SYN, or a FIN taken for the end of everything."""
        if broken.reason == "begins_without_syn" and broken.segment.flags & SYN:
            return "dot-is-ack"
        behind = ordered[ordered.index(broken.segment) :]
        if broken.segment.flags & FIN == 0 and broken.reason == "acknowledges_unsent":
            unsent = [s for s in behind if s.flags & FIN and s.next_sequence == broken.segment.acknowledgment]
            return "fin-is-last" if unsent else None
        return None
