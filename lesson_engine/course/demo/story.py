"""The story of a demonstration: what is asked before a packet is shown, and what is told once it is there.

One TOML file a scenario, in both languages. Packets are named by the part they play (`role`) or by a filter, never by
number, so that a story fits any recording of its scenario, one that is made in front of the class too. A faulty
definition is refused with its file and key. Knows no capture.

pcap-filter(7).

>>> story = load_story("closed_port")
>>> story.captures, [beat.role or beat.expression for beat in story.beats]
(('closed_port',), ['syn', 'tcp[tcpflags] & tcp-rst != 0'])
"""

import os
from string import Formatter
from typing import NamedTuple, get_args

from lesson_engine import bundled
from lesson_engine.conversations.marks import Mark
from lesson_engine.course.definition import ExerciseError, Table
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Localized, Message

STEPS = ("syn", "syn_ack", "ack")
"""The steps of a handshake, as roles of packets."""

AGAIN = "sent_again"
ROLES = (*STEPS, AGAIN, *get_args(Mark))
"""What a packet may be named by: a step of the handshake, a mark of its connection, or any of the marks that say that
what it carries was sent before."""

_OF_A_PACKET = ("number", "source", "destination", "seq", "behind", "ack", "length", "since")
FIELDS = frozenset([*_OF_A_PACKET, *(f"last_{name}" for name in _OF_A_PACKET)])
"""What texts may name: the values that the ladder shows of their packet, and of the one before it."""

_KEYS = ("format", "captures", "title", "opening", "beats", "closing")
_BEAT_KEYS = ("capture", "role", "filter", "question", "reveal")


class Beat(NamedTuple):
    """A packet that matters. It is the first behind the beat before it, in the capture `part` (a place in the story's
    captures), that has the `role`, or else matches the `expression`."""

    part: int
    role: str
    expression: str
    question: Localized | None
    reveal: Localized


class Story(NamedTuple):
    """`name` is the lab's scenario; `captures` are its vantage points in the order in which they are shown. The
    `opening` says what the class is about to see; the closing question is asked when nothing more comes."""

    name: str
    title: Localized
    opening: Localized
    captures: tuple[str, ...]
    beats: tuple[Beat, ...]
    closing_question: Localized | None
    closing: Localized


def story_names(directory: str | None = None) -> list[str]:
    """The scenarios that have a story, sorted."""
    return sorted(
        name.removesuffix(".toml") for name in os.listdir(directory or bundled.demos()) if name.endswith(".toml")
    )


def load_story(name: str, directory: str | None = None) -> Story:
    """The story of a scenario. Raises ExerciseError if there is none or it is faulty."""
    known = story_names(directory)
    if name not in known:
        raise ExerciseError(Message("demo.unknown", name=name, known=", ".join(known)))
    path = os.path.join(directory or bundled.demos(), f"{name}.toml")
    with open(path, encoding="utf-8") as file:
        return read_story(file.read(), name, path)


def read_story(source: str, name: str, file: str) -> Story:
    """The story that TOML text defines; `file` is for its faults. Raises ExerciseError."""
    top = Table.read(source, file)
    top.nothing_else(_KEYS)
    captures = top.strings("captures")
    if not captures:
        raise top.fault("captures", Message("course.key_empty"))
    beats: list[Beat] = []
    for table in top.tables("beats"):
        beat = _beat(table, captures)
        if beats and beat.part < beats[-1].part:
            raise table.fault("capture", Message("demo.goes_back"))
        beats.append(beat)
    if not beats:
        raise top.fault("beats", Message("course.key_empty"))
    closing = top.table("closing")
    closing.nothing_else(("question", "reveal"))
    return Story(
        name,
        top.localized("title"),
        top.localized("opening"),
        captures,
        tuple(beats),
        _text(closing, "question", frozenset()) if "question" in closing.values else None,
        _text(closing, "reveal", frozenset()),
    )


def _beat(table: Table, captures: tuple[str, ...]) -> Beat:
    table.nothing_else(_BEAT_KEYS)
    part = captures.index(table.choice("capture", captures)) if "capture" in table.values else 0
    if ("role" in table.values) == ("filter" in table.values):
        raise table.fault("role", Message("demo.role_or_filter"))
    role = table.choice("role", ROLES) if "role" in table.values else ""
    expression = table.string("filter") if "filter" in table.values else ""
    try:
        Filter(expression)
    except FilterSyntaxError as error:
        raise table.fault("filter", Message("demo.bad_filter", fault=str(error).partition("\n")[0])) from error
    question = _text(table, "question", FIELDS) if "question" in table.values else None
    return Beat(part, role, expression, question, _text(table, "reveal", FIELDS))


def _text(table: Table, key: str, known: frozenset[str]) -> Localized:
    """A text in both languages that names `known` values alone."""
    text = table.localized(key)
    for each in text:
        try:
            named = [name for _, name, _, _ in Formatter().parse(each) if name is not None]
        except ValueError as error:
            raise table.fault(key, Message("demo.bad_braces", fault=str(error))) from error
        for name in named:
            if name not in known:
                raise table.fault(key, Message("demo.unknown_value", name=name, known=", ".join(sorted(known)) or "-"))
    return text
