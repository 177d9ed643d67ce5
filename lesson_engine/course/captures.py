"""The captures that exercises are about: as they were recorded, as one learner has them, and as nobody sees them.

>>> len(open_capture("handshake"))
10
"""

import os

from lesson_engine import bundled
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.workspace import Workspace
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


def provide_capture(workspace: Workspace, name: str, seed: int | None = None, *, called: str = "") -> str:
    """The path of the learner's copy of a capture in their workspace, where the real tools find it too; it is
    `called` so, or else by its own name.

    It is made once, each seed's in a directory of its own, and never overwritten. Raises as `open_capture`, and
    WorkspaceError.
    """
    folder = workspace.captures if seed is None else os.path.join(workspace.captures, f"seed-{seed}")
    path = os.path.join(folder, (called or name) + ".pcap")
    if not os.path.lexists(path):
        workspace.add(path, _content(name, seed))
    return path


def provide_captures(workspace: Workspace, exercise: Exercise) -> list[str]:
    """The learner's copies of all captures that the exercise is about, by the names that its task uses. Raises as
    `provide_capture`."""
    return [
        provide_capture(workspace, capture, exercise.seed, called="" if name == capture else f"{exercise.id}-{name}")
        for name, capture in exercise.captures.items()
    ]


def _content(name: str, seed: int | None) -> bytes:
    if seed is None:
        with open(bundled.capture_path(name), "rb") as file:
            return file.read()
    from lesson_engine.sources.writing import SavefileWriter

    capture = open_capture(name, seed)
    writer = SavefileWriter.like(capture)
    return writer.header_bytes() + b"".join(map(writer.record_bytes, capture))
