"""The ladder of hints: each rung says a little more than the one before, and the last is a solution.

>>> from lesson_engine.course.exercise import load_exercise
>>> exercise = load_exercise("exercise3")
>>> len(ladder(exercise, exercise.solution)), next_hint(exercise, taken=3)
(4, None)
"""

from lesson_engine.course.exercise import Exercise
from lesson_engine.messages import Localized, Text


def ladder(exercise: Exercise, solution: str) -> tuple[Text, ...]:
    """Every rung from the bottom up; `solution` is the exercise's own, as a learner would write it."""
    return (*exercise.hints, Localized(solution.strip(), solution.strip()))


def next_hint(exercise: Exercise, taken: int) -> Text | None:
    """The hint after `taken` rungs, or None where only the solution is left: that comes when it is asked for."""
    return exercise.hints[taken] if taken < len(exercise.hints) else None
