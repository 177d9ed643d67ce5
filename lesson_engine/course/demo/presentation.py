"""Where a class is in a demonstration, and what the presenter's keys do: no terminal, no page, and no clock of its own.

Playing goes on from packet to packet at the capture's own pace, or so many times faster, and stops where the story says
something: who presents it decides when to go on. Packets that follow each other faster than an eye can are held apart.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.course.demo.story import load_story
>>> demo = Demo(load_story("closed_port"), [Capture.open(capture_path("closed_port"))])
>>> shown = Presentation(demo)
>>> [shown.do(action, now=0) and shown.frame.kind for action in ("next", "reveal", "back", "reveal")]
['question', 'reveal', 'packet', 'reveal']
"""

from typing import Literal, get_args

from lesson_engine.course.demo.demo import Demo, Frame

Action = Literal["next", "back", "begin", "end", "reveal", "play", "faster", "slower"]
ACTIONS: tuple[Action, ...] = get_args(Action)

SPEEDS = (0.25, 0.5, 1, 2, 4, 8, 16, 64)
"""How many times as fast as the capture it may be played."""

LEAST_WAIT = 0.5
"""Seconds between two packets at speed 1, however close together they came."""


class Presentation:
    """One class's place in `demo`, which may grow; the class has seen the frames as far as `furthest`. `is_playing`: it
    goes on by itself, at `speed`. `is_broken_off`: no more packets will come, though the story is not at its end."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.place = self.furthest = 0
        self.is_playing = False
        self.is_broken_off = False
        self.speed: float = 1
        self._due = 0.0

    @property
    def frame(self) -> Frame:
        """What is shown now."""
        return self.demo.frames[self.place]

    @property
    def is_at_end(self) -> bool:
        """Whether there is no next frame, or not yet."""
        return self.place == len(self.demo.frames) - 1

    def do(self, action: Action, now: float) -> bool:
        """What a key asks for; whether it changed anything. `now` is the caller's clock, in seconds."""
        if action == "play":
            self.is_playing = not self.is_playing and not (self.is_at_end and self.demo.is_complete)
            # The first step is taken at once: who presses the key sees that it was heard.
            self._due = now
            return True
        if action in ("faster", "slower"):
            return self._change_speed(1 if action == "faster" else -1, now)
        was_playing, self.is_playing = self.is_playing, False
        place = {
            "next": self.place + 1,
            "back": self.place - 1,
            "begin": 0,
            "end": len(self.demo.frames) - 1,
            "reveal": self._next_reveal(),
        }[action]
        return self._go(place) or was_playing

    def wait(self, now: float) -> float | None:
        """Seconds until `tick` has something to do; None if it has not."""
        return max(0.0, self._due - now) if self.is_playing and not self.is_at_end else None

    def tick(self, now: float) -> bool:
        """Goes on if it is playing and the time has come; whether anything changed."""
        if self.wait(now) != 0:
            return False
        self._go(self.place + 1)
        if self.frame.kind != "packet" or (self.is_at_end and self.demo.is_complete):
            self.is_playing = False
        self._due = now + self._following_wait()
        return True

    def grow(self, demo: Demo) -> None:
        """Takes the demonstration as it is now; its frames begin with those that were there."""
        self.demo = demo

    def _following_wait(self) -> float:
        if self.is_at_end or self.demo.frames[self.place + 1].kind == "question":
            # A question comes when the packet before it was seen, not when the one behind it is due.
            return LEAST_WAIT / self.speed
        return max(LEAST_WAIT, self.demo.frames[self.place + 1].wait_ns / 1e9) / self.speed

    def _change_speed(self, by: int, now: float) -> bool:
        before = self.speed
        index = SPEEDS.index(before) + by
        self.speed = SPEEDS[min(max(index, 0), len(SPEEDS) - 1)]
        self._due = now + max(0.0, self._due - now) * before / self.speed
        return self.speed != before

    def _next_reveal(self) -> int:
        """Where what is asked now is told; if nothing is, this very place."""
        for place in range(self.place, len(self.demo.frames)):
            frame = self.demo.frames[place]
            if frame.kind == "reveal":
                return place
            if place > self.place and frame.kind == "question":
                break
            if self.frame.question is None and frame.kind == "packet" and place > self.place:
                break
        return self.place

    def _go(self, place: int) -> bool:
        place = min(max(place, 0), len(self.demo.frames) - 1)
        moved, self.place = place != self.place, place
        self.furthest = max(self.furthest, place)
        return moved
