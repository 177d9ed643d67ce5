"""Drills and quizzes in the progress store: what is written for an answer, and what can be taken up again.

The store keeps a topic, an item and whether it was right, one row an answer. An answer of a quiz is a row too, under
the quiz's own name and with its place, so that a quiz that was left can be gone on with; what was missed in it comes
back in practice as anything else does.

>>> rows = [("flags", "means-S", False), quiz_row(7, 30, 0, "flags", "means-S.") + (True,)]
>>> answered(rows, 7, 30), unfinished(rows), practised(rows)[1]
([True], (7, 30), ('flags', 'means-S.', True))
"""

import re
from collections.abc import Iterable

Row = tuple[str, str, bool]
"""Topic, item, and whether it was answered right."""

_QUIZ = re.compile(r"quiz ([0-9]{1,18})/([0-9]{1,4})")


def quiz_row(seed: int, questions: int, place: int, topic: str, kind: str) -> tuple[str, str]:
    """Topic and item for an answer to question `place` (from 0) of the quiz of that seed and length."""
    return f"quiz {seed}/{questions}", f"{place} {topic} {kind}"


def practised(rows: Iterable[Row]) -> list[Row]:
    """The rows as answers to kinds of questions, those of quizzes among them."""
    found = []
    for topic, item, right in rows:
        if _QUIZ.fullmatch(topic):
            topic, _, item = item.partition(" ")[2].partition(" ")
        found.append((topic, item, right))
    return found


def answered(rows: Iterable[Row], seed: int, questions: int) -> list[bool]:
    """The answers of the latest run of a quiz, from its first question on; none if that run is finished."""
    return _runs(rows).get((seed, questions), [])


def unfinished(rows: Iterable[Row]) -> tuple[int, int] | None:
    """Seed and length of the quiz that was left last, or None."""
    return next(reversed(_runs(rows)), None)


def next_seed(rows: Iterable[Row]) -> int:
    """A seed above those of all quizzes so far."""
    return max((int(matched[1]) for topic, _, _ in rows if (matched := _QUIZ.fullmatch(topic))), default=0) + 1


def _runs(rows: Iterable[Row]) -> dict[tuple[int, int], list[bool]]:
    """The answers of each quiz that is not finished, the one answered last at the end."""
    runs: dict[tuple[int, int], list[bool]] = {}
    for topic, item, right in rows:
        if (matched := _QUIZ.fullmatch(topic)) is None:
            continue
        name = int(matched[1]), int(matched[2])
        answers = runs.pop(name, [])
        place = item.partition(" ")[0]
        if place == "0":
            answers = []
        if place == str(len(answers)):
            answers.append(right)
        if answers and len(answers) < name[1]:
            runs[name] = answers
    return runs
