"""The interface that an answer chooses, tried in the lab: is it there, and is a visit seen on it.

The lab captures on it by a tcpdump of its own, with the answer's interface and count and nothing else of it, while its
client visits a server from a port that nobody could have known before.
"""

from lesson_engine.course.exercise import CommandPart
from lesson_engine.course.reading.evidence import exhibit
from lesson_engine.course.reading.finding import Judgement
from lesson_engine.course.reading.scene import Scene
from lesson_engine.course.verdict import Part
from lesson_engine.course.written import WrittenCommand
from lesson_engine.lab.asking import Lab
from lesson_engine.messages import Message

_SHOWN = 4
"""Packets of a visit that are shown: its handshake, and what the client asks for."""


def watch(lab: Lab, asked: CommandPart, written: WrittenCommand | None) -> Judgement:
    """What was seen in the lab on the interface of the command that is for a part. Raises LabError."""
    command = written.command if written is not None else None
    if command is None or command.interface is None:
        return _failed(Message("in_the_lab.no_interface"))
    known = lab.interfaces("client")
    name = _named(command.interface, known)
    if name is None:
        return _failed(Message("in_the_lab.no_such_interface", name=command.interface, known=", ".join(known)))
    count = command.count or 0 if "count" in asked.wants else 0
    seen = lab.watch(name, count=count)
    scene = Scene("lab", seen.capture)
    visit = next((each for each in seen.visits if each.packets_in(seen.capture)), None)
    if visit is None:
        return _failed(Message("in_the_lab.nothing_seen", name=name, server=seen.visits[0].server))
    if count and not seen.ended:
        return _failed(Message("in_the_lab.not_ended", count=count, found=len(seen.capture)))
    numbers = visit.packets_in(seen.capture)
    key = "in_the_lab.counted" if count else "in_the_lab.seen"
    told = Message(key, name=name, port=visit.source_port, server=visit.server, packets=len(numbers), count=count)
    shown = tuple(exhibit(scene, number) for number in numbers[:_SHOWN])
    return Judgement((Part(Message("in_the_lab.name"), True, told),), shown)


def _named(interface: str, known: list[str]) -> str | None:
    """The interface of this name, or of this number in the list of tcpdump -D."""
    if interface.isascii() and interface.isdecimal() and len(interface) < 4:
        return known[int(interface) - 1] if 1 <= int(interface) <= len(known) else None
    return interface if interface in known else None


def _failed(remark: Message) -> Judgement:
    return Judgement((Part(Message("in_the_lab.name"), False, remark),))
