"""A presentation and where its packets come from: what the terminal and the page hold in common.

`grow` brings in what has been captured since it was last asked; with recorded captures there never is anything.
"""

from collections.abc import Callable

from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.messages import Message

GROWS_EVERY = 0.1
"""Seconds between two looks at a capture that is being made."""


def _nothing() -> Demo | None:
    return None


class Showing:
    """`grown` gives the demonstration with the packets that have come since, or None if none has. `fault` is what ended
    a recording early."""

    def __init__(self, presentation: Presentation, grown: Callable[[], Demo | None] = _nothing) -> None:
        self.presentation = presentation
        self._grown = grown
        self.fault: Message | None = None

    def grow(self) -> bool:
        """Takes what has come; whether anything did."""
        demo = self._grown()
        if demo is not None:
            self.presentation.grow(demo)
        return demo is not None

    def wait(self, now: float) -> float | None:
        """Seconds until there may be something to do; None if only a key can bring it."""
        waits = [self.presentation.wait(now), None if self.presentation.demo.is_complete else GROWS_EVERY]
        return min((each for each in waits if each is not None), default=None)
