"""`tutor lesson`: the lessons at a terminal, section by section; the notebooks are the one source of their text."""

import shlex
import sys

from lesson_engine.cli import main
from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.asking import typed
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.lesson_cells import Answer, Commands, Python, Words, read_cell, run_python, shown, typed_command
from lesson_engine.cli.screen import Screen
from lesson_engine.course.lessons import Cell, Lesson, lesson_paths, lessons, load_lesson
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.text import Line, line

_ASK = frozenset({"practice", "quiz"})
"""Verbs that ask, and are left out where nobody answers."""


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 if a cell that was run could not be."""
    if not call.operands:
        _contents(call, screen)
        return 0
    number = call.operands[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 4):
        raise UsageError(Message("cli.lesson_number", found=number))
    reading = _Reading(load_lesson(int(number), screen.language), call, screen)
    if "run" not in call.options and sys.stdin.isatty() and screen.out.isatty():
        reading.read_by_section()
    else:
        reading.print_all(runs="run" in call.options)
    return 1 if reading.faults else 0


def _contents(call: Call, screen: Screen) -> None:
    """The lessons, what has been passed of each, and the one that comes next."""
    found = lessons(screen.language)
    with Learner(call, screen) as learner:
        exercises = [learner.load(each) for each in learner.syllabus.exercises]
        passed = learner.passed()
        upcoming = learner.syllabus.next_after(passed)
    width = max(cell_width(lesson.title) for lesson in found) + 3
    rows: list[Line] = []
    current = 1
    for lesson in found:
        own = [each.id for each in exercises if each.lesson == lesson.number]
        done = sum(each in passed for each in own)
        if passed and upcoming in own:
            current = lesson.number
        minutes = Message("cli.lesson_minutes", minutes=lesson.minutes).text(screen.language)
        share = Message("cli.lesson_share", passed=done, exercises=len(own)).text(screen.language) if own else ""
        rows.append(line(f"  {lesson.number}  ", pad(lesson.title, width), pad(minutes, 12), (share, "faint")))
    screen.show(rows)
    screen.blank()
    screen.show([screen.next_line(f"tutor lesson {current}")])


class _Reading:
    """One lesson at this terminal. Its cells are numbered from 1 in their order."""

    def __init__(self, lesson: Lesson, call: Call, screen: Screen) -> None:
        self._lesson = lesson
        self._screen = screen
        self._before = ["--lang", screen.language]
        if "workspace" in call.options:
            self._before += ["--workspace", call.options["workspace"]]
        self._namespace: dict[str, object] = {"__name__": "lesson"}
        self._cells: list[Commands | Answer | Python] = []
        self.faults = 0

    def print_all(self, *, runs: bool) -> None:
        """Writes the whole lesson; with `runs`, below each cell what it shows."""
        for section in self._lesson.sections():
            for cell in section:
                if self._show(cell) and runs:
                    self._run(self._cells[-1])
                    self._screen.blank()
        self._close()

    def read_by_section(self) -> None:
        """Writes a section at a time; a number runs a cell, Enter goes on, q leaves."""
        sections = self._lesson.sections()
        for place, section in enumerate(sections, 1):
            first = len(self._cells) + 1
            for cell in section:
                self._show(cell)
            if place < len(sections) or first <= len(self._cells):
                left = self._ask(Message("cli.lesson_place", section=place, sections=len(sections)), first)
                if left:
                    self._screen.show([self._screen.next_line(f"tutor lesson {self._lesson.number}")])
                    return
        self._close()

    def _show(self, cell: Cell) -> bool:
        """Writes one cell; whether it can be run."""
        screen = self._screen
        if cell.kind == "markdown":
            # Rich is imported where a lesson is shown, and costs more than the rest of `tutor`.
            from lesson_engine.cli.lesson_text import rendered

            screen.out.write(rendered(cell.source, screen.width, coloured=screen.is_coloured))
            screen.blank()
            return False
        read = read_cell(cell.source)
        if read is None:
            return False
        self._cells.append(read)
        label = f"[{len(self._cells)}]"
        if isinstance(read, Answer):
            screen.show([line((f"{label} ", "accent"), (f"tutor check {read.exercise}", "quote"))])
        lines = shown(read)
        for index, text in enumerate(lines):
            own = index == 0 and not isinstance(read, Answer)
            screen.show([line((label if own else " " * len(label), "accent"), " ", (text, "quote"))])
        screen.blank()
        return True

    def _ask(self, place: Message, first: int) -> bool:
        """Runs what the learner asks for, until they go on; whether they leave."""
        screen = self._screen
        last = len(self._cells)
        key = "cli.lesson_keys" if first > last else "cli.lesson_keys_run"
        while True:
            numbers = str(first) if first == last else f"{first}-{last}"
            keys = Message(key, numbers=numbers).text(screen.language)
            screen.show([line((f"{place.text(screen.language)}  {keys}", "faint"))])
            reply = typed(screen)
            if reply is None or reply.strip() in ("q", "quit"):
                return True
            if not reply.strip():
                return False
            asked = reply.strip()
            screen.blank()
            if asked.isascii() and asked.isdecimal() and len(asked) < 4 and 1 <= int(asked) <= last:
                self._run(self._cells[int(asked) - 1], asks=True)
                screen.blank()

    def _run(self, cell: Commands | Answer | Python, *, asks: bool = False) -> None:
        screen = self._screen
        if isinstance(cell, Python):
            try:
                run_python(cell.source, self._namespace)
            except Exception as error:
                self.faults += 1
                screen.complain(Message("cli.lesson_fault", fault=f"{type(error).__name__}: {error}"))
        elif isinstance(cell, Answer):
            if not asks:
                screen.say(Message("cli.lesson_asks"), "faint")
                return
            answer = self._typed_answer()
            main([*self._before, "check", cell.exercise, *(["--answer", answer] if answer else [])])
        else:
            for words in cell.lines:
                if len(cell.lines) > 1:
                    screen.show([line(("$ ", "faint"), (typed_command(words), "accent"))])
                if words and words[0] in _ASK and not asks:
                    screen.say(Message("cli.lesson_asks"), "faint")
                elif words and words[0] == "tshark":
                    self._run_tshark(words)
                else:
                    screen.out.flush()
                    main([*self._before, *words])

    def _run_tshark(self, words: Words) -> None:
        from lesson_engine.course.tshark import TsharkError, run_tshark  # rare, and heavy

        try:
            run_tshark(shlex.join(words[1:]), self._screen.language)
        except TsharkError as error:
            self._screen.complain(error.message)

    def _typed_answer(self) -> str:
        """The lines that the learner types until an empty one."""
        self._screen.say(Message("cli.lesson_answer"), "faint")
        lines: list[str] = []
        while (reply := typed(self._screen)) is not None and reply.strip():
            lines.append(reply)
        return "\n".join(lines)

    def _close(self) -> None:
        following = self._lesson.number + 1
        is_last = following > len(lesson_paths(self._screen.language))
        self._screen.show([self._screen.next_line("tutor" if is_last else f"tutor lesson {following}")])
