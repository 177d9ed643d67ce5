"""Questions of reading exercises: what each asks, what the engine computes for it, and the options of a choice.

A question is data: `reads` names what is read off its capture, and with that the form of its answer. Nothing here
computes anything; `course.reading` does. The keys are described in CONTRIBUTING.md ("Add an exercise").
"""

from collections.abc import Collection
from typing import NamedTuple

from lesson_engine.course.definition import Table
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Localized, Message

READS = {
    "handshake.syn": "handshakes",
    "handshake.syn_ack": "handshakes",
    "handshake.ack": "handshakes",
    "handshakes": "handshakes",
    "attempts": "handshakes",
    "line.time": "lines",
    "line.source": "lines",
    "line.source_port": "lines",
    "line.destination": "lines",
    "line.destination_port": "lines",
    "line.flags": "lines",
    "line.sequence": "lines",
    "line.acknowledgment": "lines",
    "line.window": "lines",
    "line.length": "lines",
    "flags": "flags",
    "matches": "predictions",
    "order": "order",
    "blank.sequence": "blanks",
    "blank.acknowledgment": "blanks",
    "blank.absolute_sequence": "blanks",
    "blank.absolute_acknowledgment": "blanks",
    "symptom": "diagnosis",
    "symptom.evidence": "diagnosis",
    "symptom.by": "diagnosis",
    "symptom.cause": "diagnosis",
    "symptom.next": "diagnosis",
    "crossing": "crossing",
    "crossing.evidence": "crossing",
    "stated": "choice",
}
"""What can be read, and the module of `course.reading` that reads it."""

LAB_READS = (
    "fault.seen",
    "fault.where",
    "before",
    "before.packets",
    "after",
    "after.packets",
)
"""What is asked about a fault in the lab, each once: how it looks from the client and where it lies, and the captures
with the packets in them that show it before it was mended and after."""

CHOICES = frozenset({"symptom", "symptom.cause", "symptom.next", "crossing", "stated"})
"""What is answered by choosing one of the question's options."""


class Option(NamedTuple):
    """One option of a choice: `value` is what the learner writes, `label` what it says. A wrong one may have the
    misconception that it stands for and a remark; `right` is for questions that no capture answers."""

    value: str
    label: Localized
    misconception: str | None
    remark: Localized | None
    right: bool


class Question(NamedTuple):
    """One thing to read off a capture: `reads` names what the engine computes, `of` is a filter that picks the
    packets it is about, `capture` one of the exercise's captures, `against` another to compare with ("" for none)."""

    name: str
    reads: str
    of: str
    label: Localized
    capture: str
    against: str
    options: tuple[Option, ...]


def parse_questions(tables: list[Table], captures: Collection[str]) -> tuple[Question, ...]:
    """The questions of a definition that is about these captures, the first if a question names none. Raises
    ExerciseError."""
    questions = tuple(_question(table, tuple(captures)) for table in tables)
    for position, question in enumerate(questions):
        if question.name in {other.name for other in questions[:position]}:
            raise tables[position].fault("name", Message("course.key_twice", found=question.name))
    return questions


def parse_lab_questions(tables: list[Table]) -> tuple[Question, ...]:
    """The questions of an exercise's form in the lab: one of each that can be asked there. Raises ExerciseError."""
    questions = tuple(_lab_question(table) for table in tables)
    for position, question in enumerate(questions):
        for key, found in (("name", question.name), ("reads", question.reads)):
            if any(getattr(other, key) == found for other in questions[:position]):
                raise tables[position].fault(key, Message("course.key_twice", found=found))
    if missing := [reads for reads in LAB_READS if all(question.reads != reads for question in questions)]:
        raise tables[0].fault("reads", Message("course.lab_question_missing", reads=", ".join(missing)))
    return questions


def _lab_question(table: Table) -> Question:
    reads = table.choice("reads", LAB_READS)
    options = tuple(_option(each) for each in table.tables("options", optional=not reads.startswith("fault.")))
    table.nothing_else({"name", "reads", "label", "options"})
    return Question(table.string("name"), reads, "", table.localized("label"), "", "", options)


def _question(table: Table, captures: tuple[str, ...]) -> Question:
    reads = table.choice("reads", tuple(READS))
    is_choice = reads in CHOICES
    question = Question(
        table.string("name"),
        reads,
        filter_at(table, "of"),
        table.localized("label"),
        table.choice("capture", captures) if "capture" in table.values else captures[0],
        table.choice("against", captures) if "against" in table.values else "",
        tuple(_option(each) for each in table.tables("options", optional=not is_choice)),
    )
    if reads == "stated" and sum(option.right for option in question.options) != 1:
        raise table.fault("options", Message("course.one_option_is_right"))
    table.nothing_else(Question._fields)
    return question


def _option(table: Table) -> Option:
    option = Option(
        table.string("value"),
        Localized(table.string("ja"), table.string("en")),
        table.string("misconception") if "misconception" in table.values else None,
        table.localized("remark") if "remark" in table.values else None,
        table.values.get("right") is True,
    )
    table.nothing_else({"value", "ja", "en", "misconception", "remark", "right"})
    return option


def filter_at(table: Table, key: str) -> str:
    """A valid capture filter. Raises ExerciseError."""
    expression = table.string(key)
    try:
        Filter(expression)
    except FilterSyntaxError as error:
        raise table.fault(key, error.message) from error
    return expression
