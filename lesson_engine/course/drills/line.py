"""Reading a line: what a part of it means, which part means something, and what two of them do not mean.

The parts and their meaning are those of `tcpdump.line`, the lines are recorded ones. A part is asked about only
where its text stands in the line once. tcpdump(8), OUTPUT FORMAT.

>>> question = KINDS["find-destination_port"](Random(1))
>>> question.accepted[0] in question.lines[0], question.form
(True, 'word')
"""

from collections.abc import Callable
from functools import cache, partial
from random import Random
from typing import NamedTuple

from lesson_engine.conversations.connection import find_handshakes
from lesson_engine.conversations.tcp import segment_of
from lesson_engine.course.drills.question import Choice, Question, offer
from lesson_engine.course.drills.scenes import Scene, brief, recorded
from lesson_engine.messages import Message
from lesson_engine.tcpdump.line import Part, read_line

_CAPTURES = ("mix", "any", "handshake", "mysql", "ssh", "https", "dns", "ping", "close_fin", "closed_port")

PARTS = (
    "time", "source", "source_port", "destination", "destination_port", "sequence", "acknowledgment", "window",
    "length", "dns_id", "dns_question", "dns_counts", "icmp_sequence", "arp_target", "arp_sender", "arp_owner",
    "arp_mac", "interface", "direction", "option_mss", "option_window_scale",
)  # fmt: skip
"""The kinds of parts (of `tcpdump.line`) that are asked about."""

_ASKED_BY_MEANING = (
    "source", "source_port", "destination", "destination_port", "acknowledgment", "window", "length", "dns_question",
    "arp_target", "arp_sender", "interface",
)  # fmt: skip
"""Those that are also to be found in a line."""

_MISTAKEN_FOR = {
    "source": "destination",
    "destination": "source",
    "source_port": "destination_port",
    "destination_port": "source_port",
    "sequence": "acknowledgment",
    "acknowledgment": "sequence",
    "window": "length",
    "length": "window",
    "arp_target": "arp_sender",
    "arp_sender": "arp_target",
    "option_mss": "length",
    "option_window_scale": "window",
}


class _Place(NamedTuple):
    """A part in a line of a scene."""

    scene: Scene
    at: int
    part: Part

    @property
    def others(self) -> dict[str, Part]:
        """The first part of each other kind in the line that has a name here."""
        parts = read_line(self.scene.lines[self.at])
        kinds = {each.kind: each for each in reversed(parts) if each.kind in PARTS and each.text != self.part.text}
        return {kind: kinds[kind] for kind in PARTS if kind in kinds and kind != self.part.kind}


@cache
def _places(kind: str) -> tuple[tuple[_Place, ...], ...]:
    """Where a part of this kind stands, with a text that is nowhere else in its line; together those of one text."""
    found: dict[str, list[_Place]] = {}
    for name in _CAPTURES:
        scene = recorded(name)
        for at, line in enumerate(scene.lines):
            for part in read_line(line):
                if part.kind == kind and line.count(part.text) == 1:
                    found.setdefault(part.text, []).append(_Place(scene, at, part))
    return tuple(map(tuple, found.values()))


def _place(kind: str, chance: Random) -> _Place:
    """One of the places; all texts are as likely, or most questions would be about the few that are everywhere."""
    return chance.choice(chance.choice(_places(kind)))


def _name(kind: str) -> Message:
    return Message(f"drills.part.{kind}")


def _means(kind: str, chance: Random) -> Question:
    """What is this part?"""
    place = _place(kind, chance)
    others = place.others
    mistaken = _MISTAKEN_FOR.get(kind, "")
    kinds = sorted(others, key=lambda other: (other != mistaken, chance.random()))
    wrong = [
        Choice(_name(each), Message("drills.line.that_is", name=_name(each), text=others[each].text)) for each in kinds
    ]
    choices, accepted = offer(chance, Choice(_name(kind)), wrong)
    return Question(
        "line",
        f"means-{kind}",
        Message("drills.line.means", text=place.part.text),
        "choice",
        accepted,
        Message("drills.line.meaning", text=place.part.text, meaning=place.part.meaning),
        Message("drills.line.means_hint"),
        lines=(place.scene.lines[place.at],),
        packets=(place.scene.packets[place.at],),
        choices=choices,
    )


