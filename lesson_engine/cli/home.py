"""`tutor` alone: where you are and what to do next."""

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.text import Line, line


def run(call: Call, screen: Screen) -> int:
    """Shows the checklist with what it has earned, and the one command that comes next."""
    with Learner(call, screen) as learner:
        passed = learner.progress.passed()
        upcoming = learner.syllabus.next_after(passed)
        title = learner.load(upcoming).title.text(screen.language) if upcoming else ""
    exercises = learner.syllabus.exercises
    language = screen.language
    count = Message("cli.home_count", passed=len(passed & {*exercises}), total=len(exercises)).text(language)
    width = max(46, *(cell_width(item.title.text(language)) + 3 for item in learner.syllabus.checklist))
    rows = [line((pad(learner.syllabus.title.text(language), width + 4), "title"), count)]
    for item in learner.syllabus.checklist:
        earned = len(passed & {*item.earned_by})
        mark = "✓" if earned == len(item.earned_by) else "▸" if upcoming in item.earned_by else " "
        name = pad(item.title.text(language), width)
        rows.append(
            line((f"  {mark} ", "good" if mark == "✓" else "accent"), f"{name}{earned} / {len(item.earned_by)}")
        )
    screen.show(rows)
    screen.blank()
    if upcoming is None:
        screen.say(Message("cli.all_passed"))
    else:
        screen.show([next_step("start", upcoming, screen, title)])
    return 0


def next_step(verb: str, exercise_id: str, screen: Screen, remark: str = "") -> Line:
    """The line that sends the learner on to an exercise."""
    return screen.next_line(f"tutor {verb} {exercise_id}", remark)
