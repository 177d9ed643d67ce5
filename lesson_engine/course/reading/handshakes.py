"""Questions on handshakes: which packets are its steps, which connections came about, how many were tried.

Every copy of a segment that was sent again is as good as the first.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lesson_engine.conversations.connection import find_handshakes
from lesson_engine.conversations.handshake import Handshake
from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, Segment
from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Judgement, Mistake, Values
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.course.verdict import Part
from lesson_engine.messages import Message

STEPS = ("syn", "syn_ack", "ack")


def read_step(question: Question, scenes: Scenes) -> "Step":
    """`handshake.syn` and its like. Raises LookupError where the capture holds no whole handshake."""
    return Step(question, scenes.of(question))


def read_all(question: Question, scenes: Scenes) -> "Completed":
    """`handshakes`: the connections that came about."""
    return Completed(question, scenes.of(question))


def read_attempts(question: Question, scenes: Scenes) -> Values:
    """`attempts`: how many connections were tried; a SYN that is sent again tries none."""
    scene = scenes.of(question)
    tried = find_handshakes(scene.select(question.of))
    repeated = next((each for each in tried if len(each.syn) > 1), None)
    mistakes = []
    if repeated is not None:
        said = Message("reading.retransmit_is_many", client=repeated.client, sequence=repeated.syn[0].sequence)
        mistakes.append(Mistake(sum(len(each.syn) for each in tried), "retransmit-is-many", said))
    line = scene.quoted(repeated.syn[1].number) if repeated else ""
    rule = Message("reading.count_connections")
    return Values(question, forms.number, [len(tried)], mistakes, line=line, rule=rule)


READERS = {
    **{f"handshake.{step}": read_step for step in STEPS},
    "handshakes": read_all,
    "attempts": read_attempts,
}


class Step:
    """One step of a handshake that came about, to be named by its packet."""

    form = staticmethod(forms.packet)

    def __init__(self, question: Question, scene: Scene) -> None:
        self.question = question
        self.scene = scene
        self.step = question.reads.partition(".")[2]
        self.within = scene.select(question.of)
        self.handshakes = [each for each in find_handshakes(self.within) if each.is_complete]
        if not self.handshakes:
            raise LookupError(f"{scene.name}: no whole handshake in {question.of}")

    @property
    def example(self) -> int:
        """The first packet that is this step."""
        return min(self._right())

    @property
    def variants(self) -> Mapping[str, Value]:
        """A step taken for another, and its number under the question's filter."""
        others = {"syn": "syn_ack", "syn_ack": "syn", "ack": "syn_ack"}
        return {
            "dot-is-ack": min(self._numbers(others[self.step])),
            "filtered-numbers": list(self.within.numbers).index(self.example) + 1,
        }

    def judge(self, given: Value) -> Judgement:
        """The packet named, and what it is."""
        assert isinstance(given, int)
        label = self.question.label
        if missing := self.scene.no_such(given):
            # Starters have 0 in place of numbers.
            said = missing if given else Message("reading.not_answered", key=self.question.name)
            return Judgement((Part(label, False, said),))
        line = self.scene.quoted(given)
        if given in self._right():
            return Judgement((Part(label, True, line=line),))
        segment = self.scene.segment(given)
        # A packet of the right kind was looked for and found, if in the wrong place.
        is_counted = kind_of(segment) != self.step
        if is_counted and is_filtered_number(self.scene, self.question.of, given, self._right()):
            said = Message("reading.filtered_numbers")
            return Judgement((Part(label, False, said, line, misconception="filtered-numbers"),))
        confused = any(given in self._numbers(step) for step in STEPS) and "syn_ack" in (self.step, kind_of(segment))
        said = self._not_this(segment)
        return Judgement((Part(label, False, said, line, misconception="dot-is-ack" if confused else None),))

    def _right(self) -> frozenset[int]:
        return self._numbers(self.step)

    def _numbers(self, step: str) -> frozenset[int]:
        return frozenset(segment.number for each in self.handshakes for segment in getattr(each, step))

    def _not_this(self, segment: Segment | None) -> Message:
        kind = kind_of(segment)
        if segment is not None and kind == self.step and segment.number not in self.within.numbers:
            return Message("reading.other_conversation", source=segment.source, destination=segment.destination)
        return Message(f"reading.is_{kind}")


class _Row(NamedTuple):
    """Three packets that a learner takes for one handshake, and what they are."""

    numbers: tuple[int, ...]
    handshake: Handshake | None
    remark: Message | None
    misconception: str | None = None


