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
from lesson_engine.messages.cells import caret
from lesson_engine.tcpdump.command import CommandError


def report(error: CommandError, stderr: TextIO, language: Language) -> int:
    """Tell of a command line that cannot be run, as tcpdump does and then in words; returns the exit status."""
    if error.tcpdump_text is not None:
        stderr.write(error.tcpdump_text)
    stderr.write(f"{caret(error.source, error.span)}\n{error.message.text(language)}\n")
    if error.hint is not None:
        stderr.write(Message("tcpdump.session.hint", line=error.hint).text(language) + "\n")
    return error.exit_status
