"""Verdicts: what grading found, as typed values that shells print in either language or as JSON.

A verdict always carries its reasons: the fault in the answer's text, or the packets that prove it wrong, or
the parts that are done and those that are not, and the packets that an answer rests on. The JSON is described
by `verdict.schema.json` beside this file.

>>> from lesson_engine.messages import Message
>>> Verdict("exercise3", True, 1.0, Message("course.nothing_yet")).as_json("en")["format"]
1
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Self

from lesson_engine.filters.explain import Explanation
from lesson_engine.messages import Language, Message, Text
from lesson_engine.packets import Packet

FORMAT = 1
"""The version of the JSON form; it changes when a key goes or means something else, not when one comes."""

Relation = Literal["equivalent", "wider", "narrower", "overlapping", "disjoint"]
"""How the answer's filter lies to the reference."""


class Fault(NamedTuple):
    """A place in the answer that cannot be understood. `source` and `span` are empty where there is no place;
    `hint` is a corrected line where one is likely."""

    message: Text
    source: str = ""
    span: tuple[int, int] = (0, 0)
    hint: str | None = None


class Proof(NamedTuple):
    """A packet that answer and reference disagree on.

    `missed` says on which side: the answer leaves out what it should match, or else matches what it should
    not. `line` is the packet as tcpdump prints it, `found` how many such packets there are among `of`,
    `origin` where it comes from, `explanation` what each clause of the answer said of it. `heading` says what it is
    where the answer is no filter but a forecast of one.
    """

    packet: Packet
    line: str
    missed: bool
    found: int
    of: int
    origin: Text
    explanation: Explanation
    heading: Text | None = None


class Evidence(NamedTuple):
    """A packet that an answer rests on: its number in the sample capture of that name, its line as tcpdump prints
    it, and what it shows."""

    capture: str
    number: int
    line: str
    shows: Text


class Part(NamedTuple):
    """One part of an answer: what was asked, whether it is right, and what to say of it if it is not.

    `line` is the learner's own line or the packet that it names. A part that holds a filter has what a verdict on
    a filter has: `filter_read`, `relation`, `proofs`; and any part may have its own `fault` and `misconception`.
    """

    name: Text
    passed: bool
    remark: Text | None = None
    line: str = ""
    filter_read: str = ""
    fault: Fault | None = None
    relation: Relation | None = None
    proofs: tuple[Proof, ...] = ()
    misconception: str | None = None


class Verdict(NamedTuple):
    """The outcome of grading one answer. `score` goes from 0 to 1; `filter_read` is how tcpdump reads the
    answer's filter, where that differs from what was written; `next_hint` is None where the answer passed, and
    where the only hint left is the solution; `fallback` says why an answer that could be tried in the lab was judged
    by the recordings alone."""

    exercise: str
    passed: bool
    score: float
    summary: Text
    answer: str = ""
    filter_read: str = ""
    fault: Fault | None = None
    relation: Relation | None = None
    proofs: tuple[Proof, ...] = ()
    parts: tuple[Part, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    misconception: str | None = None
    remarks: tuple[Text, ...] = ()
    next_hint: Text | None = None
    fallback: Text | None = None

    @classmethod
    def of_parts(cls, exercise: str, answer: str, parts: Sequence[Part]) -> Self:
        """The verdict on an answer in parts, of which there is one at least: all have to be right, and the score is the
        share of those that are."""
        right = sum(part.passed for part in parts)
        passed = right == len(parts)
        summary = Message("course.all_parts" if passed else "course.some_parts", right=right, all=len(parts))
        return cls(exercise, passed, right / len(parts), summary, answer=answer, parts=tuple(parts))

    def as_json(self, language: Language) -> dict[str, object]:
        """The verdict as JSON values; texts are in `language`. The keys are stable."""
        return {
            "format": FORMAT,
            "exercise": self.exercise,
            "passed": self.passed,
            "score": round(self.score, 4),
            "summary": self.summary.text(language),
            "answer": self.answer,
            "filter_read": self.filter_read or None,
            "fault": _fault(self.fault, language),
            "relation": self.relation,
            "proofs": [_proof(proof, language) for proof in self.proofs],
            "parts": [
                {
                    "name": part.name.text(language),
                    "passed": part.passed,
                    "remark": _text(part.remark, language),
                    "line": part.line or None,
                    "filter_read": part.filter_read or None,
                    "fault": _fault(part.fault, language),
                    "relation": part.relation,
                    "proofs": [_proof(proof, language) for proof in part.proofs],
                    "misconception": part.misconception,
                }
                for part in self.parts
            ],
            "evidence": [
                {
                    "capture": packet.capture,
                    "number": packet.number,
                    "line": packet.line,
                    "shows": packet.shows.text(language),
                }
                for packet in self.evidence
            ],
            "misconception": self.misconception,
            "remarks": [remark.text(language) for remark in self.remarks],
            "next_hint": _text(self.next_hint, language),
            "fallback": _text(self.fallback, language),
        }


def _text(text: Text | None, language: Language) -> str | None:
    return None if text is None else text.text(language)


def _fault(fault: Fault | None, language: Language) -> dict[str, object] | None:
    if fault is None:
        return None
    return {
        "message": fault.message.text(language),
        "source": fault.source,
        "span": list(fault.span),
        "hint": fault.hint,
    }


def _proof(proof: Proof, language: Language) -> dict[str, object]:
    return {
        "number": proof.packet.number,
        "line": proof.line,
        "missed": proof.missed,
        "found": proof.found,
        "of": proof.of,
        "origin": proof.origin.text(language),
        "packet": proof.packet.data.hex(),
    }
