"""Findings: what a capture says to one question, and with it the judgement of what a learner says.

A finding knows the right answers, and the wrong ones that a known misconception leads to: both are computed, so that
they hold for every capture and for answers that no author thought of.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from lesson_engine.course.questions import Question
from lesson_engine.course.reading.forms import Form, Value, shown
from lesson_engine.course.verdict import Evidence, Part
from lesson_engine.messages import Message, Text


class Judgement(NamedTuple):
    """What is said of one answer: its parts, and the packets that support the right ones."""

    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every part is right."""
        return all(part.passed for part in self.parts)


class Finding(Protocol):
    """What one question's capture says."""

    @property
    def form(self) -> Form:
        """How an answer is to be read."""
        ...

    @property
    def example(self) -> Value:
        """A right answer."""
        ...

    @property
    def variants(self) -> Mapping[str, Value]:
        """Other answers by name: wrong ones by the misconception that leads to them here, and more right ones."""
        ...

    def judge(self, given: Value) -> Judgement:
        """What is to be said of an answer in the form."""
        ...


class Mistake(NamedTuple):
    """A wrong answer that a misconception leads to, and what to say to whoever gives it."""

    value: Value
    misconception: str
    remark: Text


class Values:
    """A question with one answer, or several that are the same. `line` is quoted beside a wrong one; the first
    mistake of a value is the one that is named, and `rule` is said where none explains it."""

    def __init__(
        self,
        question: Question,
        form: Form,
        right: Sequence[Value],
        mistakes: Sequence[Mistake] = (),
        *,
        line: str = "",
        rule: Text | None = None,
    ) -> None:
        self.question = question
        self.form = form
        self.right = right
        self.mistakes = [mistake for mistake in mistakes if mistake.value not in right]
        self.line = line
        self.rule = rule

    @property
    def example(self) -> Value:
        """A right answer."""
        return self.right[0]

    @property
    def variants(self) -> Mapping[str, Value]:
        """The known mistakes."""
        return by_misconception(self.mistakes)

    def judge(self, given: Value) -> Judgement:
        """Right, a known mistake, or something else."""
        if given in self.right:
            return Judgement((Part(self.question.label, True),))
        known = next((mistake for mistake in self.mistakes if mistake.value == given), None)
        remark = known.remark if known else self.otherwise(given)
        misconception = known.misconception if known else None
        return Judgement((Part(self.question.label, False, remark, self.line, misconception=misconception),))

    def otherwise(self, given: Value) -> Text:
        """What to say of a wrong answer that no misconception explains."""
        return self.rule or Message("reading.not_this", found=shown(given))


def by_misconception(mistakes: Sequence[Mistake]) -> dict[str, Value]:
    """The value of the first mistake of each name."""
    return {mistake.misconception: mistake.value for mistake in reversed(mistakes)}
