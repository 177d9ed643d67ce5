"""What each exercise must satisfy, through grading itself: the author's checks and a learner's run share one path."""

import os
import tomllib

import pytest

from lesson_engine import bundled
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.verdict import Verdict

EXERCISES = [load_exercise(each) for each in load_syllabus().exercises]


def check(exercise: Exercise, answer: str) -> Verdict:
    return grade(exercise, as_written(exercise, answer))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_what_it_ships(exercise: Exercise) -> None:
    assert len(exercise.hints) == 3
    assert len(exercise.right) >= 3
    assert exercise.wrong
    assert os.path.exists(bundled.capture_path(exercise.capture))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
@pytest.mark.parametrize("answer", ["", "\n\n", "# nothing but a comment\n", "\x00", "'", "tcpdump", "= = ="])
def test_an_answer_that_says_nothing_fails(exercise: Exercise, answer: str) -> None:
    verdict = grade(exercise, answer)
    assert not verdict.passed
    assert verdict.score < 1


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_the_starter_fails(exercise: Exercise) -> None:
    assert not grade(exercise, exercise.starter).passed


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [(each, answer) for each in EXERCISES for answer in (each.solution, *each.right)],
    ids=lambda each: each.id if isinstance(each, Exercise) else repr(each),
)
def test_right_answers_pass(exercise: Exercise, answer: str) -> None:
    verdict = check(exercise, answer)
    assert (verdict.passed, verdict.score, verdict.misconception) == (True, 1.0, None)


@pytest.mark.parametrize(
    ("exercise", "position"),
    [(each, position) for each in EXERCISES for position in range(len(each.wrong))],
    ids=lambda each: each.id if isinstance(each, Exercise) else str(each),
)
def test_wrong_answers_fail_with_their_own_misconception_and_a_proof(exercise: Exercise, position: int) -> None:
    wrong = exercise.wrong[position]
    verdict = check(exercise, wrong.answer)
    assert not verdict.passed
    assert verdict.misconception == wrong.misconception
    assert wrong.remark is None or wrong.remark in verdict.remarks
    if exercise.kind == "filter":
        assert verdict.relation != "equivalent"
        assert verdict.proofs
    else:
        assert any(not part.passed for part in verdict.parts)


def test_no_stray_files() -> None:
    assert sorted(os.listdir(bundled.exercises())) == sorted(
        ["course.toml", *(f"{exercise.id}.toml" for exercise in EXERCISES)]
    )


def test_the_checklist_names_exercises_that_exist() -> None:
    syllabus = load_syllabus()
    assert {each for item in syllabus.checklist for each in item.earned_by} <= {*syllabus.exercises}
    with open(os.path.join(bundled.exercises(), "course.toml"), "rb") as file:
        assert tomllib.load(file)["format"] == 1
