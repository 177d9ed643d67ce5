"""Questions on what a filter matches, answered before it is run, out of a short list of packets.

The list is drawn so that it tells the readings of the filter apart: packets that match as tcpdump reads it and as
one who lets `and` bind tighter does, or who takes an alternative for bound to what stands before it; packets that
match one way only; packets that do not match at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Judgement, Mistake, by_misconception
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.course.verdict import Part, Proof
from lesson_engine.filters import Filter
from lesson_engine.filters.explain import explain
from lesson_engine.filters.misconceptions.rereading import and_first
from lesson_engine.filters.nodes import And, Node, Or
from lesson_engine.messages import Message

OF_EACH_KIND = 3
"""Packets on the list that the readings of the filter say the same of, kind by kind."""


class Misreading(NamedTuple):
    """Another way to read a filter: the expression that says it in tcpdump's way, and its misconception."""

    expression: str
    misconception: str


def read_matches(question: Question, scenes: Scenes) -> "Prediction":
    """`matches`: the packets of the short list that `of` matches. Raises LookupError where none does."""
    return Prediction(question, scenes.of(question))


READERS = {"matches": read_matches}


def material(asked: Sequence[tuple[Question, Scene]]) -> list[str]:
    """Each filter, and under it its short list with the packets' numbers."""
    lines: list[str] = []
    for question, scene in asked:
        lines += [""] if lines else []
        lines.append(f"{question.name}   tcpdump -nn '{question.of}'")
        lines += [f"{number:5}  {scene.line(number, time=False)}" for number in Prediction(question, scene).listed]
    return lines


class Prediction:
    """What a filter matches on its short list."""

    form = staticmethod(forms.packets)

    def __init__(self, question: Question, scene: Scene) -> None:
        self.question = question
        self.scene = scene
        self.filter = Filter(question.of, link_type=scene.capture.link_type)
        self.misreadings = list(misreadings(self.filter))
        masks = [self.filter.matches(scene.capture)]
        masks += [Filter(each.expression).matches(scene.capture) for each in self.misreadings]
        self.listed = self._drawn(masks)
        matched = [{number for number in self.listed if mask[number - 1]} for mask in masks]
        self.right = matched[0]
        if not self.right or len(self.right) == len(self.listed):
            raise LookupError(f"{scene.name}: nothing to predict of {question.of}")
        self.mistakes = [
            Mistake(
                tuple(sorted(found)),
                each.misconception,
                Message(f"reading.{each.misconception.replace('-', '_')}", read=str(self.filter)),
            )
            for each, found in zip(self.misreadings, matched[1:], strict=True)
            if found and found != self.right
        ]

    @property
    def example(self) -> Value:
        """Those that match, in order."""
        return tuple(sorted(self.right))

    @property
    def variants(self) -> Mapping[str, Value]:
        """What matches as each misconception reads the filter; and the right packets, written otherwise."""
        right = sorted(self.right)
        written: dict[str, Value] = {
            "another-order": tuple(reversed(right)),
            "in-one-word": " ".join(f"#{number}" for number in right),
        }
        return {**by_misconception(self.mistakes), **written}

    def judge(self, given: Value) -> Judgement:
        """A packet too many and one too few, each with its clauses' verdicts."""
        assert isinstance(given, tuple)
        chosen = {number for number in given if isinstance(number, int)}
        label = self.question.label
        if chosen == self.right:
            return Judgement((Part(label, True),))
        stray = next((number for number in given if number not in self.listed), None)
        if stray is not None:
            said = Message("reading.not_on_the_list", number=stray, listed=", ".join(map(str, self.listed)))
            return Judgement((Part(label, False, said),))
        known = next((mistake for mistake in self.mistakes if mistake.value == tuple(sorted(chosen))), None)
        return Judgement(
            (
                Part(
                    label,
                    False,
                    known.remark if known else Message("reading.read_left_to_right"),
                    filter_read=str(self.filter),
                    proofs=tuple(self._proofs(chosen)),
                    misconception=known.misconception if known else None,
                ),
            )
        )

    def _proofs(self, chosen: set[int]) -> Iterator[Proof]:
        """A packet that the learner leaves out, and one that is too many."""
        for numbers, missed in ((self.right - chosen, True), (chosen - self.right, False)):
            if numbers:
                packet = self.scene.packet(min(numbers))
                yield Proof(
                    packet,
                    self.scene.line(packet.number),
                    missed,
                    len(numbers),
                    len(self.listed),
                    Message("course.from_capture"),
                    explain(self.filter, packet),
                    Message("reading.forecast_missed" if missed else "reading.forecast_extra", found=len(numbers)),
                )

    def _drawn(self, masks: Sequence[Sequence[int]]) -> list[int]:
        """Some packets of each kind, in order; kinds are what the readings say, beginning with tcpdump's."""
        kinds: dict[tuple[int, ...], list[int]] = {}
        for number in self.scene.capture.numbers:
            kinds.setdefault(tuple(mask[number - 1] for mask in masks), []).append(number)
        drawn: list[int] = []
        for numbers in kinds.values():
            start = self.scene.draw % len(numbers)
            step = max(1, len(numbers) // OF_EACH_KIND)
            drawn += {numbers[(start + step * each) % len(numbers)] for each in range(min(OF_EACH_KIND, len(numbers)))}
        return sorted(drawn)


def misreadings(filter_: Filter) -> Iterator[Misreading]:
    """How a filter that mixes `and` and `or` is misread, the commonest first.

    >>> [each.expression for each in misreadings(Filter("port 80 and host 10.0.0.1 or host 10.0.0.2"))]
    ['port 80 and (host 10.0.0.1 or host 10.0.0.2)']
    """
    seen = [str(filter_.tree)]
    for tree, misconception in ((and_first(filter_), "and-binds-tighter"), (_or_first(filter_.tree), "or-leaks")):
        if str(tree) not in seen:
            seen.append(str(tree))
            yield Misreading(str(tree), misconception)


def _or_first(tree: Node) -> Node:
    """The tree if the last term of an `and` were joined with the `or` behind it."""
    match tree:
        case Or(terms=(And(terms=(*before, last)), *alternatives)):
            return And((*before, Or((last, *alternatives))))
        case And(terms=(first, *others)):
            return And((_or_first(first), *others))
        case _:
            return tree
