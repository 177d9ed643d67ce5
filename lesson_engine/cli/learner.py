"""The learner at this terminal: their workspace, their progress, and the exercise that is pending."""

import os

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.screen import Screen
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.progress import Progress, ProgressError, learner_seed
from lesson_engine.course.setting import Setting
from lesson_engine.course.syllabus import Syllabus, load_syllabus
from lesson_engine.course.workspace import Workspace, workspace_path


class Learner:
    """What `tutor` knows of the one who called it; leaving its context gives the progress store up."""

    def __init__(self, call: Call, screen: Screen) -> None:
        self.workspace = Workspace(call.options.get("workspace") or workspace_path(os.environ))
        self.progress = Progress(self.workspace, tell=screen.complain)
        self.syllabus: Syllabus = load_syllabus()
        self._seed: tuple[int | None] | None = None

    def __enter__(self) -> "Learner":
        return self

    def __exit__(self, *error: object) -> None:
        self.progress.close()

    @property
    def seed(self) -> int | None:
        """The seed of this learner's variants. Raises ProgressError."""
        if self._seed is None:
            self._seed = (learner_seed(self.progress, os.environ),)
        return self._seed[0]

    def choose_seed(self, seed: int | None) -> None:
        """Remembers another seed. Raises ProgressError."""
        self.progress.set_seed(seed)
        self._seed = None

    def load(self, exercise_id: str) -> Exercise:
        """The exercise of that id, in this learner's variant. Raises ExerciseError, ProgressError."""
        return load_exercise(exercise_id, self.seed)

    def exercise(self, call: Call) -> Exercise:
        """The exercise that the command line names, else the next one not passed, else the last."""
        if call.operands:
            return self.load(call.operands[0])
        return self.load(self.syllabus.next_after(self.progress.passed()) or self.syllabus.exercises[-1])

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
