"""The quiz: the same for the same seed, mixed, nothing twice; its score, and a run that was left."""

from itertools import pairwise

import pytest

from lesson_engine.course.drills.quiz import LEAST_QUESTIONS, MOST_QUESTIONS, quiz, score
from lesson_engine.course.drills.record import answered, next_seed, practised, quiz_row, unfinished

SEEDS = range(25)


@pytest.mark.parametrize("seed", SEEDS)
def test_thirty_questions_over_the_whole_checklist_none_twice(seed: int) -> None:
    questions = quiz(seed)
    assert len(questions) == LEAST_QUESTIONS == 30
    assert len({question.identity for question in questions}) == 30
    by_item = [sum(question.checklist == item for question in questions) for item in score(questions, []).by_item]
    assert sorted(by_item) == [7, 7, 8, 8]
    assert len({question.topic for question in questions}) == 7
    assert len({question.form for question in questions}) >= 5
    for one, other in pairwise(questions):
        assert one.checklist != other.checklist


def test_a_seed_is_a_quiz() -> None:
    assert [question.identity for question in quiz(3)] == [question.identity for question in quiz(3)]
    firsts = {tuple(question.identity for question in quiz(seed)[:5]) for seed in SEEDS}
    assert len(firsts) == len(SEEDS)


def test_longer_ones_have_nothing_twice_either() -> None:
    questions = quiz(1, MOST_QUESTIONS)
    assert len({question.identity for question in questions}) == MOST_QUESTIONS


@pytest.mark.parametrize("questions", [0, 29, 101])
def test_other_lengths_are_refused(questions: int) -> None:
    with pytest.raises(ValueError, match="30 to 100"):
        quiz(1, questions)


def test_the_score_counts_by_item_and_names_what_was_missed() -> None:
    questions = quiz(2)
    given = [question.topic != "symptom" for question in questions]
    result = score(questions, given)
    missed = given.count(False)
    assert result.total == (30 - missed, 30)
    assert result.missed_topics == ("symptom",)
    assert sum(share.asked for share in result.by_item.values()) == 30
    assert result.by_item["handshake"].right == result.by_item["handshake"].asked - missed
    assert score(questions, [True] * 24).passed
    assert not score(questions, [True] * 23).passed


def rows(seed: int, given: list[bool], begin: int = 0) -> list[tuple[str, str, bool]]:
    return [(*quiz_row(seed, 30, place, "flags", "means-S"), right) for place, right in enumerate(given, begin)]


def test_a_quiz_that_was_left_is_gone_on_with() -> None:
    history = [*rows(1, [True, False]), ("line", "bytes", True), *rows(1, [True], begin=2)]
    assert answered(history, 1, 30) == [True, False, True]
    assert unfinished(history) == (1, 30)
    assert answered(history, 2, 30) == []
    assert next_seed(history) == 2


def test_a_finished_quiz_begins_anew_and_the_one_left_last_comes_first() -> None:
    finished = rows(1, [True] * 30)
    assert answered(finished, 1, 30) == []
    assert unfinished(finished) is None
    assert unfinished([*rows(4, [True]), *finished, *rows(2, [True]), *rows(4, [False], begin=1)]) == (4, 30)
    assert answered([*rows(1, [True, True]), *rows(1, [False])], 1, 30) == [False]


def test_what_was_missed_in_a_quiz_is_practised() -> None:
    assert practised([*rows(1, [False]), ("line", "bytes", True)]) == [
        ("flags", "means-S", False),
        ("line", "bytes", True),
    ]
