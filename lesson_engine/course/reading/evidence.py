"""Evidence: packets that the learner brings forward for a claim must support it.

A claim needs certain packets, and allows some more that belong to it; any other is no evidence, and what is needed
must be there. So there is more than one right answer, and naming every packet of the capture is none.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Judgement
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.handshakes import is_filtered_number, kind_of
from lesson_engine.course.reading.scene import Scene
from lesson_engine.course.verdict import Evidence, Part
from lesson_engine.messages import Message


class Need(NamedTuple):
    """At least `least` of these packets must be named; `lacking` is what to say if they are not."""

    packets: frozenset[int]
    least: int
    lacking: Message


class Support:
    """The packets of one capture that support a claim: those that are needed, and those that may be named too."""

    form = staticmethod(forms.packets)

    def __init__(self, question: Question, scene: Scene, needs: Sequence[Need], allowed: frozenset[int]) -> None:
        if not needs or any(len(need.packets) < need.least for need in needs):
            raise LookupError(f"{scene.name}: nothing supports {question.name}")
        self.question = question
        self.scene = scene
        self.needs = needs
        self.allowed = allowed.union(*(need.packets for need in needs))

    @property
    def example(self) -> Value:
        """No more than what is needed."""
        return tuple(sorted(number for need in self.needs for number in sorted(need.packets)[: need.least]))

    @property
    def variants(self) -> Mapping[str, Value]:
        """All that is allowed; all packets of the capture; what is allowed but does not do by itself."""
        needed = frozenset[int]().union(*(need.packets for need in self.needs))
        found: dict[str, Value] = {"all-that-belong": tuple(sorted(self.allowed))}
        if len(self.scene.capture) > len(self.allowed):
            found["everything"] = tuple(self.scene.capture.numbers)
        if self.allowed - needed:
            found["not-enough"] = tuple(sorted(self.allowed - needed))
        elif sum(need.least for need in self.needs) > 1:
            found["not-enough"] = (min(self.allowed),)
        return found

    def judge(self, given: Value) -> Judgement:
        """The first packet that is no evidence, else what is lacking; the packets themselves where they support it."""
        assert isinstance(given, tuple)
        named = [number for number in given if isinstance(number, int)]
        for number in named:
            if missing := self.scene.no_such(number):
                return self._failed(missing)
            if number not in self.allowed:
                line = self.scene.quoted(number)
                if is_filtered_number(self.scene, self.question.of, number, self.allowed):
                    return self._failed(Message("reading.filtered_numbers"), line, "filtered-numbers")
                return self._failed(Message("reading.no_evidence", what=_what(self.scene, number)), line)
        for need in self.needs:
            if len(need.packets.intersection(named)) < need.least:
                return self._failed(need.lacking, self.scene.quoted(named[0]) if named else "")
        return Judgement(
            (Part(self.question.label, True),), tuple(exhibit(self.scene, number) for number in sorted(named))
        )

    def _failed(self, said: Message, line: str = "", misconception: str | None = None) -> Judgement:
        return Judgement((Part(self.question.label, False, said, line, misconception=misconception),))


def exhibit(scene: Scene, number: int) -> Evidence:
    """A packet of the scene's capture as evidence, with what it is."""
    return Evidence(scene.name, number, scene.line(number), _what(scene, number))


def _what(scene: Scene, number: int) -> Message:
    segment = scene.segment(number)
    for protocol in ("ICMP", "ARP") if segment is None else ():
        if f" {protocol}" in scene.line(number):
            return Message(f"reading.is_{protocol.lower()}")
    kind = kind_of(segment)
    return Message("reading.shows_ack" if kind == "ack" else f"reading.is_{kind}")
