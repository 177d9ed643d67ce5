"""Grading by behaviour: what an answer's filter matches, not how it is spelled.

Answer and reference are compared over the exercise's capture, over a hidden one, and over the lattice of packets
that could tell them apart. A difference is shown with the packet that proves it, from the capture where there is
one. A filter exercise is one such comparison; the parts of other exercises use the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from lesson_engine.course.captures import hidden_capture, open_capture
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Fault, Part, Proof, Relation, Verdict
from lesson_engine.course.wanted import lacking, shows_nothing
from lesson_engine.course.written import WrittenCommand
from lesson_engine.filters import Filter
from lesson_engine.filters.explain import explain
from lesson_engine.filters.lattice import Comparison, compare
from lesson_engine.filters.misconceptions import Misconception, of_answer
from lesson_engine.messages import Localized, Message, Text
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on one tcpdump command, or on a bare filter expression."""
    task = filter_task(exercise.solution, exercise.counts, exercise.capture, exercise.seed)
    written = WrittenCommand(answer)
    known = [(WrittenCommand(wrong.answer), wrong.misconception, wrong.remark) for wrong in exercise.wrong]
    found = task.judge(written, known)
    parts = _apart(exercise, found)
    verdict = Verdict(
        exercise.id,
        passed=found.passed,
        score=1.0 if found.passed else sum(part.passed for part in parts) / len(parts) if parts else 0.0,
        summary=found.summary,
        answer=answer if written.expression is None or found.fault else written.expression,
        filter_read=found.filter_read,
        fault=found.fault,
        relation=found.relation,
        proofs=found.proofs,
        parts=parts,
        misconception=found.misconception,
        remarks=found.remarks,
    )
    command = written.command
    # -h and --version end tcpdump before it has read the filter.
    if command is None or not (found.passed or command.show_help or command.show_version):
        return verdict
    lack = shows_nothing(command) or lacking(command, exercise.wants)
    if lack is None:
        return verdict
    same = next((each for each in known if each[0].same_as(written)), None)
    return verdict._replace(
        passed=False,
        score=0.5 if found.passed else 0.0,
        summary=Message("course.filter_right_option_wrong" if found.passed else "course.different"),
        misconception=same[1] if same else lack.misconception,
        remarks=(same[2] if same and same[2] else lack.message,),
    )


class Judgement(NamedTuple):
    """What became of one filter: what a Part or a Verdict says of it."""

    passed: bool
    summary: Text
    filter_read: str = ""
    fault: Fault | None = None
    relation: Relation | None = None
    proofs: tuple[Proof, ...] = ()
    misconception: str | None = None
    remarks: tuple[Text, ...] = ()
    read: Filter | None = None


_ASKED = frozenset({"and-binds-tighter", "not-covers-one", "one-direction", "or-leaks", "port-is-not-tcp"})
"""The misconceptions that have a question of their own."""

Known = tuple[WrittenCommand, str, Localized | None]
"""A wrong answer that is known: its misconception, and the author's remark on it."""


