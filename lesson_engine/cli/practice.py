"""`tutor practice`: short questions without end; what was missed comes back."""

from random import Random

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.asking import SEED, Bounds, Memory, ask, number, print_json
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.question import TOPICS, Topic
from lesson_engine.course.drills.record import practised
from lesson_engine.course.drills.spacing import Deck
from lesson_engine.messages import Message

_COUNT = Bounds(1, 10_000, "drills.count")
_PRINTED = 10
"""How many questions --json prints unless --count says otherwise."""


def run(call: Call, screen: Screen) -> int:
    """Exit status 0 if every answer was right."""
    topics = _topics(call)
    count = number(call, "count", _COUNT)
    chance = Random(number(call, "seed", SEED))
    with Learner(call, screen) as learner:
        if "json" in call.options:
            deck = Deck(all_kinds())
            items = []
            for _ in range(count or _PRINTED):
                items.append(deck.next(chance, topics))
                deck.record(*items[-1], right=True)
            print_json((draw(*item, chance) for item in items), screen)
            return 0
        return _practise(learner, topics, count, chance, screen)


def _practise(learner: Learner, topics: tuple[Topic, ...], count: int | None, chance: Random, screen: Screen) -> int:
    memory = Memory(learner, screen)
    deck = Deck(all_kinds(), practised(memory.rows()))
    screen.say(Message("drills.practice_keys"), "faint")
    screen.blank()
    missed: dict[Topic, int] = {}
    right_answers = asked = 0
    while count is None or asked < count:
        is_again = deck.due(topics) is not None
        item = deck.next(chance, topics)
        place = str(asked + 1) if count is None else Message("drills.place", number=asked + 1, of=count).text("en")
        if is_again:
            place += f" ({Message('drills.again').text(screen.language)})"
        right = ask(draw(*item, chance), place, screen, hints=True)
        if right is None:
            break
        asked += 1
        right_answers += right
        if not right:
            missed[item.topic] = missed.get(item.topic, 0) + 1
        deck.record(*item, right=right)
        memory.record(*item, right)
    weakest = sorted(missed, key=lambda topic: -missed[topic])
    _close(right_answers, asked, deck, weakest[0] if weakest else None, screen)
    return 0 if right_answers == asked else 1


def _close(right: int, asked: int, deck: Deck, weakest: Topic | None, screen: Screen) -> None:
    """What was right, what comes again, and the one command that comes next."""
    if asked:
        screen.say(Message("drills.practice_done", right=right, asked=asked))
    if deck.waiting:
        screen.say(Message("drills.practice_waiting", waiting=deck.waiting))
    if asked:
        screen.blank()
    command = f"tutor practice {weakest}" if weakest else "tutor quiz"
    screen.show([screen.next_line(command)])


def _topics(call: Call) -> tuple[Topic, ...]:
    """The topic that was named; all where none was. Raises UsageError for what is none."""
    if not call.operands:
        return TOPICS
    found = tuple(topic for topic in TOPICS if topic == call.operands[0])
    if not found:
        raise UsageError(Message("drills.unknown_topic", found=call.operands[0], topics=", ".join(TOPICS)))
    return found
