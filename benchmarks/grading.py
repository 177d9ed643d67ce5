"""Grading: answers a second in one process, and `tutor check` of every exercise against a bare `python -c pass`.

The answers are each exercise's own, right and wrong. A ratio is the median over pairs of processes run in turn, of
the solution and of the first wrong answer.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.rehearsal import rehearse
from lesson_engine.course.setting import Setting
from lesson_engine.course.syllabus import load_syllabus

RUNS = 9
SECONDS = 0.5
TUTOR = os.path.join(os.path.dirname(sys.executable), "tutor")
BARE = [sys.executable, "-c", "pass"]


def answers_per_second(exercise: Exercise, setting: Setting) -> float:
    """The exercise's own answers, again and again, for half a second; one round before does not count."""
    answers = [exercise.solution, *exercise.right, *(wrong.answer for wrong in exercise.wrong)]
    written = [as_written(exercise, answer) for answer in answers]
    for answer in written:
        grade(exercise, answer, setting)
    began, graded = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        for answer in written:
            grade(exercise, answer, setting)
        graded += len(written)
    return graded / (time.perf_counter() - began)


def ratio(exercise: Exercise, answer: str, environment: dict[str, str]) -> float:
    """How many times as long `tutor check` takes as a bare interpreter."""
    command = [TUTOR, "check", exercise.id, "--answer", answer]
    return statistics.median(seconds(command, environment) / seconds(BARE, environment) for _ in range(RUNS))


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Prints one row an exercise."""
    print(f"{'':12}{'answers/s':>10}{'right':>9}{'wrong':>8}   x python -c pass")
    with tempfile.TemporaryDirectory() as workspace:
        environment = {**os.environ, "TUTOR_WORKSPACE": workspace}
        folder = os.path.join(workspace, "answers")
        os.mkdir(folder)
        for each in load_syllabus().exercises:
            exercise = load_exercise(each)
            if any(part.file for part in exercise.parts):
                rehearse(exercise.solution, folder)
            rate = answers_per_second(exercise, Setting((folder,)))
            right, wrong = (
                ratio(exercise, as_written(exercise, answer), environment)
                for answer in (exercise.solution, exercise.wrong[0].answer)
            )
            print(f"{exercise.id:12}{rate:10.0f}{right:9.2f}{wrong:8.2f}")


if __name__ == "__main__":
    main()
