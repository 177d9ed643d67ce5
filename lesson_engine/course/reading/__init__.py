"""Grading of reading exercises: values that the learner reads off captures, computed here from those captures.

The answer is TOML, one key a question (`answer`, `forms`). What a capture says to a question is a `finding`, made by
the reader that `course.questions.READS` names; it judges the answer with the very packet that the learner named, and
knows the misconceptions that lead to wrong ones. No right answer is written down anywhere.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.exercise import Exercise, WrongAnswer
from lesson_engine.course.questions import READS, Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.answer import Written, read
from lesson_engine.course.reading.finding import Finding, Judgement
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.scene import Scenes
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Evidence, Fault, Part, Verdict
from lesson_engine.messages import Message, Text

_UNKNOWN = 3
"""Keys that no question has of which so many are told; there may be thousands."""

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(?:\[([a-z0-9-]+)\])?\}")


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on an answer in TOML; the score is the share of its parts that are right. Raises SavefileError or
    OSError where a capture cannot be read, ExerciseError where one does not answer a question."""
    written = read(answer)
    if isinstance(written, Fault):
        return Verdict(exercise.id, False, 0.0, written.message, answer=answer, fault=written)
    found = findings(exercise)
    judged = [judge(question, found[question.name], written.values) for question in exercise.questions]
    parts = tuple(part for each in judged for part in each.parts)
    verdict = Verdict.of_parts(exercise.id, answer, parts)
    known = None if verdict.passed else _known(exercise, written.values, found)
    named = [part.misconception for part in parts if part.misconception]
    return verdict._replace(
        evidence=tuple(_once([packet for each in judged for packet in each.evidence])),
        misconception=known.misconception if known else named[0] if named else None,
        remarks=() if verdict.passed else tuple(_remarks(exercise, written, known)),
    )


def as_written(exercise: Exercise, answer: str, setting: Setting) -> str:
    """One of the definition's answers as a learner would write it: {name} is the right answer to that question on this
    learner's capture, {name[misconception]} the one that a misconception leads to. Raises KeyError for others."""
    return _filled(answer, findings(exercise))


def findings(exercise: Exercise) -> dict[str, Finding]:
    """What the captures say to each question, by its name. Raises as `grade` does."""
    scenes = Scenes(exercise)
    found: dict[str, Finding] = {}
    for question in exercise.questions:
        try:
            found[question.name] = reader_of(question).READERS[question.reads](question, scenes)
        except LookupError as error:
            fault = Message("reading.unanswered", id=exercise.id, question=question.name, fault=error)
            raise ExerciseError(fault, key=question.name) from error
    return found


def reader_of(question: Question) -> Any:
    """The module that reads what this question asks for; imported when it is needed."""
    return import_module(f"{__name__}.{READS[question.reads]}")


def judge(question: Question, finding: Finding, values: Mapping[str, object]) -> Judgement:
    """What is to be said of the answer to one question among these."""
    value = values.get(question.name)
    if forms.is_empty(value):
        return Judgement((Part(question.label, False, Message("reading.not_answered", key=question.name)),))
    given = finding.form(value)
    if isinstance(given, Message):
        return Judgement((Part(question.label, False, given),))
    return finding.judge(given)


def _known(exercise: Exercise, values: Mapping[str, object], found: Mapping[str, Finding]) -> WrongAnswer | None:
    """The exercise's listed wrong answer that says the same."""

    def meaning(values: Mapping[str, object]) -> list[Value | Message | None]:
        return [
            None if forms.is_empty(values.get(name)) else finding.form(values.get(name))
            for name, finding in found.items()
        ]

    given = meaning(values)
    for wrong in exercise.wrong:
        try:
            listed = read(_filled(wrong.answer, found))
        except KeyError:  # a mistake that this capture leads nobody to
            continue
        if isinstance(listed, Written) and meaning(listed.values) == given:
            return wrong
    return None


def _once(packets: list[Evidence]) -> list[Evidence]:
    """Each packet once, in order."""
    return [packet for position, packet in enumerate(packets) if packet not in packets[:position]]


def _remarks(exercise: Exercise, written: Written, known: WrongAnswer | None) -> list[Text]:
    said: list[Text] = [known.remark] if known and known.remark else []
    return [*said, *unknown_keys(exercise, written.values)]


def unknown_keys(exercise: Exercise, values: Mapping[str, object]) -> list[Message]:
    """What to say of the first keys of an answer that no question has."""
    names = [question.name for question in exercise.questions]
    said = []
    for key in [key for key in values if key not in names][:_UNKNOWN]:
        near = get_close_matches(key, names, n=1)
        said.append(Message("reading.unknown_key", key=forms.shown(key), known=near[0] if near else ", ".join(names)))
    return said


def _filled(answer: str, found: Mapping[str, Finding]) -> str:
    def value(place: re.Match[str]) -> str:
        name, variant = place.groups()
        return in_toml(found[name].variants[variant] if variant else found[name].example)

    return _PLACE.sub(value, answer)


def in_toml(value: Value) -> str:
    """A value as a learner may write it."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, frozenset):
        return '"' + ",".join(sorted(value)).upper() + '"'
    return "[" + ", ".join(in_toml(each) for each in value) + "]"
