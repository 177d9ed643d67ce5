"""Drills: seeded questions on the bundled captures, for `tutor practice`, `tutor quiz` and the notebook's widgets.

`question` holds the values, one module a topic makes them (`line`, `flags`, `matches`, `filter`, `handshake`,
`symptom`, `command`), `judging` compares answers, `spacing` says what to ask next, `quiz` makes the check of the whole
checklist and `report` shows all of it. Right answers are the engine's, never written down.
"""

from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.judging import how_to_answer, judge
from lesson_engine.course.drills.question import TOPICS, Judgement, Question, Topic
from lesson_engine.course.drills.quiz import Score, quiz, score
from lesson_engine.course.drills.spacing import Deck, Item

__all__ = [
    "TOPICS",
    "Deck",
    "Item",
    "Judgement",
    "Question",
    "Score",
    "Topic",
    "all_kinds",
    "draw",
    "how_to_answer",
    "judge",
    "quiz",
    "score",
]
