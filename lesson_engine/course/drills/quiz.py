"""The quiz: thirty questions and more over the whole checklist, the same for the same seed, and its result.

Every item of the checklist has its share; no question comes twice, and neighbours belong to different items.

>>> questions = quiz(1)
>>> len(questions), sorted({question.checklist for question in questions})
(30, ['commands', 'filters', 'flags', 'handshake'])
>>> score(questions, [True] * 24 + [False] * 6).passed
True
"""

from collections.abc import Iterator, Sequence
from itertools import count, cycle
from random import Random
from typing import NamedTuple

from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.question import CHECKLIST, Question, Topic

LEAST_QUESTIONS, MOST_QUESTIONS = 30, 100
PASS_MARK = 0.8


class Share(NamedTuple):
    """How many questions of something were answered right, of how many."""

    right: int
    asked: int


class Score(NamedTuple):
    """The result of a quiz, as a whole and by item of the checklist, and the topics with misses, most missed first."""

    total: Share
    by_item: dict[str, Share]
    missed_topics: tuple[Topic, ...]

    @property
    def passed(self) -> bool:
        """Whether the pass mark was reached."""
        return self.total.right >= PASS_MARK * self.total.asked


def quiz(seed: int, questions: int = LEAST_QUESTIONS) -> tuple[Question, ...]:
    """The quiz of this seed. Raises ValueError unless there are LEAST_QUESTIONS to MOST_QUESTIONS."""
    if not LEAST_QUESTIONS <= questions <= MOST_QUESTIONS:
        raise ValueError(f"{questions} questions: a quiz has {LEAST_QUESTIONS} to {MOST_QUESTIONS}")
    chance = Random(seed)
    items = sorted({*CHECKLIST.values()})
    sources = {item: _questions_on(item, chance) for item in items}
    chosen: list[Question] = []
    while len(chosen) < questions:
        following = chance.sample(items, len(items))
        if chosen and following[0] == chosen[-1].checklist:
            following.reverse()
        chosen += [next(sources[item]) for item in following]
    return tuple(chosen[:questions])


def score(questions: Sequence[Question], right: Sequence[bool]) -> Score:
    """The result of `questions`, of which these were answered right; those behind the last answer were missed."""
    answered = [*right, *[False] * (len(questions) - len(right))]
    pairs = list(zip(questions, answered, strict=True))

    def share(of: str) -> Share:
        own = [good for question, good in pairs if question.checklist == of]
        return Share(sum(own), len(own))

    missed: dict[Topic, int] = {}
    for question, good in pairs:
        if not good:
            missed[question.topic] = missed.get(question.topic, 0) + 1
    return Score(
        Share(sum(answered), len(answered)),
        {item: share(item) for item in dict.fromkeys(CHECKLIST.values())},
        tuple(sorted(missed, key=lambda topic: -missed[topic])),
    )


def _questions_on(item: str, chance: Random) -> Iterator[Question]:
    """Questions on one item of the checklist without end, its topics in turn, none twice."""
    topics = [topic for topic, belongs_to in CHECKLIST.items() if belongs_to == item]
    chance.shuffle(topics)
    kinds = {topic: cycle(_mixed(all_kinds()[topic], chance)) for topic in topics}
    seen = set()
    for turn in count():
        topic = topics[turn % len(topics)]
        question = draw(topic, next(kinds[topic]), chance)
        # Some kinds have few questions in them; then the next kind's turn comes sooner.
        while question.identity in seen:
            question = draw(topic, next(kinds[topic]), chance)
        seen.add(question.identity)
        yield question


def _mixed(kinds: Sequence[str], chance: Random) -> list[str]:
    """The kinds in an order in which those that ask alike (the first word) are far apart."""
    families: dict[str, list[str]] = {}
    for kind in chance.sample(kinds, len(kinds)):
        families.setdefault(kind.partition("-")[0], []).append(kind)
    places = {kind: (place, chance.random()) for own in families.values() for place, kind in enumerate(own)}
    return sorted(kinds, key=places.__getitem__)
