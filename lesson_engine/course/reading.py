"""Grading of reading exercises: values that the learner reads off a capture, computed here from that capture.

The answer is TOML, one key a question. Forms are tolerant (`7`, `"7"`, `"#7"`); a wrong value is answered with
the very packet that the learner named.
"""

import re
import tomllib
from collections.abc import Mapping

from lesson_engine.conversations.handshake import find_handshakes
from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, segment_of
from lesson_engine.course.captures import open_capture
from lesson_engine.course.exercise import Exercise, Question, WrongAnswer
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Fault, Part, Verdict
from lesson_engine.filters import Filter
from lesson_engine.messages import Message
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on an answer in TOML; the score is the share of questions answered right."""
    capture = open_capture(exercise.capture)
    try:
        given = tomllib.loads(answer)
    except tomllib.TOMLDecodeError as error:
        fault = Fault(Message("course.answer_not_toml", fault=str(error)), answer, _place(answer, str(error)))
        return Verdict(exercise.id, False, 0.0, fault.message, answer=answer, fault=fault)
    right_numbers = expected(exercise, capture)
    parts = tuple(_judge(question, given, right_numbers[question.name], capture) for question in exercise.questions)
    right = sum(part.passed for part in parts)
    passed = right == len(parts)
    wrong = None if passed else _recognised(exercise, given, right_numbers)
    return Verdict(
        exercise.id,
        passed,
        right / len(parts),
        Message("course.all_parts" if passed else "course.some_parts", right=right, all=len(parts)),
        answer=answer,
        parts=parts,
        misconception=wrong.misconception if wrong else None,
        remarks=(wrong.remark,) if wrong and wrong.remark else (),
    )


def expected(exercise: Exercise, capture: Capture) -> dict[str, frozenset[int]]:
    """For each question the packet numbers that are right. Raises LookupError if the capture answers none."""
    return {question.name: _numbers(question, capture) for question in exercise.questions}


def filled_in(template: str, right: Mapping[str, frozenset[int]]) -> str:
    """`template` with each {question} replaced by its first right number: how definitions write answers down,
    since recording a capture again changes the numbers."""
    return template.format_map({name: min(numbers) for name, numbers in right.items()})


def as_written(exercise: Exercise, answer: str, setting: Setting) -> str:
    """One of the definition's answers with the numbers that this learner's capture gives."""
    return filled_in(answer, expected(exercise, open_capture(exercise.capture)))


def _numbers(question: Question, capture: Capture) -> frozenset[int]:
    handshakes = find_handshakes(Filter(question.of, link_type=capture.link_type).select(capture))
    complete = [handshake for handshake in handshakes if handshake.is_complete]
    if question.reads == "handshake.syn":
        segments = [segment for handshake in complete for segment in handshake.syn]
    elif question.reads == "handshake.syn_ack":
        segments = [segment for handshake in complete for segment in handshake.syn_ack]
    else:
        segments = [segment for handshake in complete for segment in handshake.ack]
    if not segments:
        raise LookupError(f"{question.of}: no {question.reads} in the capture")
    return frozenset(segment.number for segment in segments)


def _judge(question: Question, given: Mapping[str, object], right: frozenset[int], capture: Capture) -> Part:
    value = given.get(question.name)
    number = _packet_number(value)
    if value in (None, 0, ""):
        return Part(question.label, False, Message("course.not_answered", key=question.name))
    if number is None:
        return Part(question.label, False, Message("course.not_a_number", key=question.name, found=value))
    if not 1 <= number <= len(capture):
        return Part(question.label, False, Message("course.no_such_packet", number=number, packets=len(capture)))
    packet = capture[number - 1]
    line = Printer(PrintOptions(numeric=2, time_style=1), capture.link_type).print(packet).split("\n")[0]
    if number in right:
        return Part(question.label, True, line=f"#{number}  {line}")
    return Part(question.label, False, _what_it_is(packet), f"#{number}  {line}")


def _what_it_is(packet: Packet) -> Message:
    """What the packet is that the learner took for something else."""
    segment = segment_of(packet)
    if segment is None:
        return Message("course.is_not_tcp")
    for flag, name in ((RST, "rst"), (SYN | ACK, "syn_ack"), (SYN, "syn"), (FIN, "fin")):
        if segment.flags & flag == flag:
            return Message(f"course.is_{name}")
    return Message("course.is_data" if segment.payload_length else "course.is_ack")


def _packet_number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    matched = re.fullmatch(r"\s*#?\s*([0-9]{1,9})\s*", value) if isinstance(value, str) else None
    return int(matched[1]) if matched else None


def _recognised(
    exercise: Exercise, given: Mapping[str, object], right: Mapping[str, frozenset[int]]
) -> WrongAnswer | None:
    """The exercise's known wrong answer that names the same packets."""
    for wrong in exercise.wrong:
        known = tomllib.loads(filled_in(wrong.answer, right))
        names = [question.name for question in exercise.questions]
        if all(_packet_number(known.get(name)) == _packet_number(given.get(name)) for name in names):
            return wrong
    return None


def _place(answer: str, fault: str) -> tuple[int, int]:
    """The span of the line that tomllib's message names."""
    matched = re.search(r"at line (\d+)", fault)
    lines = answer.splitlines(keepends=True)
    row = min(int(matched[1]), len(lines)) if matched else len(lines)
    start = sum(map(len, lines[: row - 1]))
    return start, start + len(lines[row - 1].rstrip("\n")) if lines else start
