"""The captures that exercises are about.

>>> len(open_capture("handshake"))
10
"""

from lesson_engine import bundled
from lesson_engine.packets import Capture


def open_capture(name: str) -> Capture:
    """The capture of that name. Raises OSError, or SavefileError where it cannot be read to its end."""
    capture = Capture.open(bundled.capture_path(name))
    if capture.error is not None:
        raise capture.error
    return capture
