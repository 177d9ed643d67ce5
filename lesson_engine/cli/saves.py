"""The saves of one file: each content that has come to rest, so that half of one is never taken for an answer.

Editors save in their own ways: they write in place, empty the file first, or put a new one in its place. So a file
is polled by what it holds and when it was changed, and a content counts when it has stayed the same for a moment:
a longer one where it is empty, does not end a line, or is not there at all, as in the middle of a save. Neither
clock nor file are known here; both are given.

>>> looks = iter([b"", b"tcpdump\\n", b"tcpdump\\n", b"tcpdump\\n"])
>>> clock = iter([0.0, 0.1, 0.2, 0.3])
>>> coming = saves(lambda: next(looks), is_whole=bool, clock=lambda: next(clock), sleep=lambda seconds: None)
>>> next(coming)
b'tcpdump\\n'
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

INTERVAL = 0.025
"""Seconds between two looks at the file."""

REST, LONGER_REST = 0.05, 0.4
"""Seconds that a content must stay to count: one that looks whole, and one that may be half of a save."""

Look = TypeVar("Look")


def saves(
    look: Callable[[], Look],
    *,
    is_whole: Callable[[Look], bool],
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Iterator[Look]:
    """Each look at the file that differs from the one given before and has come to rest; it never ends."""
    given: Look | None = None
    seen: Look | None = None
    since = 0.0
    while True:
        found = look()
        now = clock()
        if found != seen:
            seen, since = found, now
        elif found != given and now - since >= (REST if is_whole(found) else LONGER_REST):
            given = found
            yield found
        sleep(INTERVAL)
