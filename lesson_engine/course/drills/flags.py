"""TCP flags in tcpdump's output: what [P.] means, which symbol is ACK, which lines have a flag, what a blank held.

Flags come from the packets, their meaning from `tcpdump.line`. The right filter among those on flags is told from
the wrong ones by what they match. RFC 9293, 3.1; tcpdump(8), TCP Packets.

>>> question = KINDS["symbol-ACK"](Random(1))
>>> question.right_answer.text("en")
'.'
"""

from collections.abc import Callable
from functools import cache, partial
from random import Random

from lesson_engine.conversations.connection import find_handshakes
from lesson_engine.conversations.tcp import segment_of
from lesson_engine.course.drills.question import Choice, Question, offer
from lesson_engine.course.drills.replies import normal_flags
from lesson_engine.course.drills.scenes import Scene, brief, recorded
from lesson_engine.messages import Message
from lesson_engine.packets.numbers import TCP_FLAGS

SYMBOLS = {"S": "SYN", ".": "ACK", "F": "FIN", "R": "RST", "P": "PSH"}
"""tcpdump's symbol to the flag's name, for the flags of the course."""

_SHOWN = ("S", "S.", ".", "P.", "F.", "R.")
_CAPTURES = ("mix", "handshake", "mysql", "ssh", "https", "closed_port", "close_fin", "abort_rst")


def _meaning(symbols: str) -> Message:
    return Message(f"tcpdump.line.flags {symbols}")


@cache
def _with_flags(symbols: str) -> tuple[tuple[Scene, int], ...]:
    """The lines that show these flags."""
    scenes = map(recorded, _CAPTURES)
    return tuple(
        (scene, index) for scene in scenes for index, line in enumerate(scene.lines) if f"Flags [{symbols}]," in line
    )


def _means(symbols: str, chance: Random) -> Question:
    """What do these flags mean?"""
    scene, index = chance.choice(_with_flags(symbols))
    others = [each for each in _SHOWN if each != symbols]
    chance.shuffle(others)
    wrong = [Choice(_meaning(each), Message("drills.flags.shown_as", symbols=each)) for each in others]
    choices, accepted = offer(chance, Choice(_meaning(symbols)), wrong)
    return Question(
        "flags",
        f"means-{symbols}",
        Message("drills.flags.means", symbols=symbols),
        "choice",
        accepted,
        Message("drills.flags.explained", symbols=symbols, names=", ".join(SYMBOLS[each] for each in symbols)),
        Message("drills.flags.hint"),
        lines=(scene.lines[index],),
        packets=(scene.packets[index],),
        choices=choices,
    )


def _symbol(symbol: str, chance: Random) -> Question:
    """Which symbol stands for this flag?"""
    name = SYMBOLS[symbol]
    wrong = [Choice(each, Message("drills.flags.stands_for", symbol=each, name=SYMBOLS[each])) for each in SYMBOLS]
    wrong = [each for each in wrong if each.shown != symbol]
    chance.shuffle(wrong)
    if symbol == ".":
        wrong.insert(0, Choice("A", Message("drills.flags.no_a")))
    choices, accepted = offer(chance, Choice(symbol), wrong)
    return Question(
        "flags",
        f"symbol-{name}",
        Message("drills.flags.symbol", name=name),
        "choice",
        accepted,
        Message("drills.flags.stands_for", symbol=symbol, name=name),
        Message("drills.flags.hint"),
        choices=choices,
    )


