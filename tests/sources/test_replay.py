"""Replays wait as long as the packets were apart, by the caller's clock, and never sleep by themselves."""

import math

import pytest

from lesson_engine.packets import Capture
from lesson_engine.sources.replay import AT_ONCE, paced, play

SECOND = 1_000_000_000


def capture(*seconds: float) -> Capture:
    return Capture.from_frames([b"x"] * len(seconds), times_ns=[int(s * SECOND) for s in seconds])


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_packets_come_at_their_own_pace() -> None:
    clock = Clock()
    shown = [(p.number, clock.now - 1000) for p in play(capture(5, 5.5, 5.5, 8), clock=clock, sleep=clock.sleep)]
    assert shown == [(1, 0.0), (2, 0.5), (3, 0.5), (4, 3.0)]
    assert clock.slept == [0.5, 2.5]


def test_faster_and_slower() -> None:
    for speed, waits in ((10, [0.1, 0.2]), (0.5, [2.0, 4.0])):
        clock = Clock()
        list(play(capture(0, 1, 3), speed=speed, clock=clock, sleep=clock.sleep))
        assert clock.slept == pytest.approx(waits)


def test_time_spent_showing_is_not_waited_again() -> None:
    clock = Clock()
    for _ in play(capture(0, 1, 2), clock=clock, sleep=clock.sleep):
        clock.now += 0.25
    assert clock.slept == [0.75, 0.75]


def test_stepping_and_time_running_backwards_wait_for_nothing() -> None:
    assert [delay for delay, _ in paced(capture(0, 9, 99), speed=AT_ONCE, clock=Clock())] == [0, 0, 0]
    assert [delay for delay, _ in paced(capture(9, 1, 10), clock=Clock())] == [0, 0, 1]


@pytest.mark.parametrize("speed", [0, -1, math.nan])
def test_a_speed_that_is_none_is_refused_at_once(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        paced(capture(0), speed=speed, clock=Clock())
