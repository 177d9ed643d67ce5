"""tcpdump's command line: which option does what, what is wrong with a line, and writing one.

What options do is `tcpdump.manual`'s to say, what is wrong with a line that of its parser and of `tcpdump.advice`.
tcpdump(8), OPTIONS.

>>> KINDS["option-c"](Random(1)).right_answer.text("en")
'-c'
"""

from collections.abc import Callable
from functools import cache, partial
from random import Random
from typing import NamedTuple

from lesson_engine.course.drills.comparing import difference
from lesson_engine.course.drills.question import WRONG_CHOICES, Choice, Question, offer
from lesson_engine.course.drills.wishes import cast
from lesson_engine.messages import Message, Text
from lesson_engine.tcpdump.command import CommandError, parse_line
from lesson_engine.tcpdump.manual import OPTIONS

_VALUES = {"i": "eth0", "c": "10", "w": "web.pcap", "r": "web.pcap", "s": "128"}
"""The options of the course with an argument, and one to show."""
_ASKED = ("i", "c", "w", "r", "D", "n", "v", "e", "A", "X", "S", "t", "l", "q", "#", "s")
_MISTAKEN_FOR = {
    "w": "r", "r": "w", "D": "i", "i": "D", "c": "s", "s": "c", "S": "s", "A": "X", "X": "A", "v": "q", "q": "v",
    "n": "#", "#": "n", "t": "S", "l": "w", "e": "X",
}  # fmt: skip


def _summary(key: str) -> Message:
    return OPTIONS[key].summary(_VALUES.get(key))


def _written(key: str) -> str:
    return f"-{key} {_VALUES[key]}" if key in _VALUES else f"-{key}"


def _others(key: str, chance: Random) -> list[str]:
    """Other options, first the one that this is mistaken for."""
    rest = [each for each in _ASKED if each not in (key, _MISTAKEN_FOR[key])]
    return [_MISTAKEN_FOR[key], *chance.sample(rest, len(rest))]


def _option(key: str, chance: Random) -> Question:
    """Which option does this?"""
    wrong = [
        Choice(f"-{each}", Message("drills.command.does", option=_written(each), summary=_summary(each)))
        for each in _others(key, chance)
    ]
    choices, accepted = offer(chance, Choice(f"-{key}"), wrong)
    return Question(
        "command",
        f"option-{key}",
        Message("drills.command.option", summary=_summary(key)),
        "choice",
        accepted,
        Message("drills.command.does", option=_written(key), summary=_summary(key)),
        Message("drills.command.option_hint"),
        choices=choices,
    )


def _means(key: str, chance: Random) -> Question:
    """What does this option do?"""
    wrong = [
        Choice(_summary(each), Message("drills.command.is_option", option=_written(each)))
        for each in _others(key, chance)
    ]
    choices, accepted = offer(chance, Choice(_summary(key)), wrong)
    sudo = () if key in ("r", "D") else ("sudo",)
    numeric = () if key in ("n", "D") else ("-n",)
    line = " ".join([*sudo, "tcpdump", *numeric, _written(key)])
    return Question(
        "command",
        f"means-{key}",
        Message("drills.command.means", option=_written(key)),
        "choice",
        accepted,
        Message("drills.command.does", option=_written(key), summary=_summary(key)),
        Message("drills.command.option_hint"),
        lines=(line,),
        choices=choices,
    )


_FAULTY = {
    "parenthesis": "sudo tcpdump -nn -i eth0 host {host} and (port {port} or port {second})",
    "background": "sudo tcpdump -nn -i eth0 tcp[13] & 2 != 0",
    "redirect": "sudo tcpdump -nn -i eth0 port {port} > web.pcap",
    "text-file": "sudo tcpdump -nn -i eth0 -w web.txt port {port}",
    "no-sudo": "tcpdump -nn -i eth0 port {port}",
    "needless-sudo": "sudo tcpdump -nn -r web.pcap port {port}",
    "order": "sudo tcpdump -nn -i eth0 port {port} -c 10",
    "pipe": "sudo tcpdump -nn -i eth0 port {port} | grep {host}",
    "snaplen": "sudo tcpdump -nn -i eth0 -s 40 port {port}",
    "count": "sudo tcpdump -nn -i eth0 -c port {port}",
    "display-filter": "sudo tcpdump -nn -i eth0 'tcp.port == {port}'",
    "mask": "sudo tcpdump -nn -i eth0 host 192.168.1.0/24",
    "order-of-words": "sudo tcpdump -nn -i eth0 port {port} tcp",
    "fine": "sudo tcpdump -nn -i eth0 -c 10 'host {host} and (port {port} or port {second})'",
    "fine-file": "sudo tcpdump -nn -i eth0 -w web.pcap port {port}",
    "fine-reading": "tcpdump -nn -r web.pcap 'tcp and not port {port}'",
}
"""Kind to a template of a line; what is wrong with it, the engine says."""


def finding(line: str) -> Text | None:
    """What is wrong with a command line, or could be better; None for nothing.

    >>> finding("sudo tcpdump -i eth0 port 80") is None
    True
    """
    # The filters' errors are worth their modules' import only for questions on lines.
    from lesson_engine.filters import Filter, FilterSyntaxError
    from lesson_engine.filters.misconceptions import of_error
    from lesson_engine.tcpdump.advice import advise

    try:
        command = parse_line(line)
        Filter(command.expression)
    except CommandError as error:
        return error.message
    except FilterSyntaxError as error:
        habit = of_error(error)
        return habit.message if habit else error.explanation
    advice = advise(command)
    return advice[0].message if advice else None


