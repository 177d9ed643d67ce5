"""What a command that works could do better, by the name of the misconception behind it.

Guarantees: nothing here makes a command wrong; a command without such a habit gets no advice. Looks at the command
and at what the shell does with its line, never at packets or filters. Faults that keep a line from running are
CommandErrors; `misconception` names theirs.

>>> from lesson_engine.tcpdump.command import parse_line
>>> [(advice.misconception, str(advice.message)) for advice in advise(parse_line("sudo tcpdump -r web.pcap -n"))]
[('needless-sudo', 'Reading a file needs no root: leave sudo out.')]
"""

from typing import NamedTuple

from lesson_engine.messages import Message
from lesson_engine.tcpdump.arguments import Command, CommandError
from lesson_engine.tcpdump.shell import Span


class Advice(NamedTuple):
    """A habit seen in a command: the misconception's id, where in the line, and what to know about it."""

    misconception: str
    span: Span
    message: Message


SHORT_SNAPSHOT = 96
"""Bytes; below this the headers of Ethernet, IPv6 and TCP with its usual options may be cut."""


def advise(command: Command) -> list[Advice]:
    """Every advice on the command, in the order of the line."""
    return sorted(
        [*_shell_advice(command), *_privilege_advice(command), *_option_advice(command)], key=lambda advice: advice.span
    )


def misconception(error: CommandError) -> str | None:
    """The id of the misconception that a command line's fault shows, if it is one of those known."""
    key = error.message.key
    if key in ("tcpdump.shell.wide_character", "tcpdump.shell.unclosed_quote"):
        return None
    return "unquoted" if key.startswith("tcpdump.shell.") else None


def _shell_advice(command: Command) -> list[Advice]:
    advice = [
        Advice("unquoted", finding.span, finding.consequence)
        for finding in command.findings
        if finding.kind in ("glob", "history")
    ]
    for redirect in command.redirects:
        name = redirect.target.text if redirect.target else ""
        if redirect.operator in (">", "1>", ">|", ">>") and command.write_file is None and _looks_like_capture(name):
            message = Message("tcpdump.advice.redirect_is_not_pcap", name=name)
            advice.append(Advice("redirect-is-not-pcap", redirect.span, message))
    flushes = command.line_buffered or command.packet_buffered or command.write_file is not None
    if not flushes and command.read_file is None:
        silence = Message("tcpdump.advice.grep_silence")
        pipes = (finding for finding in command.findings if finding.kind == "pipe")
        advice += [Advice("grep-silence", pipe.span, silence) for pipe in pipes]
    return advice


def _privilege_advice(command: Command) -> list[Advice]:
    if command.read_file is not None:
        return [
            Advice("needless-sudo", word.span, Message("tcpdump.advice.needless_sudo"))
            for word in command.prefixes
            if word.text in ("sudo", "doas")
        ]
    captures = not (command.show_help or command.show_version or command.list_interfaces)
    recorded = any(word.text.rpartition("/")[2] == "tutor" for word in command.prefixes)
    if captures and not command.sudo and not recorded:
        return [Advice("missing-sudo", command.program, Message("tcpdump.advice.missing_sudo"))]
    return []


def _option_advice(command: Command) -> list[Advice]:
    advice = []
    if command.options_follow_filter:
        option = next(option for option in command.given if option.span[0] > command.expression_offsets[0])
        message = Message("tcpdump.advice.options_after_filter", option=option.spelling)
        advice.append(Advice("options-after-filter", option.span, message))
    for option in command.given:
        span = option.value_span or option.span
        if option.key == "s" and command.read_file is None and command.snapshot_length < SHORT_SNAPSHOT:
            message = Message("tcpdump.advice.short_snaplen", length=command.snapshot_length)
            advice.append(Advice("short-snaplen", span, message))
        elif option.key == "w" and (command.write_file or "").endswith((".txt", ".log")):
            message = Message("tcpdump.advice.extension", name=command.write_file)
            advice.append(Advice("redirect-is-not-pcap", span, message))
    return advice


def _looks_like_capture(name: str) -> bool:
    return name.endswith((".pcap", ".pcapng", ".cap", ".dmp"))
