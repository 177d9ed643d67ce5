"""Questions on what happened to a connection, which packets show it, who did it, and what the capture cannot tell.

What is right is what `conversations.symptoms` finds for the one connection that the question's filter picks.
"""

from typing import NamedTuple

from lesson_engine.conversations.symptoms import Symptom, symptoms
from lesson_engine.conversations.tcp import RST, shown_address
from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.choice import Choice
from lesson_engine.course.reading.evidence import Need, Support
from lesson_engine.course.reading.finding import Mistake, Values
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.messages import Message

CANNOT_TELL = "cannot_tell"
"""The option that says that this capture does not decide it."""

_OUTCOMES = {"no_answer": "silent", "refused": "refused", "rejected": "rejected", "host_not_there": "not_there"}
_CONFUSED = {
    ("rejected", "refused"): "refused-means-rst",
    ("rejected", "silent"): "hides-icmp",
    ("silent", "open"): "syn-is-not-open",
}
"""What happened, what it is taken for, and the misconception."""


class Case(NamedTuple):
    """A symptom, where it was found, and in one word how the attempt to connect came out."""

    scene: Scene
    symptom: Symptom
    outcome: str


def read_symptom(question: Question, scenes: Scenes) -> Choice:
    """`symptom`: open, refused (RST), rejected (ICMP) or silent."""
    case = _case(question, scenes)
    mistakes = [
        Mistake(taken, misconception, Message(f"reading.{misconception.replace('-', '_')}", by=_by(case)))
        for (outcome, taken), misconception in _CONFUSED.items()
        if outcome == case.outcome
    ]
    return Choice(question, case.outcome, mistakes, case.scene.quoted(decisive(case)))


def read_evidence(question: Question, scenes: Scenes) -> Support:
    """`symptom.evidence`: the packets that show how the attempt came out."""
    return support(question, _case(question, scenes))


def support(question: Question, case: Case) -> Support:
    """The packets that show how an attempt to connect came out. Raises LookupError where there are not enough."""
    allowed = frozenset(case.symptom.evidence)
    if case.outcome == "silent":
        return Support(question, case.scene, [Need(allowed, 2, Message("reading.one_syn_is_no_silence"))], allowed)
    if case.outcome == "not_there":
        return Support(question, case.scene, [Need(allowed, 2, Message("reading.one_question_is_no_silence"))], allowed)
    connection = case.symptom.connection
    if case.outcome == "open" and connection is not None and connection.handshake is not None:
        handshake = connection.handshake
        answers = frozenset(segment.number for segment in handshake.syn_ack)
        allowed = frozenset(segment.number for segment in handshake.segments)
        return Support(question, case.scene, [Need(answers, 1, Message("reading.needs_the_answer"))], allowed)
    answers = frozenset({decisive(case)})
    return Support(question, case.scene, [Need(answers, 1, Message("reading.needs_the_answer"))], allowed)


def read_by(question: Question, scenes: Scenes) -> Values:
    """`symptom.by`: the address of who refused or rejected. Raises LookupError where nobody did."""
    case = _case(question, scenes)
    if case.symptom.by is None:
        raise LookupError(f"{case.scene.name}: nobody answered in {question.of}")
    line = case.scene.quoted(decisive(case))
    server, client = (shown_address(end.address) for end in (case.symptom.server, case.symptom.client))
    mistakes = [
        Mistake(server, "rejected-by-server", Message("reading.rejected_by_server", by=_by(case), server=server)),
        Mistake(client, "direction-swapped", Message("reading.client_is_told", client=client)),
    ]
    rule = Message("reading.who_sent_it")
    return Values(question, forms.address, [_by(case)], mistakes, line=line, rule=rule)


def read_cause(question: Question, scenes: Scenes) -> Choice:
    """`symptom.cause`: where the fault is, as far as this capture tells: on the way, or it cannot tell."""
    case = _case(question, scenes)
    on_the_way = case.outcome == "rejected" and case.symptom.by != case.symptom.server.address
    return Choice(question, "on_the_way" if on_the_way else CANNOT_TELL, (), case.scene.quoted(decisive(case)))


def read_next(question: Question, scenes: Scenes) -> Choice:
    """`symptom.next`: at whose place to capture next: the server's, the client's, or another's."""
    case = _case(question, scenes)
    if not case.symptom.next_captures:
        raise LookupError(f"{case.scene.name}: nowhere else to look in {question.of}")
    at = case.symptom.next_captures[0].at
    places = {case.symptom.client.address: "client", case.symptom.server.address: "server"}
    return Choice(question, "elsewhere" if at is None else places.get(at, "elsewhere"))


READERS = {
    "symptom": read_symptom,
    "symptom.evidence": read_evidence,
    "symptom.by": read_by,
    "symptom.cause": read_cause,
    "symptom.next": read_next,
}


def _case(question: Question, scenes: Scenes) -> Case:
    """Raises LookupError unless the filter picks one conversation."""
    scene = scenes.of(question)
    found = symptoms(scene.select(question.of))
    if len(found) != 1:
        raise LookupError(f"{scene.name}: {question.of} picks {len(found)} conversations")
    return case_of(scene, found[0])


def case_of(scene: Scene, symptom: Symptom) -> Case:
    """How the attempt to connect that has this symptom came out. Raises LookupError where it is no such case."""
    is_open = symptom.connection is not None and symptom.connection.is_established
    outcome = "open" if is_open else _OUTCOMES.get(symptom.kind)
    if outcome is None:
        raise LookupError(f"{scene.name}: no question is asked about {symptom.kind}")
    return Case(scene, symptom, outcome)


def decisive(case: Case) -> int:
    """The packet that decides it: the SYN-ACK, the RST, the ICMP error; of silence, the last SYN or ARP request.
    Raises LookupError where none does."""
    connection = case.symptom.connection
    if case.outcome == "open" and connection is not None and connection.handshake is not None:
        return connection.handshake.syn_ack[0].number
    if case.outcome in ("silent", "not_there"):
        return case.symptom.evidence[-1]
    for number in case.symptom.evidence:
        segment = case.scene.segment(number)
        if segment is None or segment.flags & RST:
            return number
    raise LookupError(f"{case.scene.name}: no packet decides it")


def _by(case: Case) -> str:
    return "" if case.symptom.by is None else shown_address(case.symptom.by)
