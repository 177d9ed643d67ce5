"""`tutor check`: grade an answer, show why, remember it, and say what comes next."""

import os

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.home import next_step
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import answer_paths
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.progress import ProgressError
from lesson_engine.course.report import report
from lesson_engine.course.verdict import Verdict
from lesson_engine.course.workspace import WorkspaceError
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad, wrap
from lesson_engine.views.text import Line, line


def run(call: Call, screen: Screen) -> int:
    """Exit status 0 if the answer passed (with --all, if every answer that is there passed), else 1."""
    with Learner(call, screen) as learner:
        return _check_all(learner, call, screen) if "all" in call.options else _check(learner, call, screen)


def _check(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.exercise(call)
    if "answer" in call.options:
        answer = call.options["answer"]
        exercise = learner.meant(exercise, answer)
    else:
        exercise, answer = learner.answered(exercise)
    if "json" not in call.options:
        return 0 if assess(learner, exercise, answer, screen) else 1
    verdict = _graded(learner, exercise, answer, screen)
    _print_json(verdict.as_json(screen.language), screen)
    _remember(learner, verdict, screen)
    return 0 if verdict.passed else 1


def assess(learner: Learner, exercise: Exercise, answer: str, screen: Screen) -> bool:
    """Grades an answer, shows why, remembers it, and says what comes next; returns whether it passed."""
    verdict = _graded(learner, exercise, answer, screen)
    screen.show(report(verdict, exercise, screen.language))
    screen.blank()
    _remember(learner, verdict, screen)
    _close(learner, exercise, verdict, screen)
    return verdict.passed


def _graded(learner: Learner, exercise: Exercise, answer: str, screen: Screen) -> Verdict:
    setting = learner.setting(exercise)
    if not setting.uses_lab:
        return grade(exercise, answer, setting)
    with screen.patience(Message("cli.trying_in_lab")):
        return grade(exercise, answer, setting)


def _remember(learner: Learner, verdict: Verdict, screen: Screen) -> None:
    try:
        learner.progress.record(verdict)
    except (ProgressError, OSError) as error:
        # The verdict stands even where it cannot be remembered, and the learner is told.
        screen.complain(getattr(error, "message", None) or Message("course.not_remembered", fault=str(error)))


def _check_all(learner: Learner, call: Call, screen: Screen) -> int:
    if call.operands or "answer" in call.options:
        raise UsageError(Message("cli.all_alone"))
    verdicts: list[Verdict] = []
    unusable = 0
    exercises = [learner.load(each) for each in learner.syllabus.exercises]
    widest = max(cell_width(each.title.text(screen.language)) for each in exercises)
    for exercise in exercises:
        if not any(os.path.lexists(path) for path in answer_paths(learner.workspace, exercise)):
            continue
        try:
            answered, answer = learner.answered(learner.asked(exercise.id))
            verdict = _graded(learner, answered, answer, screen)
        except WorkspaceError as error:
            screen.complain(error.message)
            unusable += 1
            continue
        verdicts.append(verdict)
        _remember(learner, verdict, screen)
        if "json" not in call.options:
            screen.show([_row(verdict, exercise, widest, screen)])
    passed = sum(verdict.passed for verdict in verdicts)
    if "json" in call.options:
        _print_json([verdict.as_json(screen.language) for verdict in verdicts], screen)
    elif not verdicts:
        screen.say(Message("cli.no_answers"))
        screen.show([next_step("start", learner.exercise(call).id, screen)])
    else:
        screen.blank()
        screen.say(Message("cli.all_count", passed=passed, answers=len(verdicts)))
        failed = next((verdict.exercise for verdict in verdicts if not verdict.passed), None)
        upcoming = learner.syllabus.next_after(learner.passed())
        if failed is not None:
            screen.show([next_step("check", failed, screen)])
        elif upcoming is not None:
            screen.show([next_step("start", upcoming, screen)])
    return 0 if verdicts and passed == len(verdicts) and not unusable else 1


def _row(verdict: Verdict, exercise: Exercise, widest: int, screen: Screen) -> Line:
    mark = Message("course.passed" if verdict.passed else "course.not_passed").text(screen.language)
    title = pad(exercise.title.text(screen.language), widest + 3)
    remark = f"   ({verdict.misconception})" if verdict.misconception else ""
    return line(f"  {exercise.id:<12}{title}", (mark, "good" if verdict.passed else "bad"), (remark, "faint"))


def _print_json(value: object, screen: Screen) -> None:
    import json

    screen.out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _close(learner: Learner, exercise: Exercise, verdict: Verdict, screen: Screen) -> None:
    """What the answer has earned, or the next hint; then the one command that comes next."""
    passed = learner.passed() | ({exercise.id} if verdict.passed else set())
    if not verdict.passed:
        if verdict.next_hint is not None:
            hint = Message("cli.next_hint", hint=verdict.next_hint).text(screen.language)
            screen.show(line("  ", text) for text in wrap(hint, screen.width - 2))
            screen.blank()
        screen.show([next_step("hint", exercise.id, screen)])
        return
    for item in learner.syllabus.checklist:
        if exercise.id in item.earned_by:
            earned = len(passed & {*item.earned_by})
            screen.say(Message("cli.checklist", item=item.title, earned=earned, total=len(item.earned_by)))
    upcoming = learner.syllabus.next_after(passed, exercise.id)
    if upcoming is None:
        screen.say(Message("cli.all_passed"))
    else:
        screen.show([next_step("start", upcoming, screen, learner.load(upcoming).title.text(screen.language))])
