"""What tcpdump 4.99.3 offers on Linux: every option in one table, and its usage and version texts.

Guarantees: the table is complete (what `tcpdump` accepts is here, what it refuses is not), and says of each option
whether this engine does it too. It parses nothing. Source: tcpdump(8) and what `tcpdump -h` and `--version` print.

>>> OPTIONS["c"].argument, OPTIONS["c"].support, str(OPTIONS["c"].summary("10"))
('count', 'yes', 'stop after 10 packets')
>>> KEYS_BY_LONG_NAME["snapshot-length"]
's'
"""

from typing import Literal, NamedTuple

from lesson_engine.messages import Message

Support = Literal["yes", "no_effect", "no"]
"""Whether this engine does what the option says; "no_effect": nothing that it prints or writes depends on it."""


class Option(NamedTuple):
    """An option: `key` is its letter, or its long name if it has no letter; `argument` names what it takes."""

    key: str
    long_name: str | None
    argument: str | None
    support: Support

    @property
    def spelling(self) -> str:
        """How it is usually written.

        >>> OPTIONS["n"].spelling, OPTIONS["count"].spelling
        ('-n', '--count')
        """
        return f"-{self.key}" if len(self.key) == 1 else f"--{self.key}"

    def summary(self, value: str | None = None, times: int = 1) -> Message:
        """What it does, in words; `times` is how often it was given where that matters (-v, -t, -x, ...)."""
        repeated = f"{self.key * times}" if 1 < times <= _LEVELS.get(self.key, 1) else self.key
        return Message(f"tcpdump.option.{repeated}", value=value if value is not None else "")


# Options whose repetition has a meaning of its own, and up to how often.
_LEVELS = {"v": 3, "t": 5, "x": 2, "X": 2, "d": 3}

OPTIONS: dict[str, Option] = {
    option.key: option
    for option in (
        Option("A", None, None, "yes"),
        Option("a", None, None, "no_effect"),
        Option("b", None, None, "yes"),
        Option("B", "buffer-size", "buffer_size", "no_effect"),
        Option("c", None, "count", "yes"),
        Option("count", "count", None, "yes"),
        Option("C", None, "file_size", "yes"),
        Option("d", None, None, "no"),
        Option("D", "list-interfaces", None, "yes"),
        Option("e", None, None, "yes"),
        Option("E", None, "spi@ipaddr algo:secret", "no"),
        Option("f", None, None, "no"),
        Option("F", None, "file", "yes"),
        Option("fp-type", "fp-type", None, "no"),
        Option("G", None, "rotate_seconds", "yes"),
        Option("h", "help", None, "yes"),
        Option("H", None, None, "no_effect"),
        Option("i", "interface", "interface", "yes"),
        Option("I", "monitor-mode", None, "no"),
        Option("immediate-mode", "immediate-mode", None, "no_effect"),
        Option("j", "time-stamp-type", "tstamp_type", "no"),
        Option("J", "list-time-stamp-types", None, "no"),
        Option("K", "dont-verify-checksums", None, "yes"),
        Option("l", None, None, "yes"),
        Option("L", "list-data-link-types", None, "no"),
        Option("m", None, "module", "no"),
        Option("M", None, "secret", "no"),
        Option("micro", "micro", None, "yes"),
        Option("n", None, None, "yes"),
        Option("N", None, None, "yes"),
        Option("nano", "nano", None, "yes"),
        Option("#", "number", None, "yes"),
        Option("O", "no-optimize", None, "yes"),
        Option("p", "no-promiscuous-mode", None, "no_effect"),
        Option("print", "print", None, "yes"),
        Option("q", None, None, "yes"),
        Option("Q", "direction", "direction", "yes"),
        Option("r", None, "file", "yes"),
        Option("s", "snapshot-length", "snaplen", "yes"),
        Option("S", "absolute-tcp-sequence-numbers", None, "yes"),
        Option("t", None, None, "yes"),
        Option("time-stamp-precision", "time-stamp-precision", "tstamp_precision", "yes"),
        Option("T", None, "type", "no"),
        Option("u", None, None, "no_effect"),
        Option("U", "packet-buffered", None, "yes"),
        Option("v", None, None, "yes"),
        Option("version", "version", None, "yes"),
        Option("V", None, "file", "no"),
        Option("w", None, "file", "yes"),
        Option("W", None, "filecount", "yes"),
        Option("x", None, None, "yes"),
        Option("X", None, None, "yes"),
        Option("y", "linktype", "datalinktype", "no"),
        Option("z", None, "postrotate-command", "no"),
        Option("Z", "relinquish-privileges", "user", "no_effect"),
    )
}

TAKES_ARGUMENT: dict[str, bool] = {key: option.argument is not None for key, option in OPTIONS.items()}

# In the order in which the real one lists them when an abbreviation is ambiguous.
_LONG_NAMES = (
    "buffer-size", "list-interfaces", "help", "interface", "monitor-mode", "time-stamp-type",
    "list-time-stamp-types", "micro", "nano", "time-stamp-precision", "dont-verify-checksums",
    "list-data-link-types", "no-optimize", "no-promiscuous-mode", "direction", "snapshot-length",
    "absolute-tcp-sequence-numbers", "packet-buffered", "linktype", "immediate-mode", "relinquish-privileges",
    "count", "fp-type", "number", "print", "version",
)  # fmt: skip
_KEYS = {option.long_name: option.key for option in OPTIONS.values() if option.long_name}
KEYS_BY_LONG_NAME: dict[str, str] = {name: _KEYS[name] for name in _LONG_NAMES}

VERSION_TEXT = """\
tcpdump version 4.99.3
libpcap version 1.10.3 (with TPACKET_V3)
OpenSSL 3.0.22 25 Aug 2026
"""

USAGE_TEXT = (
    VERSION_TEXT
    + """\
Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
		[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
		[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
		[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
		[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
		[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
		[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
		[ -z postrotate-command ] [ -Z user ] [ expression ]
"""
)

MAXIMUM_SNAPSHOT_LENGTH = 262144
"""Bytes; what -s accepts at most, and what 0 and no -s mean."""
