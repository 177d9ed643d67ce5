"""`tutor quiz`: the check of the whole checklist; it can be left, and gone on with later."""

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.asking import SEED, Bounds, Memory, ask, number, print_json
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.drills.question import CHECKLIST, Question
from lesson_engine.course.drills.quiz import LEAST_QUESTIONS, MOST_QUESTIONS, Score, quiz, score
from lesson_engine.course.drills.record import answered, next_seed, quiz_row, unfinished
from lesson_engine.course.drills.report import score_lines
from lesson_engine.messages import Message, Text
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.text import Line, line

MOST_EXERCISES = 2
"""How many exercises are named for a topic that is worth another look."""

_QUESTIONS = Bounds(LEAST_QUESTIONS, MOST_QUESTIONS, "drills.quiz_questions")


def run(call: Call, screen: Screen) -> int:
    """Exit status 0 if the quiz was finished and passed."""
    seed, length = number(call, "seed", SEED), number(call, "questions", _QUESTIONS)
    with Learner(call, screen) as learner:
        memory = Memory(learner, screen)
        rows = memory.rows()
        if seed is None:
            left = unfinished(rows)
            seed, length = left if left and length in (None, left[1]) else (next_seed(rows), length)
        length = length or LEAST_QUESTIONS
        questions = quiz(seed, length)
        if "json" in call.options:
            print_json(questions, screen, seed=seed)
            return 0
        return _take(learner, memory, seed, questions, answered(rows, seed, length), screen)


def _take(
    learner: Learner, memory: Memory, seed: int, questions: tuple[Question, ...], given: list[bool], screen: Screen
) -> int:
    """Asks what is not answered yet, then shows the result."""
    length = len(questions)
    screen.say(Message("drills.quiz_keys"), "faint")
    if given:
        screen.say(Message("drills.quiz_resumed", answered=len(given)))
    screen.blank()
    for place in range(len(given), length):
        question = questions[place]
        shown = Message("drills.place", number=place + 1, of=length).text(screen.language)
        right = ask(question, shown, screen, hints=False)
        if right is None:
            screen.say(Message("drills.quiz_left", answered=place, questions=length))
            screen.show([screen.next_line(f"tutor quiz --seed {seed}" + _length(length))])
            return 1
        given.append(right)
        memory.record(*quiz_row(seed, length, place, question.topic, question.kind), right)
    result = score(questions, given)
    for item, share in result.by_item.items():
        memory.record_result(item, *share)
    _show_result(learner, result, screen)
    return 0 if result.passed else 1


def _show_result(learner: Learner, result: Score, screen: Screen) -> None:
    """The result by item, what is worth another look, and the one command that comes next."""
    titles: dict[str, Text] = {item.id: item.title for item in learner.syllabus.checklist}
    screen.show(score_lines(result, titles, screen.language))
    screen.blank()
    if result.missed_topics:
        screen.say(Message("drills.quiz_repeat"))
        screen.show(_worth_another_look(learner, result, screen))
        screen.blank()
        screen.show([screen.next_line(f"tutor practice {result.missed_topics[0]}")])
    elif (upcoming := learner.syllabus.next_after(learner.passed())) is not None:
        screen.show([screen.next_line(f"tutor start {upcoming}")])
    else:
        screen.say(Message("cli.all_passed"))


def _worth_another_look(learner: Learner, result: Score, screen: Screen) -> list[Line]:
    """Each topic with misses: how to practise it, and the first exercises of its item that are not passed yet."""
    passed = learner.passed()
    earned_by = {item.id: item.earned_by for item in learner.syllabus.checklist}
    titles = {topic: Message(f"drills.topic.{topic}").text(screen.language) for topic in result.missed_topics}
    width = max(map(cell_width, titles.values())) + 3
    rows = []
    for topic, title in titles.items():
        exercises = earned_by.get(CHECKLIST[topic], ())
        open_ones = [each for each in exercises if each not in passed] or exercises
        named = ", ".join(open_ones[:MOST_EXERCISES])
        command = f"tutor practice {topic}"
        rows.append(line("  ", pad(title, width), (f"{command:<27}", "accent"), (named, "faint")))
    return rows


def _length(length: int) -> str:
    return "" if length == LEAST_QUESTIONS else f" --questions {length}"
