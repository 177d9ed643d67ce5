"""`tutor ladder FILE [EXPRESSION]`: the TCP conversations of a capture as ladders, each with its symptom."""

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.captures import open_and_select
from lesson_engine.cli.screen import Screen
from lesson_engine.conversations.symptom import Symptom
from lesson_engine.messages import Message
from lesson_engine.views.ladder_text import ladder_lines
from lesson_engine.views.ladders import Ladders, packets_of

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
    with screen.patience(Message("cli.working")):
        ladders = Ladders(capture, absolute="absolute" in call.options, whole="all" in call.options)
        found = ladders.chosen(selected.numbers)
    if not found:
        screen.complain(Message("cli.ladder_none", file=call.operands[0]))
        return 1
    if "svg" in call.options:
        from lesson_engine.views.ladder_svg import ladder_svg

        screen.write_picture(ladder_svg(ladders.of(found[0]), screen.language), call.options["svg"])
        return 0
    shown = found if "all" in call.options else found[:_MOST]
    for symptom in shown:
        screen.show(ladder_lines(ladders.of(symptom), screen.language))
        screen.blank()
        _say_symptom(symptom, screen)
        screen.blank()
    if len(found) > len(shown):
        screen.say(Message("cli.ladder_others", count=len(found) - len(shown)))
        screen.blank()
    if any(symptom.is_trouble for symptom in shown):
        command = f"tutor diagnose {call.operands[0]}"
    else:
        command = f"tutor packet {call.operands[0]} {min(packets_of(shown[0]))}"
    screen.show([screen.next_line(command)])
    if capture.error is not None:
        raise capture.error
    return 0


def _say_symptom(symptom: Symptom, screen: Screen) -> None:
    numbers = " ".join(f"#{number}" for number in symptom.evidence[:_MOST_NUMBERS])
    more = " …" if len(symptom.evidence) > _MOST_NUMBERS else ""
    kind = Message(f"conversations.kind.{symptom.kind}")
    if symptom.is_trouble:
        screen.say(Message("cli.ladder_symptom", kind=kind, evidence=numbers + more), "bad")
    else:
        screen.say(Message("cli.ladder_state", kind=kind, evidence=numbers + more), "good")
