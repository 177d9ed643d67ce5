"""Exercises in the lab: what a check also tries there where a lab stands, and why it does not where none does.

The lab's part comes beside what the recordings say. Whether an answer passes without a lab is decided by the
recordings alone, and the verdict says so in a sentence; a lab that breaks midway leaves it at that. The learner's
command is never run here either: the lab starts tcpdump itself. Imported for exercises with a `[live]` table alone.
"""

from collections.abc import Callable

from lesson_engine.course.exercise import Exercise
from lesson_engine.course.verdict import Verdict
from lesson_engine.lab.asking import Lab, find, why_none
from lesson_engine.lab.namespaces import LabError
from lesson_engine.messages import Message


def judged(exercise: Exercise, judge: Callable[[Lab | None], Verdict]) -> Verdict:
    """The verdict of `judge`, which is given the lab that stands, or None where there is none or it fails."""
    try:
        lab = find()
        why = why_none() if lab is None else None
    except LabError as error:
        lab, why = None, error.message
    if lab is not None:
        try:
            with lab:
                verdict = judge(lab)
            return verdict._replace(fallback=_another_form(exercise))
        except LabError as error:
            why = Message("in_the_lab.broke", fault=error.message)
    told = why if exercise.in_lab else Message("in_the_lab.recordings_alone", why=why)
    return judge(None)._replace(fallback=told)


def form_now(exercise: Exercise) -> Exercise:
    """The form in which the exercise is asked now: the one in the lab, if it has such a form and a lab stands."""
    if exercise.live is None or exercise.live.form is None:
        return exercise
    try:
        lab = find()
    except LabError:  # a check says why
        return exercise
    if lab is None:
        return exercise
    lab.close()
    return exercise.as_live()


def _another_form(exercise: Exercise) -> Message | None:
    if exercise.in_lab or exercise.live is None or exercise.live.form is None:
        return None
    return Message("in_the_lab.another_form", id=exercise.id)
