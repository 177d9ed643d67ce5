"""Grading of an exercise's form in the lab: a fault is diagnosed, shown by a capture, mended, and shown to be mended.

The fault is the learner's own, made where it does not stand already. Each check lets the client visit the harmed
service, from a port that nobody could have known, and the lab remembers how it went: a capture proves something by
holding such a visit. Its packets count if the lab itself saw them pass at their times (`files.Genuine`), so no file
that was made by editing another does. What they show is what `conversations.symptoms` finds, as in recordings.
"""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from lesson_engine.conversations.symptoms import Symptom, symptoms
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.file_facts import UnusableFile, locate, opened
from lesson_engine.course.in_the_lab.files import Genuine
from lesson_engine.course.questions import Question
from lesson_engine.course.reading import in_toml, judge, unknown_keys
from lesson_engine.course.reading.answer import read
from lesson_engine.course.reading.choice import Choice
from lesson_engine.course.reading.diagnosis import Case, case_of, decisive, support
from lesson_engine.course.reading.evidence import exhibit
from lesson_engine.course.reading.finding import Judgement
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.scene import Scene
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Fault, Part, Verdict
from lesson_engine.lab.asking import Lab, Probe, Task, find, why_none
from lesson_engine.lab.namespaces import LabError
from lesson_engine.messages import Localized, Message, Text
from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import EN10MB

_EARLY_NS = 10_000_000
_LATE_NS = 1_000_000_000
"""How long after the client has left a packet of its visit may come."""

_ANY_QUESTION = Question("", "", "", Localized("", ""), "", "", ())

_SHOWN = 3
"""Packets of the last visit that are shown: its handshake."""


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on an answer in TOML; the score is the share of its parts that are right. Raises LabError."""
    written = read(answer)
    if isinstance(written, Fault):
        return Verdict(exercise.id, False, 0.0, written.message, answer=answer, fault=written)
    if setting.lab is None:
        return Verdict(exercise.id, False, 0.0, Message("in_the_lab.needs_lab"), answer=answer)
    judged = _Mending(exercise, written.values, setting, setting.lab)
    found = judged.judgements()
    parts = tuple(part for each in found for part in each.parts)
    fresh = [Message("in_the_lab.made_now")] if judged.task.fresh else []
    verdict = Verdict.of_parts(exercise.id, answer, parts)
    return verdict._replace(
        evidence=tuple(packet for each in found for packet in each.evidence),
        misconception=next((part.misconception for part in parts if part.misconception), None),
        remarks=() if verdict.passed else (*fresh, *unknown_keys(exercise, written.values)),
    )


def complaint(exercise: Exercise, setting: Setting) -> Message:
    """What the client complains of, the learner's fault having been made. Raises LabError."""
    with _required() as lab:
        task = _posed(lab, exercise, setting)
    return Message(f"in_the_lab.complaint_{task.service}", server=task.server, port=task.port)


def as_written(exercise: Exercise, answer: str, setting: Setting) -> str:
    """An answer with what is wrong in the lab filled in, and the packets of the learner's own captures where those show
    it already. Raises LabError."""
    with _required() as lab:
        _posed(lab, exercise, setting)
        remedy = lab.remedy()
        values = {"seen": remedy.seen, "where": remedy.where, "command": remedy.command}
        for when in ("before", "after"):
            captured = _Captured(lab, lab.visits(), locate(f"{when}.pcap", setting.folders), is_after=when == "after")
            values[f"{when}_packets"] = in_toml(captured.example)
    for name, value in values.items():
        answer = answer.replace(f"{{{name}}}", value)
    return answer


class _Mending:
    """One answer beside the lab as it is now: the client has just gone out once more."""

    def __init__(self, exercise: Exercise, values: Mapping[str, Any], setting: Setting, lab: Lab) -> None:
        self._asked = {question.reads: question for question in exercise.questions}
        self._values, self._lab = values, lab
        self.task = _posed(lab, exercise, setting)
        self._remedy = lab.remedy()
        names = {when: values.get(self._asked[when].name) for when in ("before", "after")}
        paths = {
            when: locate(name, setting.folders) if isinstance(name, str) and name.strip() else None
            for when, name in names.items()
        }
        # Whoever ends their capture when this check is done must have it in the file.
        self._now = lab.probe(self.task.service, until_written=True)
        visits = lab.visits()
        self._captured = {
            when: _Captured(lab, visits, path, is_after=when == "after") if path is not None else None
            for when, path in paths.items()
        }

    def judgements(self) -> list[Judgement]:
        """What is said of each part, in the order of the work."""
        before = self._captured["before"]
        line = before.decisive_line if before is not None else ""
        seen = Choice(self._asked["fault.seen"], self._remedy.seen, (), line)
        where = Choice(self._asked["fault.where"], self._remedy.where)
        return [
            judge(seen.question, seen, self._values),
            judge(where.question, where, self._values),
            *self._proof("before"),
            self._mended(),
            *self._proof("after"),
        ]

    def _proof(self, when: str) -> tuple[Judgement, Judgement]:
        """The capture, and the packets in it."""
        asked, packets = self._asked[when], self._asked[f"{when}.packets"]
        captured = self._captured[when]
        if captured is None:
            missing = Message("reading.not_answered", key=asked.name)
            return _part(asked, False, missing), _part(packets, False, Message("in_the_lab.capture_first"))
        lack = captured.lack(self._now)
        if lack is not None:
            return _part(asked, False, lack, captured), _part(packets, False, Message("in_the_lab.capture_first"))
        visit, _ = captured.shown[-1]
        told = Message("in_the_lab.holds_visit", time=_clock(visit), port=visit.source_port)
        # Any of its visits will do; if none does, the newest says what is wrong.
        judged = [judge(packets, support(_about(packets, each), found), self._values) for each, found in captured.shown]
        return _part(asked, True, told, captured), next((each for each in judged if each.passed), judged[-1])

    def _mended(self) -> Judgement:
        """How the visit that the client has just made went."""
        key = f"in_the_lab.visit_{self._now.outcome}"
        told = Message(key, time=_clock(self._now), port=self._now.source_port, server=self._now.server)
        mended = self._now.outcome == "answered"
        passed = self._lab.witnessed(self._now.began_ns, self._now.ended_ns + _LATE_NS)
        scene = Scene("lab", Capture.from_frames((packet.data for packet in passed), times_ns=passed.times_ns))
        case = _case(scene, scene.capture, self._now)
        numbers = sorted(support(_ANY_QUESTION, case).allowed) if case and mended else []
        shown = tuple(exhibit(scene, number) for number in numbers[:_SHOWN])
        return Judgement((Part(Message("in_the_lab.mended"), mended, told),), shown)


