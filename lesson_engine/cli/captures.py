"""The capture that a verb's FILE names: a savefile, else the sample capture of that name."""

import os

from lesson_engine import bundled
from lesson_engine.cli.screen import Screen
from lesson_engine.messages import Message
from lesson_engine.packets import Capture


def open_capture(name: str, screen: Screen) -> Capture:
    """The capture, read while the learner is told to wait. Raises as `Capture.open`."""
    if not os.path.lexists(name) and name in bundled.capture_names():
        name = bundled.capture_path(name)
    with screen.patience(Message("cli.reading", path=name)):
        return Capture.open(name)
