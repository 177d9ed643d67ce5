"""The learner: their workspace, their progress, and the variants that are theirs. Shells ask it, and it knows none.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as directory, Learner(Workspace(directory), {}) as learner:
...     learner.seed, learner.passed(), learner.setting(learner.load("exercise3")).hints_taken
(None, set(), 0)
"""

import os
from collections.abc import Callable
from typing import Self

from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.progress import Progress, ProgressError, learner_seed
from lesson_engine.course.setting import Setting
from lesson_engine.course.syllabus import Syllabus, load_syllabus
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Message


class Learner:
    """What is known of one learner; leaving its context gives the progress store up.

    `environment` may name them (TUTOR_NAME); `tell` is told when a damaged store was kept aside.
    """

    def __init__(
        self,
        workspace: Workspace,
        environment: "os._Environ[str] | dict[str, str]",
        tell: Callable[[Message], None] | None = None,
    ) -> None:
        self.workspace = workspace
        self.progress = Progress(workspace, tell=tell)
        self.syllabus: Syllabus = load_syllabus()
        self._environment = environment
        self._seed: tuple[int | None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.progress.close()

    @property
    def seed(self) -> int | None:
        """The seed of this learner's variants. Raises ProgressError."""
        if self._seed is None:
            self._seed = (learner_seed(self.progress, self._environment),)
        return self._seed[0]

    def choose_seed(self, seed: int | None) -> None:
        """Remembers another seed. Raises ProgressError."""
        self.progress.set_seed(seed)
        self._seed = None

    def load(self, exercise_id: str) -> Exercise:
        """The exercise of that id, in this learner's variant. Raises ExerciseError, ProgressError."""
        return load_exercise(exercise_id, self.seed)

    def passed(self) -> set[str]:
        """The exercises passed; none where the progress store cannot be read (its own commands say why)."""
        try:
            return self.progress.passed()
        except ProgressError:
            return set()

    def setting(self, exercise: Exercise) -> Setting:
        """What grading is to know of this learner."""
        return Setting((os.curdir, self.workspace.answers), hints_taken=self.hints_taken(exercise))

    def hints_taken(self, exercise: Exercise) -> int:
        """How many rungs of hints were shown; none where the progress store cannot be read."""
        try:
            return self.progress.hints_taken(exercise.id)
        except ProgressError:
            return 0