class Completed:
    """The connections that came about, each to be named by the three packets of its handshake."""

    form = staticmethod(forms.handshakes)

    def __init__(self, question: Question, scene: Scene) -> None:
        self.question = question
        self.scene = scene
        self.within = scene.select(question.of)
        self.tried = find_handshakes(self.within)
        self.complete = [each for each in self.tried if each.is_complete]
        if not self.complete:
            raise LookupError(f"{scene.name}: no whole handshake in {question.of}")

    @property
    def example(self) -> Value:
        """The first packet of each step of each."""
        return tuple(_first(each) for each in self.complete)

    @property
    def variants(self) -> Mapping[str, Value]:
        """Repeated segments taken for connections, SYNs for open ones, and so on; and the same rows otherwise."""
        rows = [_first(each) for each in self.complete]
        known = list(self.within.numbers)
        found: dict[str, Value] = {
            "another-copy": tuple((e.syn[-1].number, e.syn_ack[-1].number, e.ack[-1].number) for e in self.complete),
            "another-order": tuple(reversed(rows)),
            "dot-is-ack": tuple((answer, syn, ack) for syn, answer, ack in rows),
            "filtered-numbers": tuple(tuple(known.index(number) + 1 for number in row) for row in rows),
        }
        again = next((each for each in self.complete if len(each.syn) > 1), None)
        if again is not None:
            found["retransmit-is-many"] = (*rows, (again.syn[1].number, *_first(again)[1:]))
        never = next((each for each in self.tried if not each.is_complete), None)
        if never is not None:
            number = never.syn[0].number
            found["syn-is-not-open"] = (*rows, (number, *[each for each in known if each > number][:2]))
        return found

    def judge(self, given: Value) -> Judgement:
        """A part for each connection found, each row that is none, and each connection that is not found."""
        assert isinstance(given, tuple)
        found: list[Handshake] = []
        rows = []
        for numbers in given:
            assert isinstance(numbers, tuple)
            row = self._read(numbers, found)
            rows.append(row)
            if row.handshake is not None:
                found.append(row.handshake)
        parts = [self._part(row) for row in rows]
        missing = len(self.complete) - len(parts)
        parts += [Part(Message("reading.one_more_connection"), False)] * max(0, missing)
        return Judgement(tuple(parts))

    def _part(self, row: _Row) -> Part:
        if row.handshake is None:
            shown = next((number for number in row.numbers if not self.scene.no_such(number)), None)
            line = self.scene.quoted(shown) if shown else ""
            return Part(
                Message("reading.row", numbers=list(row.numbers)),
                False,
                row.remark,
                line,
                misconception=row.misconception,
            )
        client, server = row.handshake.client, row.handshake.server
        return Part(Message("reading.connection", client=client, server=server, numbers=list(row.numbers)), True)

    def _read(self, numbers: tuple[int, ...], found: Sequence[Handshake]) -> _Row:
        if missing := next(filter(None, map(self.scene.no_such, numbers)), None):
            return _Row(numbers, None, missing)
        of_one = next((each for each in self.complete if _is_of(each, numbers)), None)
        if of_one is not None and of_one not in found:
            return _Row(numbers, of_one, None)
        if of_one is not None:
            said = Message("reading.retransmit_is_many", client=of_one.client, sequence=of_one.syn[0].sequence)
            return _Row(numbers, None, said, "retransmit-is-many")
        return self._wrong(numbers)

    def _wrong(self, numbers: tuple[int, ...]) -> _Row:
        if any(_is_of(each, self._unfiltered(numbers)) for each in self.complete):
            return _Row(numbers, None, Message("reading.filtered_numbers"), "filtered-numbers")
        if any(sorted(numbers) == sorted(row) for row in map(_first, self.complete)):
            kinds = [kind_of(self.scene.segment(number)) for number in numbers]
            return _Row(numbers, None, Message("reading.steps_out_of_order", found=_named(kinds)), "dot-is-ack")
        never = next((e for e in self.tried if not e.is_complete and numbers[0] in {s.number for s in e.syn}), None)
        if never is not None:
            said = Message("reading.never_answered", client=never.client, server=never.server)
            return _Row(numbers, None, said, "syn-is-not-open")
        for number, step in zip(numbers, STEPS, strict=True):
            if (kind := kind_of(self.scene.segment(number))) != step:
                return _Row(numbers, None, Message(f"reading.is_{kind}"))
        conversations = {frozenset((s.source, s.destination)) for s in map(self.scene.segment, numbers) if s}
        if len(conversations) > 1:
            return _Row(numbers, None, Message("reading.mixed_conversations"), "mixed-conversations")
        return _Row(numbers, None, Message("reading.not_the_handshake"))

    def _unfiltered(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """The packets' own numbers, if these were counted under the question's filter."""
        known = self.within.numbers
        return tuple(known[number - 1] if number <= len(known) else 0 for number in numbers)


def is_filtered_number(scene: Scene, expression: str, given: int, right: frozenset[int]) -> bool:
    """Whether a wrong number is a right packet's, counted among the lines that a filter leaves. Filters tried are the
    question's own and those with less in them."""
    packet = scene.segment(min(right))
    if packet is None or given in scene.select(expression).numbers:
        return False
    host = str(packet.source).rpartition(".")[0]
    others = (f"host {host}", f"port {packet.destination.port}", f"port {packet.source.port}", "tcp", "ip")
    for each in (expression, *others):
        numbers = scene.select(each).numbers
        if given <= len(numbers) and numbers[given - 1] in right:
            return True
    return False


def kind_of(segment: Segment | None) -> str:
    """What a segment is, in one word: rst, syn_ack, syn, fin, data, ack, or not_tcp for none."""
    if segment is None:
        return "not_tcp"
    for flag, name in ((RST, "rst"), (SYN | ACK, "syn_ack"), (SYN, "syn"), (FIN, "fin")):
        if segment.flags & flag == flag:
            return name
    return "data" if segment.payload_length else "ack"


def _named(kinds: Sequence[str]) -> str:
    return ", ".join(kind.replace("_", "-").upper() for kind in kinds)


def _first(handshake: Handshake) -> tuple[int, ...]:
    return (handshake.syn[0].number, handshake.syn_ack[0].number, handshake.ack[0].number)


def _is_of(handshake: Handshake, numbers: Sequence[int]) -> bool:
    """Whether these are the three steps of this very handshake, whichever copy of each."""
    steps = (handshake.syn, handshake.syn_ack, handshake.ack)
    return all(number in {segment.number for segment in step} for number, step in zip(numbers, steps, strict=True))
