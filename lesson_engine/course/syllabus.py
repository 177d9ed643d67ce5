"""The syllabus: the exercises in the course's order, and the checklist that they earn.

It is one small file (exercises/course.toml), so that saying what comes next reads no exercise.
"""

import os
from collections.abc import Collection
from typing import NamedTuple

from lesson_engine import bundled
from lesson_engine.course.definition import Table
from lesson_engine.messages import Localized


class ChecklistItem(NamedTuple):
    """One thing the learner can do at the end, earned by passing all of `earned_by`."""

    id: str
    title: Localized
    earned_by: tuple[str, ...]


class Syllabus(NamedTuple):
    """The course's `title`, its exercises' ids in order, and its checklist."""

    title: Localized
    exercises: tuple[str, ...]
    checklist: tuple[ChecklistItem, ...]

    def next_after(self, passed: Collection[str], current: str = "") -> str | None:
        """The exercise to do next: the first one not passed behind `current`, else the first at all."""
        position = self.exercises.index(current) + 1 if current in self.exercises else 0
        ahead = self.exercises[position:] + self.exercises[:position]
        return next((each for each in ahead if each not in passed), None)


def load_syllabus(directory: str | None = None) -> Syllabus:
    """The syllabus of a directory of definitions, else the bundled one. Raises ExerciseError if its file is faulty, and
    OSError where there is none."""
    path = os.path.join(directory or bundled.exercises(), "course.toml")
    with open(path, encoding="utf-8") as file:
        top = Table.read(file.read(), path)
    return Syllabus(
        top.localized("title"),
        top.strings("exercises"),
        tuple(
            ChecklistItem(item.string("id"), item.localized("title"), item.strings("earned_by"))
            for item in top.tables("checklist")
        ),
    )
