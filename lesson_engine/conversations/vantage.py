"""One conversation seen from two capture points: which packets passed both, and which were lost or made in between.

Packets are joined one by one: by their endpoints, numbers, flags and window, by the time stamp option, and over IPv4
by the identification (RFC 791; 0 where a host gives none, RFC 6864). No address may be translated between the points.
A retransmission is another packet than the first copy where one of these tells them apart; else the copies are
joined in order. Data that a network card cut or merged between the points counts as passed.

The clocks of the points need not agree: the difference is taken from the joined packets. What was captured while
the other point has no packet yet, or none any more, proves nothing. Which point is nearer to the client is read from
the hop limits, else from the times; where neither tells, the first is taken to be.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> (crossing,) = join(*(Capture.open(capture_path(f"lost_reply_{side}")) for side in ("client", "server")))
>>> crossing.passed, [segment.number for segment in crossing.lost_to_client], crossing.lost_to_server
(4, [2, 3, 5, 6, 8, 9], ())
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from lesson_engine.conversations.symptom import NextCapture, Symptom
from lesson_engine.conversations.symptoms import Diagnosis
from lesson_engine.conversations.tcp import ACK, RST, SYN, Endpoint, Segment, is_before, shown_address
from lesson_engine.messages import Message
from lesson_engine.packets import Packet

_TIME_STAMP = 8
_Ends = frozenset[Endpoint]
_Pairs = list[tuple[Segment, Segment]]


class Crossing(NamedTuple):
    """What became of one connection's packets between two points. `passed` were seen at both. The lost ones were
        sent into the part between the points and did not come out; the made ones came out and had not been sent. Their
        numbers are those of the capture in which they are. `untold` counts packets of which the other capture knows
        nothing, as it had not begun or was over. `is_clock_known`: whether any packet was seen at both points, which is
    what `ahead_ns` is taken from: how far the second clock is ahead, the way included. `joined` has the packets seen at
    both, of each capture one, and `unjoined` the others of each that are neither lost nor made: untold ones, and data
    that was cut or merged."""

    client: Endpoint
    server: Endpoint
    passed: int
    lost_to_server: tuple[Segment, ...]
    lost_to_client: tuple[Segment, ...]
    made_to_server: tuple[Segment, ...]
    made_to_client: tuple[Segment, ...]
    untold: int
    client_point: int
    is_clock_known: bool
    ahead_ns: int
    joined: tuple[tuple[Segment, Segment], ...]
    unjoined: tuple[tuple[Segment, ...], tuple[Segment, ...]]


class _Point:
    """What one capture has: its span of time, its symptoms, who is client and server, and the segments between each
    two ends."""

    def __init__(self, packets: Iterable[Packet]) -> None:
        held = list(packets)
        times = [packet.time_ns for packet in held]
        self.begin, self.end = min(times, default=0), max(times, default=0)
        self.diagnosis = Diagnosis()
        self.diagnosis.feed(held)
        self.sides: dict[_Ends, tuple[Endpoint, Endpoint]] = {}
        self.segments: dict[_Ends, list[Segment]] = {}
        for connection in self.diagnosis.connections():
            ends = frozenset((connection.client, connection.server))
            self.sides.setdefault(ends, (connection.client, connection.server))
            self.segments.setdefault(ends, []).extend(connection.segments)


def join(first: Iterable[Packet], second: Iterable[Packet]) -> list[Crossing]:
    """The connections of two captures that were taken at the same time at two points, in the order of the first
    capture, then of the second where only that has them."""
    return _join(_Point(first), _Point(second))


def symptoms_between(first: Iterable[Packet], second: Iterable[Packet]) -> list[Symptom]:
    """What happened between the two points, the worst first. Conversations that were not harmed there have the symptom
    that one capture shows, and what the other knows of them."""
    points = _Point(first), _Point(second)
    crossings = {frozenset((each.client, each.server)): each for each in _join(*points)}
    between = {ends: _symptoms_of(crossing) for ends, crossing in crossings.items()}
    found = [symptom for several in between.values() for symptom in several]
    for number, point in enumerate(points):
        for symptom in point.diagnosis.symptoms():
            ends = frozenset((symptom.client, symptom.server))
            if not between.get(ends) and not (number == 1 and ends in points[0].sides):
                found.append(_with_other_view(symptom, crossings.get(ends), number))
    return sorted(found, key=lambda symptom: (symptom.severity, symptom.point, symptom.evidence[:1]))


def _with_other_view(symptom: Symptom, crossing: Crossing | None, point: int) -> Symptom:
    """The symptom that one capture shows, with what the other knows of it."""
    known = symptom.known
    if crossing is not None and crossing.passed:
        known += (Message("conversations.known.seen_at_both", count=crossing.passed),)
    elif crossing is not None:
        known += (Message("conversations.known.seen_at_one"),)
    return symptom._replace(known=known, point=point)


def _join(first: _Point, second: _Point) -> list[Crossing]:
    sides = second.sides | first.sides
    pairs: dict[_Ends, _Pairs] = {ends: [] for ends in (*first.sides, *second.sides)}
    doubtful = []
    for ends, found in pairs.items():
        theirs = _by_key(second.segments.get(ends, []))
        for key, ours in _by_key(first.segments.get(ends, [])).items():
            copies = theirs.get(key, [])
            if len(ours) == len(copies):
                found += zip(ours, copies, strict=True)
            elif copies:
                doubtful.append((found, ours, copies))
    certain = [pair for found in pairs.values() for pair in found]
    ahead = _ahead(certain)
    for found, ours, copies in doubtful:
        found += _nearest(ours, copies, ahead)
    is_clock_known = bool(certain or doubtful)
    return [_crossing(sides[ends], first, second, found, ahead, is_clock_known) for ends, found in pairs.items()]


def _by_key(segments: list[Segment]) -> dict[tuple[object, ...], list[Segment]]:
    """The segments by what they have in common at both points; copies stay in order."""
    found: dict[tuple[object, ...], list[Segment]] = {}
    for segment in segments:
        key = (*segment[2:9], segment.identification, segment.option(_TIME_STAMP))
        found.setdefault(key, []).append(segment)
    return found


def _ahead(pairs: _Pairs) -> int:
    """By how many nanoseconds the second clock is ahead, the way included."""
    return _median([there.time_ns - here.time_ns for here, there in pairs]) if pairs else 0


def _median(values: list[int]) -> int:
    """The middle one; of two, the lower."""
    return sorted(values)[(len(values) - 1) // 2]


def _nearest(ours: list[Segment], theirs: list[Segment], ahead: int) -> _Pairs:
    """Pairs of copies that cannot be told apart: each of the fewer with the one nearest in time that is left."""
    turned = len(ours) > len(theirs)
    few, many = (theirs, list(ours)) if turned else (ours, list(theirs))
    shift = -ahead if turned else ahead
    pairs = []
    for one in few:
        other = min(many, key=lambda each: abs(each.time_ns - one.time_ns - shift))
        many.remove(other)
        pairs.append((other, one) if turned else (one, other))
    return pairs


def _crossing(
    sides: tuple[Endpoint, Endpoint], first: _Point, second: _Point, pairs: _Pairs, ahead: int, is_clock_known: bool
) -> Crossing:
    client, server = sides
    ends = frozenset(sides)
    joined = [{pair[number].number for pair in pairs} for number in (0, 1)]
    here, there = (
        [segment for segment in point.segments.get(ends, []) if segment.number not in joined[number]]
        for number, point in enumerate((first, second))
    )
    alone_here, alone_there = here, there
    here, there = _not_cut(here, there), _not_cut(there, here)
    alone = (
        [segment for segment in here if second.begin <= segment.time_ns + ahead <= second.end],
        [segment for segment in there if first.begin <= segment.time_ns - ahead <= first.end],
    )
    near = _client_point(client, pairs)
    from_client, from_server = (
        [tuple(segment for segment in seen if segment.source == side) for seen in alone] for side in sides
    )
    return Crossing(
        client,
        server,
        len(pairs),
        from_client[near],
        from_server[1 - near],
        from_client[1 - near],
        from_server[near],
        len(here) + len(there) - sum(map(len, alone)),
        near,
        is_clock_known,
        ahead,
        tuple(pairs),
        (_without(alone_here, alone[0]), _without(alone_there, alone[1])),
    )


def _without(segments: list[Segment], others: list[Segment]) -> tuple[Segment, ...]:
    numbers = {segment.number for segment in others}
    return tuple(segment for segment in segments if segment.number not in numbers)


def _not_cut(segments: list[Segment], others: list[Segment]) -> list[Segment]:
    """Those whose data is not all in `others`, cut or merged: a card does that to segments of one direction."""
    return [segment for segment in segments if not segment.payload_length or not _is_covered(segment, others)]


def _is_covered(segment: Segment, others: list[Segment]) -> bool:
    at, end = segment.sequence, (segment.sequence + segment.payload_length) & 0xFFFFFFFF
    data = [each for each in others if each.source == segment.source and each.payload_length]
    while is_before(at, end):
        reached = [
            (each.sequence + each.payload_length) & 0xFFFFFFFF
            for each in data
            if not is_before(at, each.sequence) and is_before(at, (each.sequence + each.payload_length) & 0xFFFFFFFF)
        ]
        if not reached:
            return False
        at = reached[0]
    return True


def _client_point(client: Endpoint, pairs: _Pairs) -> int:
    """0 if the first point is nearer to the client, else 1."""
    hops = 0
    delays: dict[bool, list[int]] = {True: [], False: []}
    for here, there in pairs:
        forth = here.source == client
        hops += (here.hop_limit - there.hop_limit) * (1 if forth else -1)
        delays[forth].append(there.time_ns - here.time_ns)
    if hops:
        return 0 if hops > 0 else 1
    if delays[True] and delays[False]:
        return 0 if _median(delays[True]) >= _median(delays[False]) else 1
    return 0


def _symptoms_of(crossing: Crossing) -> list[Symptom]:
    client, server = crossing.client, crossing.server
    near = crossing.client_point
    found: list[Symptom] = []
    if not crossing.passed and (crossing.made_to_client or crossing.made_to_server):
        # Nothing is in both captures, and one of them has what the other ought to have seen leave: it took another
        # way, or the other capture has left it out.
        return found
    for lost, to, point in (
        (crossing.lost_to_server, server, near),
        (crossing.lost_to_client, client, 1 - near),
    ):
        if lost:
            known = Message("conversations.known.lost_between", to=to, lost=len(lost), passed=crossing.passed)
            found.append(_between("lost_between", crossing, lost, point, known))
    for made, by, point in (
        (crossing.made_to_client, server, near),
        (crossing.made_to_server, client, 1 - near),
    ):
        if made:
            kinds = Message(f"conversations.flags.{_kind(made)}")
            known = Message("conversations.known.made_between", by=by, made=len(made), kinds=kinds)
            found.append(_between("made_between", crossing, made, point, known))
    return found


def _kind(made: Sequence[Segment]) -> str:
    if all(segment.flags & RST for segment in made):
        return "rst"
    return "syn_ack" if all(segment.flags & (SYN | ACK) == SYN | ACK for segment in made) else "any"


def _between(
    kind: Literal["lost_between", "made_between"],
    crossing: Crossing,
    segments: Sequence[Segment],
    point: int,
    known: Message,
) -> Symptom:
    client, server = crossing.client, crossing.server
    more = (Message("conversations.known.untold", count=crossing.untold),) if crossing.untold else ()
    unknown = [Message(f"conversations.unknown.{kind}")]
    if not crossing.is_clock_known:
        unknown.append(Message("conversations.unknown.clock"))
    expression = (
        f"host {shown_address(client.address)} and host {shown_address(server.address)} and tcp port {server.port}"
    )
    command = f"sudo tcpdump -nn -i any '{expression}'"
    return Symptom(
        kind,
        client,
        server,
        tuple(segment.number for segment in segments),
        (known, *more),
        tuple(unknown),
        (NextCapture(None, command, Message("conversations.next.between")),),
        point=point,
    )
