"""What a capture of a failed connection shows, what it cannot tell, and where to capture next.

The symptom is read off the packets; "this capture cannot tell" is a right answer where two causes look the same in
it. RFC 9293, 3.5.2 (RST); RFC 792 (ICMP errors). Nothing relies on the times between retransmissions, which are the
kernel's choice.

>>> KINDS["what-silent"](Random(1)).right_answer.text("en")
'SYNs are sent and nothing comes back'
"""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import NamedTuple, get_args

from lesson_engine.course.drills.openings import Opening, Outcome, with_outcome
from lesson_engine.course.drills.question import Choice, Question, offer
from lesson_engine.course.drills.scenes import brief
from lesson_engine.messages import Message

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_LINES = 6
"""The most lines of one question."""


def _ask(chance: Random, kind: str, opening: Opening, right: Choice, wrong: list[Choice]) -> Question:
    """A choice about one opening. The kind begins with what is asked, and its explanation has the kind's own key."""
    scene = brief(opening.capture).numbered(opening.numbers[:_LINES])
    choices, accepted = offer(chance, right, chance.sample(wrong, len(wrong)))
    names = {"client": opening.handshake.client, "server": opening.handshake.server, "at": _vantage(opening)}
    return Question(
        "symptom",
        kind,
        Message(f"drills.symptom.{kind if kind in _CAUSES else 'what'}", **names),
        "choice",
        accepted,
        Message(f"drills.symptom.{kind}_explained", **names),
        Message(f"drills.symptom.{kind.partition('-')[0]}_hint"),
        lines=scene.lines,
        packets=scene.packets,
        choices=choices,
        proof=tuple(place for place, packet in enumerate(scene.packets, 1) if packet.number in opening.evidence)[:2],
    )


def _vantage(opening: Opening) -> Message:
    """Where the capture was taken: all are the client's but one."""
    return Message("drills.symptom.at_server" if opening.capture == "lost_reply_server" else "drills.symptom.at_client")


def _what(outcome: Outcome, chance: Random) -> Question:
    """What does this capture show?"""
    wrong = [
        Choice(Message(f"drills.symptom.{each}"), Message(f"drills.symptom.if_{each}"))
        for each in _OUTCOMES
        if each != outcome
    ]
    right = Choice(Message(f"drills.symptom.{outcome}"))
    opening = chance.choice(with_outcome(outcome))
    return _ask(chance, f"what-{outcome}", opening, right, wrong)


class _Cause(NamedTuple):
    """A question on why: the outcomes it is about, the key of the right choice, those of the wrong ones."""

    outcome: Outcome
    right: str
    wrong: tuple[str, ...]


_CAUSES = {
    "why-silent": _Cause("silent", "cannot_tell", ("server_down", "syn_dropped", "reply_dropped")),
    "why-refused": _Cause("refused", "someone_answered", ("firewall_dropped", "network_down", "switched_off")),
    "why-rejected": _Cause("rejected", "icmp_refuses", ("port_closed", "nothing_came", "cannot_tell")),
    "why-half": _Cause("half", "reply_lost", ("never_arrived", "not_listening", "cannot_tell")),
    "where-silent": _Cause("silent", "at_the_server", ("longer_here", "with_verbose", "other_port")),
    "again-silent": _Cause("silent", "same_syn", ("several_clients", "several_connections", "answers")),
}
"""Kind to what is asked."""


def _cause(kind: str, chance: Random) -> Question:
    """Why, where next, or what are the repeated lines?"""
    cause = _CAUSES[kind]
    openings = [each for each in with_outcome(cause.outcome) if kind != "again-silent" or len(each.handshake.syn) > 1]
    right = Message("drills.cannot_tell" if cause.right == "cannot_tell" else f"drills.symptom.{cause.right}")
    wrong = [
        Choice(Message("drills.cannot_tell"), Message(f"drills.symptom.can_tell_{cause.outcome}"))
        if each == "cannot_tell"
        else Choice(Message(f"drills.symptom.{each}"), Message(f"drills.symptom.{each}_thought"))
        for each in cause.wrong
    ]
    return _ask(chance, kind, chance.choice(openings), Choice(right), wrong)


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"what-{outcome}": partial(_what, outcome) for outcome in _OUTCOMES},
    **{kind: partial(_cause, kind) for kind in _CAUSES},
}
"""Kind of question to what makes one of it."""
