"""The captures and the learner that notebooks are about."""

import os
from typing import NamedTuple

from lesson_engine import bundled
from lesson_engine.course.captures import open_capture
from lesson_engine.course.learner import Learner
from lesson_engine.course.workspace import Workspace, workspace_path
from lesson_engine.messages import Message
from lesson_engine.packets import Capture


class Live(NamedTuple):
    """What packet_view shall capture: `command` is what stands behind `tcpdump` on its line."""

    command: str


def the_learner() -> Learner:
    """The learner whose notebook this is; a context, to be left soon, since others write to the same store."""
    return Learner(Workspace(workspace_path(os.environ)), os.environ)


def the_capture(asked: str | Capture | Live) -> Capture:
    """A capture as it is; the savefile of that name; or the sample capture: `mix` in the learner's variant, `mix.pcap`
    as it was recorded, which is what `-r mix.pcap` reads.

    Raises SavefileError or OSError where it cannot be read, ProgressError where the variant is not known, CaptureError
    for one that is yet to be captured.
    """
    if isinstance(asked, Capture):
        return asked
    if isinstance(asked, Live):
        from lesson_engine.sources.live import CaptureError  # most notebooks capture nothing

        raise CaptureError(Message("notebook.live.only_packet_view"))
    if not os.path.lexists(asked) and asked in bundled.capture_names():
        with the_learner() as learner:
            return open_capture(asked, learner.seed)
    return Capture.open(bundled.savefile(asked))
