"""`tutor watch`: check the answer at each save, and go on to the next exercise when it passes."""

import os
import time
from typing import NamedTuple

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.check import assess
from lesson_engine.cli.exercises import show_task
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.saves import saves
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import answer_bytes, answer_path, answer_text, starter
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.workspace import WorkspaceError
from lesson_engine.messages import LANGUAGES, Message


class _Look(NamedTuple):
    """An answer file at one moment: its content or why it has none, and when and as which file it was written."""

    content: bytes
    fault: Message | None
    written: tuple[int, int]

    @property
    def is_whole(self) -> bool:
        """Whether this does not look like the middle of a save."""
        return self.fault is None and self.content.endswith(b"\n")


def run(call: Call, screen: Screen) -> int:
    """Goes on until every exercise is passed or the learner stops it; both are exit status 0."""
    with Learner(call, screen) as learner:
        exercise: Exercise | None = learner.exercise(call)
        try:
            while exercise is not None:
                _watch(learner, exercise, screen)
                upcoming = learner.syllabus.next_after(learner.passed() | {exercise.id}, exercise.id)
                exercise = learner.asked(upcoming) if upcoming is not None else None
                screen.blank()
        except KeyboardInterrupt:
            screen.blank()
    return 0


def _watch(learner: Learner, exercise: Exercise, screen: Screen) -> None:
    """Returns when the exercise is passed."""
    show_task(learner, exercise, screen)
    screen.say(Message("cli.watching"), "faint")
    screen.out.flush()
    # What lies there at the beginning is an answer to be checked, unless nobody has written it yet or it is done.
    untouched = {starter(exercise, language).encode() for language in LANGUAGES}
    is_done = exercise.id in learner.passed()
    is_first = True
    learner.progress.close()
    for look in saves(
        lambda: _look(learner, exercise), is_whole=lambda look: look.is_whole, clock=time.monotonic, sleep=time.sleep
    ):
        is_skipped, is_first = is_first and (is_done or look.content in untouched), False
        if is_skipped:
            continue
        screen.blank()
        passes = _passes(learner, exercise, look, screen)
        # Hours may pass until the next save: nobody holds the store that long.
        learner.progress.close()
        if passes:
            return
        screen.out.flush()


def _passes(learner: Learner, exercise: Exercise, look: _Look, screen: Screen) -> bool:
    if look.fault is not None:
        screen.complain(look.fault)
        return False
    try:
        answer = answer_text(learner.workspace, exercise, look.content)
    except WorkspaceError as error:
        screen.complain(error.message)
        return False
    return assess(learner, exercise, answer, screen)


def _look(learner: Learner, exercise: Exercise) -> _Look:
    try:
        content = answer_bytes(learner.workspace, exercise)
        status = os.stat(answer_path(learner.workspace, exercise))
    except WorkspaceError as error:
        return _Look(b"", error.message, (0, 0))
    except OSError:  # it went away between the two
        return _Look(b"", None, (0, 0))
    return _Look(content, None, (status.st_ino, status.st_mtime_ns))
