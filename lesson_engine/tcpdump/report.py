"""A command line that cannot be run, told in tcpdump's words and then in the learner's language.

Guarantees: first what tcpdump itself prints, byte for byte, then the line with carets under the place, what is wrong,
and a corrected line where there is one. Control characters of the line never reach the terminal.

>>> import io
>>> from lesson_engine.tcpdump.command import parse_command
>>> stderr = io.StringIO()
>>> try:
...     parse_command(["-c", "ten"])
... except CommandError as error:
...     status = report(error, stderr, "en")
>>> print(status, stderr.getvalue(), end="")
1 tcpdump: invalid packet count ten
tcpdump -c ten
           ^^^
-c takes a number of packets, 1 or more; ten is none.
"""

from typing import TextIO

from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import cell_width
from lesson_engine.tcpdump.command import CommandError


def report(error: CommandError, stderr: TextIO, language: Language) -> int:
    """Tell of a command line that cannot be run, as tcpdump does and then in words; returns the exit status."""
    if error.tcpdump_text is not None:
        stderr.write(error.tcpdump_text)
    stderr.write(f"{caret(error.source, error.span)}\n{error.message.text(language)}\n")
    if error.hint is not None:
        stderr.write(Message("tcpdump.session.hint", line=error.hint).text(language) + "\n")
    return error.exit_status


def caret(source: str, span: tuple[int, int], width: int = 76) -> str:
    """The line of `source` that holds the span's start, and carets under the span: two lines of text.

    >>> print(caret("tcpdump -c ten", (11, 14)))
    tcpdump -c ten
               ^^^
    """
    begin = source.rfind("\n", 0, span[0]) + 1
    line = source[begin:].partition("\n")[0]
    line = "".join(character if character.isprintable() else " " for character in line)
    start, end = span[0] - begin, min(span[1] - begin, len(line))
    first = max(0, min(start - width // 3, len(line) - width))
    last = first + width
    indent = cell_width(line[first:start])
    return f"{line[first:last]}\n{' ' * indent}{'^' * max(1, cell_width(line[start : min(end, last)]))}"
