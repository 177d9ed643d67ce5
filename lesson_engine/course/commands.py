"""Grading of command exercises: each part asked for must be done by one of the commands in the answer.

Commands are understood as a shell and getopt would: order, spelling and grouping make no difference.
"""

from collections.abc import Sequence

from lesson_engine.course.exercise import CommandPart, Exercise
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Fault, Part, Verdict
from lesson_engine.course.wanted import lacking
from lesson_engine.messages import Message
from lesson_engine.tcpdump.command import Command, CommandError, parse_script
from lesson_engine.tcpdump.shell import SimpleCommand, join, lex


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on a script of commands; the score is the share of parts that are done."""
    done: list[Part] = []
    fault: Fault | None = None
    commands: list[_Written] = []
    for simple in lex(answer).commands:
        try:
            commands.append(_Written(answer, simple))
        except CommandError as error:
            fault = fault or Fault(error.message, error.source, error.span, error.hint)
    for part in exercise.parts:
        by = next((command for command in commands if command.does(part)), None)
        done.append(Part(part.name, by is not None, line=by.line if by else ""))
    right = sum(part.passed for part in done)
    passed = right == len(done)
    idle = [] if passed else _idle(commands, exercise.parts)
    known = [wrong for wrong in exercise.wrong if idle and _shows(wrong.answer, idle, exercise.parts)]
    remarks = [wrong.remark for wrong in known if wrong.remark]
    return Verdict(
        exercise.id,
        passed,
        right / len(done),
        Message("course.all_parts" if passed else "course.some_parts", right=right, all=len(done)),
        answer=answer,
        fault=None if passed else fault,
        parts=tuple(done),
        misconception=known[0].misconception if known else None,
        remarks=(*(Message("course.idle_command", line=command.line) for command in idle), *remarks),
    )


class _Written:
    """One command of the answer: its words, and what it means if it is a tcpdump command."""

    def __init__(self, source: str, simple: SimpleCommand) -> None:
        words = [word.text for word in simple.words]
        self.words = words[1:] if words[:1] == ["sudo"] else words
        self.line = source[simple.words[0].span[0] : simple.words[-1].span[1]] if simple.words else ""
        self.command: Command | None = None
        if any(word.rpartition("/")[2] == "tcpdump" for word in words[:3]) and not self._asks_where(words):
            self.command = parse_script(join(words))[0]

    @staticmethod
    def _asks_where(words: Sequence[str]) -> bool:
        """`which tcpdump` and `command -v tcpdump` name the program without starting it."""
        return words[0] in ("which", "type", "whereis") or words[:2] == ["command", "-v"]

    def does(self, part: CommandPart) -> bool:
        """Whether this command does what `part` asks."""
        if any(self.same_as(line) for line in part.lines):
            return True
        return bool(part.wants) and self.command is not None and lacking(self.command, part.wants) is None

    def same_as(self, line: str) -> bool:
        """Whether `line` means the same: by meaning for tcpdump, word by word for others."""
        try:
            other = _Written(line, lex(line).commands[0])
        except CommandError:
            return False
        if self.command is not None and other.command is not None:
            return self.command.meaning() == other.command.meaning()
        return self.words == other.words


def _idle(commands: Sequence["_Written"], parts: Sequence[CommandPart]) -> list["_Written"]:
    """The commands that do nothing of what was asked."""
    return [command for command in commands if not any(command.does(part) for part in parts)]


def _shows(wrong: str, idle: Sequence["_Written"], parts: Sequence[CommandPart]) -> bool:
    """Whether the answer makes the very mistakes of a known wrong script: its idle commands are among these."""
    mistakes = _idle([_Written(wrong, simple) for simple in lex(wrong).commands], parts)
    return bool(mistakes) and all(any(one.same_as(other.line) for one in idle) for other in mistakes)
