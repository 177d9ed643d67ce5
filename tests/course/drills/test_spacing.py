"""Spacing: after a miss one other question, then three, then seven; and nothing is lost between sessions."""

from random import Random

from lesson_engine.course.drills.catalog import all_kinds
from lesson_engine.course.drills.spacing import INTERVALS, Deck, Item

KINDS = {"flags": tuple(f"f-{n}" for n in range(9)), "line": tuple(f"l-{n}" for n in range(9))}


def test_what_was_missed_comes_back_after_one_then_three_then_seven_others() -> None:
    deck, chance = Deck(KINDS), Random(1)  # type: ignore[arg-type]
    deck.record("flags", "f-0", right=False)
    gaps, others = [], 0
    for _ in range(40):
        item = deck.next(chance)
        deck.record(*item, right=True)
        if item == ("flags", "f-0"):
            gaps.append(others)
            others = 0
        else:
            others += 1
    assert tuple(gaps[: len(INTERVALS)]) == INTERVALS == (1, 3, 7)
    # Then it is out of the boxes, and its turn comes when all others have had theirs.
    assert all(gap >= 17 for gap in gaps[len(INTERVALS) :])


def test_missed_again_it_begins_anew() -> None:
    deck = Deck(KINDS)  # type: ignore[arg-type]
    deck.record("flags", "f-0", right=False)
    deck.record("line", "l-0", right=True)
    deck.record("flags", "f-0", right=True)
    deck.record("line", "l-1", right=True)
    assert deck.due() is None
    deck.record("flags", "f-0", right=False)
    deck.record("line", "l-2", right=True)
    assert deck.due() == ("flags", "f-0")
    assert deck.waiting == 1


def test_what_has_waited_longest_comes_first() -> None:
    deck = Deck(KINDS)  # type: ignore[arg-type]
    for kind in ("f-0", "f-1", "f-2"):
        deck.record("flags", kind, right=False)
    assert deck.due() == ("flags", "f-0")
    deck.record("flags", "f-0", right=True)
    assert deck.due() == ("flags", "f-1")


def test_a_deck_goes_on_from_its_history() -> None:
    chance, history = Random(3), []
    deck = Deck(KINDS)  # type: ignore[arg-type]
    for _ in range(60):
        item = deck.next(chance)
        right = chance.random() < 0.6
        deck.record(*item, right=right)
        history.append((*item, right))
        again = Deck(KINDS, [*history, ("gone", "kind", False)])  # type: ignore[arg-type]
        assert (again.due(), again.waiting) == (deck.due(), deck.waiting)
        assert again.next(Random(9)) == deck.next(Random(9))


def test_nothing_comes_twice_in_a_row_while_there_is_something_else() -> None:
    deck, chance = Deck(all_kinds()), Random(5)
    last = None
    for _ in range(300):
        item = deck.next(chance)
        assert item != last
        deck.record(*item, right=chance.random() < 0.5)
        last = item


def test_everything_is_asked_before_anything_comes_again() -> None:
    deck, chance = Deck(KINDS), Random(2)  # type: ignore[arg-type]
    seen: list[Item] = []
    for _ in range(18):
        seen.append(deck.next(chance))
        deck.record(*seen[-1], right=True)
    assert len({*seen}) == 18


def test_only_the_topics_asked_for() -> None:
    deck, chance = Deck(KINDS), Random(2)  # type: ignore[arg-type]
    deck.record("line", "l-0", right=False)
    for _ in range(30):
        item = deck.next(chance, ("flags",))
        assert item.topic == "flags"
        deck.record(*item, right=True)
    assert deck.due() == ("line", "l-0")
