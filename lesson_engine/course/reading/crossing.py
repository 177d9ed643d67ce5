"""Questions on two captures of one connection, at the client and at the server: where its packets get lost.

`capture` is the client's, `against` the server's. A segment is the same in both by its endpoints, sequence and
acknowledgment numbers.
"""

from lesson_engine.conversations.connection import Connection, connections
from lesson_engine.course.questions import Question
from lesson_engine.course.reading.choice import Choice
from lesson_engine.course.reading.evidence import Need, Support
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.messages import Message


def read_lost(question: Question, scenes: Scenes) -> Choice:
    """`crossing`: way_there (the SYN does not arrive), server (it arrives and is not answered), way_back (the answer
    leaves and does not arrive). Raises LookupError where nothing is lost, or the captures have nothing in common."""
    client, server = scenes[question.capture], scenes[question.against]
    at_client = _connection(client, question.of)
    at_server = _connection(server, question.of, at_client)
    assert at_client is not None
    if at_server is None:
        return Choice(question, "way_there")
    arrived = {(each.source, each.sequence, each.acknowledgment) for each in at_client.segments}
    answers = at_server.handshake.syn_ack if at_server.handshake else ()
    if not answers:
        return Choice(question, "server", (), server.quoted(at_server.segments[0].number))
    if any((each.source, each.sequence, each.acknowledgment) in arrived for each in answers):
        raise LookupError(f"{client.name}: the SYN-ACK of {server.name} is there")
    return Choice(question, "way_back", (), server.quoted(answers[0].number))


def read_evidence(question: Question, scenes: Scenes) -> Support:
    """`crossing.evidence`: the packets of `capture` that show it, `against` the other capture: at the server the SYN
    that arrived and the SYN-ACK that left, at the client the SYNs that nobody answered."""
    scene, other = scenes[question.capture], scenes[question.against]
    found = _connection(scene, question.of, _connection(other, question.of))
    if found is None or found.handshake is None:
        raise LookupError(f"{scene.name}: not the connection of {other.name}")
    syns, answers = (
        frozenset(segment.number for segment in step) for step in (found.handshake.syn, found.handshake.syn_ack)
    )
    needs = [Need(syns, 1, Message("reading.needs_the_syn"))]
    if answers:
        needs.append(Need(answers, 1, Message("reading.needs_the_syn_ack")))
    return Support(question, scene, needs, syns | answers)


READERS = {"crossing": read_lost, "crossing.evidence": read_evidence}


def _connection(scene: Scene, expression: str, like: Connection | None = None) -> Connection | None:
    """The one connection that the filter picks; with `like`, the one with its SYN, or None. Raises LookupError."""
    found = [each for each in connections(scene.select(expression)) if each.handshake and each.handshake.syn]
    if like is not None:
        return next((each for each in found if _syn(each) == _syn(like)), None)
    if len(found) != 1:
        raise LookupError(f"{scene.name}: {expression} picks {len(found)} connections")
    return found[0]


def _syn(connection: Connection) -> tuple[object, ...]:
    handshake = connection.handshake
    return (connection.client, connection.server, handshake.syn[0].sequence if handshake else None)
