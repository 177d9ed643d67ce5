"""What an exercise wants of a tcpdump command's options, compared by meaning, and what a learner wrote instead.

Guarantees: spelling, order and grouping of options make no difference. Knows nothing of filters.

>>> from lesson_engine.tcpdump.command import parse_line
>>> lack = lacking(parse_line("tcpdump -nC 10 -i eth0"), {"interface": "eth0", "numeric": True, "count": 10})
>>> lack.key, lack.misconception
('count', 'option-case')
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lesson_engine.messages import Message
from lesson_engine.tcpdump.command import Command, CommandError, parse_line
from lesson_engine.tcpdump.manual import OPTIONS
from lesson_engine.tcpdump.options import PrintOptions

WANTABLE = frozenset({*Command._fields, *PrintOptions._fields, "sudo"})
"""The keys that an exercise may want something of."""


class Lack(NamedTuple):
    """The wanted `key` that a command lacks; the misconception that its writer shows, and what to say of it."""

    key: str
    misconception: str
    message: Message


def lacking(command: Command, wants: Mapping[str, object]) -> Lack | None:
    """The first of `wants` that the command does not have, or None.

    A list gives alternatives; true wants any value of an option that takes one, and false none.
    """
    for key, wanted in wants.items():
        if not _has(command, key, wanted):
            return _instead(command, key, wanted)
    return None


def fulfilled(command: Command, wants: Mapping[str, object]) -> int:
    """How many of `wants` the command has."""
    return sum(_has(command, key, wanted) for key, wanted in wants.items())


def shows_nothing(command: Command) -> Lack | None:
    """Why the command shows no line of what its filter chooses, or None if it shows them all."""
    for option in command.given:
        if option.key in ("D", "h", "version", "d", "L", "J", "list-time-stamp-types"):
            return Lack(option.key, "extra-option", Message("course.option_ends", option=option.spelling))
        if option.key == "F":
            return Lack(option.key, "extra-option", Message("course.option_filter_file", option=option.spelling))
        if option.key == "count":
            return Lack(option.key, "extra-option", Message("course.option_counts", option=option.spelling))
        if option.key == "Q" and command.direction != "inout" and command.read_file is None:
            return Lack(option.key, "one-direction", Message("course.option_direction", option=option.spelling))
    if command.write_file is not None and not command.print_always:
        return Lack("write_file", "silent-w", Message("course.silent_w"))
    return None


def _has(command: Command, key: str, wanted: object) -> bool:
    value = _value(command, key)
    if key == "sudo":
        # `tutor tcpdump` needs no root, and does what tcpdump does with it.
        recorded = any(word.text.rpartition("/")[2] == "tutor" for word in command.prefixes)
        return bool(value) is wanted or recorded
    if isinstance(wanted, bool):
        return bool(value) is wanted
    return value in (wanted if isinstance(wanted, list) else [wanted])


def _value(command: Command, key: str) -> object:
    if key == "sudo":
        return command.sudo
    meaning = command.meaning()
    return getattr(meaning.print_options if key in PrintOptions._fields else meaning, key)


def _instead(command: Command, key: str, wanted: object) -> Lack:
    """What the command has in place of what is wanted."""
    option = Message(f"course.wants.{key}")
    if key == "sudo":
        name = "missing_sudo" if wanted else "needless_sudo"
        return Lack(key, name.replace("_", "-"), Message(f"tcpdump.advice.{name}"))
    if key == "snapshot_length":
        return Lack(key, "short-snaplen", Message("course.short_snaplen", length=command.snapshot_length))
    if key == "write_file" and wanted and command.write_file is None:
        for redirect in command.redirects:
            if redirect.operator in (">", "1>", ">|", ">>") and redirect.target is not None:
                message = Message("course.redirected", name=redirect.target.text)
                return Lack(key, "redirect-is-not-pcap", message)
    if wanted is False:
        return Lack(key, "extra-option", Message("course.extra_option", option=option))
    for written, other in _case_changed(command):
        if _has(other, key, wanted):
            message = Message("course.option_case", written=written, wanted=written.swapcase())
            return Lack(key, "option-case", message)
    words = command.expression.split()
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if key == "interface" and value in words[:1]:
            return Lack(key, "interface-is-not-a-filter", Message("course.interface_filter", name=value))
    found = _value(command, key)
    if isinstance(wanted, bool) or not found:
        return Lack(key, "missing-option", Message("course.missing_option", option=option))
    values = ", ".join(map(str, wanted if isinstance(wanted, list) else [wanted]))
    return Lack(key, "other-value", Message("course.other_option_value", option=option, found=found, wanted=values))


def _case_changed(command: Command) -> Iterator[tuple[str, Command]]:
    """The command with one option's letter in the other case, with the letter as it was written."""
    for option in command.given:
        letter = option.key.swapcase()
        if len(option.key) == 1 and letter != option.key and letter in OPTIONS:
            place = option.span[1] - 1
            if command.source[place : place + 1] != option.key:
                continue
            try:
                changed = parse_line(command.source[:place] + letter + command.source[place + 1 :])
            except CommandError:
                continue
            yield f"-{option.key}", changed
