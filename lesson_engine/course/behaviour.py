"""Grading of filter exercises by behaviour: what the answer's filter matches, not how it is spelled.

Answer and reference are compared over the exercise's capture and over the lattice of packets that could tell
them apart. A difference is shown with the packet that proves it, from the capture where there is one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lesson_engine import bundled
from lesson_engine.course.exercise import Exercise, WrongAnswer
from lesson_engine.course.verdict import Fault, Proof, Relation, Verdict
from lesson_engine.course.wanted import lacking
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.explain import explain
from lesson_engine.filters.lattice import Comparison, compare
from lesson_engine.messages import Message, Text
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.advice import advise, misconception
from lesson_engine.tcpdump.command import Command, CommandError, parse_line
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.tcpdump.shell import lex


def grade(exercise: Exercise, answer: str) -> Verdict:
    """The verdict on one tcpdump command, or on a bare filter expression."""
    capture = Capture.open(bundled.capture_path(exercise.capture))
    if capture.error is not None:
        raise capture.error
    try:
        written = _understand(answer)
        read = Filter(written.expression, link_type=capture.link_type)
    except CommandError as error:
        fault = Fault(error.message, error.source, error.span, error.hint)
        return _not_understood(exercise, answer, fault, misconception(error))
    except FilterSyntaxError as error:
        fault = Fault(error.message, error.source, error.span, error.hint)
        return _not_understood(exercise, answer, fault, None)
    reference = Filter(_understand(exercise.solution).expression, link_type=capture.link_type)
    within = Filter(exercise.counts, link_type=capture.link_type) if exercise.counts else None

    counting = within.matches(capture) if within else bytes([1]) * len(capture)
    wanted = _both(reference.matches(capture), counting)
    given = _both(read.matches(capture), counting)
    comparison = compare(read, reference, within=within)
    missing = written.command and lacking(written.command, exercise.wants)
    same = wanted == given and comparison.relation == "equivalent"
    verdict = Verdict(
        exercise.id,
        same and not missing,
        1.0 if same and not missing else 0.5 if same else 0.0,
        _summary(same, missing, comparison, reference),
        answer=written.expression,
        filter_read=_reading(written.expression, read),
        relation=comparison.relation if comparison.relation != "equivalent" else _relation(given, wanted),
        remarks=written.remarks,
    )
    if same:
        return verdict
    proofs = _proofs(capture, read, given, wanted, comparison)
    wrong = _recognised(exercise, read, capture, counting, given, within)
    if wrong is not None:
        remarks = (*((wrong.remark,) if wrong.remark else ()), *verdict.remarks)
        return verdict._replace(proofs=proofs, misconception=wrong.misconception, remarks=remarks)
    return verdict._replace(proofs=proofs)


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


def _summary(same: bool, missing: str | None, comparison: Comparison, reference: Filter) -> Message:
    if not same:
        return Message("course.different")
    if missing:
        return Message("course.option_missing", option=Message(f"course.wants.{missing}"))
    kind = "proof" if comparison.complete else "test"
    return Message(f"course.equivalent_{kind}", reference=reference, packets=f"{comparison.packets_tried:,}")


def _reading(expression: str, read: Filter) -> str:
    canonical = str(read)
    return "" if canonical == " ".join(expression.split()) else canonical


def _both(mask: Sequence[int], counting: Sequence[int]) -> bytes:
    return bytes(one & other for one, other in zip(mask, counting, strict=True))


def _relation(given: bytes, wanted: bytes) -> Relation:
    """The relation over the capture alone, for when the lattice sees none."""
    pairs = set(zip(given, wanted, strict=True))
    if (1, 0) in pairs and (0, 1) in pairs:
        return "overlapping" if (1, 1) in pairs else "disjoint"
    return "wider" if (1, 0) in pairs else "narrower" if (0, 1) in pairs else "equivalent"


def _proofs(capture: Capture, read: Filter, given: bytes, wanted: bytes, comparison: Comparison) -> tuple[Proof, ...]:
    """One packet for each side they disagree on: of the capture, else one made for the purpose."""
    proofs: list[Proof] = []
    made = {proof.matched_by: proof.data for proof in comparison.proofs}
    for missed, side in ((False, "a"), (True, "b")):
        disputed = [index for index in range(len(capture)) if (wanted if missed else given)[index]
                    and not (given if missed else wanted)[index]]  # fmt: skip
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
        proofs.append(
            Proof(packet, line.rstrip("\n"), missed, len(disputed), len(capture), origin, explain(read, packet))
        )
    return tuple(proofs)


def _line_as_read(capture: Capture, index: int) -> str:
    """The line that `tcpdump -nn -r` prints for this packet: what came before makes sequence numbers relative."""
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    line = ""
    for position in range(index + 1):
        line = printer.print(capture[position])
    return line


def _recognised(
    exercise: Exercise, read: Filter, capture: Capture, counting: bytes | Sequence[int], given: bytes,
    within: Filter | None,
) -> WrongAnswer | None:  # fmt: skip
    """The exercise's known wrong answer that behaves as this one does."""
    for wrong in exercise.wrong:
        try:
            other = Filter(_understand(wrong.answer).expression, link_type=capture.link_type)
        except (CommandError, FilterSyntaxError):
            continue
        # The capture is the cheap question; the lattice is asked only where it cannot tell them apart.
        if _both(other.matches(capture), counting) == given and (
            other.tree == read.tree or compare(read, other, within=within).relation == "equivalent"
        ):
            return wrong
    return None
