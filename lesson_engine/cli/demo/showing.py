"""A presentation and where its packets come from: what the terminal and the page hold in common.

`grow` brings in what has been captured since it was last asked; with recorded captures there never is anything.
"""

from collections.abc import Callable

from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.lab.namespaces import LabError
from lesson_engine.messages import Message

GROWS_EVERY = 0.1
"""Seconds between two looks at a capture that is being made."""


def _nothing() -> Demo | None:
    return None


class Showing:
    """`grown` gives the demonstration with the packets that have come since, or None if none has, and raises LabError
    when no more will though the story is not at its end; then `fault` says why."""

    def __init__(self, presentation: Presentation, grown: Callable[[], Demo | None] = _nothing) -> None:
        self.presentation = presentation
        self._grown = grown
        self.fault: Message | None = None

    @property
    def is_growing(self) -> bool:
        """Whether more is to come."""
        return not self.presentation.demo.is_complete and self.fault is None

    def grow(self) -> bool:
        """Takes what has come; whether anything did."""
        if not self.is_growing:
            return False
        try:
            demo = self._grown()
        except LabError as error:
            self.fault = error.message
            self.presentation.is_broken_off = True
            return True
        if demo is not None:
            self.presentation.grow(demo)
        return demo is not None

    def wait(self, now: float) -> float | None:
        """Seconds until there may be something to do; None if only a key can bring it."""
        waits = [self.presentation.wait(now), GROWS_EVERY if self.is_growing else None]
        return min((each for each in waits if each is not None), default=None)
