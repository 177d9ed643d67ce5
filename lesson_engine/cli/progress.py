"""`tutor progress`: how far the learner is; export, import, and beginning an exercise anew."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

from lesson_engine.cli.arguments import Call, UsageError, relative, usage
from lesson_engine.cli.home import next_step
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import answer_paths
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.progress import Attempt
from lesson_engine.course.transfer import TransferError
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.text import Line, Role, line

_LONGEST_BAR, _SHORTEST_BAR = 20, 8
"""Cells of a bar, where the terminal is wide and where it is narrow."""

_MISTAKES_SHOWN = 5
_LARGEST_IMPORT = 64 << 20
"""Bytes; no history of a learner comes near it."""


def run(call: Call, screen: Screen) -> int:
    """Shows the progress, or does what the first operand says."""
    action, *operands = call.operands or ["show"]
    actions = {"show": (_show, 0, 0), "export": (_export, 0, 1), "import": (_import, 1, 1), "reset": (_reset, 1, 1)}
    if action not in actions or (action == "show" and call.operands):
        raise UsageError(Message("cli.unknown_action", found=action, usage=_usage(call)))
    do, least, most = actions[action]
    if len(operands) < least:
        raise UsageError(Message("cli.too_few", usage=_usage(call)))
    if len(operands) > most:
        raise UsageError(Message("cli.too_many", extra=operands[most], usage=_usage(call)))
    if "json" in call.options and action != "show":
        raise UsageError(Message("cli.json_alone"))
    with Learner(call, screen) as learner:
        return do(learner, call, screen)


def _usage(call: Call) -> str:
    assert call.verb is not None
    return usage(call.verb)


class _Standing:
    """What the store says of each exercise of the course."""

    def __init__(self, learner: Learner) -> None:
        self.attempts: dict[str, list[Attempt]] = {}
        for attempt in learner.progress.attempts():
            if attempt.withdrawn is None:
                self.attempts.setdefault(attempt.exercise, []).append(attempt)
        self.passed = {each for each, tries in self.attempts.items() if any(attempt.passed for attempt in tries)}
        self.exercises = [learner.load(each) for each in learner.syllabus.exercises]

    def of(self, exercise_id: str) -> list[Attempt]:
        """The attempts at one exercise, oldest first."""
        return self.attempts.get(exercise_id, [])

    @property
    def lessons(self) -> dict[int, list[Exercise]]:
        """The exercises of each lesson that has any, in order."""
        found: dict[int, list[Exercise]] = {}
        for exercise in sorted(self.exercises, key=lambda each: each.lesson):
            found.setdefault(exercise.lesson, []).append(exercise)
        return found

    @property
    def mistakes(self) -> list[tuple[str, int]]:
        """Misconceptions and how often each was met, the most frequent first."""
        every = (attempt.misconception for tries in self.attempts.values() for attempt in tries)
        return Counter(each for each in every if each is not None).most_common()

    def share(self, ids: Iterable[str]) -> tuple[int, int]:
        """How many of these exercises are passed, and of how many."""
        wanted = {*ids}
        return len(wanted & self.passed), len(wanted)


def _show(learner: Learner, call: Call, screen: Screen) -> int:
    standing = _Standing(learner)
    if "json" in call.options:
        import json

        screen.out.write(json.dumps(_as_json(learner, standing, screen), ensure_ascii=False, indent=2) + "\n")
        return 0
    language = screen.language
    done, total = standing.share(learner.syllabus.exercises)
    count = Message("cli.home_count", passed=done, total=total).text(language)
    lessons = [
        (Message("cli.progress_lesson", number=number).text(language), standing.share(each.id for each in exercises))
        for number, exercises in standing.lessons.items()
    ]
    items = [(item.title.text(language), standing.share(item.earned_by)) for item in learner.syllabus.checklist]
    width = max(cell_width(name) for name, _ in lessons + items)
    # Around a bar stand 7 cells before and, with two digits each, 9 behind.
    bar = max(_SHORTEST_BAR, min(_LONGEST_BAR, screen.width - width - 16))
    screen.show([line((pad(learner.syllabus.title.text(language), width + 7), "title"), count)])
    for heading, rows in (("cli.progress_lessons", lessons), ("cli.progress_checklist", items)):
        screen.blank()
        screen.say(Message(heading), "title")
        screen.show(_row(name, width, bar, *share) for name, share in rows)
    _show_open(standing, screen)
    _show_mistakes(standing, screen)
    _show_practice(learner, screen)
    screen.blank()
    upcoming = learner.syllabus.next_after(standing.passed)
    if upcoming is None:
        screen.say(Message("cli.all_passed"))
    else:
        screen.show([next_step("start", upcoming, screen, learner.load(upcoming).title.text(language))])
    return 0


def _row(name: str, width: int, bar: int, done: int, total: int) -> Line:
    mark = "✓" if done == total else " "
    # What has begun shows, and only what is whole fills the bar.
    filled = max(1 if done else 0, bar * done // total)
    bars: tuple[tuple[str, Role], ...] = (("▰" * filled, "accent"), ("▱" * (bar - filled), "faint"))
    return line((f"  {mark} ", "good"), pad(name, width + 3), *bars, f"  {done} / {total}")


def _show_open(standing: _Standing, screen: Screen) -> None:
    opened = [each for each in standing.exercises if standing.of(each.id) and each.id not in standing.passed]
    if not opened:
        return
    screen.blank()
    screen.say(Message("cli.progress_open"), "title")
    widest = max(cell_width(each.title.text(screen.language)) for each in opened)
    for each in opened:
        tries = standing.of(each.id)
        count = Message("cli.progress_tries", count=len(tries)).text(screen.language)
        row = f"    {each.id:<12}{pad(each.title.text(screen.language), widest + 3)}{count}"
        last = f"   {tries[-1].misconception or ''}"
        # On a narrow terminal the row ends here; the mistakes come below anyway.
        fits = cell_width(row + last) <= screen.width
        screen.show([line(row, (last if fits else "", "faint"))])


def _show_mistakes(standing: _Standing, screen: Screen) -> None:
    mistakes = standing.mistakes[:_MISTAKES_SHOWN]
    if not mistakes:
        return
    screen.blank()
    screen.say(Message("cli.progress_mistakes"), "title")
    widest = max(len(name) for name, _ in mistakes)
    for name, count in mistakes:
        screen.show(
            [line(f"    {name:<{widest + 3}}", Message("cli.progress_times", count=count).text(screen.language))]
        )


def _show_practice(learner: Learner, screen: Screen) -> None:
    drills, quizzes, seed = learner.progress.drill_history(), learner.progress.quiz_history(), learner.seed
    if drills or quizzes or seed is not None:
        screen.blank()
    if drills:
        right = sum(drill.right for drill in drills)
        screen.say(Message("cli.progress_practice", right=right, answered=len(drills)))
    if quizzes:
        last = quizzes[-1]
        screen.say(Message("cli.progress_quizzes", count=len(quizzes), right=last.right, questions=last.questions))
    if seed is not None:
        screen.say(Message("cli.progress_seed", seed=seed), "faint")


def _as_json(learner: Learner, standing: _Standing, screen: Screen) -> dict[str, Any]:
    """The keys are stable; texts are in the learner's language, times in seconds since the epoch."""
    done, total = standing.share(learner.syllabus.exercises)
    return {
        "passed": done,
        "total": total,
        "next": learner.syllabus.next_after(standing.passed),
        "seed": learner.seed,
        "lessons": [
            {"lesson": number, **_share_as_json(standing.share(each.id for each in exercises))}
            for number, exercises in standing.lessons.items()
        ],
        "checklist": [
            {
                "id": item.id,
                "title": item.title.text(screen.language),
                **_share_as_json(standing.share(item.earned_by)),
            }
            for item in learner.syllabus.checklist
        ],
        "exercises": [_exercise_as_json(learner, standing, exercise, screen) for exercise in standing.exercises],
        "misconceptions": [{"id": name, "count": count} for name, count in standing.mistakes],
        "drills": [drill._asdict() for drill in learner.progress.drill_history()],
        "quizzes": [quiz._asdict() for quiz in learner.progress.quiz_history()],
    }


