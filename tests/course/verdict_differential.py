"""Verdicts on mutants of the course's filters, with libpcap as the judge over random packets.

A verdict is false if it accepts a mutant that libpcap tells from the reference on some packet that counts, or
refuses one with a proof that libpcap does not confirm. Packets are whole Ethernet frames, and those of the capture.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from filter_oracle import Oracle, RefusedError
from lattice_pairs import Pairs

from lesson_engine.course.behaviour import FilterTask, filter_task
from lesson_engine.course.captures import hidden_capture, open_capture
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.mutants import mutants, references
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.written import commands_of
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.packets.linktype import EN10MB

RANDOM_PACKETS = 1200
COURSE_HOSTS = "192.168.1.50 192.168.1.51 192.168.1.100 192.168.1.1 93.184.216.34 192.168.2.50".split()  # noqa: SIM905


class FalseVerdict(NamedTuple):
    """A verdict that libpcap contradicts: `accepted` wrongly, or refused without a packet that shows why."""

    exercise: str
    reference: str
    mutant: str
    accepted: bool
    packet: str


class CoursePairs(Pairs):
    """Mutants and packets with the hosts of the course's network."""

    def _address(self) -> bytes:
        if self.chance.random() < 0.3:
            return super()._address()
        return bytes(map(int, self.chance.choice(COURSE_HOSTS).split(".")))


class Subject:
    """One reference of the course with what judges its mutants: the packets that count, and libpcap's word on them."""

    def __init__(self, exercise: Exercise, line: str, counts: str, packets: list[bytes]) -> None:
        self.exercise = exercise
        self.task: FilterTask = filter_task(line, counts, exercise.capture, None)
        self.expression = commands_of(line)[0].expression or ""
        counting = Oracle(counts, EN10MB)
        self.packets = [packet for packet in packets if counting.matches(packet)]
        self._counting, self._oracle = counting, Oracle(self.expression, EN10MB)
        self._wanted = [self._oracle.matches(packet) for packet in self.packets]

    def false_verdict(self, mutant: str) -> FalseVerdict | None:
        """What is false in the verdict on `mutant`, if anything is. Raises RefusedError where libpcap refuses it."""
        oracle = Oracle(mutant, EN10MB)
        read = Filter(mutant, link_type=EN10MB)
        matched = map(oracle.matches, self.packets)
        pairs = zip(self.packets, matched, self._wanted, strict=True)
        shown = next((packet for packet, one, other in pairs if one is not other), None)
        if self.task.agrees(read):
            return self._false(mutant, True, shown) if shown is not None else None
        for proof in self.task.proofs(read):
            data = proof.packet.data
            given, wanted = oracle.matches(data), self._oracle.matches(data)
            if not self._counting.matches(data) or (given, wanted) != (not proof.missed, proof.missed):
                return self._false(mutant, False, data)
        return None if self.task.proofs(read) else self._false(mutant, False, b"")

    def _false(self, mutant: str, accepted: bool, packet: bytes) -> FalseVerdict:
        return FalseVerdict(self.exercise.id, self.expression, mutant, accepted, packet.hex())


def subjects(packets: list[bytes]) -> list[Subject]:
    """Every filter that the course grades by behaviour."""
    exercises = [load_exercise(each) for each in load_syllabus().exercises]
    return [
        Subject(exercise, line, counts, packets)
        for exercise in exercises
        for _, _, line, counts in references(exercise)
    ]


def false_verdicts(seed: int, pairs: int, counts: Counter[str]) -> Iterator[FalseVerdict]:
    """The false verdicts among so many different pairs; `counts` learns of what was compared.

    Half are the systematic mutants of the references, while there are any; the others random ones of references and
    of right answers.
    """
    source = CoursePairs(seed)
    packets = [packet.data for packet in (*open_capture("mix"), *hidden_capture("mix"))]
    packets += [source.packet() for _ in range(RANDOM_PACKETS)]
    asked: set[tuple[str, str, str]] = set()
    for subject, mutant in _pairs(source, subjects(packets)):
        key = subject.exercise.id, subject.expression, mutant
        if counts["pairs"] >= pairs:
            return
        if key in asked or mutant == subject.expression:
            continue
        asked.add(key)
        try:
            found = subject.false_verdict(mutant)
        except (RefusedError, FilterSyntaxError):
            counts["refused"] += 1
            continue
        counts["pairs"] += 1
        counts["packets"] += len(subject.packets)
        counts["accepted"] += subject.task.agrees(Filter(mutant, link_type=EN10MB))
        if found is not None:
            yield found


def _pairs(source: CoursePairs, everything: list[Subject]) -> Iterator[tuple[Subject, str]]:
    chance = source.chance
    systematic = [(subject, str(mutant)) for subject in everything for mutant in mutants(subject.task.reference)]
    chance.shuffle(systematic)
    while True:
        if systematic and chance.random() < 0.5:
            yield systematic.pop()
        else:
            subject = chance.choice(everything)
            yield subject, _random_mutant(source, subject)


def _random_mutant(source: CoursePairs, subject: Subject) -> str:
    """A reference or a right answer with up to three changes; often it still does the same."""
    texts = [subject.expression]
    if subject.exercise.kind == "filter":
        texts += [commands_of(answer)[0].expression or "" for answer in subject.exercise.right]
    mutant = source.chance.choice(texts)
    for _ in range(source.chance.choice((0, 1, 1, 1, 2, 3))):
        mutant = source.mutant(mutant)
    return mutant
