"""`tutor list`, `tutor start` and `tutor hint`."""

import os

from lesson_engine import bundled
from lesson_engine.cli.arguments import Call, relative
from lesson_engine.cli.home import next_step
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import answer_path, write_starter
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import as_written
from lesson_engine.course.hints import ladder
from lesson_engine.course.material import material
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad, wrap
from lesson_engine.views.text import Line, escape_controls, line


def run(call: Call, screen: Screen) -> int:
    """Dispatches to the verb's own function."""
    assert call.verb is not None
    with Learner(call) as learner:
        return {"list": _list, "start": _start, "hint": _hint}[call.verb.name](learner, call, screen)


def _list(learner: Learner, call: Call, screen: Screen) -> int:
    passed, tried = learner.progress.passed(), learner.progress.tried()
    upcoming = learner.syllabus.next_after(passed)
    exercises = [load_exercise(each) for each in learner.syllabus.exercises]
    widest = max(cell_width(each.title.text(screen.language)) for each in exercises)
    rows: list[Line] = []
    for each in exercises:
        state = "passed" if each.id in passed else "tried" if each.id in tried else "new"
        mark = "✓" if state == "passed" else "▸" if each.id == upcoming else " "
        rows.append(
            line(
                (f"  {mark} ", "good" if state == "passed" else "accent"),
                f"{each.id:<12}{'★' * each.stars:<5}",
                pad(each.title.text(screen.language), widest + 3),
                (Message(f"cli.state_{state}").text(screen.language), "faint"),
            )
        )
    screen.show(rows)
    screen.blank()
    if upcoming is not None:
        screen.show([next_step("start", upcoming, screen)])
    return 0


def _start(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.exercise(call)
    is_new = write_starter(learner.workspace, exercise, screen.language)
    captures = _provide_captures(learner, exercise)
    screen.show(
        [line((f"{exercise.id}  {exercise.title.text(screen.language)}", "title"), f"   {'★' * exercise.stars}")]
    )
    screen.blank()
    for text in wrap(exercise.task.text(screen.language), screen.width - 2):
        screen.show([line(f"  {text}")])
    screen.blank()
    shown = material(exercise)
    if shown:
        screen.show(line("  ", (escape_controls(each), "packet")) for each in shown)
        screen.blank()
    answer = relative(answer_path(learner.workspace, exercise))
    screen.say(Message("cli.answer_file" if is_new else "cli.answer_kept", path=answer))
    if exercise.kind == "reading":
        # Where lines are shown here, looking at the whole capture is not what the exercise is about.
        for capture in captures if not shown else ():
            screen.say(Message("cli.look_at_file", command=f"tutor tcpdump -nn -# -r {relative(capture)}"))
    else:
        screen.say(Message("cli.look_at_interface", command="tutor tcpdump -nn -i eth0"))
    screen.blank()
    screen.show([next_step("check", exercise.id, screen)])
    return 0


def _provide_captures(learner: Learner, exercise: Exercise) -> list[str]:
    """Copies of the exercise's captures in the workspace, where the real tools find them too."""
    return [_provide(learner, exercise, name, capture) for name, capture in exercise.captures.items()]


def _provide(learner: Learner, exercise: Exercise, name: str, capture: str) -> str:
    source = bundled.capture_path(capture)
    file = os.path.basename(source) if name == capture else f"{exercise.id}-{name}.pcap"
    path = os.path.join(learner.workspace.captures, file)
    if not os.path.lexists(path):
        with open(source, "rb") as savefile:
            learner.workspace.add(path, savefile.read())
    return path


def _hint(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.exercise(call)
    rungs = ladder(exercise, as_written(exercise, exercise.solution, learner.setting(exercise)))
    rung = learner.progress.take_hint(exercise.id, len(rungs))
    is_solution = rung == len(rungs)
    key = "cli.hint_solution" if is_solution else "cli.hint_rung"
    heading = Message(key, id=exercise.id, rung=rung, rungs=len(rungs) - 1)
    screen.show([line((heading.text(screen.language), "title"))])
    screen.blank()
    hint = rungs[rung - 1].text(screen.language)
    if is_solution:
        # Lines of a shell or of TOML: wrapped they would be others.
        screen.show(line("  ", (text, "quote")) for text in hint.split("\n"))
    else:
        screen.show(line(f"  {text}") for text in wrap(hint, screen.width - 2))
    screen.blank()
    screen.show([next_step("check", exercise.id, screen)])
    return 0
