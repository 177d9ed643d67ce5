"""The learner at this terminal, and the exercise that is pending."""

import os

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.screen import Screen
from lesson_engine.course import learner
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.workspace import Workspace, workspace_path


class Learner(learner.Learner):
    """What `tutor` knows of the one who called it; leaving its context gives the progress store up."""

    def __init__(self, call: Call, screen: Screen) -> None:
        workspace = Workspace(call.options.get("workspace") or workspace_path(os.environ))
        super().__init__(workspace, os.environ, screen.complain)

    def exercise(self, call: Call) -> Exercise:
        """The exercise that the command line names, else the next one not passed, else the last."""
        if call.operands:
            return self.load(call.operands[0])
        return self.load(self.syllabus.next_after(self.progress.passed()) or self.syllabus.exercises[-1])
