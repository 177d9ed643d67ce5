"""A demonstration line by line: for pipes, for terminals that cannot do more, and for screen readers.

The keys are those of the full screen, each typed with Enter. Into a file the whole story is written.
"""

import time

from lesson_engine.cli.asking import typed
from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.presentation import Action
from lesson_engine.course.demo.telling import frame_lines
from lesson_engine.messages import Message

_KEYS: dict[str, Action] = {"": "next", "n": "next", "b": "back", "r": "reveal", "p": "play", "+": "faster",
                            "-": "slower"}  # fmt: skip


def read_aloud(showing: Showing, screen: Screen) -> None:
    """Shows a frame, reads a line, and so on, until q or the end."""
    shown = showing.presentation
    screen.show(frame_lines(shown.demo, shown.frame, screen.language, screen.width))
    screen.advise(Message("demo.line_keys"))
    while not shown.is_at_end or showing.is_growing:
        reply = typed(screen)
        if reply is None or reply.strip() == "q":
            return
        key = _KEYS.get(reply.strip())
        if key is None:
            screen.say(Message("demo.line_keys"))
            continue
        showing.grow()
        moved = shown.do(key, time.monotonic())
        while shown.is_playing:
            time.sleep(showing.wait(time.monotonic()) or 0)
            showing.grow()
            if shown.tick(time.monotonic()) and shown.is_playing:
                screen.show(frame_lines(shown.demo, shown.frame, screen.language, screen.width))
        if moved and key not in ("+", "-"):
            screen.show(frame_lines(shown.demo, shown.frame, screen.language, screen.width))
        elif not moved:
            screen.say(Message("demo.nothing_yet" if showing.is_growing else "demo.nothing_there"), "faint")


def write_all(showing: Showing, screen: Screen) -> None:
    """Writes the frames from the first to the last."""
    place = 0
    while True:
        showing.grow()
        demo = showing.presentation.demo
        for frame in demo.frames[place:]:
            screen.show(frame_lines(demo, frame, screen.language, screen.width))
        place = len(demo.frames)
        if not showing.is_growing:
            return
        time.sleep(showing.wait(time.monotonic()) or 0)
