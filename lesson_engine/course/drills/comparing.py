"""What a tcpdump command lacks, or has too much of, beside one that does what was asked.

Only what decides which packets are taken and where they go counts: the source, the filter, the number, the file.
How lines are printed, and sudo, are free. Filters are compared by what they match. Nothing is run.

>>> difference("tcpdump -c 5 -i eth0", "sudo tcpdump -nn -i eth0 -c 5") is None
True
>>> print(difference("tcpdump -i eth0 > a.pcap", "tcpdump -i eth0 -w a.pcap").message)
> puts the printed text into a.pcap, not the packets. To read them later, write -w a.pcap.
"""

from typing import NamedTuple

from lesson_engine.course.drills.wishes import COUNTING
from lesson_engine.course.verdict import Fault
from lesson_engine.messages import Message, Text
from lesson_engine.tcpdump.advice import advise, misconception
from lesson_engine.tcpdump.command import Command, CommandError, parse_line
from lesson_engine.tcpdump.manual import OPTIONS

_OPTION_OF = {
    "list_interfaces": "D",
    "show_help": "h",
    "show_version": "version",
    "read_file": "r",
    "interface": "i",
    "write_file": "w",
    "count": "c",
    "count_only": "count",
    "filter_file": "F",
    "snapshot_length": "s",
    "direction": "Q",
    "rotate_size": "C",
    "rotate_seconds": "G",
    "rotate_count": "W",
}
"""Fields of a command's meaning that decide what is captured and where it goes, with their options."""


class Difference(NamedTuple):
    """How a command differs from the one asked for: in words, the misconception where it is a known one, and the place
    of a fault."""

    message: Text
    misconception: str | None = None
    fault: Fault | None = None


def difference(line: str, wanted: str) -> Difference | None:
    """The first difference that matters between a learner's line and a command that does what was asked."""
    try:
        command = parse_line(line)
    except CommandError as error:
        fault = Fault(error.message, error.source, error.span, error.hint)
        return Difference(error.message, misconception(error), fault)
    asked = parse_line(wanted)
    return _options(command, asked) or _filters(command, asked)


def _options(command: Command, asked: Command) -> Difference | None:
    mine, theirs = command.meaning(), asked.meaning()
    for field, key in _OPTION_OF.items():
        given, wanted = getattr(mine, field), getattr(theirs, field)
        if given == wanted or (field == "interface" and (given, wanted) == ("1", "eth0")):
            continue
        if field == "write_file" and given is None:
            for advice in advise(command):
                if advice.misconception == "redirect-is-not-pcap":
                    return Difference(advice.message, advice.misconception)
        neutral = getattr(Command(), field)
        lacks = wanted != neutral
        value = str(wanted if lacks else given) if OPTIONS[key].argument else None
        option = f"{OPTIONS[key].spelling} {value}" if value else OPTIONS[key].spelling
        summary = OPTIONS[key].summary(value)
        return Difference(Message(f"drills.command.{'lacks' if lacks else 'too_much'}", option=option, summary=summary))
    return None


def _filters(command: Command, asked: Command) -> Difference | None:
    from lesson_engine.filters import Filter, FilterSyntaxError
    from lesson_engine.filters.lattice import compare
    from lesson_engine.filters.misconceptions import of_answer, of_error

    if " ".join(command.expression.split()) == asked.expression:
        return None
    try:
        answer, reference, counting = Filter(command.expression), Filter(asked.expression), Filter(COUNTING)
        comparison = compare(answer, reference, within=counting)
        if comparison.relation == "equivalent":
            return None
        found = of_answer(answer, reference, within=counting, comparison=comparison)
    except FilterSyntaxError as error:
        habit = of_error(error)
        offsets = [command.locate(*error.span)] if command.expression else [(0, 0)]
        fault = Fault(error.explanation, command.source, offsets[0])
        return Difference(error.explanation, habit.id if habit else None, fault)
    if found:
        return Difference(found[0].message, found[0].id)
    return Difference(Message("course.different"))
