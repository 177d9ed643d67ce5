"""`tutor ladder FILE [EXPRESSION]`: the TCP conversations of a capture as ladders, each with its symptom."""

from collections.abc import Iterator

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.captures import open_and_select
from lesson_engine.cli.screen import Screen
from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.icmp import icmp_error_of
from lesson_engine.conversations.symptom import Symptom
from lesson_engine.conversations.symptoms import symptoms
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.messages import Message
from lesson_engine.packets import Capture
from lesson_engine.views.ladder import Ladder, ladder_of, ladder_of_notices
from lesson_engine.views.ladder_text import ladder_lines

_MOST = 3
"""Ladders that are shown where not all are asked for."""
_MOST_NUMBERS = 8


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the expression is no filter, no conversation is selected, or the file breaks off."""
    opened = open_and_select(call, screen)
    if opened is None:
        return 1
    capture, selected = opened
    # The expression chooses conversations: each keeps all its packets, and the ICMP and ARP about it.
    chosen = frozenset(selected.numbers)
    with screen.patience(Message("cli.working")):
        found = [symptom for symptom in symptoms(capture) if not chosen.isdisjoint(_packets(symptom))]
        found.sort(key=lambda symptom: min(_packets(symptom)))
        draw = _Drawer(capture, call)
    if not found:
        screen.complain(Message("cli.ladder_none", file=call.operands[0]))
        return 1
    if "svg" in call.options:
        from lesson_engine.views.ladder_svg import ladder_svg

        screen.write_picture(ladder_svg(draw.ladder(found[0]), screen.language), call.options["svg"])
        return 0
    shown = found if "all" in call.options else found[:_MOST]
    for symptom in shown:
        screen.show(ladder_lines(draw.ladder(symptom), screen.language))
        screen.blank()
        _say_symptom(symptom, screen)
        screen.blank()
    if len(found) > len(shown):
        screen.say(Message("cli.ladder_others", count=len(found) - len(shown)))
        screen.blank()
    if any(symptom.is_trouble for symptom in shown):
        command = f"tutor diagnose {call.operands[0]}"
    else:
        command = f"tutor packet {call.operands[0]} {min(_packets(shown[0]))}"
    screen.show([screen.next_line(command)])
    if capture.error is not None:
        raise capture.error
    return 0


class _Drawer:
    """Draws the conversations of one capture as its call asks."""

    def __init__(self, capture: Capture, call: Call) -> None:
        self._errors = [error for packet in capture if (error := icmp_error_of(packet)) is not None]
        self._times = dict(zip(capture.numbers, capture.times_ns, strict=True))
        self._absolute = "absolute" in call.options
        self._whole = "all" in call.options

    def ladder(self, symptom: Symptom) -> Ladder:
        """The ladder of the conversation that `symptom` is about."""
        if symptom.kind == "host_not_there":
            ends = shown_address(symptom.client.address), shown_address(symptom.server.address)
            asked = Message("views.ladder.arp", address=ends[1])
            return ladder_of_notices(ends, [(number, self._times[number], asked) for number in symptom.evidence])
        # Of a conversation that only an ICMP error tells of, nothing else is there.
        connection = symptom.connection or Connection(symptom.client, symptom.server, (), None, {}, None, 0)
        ends_of_it = {connection.client, connection.server}
        errors = [error for error in self._errors if {error.source, error.destination} == ends_of_it]
        return ladder_of(connection, errors, absolute=self._absolute, whole=self._whole)


def _packets(symptom: Symptom) -> Iterator[int]:
    yield from symptom.evidence
    if symptom.connection is not None:
        yield from (segment.number for segment in symptom.connection.segments)


def _say_symptom(symptom: Symptom, screen: Screen) -> None:
    numbers = " ".join(f"#{number}" for number in symptom.evidence[:_MOST_NUMBERS])
    more = " …" if len(symptom.evidence) > _MOST_NUMBERS else ""
    kind = Message(f"conversations.kind.{symptom.kind}")
    if symptom.is_trouble:
        screen.say(Message("cli.ladder_symptom", kind=kind, evidence=numbers + more), "bad")
    else:
        screen.say(Message("cli.ladder_state", kind=kind, evidence=numbers + more), "good")