class _Captured:
    """The learner's capture at `path`: `shown` are the visits of the lab that are in it, with what became of each, of
    the kind that it is for: those that failed, or with `is_after` those that were answered."""

    def __init__(self, lab: Lab, visits: list[Probe], path: str, *, is_after: bool) -> None:
        self.path = path
        self._is_after = is_after
        self._visits = visits
        self.shown: list[tuple[Probe, Case]] = []
        self._others = 0
        self._unusable: UnusableFile | None = None
        self._found: Capture | None = None
        self._genuine = 0
        try:
            self._found = opened(path)
        except UnusableFile as fault:
            self._unusable = fault
            return
        if self._found.link_type == EN10MB and visits:
            self._look(lab, self._found)

    def _look(self, lab: Lab, found: Capture) -> None:
        genuine = Genuine(lab, visits_began := self._visits[0].began_ns)
        mask = [packet.time_ns >= visits_began and genuine.nearest(packet) is not None for packet in found]
        seen = found.select(mask)
        self._genuine = len(seen)
        scene = Scene(os.path.basename(self.path), found)
        for visit in self._visits:
            case = _case(scene, seen, visit)
            if case is None:
                continue
            if (case.outcome == "open") is self._is_after:
                self.shown.append((visit, case))
            else:
                self._others += 1

    def lack(self, now: Probe) -> Text | None:
        """What is wrong with the file, and what to do; None if it shows what it is for."""
        if self._unusable is not None:
            if self._unusable.remark != Message("course.file_missing", path=self.path):
                return self._unusable.remark
            if self._is_after and now.outcome != "answered":
                return Message("in_the_lab.mend_first")
            return Message("in_the_lab.capture_missing", path=self.path, name=os.path.basename(self.path))
        assert self._found is not None
        if self._found.link_type != EN10MB:
            return Message("course.file_link_type", found=self._found.link_type.name, wanted=EN10MB.name)
        if not len(self._found):
            return Message("course.file_empty")
        if self.shown:
            return None
        if self._others:
            return Message("in_the_lab.only_failed" if self._is_after else "in_the_lab.only_answered")
        if not self._is_after and all(visit.outcome == "answered" for visit in self._visits):
            return Message("in_the_lab.nothing_failed")
        key = "in_the_lab.no_visit" if self._genuine else "in_the_lab.not_of_lab"
        return Message(key, time=_clock(now), port=now.source_port, name=os.path.basename(self.path))

    @property
    def decisive_line(self) -> str:
        """The packet that decides what became of the newest visit; "" where the file shows none."""
        if not self.shown:
            return ""
        _, case = self.shown[-1]
        return case.scene.quoted(decisive(case))

    @property
    def example(self) -> Value:
        """Packets that show it; none where the file does not."""
        return support(_ANY_QUESTION, self.shown[-1][1]).example if self.shown else ()


def _case(scene: Scene, seen: Capture, visit: Probe) -> Case | None:
    """What the packets of a visit show; None if they show nothing of it, or not enough."""
    within = seen.select([visit.began_ns - _EARLY_NS <= time <= visit.ended_ns + _LATE_NS for time in seen.times_ns])
    for symptom in symptoms(within):
        if _is_of(symptom, visit):
            with suppress(LookupError):
                case = case_of(scene, symptom)
                # One SYN alone, or a connection whose beginning is missing, supports nothing.
                support(_ANY_QUESTION, case)
                return case
    return None


def _is_of(symptom: Symptom, visit: Probe) -> bool:
    """Whether it is what happened to this visit; one whose server nobody answers for sends nothing but questions."""
    if symptom.kind == "host_not_there":
        return visit.outcome != "answered" and shown_address(symptom.server.address) == visit.server
    ends = (str(symptom.client), str(symptom.server))
    return ends == (f"{visit.client}.{visit.source_port}", f"{visit.server}.{visit.port}")


def _about(question: Question, visit: Probe) -> Question:
    """The question, about the packets of this visit."""
    return question._replace(of=visit.expression)


def _part(question: Question, passed: bool, remark: Text, captured: _Captured | None = None) -> Judgement:
    return Judgement(
        (Part(question.label, passed, remark, captured.path if captured and os.path.lexists(captured.path) else ""),)
    )


def _posed(lab: Lab, exercise: Exercise, setting: Setting) -> Task:
    return lab.pose(f"{exercise.id} {setting.chance}", seed=setting.chance)


def _required() -> Lab:
    lab = find()
    if lab is None:
        raise LabError(why_none())
    return lab


def _clock(visit: Probe) -> str:
    """When it was made, as tcpdump shows it."""
    return time.strftime("%H:%M:%S", time.localtime(visit.began_ns // 1_000_000_000))
