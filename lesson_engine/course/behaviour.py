"""Grading of filter exercises by behaviour: what the answer's filter matches, not how it is spelled.

Answer and reference are compared over the exercise's capture and over the lattice of packets that could tell
them apart. A difference is shown with the packet that proves it, from the capture where there is one.
"""

from typing import NamedTuple

from lesson_engine.course.captures import open_capture
from lesson_engine.course.exercise import Exercise, WrongAnswer
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Fault, Proof, Relation, Verdict
from lesson_engine.course.wanted import lacking
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.explain import explain
from lesson_engine.filters.lattice import Comparison, compare
from lesson_engine.filters.misconceptions import of_answer, of_error
from lesson_engine.messages import Message, Text
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.advice import advise, misconception
from lesson_engine.tcpdump.command import Command, CommandError, parse_line
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.tcpdump.shell import lex


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on one tcpdump command, or on a bare filter expression."""
    task = _Task(exercise)
    try:
        written = _understand(answer)
        read = Filter(written.expression, link_type=task.capture.link_type)
    except CommandError as error:
        fault = Fault(error.message, error.source, error.span, error.hint)
        return _not_understood(exercise, answer, fault, misconception(error))
    except FilterSyntaxError as error:
        fault = Fault(error.explanation, error.source, error.span, error.hint)
        habit = of_error(error)
        return _not_understood(exercise, answer, fault, habit.id if habit else None)
    given = task.matched_by(read)
    comparison = compare(read, task.reference, within=task.within)
    verdict = Verdict(
        exercise.id,
        passed=False,
        score=0.0,
        summary=Message("course.different"),
        answer=written.expression,
        filter_read=_reading(written.expression, read),
        relation=comparison.relation if comparison.relation != "equivalent" else _relation(given, task.wanted),
        remarks=written.remarks,
    )
    if given == task.wanted and comparison.relation == "equivalent":
        return _does_the_same(verdict, task, written, read, comparison)
    return _does_something_else(verdict, task, written, read, given, comparison)


class _Task:
    """What the exercise asks: its capture, the reference, and which of the capture's packets that matches.

    Only packets that `within` matches count.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.capture = open_capture(exercise.capture, exercise.seed)
        link_type = self.capture.link_type
        self.reference = Filter(_understand(exercise.solution).expression, link_type=link_type)
        self.within = Filter(exercise.counts, link_type=link_type) if exercise.counts else None
        self.counting = self.within.matches(self.capture) if self.within else bytes([1]) * len(self.capture)
        self.wanted = self.matched_by(self.reference)

    def matched_by(self, filter_: Filter) -> bytes:
        """One byte a packet: 1 where it counts and the filter matches it."""
        matched = filter_.matches(self.capture)
        return bytes(one & counts for one, counts in zip(matched, self.counting, strict=True))


def _does_the_same(verdict: Verdict, task: _Task, written: "_Written", read: Filter, comparison: Comparison) -> Verdict:
    missing = written.command and lacking(written.command, task.exercise.wants)
    if missing:
        option = Message(f"course.wants.{missing}")
        return verdict._replace(score=0.5, summary=Message("course.option_missing", option=option))
    proven = "course.equivalent_proof" if comparison.complete else "course.equivalent_test"
    summary = Message(proven, reference=task.reference, packets=f"{comparison.packets_tried:,}")
    advice = of_answer(read, task.reference, within=task.within, comparison=comparison)
    remarks = (*(each.message for each in advice), *written.remarks)
    return verdict._replace(passed=True, score=1.0, summary=summary, remarks=remarks)


def _does_something_else(
    verdict: Verdict, task: _Task, written: "_Written", read: Filter, given: bytes, comparison: Comparison
) -> Verdict:
    verdict = verdict._replace(proofs=_proofs(task, read, given, comparison))
    known = _recognised(task, read, given)
    if known is not None:
        remarks = (known.remark,) if known.remark else ()
        return verdict._replace(misconception=known.misconception, remarks=(*remarks, *written.remarks))
    found = of_answer(read, task.reference, within=task.within, comparison=comparison)
    if found:
        return verdict._replace(misconception=found[0].id, remarks=(found[0].message, *written.remarks))
    return verdict


