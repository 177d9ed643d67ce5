"""`tutor demo SCENARIO`: a scenario for a class, one packet at a time, at a projector or in browsers.

The full screen is for terminals; where there is none, or through a pipe, the same frames come as lines.
"""

import os
import sys
from importlib.util import find_spec

from lesson_engine.bundled import capture_path
from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.course.demo.story import Story, load_story, story_names
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width
from lesson_engine.packets import Capture
from lesson_engine.views.text import line

_FIRST = "handshake"
"""The story that a course begins with."""


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where there is no such scenario, or the lab cannot play it to its end."""
    if "serve" not in call.options and {"address", "port"} & call.options.keys():
        raise UsageError(Message("cli.demo_serve_first"))
    if not call.operands and not call.options.keys() & {"serve", "live"}:
        _list(screen)
        return 0
    story = load_story(call.operands[0] if call.operands else _FIRST)
    if "live" in call.options:
        from lesson_engine.cli.demo.live import playing
        from lesson_engine.lab.namespaces import LabError

        try:
            with playing(story, screen) as showing:
                status = _show(showing, call, screen)
        except LabError as error:
            screen.complain(error.message)
            screen.complain(Message("demo.without_lab", name=story.name))
            return 1
        if showing.fault is None:
            return status
        screen.complain(showing.fault)
        return 1
    return _show(recorded(story), call, screen)


def recorded(story: Story) -> Showing:
    """The story over the captures that come with the course."""
    captures = [Capture.open(capture_path(name)) for name in story.captures]
    return Showing(Presentation(Demo(story, captures)))


def _show(showing: Showing, call: Call, screen: Screen) -> int:
    if "serve" in call.options:
        from lesson_engine.cli.demo.serving import serve

        return serve(showing, call, screen)
    both = sys.stdin.isatty() and screen.out.isatty()
    if both and os.environ.get("TERM", "dumb") != "dumb" and find_spec("termios") is not None:
        from lesson_engine.cli.demo.terminal import present

        present(showing, screen)
    else:
        from lesson_engine.cli.demo.by_line import read_aloud, write_all

        if sys.stdin.isatty() and not screen.out.isatty():
            write_all(showing, screen)
        else:
            read_aloud(showing, screen)
            return 0
    screen.show([screen.next_line(f"tutor ladder {showing.presentation.demo.story.captures[0]}")])
    return 0


def _list(screen: Screen) -> None:
    from lesson_engine.lab.scenarios import SCENARIOS

    order = [*SCENARIOS]
    stories = sorted(map(load_story, story_names()), key=lambda story: order.index(story.name))
    width = max(cell_width(story.name) for story in stories)
    screen.show(line(f"  {story.name:<{width}}  ", story.title.text(screen.language)) for story in stories)
    screen.blank()
    screen.show([screen.next_line(f"tutor demo {_FIRST}")])
