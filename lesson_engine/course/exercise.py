"""Exercises: what one asks, what solves it, and what wrong answers mean; read from TOML.

An exercise is data, never code: it says of which *kind* its answer is, and the grader knows kinds. Every
fault in a definition names the file and the key. The keys are described in CONTRIBUTING.md ("Add an exercise").

>>> from lesson_engine.course.exercise import load_exercise
>>> load_exercise("exercise3").title.text("en")
'Only one host, both directions'
"""

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from lesson_engine import bundled
from lesson_engine.course.definition import ExerciseError, Table
from lesson_engine.course.questions import Question, filter_at, parse_lab_questions, parse_questions
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.wanted import WANTABLE
from lesson_engine.messages import Localized, Message

Kind = Literal["filter", "command", "reading"]

_ANSWER_SUFFIX: dict[Kind, str] = {"filter": ".sh", "command": ".sh", "reading": ".toml"}


class WrongAnswer(NamedTuple):
    """An answer that must fail, and the misconception it stands for."""

    answer: str
    misconception: str
    remark: Localized | None


class FileFacts(NamedTuple):
    """What a savefile must hold that a part's command writes with -w.

    `holds` is a filter: all packets of the exercise's capture that it matches must be there, and no others ("" for
    every packet); `first` says that only so many of them are wanted, from the beginning, or is 0. With `optional`
    the file is looked at only if the command writes one.
    """

    name: Localized
    holds: str
    first: int
    optional: bool


class CommandPart(NamedTuple):
    """One of the commands that a command exercise asks for.

    `wants` are option meanings (`interface = "eth0"`) that the learner's tcpdump command must have; `lines`
    are other commands that do as well, compared word by word. `filter` is a reference command line: the learner's
    filter must do the same among the packets that `counts` matches; None where the filter does not matter.
    `reads` is the number of the part, counted from 1, whose file this command must read, or 0. `file` says what the
    file that it writes must hold.
    """

    name: Localized
    wants: Mapping[str, object]
    lines: tuple[str, ...]
    filter: str | None
    counts: str
    reads: int
    file: FileFacts | None


class Apart(NamedTuple):
    """A kind of packets, those that the filter `of` matches, on which the verdict is reported apart."""

    name: Localized
    of: str


class LiveForm(NamedTuple):
    """What an exercise asks in the lab, in the place of the questions on its captures."""

    task: Localized
    starter: str
    solution: str
    hints: tuple[Localized, ...]
    questions: tuple[Question, ...]


class Live(NamedTuple):
    """What an exercise does with a lab that stands. `watch` is the number of the part, from 1, on whose interface the
    checker captures there itself, or 0; `form` is what is asked in the lab instead, or None."""

    watch: int
    form: LiveForm | None


class Exercise(NamedTuple):
    """One exercise. `capture` names the bundled capture it is about, `captures` all of them by the names that learners
    see, which say nothing of what is in them where that is the question; `counts` is a filter: only packets that
    match it are compared, so that a trap the task does not state fails no one ("" for all packets). `apart` are
    kinds of packets on which the verdict is reported apart too. `ordered`: the commands of the answer belong to the
    parts in their order. `seed` is the learner's, whose variant of the capture the texts speak of, or None for the
    capture as it was recorded. `live` says what a lab is for, or is None, and `in_lab` that this is the form that is
    answered there."""

    id: str
    kind: Kind
    stars: int
    lesson: int
    title: Localized
    task: Localized
    capture: str
    captures: Mapping[str, str]
    starter: str
    solution: str
    right: tuple[str, ...]
    wrong: tuple[WrongAnswer, ...]
    hints: tuple[Localized, ...]
    counts: str
    wants: Mapping[str, object]
    apart: tuple[Apart, ...]
    ordered: bool
    parts: tuple[CommandPart, ...]
    questions: tuple[Question, ...]
    live: Live | None = None
    seed: int | None = None
    in_lab: bool = False

    @property
    def answer_file(self) -> str:
        """The name of the learner's answer file; each form has its own, so that no answer is lost to the other."""
        return f"{self.id}{'-live' if self.in_lab else ''}{_ANSWER_SUFFIX[self.kind]}"

    def as_live(self) -> "Exercise":
        """The form of this exercise that is answered in the lab. Raises ValueError if there is none."""
        if self.live is None or self.live.form is None:
            raise ValueError(f"{self.id} has no live form")
        form = self.live.form
        return self._replace(in_lab=True, captures={}, right=(), wrong=(), **form._asdict())


