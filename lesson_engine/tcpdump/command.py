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
lesson_engine.tcpdump.command.CommandError: -c takes a number of packets, 1 or more; ten is none.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from lesson_engine.messages import Message
from lesson_engine.tcpdump.getopt import GetoptError, Given, getopt
from lesson_engine.tcpdump.manual import KEYS_BY_LONG_NAME, MAXIMUM_SNAPSHOT_LENGTH, OPTIONS, TAKES_ARGUMENT, USAGE_TEXT
from lesson_engine.tcpdump.numerals import atoi, strtol
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.shell import UNRUNNABLE, Finding, Redirect, Span, Word, ascii_form, join, lex

MAXIMUM_SOURCE = 64 * 1024
"""Characters; a longer line is refused unread."""

Direction = Literal["in", "out", "inout"]


class CommandError(ValueError):
    """A line that is no tcpdump command, or one that tcpdump refuses.

    `source` and `span` say where, `message` what is wrong and what to do, `hint` is a corrected line where one is
    likely; `tcpdump_text` is all that tcpdump itself prints to stderr, or None where it would not even be started.
    """

    def __init__(
        self,
        message: Message,
        source: str,
        span: Span,
        *,
        hint: str | None = None,
        tcpdump_text: str | None = None,
        exit_status: int = 1,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.span = span
        self.hint = hint
        self.tcpdump_text = tcpdump_text
        self.exit_status = exit_status


class Command(NamedTuple):
    """What a tcpdump command line asks for.

    `expression` is the filter as tcpdump joins it from its operands, "" for none; `expression_offsets` maps its
    characters into `source`, see `locate`. `given` holds the options as they were typed, `prefixes` the words before
    the program's name (sudo, time, ...). `findings` and `redirects` tell what the shell does with the line.
    """

    source: str = ""
    prefixes: tuple[Word, ...] = ()
    program: Span = (0, 0)
    given: tuple[Given, ...] = ()
    expression: str = ""
    expression_offsets: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    interface: str | None = None
    read_file: str | None = None
    write_file: str | None = None
    filter_file: str | None = None
    count: int | None = None  # type: ignore[assignment]  # hides tuple.count, which nobody needs of a command
    print_options: PrintOptions = PrintOptions()
    print_always: bool = False
    count_only: bool = False
    line_buffered: bool = False
    packet_buffered: bool = False
    snapshot_length: int = MAXIMUM_SNAPSHOT_LENGTH
    direction: Direction = "inout"
    rotate_size: int | None = None
    """-C, in millions of bytes."""
    rotate_seconds: int = 0
    rotate_count: int | None = None
    no_promiscuous: bool = False
    immediate_mode: bool = False
    user: str | None = None
    list_interfaces: bool = False
    show_help: bool = False
    show_version: bool = False
    unsupported: tuple[str, ...] = ()
    """Keys of the options that the real tcpdump has and this engine has not, in the order given."""

    @property
    def sudo(self) -> bool:
        """Whether the line asks for root."""
        return any(word.text in ("sudo", "doas") for word in self.prefixes)

    @property
    def options_follow_filter(self) -> bool:
        """Whether an option stands after the filter, which only GNU getopt accepts."""
        return bool(self.expression_offsets) and any(
            option.span[0] > self.expression_offsets[0] for option in self.given
        )

    def meaning(self) -> "Command":
        """The same command without its spelling: equal for equal requests.

        What makes no difference to what is captured, printed or written is left out: sudo and other prefixes,
        options that only tune the capture, -nn for -n, -s and -i when a file is read, blanks in the filter.
        """
        options = self.print_options
        reading = self.read_file is not None
        return self._replace(
            source="",
            prefixes=(),
            program=(0, 0),
            given=(),
            expression=" ".join(self.expression.split()) if self.filter_file is None else "",
            expression_offsets=(),
            findings=(),
            redirects=(),
            interface=None if reading else self.interface,
            print_options=options._replace(
                numeric=min(options.numeric, 1),
                verbose=min(options.verbose, 3),
                ascii=min(options.ascii, 2),
                hex=min(options.hex, 2),
                hex_ascii=min(options.hex_ascii, 2),
            ),
            snapshot_length=MAXIMUM_SNAPSHOT_LENGTH if reading else self.snapshot_length,
            direction="inout" if reading else self.direction,
            no_promiscuous=False,
            immediate_mode=False,
            user=None,
        )

    def locate(self, start: int, end: int) -> Span:
        """Where expression[start:end] stands in `source`; an empty stretch is the place after what precedes it."""
        offsets = self.expression_offsets
        if not offsets:
            return len(self.source), len(self.source)
        if start >= len(offsets):
            return offsets[-1] + 1, offsets[-1] + 1
        return offsets[start], offsets[max(start, min(end, len(offsets)) - 1)] + 1


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
    return _read(source, words[0], words[1:])


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
    for index, simple in enumerate(script.commands):
        place = _program(simple.words)
        if place is None:
            continue
        following = script.commands[index + 1].words if index + 1 < len(script.commands) else ()
        end = simple.words[-1].span[1]
        for finding in script.findings:
            torn = finding.span[0] >= end and following and _continues_filter(simple.operator, following[0])
            if torn and finding.kind in ("background", "and_then", "or_else", "pipe"):
                raise CommandError(finding.consequence, text, finding.span, hint=_requoted(text, end))
        for redirect in simple.redirects:
            if redirect.target is None or _is_comparison(redirect):
                consequence = Message("tcpdump.shell.redirect", text=text[slice(*redirect.span)])
                raise CommandError(consequence, text, redirect.span, hint=_requoted(text, redirect.span[0]))
        command = _read(text, simple.words[place], simple.words[place + 1 :])
        bounds = (simple.words[0].span[0], following[0].span[0] if following else len(text))
        own = tuple(finding for finding in script.findings if bounds[0] <= finding.span[0] < bounds[1])
        commands.append(command._replace(prefixes=simple.words[:place], findings=own, redirects=simple.redirects))
    if not commands:
        raise _no_tcpdump(text, script.commands[0].words if script.commands else ())
    return commands


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


# ---- what tcpdump makes of its arguments


def _read(source: str, program: Word, words: Sequence[Word]) -> Command:
    reading = _Reading(source)
    try:
        for item in getopt(words, TAKES_ARGUMENT, KEYS_BY_LONG_NAME):
            if isinstance(item, Word):
                reading.operands.append(item)
            elif reading.option(item):
                break  # -h and --version: the real one stops here too
    except GetoptError as error:
        raise _refusal(source, error, words) from error
    return reading.command(program)


class _Reading:
    """Options met so far, by field of Command; a later value replaces an earlier one, as in tcpdump."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.operands: list[Word] = []
        self.given: list[Given] = []
        self.times: dict[str, int] = {}
        self.values: dict[str, object] = {}
        self.nanoseconds = False
        self.foreign: Given | None = None
        self.clock: Given | None = None

    def option(self, option: Given) -> bool:
        """Take one option in; true if tcpdump reads no further. Raises CommandError for a bad argument."""
        key, value = option.key, option.value or ""
        self.given.append(option)
        self.times[key] = self.times.get(key, 0) + 1
        if key in _TEXT_FIELDS:
            self.values[_TEXT_FIELDS[key]] = value
        elif key in _FLAG_FIELDS:
            self.values[_FLAG_FIELDS[key]] = True
        elif key in _NUMBER_FIELDS:
            self.values[_NUMBER_FIELDS[key]] = self.number(option, value)
        elif key == "Q":
            if value.lower() not in ("in", "out", "inout"):
                raise self.refused(option, "tcpdump.command.direction", f"unknown capture direction `{value}'")
            self.values["direction"] = value.lower()
        elif key == "time-stamp-precision":
            if value not in ("micro", "nano"):
                raise self.refused(option, "tcpdump.command.precision", "unsupported time stamp precision")
            self.nanoseconds = value == "nano"
        elif key in ("micro", "nano"):
            self.nanoseconds = key == "nano"
        elif key == "B" and atoi(value) <= 0:
            raise self.refused(option, "tcpdump.command.buffer", f"invalid packet buffer size {value}")
        elif key == "f":
            self.foreign = option
        elif key == "t":
            self.clock = option
        return key in ("h", "version")

    def number(self, option: Given, value: str) -> int | None:
        """The number that -c, -C, -G, -s or -W was given, read as the C library does."""
        if option.key == "s":
            length = strtol(value, 0)
            if length is None or not 0 <= length <= MAXIMUM_SNAPSHOT_LENGTH:
                text = f"invalid snaplen {value} (must be >= 0 and <= {MAXIMUM_SNAPSHOT_LENGTH})"
                raise self.refused(option, "tcpdump.command.snaplen", text)
            return length or MAXIMUM_SNAPSHOT_LENGTH
        if option.key == "C":
            size = strtol(value, 10, bits=64)
            if size is None or size <= 0:
                raise self.refused(option, "tcpdump.command.file_size", f"invalid file size {value}")
            if size > (2**63 - 1) // 1_000_000:
                raise self.refused(option, "tcpdump.command.file_size", f"file size {value} is too large")
            return size
        number = atoi(value)
        if option.key == "c" and number <= 0:
            raise self.refused(option, "tcpdump.command.count", f"invalid packet count {value}")
        if option.key == "G" and number < 0:
            raise self.refused(option, "tcpdump.command.seconds", f"invalid number of seconds {value}")
        if option.key == "W" and number <= 0:
            raise self.refused(option, "tcpdump.command.files", f"invalid number of output files {value}")
        return number

    def refused(self, option: Given, key: str, text: str) -> CommandError:
        value = option.value or ""
        hint = None
        if option.spelling == "-c" and value == "ount" and option.value_span:
            # the one long option that learners shorten to a single hyphen and that getopt takes for another
            start, end = option.span[0], option.value_span[1]
            hint = f"{self.source[:start]}--count{self.source[end:]}"
        span = option.value_span or option.span
        return CommandError(Message(key, value=value), self.source, span, hint=hint, tcpdump_text=f"tcpdump: {text}\n")

    def check_together(self) -> None:
        """What tcpdump refuses only once all options are read."""
        if self.clock and self.times["t"] > 5:
            text = "only -t, -tt, -ttt, -tttt and -ttttt are supported"
            raise self.refused(self.clock, "tcpdump.command.times", text)
        if self.foreign and "read_file" in self.values:
            raise self.refused(self.foreign, "tcpdump.command.foreign", "-f can not be used with -V or -r")

    def command(self, program: Word) -> Command:
        times = self.times
        if not times.keys() & {"h", "version", "D"}:  # with these it stops before it looks further
            self.check_together()
        expression, offsets = _join_operands(self.operands)
        return Command(
            source=self.source,
            program=program.span,
            given=tuple(self.given),
            expression=expression,
            expression_offsets=offsets,
            print_options=PrintOptions(
                numeric=times.get("n", 0),
                link_header="e" in times,
                quiet="q" in times,
                verbose=times.get("v", 0),
                time_style=times.get("t", 0),
                absolute_sequence="S" in times,
                ascii=times.get("A", 0),
                hex=times.get("x", 0),
                hex_ascii=times.get("X", 0),
                number="#" in times,
                no_checksums="K" in times,
                nanoseconds=self.nanoseconds,
                no_domain="N" in times,
            ),
            unsupported=tuple(key for key in times if OPTIONS[key].support == "no"),
            **self.values,  # type: ignore[arg-type]  # each value was made for its field
        )


_TEXT_FIELDS = {"i": "interface", "r": "read_file", "w": "write_file", "F": "filter_file", "Z": "user"}
_FLAG_FIELDS = {
    "print": "print_always",
    "count": "count_only",
    "l": "line_buffered",
    "U": "packet_buffered",
    "p": "no_promiscuous",
    "immediate-mode": "immediate_mode",
    "D": "list_interfaces",
    "h": "show_help",
    "version": "show_version",
}
_NUMBER_FIELDS = {
    "c": "count",
    "s": "snapshot_length",
    "C": "rotate_size",
    "G": "rotate_seconds",
    "W": "rotate_count",
}


def _join_operands(operands: Sequence[Word]) -> tuple[str, tuple[int, ...]]:
    """The operands with a blank between them, and the source offset of each character."""
    offsets: list[int] = []
    for word in operands:
        if offsets:
            offsets.append(offsets[-1] + 1)
        # An empty operand still costs its blank; it stands where its quotes do.
        offsets.extend(word.offsets)
    expression = " ".join(word.text for word in operands)
    if len(offsets) != len(expression):
        offsets = [operands[0].span[0]] * len(expression)
    return expression, tuple(offsets)


def _refusal(source: str, error: GetoptError, words: Sequence[Word]) -> CommandError:
    # -Y is known to the real one's option string, but not to this build: it prints its usage and nothing before.
    said = "" if error.spelling == "-Y" else f"tcpdump: {error.text}\n"
    start, end = error.span
    typed = next(word for word in words if word.span[0] <= start < word.span[1])
    key = f"tcpdump.command.{error.fault}"
    hint = None
    if error.fault == "unknown":
        likely = _likely_option(typed.text)
        if likely:
            hint = source[: typed.span[0]] + likely + source[typed.span[1] :]
        if error.spelling.startswith("--"):
            key = "tcpdump.command.unknown_long"
    message = Message(key, option=error.spelling)
    return CommandError(message, source, (start, end), hint=hint, tcpdump_text=said + USAGE_TEXT)


def _likely_option(text: str) -> str | None:
    """What was probably meant by a word that is no option: a filter word, or a long name."""
    name, equals, value = text.lstrip("-").partition("=")
    if name in _FILTER_WORDS:
        return name
    if len(name) < 3:
        return None
    from difflib import get_close_matches

    near = get_close_matches(name, KEYS_BY_LONG_NAME, n=1, cutoff=0.8)
    return f"--{near[0]}{equals}{value}" if near else None


# ---- what the shell makes of the line


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


_FILTER_WORDS = frozenset({
    "and", "or", "not", "host", "net", "port", "portrange", "src", "dst", "ether", "ip", "ip6", "arp", "rarp",
    "tcp", "udp", "icmp", "icmp6", "igmp", "sctp", "vlan", "mpls", "pppoes", "proto", "protochain", "gateway", "greater", "less",
    "len", "broadcast", "multicast", "inbound", "outbound",
})  # fmt: skip


def _continues_filter(operator: str, word: Word) -> bool:
    """Whether the word after a shell operator belongs to a filter rather than being a command."""
    text = word.text
    value = text[:1].isdecimal() or text.startswith(("tcp-", "icmp-", "icmp6-")) or ("[" in text and text != "[")
    return value or (operator in ("&&", "||") and (text.lstrip("!") in _FILTER_WORDS or text == "!"))


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
    options: list[str] = []
    operands: list[str] = []
    try:
        for item in getopt(words[place + 1 :], TAKES_ARGUMENT, KEYS_BY_LONG_NAME):
            if isinstance(item, Word):
                operands.append(item.text)
            else:
                options.append(item.spelling)
                if item.value is not None:
                    options.append(item.value)
    except GetoptError:
        return None
    kept = [word.text for word in words[: place + 1]] + options
    if operands:
        kept.append(" ".join(operands))
    corrected = join(kept)
    return corrected if corrected != text.strip() else None


def _bound(source: str) -> None:
    if len(source) > MAXIMUM_SOURCE:
        message = Message("tcpdump.command.too_long", limit=MAXIMUM_SOURCE)
        raise CommandError(message, source[:80], (0, 80))


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
