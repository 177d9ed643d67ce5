"""Drawing a diagnosis: a block for each trouble, with the packets that show it; what is well in one line.

A block names the symptom and the two ends, then has the tcpdump lines of its evidence, what is known, what cannot be
known from this capture, and the command to run next. Troubles of one kind with one server share a block. Widths are
counted in terminal cells; tcpdump's lines and commands are never cut.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.conversations.symptoms import symptoms
>>> shown = diagnosis_lines(symptoms(Capture.open(capture_path("close_fin"))), lambda symptom, number: "", "en", 80)
>>> print(plain(shown))
✓ TCP conversations without trouble: 1 (closed in order 1)
"""

from collections import Counter
from collections.abc import Callable, Sequence

from lesson_engine.conversations.symptom import NextCapture, Symptom, shown_end
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import cell_width, pad, wrap
from lesson_engine.views.text import Line, line, plain

__all__ = ["diagnosis_lines", "plain"]

LineOf = Callable[[Symptom, int], str]
"""The tcpdump line of a packet of a symptom's evidence."""

_MOST_EVIDENCE = 7
_FIRST, _LAST = 4, 2
"""Of longer evidence, so many packets of its beginning and its end are shown."""
_MOST_OTHERS = 5


def diagnosis_lines(
    symptoms: Sequence[Symptom], line_of: LineOf, language: Language, width: int, names: Sequence[str] = ()
) -> list[Line]:
    """The whole diagnosis; prose is wrapped to `width` cells. `names` are those of the captures, where several were
    compared: each block then says which its packets are from."""
    lines: list[Line] = []
    groups: dict[object, list[Symptom]] = {}
    for symptom in symptoms:
        if symptom.is_trouble:
            groups.setdefault((symptom.kind, symptom.server, symptom.by, symptom.point), []).append(symptom)
    for group in groups.values():
        name = names[group[0].point] if names else ""
        lines += [*_block(group, line_of, language, width, name), line()]
    well = Counter(symptom.kind for symptom in symptoms if not symptom.is_trouble)
    if well:
        kinds = ", ".join(f"{_text(f'kind.{kind}', language)} {count}" for kind, count in well.items())
        said = _text("well_others" if groups else "well", language, count=well.total(), kinds=kinds)
        lines.append(line(("✓ ", "good"), said))
    elif groups:
        lines.pop()
    else:
        lines.append(line(_text("nothing", language)))
    return lines


def _block(group: list[Symptom], line_of: LineOf, language: Language, width: int, name: str) -> list[Line]:
    symptom, *others = group
    ends = f"{shown_end(symptom.client)} > {shown_end(symptom.server)}"
    lines = [line(("✗ ", "bad"), (_text(f"kind.{symptom.kind}", language), "title"), "   ", ends), line()]
    if name:
        lines.append(line("  ", (_text("from_capture", language, name=name), "faint")))
    lines += [*_evidence(symptom, line_of, language), line()]
    steps = [each for step in symptom.next_captures for each in _next(step, language, width)]
    rows: list[tuple[str, list[Line]]] = [
        (_text("label.known", language), _prose(symptom.known, language, width)),
        (_text("label.unknown", language), _prose(symptom.unknown, language, width)),
        (_text("label.next", language), steps),
    ]
    left = max(cell_width(label) for label, _ in rows) + 3
    for label, shown in rows:
        for number, each in enumerate(shown):
            lines.append(line("  ", (pad("" if number else label, left), "accent"), *each))
    if others:
        lines += [line(), *_others(others, language)]
    return lines


def _evidence(symptom: Symptom, line_of: LineOf, language: Language) -> list[Line]:
    numbers = list(symptom.evidence)
    left_out = len(numbers) - _FIRST - _LAST if len(numbers) > _MOST_EVIDENCE else 0
    if left_out:
        numbers = numbers[:_FIRST] + numbers[-_LAST:]
    column = max(len(str(number)) for number in numbers) + 1
    lines = [
        line("  ", (f"{f'#{number}':<{column}}  ", "accent"), (line_of(symptom, number), "packet"))
        for number in numbers
    ]
    if left_out:
        lines.insert(_FIRST, line("  ", (_text("left_out", language, count=left_out), "faint")))
    return lines


def _prose(messages: Sequence[Message], language: Language, width: int) -> list[Line]:
    column = _prose_width(language, width)
    return [line(text) for message in messages for text in wrap(message.text(language), column)]


def _prose_width(language: Language, width: int) -> int:
    labels = (_text(f"label.{label}", language) for label in ("known", "unknown", "next"))
    return max(30, width - 5 - max(map(cell_width, labels)))


def _next(step: NextCapture, language: Language, width: int) -> list[Line]:
    place = "between_points" if step.at is None else "at_host"
    where = _text(place, language, host="" if step.at is None else shown_address(step.at))
    why = [line((text, "faint")) for text in wrap(step.why.text(language), _prose_width(language, width))]
    return [line(where), line((step.command, "quote")), *why]


def _others(others: list[Symptom], language: Language) -> list[Line]:
    lines = [line("  ", _text("same_again", language, count=len(others)))]
    for symptom in others[:_MOST_OTHERS]:
        shown = " ".join(f"#{number}" for number in symptom.evidence[:_MOST_EVIDENCE])
        more = " …" if len(symptom.evidence) > _MOST_EVIDENCE else ""
        lines.append(line("    ", shown_end(symptom.client), "  ", (shown + more, "accent")))
    if len(others) > _MOST_OTHERS:
        lines.append(line("    …"))
    return lines


def _text(key: str, language: Language, **fields: object) -> str:
    return Message(f"conversations.{key}", **fields).text(language)
