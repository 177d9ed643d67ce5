"""The magics of the lessons. They hold nothing of the domain: they call what the `tutor` command calls.

- `%tcpdump …` and `%%tcpdump`: tcpdump on savefiles and on the recorded network, exactly as `tutor tcpdump`; below
  `%%tcpdump` the line goes on over as many lines as one likes;
- `%tshark …`: the real one where it is installed, else in words what it would show;
- `%explain …`: a command, a filter or a line of tcpdump's output, part by part;
- `%check EXERCISE` grades the answer file, `%%check EXERCISE` the cell's text, exactly as `tutor check`, and both keep
  it in the progress.
"""

import io
import sys
from typing import TYPE_CHECKING

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class
from IPython.display import publish_display_data

from lesson_engine.course.answers import read_answer
from lesson_engine.course.grading import grade
from lesson_engine.course.network import network
from lesson_engine.course.report import report as verdict_report
from lesson_engine.course.tshark import run_tshark
from lesson_engine.messages import Language, Message
from lesson_engine.notebook.exhibit import fault
from lesson_engine.notebook.explained import explained
from lesson_engine.notebook.opened import the_learner
from lesson_engine.notebook.page import framed, visible
from lesson_engine.privilege import is_root
from lesson_engine.tcpdump.command import CommandError, parse_line
from lesson_engine.tcpdump.report import report as command_report
from lesson_engine.tcpdump.session import run
from lesson_engine.views.text import plain

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


class _Shown(io.BytesIO):
    """A binary stream whose bytes appear below the cell as they come."""

    def write(self, data: "Buffer") -> int:
        """Shows `data`; what is not UTF-8 is shown escaped."""
        shown = bytes(data)
        sys.stdout.write(shown.decode("utf-8", "backslashreplace"))
        return len(shown)


@magics_class
class LessonMagics(Magics):
    """The magics, in one language."""

    def __init__(self, shell: InteractiveShell, language: Language) -> None:
        super().__init__(shell)
        self.language = language

    @line_cell_magic
    def tcpdump(self, line: str, cell: str | None = None) -> None:
        """tcpdump on savefiles and on the recorded network; `--live` first, on this machine's interfaces."""
        words = " ".join([line, *(cell or "").split("\n")]).strip()
        first, _, rest = words.partition(" ")
        live = first == "--live"
        try:
            command = parse_line(f"tcpdump {rest if live else words}")
            with the_learner() as learner:
                seed = learner.seed if command.read_file is None else None
        except CommandError as error:
            command_report(error, sys.stderr, self.language)
            return
        except (OSError, ValueError) as error:
            self._complain(error)
            return
        if live and is_root():
            sys.stdout.write(Message("sources.live.needless_root").text(self.language) + "\n")
        # Both streams in one, as on a terminal: Jupyter would print tcpdump's usual remarks in alarming red.
        run(
            command,
            sources=network(seed),
            stdout=_Shown(),
            stderr=sys.stdout,
            language=self.language,
            live=live,
        )

    @line_magic
    def tshark(self, line: str) -> None:
        """tshark on savefiles and on the recorded network, where it is installed."""
        try:
            run_tshark(line, self.language)
        except CommandError as error:
            command_report(error, sys.stderr, self.language)
        except (OSError, ValueError) as error:
            self._complain(error)

    @line_magic
    def explain(self, line: str) -> None:
        """A command, a filter, or a line of tcpdump's output in words."""
        still = explained(line, self.language)
        publish_display_data({"text/html": framed(still.html, self.language, ""), "text/plain": still.text})

    @line_cell_magic
    def check(self, line: str, cell: str | None = None) -> None:
        """Grades the cell's text, or the answer file, of the exercise that the line names."""
        try:
            with the_learner() as learner:
                exercise = learner.load(line.strip())
                answer = read_answer(learner.workspace, exercise) if cell is None else cell
                verdict = grade(exercise, answer, learner.setting(exercise))
                sys.stdout.write(visible(plain(verdict_report(verdict, exercise, self.language))) + "\n")
                # The verdict stands even where it cannot be remembered.
                learner.progress.record(verdict)
        except (OSError, ValueError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        told: Message = fault(error)
        if told.key == "notebook.our_fault":
            raise error
        sys.stderr.write(visible(told.text(self.language)) + "\n")
