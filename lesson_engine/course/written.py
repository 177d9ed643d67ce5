"""What a learner wrote: the commands of an answer, each read by itself, so that one that is broken spoils no other.

Guarantees: nothing is run; every command keeps the learner's own words and, where it cannot be used, the fault in
them with the misconception behind it. Knows nothing of what an exercise wants.

>>> [each.line for each in commands_of("which tcpdump; sudo tcpdump -D  # all of them")]
['which tcpdump', 'sudo tcpdump -D']
>>> [each.misconception for each in commands_of("tcpdump tcp and (port 80)\\ntcpdump tcp port 80")]
['unquoted', None]
"""

from collections.abc import Iterator

from lesson_engine.course.verdict import Fault
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.misconceptions import of_error
from lesson_engine.messages import Message, Text
from lesson_engine.packets.linktype import LinkType
from lesson_engine.tcpdump.advice import advise, misconception
from lesson_engine.tcpdump.command import Command, CommandError, parse_line
from lesson_engine.tcpdump.shell import Finding, SimpleCommand, lex


class WrittenCommand:
    """One command of an answer.

    `command` is None where it is not tcpdump's or cannot be read; `fault` says why, and `misconception` names what
    is behind it. `expression` is the filter, of a bare expression as well, which is a command without a `command`.
    `concerns_tcpdump` is False for another program's command.
    """

    __slots__ = ("command", "concerns_tcpdump", "expression", "fault", "line", "misconception", "words")

    def __init__(self, line: str) -> None:
        self.line = " ".join(part.removesuffix("\\").strip() for part in line.split("\n")).strip()
        self.words: tuple[str, ...] = ()
        self.command: Command | None = None
        self.expression: str | None = None
        self.fault: Fault | None = None
        self.misconception: str | None = None
        self.concerns_tcpdump = True
        script = lex(line)
        if script.commands:
            words = tuple(word.text for word in script.commands[0].words)
            self.words = words[1:] if words[:1] == ("sudo",) else words
        try:
            if _asks_where(self.words):
                raise CommandError(Message("tcpdump.command.other", word=self.words[0]), line, (0, len(line)))
            self._read(line)
        except CommandError as error:
            self.concerns_tcpdump = error.message.key != "tcpdump.command.other"
            self.fault = Fault(error.message, error.source, error.span, error.hint)
            self.misconception = misconception(error) or _letter_case(error)

    def _read(self, line: str) -> None:
        try:
            self.command = parse_line(line)
            self.expression = self.command.expression
        except CommandError as error:
            if error.message.key != "tcpdump.command.other":
                raise
            # No command at all: the learner may have written the expression alone.
            expression = _bare_expression(line)
            if expression is None:
                raise
            self.expression = expression

    def filter(self, link_type: LinkType) -> Filter | None:
        """The filter as it is read for captures of a link type; None, with the fault noted, where it has none."""
        if self.expression is None:
            return None
        try:
            return Filter(self.expression, link_type=link_type)
        except FilterSyntaxError as error:
            self.fault = Fault(error.explanation, error.source, error.span, error.hint)
            habit = of_error(error)
            self.misconception = habit.id if habit else None
            return None

    @property
    def remarks(self) -> tuple[Text, ...]:
        """Advice on habits that make the command no worse."""
        if self.command is None:
            return (Message("course.bare_filter"),) if self.expression is not None else ()
        return tuple(advice.message for advice in advise(self.command))

    def same_as(self, other: "WrittenCommand") -> bool:
        """Whether the two ask for the same: by meaning if both are tcpdump's, else word by word."""
        if self.command is not None and other.command is not None:
            return self.command.meaning() == other.command.meaning() and self.command.sudo == other.command.sudo
        return self.words == other.words


def commands_of(answer: str) -> list[WrittenCommand]:
    """The commands of an answer in order: one a line, or several with `;` and its like between them."""
    return [WrittenCommand(segment) for line in _lines(answer) for segment in _segments(line)]


def _lines(answer: str) -> Iterator[str]:
    """The lines with a command in them. A quote or a backslash makes one of several; a quote that is never closed
    ends with its line, since it must not take the commands behind it along."""
    script = lex(answer)
    if any(finding.kind == "unclosed_quote" for finding in script.findings):
        yield from (line for line in answer.splitlines() if lex(line).commands)
        return
    first: SimpleCommand | None = None
    for simple in script.commands:
        first = first or simple
        if simple.operator in ("\n", ""):
            begin = answer.rfind("\n", 0, first.start) + 1
            yield answer[begin : answer.find("\n", _end(simple)) if simple.operator else len(answer)]
            first = None


def _segments(line: str) -> Iterator[str]:
    """The commands of one line; what a pipe joins stays together, and so does a filter that the shell tears apart."""
    script = lex(line)
    if _is_torn(line, script.findings):
        yield line.strip()
        return
    begin = script.commands[0].start
    for simple, following in zip(script.commands, (*script.commands[1:], None), strict=True):
        if following is None or simple.operator not in ("|", "|&"):
            yield line[begin : _end(simple)]
            begin = following.start if following else len(line)


def _is_torn(line: str, findings: tuple[Finding, ...]) -> bool:
    try:
        parse_line(line)
    except CommandError as error:
        return any(finding.span == error.span for finding in findings)
    return False


def _end(simple: SimpleCommand) -> int:
    spans = [word.span for word in simple.words] + [redirect.span for redirect in simple.redirects]
    return max(end for _, end in spans)


def _asks_where(words: tuple[str, ...]) -> bool:
    """`which tcpdump` and `command -v tcpdump` name the program without starting it."""
    return words[:1] in (("which",), ("type",), ("whereis",)) or words[:2] == ("command", "-v")


def _letter_case(error: CommandError) -> str | None:
    """The misconception behind an option that is refused and would do with its letter in the other case."""
    source, (start, end) = error.source, error.span
    for place in range(start, end) if source[start : start + 1] == "-" else (source.rfind("-", 0, start) + 1,):
        letter = source[place : place + 1]
        if letter.isalpha():
            try:
                parse_line(f"{source[:place]}{letter.swapcase()}{source[place + 1 :]}")
            except CommandError:
                continue
            return "option-case"
    return None


def _bare_expression(line: str) -> str | None:
    """The words of the line as a filter, if they are one or nearly one."""
    words = [word.text for simple in lex(line, literal=True).commands for word in simple.words]
    expression = " ".join(words)
    try:
        Filter(expression)
    except FilterSyntaxError as fault:
        return expression if fault.hint is not None else None
    return expression
