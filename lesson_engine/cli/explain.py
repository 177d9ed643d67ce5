"""`tutor explain` and `tutor explain-line`: a command line, or a line of tcpdump's output, part by part in words."""

import sys

from lesson_engine.cli.arguments import Call, UsageError, usage
from lesson_engine.cli.captures import open_capture
from lesson_engine.cli.printed import packet_number, printed_packet
from lesson_engine.cli.screen import Screen
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width, pad, wrap
from lesson_engine.packets import Packet
from lesson_engine.tcpdump.advice import advise
from lesson_engine.tcpdump.command import CommandError, explain_command, parse_line
from lesson_engine.tcpdump.line import read_line
from lesson_engine.tcpdump.report import report
from lesson_engine.views.text import Line, line

WIDEST_LEFT = 40
"""Cells that the left column takes at most; a longer part has a line of its own."""


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the command would not run, or the line is none of tcpdump's."""
    assert call.verb is not None
    return _command(call, screen) if call.verb.name == "explain" else _line(call, screen)


def _command(call: Call, screen: Screen) -> int:
    try:
        command = parse_line(" ".join(call.operands))
    except CommandError as error:
        report(error, screen.err, screen.language)
        return 1
    screen.show([line((command.source, "quote")), line()])
    rows = [(part.text, part.message.text(screen.language)) for part in explain_command(command)]
    screen.show(_two_columns(rows, screen.width))
    if command.expression:
        screen.blank()
        screen.say(Message("cli.explain_filter"))
        screen.show([line(("    tutor filter explain '" + command.expression.replace("'", "'\\''") + "'", "accent"))])
    for advice in advise(command):
        screen.blank()
        screen.say(advice.message)
    return 0


def _line(call: Call, screen: Screen) -> int:
    text, packet = _printed(call, screen)
    parts = read_line(text, packet)
    screen.show([line((text, "packet"))])
    if not parts:
        screen.complain(Message("cli.not_a_line"))
        return 1
    screen.blank()
    rows = []
    for part in parts:
        meaning = part.meaning.text(screen.language)
        if part.bytes is not None:
            first, last = part.bytes[0], part.bytes[1] - 1
            place = Message("cli.byte", first=first) if first == last else Message("cli.bytes", first=first, last=last)
            meaning = f"{meaning}  {place.text(screen.language)}"
        rows.append((part.text, meaning))
    screen.show(_two_columns(rows, screen.width))
    return 0


def _printed(call: Call, screen: Screen) -> tuple[str, Packet | None]:
    """The line to explain: from the command line, a pipe, or printed for packet N of a file."""
    if ("read" in call.options) != ("packet" in call.options):
        raise UsageError(Message("cli.read_and_packet"))
    if "read" not in call.options:
        words = " ".join(call.operands)
        if not words and sys.stdin.isatty():
            assert call.verb is not None
            raise UsageError(Message("cli.too_few", usage=usage(call.verb)))
        return (words or sys.stdin.readline()).rstrip("\r\n"), None
    capture = open_capture(call.options["read"], screen)
    return printed_packet(capture, packet_number(call.options["packet"], capture))


def _two_columns(rows: list[tuple[str, str]], width: int) -> list[Line]:
    left = min(WIDEST_LEFT, max(cell_width(text) for text, _ in rows)) + 3
    lines: list[Line] = []
    for text, said in rows:
        wrapped = wrap(said, max(20, width - left - 2))
        if cell_width(text) > WIDEST_LEFT:
            lines.append(line("  ", (text, "quote")))
            text = ""
        lines.append(line("  ", (pad(text, left), "quote"), wrapped[0]))
        lines += [line(" " * (left + 2), rest) for rest in wrapped[1:]]
    return lines
