"""The capture that a verb's FILE names, and which of its packets an EXPRESSION chooses."""

from lesson_engine import bundled
from lesson_engine.cli.arguments import Call
from lesson_engine.cli.screen import Screen
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Message
from lesson_engine.packets import Capture


def open_capture(name: str, screen: Screen) -> Capture:
    """The savefile, else the sample capture of that name, read while the learner is told to wait. Raises as
    `Capture.open`."""
    name = bundled.savefile(name)
    with screen.patience(Message("cli.reading", path=name)):
        return Capture.open(name)


def open_and_select(call: Call, screen: Screen) -> tuple[Capture, Capture] | None:
    """All packets of FILE, and those that EXPRESSION selects; None, after saying why, if that is no filter."""
    capture = open_capture(call.operands[0], screen)
    try:
        return capture, Filter(" ".join(call.operands[1:]), link_type=capture.link_type).select(capture)
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return None
