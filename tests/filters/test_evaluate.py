"""Programs over packets: short circuit in three values, alike for one packet and for a capture."""

import random

import pytest

from lesson_engine.filters import Filter
from lesson_engine.filters.evaluate import outcome, predicate, verdict
from lesson_engine.filters.program import (
    All,
    Always,
    Calculation,
    Compare,
    Constant,
    Either,
    Load,
    Negation,
    Test,
    Value,
    WireLength,
)
from lesson_engine.packets import Capture

YES = Always(True)
NO = Always(False)
BEYOND = Compare(Load(None, 1000, 1), "=", Constant(0))
TRUTH = {YES: True, NO: False, BEYOND: None}


def expected(kind: str, first: bool | None, second: bool | None) -> bool | None:
    """The first that decides, decides; out of bounds decides all."""
    if first is None or first is (kind == "or"):
        return first
    return second


@pytest.mark.parametrize("first", TRUTH)
@pytest.mark.parametrize("second", TRUTH)
def test_short_circuit_in_three_values(first: Test, second: Test) -> None:
    for test, answer in (
        (All((first, second)), expected("and", TRUTH[first], TRUTH[second])),
        (Either((first, second)), expected("or", TRUTH[first], TRUTH[second])),
        (Negation(All((first, second))), {True: False, False: True}.get(expected("and", TRUTH[first], TRUTH[second]))),
    ):
        capture = Capture.from_frames([b"abc"])
        assert verdict(test, b"abc", 3) is answer
        assert predicate(test)(b"abc", 3) is (answer is True)
        result = outcome(test, capture.columns)
        assert bool(result.matched[0]) is (answer is True)
        assert (result.out_of_bounds is not None and bool(result.out_of_bounds[0])) is (answer is None)


def value(chance: random.Random, depth: int) -> Value:
    if depth == 0 or chance.random() < 0.2:
        return chance.choice((Constant(chance.choice((0, 1, 3, 31, 32, 0x80000000, 0xFFFFFFFF))), WireLength()))
    if chance.random() < 0.5:
        base = value(chance, depth - 1) if chance.random() < 0.3 else None
        return Load(base, chance.randrange(8), chance.choice((1, 2, 4)))
    sign = chance.choice(("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"))
    return Calculation(sign, value(chance, depth - 1), value(chance, depth - 1))


@pytest.mark.parametrize("seed", range(40))
def test_arithmetic_is_the_same_for_one_packet_and_for_a_capture(seed: int) -> None:
    chance = random.Random(seed)
    frames = [chance.randbytes(chance.randrange(12)) for _ in range(60)] + [bytes(12)] * 3
    capture = Capture.from_frames(frames)
    for _ in range(12):
        test = Compare(value(chance, 3), chance.choice(("=", "!=", ">", ">=", "<", "<=")), value(chance, 2))
        found = outcome(test, capture.columns)
        assert found.matched.tolist() == [verdict(test, data, len(data)) is True for data in frames], str(test)
        beyond = [verdict(test, data, len(data)) is None for data in frames]
        assert (found.out_of_bounds.tolist() if found.out_of_bounds is not None else [False] * 63) == beyond, str(test)


def test_a_filter_gives_one_byte_a_packet_and_selects() -> None:
    frames = [bytes(12) + kind + bytes(40) for kind in (b"\x08\x00", b"\x08\x06", b"\x08\x00")]
    capture = Capture.from_frames(frames)
    assert bytes(Filter("ip").matches(capture)) == b"\x01\x00\x01"
    chosen = Filter("ip").select(capture)
    assert (len(chosen), list(chosen.numbers)) == (2, [1, 3])
    assert Filter("arp").matches_packet(capture[1])
    assert bytes(Filter("").matches(capture)) == b"\x01\x01\x01"
    assert bytes(Filter("ip").matches(Capture.from_frames([]))) == b""


def test_many_packets_take_the_columns_and_agree() -> None:
    frames = [bytes(12) + bytes((8, index % 3)) + bytes(20) for index in range(20_001)]
    mask = Filter("ip or less 10").matches(Capture.from_frames(frames))
    assert len(mask) == 20_001
    assert bytes(mask) == bytes(index % 3 == 0 for index in range(20_001))


def test_without_numpy_many_packets_are_matched_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(
        "lesson_engine.packets.Capture.columns", property(lambda self: pytest.fail("columns asked for"))
    )
    frames = [bytes(12) + bytes((8, index % 2)) for index in range(20_001)]
    assert bytes(Filter("ip").matches(Capture.from_frames(frames))).count(1) == 10_001
