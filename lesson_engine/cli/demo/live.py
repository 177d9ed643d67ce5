"""A demonstration that happens now: its scenario is played in the lab while the class looks on.

The lab that stands is taken, so that the class may look around in it afterwards; where none does, one of the
demonstration's own, which ends with it. The lab's tcpdump writes packet by packet, where the story watches, into the
lab's own memory: whatever ends this process, no file is left behind. A story with two captures goes on to the second
when the scenario is over, since frames that were shown stay where they are.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from threading import Thread

from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.course.demo.story import Story
from lesson_engine.lab.keeper import Lab, find, up
from lesson_engine.lab.namespaces import LabError
from lesson_engine.lab.scenarios import SCENARIOS, both_ends
from lesson_engine.lab.stage import DIRECTORY
from lesson_engine.messages import Message
from lesson_engine.packets import Capture
from lesson_engine.sources.savefile import SavefileError


@contextmanager
def playing(story: Story, screen: Screen) -> Iterator[Showing]:
    """The story while the lab plays its scenario. Raises LabError where there can be no lab."""
    with ExitStack() as ending:
        with screen.patience(Message("cli.lab_starting")):
            lab = ending.enter_context(find() or up())
            lab.ask("ready")
        directory = ending.enter_context(
            # The lab may be gone before.
            TemporaryDirectory(prefix="demo-", dir=lab.outside(DIRECTORY), ignore_cleanup_errors=True)
        )
        played = _Played(lab, story, directory)
        yield Showing(Presentation(played.demo), played.grown)


class _Played:
    """The scenario in the lab, in a thread of its own, and the savefiles that come of it."""

    def __init__(self, lab: Lab, story: Story, directory: str) -> None:
        self._story = story
        vantages = [*both_ends(SCENARIOS[story.name])][: len(story.captures)]
        self._paths = [os.path.join(directory, vantage.savefile) for vantage in vantages]
        self._sizes: list[int] = []
        self._fault: LabError | None = None
        self._is_over = False
        self._is_told = False
        self.demo = Demo(story, [Capture.from_frames([])], is_complete=False)
        # A daemon: who leaves early does not wait for the scenario's end.
        Thread(target=self._play, args=(lab, directory), daemon=True).start()

    def _play(self, lab: Lab, directory: str) -> None:
        try:
            lab.run(self._story.name, into=os.path.join(DIRECTORY, os.path.basename(directory)))
        except LabError as error:
            self._fault = error
        self._is_over = True

    def grown(self) -> Demo | None:
        """The demonstration with what has come since; None if nothing has. Raises LabError when the scenario has broken
        off."""
        is_over = self._is_over
        if self._fault is not None:
            raise self._fault
        paths = self._paths if is_over else self._paths[:1]
        sizes = [_size(path) for path in paths]
        if self._is_told or (sizes == self._sizes and not is_over):
            return None
        captures = _readable(paths)
        if len(captures) < len(paths):
            return None  # not even the header is there
        self._sizes, self._is_told = sizes, is_over
        self.demo = Demo(self._story, captures, is_complete=is_over)
        return self.demo


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _readable(paths: Sequence[str]) -> list[Capture]:
    """The savefiles as far as they are written."""
    captures = []
    for path in paths:
        try:
            captures.append(Capture.open(path))
        except (SavefileError, OSError):
            break
    return captures
