"""`tutor check`: grade an answer, show why, remember it, and say what comes next."""

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.home import next_step
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.answers import read_answer
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.progress import ProgressError
from lesson_engine.course.report import report
from lesson_engine.course.verdict import Verdict
from lesson_engine.messages import Message
from lesson_engine.messages.cells import wrap
from lesson_engine.views.text import line


def run(call: Call, screen: Screen) -> int:
    """Exit status 0 if the answer passed, else 1."""
    with Learner(call) as learner:
        return _check(learner, call, screen)


def _check(learner: Learner, call: Call, screen: Screen) -> int:
    exercise = learner.exercise(call)
    answer = call.options["answer"] if "answer" in call.options else read_answer(learner.workspace, exercise)
    verdict = grade(exercise, answer, learner.setting(exercise))
    if "json" in call.options:
        import json

        screen.out.write(json.dumps(verdict.as_json(screen.language), ensure_ascii=False, indent=2) + "\n")
    else:
        screen.show(report(verdict, exercise, screen.language))
        screen.blank()
    try:
        learner.progress.record(verdict)
    except (ProgressError, OSError) as error:
        # The verdict stands even where it cannot be remembered, and the learner is told.
        screen.complain(getattr(error, "message", None) or Message("course.not_remembered", fault=str(error)))
    if "json" not in call.options:
        _close(learner, exercise, verdict, screen)
    return 0 if verdict.passed else 1


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
        screen.show([next_step("start", upcoming, screen, load_exercise(upcoming).title.text(screen.language))])