def _find(kind: str, chance: Random) -> Question:
    """Which part is this?"""
    place = _place(kind, chance)
    text = place.part.text
    words = dict.fromkeys((text, text.rpartition(" ")[2])) if kind != "dns_question" else (text, text.partition(" ")[2])
    return Question(
        "line",
        f"find-{kind}",
        Message("drills.line.find", name=_name(kind)),
        "word",
        tuple(words),
        Message("drills.line.meaning", text=text, meaning=place.part.meaning),
        Message("drills.line.find_hint"),
        lines=(place.scene.lines[place.at],),
        packets=(place.scene.packets[place.at],),
    )


def _bytes(chance: Random) -> Question:
    """How many bytes of data does this segment carry?"""
    scene = brief(chance.choice(("handshake", "mysql", "ssh", "https")))
    index = chance.randrange(len(scene.lines))
    segment = segment_of(scene.packets[index])
    assert segment is not None, "these captures hold nothing but TCP"
    return Question(
        "line",
        "bytes",
        Message("drills.line.bytes"),
        "value",
        (str(segment.payload_length),),
        Message("drills.line.bytes_explained", bytes=segment.payload_length),
        Message("drills.line.bytes_hint"),
        lines=(scene.lines[index],),
        packets=(scene.packets[index],),
    )


def _length_zero(chance: Random) -> Question:
    """Does length 0 mean an empty packet?"""
    scene = recorded("mix")
    segments = {index: segment_of(packet) for index, packet in enumerate(scene.packets)}
    index = chance.choice([index for index, each in segments.items() if each and each.payload_length == 0])
    right = Choice(Message("drills.line.no_data"))
    bytes_ = scene.packets[index].original_length
    wrong = [
        Choice(Message(f"drills.line.{key}"), Message(f"drills.line.{key}_thought", bytes=bytes_))
        for key in ("empty_packet", "cut_packet", "closed")
    ]
    choices, accepted = offer(chance, right, wrong)
    return Question(
        "line",
        "length-zero",
        Message("drills.line.length_zero"),
        "choice",
        accepted,
        Message("drills.line.length_zero_explained", bytes=bytes_),
        Message("drills.line.length_zero_hint"),
        lines=(scene.lines[index],),
        packets=(scene.packets[index],),
        choices=choices,
    )


def _relative_ack(chance: Random) -> Question:
    """Why is the acknowledgment number 1?"""
    scene = brief(chance.choice(("mix", "handshake", "mysql", "ssh", "https")))
    handshake = chance.choice([each for each in find_handshakes(scene.packets) if each.is_complete])
    shown = scene.numbered((handshake.syn[0].number, handshake.syn_ack[0].number, handshake.ack[0].number))
    right = Choice(Message("drills.line.ack_is_relative"))
    wrong = [
        Choice(Message(f"drills.line.{key}"), Message(f"drills.line.{key}_thought"))
        for key in ("ack_counts_packets", "ack_counts_bytes", "ack_is_absolute")
    ]
    choices, accepted = offer(chance, right, wrong)
    return Question(
        "line",
        "relative-ack",
        Message("drills.line.relative_ack"),
        "choice",
        accepted,
        Message("drills.line.relative_ack_explained", acknowledgment=handshake.ack[0].acknowledgment),
        Message("drills.line.relative_ack_hint"),
        lines=shown.lines,
        packets=shown.packets,
        choices=choices,
    )


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"means-{kind}": partial(_means, kind) for kind in PARTS},
    **{f"find-{kind}": partial(_find, kind) for kind in _ASKED_BY_MEANING},
    "bytes": _bytes,
    "length-zero": _length_zero,
    "relative-ack": _relative_ack,
}
"""Kind of question to what makes one of it."""
