"""`tutor ladder FILE [EXPRESSION]`: the TCP conversations of a capture as ladders, each with its symptom."""

from collections.abc import Iterator

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.captures import open_and_select
from lesson_engine.cli.screen import Screen
from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.icmp import IcmpError, icmp_error_of
from lesson_engine.conversations.symptom import Symptom
from lesson_engine.conversations.symptoms import symptoms
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.messages import Message
from lesson_engine.packets import Capture
from lesson_engine.views.ladder import Arrow, Ladder, Notice, ladder_of, ladder_of_notices
from lesson_engine.views.ladder_text import ladder_lines
from lesson_engine.views.text import line

_MOST = 3
"""Ladders that are shown where not all are asked for."""
_MOST_NUMBERS = 8


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the expression is no filter, no conversation is selected, or the file breaks off."""
    if "and" in call.options:
        from lesson_engine.cli import crossing

        return crossing.run(call, screen)
    opened = open_and_select(call, screen)
    if opened is None:
        return 1
    capture, selected = opened
    # The expression chooses conversations: each keeps all its packets, and the ICMP and ARP about it.
    chosen = frozenset(selected.numbers)
    with screen.patience(Message("cli.working")):
        found = [each for each in _drawn(capture, call) if not chosen.isdisjoint(_packets(each[0]))]
    if not found:
        screen.complain(Message("cli.ladder_none", file=call.operands[0]))
        return 1
    if "svg" in call.options:
        from lesson_engine.views.ladder_svg import ladder_svg

        screen.write_picture(ladder_svg(found[0][1], screen.language), call.options["svg"])
        return 0
    shown = found if "all" in call.options else found[:_MOST]
    for place, (symptom, ladder) in enumerate(shown):
        if place:
            screen.blank()
        screen.show(ladder_lines(ladder, screen.language))
        screen.blank()
        _say_symptom(symptom, screen)
    if len(found) > len(shown):
        screen.blank()
        screen.say(Message("cli.ladder_others", count=len(found) - len(shown)))
    screen.blank()
    trouble = any(symptom.is_trouble for symptom, _ in shown)
    first = next((row.number for row in shown[0][1].rows if isinstance(row, Arrow | Notice)), 1)
    command = f"tutor diagnose {call.operands[0]}" if trouble else f"tutor packet {call.operands[0]} {first}"
    screen.show([line(Message("cli.next").text(screen.language), (command, "accent"))])
    if capture.error is not None:
        raise capture.error
    return 0


def _drawn(capture: Capture, call: Call) -> list[tuple[Symptom, Ladder]]:
    """The conversations in the order of their first packets, each as what is wrong with it and its ladder."""
    errors = [error for packet in capture if (error := icmp_error_of(packet)) is not None]
    times = dict(zip(capture.numbers, capture.times_ns, strict=True))
    drawn = []
    for symptom in symptoms(capture):
        if symptom.kind == "host_not_there":
            ends = shown_address(symptom.client.address), shown_address(symptom.server.address)
            asked = Message("views.ladder.arp", address=ends[1])
            ladder = ladder_of_notices(ends, [(number, times[number], asked) for number in symptom.evidence])
        else:
            # Of a conversation that only an ICMP error tells of, nothing else is there.
            connection = symptom.connection or Connection(symptom.client, symptom.server, (), None, {}, None, 0)
            about = [error for error in errors if _is_about(error, connection)]
            ladder = ladder_of(connection, about, absolute="absolute" in call.options, whole="all" in call.options)
        drawn.append((symptom, ladder))
    return sorted(drawn, key=lambda each: each[1].start_ns)


def _packets(symptom: Symptom) -> Iterator[int]:
    yield from symptom.evidence
    if symptom.connection is not None:
        yield from (segment.number for segment in symptom.connection.segments)


def _is_about(error: IcmpError, connection: Connection) -> bool:
    return {error.source, error.destination} == {connection.client, connection.server}


def _say_symptom(symptom: Symptom, screen: Screen) -> None:
    numbers = " ".join(f"#{number}" for number in symptom.evidence[:_MOST_NUMBERS])
    more = " …" if len(symptom.evidence) > _MOST_NUMBERS else ""
    kind = Message(f"conversations.kind.{symptom.kind}")
    screen.say(
        Message("cli.ladder_symptom", kind=kind, evidence=numbers + more), "bad" if symptom.is_trouble else "good"
    )
