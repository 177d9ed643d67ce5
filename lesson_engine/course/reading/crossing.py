"""Questions on two captures of one connection, at the client and at the server: where its packets get lost.

`conversations.vantage` joins them packet by packet; which of the two is the client's follows from that.
"""

from lesson_engine.conversations.tcp import ACK, SYN, Segment
from lesson_engine.conversations.vantage import Crossing, join
from lesson_engine.course.questions import Question
from lesson_engine.course.reading.choice import Choice
from lesson_engine.course.reading.evidence import Need, Support
from lesson_engine.course.reading.handshakes import kind_of
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.messages import Message


def read_lost(question: Question, scenes: Scenes) -> Choice:
    """`crossing`: way_there (the SYN does not arrive), server (it arrives and is not answered), way_back (the answer
    leaves and does not arrive). Raises LookupError where neither is so."""
    scene, other = scenes[question.capture], scenes[question.against]
    crossing = _crossing(question, scene, other)
    client, server = (scene, other) if crossing.client_point == 0 else (other, scene)
    there = [segment for segment in crossing.lost_to_server if kind_of(segment) == "syn"]
    back = [segment for segment in crossing.lost_to_client if kind_of(segment) == "syn_ack"]
    arrived = _steps(server, question, crossing)
    if there and not arrived:
        return Choice(question, "way_there", (), client.quoted(there[0].number))
    if back:
        return Choice(question, "way_back", (), server.quoted(back[0].number))
    if arrived and all(kind_of(segment) == "syn" for segment in arrived):
        return Choice(question, "server", (), server.quoted(arrived[0].number))
    raise LookupError(f"{scene.name} and {other.name}: no SYN and no answer to one is lost between them")


def read_evidence(question: Question, scenes: Scenes) -> Support:
    """`crossing.evidence`: the packets of `capture` that show it, `against` the other capture: at the server the SYN
    that arrived and the SYN-ACK that left, at the client the SYNs that nobody answered."""
    scene = scenes[question.capture]
    steps = _steps(scene, question, _crossing(question, scene, scenes[question.against]))
    syns = frozenset(segment.number for segment in steps if not segment.flags & ACK)
    answers = frozenset(segment.number for segment in steps if segment.flags & ACK)
    needs = [Need(syns, 1, Message("reading.needs_the_syn"))]
    if answers:
        needs.append(Need(answers, 1, Message("reading.needs_the_syn_ack")))
    return Support(question, scene, needs, syns | answers)


READERS = {"crossing": read_lost, "crossing.evidence": read_evidence}


def _crossing(question: Question, scene: Scene, other: Scene) -> Crossing:
    """The one connection that the filter picks in both captures. Raises LookupError."""
    found = join(scene.select(question.of), other.select(question.of))
    if len(found) != 1:
        raise LookupError(f"{scene.name} and {other.name}: {question.of} picks {len(found)} connections")
    return found[0]


def _steps(scene: Scene, question: Question, crossing: Crossing) -> list[Segment]:
    """The SYNs and SYN-ACKs of the connection in one of its captures."""
    ends = {crossing.client, crossing.server}
    segments = map(scene.segment, scene.select(question.of).numbers)
    return [each for each in segments if each and each.flags & SYN and {each.source, each.destination} == ends]
