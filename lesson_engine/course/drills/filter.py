"""Choosing and writing filters for what someone wishes to see.

Wrong choices are what people write instead; a filter that is written freely is graded by what it matches.

>>> question = KINDS["write-host"](Random(1))
>>> question.form, question.accepted[0].split()[0]
('filter', 'host')
"""

from collections.abc import Callable
from functools import partial
from random import Random

from lesson_engine.course.drills.question import Choice, Question, offer
from lesson_engine.course.drills.wishes import WISHES, cast
from lesson_engine.messages import Message


def _choose(wish_id: str, chance: Random) -> Question:
    """Which filter shows this?"""
    wish, casting = WISHES[wish_id], cast(chance)
    right = wish.right.format_map(casting)
    wrong = [Choice(template.format_map(casting)) for template in chance.sample(wish.wrong, len(wish.wrong))]
    choices, accepted = offer(chance, Choice(right), wrong)
    return Question(
        "filter",
        f"choose-{wish_id}",
        Message("drills.filter.choose", wish=wish.sentence(casting)),
        "choice",
        accepted,
        Message("drills.filter.explained", filter=right),
        Message(f"drills.filter.hint_{wish_id}"),
        choices=choices,
        filter=right,
    )


def _write(wish_id: str, chance: Random) -> Question:
    """Write a filter that shows this."""
    wish, casting = WISHES[wish_id], cast(chance)
    right = wish.right.format_map(casting)
    return Question(
        "filter",
        f"write-{wish_id}",
        Message("drills.filter.write", wish=wish.sentence(casting)),
        "filter",
        (right,),
        Message("drills.filter.explained", filter=right),
        Message(f"drills.filter.hint_{wish_id}"),
        filter=right,
    )


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"choose-{wish_id}": partial(_choose, wish_id) for wish_id in WISHES},
    **{f"write-{wish_id}": partial(_write, wish_id) for wish_id in WISHES},
}
"""Kind of question to what makes one of it."""
