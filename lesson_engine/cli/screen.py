"""What the learner's terminal gets: lines in their language, coloured where that is wanted.

Colour only supports; NO_COLOR (https://no-color.org), a pipe or TERM=dumb switch it off. Text from outside
is escaped here, once, on its way out.
"""

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from lesson_engine.cli.patience import Patience
from lesson_engine.messages import LANGUAGES, Language, Message
from lesson_engine.messages.cells import wrap
from lesson_engine.views.text import PROSE_WIDTH, Line, Role, Run, escape_controls, line

NARROWEST = 40
"""Cells; prose is not squeezed further, and a narrower terminal breaks the lines itself."""

# SGR codes (ECMA-48): bold, green, red, one accent (cyan), dim. Basic colours follow the user's own theme.
_SGR: dict[Role, str] = {"title": "1", "good": "32", "bad": "31", "accent": "36", "faint": "2", "quote": "1"}


class Screen:
    """Writes lines for a person: results to stdout, errors to stderr."""

    def __init__(self, language: Language, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.language = language
        self.out = out if out is not None else sys.stdout
        self.err = err if err is not None else sys.stderr

    def show(self, lines: Iterable[Line], stream: TextIO | None = None) -> None:
        """Writes the lines, each with a newline."""
        stream = stream or self.out
        coloured = _wants_colour(stream)
        for each in lines:
            stream.write("".join(painted(run, coloured) for run in each).rstrip(" ") + "\n")

    def next_line(self, command: str, remark: str = "") -> Line:
        """The last line of a screen: the one command that comes next."""
        before = Message("cli.next_command").text(self.language)
        return line(before, (command, "accent"), (f"    ({remark})" if remark else "", "faint"))

    def say(self, message: Message, role: Role = "plain") -> None:
        """Writes one message, wrapped to the terminal's width."""
        self.show((Run(text, role),) for text in wrap(message.text(self.language), self.width))

    def blank(self) -> None:
        """Writes an empty line."""
        self.out.write("\n")

    def advise(self, message: Message) -> None:
        """Writes a remark beside the output: to stderr, so that pipes get the output alone."""
        self.show([(Run(message.text(self.language), "faint"),)], self.err)

    def complain(self, message: Message) -> None:
        """Writes what went wrong to stderr."""
        self.show([(Run("tutor: ", "bad"), Run(text)) for text in message.text(self.language).split("\n")], self.err)

    def write_picture(self, picture: str, path: str) -> None:
        """Writes an SVG picture to a file, and says so. Raises OSError."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(picture)
        self.advise(Message("cli.written", path=path))

    def patience(self, doing: Message) -> Patience:
        """A context in which work that takes over a second shows that it goes on."""
        return Patience(doing.text(self.language), self.err)

    @property
    def is_coloured(self) -> bool:
        """Whether what is written to `out` may be coloured."""
        return _wants_colour(self.out)

    @property
    def columns(self) -> int:
        """Cells a line of the terminal has; 0 where there is none, or where it does not know."""
        try:
            return os.get_terminal_size(self.out.fileno()).columns
        except (OSError, ValueError):
            return 0

    @property
    def width(self) -> int:
        """Cells a line of prose may take: those of the terminal, within what is readable."""
        columns = self.columns
        return max(NARROWEST, min(columns, PROSE_WIDTH)) if columns else PROSE_WIDTH


def language_of_environment(environment: "os._Environ[str] | dict[str, str]") -> Language:
    """TUTOR_LANG, else the locale's language where it is one of ours, else Japanese."""
    for variable in ("TUTOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        for language in LANGUAGES:
            if value.lower().startswith(language):
                return language
    return "ja"


def _wants_colour(stream: TextIO) -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def painted(run: Run, coloured: bool) -> str:
    """The run as a terminal takes it, with what it does not print made visible."""
    text = escape_controls(run.text)
    code = _SGR.get(run.role) if coloured else None
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text