class _Written(NamedTuple):
    """The filter of an answer; `command` is None where the answer was the bare expression."""

    expression: str
    command: Command | None
    remarks: tuple[Text, ...] = ()


def _understand(answer: str) -> _Written:
    """Raises CommandError, or FilterSyntaxError for what is a bare expression with a fault."""
    try:
        command = parse_line(answer)
    except CommandError as error:
        if error.message.key != "tcpdump.command.other":
            raise
        # No command at all: the learner may have answered with the expression alone.
        words = [word.text for simple in lex(answer, literal=True).commands for word in simple.words]
        expression = " ".join(words)
        try:
            Filter(expression)
        except FilterSyntaxError as fault:
            if fault.hint is None:
                raise error from None
            raise
        return _Written(expression, None, (Message("course.bare_filter"),))
    return _Written(command.expression, command, tuple(advice.message for advice in advise(command)))


def _not_understood(exercise: Exercise, answer: str, fault: Fault, known_as: str | None) -> Verdict:
    return Verdict(exercise.id, False, 0.0, fault.message, answer=answer, fault=fault, misconception=known_as)


def _reading(expression: str, read: Filter) -> str:
    canonical = str(read)
    return "" if canonical == " ".join(expression.split()) else canonical


def _relation(given: bytes, wanted: bytes) -> Relation:
    """The relation over the capture alone, for when the lattice sees none."""
    pairs = set(zip(given, wanted, strict=True))
    if (1, 0) in pairs and (0, 1) in pairs:
        return "overlapping" if (1, 1) in pairs else "disjoint"
    return "wider" if (1, 0) in pairs else "narrower" if (0, 1) in pairs else "equivalent"


def _proofs(task: _Task, read: Filter, given: bytes, comparison: Comparison) -> tuple[Proof, ...]:
    """One packet for each side they disagree on: of the capture, else one made for the purpose."""
    capture = task.capture
    proofs: list[Proof] = []
    made = {proof.matched_by: proof.data for proof in comparison.proofs}
    for missed, side, mine, other in ((False, "a", given, task.wanted), (True, "b", task.wanted, given)):
        disputed = [index for index in range(len(capture)) if mine[index] and not other[index]]
        if disputed:
            packet = capture[disputed[0]]
            origin = Message("course.from_capture")
            line = _line_as_read(capture, disputed[0])
        elif side in made:
            packet = Packet(0, 0, made[side], len(made[side]), capture.link_type)
            origin = Message("course.made_packet")
            line = Printer(PrintOptions(numeric=2, time_style=1), capture.link_type).print(packet)
        else:
            continue
        explanation = explain(read, packet)
        proofs.append(Proof(packet, line.rstrip("\n"), missed, len(disputed), len(capture), origin, explanation))
    return tuple(proofs)


def _line_as_read(capture: Capture, index: int) -> str:
    """The line that `tcpdump -nn -r` prints for this packet: what came before makes sequence numbers relative."""
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    line = ""
    for position in range(index + 1):
        line = printer.print(capture[position])
    return line


def _recognised(task: _Task, read: Filter, given: bytes) -> WrongAnswer | None:
    """The exercise's known wrong answer that behaves as this one does."""
    for wrong in task.exercise.wrong:
        try:
            other = Filter(_understand(wrong.answer).expression, link_type=task.capture.link_type)
        except (CommandError, FilterSyntaxError):
            continue
        # The capture is the cheap question; the lattice is asked only where it cannot tell them apart.
        if task.matched_by(other) == given and (
            other.tree == read.tree or compare(read, other, within=task.within).relation == "equivalent"
        ):
            return wrong
    return None
