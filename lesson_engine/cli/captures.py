"""The capture that a verb is about: for verbs whose operands are FILE and perhaps an EXPRESSION."""

import os

from lesson_engine import bundled
from lesson_engine.cli.arguments import Call
from lesson_engine.cli.screen import Screen
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Message
from lesson_engine.packets import Capture


def open_capture(name: str, screen: Screen) -> Capture:
    """The packets of the file `name`, else of the sample capture of that name."""
    if not os.path.lexists(name) and name in bundled.capture_names():
        name = bundled.capture_path(name)
    with screen.patience(Message("cli.reading", path=name)):
        return Capture.open(name)


def selected_packets(call: Call, screen: Screen) -> Capture | None:
    """The packets of FILE that EXPRESSION selects; None, after saying why, if that is no filter."""
    capture = open_capture(call.operands[0], screen)
    try:
        return Filter(" ".join(call.operands[1:]), link_type=capture.link_type).select(capture)
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return None
