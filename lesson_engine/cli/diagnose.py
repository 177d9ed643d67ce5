"""`tutor diagnose FILE [EXPRESSION]`: what is wrong with a capture's TCP conversations, by which packets."""

from collections.abc import Iterable

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.captures import open_capture
from lesson_engine.cli.screen import Screen
from lesson_engine.conversations.symptoms import Symptom, symptoms
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Language, Message
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.views.diagnosis import diagnosis_lines


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 if something is wrong, or the expression is no filter, or a file breaks off."""
    names = [call.operands[0], *([call.options["and"]] if "and" in call.options else [])]
    captures = [open_capture(name, screen) for name in names]
    try:
        chosen = [_numbers(" ".join(call.operands[1:]), capture) for capture in captures]
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return 1
    with screen.patience(Message("cli.working")):
        every = _symptoms(captures)
        found = [symptom for symptom in every if not chosen[symptom.point].isdisjoint(_packets(symptom))]
        lines = _Lines(captures, found)
    if "json" in call.options:
        _write_json(found, lines, screen)
    else:
        compared = names if len(names) > 1 else []
        screen.show(diagnosis_lines(found, lines.of, screen.language, screen.width, compared))
        if len(found) < len(every) and any(symptom.is_trouble for symptom in every if symptom not in found):
            screen.advise(Message("cli.diagnose_others"))
    for capture in captures:
        if capture.error is not None:
            raise capture.error
    return int(any(symptom.is_trouble for symptom in found))


def _symptoms(captures: list[Capture]) -> list[Symptom]:
    if len(captures) == 1:
        return symptoms(captures[0])
    from lesson_engine.conversations.vantage import symptoms_between

    return symptoms_between(*captures)


def _numbers(expression: str, capture: Capture) -> frozenset[int]:
    """The numbers of the packets that match: they choose the conversations, which then keep all their packets, as
    well as the ICMP and ARP about them."""
    selected = Filter(expression, link_type=capture.link_type).select(capture) if expression else capture
    return frozenset(selected.numbers)


def _packets(symptom: Symptom) -> Iterable[int]:
    yield from symptom.evidence
    if symptom.connection is not None:
        yield from (segment.number for segment in symptom.connection.segments)


class _Lines:
    """The lines of `tcpdump -nn -r` for evidence. Only its conversations are printed: numbers are relative to them."""

    def __init__(self, captures: list[Capture], found: list[Symptom]) -> None:
        self._lines: list[dict[int, str]] = []
        for point, capture in enumerate(captures):
            here = [symptom for symptom in found if symptom.point == point and symptom.is_trouble]
            wanted = {number for symptom in here for number in symptom.evidence}
            needed = wanted.union(*(_packets(symptom) for symptom in here))
            printer = Printer(PrintOptions(numeric=2), capture.link_type)
            shown = {number: printer.print(capture[number - 1]).split("\n")[0] for number in sorted(needed)}
            self._lines.append({number: shown[number] for number in wanted})

    def of(self, symptom: Symptom, number: int) -> str:
        return self._lines[symptom.point][number]


def _write_json(found: list[Symptom], lines: _Lines, screen: Screen) -> None:
    import json

    value = {"symptoms": [_json(symptom, lines, screen.language) for symptom in found]}
    screen.out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _json(symptom: Symptom, lines: _Lines, language: Language) -> dict[str, object]:
    """One symptom; lines are given for what is wrong."""
    return {
        "kind": symptom.kind,
        "trouble": symptom.is_trouble,
        "client": str(symptom.client),
        "server": str(symptom.server),
        "by": None if symptom.by is None else shown_address(symptom.by),
        "capture": symptom.point + 1,
        "evidence": [
            {"packet": number, "line": lines.of(symptom, number)} if symptom.is_trouble else {"packet": number}
            for number in symptom.evidence
        ],
        "known": [message.text(language) for message in symptom.known],
        "unknown": [message.text(language) for message in symptom.unknown],
        "next": [
            {
                "at": None if step.at is None else shown_address(step.at),
                "command": step.command,
                "why": step.why.text(language),
            }
            for step in symptom.next_captures
        ],
    }
