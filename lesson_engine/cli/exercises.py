"""`tutor list`, `tutor start`, `tutor next`, `tutor hint` and `tutor solution`."""

from lesson_engine.cli.arguments import Call, UsageError, relative
from lesson_engine.cli.home import next_step
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import answer_path, write_starter
from lesson_engine.course.captures import provide_captures
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.grading import as_written
from lesson_engine.course.hints import ladder
from lesson_engine.course.material import material
from lesson_engine.course.progress import ProgressError
from lesson_engine.course.workspace import WorkspaceError
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad, wrap
from lesson_engine.views.text import Line, line


def run(call: Call, screen: Screen) -> int:
    """Dispatches to the verb's own function."""
    assert call.verb is not None
    with Learner(call, screen) as learner:
        verbs = {"list": _list, "start": _start, "next": _next, "hint": _hint, "solution": _solution}
        return verbs[call.verb.name](learner, call, screen)


def _list(learner: Learner, call: Call, screen: Screen) -> int:
    passed, tried = learner.progress.passed(), learner.progress.tried()
    upcoming = learner.syllabus.next_after(passed)
    exercises = [learner.load(each) for each in learner.syllabus.exercises]
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
    _choose_seed(learner, call, screen)
    exercise = learner.exercise(call)
    show_task(learner, exercise, screen)
    screen.show([next_step("check", exercise.id, screen)])
    return 0


def _next(learner: Learner, call: Call, screen: Screen) -> int:
    upcoming = learner.syllabus.next_after(learner.progress.passed())
    if upcoming is None:
        screen.say(Message("cli.all_passed"))
    else:
        show_task(learner, learner.asked(upcoming), screen)
        screen.show([next_step("check", upcoming, screen)])
    return 0


def show_task(learner: Learner, exercise: Exercise, screen: Screen) -> None:
    """Shows the task, having made its answer file and its capture unless they are there, and in the lab its fault.

    Raises WorkspaceError, LabError, or as `open_capture`.
    """
    is_new = write_starter(learner.workspace, exercise, screen.language)
    captures = provide_captures(learner.workspace, exercise)
    screen.show(
        [line((f"{exercise.id}  {exercise.title.text(screen.language)}", "title"), f"   {'★' * exercise.stars}")]
    )
    screen.blank()
    for text in wrap(exercise.task.text(screen.language), screen.width - 2):
        screen.show([line(f"  {text}")])
    screen.blank()
    if exercise.in_lab:
        from lesson_engine.course.in_the_lab.mending import complaint

        with screen.patience(Message("cli.trying_in_lab")):
            told = complaint(exercise, learner.setting(exercise))
        screen.say(told)
        screen.blank()
    shown = material(exercise)
    if shown:
        screen.show(line("  ", (each, "packet")) for each in shown)
        screen.blank()
    answer = relative(answer_path(learner.workspace, exercise))
    screen.say(Message("cli.answer_file" if is_new else "cli.answer_kept", path=answer))
    if exercise.kind == "reading":
        # Where lines are shown here, looking at the whole capture is not what the exercise is about.
        for capture in captures if not shown else ():
            screen.say(Message("cli.look_at_file", command=f"tutor tcpdump -nn -# -r {relative(capture)}"))
    else:
        screen.say(Message("cli.look_at_interface", command="tutor tcpdump -nn -i eth0"))
        if exercise.live is not None:
            screen.say(Message("cli.or_in_lab", command="tutor lab up"))
    screen.blank()


def _choose_seed(learner: Learner, call: Call, screen: Screen) -> None:
    """What --seed or --name asks for; answer files and passed exercises stay as they are."""
    if not {"seed", "name"} & call.options.keys():
        return
    asked = _asked_seed(call)
    before = learner.seed
    if asked == learner.progress.seed:
        return
    learner.choose_seed(asked)
    if asked is None:
        screen.say(Message("cli.seed_none", before=before))
    elif before is None:
        screen.say(Message("cli.seed_set", seed=asked))
    else:
        screen.say(Message("cli.seed_changed", seed=asked, before=before))
    screen.blank()


def _asked_seed(call: Call) -> int | None:
    from lesson_engine.course.seeding import LARGEST_SEED, seed_of_name

    if {"seed", "name"} <= call.options.keys():
        raise UsageError(Message("cli.seed_or_name"))
    if "name" in call.options:
        if not call.options["name"].strip():
            raise UsageError(Message("cli.option_value", option="--name"))
        return seed_of_name(call.options["name"])
    asked = call.options["seed"]
    if asked == "none":
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 20 and int(asked) <= LARGEST_SEED):
        raise UsageError(Message("cli.seed_number", found=asked))
    return int(asked)


def _hint(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.exercise(call)
    rungs = ladder(exercise, as_written(exercise, exercise.solution, learner.setting(exercise)))
    try:
        rung = learner.progress.take_hint(exercise.id, len(rungs))
    except (ProgressError, WorkspaceError) as error:
        # The next hint is shown even where it cannot be remembered.
        screen.complain(error.message)
        rung = min(learner.hints_taken(exercise) + 1, len(rungs))
    is_solution = rung == len(rungs)
    key = "cli.hint_solution" if is_solution else "cli.hint_rung"
    heading = Message(key, id=exercise.id, rung=rung, rungs=len(rungs) - 1)
    screen.show([line((heading.text(screen.language), "title"))])
    screen.blank()
    hint = rungs[rung - 1].text(screen.language)
    if is_solution:
        screen.show(_as_lines(hint))
    else:
        screen.show(line(f"  {text}") for text in wrap(hint, screen.width - 2))
    screen.blank()
    screen.show([next_step("check", exercise.id, screen)])
    return 0


def _solution(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.exercise(call)
    taken = learner.progress.hints_taken(exercise.id)
    if exercise.id not in learner.progress.passed() and taken < len(exercise.hints):
        screen.say(Message("cli.solution_locked", id=exercise.id, taken=taken, rungs=len(exercise.hints)))
        screen.blank()
        screen.show([next_step("hint", exercise.id, screen)])
        return 1
    heading = Message("cli.solution_of", id=exercise.id, title=exercise.title)
    screen.show([line((heading.text(screen.language), "title"))])
    screen.blank()
    setting = learner.setting(exercise)
    screen.show(_as_lines(as_written(exercise, exercise.solution, setting)))
    if exercise.kind == "filter":
        screen.blank()
        screen.say(Message("cli.solution_others"))
        screen.blank()
        screen.show(row for answer in exercise.right for row in _as_lines(as_written(exercise, answer, setting)))
    screen.blank()
    screen.show([next_step("check", exercise.id, screen)])
    return 0


def _as_lines(answer: str) -> list[Line]:
    """Lines of a shell or of TOML: wrapped they would be others."""
    return [line("  ", (text, "quote")) for text in answer.strip().split("\n")]
