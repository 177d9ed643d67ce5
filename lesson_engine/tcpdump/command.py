"""A tcpdump command by meaning: a learner's line, or an argument list, becomes a `Command`.

Guarantees: two lines that ask tcpdump for the same thing are equal by `Command.meaning()`, however they are spelled,
ordered, quoted or prefixed; what tcpdump 4.99.3 refuses is refused with the words it uses; every part knows its place
in the learner's line. Nothing is executed, opened or looked up. Filters are text here: `lesson_engine.filters` reads
them. Reference: tcpdump(8).

>>> command = parse_line("sudo tcpdump -nnc3 -i eth0 port 80")
>>> command.interface, command.count, command.expression
('eth0', 3, 'port 80')
>>> command.meaning() == parse_line("/usr/sbin/tcpdump --interface=eth0 'port 80' -n -c 3").meaning()
True
>>> parse_line("tcpdump -c ten")
Traceback (most recent call last):
lesson_engine.tcpdump.arguments.CommandError: -c takes a number of packets, 1 or more; ten is none.
"""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from lesson_engine.messages import Message
from lesson_engine.tcpdump.arguments import FILTER_WORDS, Command, CommandError, read_arguments
from lesson_engine.tcpdump.getopt import GetoptError, Given, getopt
from lesson_engine.tcpdump.manual import KEYS_BY_LONG_NAME, OPTIONS, TAKES_ARGUMENT
from lesson_engine.tcpdump.shell import UNRUNNABLE, Finding, Redirect, SimpleCommand, Span, Word, ascii_form, join, lex

__all__ = ["Command", "CommandError", "Explanation", "explain_command", "parse_command", "parse_line", "parse_script"]

MAXIMUM_SOURCE = 64 * 1024
"""Characters; a longer line is refused unread."""


class Explanation(NamedTuple):
    """One part of a command line and what it does."""

    span: Span
    text: str
    message: Message


def parse_command(argv: Sequence[str]) -> Command:
    """The command of an argument list as a program receives it, without the program's own name.

    `Command.source` is the line a shell would need for it. Raises CommandError.
    """
    source = join(["tcpdump", *argv])
    _bound(source)
    words = lex(source).commands[0].words
    return read_arguments(source, words[0], words[1:])


def parse_line(text: str) -> Command:
    """The one tcpdump command of a shell line or script. Raises CommandError, also if there is none or several."""
    commands = parse_script(text)
    if len(commands) > 1:
        second = commands[1].program
        raise CommandError(Message("tcpdump.command.several", count=len(commands)), text, second)
    return commands[0]


def parse_script(text: str) -> list[Command]:
    """Every tcpdump command of a shell script, at least one; commands of other programs are passed over.

    Raises CommandError: also for what the shell would not have handed to tcpdump as it was meant.
    """
    _bound(text)
    script = lex(text)
    for finding in script.findings:
        if finding.kind in UNRUNNABLE:
            # what a variable or a command would have given is unknown, so no corrected line can be offered
            expands = finding.kind in ("variable", "substitution")
            hint = None if expands else _requoted(text, finding.span[0])
            raise CommandError(finding.consequence, text, finding.span, hint=hint)
    commands = []
    findings = deque(script.findings)
    for simple, following in zip(script.commands, (*script.commands[1:], None), strict=False):
        own: list[Finding] = []
        while findings and (following is None or findings[0].span[0] < following.start):
            own.append(findings.popleft())
        place = _program(simple.words)
        if place is not None:
            _check_whole(text, simple, following, own)
            command = read_arguments(text, simple.words[place], simple.words[place + 1 :])
            prefixes = simple.words[:place]
            commands.append(command._replace(prefixes=prefixes, findings=tuple(own), redirects=simple.redirects))
    if not commands:
        raise _no_tcpdump(text, script.commands[0].words if script.commands else ())
    return commands


def _check_whole(text: str, simple: SimpleCommand, following: SimpleCommand | None, findings: list[Finding]) -> None:
    """Raises CommandError if the shell tears a filter apart at an operator, or takes a comparison for a redirection."""
    if following is not None and following.words and _continues_filter(simple.operator, following.words[0]):
        torn = next(finding for finding in reversed(findings) if finding.text == simple.operator)
        raise CommandError(torn.consequence, text, torn.span, hint=_requoted(text, torn.span[0]))
    for redirect in simple.redirects:
        if redirect.target is None or _is_comparison(redirect):
            consequence = Message("tcpdump.shell.redirect", text=text[slice(*redirect.span)])
            raise CommandError(consequence, text, redirect.span, hint=_requoted(text, redirect.span[0]))


def explain_command(command: Command) -> list[Explanation]:
    """Each part of the command in words, in the order of the line; letters repeated in one go are one part."""
    source = command.source
    parts = _explain_prefixes(command)
    parts.append(Explanation(command.program, source[slice(*command.program)], Message("tcpdump.program")))
    times: dict[str, int] = {}
    previous: Given | None = None
    for option in command.given:
        times[option.key] = times.get(option.key, 0) + 1
        end = option.value_span[1] if option.value_span else option.span[1]
        start = option.span[0]
        if previous and previous.key == option.key and previous.value is None and previous.span[1] == start:
            start = parts.pop().span[0]
        summary = OPTIONS[option.key].summary(option.value, times[option.key])
        parts.append(Explanation((start, end), source[start:end], summary))
        previous = option
    if command.expression_offsets:
        span = command.locate(0, len(command.expression))
        key = "tcpdump.expression" if command.filter_file is None else "tcpdump.expression_ignored"
        parts.append(Explanation(span, command.expression, Message(key, expression=command.expression)))
    parts += [
        Explanation(redirect.span, source[slice(*redirect.span)], Message("tcpdump.redirect", text=redirect.operator))
        for redirect in command.redirects
    ]
    return sorted(parts, key=lambda part: part.span)


