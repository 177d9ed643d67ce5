"""The captures that exercises are about: as they were recorded, as one learner has them, and as nobody sees them.

>>> len(open_capture("handshake"))
10
"""

from lesson_engine import bundled
from lesson_engine.packets import Capture


def open_capture(name: str, seed: int | None = None) -> Capture:
    """The capture of that name, in the variant that belongs to `seed`.

    Raises OSError, or SavefileError where it cannot be read to its end.
    """
    capture = Capture.open(bundled.capture_path(name))
    if capture.error is not None:
        raise capture.error
    if seed is None:
        return capture
    from lesson_engine.course.seeding import Rewriting  # most learners have no seed

    return Rewriting(seed).capture(capture)


def hidden_capture(name: str, seed: int | None = None) -> Capture:
    """The same traffic with the roles exchanged, which no learner is shown: hosts have each other's addresses, and
    some connections go to each other's services. An answer that fits only the packets in sight is caught by it.

    It depends on name and seed alone. Raises as `open_capture`.
    """
    from lesson_engine.course.exchange import exchanged

    return exchanged(open_capture(name, seed), seed or 0)
