"""The magics of the lessons. They hold nothing of the domain: they call what the `tutor` command calls."""

import io
import os
import sys
from typing import TYPE_CHECKING, Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class

from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.progress import Progress
from lesson_engine.course.report import report as verdict_report
from lesson_engine.course.workspace import Workspace, workspace_path
from lesson_engine.messages import Language, Text
from lesson_engine.tcpdump.command import CommandError, parse_line
from lesson_engine.tcpdump.recorded import recorded_network
from lesson_engine.tcpdump.report import report as command_report
from lesson_engine.tcpdump.session import run
from lesson_engine.views.text import escape_controls, plain

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
    """`%tcpdump` and `%%check`, in one language."""

    def __init__(self, shell: InteractiveShell, language: Language) -> None:
        super().__init__(shell)
        self.language = language

    @line_magic
    def tcpdump(self, line: str) -> None:
        """tcpdump on savefiles and on the recorded network; `--live` first, on this machine's interfaces."""
        words = line.split(maxsplit=1)
        live = words[:1] == ["--live"]
        try:
            command = parse_line(f"tcpdump {' '.join(words[1:]) if live else line}")
        except CommandError as error:
            command_report(error, sys.stderr, self.language)
            return
        # Both streams in one, as on a terminal: Jupyter would print tcpdump's usual remarks in alarming red.
        run(
            command,
            sources=recorded_network(),
            stdout=_Shown(),
            stderr=sys.stdout,
            language=self.language,
            live=live,
        )

    @cell_magic
    def check(self, line: str, cell: str) -> None:
        """Grades the cell's text as the answer to the exercise that the line names."""
        try:
            exercise = load_exercise(line.strip())
            verdict = grade(exercise, cell)
            progress = Progress(Workspace(workspace_path(os.environ)))
            progress.record(verdict)
            progress.close()
        except (OSError, ValueError) as error:
            message: Any = getattr(error, "message", None)
            if not isinstance(message, Text):
                raise
            sys.stderr.write(message.text(self.language) + "\n")
            return
        lines = plain(verdict_report(verdict, exercise, self.language))
        sys.stdout.write("\n".join(map(escape_controls, lines.split("\n"))) + "\n")
