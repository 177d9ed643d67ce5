"""Questions and what became of an answer: typed values, with nothing read and nothing printed.

A `Question` knows its right answer, and for wrong ones the thought behind them; shells show it in either language,
or as JSON that gives nothing away. `judging` compares answers, `report` puts both into words.

>>> question = Question("flags", "symbol", Message("drills.flags.symbol", name="ACK"), "choice", ("2",),
...     Message("drills.flags.dot"), Message("drills.flags.hint"), choices=(Choice("A"), Choice(".")))
>>> question.right_answer.text("en"), question.identity == question._replace(hint=Message("drills.none")).identity
('.', True)
"""

from collections.abc import Iterable
from itertools import islice
from random import Random
from typing import Literal, NamedTuple, get_args

from lesson_engine.course.verdict import Fault, Verdict
from lesson_engine.filters.explain import Explanation
from lesson_engine.messages import Language, Localized, Message, Text
from lesson_engine.packets import Packet

Topic = Literal["line", "flags", "matches", "filter", "handshake", "symptom", "command"]
TOPICS: tuple[Topic, ...] = get_args(Topic)

CHECKLIST: dict[Topic, str] = {
    "line": "flags",
    "flags": "flags",
    "matches": "filters",
    "filter": "filters",
    "handshake": "handshake",
    "symptom": "handshake",
    "command": "commands",
}
"""Topic to the item of the course's checklist that it trains (exercises/course.toml)."""

Form = Literal["choice", "packet", "packets", "order", "value", "flags", "word", "filter", "command"]
"""What is answered: one of the choices; a line's number; the numbers of lines, in any order or in the right one; a
number; TCP flags; a part of a line; a filter or a command, which are graded by what they do."""


WRONG_CHOICES = 3


class Choice(NamedTuple):
    """One of several answers: what tcpdump or a shell would show (`str`), or words. `thought` is what there is to say
    to one who chooses it wrongly."""

    shown: str | Text
    thought: Text | None = None

    def text(self, language: Language) -> str:
        """The choice as it is read."""
        return self.shown if isinstance(self.shown, str) else self.shown.text(language)


class Question(NamedTuple):
    """One question. `topic` and `kind` together say what it trains: two questions of a kind differ in their packets.

    `lines` are tcpdump's own, or a command, and `packets` those that the lines show. `accepted` are the right answers
    in normal form: a choice's or line's number from 1, numbers with blanks between ("" for none), flags such as
    "ACK,SYN", words, a filter, a command. `filter` is the expression that the question is about, if it is about one,
    or the right one of several. `proof` are the numbers of lines that show why.
    """

    topic: Topic
    kind: str
    prompt: Text
    form: Form
    accepted: tuple[str, ...]
    explanation: Text
    hint: Text
    lines: tuple[str, ...] = ()
    packets: tuple[Packet, ...] = ()
    choices: tuple[Choice, ...] = ()
    filter: str = ""
    proof: tuple[int, ...] = ()

    @property
    def checklist(self) -> str:
        """The item of the course's checklist that it belongs to."""
        return CHECKLIST[self.topic]

    @property
    def is_numbered(self) -> bool:
        """Whether the lines have numbers before them."""
        return len(self.lines) > 1 or self.form in ("packet", "packets", "order")

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for two questions that ask the same of the same packets."""
        choices = sorted(choice.text("en") for choice in self.choices)
        return self.topic, self.kind, self.prompt.text("en"), self.lines, tuple(choices)

    @property
    def right_answer(self) -> Text:
        """The right answer as it is shown to one who did not find it."""
        first = self.accepted[0]
        if self.form == "choice":
            chosen = self.choices[int(first) - 1]
            return Localized(chosen.text("ja"), chosen.text("en"))
        shown = first.replace(" ", ", ") if self.form in ("packets", "order") else first
        return Localized(shown, shown) if shown else Message("drills.none")

    def as_json(self, language: Language) -> dict[str, object]:
        """The question as JSON values, without its answer. The keys are stable."""
        return {
            "topic": self.topic,
            "kind": self.kind,
            "checklist": self.checklist,
            "form": self.form,
            "prompt": self.prompt.text(language),
            "lines": list(self.lines),
            "choices": [choice.text(language) for choice in self.choices],
        }


def offer(chance: Random, right: Choice, wrong: Iterable[Choice]) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """The right choice among up to three wrong ones, shuffled, and the accepted answer."""
    choices = [right, *islice(wrong, WRONG_CHOICES)]
    chance.shuffle(choices)
    return tuple(choices), (str(choices.index(right) + 1),)


class Evidence(NamedTuple):
    """A line that proves something: the line, what there is to say of it, and what a filter's clauses say of it."""

    line: str
    remark: Text | None = None
    explanation: Explanation | None = None


class Judgement(NamedTuple):
    """What became of an answer. `unclear` says why it is no answer to such a question, so that it can be given again.

    `remark` is the thought behind a wrong answer, `misconception` its id where it has one. `evidence` shows it.
    `fault` is the place in a command that cannot be understood; a filter's `verdict` is that of grading.
    """

    right: bool
    given: str = ""
    unclear: Text | None = None
    remark: Text | None = None
    misconception: str | None = None
    evidence: tuple[Evidence, ...] = ()
    fault: Fault | None = None
    verdict: Verdict | None = None

    def as_json(self, language: Language) -> dict[str, object]:
        """The judgement as JSON values. The keys are stable."""
        remark = self.unclear or self.remark or (self.verdict and self.verdict.summary)
        return {
            "right": self.right,
            "given": self.given,
            "understood": self.unclear is None,
            "remark": remark.text(language) if remark else None,
            "misconception": self.misconception,
            "evidence": [each.line for each in self.evidence],
        }
