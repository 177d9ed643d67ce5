"""What tcpdump makes of its arguments: options by meaning, and the filter's text.

Guarantees: each argument is read as tcpdump 4.99.3 reads it, in its order, and what it refuses is refused with its
words; every part knows its place in the source. Nothing is opened or looked up. Knows nothing of shells beyond the
words they hand over. Reference: tcpdump(8).

>>> from lesson_engine.tcpdump.shell import lex
>>> words = lex("tcpdump -nc 3 port 80").commands[0].words
>>> command = read_arguments("tcpdump -nc 3 port 80", words[0], words[1:])
>>> command.count, command.print_options.numeric, command.expression, command.locate(5, 7)
(3, 1, 'port 80', (19, 21))
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from lesson_engine.messages import Message
from lesson_engine.tcpdump.getopt import GetoptError, Given, getopt
from lesson_engine.tcpdump.manual import KEYS_BY_LONG_NAME, MAXIMUM_SNAPSHOT_LENGTH, OPTIONS, TAKES_ARGUMENT, USAGE_TEXT
from lesson_engine.tcpdump.numerals import atoi, int64, strtol
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.shell import Finding, Redirect, Span, Word

FILTER_WORDS = frozenset({
    "and", "or", "not", "host", "net", "port", "portrange", "src", "dst", "ether", "ip", "ip6", "arp", "rarp", "tcp",
    "udp", "icmp", "icmp6", "igmp", "sctp", "vlan", "mpls", "pppoes", "proto", "protochain", "gateway", "greater",
    "less", "len", "broadcast", "multicast", "inbound", "outbound",
})  # fmt: skip
"""Words that a filter begins with or goes on with, and that are no argument of an option."""

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
    no_optimize: bool = False
    buffer_size: int | None = None
    """-B, in KiB."""
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
            no_optimize=False,
            buffer_size=None,
            user=None,
            unsupported=tuple(sorted(self.unsupported)),
        )

    def locate(self, start: int, end: int) -> Span:
        """Where expression[start:end] stands in `source`; an empty stretch is the place after what precedes it."""
        offsets = self.expression_offsets
        if not offsets:
            return len(self.source), len(self.source)
        if start >= len(offsets):
            return offsets[-1] + 1, offsets[-1] + 1
        return offsets[start], offsets[max(start, min(end, len(offsets)) - 1)] + 1


def read_arguments(source: str, program: Word, words: Sequence[Word]) -> Command:
    """The command of `words`, which followed `program` in `source`. Raises CommandError."""
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
        elif key == "B":
            if atoi(value) <= 0:
                raise self.refused(option, "tcpdump.command.buffer", f"invalid packet buffer size {value}")
            self.values["buffer_size"] = atoi(value)
        elif key == "f":
            self.foreign = option
        elif key == "t":
            self.clock = option
        return key in ("h", "version")

    def number(self, option: Given, value: str) -> int | None:
        """The number that -c, -C, -G, -s or -W was given, read as the C library does."""
        if option.key == "s":
            length = strtol(value)
            if length is None or not 0 <= length <= MAXIMUM_SNAPSHOT_LENGTH:
                text = f"invalid snaplen {value} (must be >= 0 and <= {MAXIMUM_SNAPSHOT_LENGTH})"
                raise self.refused(option, "tcpdump.command.snaplen", text)
            return length or MAXIMUM_SNAPSHOT_LENGTH
        if option.key == "C":
            size = int64(value)
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
                dotted_systems="b" in times,
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
    "O": "no_optimize",
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
    for index, word in enumerate(operands):
        if index:
            offsets.append(operands[index - 1].span[1])
        offsets.extend(word.offsets)
    return " ".join(word.text for word in operands), tuple(offsets)


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
    if name in FILTER_WORDS:
        return name
    if len(name) < 3:
        return None
    from difflib import get_close_matches

    near = get_close_matches(name, KEYS_BY_LONG_NAME, n=1, cutoff=0.8)
    return f"--{near[0]}{equals}{value}" if near else None
