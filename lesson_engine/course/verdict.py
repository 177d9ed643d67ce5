"""Verdicts: what grading found, as typed values that shells print in either language or as JSON.

A verdict always carries its reasons: the fault in the answer's text, or the packets that prove it wrong, or
the parts that are done and those that are not.
"""

from typing import Literal, NamedTuple

from lesson_engine.filters.explain import Explanation
from lesson_engine.messages import Language, Text
from lesson_engine.packets import Packet

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
    `origin` where it comes from, `explanation` what each clause of the answer said of it.
    """

    packet: Packet
    line: str
    missed: bool
    found: int
    of: int
    origin: Text
    explanation: Explanation


class Part(NamedTuple):
    """One part of an answer: what was asked, whether it is right, and what to say of it if it is not."""

    name: Text
    passed: bool
    remark: Text | None = None
    line: str = ""


class Verdict(NamedTuple):
    """The outcome of grading one answer. `score` goes from 0 to 1; `filter_read` is how tcpdump reads the
    answer's filter, where that differs from what was written."""

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
    misconception: str | None = None
    remarks: tuple[Text, ...] = ()

    def as_json(self, language: Language) -> dict[str, object]:
        """The verdict as JSON values; texts are in `language`. The keys are stable."""
        return {
            "exercise": self.exercise,
            "passed": self.passed,
            "score": round(self.score, 4),
            "summary": self.summary.text(language),
            "answer": self.answer,
            "filter_read": self.filter_read or None,
            "fault": None
            if self.fault is None
            else {
                "message": self.fault.message.text(language),
                "source": self.fault.source,
                "span": list(self.fault.span),
                "hint": self.fault.hint,
            },
            "relation": self.relation,
            "proofs": [
                {
                    "number": proof.packet.number,
                    "line": proof.line,
                    "missed": proof.missed,
                    "found": proof.found,
                    "of": proof.of,
                    "origin": proof.origin.text(language),
                    "packet": proof.packet.data.hex(),
                }
                for proof in self.proofs
            ],
            "parts": [
                {
                    "name": part.name.text(language),
                    "passed": part.passed,
                    "remark": part.remark.text(language) if part.remark else None,
                }
                for part in self.parts
            ],
            "misconception": self.misconception,
            "remarks": [remark.text(language) for remark in self.remarks],
        }
