"""The JSON form of verdicts, against the schema that ships with it."""

import json
import os

import pytest
from jsonschema import Draft202012Validator, ValidationError

from lesson_engine.course import verdict as verdict_module
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.setting import Setting
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.verdict import Evidence, Verdict
from lesson_engine.messages import LANGUAGES, Localized, Message

with open(os.path.join(os.path.dirname(verdict_module.__file__), "verdict.schema.json"), encoding="utf-8") as _file:
    SCHEMA = json.load(_file)
Draft202012Validator.check_schema(SCHEMA)
VALIDATOR = Draft202012Validator(SCHEMA)

EXERCISES = [load_exercise(each) for each in load_syllabus().exercises]


def validate(verdict: Verdict) -> None:
    for language in LANGUAGES:
        VALIDATOR.validate(json.loads(json.dumps(verdict.as_json(language))))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_every_verdict_is_what_the_schema_says(exercise: Exercise) -> None:
    answers = [exercise.starter, "tcpdump 'prt 80", exercise.solution, *exercise.right]
    answers += [wrong.answer for wrong in exercise.wrong]
    for answer in answers:
        validate(grade(exercise, as_written(exercise, answer)))


def test_evidence_is_in_it() -> None:
    shown = Evidence("mix", 7, "IP 192.168.1.50.37824 > 93.184.216.34.80: Flags [S]", Localized("SYN です", "a SYN"))
    verdict = Verdict("exercise16", True, 1.0, Message("course.nothing_yet"), evidence=(shown,))
    validate(verdict)
    assert verdict.as_json("en")["evidence"] == [
        {"capture": "mix", "number": 7, "line": shown.line, "shows": "a SYN"},
    ]


@pytest.mark.parametrize(
    ("key", "value"), [("format", 2), ("score", 1.5), ("misconception", "No Such"), ("relation", "same"), ("new", 1)]
)
def test_the_schema_refuses_what_no_verdict_is(key: str, value: object) -> None:
    shown = grade(EXERCISES[0], "which tcpdump").as_json("en")
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**shown, key: value})


def test_the_next_hint_follows_those_taken() -> None:
    exercise = load_exercise("exercise3")
    hints = [grade(exercise, "tcpdump", Setting(hints_taken=taken)).next_hint for taken in range(5)]
    assert hints == [*exercise.hints, None, None]
    assert grade(exercise, exercise.solution).next_hint is None
