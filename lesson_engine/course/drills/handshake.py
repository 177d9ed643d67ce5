"""The three-way handshake: which line is whose SYN, SYN-ACK or ACK, what comes next, and whether it was completed.

Right answers are found by `conversations.handshake` among the very packets that are shown. RFC 9293, 3.5.

>>> question = KINDS["which-syn_ack"](Random(1))
>>> "Flags [S.]" in question.lines[int(question.accepted[0]) - 1]
True
"""

from collections.abc import Callable
from functools import partial
from random import Random

from lesson_engine.conversations.connection import find_handshakes
from lesson_engine.course.drills.openings import Opening, Outcome, with_outcome
from lesson_engine.course.drills.question import Choice, Question, offer
from lesson_engine.course.drills.scenes import brief
from lesson_engine.messages import Message

_STEPS = ("syn", "syn_ack", "ack")
_ENDINGS: tuple[Outcome, ...] = ("complete", "half", "silent")


def _which(step: str, chance: Random) -> Question:
    """Which of these lines is this step of this connection's handshake?"""
    opening = chance.choice([each for each in with_outcome("complete") if each.capture == "mix"])
    handshake = opening.handshake
    own = {segment.number for segment in opening.connection.segments}
    strangers = [each for each in with_outcome("complete") if each.capture == "mix" and each != opening]
    shown = {*opening.steps, *chance.sample(sorted(own - {*opening.steps}), 2), *chance.choice(strangers).steps}
    scene = brief("mix").numbered(sorted(shown))
    (found,) = (
        each
        for each in find_handshakes(scene.packets)
        if (each.client, each.server) == (handshake.client, handshake.server)
    )
    numbers = [packet.number for packet in scene.packets]
    places = [str(numbers.index(segment.number) + 1) for segment in getattr(found, step)]
    return Question(
        "handshake",
        f"which-{step}",
        Message(f"drills.handshake.which_{step}", client=found.client, server=found.server),
        "packet",
        tuple(places),
        Message(f"drills.handshake.which_{step}_explained"),
        Message("drills.handshake.which_hint"),
        lines=scene.lines,
        packets=scene.packets,
        proof=tuple(map(int, places)),
    )


def _next(step: int, chance: Random) -> Question:
    """Which line comes next in this handshake?"""
    opening, stranger = chance.sample(with_outcome("complete"), 2)
    scene = brief(opening.capture)
    numbers = opening.steps
    later = [each.number for each in opening.connection.segments if each.number not in numbers]
    other = brief(stranger.capture).lines[stranger.steps[step] - 1]
    offered = [
        Choice(other, Message("drills.handshake.other_connection")),
        Choice(scene.lines[numbers[3 - step] - 1], Message(f"drills.handshake.not_after_{_STEPS[step - 1]}")),
        Choice(scene.lines[chance.choice(later) - 1], Message("drills.handshake.too_late")),
    ]
    right = scene.lines[numbers[step] - 1]
    choices, accepted = offer(chance, Choice(right), [each for each in offered if each.shown != right])
    shown = scene.numbered(numbers[:step])
    return Question(
        "handshake",
        f"next-{_STEPS[step - 1]}",
        Message("drills.handshake.next"),
        "choice",
        accepted,
        Message(f"drills.handshake.after_{_STEPS[step - 1]}"),
        Message("drills.handshake.next_hint"),
        lines=shown.lines,
        packets=shown.packets,
        choices=choices,
    )


def _ack_number(chance: Random) -> Question:
    """Which number does the SYN-ACK acknowledge?"""
    opening = chance.choice(with_outcome("complete"))
    syn = opening.handshake.syn[0]
    scene = brief(opening.capture).numbered((syn.number,))
    return Question(
        "handshake",
        "ack-number",
        Message("drills.handshake.ack_number"),
        "value",
        (str(syn.next_sequence),),
        Message("drills.handshake.ack_number_explained", sequence=syn.sequence, next=syn.next_sequence),
        Message("drills.handshake.ack_number_hint"),
        lines=scene.lines,
        packets=scene.packets,
    )


