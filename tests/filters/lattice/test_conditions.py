"""What is left of conditions as cells become known."""

import itertools
import random

import pytest

from lesson_engine.filters.lattice.conditions import (
    FALSE,
    FAULT,
    TRUE,
    Cell,
    Condition,
    Conditions,
    can_match,
    first_question,
)

CELLS = [Cell(number, "bits", None, 2 * number, 2) for number in range(3)]


def build(made: Conditions, chance: random.Random, depth: int) -> tuple[Condition, object]:
    """A random condition, and what it means: a tuple to be read by `meaning`."""
    roll = chance.random()
    if depth == 0 or roll < 0.3:
        cell = chance.randrange(3)
        low = chance.randrange(4)
        high = chance.randrange(low, 4)
        return made.one_of(CELLS[cell], ((low, high),)), ("one of", cell, low, high)
    if roll < 0.45:
        check, meant = build(made, chance, 0)
        part, means = build(made, chance, depth - 1)
        return made.guard(check, part), ("guard", meant, means)
    if roll < 0.55:
        part, means = build(made, chance, depth - 1)
        return made.opposite(part), ("not", means)
    parts = [build(made, chance, depth - 1) for _ in range(chance.randrange(1, 4))]
    kind = chance.choice(("every", "any of"))
    make = made.every if kind == "every" else made.any_of
    return make([part for part, _ in parts]), (kind, *[means for _, means in parts])


def meaning(means: tuple, values: tuple[int, ...]) -> bool | None:  # type: ignore[type-arg]
    """True, false, or None for a fault, evaluated in order."""
    match means:
        case ("one of", cell, low, high):
            return bool(low <= values[cell] <= high)
        case ("guard", check, part):
            return meaning(part, values) if meaning(check, values) else None
        case ("not", part):
            found = meaning(part, values)
            return None if found is None else not found
        case (kind, *parts):
            decisive = kind == "any of"
            for part in parts:
                found = meaning(part, values)
                if found is None or found is decisive:
                    return found
            return not decisive
    raise AssertionError(means)


@pytest.mark.parametrize("seed", range(150))
def test_narrowing_is_evaluating(seed: int) -> None:
    chance = random.Random(seed)
    made = Conditions()
    condition, means = build(made, chance, 4)
    assert isinstance(means, tuple)
    for values in itertools.product(range(4), repeat=3):
        left = condition
        for cell in chance.sample(range(3), 3):
            # First a little, then for good.
            low, high = sorted((values[cell], chance.randrange(4)))
            left = made.narrow(left, CELLS[cell], ((low, high),))
            left = made.narrow(left, CELLS[cell], ((values[cell], values[cell]),))
        expected = {True: TRUE, False: FALSE, None: FAULT}[meaning(means, values)]
        assert left is expected
        assert can_match(condition) or expected is not TRUE


def test_equal_conditions_are_one_object() -> None:
    made = Conditions()
    a, b = (made.one_of(cell, ((1, 1),)) for cell in CELLS[:2])
    assert made.every([a, b]) is made.every([b, made.every([a, b])])
    assert made.opposite(made.opposite(made.any_of([a, b]))) is made.any_of([b, a])
    assert first_question(made.every([b, a])) is a


def test_what_can_fault_keeps_its_place() -> None:
    made = Conditions()
    a, b = (made.one_of(cell, ((1, 1),)) for cell in CELLS[:2])
    risky = made.guard(b, a)
    assert made.any_of([risky, a]) is not made.any_of([a, risky])
    assert made.every([risky, FALSE]) is not FALSE
    assert not can_match(made.every([risky, FALSE]))
