"""Every kind of question by topic, and drawing one: a topic's module is imported when it is asked for.

>>> from random import Random
>>> draw("flags", "symbol-ACK", Random(1)).topic
'flags'
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from random import Random

from lesson_engine.course.drills.question import TOPICS, Question, Topic


@cache
def _of_topic(topic: Topic) -> Mapping[str, Callable[[Random], Question]]:
    kinds: Mapping[str, Callable[[Random], Question]] = import_module(f"lesson_engine.course.drills.{topic}").KINDS
    return kinds


def all_kinds() -> dict[Topic, tuple[str, ...]]:
    """The kinds of question that there are, by topic."""
    return {topic: tuple(_of_topic(topic)) for topic in TOPICS}


def draw(topic: Topic, kind: str, chance: Random) -> Question:
    """A question of this kind. Raises KeyError if there is no such kind."""
    return _of_topic(topic)[kind](chance)