@cache
def _finding_of(line: str) -> Text:
    return finding(line) or Message("drills.command.nothing_wrong")


def _wrong(kind: str, chance: Random) -> Question:
    """What is wrong with this line?"""
    casting = cast(chance)
    line = _FAULTY[kind].format_map(casting)
    right = _finding_of(line)
    said = {right.text("ja")}
    wrong: list[Choice] = []
    for other in chance.sample(list(_FAULTY), len(_FAULTY)):
        found = _finding_of(_FAULTY[other].format_map(casting))
        if found.text("ja") not in said:
            said.add(found.text("ja"))
            wrong.append(Choice(found, Message("drills.command.not_that", line=_FAULTY[other].format_map(casting))))
    choices, accepted = offer(chance, Choice(right), wrong)
    return Question(
        "command",
        f"wrong-{kind}",
        Message("drills.command.wrong"),
        "choice",
        accepted,
        Message("drills.command.finding", finding=right),
        Message("drills.command.wrong_hint"),
        lines=(line,),
        choices=choices,
    )


class _Task(NamedTuple):
    """A command to write: its template, and others that people write instead."""

    right: str
    wrong: tuple[str, ...]


_TASKS = {
    "interface": _Task(
        "sudo tcpdump -i eth0",
        ("sudo tcpdump eth0", "sudo tcpdump -D eth0", "sudo tcpdump -r eth0", "sudo tcpdump -I eth0"),
    ),
    "count": _Task(
        "sudo tcpdump -nn -i eth0 -c {count}",
        (
            "sudo tcpdump -nn -i eth0 -s {count}",
            "sudo tcpdump -nn -i eth0 --count",
            "sudo tcpdump -nn -i eth0 port {count}",
        ),
    ),
    "save": _Task(
        "sudo tcpdump -i eth0 -w web.pcap port {port}",
        (
            "sudo tcpdump -i eth0 port {port} > web.pcap",
            "sudo tcpdump -i eth0 -r web.pcap port {port}",
            "sudo tcpdump -i eth0 -W web.pcap port {port}",
        ),
    ),
    "read": _Task(
        "tcpdump -nn -r web.pcap host {host}",
        (
            "tcpdump -nn -w web.pcap host {host}",
            "tcpdump -nn -i web.pcap host {host}",
            "tcpdump -nn web.pcap host {host}",
            "tcpdump -nn -r web.pcap src host {host}",
        ),
    ),
    "list": _Task("tcpdump -D", ("tcpdump -d", "tcpdump -i", "tcpdump -l", "tcpdump -L")),
    "service": _Task(
        "sudo tcpdump -nn -i eth0 tcp port {port}",
        (
            "sudo tcpdump -nn -i eth0 tcp.port == {port}",
            "sudo tcpdump -nn -i eth0 tcp dst port {port}",
            "sudo tcpdump -nn -i eth0 -p {port}",
        ),
    ),
    "again": _Task(
        "tcpdump -r web.pcap -w {service}.pcap port {port}",
        (
            "tcpdump -w web.pcap -r {service}.pcap port {port}",
            "tcpdump -r web.pcap port {port} > {service}.pcap",
            "tcpdump -r web.pcap {service}.pcap port {port}",
        ),
    ),
}


def _cast(chance: Random) -> dict[str, str]:
    casting = cast(chance)
    return {**casting, "service": casting["service"].lower(), "count": str(chance.choice((5, 20, 50, 100)))}


def _choose(kind: str, chance: Random) -> Question:
    """Which command does this?"""
    task, casting = _TASKS[kind], _cast(chance)
    right = task.right.format_map(casting)
    wrong = []
    for template in chance.sample(task.wrong, min(WRONG_CHOICES, len(task.wrong))):
        line = template.format_map(casting)
        found = difference(line, right)
        assert found is not None, f"{line} does what {right} does"
        wrong.append(Choice(line, found.message))
    choices, accepted = offer(chance, Choice(right), wrong)
    return Question(
        "command",
        f"choose-{kind}",
        Message("drills.command.choose", task=Message(f"drills.task.{kind}", **casting)),
        "choice",
        accepted,
        Message("drills.command.explained", command=right),
        Message(f"drills.command.hint_{kind}"),
        choices=choices,
    )


def _write(kind: str, chance: Random) -> Question:
    """Write a command that does this."""
    task, casting = _TASKS[kind], _cast(chance)
    right = task.right.format_map(casting)
    return Question(
        "command",
        f"write-{kind}",
        Message("drills.command.write", task=Message(f"drills.task.{kind}", **casting)),
        "command",
        (right,),
        Message("drills.command.explained", command=right),
        Message(f"drills.command.hint_{kind}"),
    )


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"option-{key}": partial(_option, key) for key in _ASKED},
    **{f"means-{key}": partial(_means, key) for key in _ASKED},
    **{f"wrong-{kind}": partial(_wrong, kind) for kind in _FAULTY},
    **{f"choose-{kind}": partial(_choose, kind) for kind in _TASKS},
    **{f"write-{kind}": partial(_write, kind) for kind in _TASKS},
}
"""Kind of question to what makes one of it."""
