"""A demonstration for a class in a notebook: the story of a scenario, packet by packet, as `tutor demo` tells it."""

import time

from lesson_engine import bundled
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import ACTIONS, Presentation
from lesson_engine.course.demo.shown import picture_of, values
from lesson_engine.course.demo.story import load_story
from lesson_engine.course.demo.telling import frame_lines
from lesson_engine.messages import Message
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply
from lesson_engine.notebook.page import Still, still_lines
from lesson_engine.packets import Capture
from lesson_engine.views.text import PROSE_WIDTH

_SAID = ("back", "next", "reveal", "play", "slower", "faster", "packets", "ladder", "now", "large")


class StoryShown(Exhibit):
    """The story of a scenario, from its opening on. Raises ExerciseError if there is none."""

    kind = "story"

    def __init__(self, scenario: str) -> None:
        super().__init__()
        story = load_story(scenario)
        captures = [Capture.open(bundled.capture_path(name)) for name in story.captures]
        self._shown = Presentation(Demo(story, captures))

    def on_open(self, asked: Asked) -> Reply:
        said = {name: self.say(Message(f"demo.page.{name}")) for name in _SAID}
        said |= {name: self.say(Message(f"demo.{key}")) for name, key in (("asked", "question"), ("told", "reveal"))}
        return {"said": said} | self._now()

    def on_do(self, asked: Asked) -> Reply:
        """What a button or a key asks for."""
        if asked["action"] in ACTIONS:
            self._shown.do(asked["action"], time.monotonic())
        return self._now()

    def on_tick(self, asked: Asked) -> Reply:
        """Goes on where it is playing."""
        self._shown.tick(time.monotonic())
        return self._now()

    def still(self) -> Still:
        demo = self._shown.demo
        told = (frame_lines(demo, frame, self.language, PROSE_WIDTH) for frame in demo.frames)
        return still_lines([line for lines in told for line in lines])

    def _now(self) -> Reply:
        wait = self._shown.wait(time.monotonic())
        picture = picture_of(self._shown.demo, self._shown.frame, self.language)
        return {"now": values(self._shown, self.language), "svg": picture, "wait": wait}
