"""The learner at this terminal, and the exercise that is pending."""

import os

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.screen import Screen
from lesson_engine.course import learner
from lesson_engine.course.answers import answer_path, read_answer
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.progress import ProgressError
from lesson_engine.course.setting import Setting
from lesson_engine.course.workspace import Workspace, WorkspaceError, workspace_path
from lesson_engine.messages import Message


class Learner(learner.Learner):
    """What `tutor` knows of the one who called it; leaving its context gives the progress store up."""

    def __init__(self, call: Call, screen: Screen) -> None:
        workspace = Workspace(call.options.get("workspace") or workspace_path(os.environ))
        super().__init__(workspace, os.environ, screen.complain)

    def exercise(self, call: Call) -> Exercise:
        """The exercise that the command line names, else the next one not passed, else the last; in the form that is
        asked now."""
        if call.operands:
            return self.asked(call.operands[0])
        return self.asked(self.syllabus.next_after(self.progress.passed()) or self.syllabus.exercises[-1])

    def asked(self, exercise_id: str) -> Exercise:
        """The exercise of that id in the form that is asked now: in the lab, if it has such a form and a lab stands.
        Raises as `load`."""
        exercise = self.load(exercise_id)
        if exercise.live is None or exercise.live.form is None:
            return exercise
        from lesson_engine.course.in_the_lab import form_now

        return form_now(exercise)

    def answered(self, asked: Exercise) -> tuple[Exercise, str]:
        """The exercise in the form that there is an answer to, which is the one that is asked now if there is one to
        that, and the answer. Raises WorkspaceError if there is none that can be graded now."""
        if asked.live is None or asked.live.form is None or os.path.lexists(answer_path(self.workspace, asked)):
            return asked, read_answer(self.workspace, asked)
        other = self._other_form(asked)
        path = answer_path(self.workspace, other)
        if not os.path.lexists(path):
            return asked, read_answer(self.workspace, asked)
        if other.in_lab:
            from lesson_engine.lab.asking import why_none

            raise WorkspaceError(Message("in_the_lab.answer_waits", path=path, id=asked.id, why=why_none()))
        return other, read_answer(self.workspace, other)

    def meant(self, asked: Exercise, answer: str) -> Exercise:
        """The form of the exercise that an answer from the command line is about: it has keys that only one form has,
        or else it is the one that is asked now."""
        if asked.live is None or asked.live.form is None:
            return asked
        from lesson_engine.course.reading.answer import Written, read

        other, written = self._other_form(asked), read(answer)
        own = {question.name for question in asked.questions}
        others = {question.name for question in other.questions} - own
        keys = written.values.keys() if isinstance(written, Written) else set()
        return other if keys & others and not keys & (own - {each.name for each in other.questions}) else asked

    def _other_form(self, asked: Exercise) -> Exercise:
        return self.load(asked.id) if asked.in_lab else asked.as_live()

    def setting(self, exercise: Exercise) -> Setting:
        """What grading is to know of this learner, who may have a lab."""
        known = super().setting(exercise)
        if exercise.live is None:
            return known
        return known._replace(uses_lab=True, chance=self._chance(exercise) if exercise.in_lab else 0)

    def _chance(self, exercise: Exercise) -> int:
        """A number that stays the same for this learner until they begin the exercise anew."""
        try:
            own = self.seed if self.seed is not None else self.progress.lot()
            return own + self.progress.resets(exercise.id)
        except ProgressError:
            from zlib import crc32

            return crc32(os.fsencode(self.workspace.path))
