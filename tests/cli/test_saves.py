"""Saves: every way in which editors write, and no half of one is taken for an answer."""

from collections.abc import Iterator
from itertools import islice

import pytest

from lesson_engine.cli.saves import INTERVAL, saves

Script = list[tuple[float, bytes | None]]
"""What the file holds from when on; None where it is not there."""


def given(script: Script, count: int, until: float = 60.0) -> list[tuple[float, bytes | None]]:
    """The first `count` saves that are told of, and when; the clock is made of sleeps alone."""
    now = 0.0

    def look() -> bytes | None:
        return [content for since, content in script if since <= now][-1]

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        if now > until:
            raise TimeoutError

    def is_whole(content: bytes | None) -> bool:
        return content is not None and content.endswith(b"\n")

    def told() -> Iterator[tuple[float, bytes | None]]:
        for content in saves(look, is_whole=is_whole, clock=lambda: now, sleep=sleep):
            yield now, content

    return [*islice(told(), count)]


def contents(script: Script, count: int) -> list[bytes | None]:
    return [content for _, content in given(script, count)]


def test_a_save_is_told_of_within_a_blink() -> None:
    (_, first), (when, second) = given([(0, b"old\n"), (5, b"new\n")], 2)
    assert (first, second) == (b"old\n", b"new\n")
    assert when - 5 <= 0.1


@pytest.mark.parametrize(
    "script",
    [
        # Emptied, then written, with a pause between.
        [(0, b"old\n"), (5, b""), (5.1, b"new\n")],
        [(0, b"old\n"), (5, b""), (5.3, b"new\n")],
        # Written in pieces that do not end with the line.
        [(0, b"old\n"), (5, b"n"), (5.2, b"ne"), (5.5, b"new\n")],
        # Removed, and another put in its place.
        [(0, b"old\n"), (5, None), (5.3, b"new\n")],
        # Lines written one after another, faster than anybody types.
        [(0, b"old\n"), (5, b"a\n"), (5.03, b"a\nb\n"), (5.06, b"new\n")],
    ],
)
def test_the_middle_of_a_save_is_not_told_of(script: Script) -> None:
    assert contents(script, 2) == [b"old\n", b"new\n"]


def test_what_stays_incomplete_is_told_of_in_the_end() -> None:
    assert contents([(0, b"old\n"), (5, b"no line end")], 2) == [b"old\n", b"no line end"]
    assert contents([(0, b"old\n"), (5, None), (9, b"back\n")], 3) == [b"old\n", None, b"back\n"]


def test_nothing_is_told_of_twice() -> None:
    with pytest.raises(TimeoutError):
        given([(0, b"old\n")], 2)
    with pytest.raises(TimeoutError):
        # Changed and changed back within one look's time is no save that anybody could see.
        given([(0, b"old\n"), (5, b""), (5 + INTERVAL, b"old\n")], 2)