class FilterTask:
    """What a filter is to do: match what the reference does, among the packets that count.

    `reference` is a command line with the filter in it; only packets that the filter `counts` matches are compared
    ("" for all). `seed` is the learner's, of their hidden capture.
    """

    def __init__(self, reference: str, counts: str, capture: str, seed: int | None) -> None:
        shown = _shown_capture(capture, seed)
        link_type = shown.link_type
        self.link_type = link_type
        right = WrittenCommand(reference).filter(link_type)
        if right is None:
            raise ValueError(f"the reference is no filter: {reference}")
        self.reference = right
        self.within = Filter(counts, link_type=link_type) if counts else None
        self._shown = _View(shown, self.reference, self.within)
        self._capture, self._seed = capture, seed

    def judge(self, written: WrittenCommand, known: Iterable[Known] = ()) -> Judgement:
        """What the written filter does, beside what it should."""
        read = written.filter(self.link_type)
        if read is None:
            assert written.fault is not None
            return Judgement(False, written.fault.message, fault=written.fault, misconception=written.misconception)
        comparison = compare(read, self.reference, within=self.within)
        seen = self._shown.matched_by(read)
        judgement = Judgement(
            passed=False,
            summary=Message("course.different"),
            filter_read=_reading(written.expression or "", read),
            relation=comparison.relation,
            read=read,
        )
        if comparison.relation == "equivalent":
            # The lattice knows whole Ethernet frames; captures may hold others.
            differing = next((view for view in self._views() if view.matched_by(read) != view.wanted), None)
            if differing is None:
                return self._does_the_same(judgement, written, comparison)
            judgement = judgement._replace(relation=_relation(differing.matched_by(read), differing.wanted))
        judgement = judgement._replace(proofs=tuple(self._proofs(read, comparison)))
        return self._explained(judgement, written, seen, comparison, known)

    def agrees(self, read: Filter) -> bool:
        """Whether a filter does what the reference does. The cheap questions come first."""
        if str(read) == str(self.reference):
            return True
        return self._shown.matched_by(read) == self._shown.wanted and self._agrees_unseen(str(read))

    @lru_cache(maxsize=256)  # noqa: B019  # tasks are kept themselves
    def _agrees_unseen(self, expression: str) -> bool:
        read = Filter(expression, link_type=self.link_type)
        return compare(read, self.reference, within=self.within).relation == "equivalent" and (
            self._hidden.matched_by(read) == self._hidden.wanted
        )

    def proofs(self, read: Filter) -> tuple[Proof, ...]:
        """The packets that tell a filter from the reference, at most one for each side; none where they agree."""
        return tuple(self._proofs(read, compare(read, self.reference, within=self.within)))

    def _views(self) -> Iterator["_View"]:
        """The captures on which a filter is tried: the learner's, then the hidden one, made when it is first needed."""
        yield self._shown
        yield self._hidden

    @cached_property
    def _hidden(self) -> "_View":
        capture = _hidden_capture(self._capture, self._seed)
        return _View(capture, self.reference, self.within, hidden=True)

    def _does_the_same(self, judgement: Judgement, written: WrittenCommand, comparison: Comparison) -> Judgement:
        proven = "course.equivalent_proof" if comparison.complete else "course.equivalent_test"
        summary = Message(proven, reference=self.reference, packets=f"{comparison.packets_tried:,}")
        assert judgement.read is not None
        advice = of_answer(judgement.read, self.reference, within=self.within, comparison=comparison)
        remarks = (*(each.message for each in advice), *written.remarks)
        return judgement._replace(passed=True, summary=summary, remarks=remarks)

    def _explained(
        self,
        judgement: Judgement,
        written: WrittenCommand,
        seen: bytes,
        comparison: Comparison,
        known: Iterable[Known],
    ) -> Judgement:
        """The judgement with what is probably behind the difference."""
        read = judgement.read
        assert read is not None
        readable = [(other, each) for each in known if (other := each[0].filter(self.link_type)) is not None]
        # Of several that do the same, the one with the learner's own words has the remark that fits.
        spelled = (each for other, each in readable if other.expression.split() == read.expression.split())
        alike = (each for other, each in readable if other.tree == read.tree or self._behaves_as(read, seen, other))
        for _, misconception, remark in chain(spelled, alike):
            return judgement._replace(
                misconception=misconception, remarks=(*((remark,) if remark else ()), *written.remarks)
            )
        found = of_answer(read, self.reference, within=self.within, comparison=comparison)
        if not found:
            return judgement._replace(remarks=written.remarks)
        return judgement._replace(misconception=found[0].id, remarks=(*_said(found), *written.remarks))

    def _behaves_as(self, read: Filter, seen: bytes, other: Filter) -> bool:
        """Whether a known wrong filter does what this one does."""
        # The capture is the cheap question; the lattice is asked only where it cannot tell the two apart.
        return self._shown.matched_by(other) == seen and (
            compare(read, other, within=self.within).relation == "equivalent"
        )

    def _proofs(self, read: Filter, comparison: Comparison) -> Iterator[Proof]:
        """One packet for each side they disagree on: of the capture, else one made for the purpose."""
        made = {proof.matched_by: proof.data for proof in comparison.proofs}
        for missed, side in ((False, "a"), (True, "b")):
            proof = self._shown.proof(read, missed)
            if proof is None and side in made:
                packet = Packet(0, 0, made[side], len(made[side]), self.link_type)
                proof = _unseen(packet, missed, Message("course.made_packet"), read)
            elif proof is None and comparison.relation == "equivalent":
                proof = self._hidden.proof(read, missed)
            if proof is not None:
                yield proof


@lru_cache(maxsize=32)
def filter_task(reference: str, counts: str, capture: str, seed: int | None) -> FilterTask:
    """The task of these; one that was made is kept, since its captures are the same for every answer."""
    return FilterTask(reference, counts, capture, seed)


