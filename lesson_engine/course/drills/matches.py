"""Predicting matches: which of five lines a filter prints, and which of several filters printed these lines.

The lines are chosen so that the common misreading of the filter would give another answer; all answers are the
filter's own. pcap-filter(7).

>>> question = KINDS["reads-mixed"](Random(1))
>>> len(question.lines), question.form
(5, 'packets')
"""

from collections.abc import Callable
from functools import cache, partial
from random import Random

from lesson_engine.course.drills.question import Choice, Question, offer
from lesson_engine.course.drills.scenes import Scene, as_capture, brief
from lesson_engine.course.drills.wishes import WISHES, cast
from lesson_engine.filters import Filter
from lesson_engine.messages import Message

SHOWN = 5
"""Lines of one question."""

_MISREAD = {
    "host": ("host {host}", "src host {host}"),
    "source": ("src host {host}", "host {host}"),
    "destination-port": ("dst port {port}", "port {port}"),
    "source-port": ("src port {port}", "dst port {port}"),
    "port": ("port 53", "udp port 53"),
    "tcp-port": ("tcp port 53", "port 53"),
    "and": ("host {host} and port {port}", "host {host} or port {port}"),
    "or": ("port {port} or port {second}", "port {port} and port {second}"),
    "inherited": ("port {port} or {second}", "port {port}"),
    "both-ports": ("port {port} and port {second}", "port {port} or port {second}"),
    "not": ("tcp and not port {port}", "not port {port}"),
    "not-or": ("not host {host} or host {other}", "not (host {host} or host {other})"),
    "not-and": ("not host {host} and host {other}", "not (host {host} or host {other})"),
    "mixed": ("tcp and port {port} or udp and port 53", "(tcp and port {port}) or (udp and port 53)"),
    "or-leaks": ("host {host} and port {port} or port {second}", "host {host} and (port {port} or port {second})"),
    "became-host": ("host {host} and {port}", "host {host} and port {port}"),
    "group": ("host {host} and (port {port} or port {second})", "host {host} and port {port} or port {second}"),
    "icmp": ("host {host} and icmp", "host {host}"),
}
"""Kind to a filter, and what people take it for."""
_MATCH_NOTHING = {"both-ports", "became-host"}


@cache
def _mask(expression: str) -> bytes:
    """One byte a packet of the mixed capture, 1 where the filter matches."""
    return bytes(Filter(expression).matches(as_capture(brief("mix"))))


def _reads(kind: str, chance: Random) -> Question:
    """Which of these lines does this filter print?"""
    written, misread = _MISREAD[kind]
    while True:
        casting = cast(chance)
        expression = written.format_map(casting)
        mask, other = _mask(expression), _mask(misread.format_map(casting))
        # With some hosts and services the capture holds nothing that the misreading would change.
        if mask != other and (any(mask) or kind in _MATCH_NOTHING):
            break
    decoys = [index for index, pair in enumerate(zip(mask, other, strict=True)) if pair[0] != pair[1]]
    shown, right = _five(chance, mask, chance.sample(decoys, min(2, len(decoys))))
    return Question(
        "matches",
        f"reads-{kind}",
        Message("drills.matches.reads", filter=expression),
        "packets",
        (right,),
        Message(f"drills.matches.reads_{kind}", read=Filter(expression), **casting),
        Message("drills.matches.hint"),
        lines=shown.lines,
        packets=shown.packets,
        filter=expression,
    )


def _five(chance: Random, mask: bytes, indexes: list[int]) -> tuple[Scene, str]:
    """Five lines with those of `indexes` among them, some matched and some not if there are any; and the numbers of
    those matched."""
    for matched in (1, 0, 1):
        pool = [index for index, each in enumerate(mask) if each == matched and index not in indexes]
        if pool and len(indexes) < SHOWN and sum(mask[index] == matched for index in indexes) < 2:
            indexes = [*indexes, chance.choice(pool)]
    rest = [index for index in range(len(mask)) if index not in indexes]
    indexes = sorted([*indexes, *chance.sample(rest, SHOWN - len(indexes))])
    right = [str(place) for place, index in enumerate(indexes, 1) if mask[index]]
    return brief("mix").only(indexes), " ".join(right)


def _printed(wish_id: str, chance: Random) -> Question:
    """Which filter printed exactly these lines?"""
    wish = WISHES[wish_id]
    while True:
        casting = cast(chance)
        right = wish.right.format_map(casting)
        mask = _mask(right)
        # One packet for each wrong filter that tells it from the right one.
        tells: dict[str, int] = {}
        for template in chance.sample(wish.wrong, len(wish.wrong)):
            wrong = template.format_map(casting)
            differing = [index for index, pair in enumerate(zip(mask, _mask(wrong), strict=True)) if pair[0] != pair[1]]
            if differing and len(tells) < 3:
                tells[wrong] = chance.choice(differing)
        if len(tells) >= 2 and any(mask):
            break
    shown, numbers = _five(chance, mask, [*dict.fromkeys(tells.values())])
    choices, accepted = offer(chance, Choice(right), map(Choice, tells))
    return Question(
        "matches",
        f"printed-{wish_id}",
        Message("drills.matches.printed", numbers=numbers.replace(" ", ", ")),
        "choice",
        accepted,
        Message("drills.matches.printed_explained", wish=wish.sentence(casting), filter=right),
        Message("drills.matches.printed_hint"),
        lines=shown.lines,
        packets=shown.packets,
        choices=choices,
        filter=right,
    )


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"reads-{kind}": partial(_reads, kind) for kind in _MISREAD},
    **{f"printed-{wish_id}": partial(_printed, wish_id) for wish_id in WISHES},
}
"""Kind of question to what makes one of it."""
