"""Asking at the terminal, or through a pipe: a question, a line typed, what there is to say of it, and so on.

A line that is no answer is asked for again. `?` gives a hint, and a second one the answer; `q`, the end of the input
and Ctrl-C leave quietly. What is asked, and what is remembered, is the caller's.
"""

import sys
from collections.abc import Iterable
from typing import NamedTuple

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.drills.judging import judge
from lesson_engine.course.drills.question import Question
from lesson_engine.course.drills.replies import plain
from lesson_engine.course.drills.report import answer_lines, judgement_lines, question_lines
from lesson_engine.course.progress import ProgressError
from lesson_engine.messages import Message
from lesson_engine.messages.cells import wrap
from lesson_engine.views.text import line

_PROMPT = "> "


def ask(question: Question, place: str, screen: Screen, *, hints: bool) -> bool | None:
    """Asks until there is an answer; whether it was right, or None if the learner leaves. `place` says which of how
    many it is. Without `hints`, `?` says at once that the learner does not know."""
    try:
        return _ask(question, place, screen, hints=hints)
    except KeyboardInterrupt:
        screen.blank()
        return None


def _ask(question: Question, place: str, screen: Screen, *, hints: bool) -> bool | None:
    heading = Message(f"drills.topic.{question.topic}").text(screen.language)
    screen.show([line((f"{place}  ", "faint"), (heading, "title")), line()])
    screen.show(question_lines(question, screen.language, screen.columns))
    screen.blank()
    hint_shown = not hints
    while (reply := typed(screen)) is not None:
        if plain(reply) in ("q", "quit"):
            return None
        if plain(reply) == "?" and not hint_shown:
            hint_shown = True
            hint = Message("drills.hint", hint=question.hint).text(screen.language)
            screen.show(line("  ", text) for text in wrap(hint, screen.width - 2))
            continue
        if plain(reply) == "?":
            screen.show(answer_lines(question, screen.language))
            screen.blank()
            return False
        judgement = judge(question, reply)
        screen.show(judgement_lines(question, judgement, screen.language, screen.columns))
        if judgement.unclear is None:
            screen.blank()
            return judgement.right
    return None


class Memory:
    """The answers given so far, as far as the progress store can be used; the first fault is told, and then asking
    goes on without it."""

    def __init__(self, learner: Learner, screen: Screen) -> None:
        self._learner, self._screen = learner, screen
        self._is_told = False

    def rows(self) -> list[tuple[str, str, bool]]:
        """What was answered, oldest first; nothing where that cannot be read."""
        try:
            return [(drill.topic, drill.item, drill.right) for drill in self._learner.progress.drill_history()]
        except (ProgressError, OSError) as error:
            self._tell(error)
            return []

    def record(self, topic: str, item: str, right: bool) -> None:
        """Remembers one answer."""
        try:
            self._learner.progress.record_drill(topic, item, right)
        except (ProgressError, OSError) as error:
            self._tell(error)

    def record_result(self, topic: str, right: int, questions: int) -> None:
        """Remembers the result of a quiz for one item of the checklist."""
        try:
            self._learner.progress.record_quiz(topic, right, questions)
        except (ProgressError, OSError) as error:
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        if not self._is_told:
            self._is_told = True
            self._screen.complain(getattr(error, "message", None) or Message("course.not_remembered", fault=str(error)))


class Bounds(NamedTuple):
    """What a number in an option may be, and the key of what to say otherwise."""

    least: int
    most: int
    key: str


def number(call: Call, option: str, bounds: Bounds) -> int | None:
    """The whole number that an option was given, None without it. Raises UsageError if it is none, or out of bounds."""
    if option not in call.options:
        return None
    asked = call.options[option]
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19 and bounds.least <= int(asked) <= bounds.most):
        raise UsageError(Message(bounds.key, found=asked, least=bounds.least, most=bounds.most))
    return int(asked)


SEED = Bounds(0, 10**18, "drills.seed")


def print_json(questions: Iterable[Question], screen: Screen, **more: object) -> None:
    """Writes the questions without their answers."""
    import json

    document = {**more, "questions": [question.as_json(screen.language) for question in questions]}
    screen.out.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def typed(screen: Screen) -> str | None:
    """The line that the learner types, or None if there are no more."""
    screen.out.flush()
    try:
        if sys.stdin.isatty():
            _allow_editing()
            return input(_PROMPT)
        reply = sys.stdin.readline()
    except EOFError:
        screen.blank()
        return None
    if reply:
        # Through a pipe nothing is echoed: what was answered belongs into the record of the session.
        screen.show([line(_PROMPT, (reply.rstrip("\r\n"), "quote"))])
    return reply or None


def _allow_editing() -> None:
    """Lets the arrow keys work in what is typed, where this Python can."""
    from contextlib import suppress

    with suppress(ImportError):
        import readline  # noqa: F401
