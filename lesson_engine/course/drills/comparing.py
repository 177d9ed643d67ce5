"""What a tcpdump command lacks, or has too much of, beside one that does what was asked.

Only what decides which packets are taken and where they go counts: the source, the filter, the number, the file.
How lines are printed, and sudo, are free. Filters are compared by what they match. Nothing is run.

>>> difference("tcpdump -c 5 -i eth0", "sudo tcpdump -nn -i eth0 -c 5") is None
True
>>> difference("tcpdump -i eth0 > a.pcap", "tcpdump -i eth0 -w a.pcap").misconception
'redirect-is-not-pcap'
"""

from typing import NamedTuple

from lesson_engine.course.drills.wishes import COUNTING
from lesson_engine.course.verdict import Fault
from lesson_engine.course.wanted import lacking
from lesson_engine.course.written import WrittenCommand
from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare
from lesson_engine.filters.misconceptions import of_answer
from lesson_engine.messages import Message, Text
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.tcpdump.command import Command, parse_line
from lesson_engine.tcpdump.manual import OPTIONS

_DECIDING = {
    "list_interfaces": "D",
    "read_file": "r",
    "interface": "i",
    "write_file": "w",
    "count": "c",
    "count_only": "count",
    "snapshot_length": "s",
}
"""The parts of a command's meaning that decide, with their options."""


class Difference(NamedTuple):
    """How a command differs from the one asked for: in words, the misconception where it is a known one, and the place
    of a fault."""

    message: Text
    misconception: str | None = None
    fault: Fault | None = None


def difference(line: str, reference: str) -> Difference | None:
    """The first difference that matters between a learner's line and a command that does what was asked."""
    written = WrittenCommand(line)
    if written.command is None:
        if written.fault is None:
            # A filter alone captures nothing.
            return Difference(Message("tcpdump.command.other", word=written.words[0]))
        return Difference(written.fault.message, written.misconception, written.fault)
    return _options(written.command, parse_line(reference)) or _filters(written, WrittenCommand(reference))


def _filters(written: WrittenCommand, reference: WrittenCommand) -> Difference | None:
    mine, asked, counting = written.filter(EN10MB), reference.filter(EN10MB), Filter(COUNTING)
    assert asked is not None, f"a command to be written has a filter that can be read: {reference.line}"
    if mine is None:
        assert written.fault is not None
        return Difference(written.fault.message, written.misconception, written.fault)
    comparison = compare(mine, asked, within=counting)
    if comparison.relation == "equivalent":
        return None
    for found in of_answer(mine, asked, within=counting, comparison=comparison):
        return Difference(found.message, found.id)
    return Difference(Message("course.different"))


def _options(command: Command, reference: Command) -> Difference | None:
    mine, asked, neutral = command.meaning(), reference.meaning(), Command()
    wants: dict[str, object] = {
        key: getattr(asked, key)
        for key in _DECIDING
        if key == "snapshot_length" or getattr(asked, key) != getattr(neutral, key)
    }
    if asked.interface is not None:
        # tcpdump -D numbers the interfaces, and -i takes the number too.
        wants["interface"] = [asked.interface, "1"]
    lack = lacking(command, wants)
    if lack is not None:
        return Difference(lack.message, lack.misconception)
    for key, letter in _DECIDING.items():
        if key not in wants and getattr(mine, key) != getattr(neutral, key):
            option = OPTIONS[letter]
            value = str(getattr(mine, key)) if option.argument else ""
            written = f"{option.spelling} {value}".rstrip()
            return Difference(
                Message("drills.command.too_much", option=written, summary=option.summary(value)), "extra-option"
            )
    return None
