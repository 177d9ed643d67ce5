"""Questions on sequence numbers that are blanked out of a conversation's lines, relative as printed or absolute as -S.

A number counts bytes: SYN and FIN count one each, and an acknowledgment names the next byte that is expected
(RFC 9293, 3.4).
"""

from collections.abc import Mapping, Sequence

from lesson_engine.conversations.tcp import SYN
from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Mistake, Values
from lesson_engine.course.reading.forms import Form
from lesson_engine.course.reading.lines import ends_early, parts_of, taken_for, values_of
from lesson_engine.course.reading.scene import Scene, Scenes
from lesson_engine.messages import Message


def read_blank(question: Question, scenes: Scenes) -> Values:
    """`blank.sequence` and its like. Raises LookupError where `of` picks no line that has the number."""
    scene = scenes.of(question)
    kind, absolute = _kind(question), _is_absolute(question)
    number = _drawn(question, scene)
    right = values_of(parts_of(scene.line(number, absolute=absolute))[kind])
    other = parts_of(scene.line(number, absolute=not absolute))
    said = Message("reading.relative_given" if absolute else "reading.absolute_given")
    mistakes = [Mistake(value, "relative-ack", said) for value in values_of(other[kind])]
    if kind == "acknowledgment":
        said = Message("reading.ack_is_next")
        mistakes += [Mistake(value - 1, "ack-is-next", said) for value in right if isinstance(value, int)]
        segment = scene.segment(number)
        if segment is not None and segment.flags & SYN:
            mistakes.append(Mistake(1, "relative-ack", Message("reading.syn_is_absolute")))
    else:
        mistakes += ends_early(right[0])
    for parts in (parts_of(scene.line(number, absolute=absolute)), other):
        swapped = parts.get("sequence" if kind == "acknowledgment" else "acknowledgment")
        if swapped is not None:
            mistakes += taken_for(swapped, _FORMS[kind], "seq-ack-swapped")
    return Values(question, _FORMS[kind], right, mistakes, rule=Message(f"reading.rule.{kind}"))


_FORMS: dict[str, Form] = {"sequence": forms.sequence, "acknowledgment": forms.number}

READERS = {f"blank.{absolute}{kind}": read_blank for kind in _FORMS for absolute in ("", "absolute_")}


def material(asked: Sequence[tuple[Question, Scene]]) -> list[str]:
    """The conversation as tcpdump prints it, and again as with -S where absolute numbers are asked for; in place of
    each number that is asked for, its question's name. A number hidden in one is hidden in both."""
    lines: list[str] = []
    for absolute in (False, True):
        if not any(_is_absolute(question) is absolute for question, _ in asked):
            continue
        scene = asked[0][1]
        lines += ["", "-S"] if lines else []
        hidden: dict[int, dict[str, str]] = {}
        for question, _ in sorted(asked, key=lambda each: _is_absolute(each[0]) is absolute):
            name = question.name if _is_absolute(question) is absolute else ""
            hidden.setdefault(_drawn(question, scene), {})[_kind(question)] = f"[{name:1}]"
        for number in scene.capture.numbers:
            lines.append(_blanked(scene.line(number, time=False, absolute=absolute), hidden.get(number, {})))
    return lines


def _blanked(line: str, hidden: Mapping[str, str]) -> str:
    """The line with blanks in place of the numbers of those kinds."""
    parts = parts_of(line)
    for kind in sorted(hidden, key=lambda kind: parts[kind].span, reverse=True):
        start, end = parts[kind].span
        line = f"{line[:start]}{parts[kind].text.partition(' ')[0]} {hidden[kind]}{line[end:]}"
    return line


def _kind(question: Question) -> str:
    return question.reads.rpartition(".")[2].removeprefix("absolute_")


def _is_absolute(question: Question) -> bool:
    return question.reads.startswith("blank.absolute_")


def _drawn(question: Question, scene: Scene) -> int:
    """The packet in whose line the blank is. Raises LookupError where no line that `of` picks has the number."""
    kind = _kind(question)
    return scene.pick(question.of, lambda number: kind in parts_of(scene.line(number)))