def _complete(outcome: Outcome, chance: Random) -> Question:
    """Is this handshake complete?"""
    opening = chance.choice(with_outcome(outcome))
    scene = brief(opening.capture).numbered(opening.numbers[:4])
    wrong = [
        Choice(Message(f"drills.handshake.{each}"), Message(f"drills.handshake.if_{each}"))
        for each in chance.sample(_ENDINGS, len(_ENDINGS))
        if each != outcome
    ]
    choices, accepted = offer(chance, Choice(Message(f"drills.handshake.{outcome}")), wrong)
    return Question(
        "handshake",
        f"is-{outcome}",
        Message("drills.handshake.complete_or_not"),
        "choice",
        accepted,
        Message(f"drills.handshake.{outcome}_explained"),
        Message("drills.handshake.complete_or_not_hint"),
        lines=scene.lines,
        packets=scene.packets,
        choices=choices,
    )


def _count(kind: str, chance: Random) -> Question:
    """How many attempts to connect, or established connections, are in these lines?"""
    repeated = [each for each in with_outcome("silent") if each.capture == "mix" and len(each.handshake.syn) > 1]
    complete = [each for each in with_outcome("complete") if each.capture == "mix"]
    if kind == "attempts":
        chosen = [chance.choice(repeated), *chance.sample(complete, chance.randint(1, 2))]
        numbers = {syn.number for each in chosen for syn in each.handshake.syn}
    else:
        chosen = chance.sample(complete, 2)
        numbers = {number for each in chosen for number in each.steps}
        # Without its ACK, or with a SYN that nobody answered, there is one less.
        numbers -= {chosen[0].handshake.ack[0].number} if chance.random() < 0.5 else set()
        numbers |= {chance.choice(repeated).handshake.syn[0].number}
    scene = brief("mix").numbered(sorted(numbers))
    found = find_handshakes(scene.packets)
    value = len(found) if kind == "attempts" else sum(each.is_complete for each in found)
    return Question(
        "handshake",
        kind,
        Message(f"drills.handshake.{kind}"),
        "value",
        (str(value),),
        Message(f"drills.handshake.{kind}_explained"),
        Message(f"drills.handshake.{kind}_hint"),
        lines=scene.lines,
        packets=scene.packets,
    )


def _first_data(opening: Opening) -> tuple[int, ...]:
    """The number of the first packet with data, if there is one."""
    return tuple(segment.number for segment in opening.connection.segments if segment.payload_length)[:1]


def _order(chance: Random) -> Question:
    """In which order were these packets sent?"""
    opening = chance.choice([each for each in with_outcome("complete") if _first_data(each)])
    right: tuple[int, ...] = (*opening.steps, *_first_data(opening))
    shuffled = right
    while shuffled == right:
        shuffled = tuple(chance.sample(right, len(right)))
    scene = brief(opening.capture, times=False).numbered(shuffled)
    return Question(
        "handshake",
        "order",
        Message("drills.handshake.order"),
        "order",
        (" ".join(str(shuffled.index(number) + 1) for number in right),),
        Message("drills.handshake.order_explained"),
        Message("drills.handshake.order_hint"),
        lines=scene.lines,
        packets=scene.packets,
    )


def _client(chance: Random) -> Question:
    """Who asked for the connection, seen from the SYN-ACK alone?"""
    opening = chance.choice(with_outcome("complete"))
    handshake = opening.handshake
    scene = brief(opening.capture).numbered(opening.steps[1:2])
    wrong = [
        Choice(str(handshake.server), Message("drills.handshake.server_answers")),
        Choice(Message("drills.cannot_tell"), Message("drills.handshake.can_tell_client")),
    ]
    choices, accepted = offer(chance, Choice(str(handshake.client)), wrong)
    return Question(
        "handshake",
        "client",
        Message("drills.handshake.client"),
        "choice",
        accepted,
        Message("drills.handshake.client_explained", client=handshake.client, server=handshake.server),
        Message("drills.handshake.client_hint"),
        lines=scene.lines,
        packets=scene.packets,
        choices=choices,
    )


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"which-{step}": partial(_which, step) for step in _STEPS},
    "next-syn": partial(_next, 1),
    "next-syn_ack": partial(_next, 2),
    "ack-number": _ack_number,
    **{f"is-{outcome}": partial(_complete, outcome) for outcome in _ENDINGS},
    "attempts": partial(_count, "attempts"),
    "established": partial(_count, "established"),
    "order": _order,
    "client": _client,
}
"""Kind of question to what makes one of it."""