def _has(symbol: str, chance: Random) -> Question:
    """Which of these lines have this flag?"""
    name = SYMBOLS[symbol]
    bit = TCP_FLAGS["push" if name == "PSH" else name.lower()]
    scene = brief(chance.choice(("mix", "abort_rst") if symbol == "R" else ("mix", "handshake", "close_fin")))
    segments = {index: segment_of(packet) for index, packet in enumerate(scene.packets)}
    flags = {index: segment.flags for index, segment in segments.items() if segment is not None}
    having = [index for index in flags if flags[index] & bit]
    indexes = chance.sample(having, min(2, len(having)))
    # Other combinations of flags, each once, those without it first: most segments of a capture are alike.
    others: dict[int, int] = {}
    for index in chance.sample(sorted(flags.keys() - {*indexes}), len(flags) - len(indexes)):
        others.setdefault(flags[index], index)
    indexes += sorted(others.values(), key=lambda index: flags[index] & bit)[:3]
    indexes.sort()
    shown = scene.only(indexes)
    right = [str(place) for place, index in enumerate(indexes, 1) if flags[index] & bit]
    return Question(
        "flags",
        f"has-{name}",
        Message("drills.flags.has", name=name),
        "packets",
        (" ".join(right),),
        Message("drills.flags.stands_for", symbol=symbol, name=name),
        Message("drills.flags.hint"),
        lines=shown.lines,
        packets=shown.packets,
    )


def _blank(symbols: str, chance: Random) -> Question:
    """Which flags were here?"""
    scene = brief(chance.choice(("mix", "handshake", "mysql", "ssh", "https")))
    handshake = chance.choice([each for each in find_handshakes(scene.packets) if each.is_complete])
    shown = scene.numbered((handshake.syn[-1].number, handshake.syn_ack[-1].number, handshake.ack[0].number))
    place = ("S", "S.", ".").index(symbols)
    lines = list(shown.lines)
    lines[place] = lines[place].replace(f"Flags [{symbols}]", "Flags [____]")
    return Question(
        "flags",
        f"blank-{symbols}",
        Message("drills.flags.blank"),
        "flags",
        (normal_flags(SYMBOLS[each] for each in symbols),),
        Message("drills.flags.blank_explained"),
        Message("drills.flags.blank_hint"),
        lines=tuple(lines),
        packets=shown.packets,
    )


_ABOUT_FLAGS = {
    "syn": (
        "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
        (
            "tcp[tcpflags] & tcp-syn != 0",
            "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0",
            "tcp[tcpflags] = tcp-syn",
            "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-ack",
        ),
    ),
    "rst": (
        "tcp[tcpflags] & tcp-rst != 0",
        ("tcp[tcpflags] & (tcp-rst|tcp-ack) != 0", "tcp[tcpflags] = tcp-rst", "tcp[tcpflags] & tcp-fin != 0"),
    ),
    "syn_ack": (
        "tcp[tcpflags] & (tcp-syn|tcp-ack) = (tcp-syn|tcp-ack)",
        (
            "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0",
            "tcp[tcpflags] & tcp-syn != 0",
            "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
        ),
    ),
}
"""What is to be matched, by the key of its sentence: the right filter, and the wrong ones."""


def _filter(wanted: str, chance: Random) -> Question:
    """Which filter matches exactly these segments?"""
    right, others = _ABOUT_FLAGS[wanted]
    wrong = [Choice(each) for each in chance.sample(others, len(others))]
    choices, accepted = offer(chance, Choice(right), wrong)
    return Question(
        "flags",
        f"filter-{wanted}",
        Message(f"drills.flags.only_{wanted}"),
        "choice",
        accepted,
        Message(f"drills.flags.only_{wanted}_explained"),
        Message("drills.flags.filter_hint"),
        choices=choices,
        filter=right,
    )


KINDS: dict[str, Callable[[Random], Question]] = {
    **{f"means-{symbols}": partial(_means, symbols) for symbols in _SHOWN},
    **{f"symbol-{name}": partial(_symbol, symbol) for symbol, name in SYMBOLS.items()},
    **{f"has-{name}": partial(_has, symbol) for symbol, name in SYMBOLS.items()},
    **{f"blank-{symbols}": partial(_blank, symbols) for symbols in ("S", "S.", ".")},
    **{f"filter-{wanted}": partial(_filter, wanted) for wanted in _ABOUT_FLAGS},
}
"""Kind of question to what makes one of it."""