def load_exercise(exercise_id: str, seed: int | None = None) -> Exercise:
    """The bundled exercise of that id, about the variant of its capture that belongs to `seed`.

    Raises ExerciseError if there is none or its definition is faulty.
    """
    if exercise_id not in load_syllabus().exercises:
        raise ExerciseError(_unknown(exercise_id))
    path = os.path.join(bundled.exercises(), exercise_id + ".toml")
    with open(path, encoding="utf-8") as file:
        exercise = parse_exercise(file.read(), path)
    if seed is None:
        return exercise
    from lesson_engine.course.seeding import Rewriting  # most learners have no seed

    return Rewriting(seed).exercise(exercise)


def parse_exercise(source: str, file: str) -> Exercise:
    """Reads one definition; `file` is its path, for messages and for the id. Raises ExerciseError."""
    top = Table.read(source, file)
    exercise_id = top.string("id")
    if exercise_id != os.path.basename(file).removesuffix(".toml"):
        raise top.fault("id", Message("course.id_is_file_name", id=exercise_id))
    kind: Kind = top.choice("kind", get_args(Kind))
    captures = _captures(top)
    exercise = Exercise(
        id=exercise_id,
        kind=kind,
        stars=top.whole("stars", low=1, high=3),
        lesson=top.whole("lesson", low=1, high=7),
        title=top.localized("title"),
        task=top.localized("task"),
        capture=top.string("capture"),
        captures=captures,
        starter=top.string("starter"),
        solution=top.string("solution"),
        right=top.strings("right"),
        wrong=tuple(
            WrongAnswer(
                each.string("answer"),
                each.string("misconception"),
                each.localized("remark") if "remark" in each.values else None,
            )
            for each in top.tables("wrong")
        ),
        hints=tuple(each.here() for each in top.tables("hints")),
        counts=filter_at(top, "counts") if "counts" in top.values else "",
        wants=_wants(top),
        apart=tuple(
            Apart(each.localized("name"), filter_at(each, "of")) for each in top.tables("apart", optional=True)
        ),
        ordered=top.flag("ordered"),
        parts=tuple(_part(each) for each in top.tables("parts", optional=kind != "command")),
        questions=parse_questions(top.tables("questions", optional=kind != "reading"), captures),
        live=_live(top, kind) if "live" in top.values else None,
    )
    top.nothing_else({*Exercise._fields, "format"} - {"seed", "in_lab"})
    return exercise


def _unknown(exercise_id: str) -> Message:
    from difflib import get_close_matches

    wanted = "exercise" + exercise_id if exercise_id.isdecimal() else exercise_id
    near = get_close_matches(wanted, load_syllabus().exercises, n=1)
    if near:
        return Message("course.unknown_exercise_near", id=exercise_id, near=near[0])
    return Message("course.unknown_exercise", id=exercise_id)


def _captures(top: Table) -> Mapping[str, str]:
    """Sample captures by the names that learners see; the only one of most exercises goes by its own name."""
    if "captures" not in top.values:
        return {top.string("capture"): top.string("capture")}
    table = top.table("captures")
    return {name: table.string(name) for name in table.values}


def _part(table: Table) -> CommandPart:
    part = CommandPart(
        name=table.localized("name"),
        wants=_wants(table),
        lines=table.strings("lines", optional=True),
        filter=table.string("filter") if "filter" in table.values else None,
        counts=filter_at(table, "counts") if "counts" in table.values else "",
        reads=table.whole("reads") if "reads" in table.values else 0,
        file=_file(table.table("file")) if "file" in table.values else None,
    )
    table.nothing_else(CommandPart._fields)
    return part


def _live(top: Table, kind: Kind) -> Live:
    """A command exercise says which part's interface is watched, a reading exercise what is asked in the lab."""
    table = top.table("live")
    if kind == "command":
        parts = top.tables("parts")
        table.nothing_else({"watch"})
        watch = table.whole("watch", low=1, high=len(parts))
        if "interface" not in _wants(parts[watch - 1]):
            raise table.fault("watch", Message("course.watch_without_interface", part=watch))
        return Live(watch, None)
    if kind != "reading":
        raise top.fault("live", Message("course.live_kind"))
    form = LiveForm(
        task=table.localized("task"),
        starter=table.string("starter"),
        solution=table.string("solution"),
        hints=tuple(each.here() for each in table.tables("hints")),
        questions=parse_lab_questions(table.tables("questions")),
    )
    table.nothing_else(LiveForm._fields)
    return Live(0, form)


def _file(table: Table) -> FileFacts:
    facts = FileFacts(
        name=table.localized("name"),
        holds=filter_at(table, "holds") if "holds" in table.values else "",
        first=table.whole("first", low=1) if "first" in table.values else 0,
        optional=table.flag("optional"),
    )
    table.nothing_else(FileFacts._fields)
    return facts


def _wants(table: Table) -> Mapping[str, object]:
    """Option meanings; each key is one that a tcpdump command has."""
    if "wants" not in table.values:
        return {}
    wants = table.table("wants")
    wants.nothing_else(WANTABLE)
    return wants.values
