"""What a lesson's `%tshark` runs: the real tshark on savefiles; where there is none, words on what it would show.

The recorded network and the sample captures are put in place of the interfaces and the names that stand for them;
tshark never captures here. tshark(1).

>>> line = arguments("-i eth0 -Y 'tcp.port == 80' -c 2")
>>> line.file.endswith("mix.pcap"), line.words[:1], line.display_filter
(True, ['-r'], 'tcp.port == 80')
"""

import os
import shlex
import shutil
import subprocess
import sys
from typing import NamedTuple

from lesson_engine import bundled
from lesson_engine.messages import Language, Message
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views.text import escape_controls

_MOST_LINES = 10
_TAKES_VALUE = frozenset("abBcdDeEfFHijJKMnNoOQrRstTuUvwWXyYz") - set("DEnQvV")
"""Options whose value may be a word of its own."""


class TsharkError(ValueError):
    """A command line that cannot be run here; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Arguments(NamedTuple):
    """The words for the real tshark, the savefile that it reads, and what it is asked to select and to show."""

    words: list[str]
    file: str
    display_filter: str
    fields: list[str]


def arguments(text: str) -> Arguments:
    """What the learner wrote, with savefiles in place of what stands for them. Raises TsharkError."""
    try:
        given = shlex.split(text)
    except ValueError as error:
        raise TsharkError(Message("course.tshark_no_file")) from error
    values: dict[str, list[str]] = {}
    rest: list[str] = []
    at = 0
    while at < len(given):
        word = given[at]
        at += 1
        if len(word) > 1 and word[0] == "-" and word[1] in _TAKES_VALUE:
            if not word[2:]:
                value = given[at] if at < len(given) else ""
                at += 1
            else:
                value = word[2:]
            values.setdefault(word[1], []).append(value)
            if word[1] not in "ri":
                rest += [word[:2], value]
        else:
            rest.append(word)
    file = _file(values)
    return Arguments(["-r", file, *rest], file, values.get("Y", [""])[-1], values.get("e", []))


def _file(values: dict[str, list[str]]) -> str:
    if "r" in values:
        return bundled.savefile(values["r"][-1])
    asked = values.get("i", [next(iter(bundled.interfaces()))])[-1]
    if asked not in bundled.interfaces():
        raise TsharkError(Message("course.tshark_no_file"))
    return bundled.interfaces()[asked]


def run_tshark(text: str, language: Language) -> None:
    """Writes what tshark prints, or would print. Raises TsharkError, or as `Capture.open`."""
    line = arguments(text)
    program = shutil.which("tshark")
    if program is None:
        sys.stdout.write(_visible("\n".join(would_show(line, language))) + "\n")
        return
    # No shell reads these words; and with -r tshark opens no interface.
    done = subprocess.run([program, "-n", *line.words], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    sys.stdout.write(_visible(done.stdout.decode("utf-8", "backslashreplace")))
    told = done.stderr.decode("utf-8", "backslashreplace").splitlines(keepends=True)
    sys.stderr.write(_visible("".join(each for each in told if not each.startswith("Running as user"))))


def would_show(line: Arguments, language: Language) -> list[str]:
    """In words what tshark would show, and the packets as tcpdump prints them."""
    messages = [
        Message("course.tshark_missing"),
        Message("course.tshark_reads", file=os.path.basename(line.file)),
    ]
    if line.display_filter:
        messages.append(Message("course.tshark_display", filter=line.display_filter))
    if line.fields:
        messages.append(Message("course.tshark_fields", fields=", ".join(line.fields)))
    shown = [message.text(language) for message in messages]
    if not line.display_filter:
        capture = Capture.open(line.file)
        lines = PrintedLines(capture)
        shown += ["", Message("course.tshark_lines").text(language)]
        shown += [f"  {lines[index]}" for index in range(min(_MOST_LINES, len(capture)))]
    return [*shown, "", Message("course.tshark_install").text(language)]


def _visible(text: str) -> str:
    return "\n".join(map(escape_controls, text.split("\n")))
