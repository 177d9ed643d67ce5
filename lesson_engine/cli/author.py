"""`tutor author`: begin an exercise, hold it to what every exercise must satisfy, and look at it as a learner will."""

import os
import re
from collections.abc import Iterator
from typing import get_args

from lesson_engine import bundled
from lesson_engine.cli.arguments import Call, UsageError, relative, usage
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import starter
from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.exercise import Exercise, Kind, parse_exercise
from lesson_engine.course.grading import as_written
from lesson_engine.course.hints import ladder
from lesson_engine.course.lint import Complaint, graded, lint, lint_course
from lesson_engine.course.report import report
from lesson_engine.course.scaffold import scaffold
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.messages import LANGUAGES, Language, Message
from lesson_engine.messages.cells import wrap
from lesson_engine.views.text import line


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 if a definition cannot be made, read or published as it is."""
    action, *operands = call.operands
    actions = {"new": _new, "lint": _lint, "preview": _preview}
    if action not in actions:
        assert call.verb is not None
        raise UsageError(Message("cli.unknown_action", found=action, usage=usage(call.verb)))
    return actions[action](operands, call, screen)


def _directory(call: Call) -> str:
    """Where the definitions lie: --directory, else `exercises` of the checkout one stands in, else the bundled ones."""
    if "directory" in call.options:
        return call.options["directory"]
    return "exercises" if os.path.isfile(os.path.join("exercises", "course.toml")) else bundled.exercises()


def _new(operands: list[str], call: Call, screen: Screen) -> int:
    asked = call.options.get("kind", "filter")
    kind: Kind | None = next((each for each in get_args(Kind) if each == asked), None)
    if kind is None:
        raise UsageError(Message("author.kind", found=asked, known=", ".join(get_args(Kind))))
    if len(operands) != 1 or not re.fullmatch(r"[a-z][a-z0-9]*", operands[0]):
        raise UsageError(Message("author.new_id"))
    path = os.path.join(_directory(call), f"{operands[0]}.toml")
    try:
        # "x": what is there already is somebody's work.
        with open(path, "x", encoding="utf-8") as file:
            file.write(scaffold(operands[0], kind))
    except FileExistsError:
        screen.complain(Message("author.exists", path=relative(path)))
        return 1
    screen.say(Message("author.made", path=relative(path)))
    screen.blank()
    screen.show([screen.next_line(f"tutor author lint {operands[0]}")])
    return 0


def _lint(operands: list[str], call: Call, screen: Screen) -> int:
    directory = _directory(call)
    names = operands or list(load_syllabus(directory).exercises)
    found = 0
    if not operands:
        found += _complain(lint_course(directory), screen)
    for name in names:
        try:
            exercise = _load(name, directory)
        except ExerciseError as error:
            screen.show([line(("✗ ", "bad"), error.message.text(screen.language))])
            found += 1
            continue
        with screen.patience(Message("author.linting", id=exercise.id)):
            complaints = list(lint(exercise))
        if exercise.id not in load_syllabus(directory).exercises:
            complaints.append(Complaint(exercise.id, "exercises", Message("author.not_in_course", file=f"{name}.toml")))
        found += _complain(iter(complaints), screen)
        if not complaints:
            screen.show([line(("✓ ", "good"), exercise.id)])
    screen.blank()
    screen.say(Message("author.lint_failed", count=found) if found else Message("author.lint_passed", count=len(names)))
    return 1 if found else 0


def _complain(complaints: Iterator[Complaint], screen: Screen) -> int:
    count = 0
    for complaint in complaints:
        count += 1
        screen.show([line(("✗ ", "bad"), f"{complaint.exercise}  ", (complaint.key, "quote"))])
        for text in wrap(complaint.message.text(screen.language), screen.width - 4):
            screen.show([line("    ", text)])
    return count


def _preview(operands: list[str], call: Call, screen: Screen) -> int:
    if len(operands) != 1:
        raise UsageError(Message("author.preview_one"))
    exercise = _load(operands[0], _directory(call))
    for language in LANGUAGES:
        _show(exercise, Screen(language, screen.out, screen.err))
    return 0


def _show(exercise: Exercise, screen: Screen) -> None:
    """The exercise in one language: task, answer file, hints, and the verdict on each answer it lists."""
    language: Language = screen.language
    heading = f"{exercise.id}  {exercise.title.text(language)}"
    screen.show([line((f"━━ {language} ", "accent"), (heading, "title"), f"   {'★' * exercise.stars}"), line()])
    for text in wrap(exercise.task.text(language), screen.width - 2):
        screen.show([line(f"  {text}")])
    _section("author.answer_file", screen)
    screen.show(line("  ", (text, "quote")) for text in starter(exercise, language).rstrip("\n").split("\n"))
    _section("author.hints_shown", screen)
    *hints, solution = ladder(exercise, as_written(exercise, exercise.solution))
    for number, hint in enumerate(hints, start=1):
        for index, text in enumerate(wrap(hint.text(language), screen.width - 5)):
            screen.show([line(f"  {number}. " if index == 0 else "     ", text)])
    screen.show(line("  ", (text, "quote")) for text in solution.text(language).split("\n"))
    answers = [("author.right_shown", each) for each in (exercise.solution, *exercise.right)]
    answers += [("author.wrong_shown", each.answer) for each in exercise.wrong]
    for key, answer in answers:
        _section(key, screen)
        shown = as_written(exercise, answer).strip()
        screen.show(line("  ", (text, "quote")) for text in shown.split("\n"))
        screen.blank()
        screen.show(report(graded(exercise, answer), exercise, language))
    screen.blank()


def _section(key: str, screen: Screen) -> None:
    screen.blank()
    screen.show([line((f"── {Message(key).text(screen.language)}", "faint"))])


def _load(name: str, directory: str) -> Exercise:
    """A definition by its id, or by the path of its file. Raises ExerciseError."""
    path = name if name.endswith(".toml") else os.path.join(directory, f"{name}.toml")
    try:
        with open(path, encoding="utf-8") as file:
            return parse_exercise(file.read(), path)
    except FileNotFoundError:
        raise ExerciseError(Message("author.no_such_file", file=path), file=path) from None
    except UnicodeDecodeError as error:
        raise ExerciseError(Message("course.not_toml", file=path, fault=str(error)), file=path) from None