# Exercises with several parts try each of them on the same captures.
_shown_capture = lru_cache(maxsize=8)(open_capture)
_hidden_capture = lru_cache(maxsize=8)(hidden_capture)


class _View:
    """A capture on which answers are tried: which of its packets count, and which the reference matches.

    The masks have one byte a packet, 1 or 0.
    """

    def __init__(self, capture: Capture, reference: Filter, within: Filter | None, *, hidden: bool = False) -> None:
        self._capture, self._is_hidden = capture, hidden
        self._counting = within.matches(capture) if within else bytes([1]) * len(capture)
        self.wanted = self.matched_by(reference)

    def matched_by(self, filter_: Filter) -> bytes:
        """One byte a packet: 1 where it counts and the filter matches it."""
        matched = filter_.matches(self._capture)
        return bytes(one & counts for one, counts in zip(matched, self._counting, strict=True))

    def proof(self, read: Filter, missed: bool) -> Proof | None:
        """The first packet that the answer misses, or that it should not match; None if there is none."""
        given = self.matched_by(read)
        mine, other = (self.wanted, given) if missed else (given, self.wanted)
        disputed = [index for index in range(len(mine)) if mine[index] and not other[index]]
        if not disputed:
            return None
        packet = self._capture[disputed[0]]
        if self._is_hidden:
            return _unseen(packet._replace(number=0), missed, Message("course.from_hidden"), read)
        line = line_as_read(self._capture, disputed[0])
        origin = Message("course.from_capture")
        return Proof(packet, line, missed, len(disputed), len(self._capture), origin, explain(read, packet))


def _unseen(packet: Packet, missed: bool, origin: Message, read: Filter) -> Proof:
    """A proof by a packet that the learner's capture does not hold."""
    line = Printer(PrintOptions(numeric=2, time_style=1), packet.link_type).print(packet)
    return Proof(packet, line.rstrip("\n"), missed, 0, 0, origin, explain(read, packet))


def _said(found: Sequence[Misconception]) -> Iterator[Text]:
    """What to say of the misconceptions found. Where two explain an answer, which one it is only the learner knows:
    then they are asked."""
    first = found[0]
    other = next((each for each in found if each.explanation != first.explanation), None)
    if other is not None and "impossible" not in (first.id, other.id):
        yield Message("course.which_belief", one=_question(first), other=_question(other))
        yield from (first.message, other.message)
    else:
        yield from (each.message for each in found if each.explanation == first.explanation)


def _question(misconception: Misconception) -> Message:
    """What to ask a learner to find out whether they think so."""
    if misconception.id in _ASKED:
        return Message(f"misconceptions.question.{misconception.id}")
    return Message("course.question", name=Message(f"misconceptions.name.{misconception.id}"))


def line_as_read(capture: Capture, index: int) -> str:
    """The line that `tcpdump -nn -r` prints for this packet: what came before makes sequence numbers relative."""
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    line = ""
    for position in range(index + 1):
        line = printer.print(capture[position])
    return line.rstrip("\n")


def _apart(exercise: Exercise, found: Judgement) -> tuple[Part, ...]:
    """What the answer does on the kinds of packets that the exercise reports apart, and on all others."""
    if not exercise.apart or found.read is None:
        return ()
    counts = exercise.counts
    kinds: list[tuple[Text, str]] = [(kind.name, _both(counts, kind.of)) for kind in exercise.apart]
    others = " and ".join(f"not ({kind.of})" for kind in exercise.apart)
    parts = []
    for name, within in [(Message("course.apart_others"), _both(counts, others)), *kinds]:
        task = filter_task(exercise.solution, within, exercise.capture, exercise.seed)
        parts.append(Part(name, task.agrees(found.read)))
    return tuple(parts)


def _both(counts: str, of: str) -> str:
    return f"({counts}) and ({of})" if counts else of


def _reading(expression: str, read: Filter) -> str:
    canonical = str(read)
    return "" if canonical == " ".join(expression.split()) else canonical


def _relation(given: bytes, wanted: bytes) -> Relation:
    """The relation over a capture alone, for when the lattice sees none."""
    pairs = set(zip(given, wanted, strict=True))
    if (1, 0) in pairs and (0, 1) in pairs:
        return "overlapping" if (1, 1) in pairs else "disjoint"
    return "wider" if (1, 0) in pairs else "narrower" if (0, 1) in pairs else "equivalent"
