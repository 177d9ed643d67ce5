"""Grading: an exercise and the text of an answer give a Verdict. The only way in, for learners and authors.

Grading knows kinds of answer, never an exercise by name. It fails closed: what cannot be read or understood
is a verdict that has not passed. The answer is data: it is lexed and compared, and never run.

>>> from lesson_engine.course.exercise import load_exercise
>>> grade(load_exercise("exercise3"), "tcpdump host 192.168.1.100").passed
True
"""

from importlib import import_module

from lesson_engine.course.exercise import Exercise, Kind
from lesson_engine.course.hints import next_hint
from lesson_engine.course.setting import ANYONE, Setting
from lesson_engine.course.verdict import Fault, Verdict
from lesson_engine.messages import Message

_GRADERS: dict[Kind, str] = {"filter": "behaviour", "command": "commands", "reading": "reading"}
"""Kind of answer to the module of this package that grades it; imported when one is graded."""


def grade(exercise: Exercise, answer: str, setting: Setting = ANYONE) -> Verdict:
    """The verdict on `answer`, the text of an answer file. Raises SavefileError or OSError where the exercise's
    own capture cannot be read."""
    if _says_nothing(answer):
        nothing = Message("course.nothing_yet")
        verdict = Verdict(exercise.id, False, 0.0, nothing, answer=answer, fault=Fault(nothing))
    elif exercise.live is not None and setting.uses_lab:
        from lesson_engine.course.in_the_lab import judged  # for these exercises alone

        verdict = judged(exercise, lambda lab: _judged(exercise, answer, setting._replace(lab=lab)))
    else:
        verdict = _judged(exercise, answer, setting)
    return verdict if verdict.passed else verdict._replace(next_hint=next_hint(exercise, setting.hints_taken))


def _judged(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    module = "in_the_lab.mending" if exercise.in_lab else _GRADERS[exercise.kind]
    verdict: Verdict = import_module(f"lesson_engine.course.{module}").grade(exercise, answer, setting)
    return verdict


def as_written(exercise: Exercise, answer: str, setting: Setting = ANYONE) -> str:
    """One of the definition's own answers as a learner would write it: what is computed from the capture filled in.
    Raises LabError where only the lab knows it."""
    if exercise.in_lab:
        from lesson_engine.course.in_the_lab.mending import as_written as told

        return told(exercise, answer, setting)
    if exercise.kind == "reading":
        from lesson_engine.course.reading import as_written as filled_in

        return filled_in(exercise, answer, setting)
    return answer


def _says_nothing(answer: str) -> bool:
    """Whether there is nothing but comments and blank lines."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in answer.splitlines())
