"""Every exercise of the course, held to what the author's lint demands; it goes through grading, as learners do."""

import re

import pytest

from lesson_engine import bundled
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.lint import SAYS_NOTHING, lint, lint_course
from lesson_engine.course.syllabus import load_syllabus

SYLLABUS = load_syllabus()
EXERCISES = [load_exercise(each) for each in SYLLABUS.exercises]
GENERAL = {"or-for-both", "inverted", "extra-condition", "missing-condition", "other-value", "missing-option"}
FILTERS = [each for each in EXERCISES if each.kind == "filter"]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_it_is_fit_for_learners(exercise: Exercise) -> None:
    assert [f"{complaint.key}: {complaint.message}" for complaint in lint(exercise)] == []


def test_the_course_is_whole() -> None:
    assert [f"{complaint.exercise}: {complaint.message}" for complaint in lint_course(bundled.exercises())] == []


def test_the_course_goes_from_first_to_last() -> None:
    numbers = [int(re.fullmatch(r"exercise([0-9]+)", each)[1]) for each in SYLLABUS.exercises]  # type: ignore[index]
    assert numbers == sorted({*numbers})


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
@pytest.mark.parametrize("answer", SAYS_NOTHING, ids=repr)
def test_an_answer_that_says_nothing_fails(exercise: Exercise, answer: str) -> None:
    verdict = grade(exercise, answer)
    assert not verdict.passed
    assert verdict.score < 1


@pytest.mark.parametrize("exercise", FILTERS, ids=lambda each: each.id)
def test_misconceptions_are_known_by_meaning_and_not_from_the_list(exercise: Exercise) -> None:
    unlisted = exercise._replace(wrong=())
    for wrong in exercise.wrong:
        assert grade(unlisted, wrong.answer).misconception == wrong.misconception, wrong.answer


@pytest.mark.parametrize("exercise", FILTERS, ids=lambda each: each.id)
def test_a_wrong_filter_is_proven_wrong_by_a_packet(exercise: Exercise) -> None:
    shown = 0
    for wrong in exercise.wrong:
        verdict = grade(exercise, wrong.answer)
        if verdict.fault is None and verdict.relation != "equivalent":
            assert verdict.proofs, wrong.answer
            shown += any(proof.packet.number for proof in verdict.proofs)
    assert shown >= 3, "most proofs should be packets that the learner can see"


def test_wrong_answers_show_more_than_general_differences() -> None:
    named = {wrong.misconception for exercise in EXERCISES for wrong in exercise.wrong}
    assert len(named - GENERAL) >= 25