def _exercise_as_json(learner: Learner, standing: _Standing, exercise: Exercise, screen: Screen) -> dict[str, Any]:
    tries = standing.of(exercise.id)
    return {
        "id": exercise.id,
        "title": exercise.title.text(screen.language),
        "lesson": exercise.lesson,
        "stars": exercise.stars,
        "passed": exercise.id in standing.passed,
        "passed_at": next((attempt.at for attempt in tries if attempt.passed), None),
        "tries": len(tries),
        "last_tried_at": tries[-1].at if tries else None,
        "best_score": max((attempt.score for attempt in tries), default=None),
        "hints": learner.progress.hints_taken(exercise.id),
        "misconceptions": [
            {"id": attempt.misconception, "at": attempt.at} for attempt in tries if attempt.misconception is not None
        ],
    }


def _share_as_json(share: tuple[int, int]) -> dict[str, int]:
    return {"passed": share[0], "total": share[1]}


def _export(learner: Learner, call: Call, screen: Screen) -> int:
    import json

    content = json.dumps(learner.progress.exported(), ensure_ascii=False, indent=1) + "\n"
    if len(call.operands) == 1:
        screen.out.write(content)
        return 0
    path = os.path.abspath(call.operands[1])
    if not Workspace(os.path.dirname(path)).add(path, content.encode()):
        screen.complain(Message("cli.export_there", path=relative(path)))
        return 1
    screen.say(Message("cli.exported", path=relative(path)))
    return 0


def _import(learner: Learner, call: Call, screen: Screen) -> int:
    path = call.operands[1]
    try:
        new = learner.progress.take_over(_document(path))
    except TransferError as error:
        screen.complain(Message("cli.file_fault", path=path, fault=error.message))
        return 1
    if not new:
        screen.say(Message("cli.imported_nothing", path=path))
        return 0
    passed = len(learner.progress.passed() & {*learner.syllabus.exercises})
    screen.say(Message("cli.imported", path=path, new=new, passed=passed))
    return 0


def _document(path: str) -> dict[str, Any]:
    """What a file, or stdin for "-", holds as JSON. Raises TransferError if it is none; OSError."""
    import json

    if path == "-":
        content = sys.stdin.buffer.read(_LARGEST_IMPORT)
    else:
        with open(path, "rb") as file:
            content = file.read(_LARGEST_IMPORT)
    try:
        found: dict[str, Any] = json.loads(content)
    # Nesting that is deeper than Python's stack is no export either.
    except (ValueError, RecursionError) as error:
        raise TransferError(Message("course.import_not_json", fault=str(error))) from error
    return found


def _reset(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.load(call.operands[1])
    hints = learner.progress.hints_taken(exercise.id)
    attempts = learner.progress.reset(exercise.id)
    if not attempts and not hints:
        screen.say(Message("cli.reset_nothing", id=exercise.id))
    else:
        screen.say(Message("cli.reset", id=exercise.id, attempts=attempts))
    for answer in filter(os.path.lexists, answer_paths(learner.workspace, exercise)):
        screen.say(Message("cli.reset_answer", path=relative(answer)))
    screen.blank()
    screen.show([next_step("start", exercise.id, screen)])
    return 0