# Words before the program's name, and their options that take an argument in the next word.
_PREFIXES = {
    "sudo": "CDghpRrtTuU",
    "doas": "Cu",
    "env": "uCS",
    "command": "",
    "exec": "a",
    "time": "of",
    "nohup": "",
    "nice": "n",
    "stdbuf": "ioe",
    "timeout": "ks",
}


def _program(words: Sequence[Word]) -> int | None:
    """The index of the word that names tcpdump, past assignments and prefixes such as sudo; None if it is another."""
    index = 0
    while index < len(words):
        text = words[index].text
        name = text.rpartition("/")[2]
        if name == "tcpdump":
            return index
        if name == "tutor" and index + 1 < len(words) and words[index + 1].text == "tcpdump":
            return index + 1
        index += 1
        if name in _PREFIXES:
            while index < len(words) and words[index].text.startswith("-"):
                option = words[index].text
                index += 2 if len(option) == 2 and option[1] in _PREFIXES[name] else 1
            if name == "timeout":
                index += 1
        elif "=" not in text or not text.partition("=")[0].isidentifier():
            return None
    return None


def _explain_prefixes(command: Command) -> list[Explanation]:
    """sudo, assignments and the like, each with the options and arguments that follow it."""
    parts: list[Explanation] = []
    for word in command.prefixes:
        if word.text in ("sudo", "doas"):
            message = Message("tcpdump.prefix.sudo")
        elif word.text.rpartition("/")[2] in (*_PREFIXES, "tutor"):
            message = Message("tcpdump.prefix.other", word=word.text)
        elif word.text.partition("=")[0].isidentifier() and "=" in word.text:
            message = Message("tcpdump.prefix.assignment")
        else:
            last = parts.pop()
            span = (last.span[0], word.span[1])
            parts.append(Explanation(span, command.source[slice(*span)], last.message))
            continue
        parts.append(Explanation(word.span, command.source[slice(*word.span)], message))
    return parts


def _continues_filter(operator: str, word: Word) -> bool:
    """Whether the word after a shell operator belongs to a filter rather than being a command."""
    text = word.text
    if operator not in ("&", "|", "&&", "||"):
        return False
    value = text[:1].isdecimal() or text.startswith(("tcp-", "icmp-", "icmp6-")) or ("[" in text and text != "[")
    return value or (operator in ("&&", "||") and (text.lstrip("!") in FILTER_WORDS or text == "!"))


def _is_comparison(redirect: Redirect) -> bool:
    """Whether `> 80`, `< 100` or `>= 80` was meant to compare: the target is a number, or begins with `=`."""
    text = redirect.target.text if redirect.target else ""
    bare = redirect.operator in (">", "<", ">>", "<<")
    return bare and (text.startswith("=") or text.removeprefix("0x").isdecimal())


def _requoted(text: str, position: int) -> str | None:
    """The line around `position` with its options first and its filter in quotes, if it is a tcpdump command."""
    begin = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[begin : end if end >= 0 else len(text)]
    line = "".join(ascii_form(character) or character for character in line)
    script = lex(line, literal=True)
    words = script.commands[0].words if script.commands else ()
    if words and words[0].text == "$":
        words = words[1:]
    place = _program(words)
    if place is None:
        return None
    try:
        items = list(getopt(words[place + 1 :], TAKES_ARGUMENT, KEYS_BY_LONG_NAME))
    except GetoptError:
        return None
    operands = [item for item in items if isinstance(item, Word)]
    # Options stay as they were written, -nn and all.
    kept = [word.text for word in words if word not in operands and word.text != "--"]
    if operands:
        kept.append(" ".join(word.text for word in operands))
    corrected = join(kept)
    return corrected if corrected != text.strip() else None


def _bound(source: str) -> None:
    if len(source) > MAXIMUM_SOURCE:
        message = Message("tcpdump.command.too_long", limit=MAXIMUM_SOURCE)
        raise CommandError(message, source[:80], (0, 80))
    if "\0" in source:
        # no program can be given one; the names of files could not be opened
        place = source.index("\0")
        raise CommandError(Message("tcpdump.command.nul"), source, (place, place + 1))


def _no_tcpdump(text: str, words: Sequence[Word]) -> CommandError:
    if not words:
        return CommandError(Message("tcpdump.command.empty"), text, (len(text), len(text)))
    if words[0].text in ("$", "#", "%", ">") and _program(words[1:]) is not None:
        hint = text[: words[0].span[0]] + text[words[1].span[0] :]
        return CommandError(
            Message("tcpdump.command.prompt", text=words[0].text), text, words[0].span, hint=hint.strip()
        )
    from difflib import get_close_matches

    for word in words[:2]:
        if word.text != "tcpdump" and get_close_matches(word.text, ["tcpdump"], cutoff=0.75):
            hint = f"{text[: word.span[0]]}tcpdump{text[word.span[1] :]}".strip()
            return CommandError(Message("tcpdump.command.misspelt", word=word.text), text, word.span, hint=hint)
    return CommandError(Message("tcpdump.command.other", word=words[0].text), text, words[0].span)
