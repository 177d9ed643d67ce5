"""Questions on the parts of one printed line; which line is drawn from the capture.

The line is one that has every part that can be asked for. A wrong answer that stands elsewhere in the line is told
what it is there (`tcpdump.line`).
"""

from collections.abc import Mapping, Sequence

from lesson_engine.conversations.tcp import Segment
from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Judgement, Mistake, Values
from lesson_engine.course.reading.forms import Form, Value
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.course.verdict import Evidence
from lesson_engine.messages import Message, Text
from lesson_engine.tcpdump.line import Part, read_line

_FORMS: dict[str, Form] = {
    "time": forms.clock,
    "source": forms.address,
    "source_port": forms.port,
    "destination": forms.address,
    "destination_port": forms.port,
    "flags": forms.flags,
    "sequence": forms.sequence,
    "acknowledgment": forms.number,
    "window": forms.number,
    "length": forms.number,
}
"""The parts by their names in `tcpdump.line`."""

_OPPOSITE = {
    "source": "destination",
    "destination": "source",
    "source_port": "destination_port",
    "destination_port": "source_port",
}


def read_part(question: Question, scenes: Scenes) -> Values:
    """`line.flags` and its like. Raises LookupError where no packet has all parts."""
    scene = scenes.of(question)
    number = drawn_line(question, scene)
    return LinePart(question, scene, number, question.reads.partition(".")[2])


READERS = {f"line.{kind}": read_part for kind in _FORMS}


def material(asked: Sequence[tuple[Question, Scene]]) -> list[str]:
    """The line that the questions are about."""
    return list(dict.fromkeys(scene.line(drawn_line(question, scene)) for question, scene in asked))


def drawn_line(question: Question, scene: Scene) -> int:
    """The packet whose line is asked about. Raises LookupError where no line has all parts."""
    return scene.pick(question.of, lambda number: _can_be_asked(parts_of(scene.line(number))))


def _can_be_asked(parts: Mapping[str, Part]) -> bool:
    """Whether there is every part, and seq and ack are not the same number: an exchange of them could not be seen."""
    if not parts.keys() >= {*_FORMS}:
        return False
    return parts["acknowledgment"].text.rpartition(" ")[2] not in map(str, values_of(parts["sequence"]))


class LinePart(Values):
    """One part of a line."""

    def __init__(self, question: Question, scene: Scene, number: int, kind: str) -> None:
        self.kind = kind
        self.shown = Evidence(scene.name, number, scene.line(number), Message("reading.the_line"))
        self.parts = parts_of(scene.line(number))
        right = values_of(self.parts[kind])
        packet, segment = scene.packet(number), scene.segment(number)
        assert segment is not None
        mistakes = [*self._otherparts_of(), *_absolute(kind, segment)]
        if kind in ("source", "destination"):
            address, port = self.parts[kind].text, self.parts[f"{kind}_port"].text
            mistakes.append(Mistake(f"{address}.{port}", "port-behind-dot", Message("reading.port_behind_dot")))
        if kind == "length":
            whole = packet.original_length
            datagram = whole - (packet.link_type.network_offset or 0)
            said = Message("reading.length_is_payload")
            mistakes += [Mistake(each, "length-zero", said) for each in (whole, datagram)]
        if kind == "sequence":
            mistakes += ends_early(right[0])
        if kind == "flags":
            mistakes += overlooked_dot(right[0])
        super().__init__(question, _FORMS[kind], right, mistakes)

    def _otherparts_of(self) -> list[Mistake]:
        """Parts of the same line that are taken for this one."""
        exchanged = {"sequence": "acknowledgment", "acknowledgment": "sequence"}
        found = []
        for kinds, misconception in ((_OPPOSITE, "direction-swapped"), (exchanged, "seq-ack-swapped")):
            if self.kind in kinds:
                found += taken_for(self.parts[kinds[self.kind]], _FORMS[self.kind], misconception)
        return found

    def judge(self, given: Value) -> Judgement:
        """As of any value; the line is shown beside a wrong one."""
        judgement = super().judge(given)
        return judgement if judgement.passed else judgement._replace(evidence=(self.shown,))

    def otherwise(self, given: Value) -> Text:
        """What the answer is where it stands elsewhere in the line."""
        for kind in _FORMS.keys() - {self.kind}:
            part = self.parts[kind]
            if str(given) in {str(value) for value in values_of(part)}:
                return Message("reading.other_part", found=part.text, meaning=part.meaning)
        if (
            self.kind == "time"
            and isinstance(given, str)
            and self.parts["time"].text.startswith(given.removesuffix(".000000"))
        ):
            return Message("reading.whole_time")
        return Message("reading.not_in_line", found=forms.shown(given))


def values_of(part: Part) -> list[Value]:
    """The values that a part of a line stands for, the plainest first."""
    text = part.text.rpartition(" ")[2]
    if part.kind == "flags":
        named = forms.flags(text)
        assert not isinstance(named, Message), f"flags unknown to forms: {text}"
        return [named]
    if part.kind == "sequence":
        return list(dict.fromkeys((text, text.partition(":")[0])))
    return [int(text)] if text.isdigit() else [text]


def overlooked_dot(right: Value) -> list[Mistake]:
    """What is read where the dot is not seen, or seen where there is none."""
    assert isinstance(right, frozenset)
    if "ack" in right:
        return [Mistake(right - {"ack"}, "dot-is-ack", Message("reading.dot_overlooked"))]
    return [Mistake(right | {"ack"}, "dot-is-ack", Message("reading.no_dot"))]


def parts_of(line: str) -> dict[str, Part]:
    """The parts of a printed line by their kind."""
    return {part.kind: part for part in read_line(line)}


def ends_early(right: Value) -> list[Mistake]:
    """A range of sequence numbers that ends with the last byte, not behind it."""
    first, colon, last = str(right).partition(":")
    said = Message("reading.range_end_is_next")
    return [Mistake(f"{first}:{int(last) - 1}", "range-end-is-next", said)] if colon else []


def taken_for(part: Part, form: Form, misconception: str) -> list[Mistake]:
    """The values of a part as wrong answers in another one's form."""
    said = Message("reading.other_part", found=part.text, meaning=part.meaning)
    understood = [form(value) for value in values_of(part)]
    return [Mistake(value, misconception, said) for value in understood if not isinstance(value, Message)]


def _absolute(kind: str, segment: Segment) -> list[Mistake]:
    """The numbers that -S would print."""
    last = segment.sequence + segment.payload_length
    numbers: dict[str, list[Value]] = {
        "sequence": [str(segment.sequence), f"{segment.sequence}:{last & 0xFFFFFFFF}"],
        "acknowledgment": [segment.acknowledgment],
    }
    return [Mistake(each, "relative-ack", Message("reading.absolute_given")) for each in numbers.get(kind, [])]
