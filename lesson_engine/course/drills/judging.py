"""Judging answers: a question and what was typed give a Judgement. Any text is judged, none raises.

A wrong answer is met with the thought behind it, and with the line that proves it wrong. What is no answer of the
question's form is wrong too, and `unclear` says how to answer. Filters and commands are graded by what they do.

>>> from random import Random
>>> from lesson_engine.course.drills.flags import KINDS
>>> question = KINDS["blank-S."](Random(1))
>>> [judge(question, answer).right for answer in ("S.", "syn-ack", "[S]", "?")]
[True, True, False, False]
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lesson_engine.course.drills import replies
from lesson_engine.course.drills.question import Evidence, Form, Judgement, Question
from lesson_engine.course.drills.scenes import Scene, brief
from lesson_engine.course.verdict import Verdict
from lesson_engine.messages import LANGUAGES, Message, Text
from lesson_engine.packets import Packet
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer

if TYPE_CHECKING:
    from lesson_engine.filters import Filter
    from lesson_engine.filters.lattice import Comparison


def judge(question: Question, answer: str) -> Judgement:
    """The judgement on `answer`."""
    if not answer.strip():
        return Judgement(False, unclear=how_to_answer(question))
    return _JUDGES[question.form](question, answer)


def how_to_answer(question: Question) -> Message:
    """What to type, by the question's form."""
    return Message(f"drills.answer.{question.form}", last=len(question.choices) or len(question.lines))


def _choice(question: Question, answer: str) -> Judgement:
    found = {replies.choice(answer, [each.text(language) for each in question.choices]) for language in LANGUAGES}
    number = max((each for each in found if each is not None), default=None)
    if number is None:
        return _unclear(question, answer)
    if str(number) in question.accepted:
        return Judgement(True, str(number))
    chosen = question.choices[number - 1]
    if chosen.thought is None and question.filter and isinstance(chosen.shown, str):
        return _wrong_filter(question, str(number), chosen.shown)
    return Judgement(False, str(number), remark=chosen.thought)


def _wrong_filter(question: Question, number: str, wrong: str) -> Judgement:
    """What is behind the choice of a filter that does something else, and a packet that shows it."""
    from lesson_engine.filters import Filter
    from lesson_engine.filters.lattice import compare
    from lesson_engine.filters.misconceptions import of_answer

    answer, right = Filter(wrong), Filter(question.filter)
    comparison = compare(answer, right)
    found = of_answer(answer, right, comparison=comparison)
    return Judgement(
        False,
        number,
        remark=found[0].message if found else Message("course.different"),
        misconception=found[0].id if found else None,
        evidence=(_told_apart(question, answer, right, comparison),),
    )


def _told_apart(question: Question, answer: "Filter", right: "Filter", comparison: "Comparison") -> Evidence:
    """A packet that one of two filters matches: of those shown, else of a capture, else one made for it."""
    from lesson_engine.filters.explain import explain

    scene = Scene(question.packets, question.lines) if question.packets else brief("mix")
    for place, packet in enumerate(scene.packets):
        if (extra := answer.matches_packet(packet)) != right.matches_packet(packet):
            shown = _line(question, place + 1) if question.packets else scene.lines[place]
            remark = Message("drills.filter.extra" if extra else "drills.filter.missed", filter=answer.expression)
            return Evidence(shown, remark, explain(answer, packet))
    proof = comparison.proofs[0]
    packet = Packet(0, 0, proof.data, len(proof.data), EN10MB)
    shown = Printer(PrintOptions(numeric=2, time_style=1), EN10MB).print(packet).rstrip("\n")
    key = "drills.filter.extra_made" if proof.matched_by == "a" else "drills.filter.missed_made"
    return Evidence(shown, Message(key, filter=answer.expression), explain(answer, packet))


def _packet(question: Question, answer: str) -> Judgement:
    numbers = replies.numbers(answer, len(question.lines))
    if numbers is None or len(numbers) != 1:
        return _unclear(question, answer)
    (number,) = numbers
    if str(number) in question.accepted:
        return Judgement(True, str(number))
    return Judgement(False, str(number), evidence=(Evidence(_line(question, number), _what_it_is(question, number)),))


def _packets(question: Question, answer: str) -> Judgement:
    numbers = replies.numbers(answer, len(question.lines))
    if numbers is None:
        return _unclear(question, answer)
    given = {*numbers}
    wanted = {int(each) for each in question.accepted[0].split()}
    normal = " ".join(map(str, sorted(given)))
    if given == wanted:
        return Judgement(True, normal)
    return Judgement(
        False,
        normal,
        evidence=tuple(
            _disagreement(question, min(numbers), key)
            for numbers, key in ((given - wanted, "extra"), (wanted - given, "missed"))
            if numbers
        ),
    )


def _disagreement(question: Question, number: int, key: str) -> Evidence:
    """A line that was named and should not have been, or the other way round, and why."""
    if not question.filter:
        return Evidence(_line(question, number), _what_it_is(question, number))
    from lesson_engine.filters import Filter
    from lesson_engine.filters.explain import explain

    explanation = explain(Filter(question.filter), question.packets[number - 1])
    return Evidence(_line(question, number), Message(f"drills.matches.{key}"), explanation)


def _order(question: Question, answer: str) -> Judgement:
    said = replies.plain(answer)
    # "2143" is an order too where no line has a number of two digits.
    numbers = replies.numbers(" ".join(said) if said.isdecimal() and len(said) > 1 else said, len(question.lines))
    if numbers is None or sorted(numbers) != list(range(1, len(question.lines) + 1)):
        return _unclear(question, answer)
    wanted = tuple(map(int, question.accepted[0].split()))
    normal = " ".join(map(str, numbers))
    if numbers == wanted:
        return Judgement(True, normal)
    number = next(right for right, given in zip(wanted, numbers, strict=True) if right != given)
    place = wanted.index(number) + 1
    remark = Message("drills.handshake.place", number=number, place=place, meaning=_what_it_is(question, number))
    return Judgement(False, normal, evidence=(Evidence(_line(question, number), remark),))


def _value(question: Question, answer: str) -> Judgement:
    number = replies.value(answer)
    if number is None:
        return _unclear(question, answer)
    return Judgement(str(number) in question.accepted, str(number))


def _flags(question: Question, answer: str) -> Judgement:
    found = replies.flags(answer)
    if found is None:
        return _unclear(question, answer)
    return Judgement(found in question.accepted, found)


def _word(question: Question, answer: str) -> Judgement:
    from lesson_engine.tcpdump.line import read_line

    said = replies.word(answer)
    if said in map(replies.word, question.accepted):
        return Judgement(True, said)
    parts = {part.kind: part for part in reversed(read_line(question.lines[0]))}
    for end in ("source", "destination"):
        if f"{end}_port" in parts and said == f"{parts[end].text}.{parts[f'{end}_port'].text}":
            remark = Message("reading.port_behind_dot")
            return Judgement(False, said, remark=remark, misconception="port-is-behind-the-dot")
    for part in parts.values():
        if said in (replies.word(part.text), replies.word(part.text.rpartition(" ")[2])):
            return Judgement(False, said, remark=Message("drills.line.meaning", text=part.text, meaning=part.meaning))
    return Judgement(False, said) if said and said in question.lines[0].casefold() else _unclear(question, answer)


def _filter(question: Question, answer: str) -> Judgement:
    from lesson_engine.course.behaviour import filter_task
    from lesson_engine.course.drills.wishes import COUNTING
    from lesson_engine.course.written import WrittenCommand
    from lesson_engine.tcpdump.shell import lex, quote

    # What is asked for is the expression, which at this prompt no shell reads; a whole command will do as well.
    words = [word.text for command in lex(answer, literal=True).commands for word in command.words]
    is_command = any(word.rpartition("/")[2] == "tcpdump" for word in words)
    written = WrittenCommand(answer if is_command else f"sudo tcpdump {quote(' '.join(words))}")
    found = filter_task(f"tcpdump {quote(question.filter)}", COUNTING, "mix", None).judge(written)
    return Judgement(
        found.passed,
        answer.strip(),
        misconception=found.misconception,
        verdict=Verdict(
            "",
            found.passed,
            float(found.passed),
            found.summary,
            answer=written.expression or answer.strip(),
            filter_read=found.filter_read,
            fault=found.fault,
            relation=found.relation,
            proofs=found.proofs,
            misconception=found.misconception,
            remarks=found.remarks,
        ),
    )


def _command(question: Question, answer: str) -> Judgement:
    from lesson_engine.course.drills.comparing import difference

    line = answer.strip()
    found = difference(line, question.accepted[0])
    if found is None:
        return Judgement(True, line)
    return Judgement(False, line, remark=found.message, misconception=found.misconception, fault=found.fault)


_JUDGES: dict[Form, Callable[[Question, str], Judgement]] = {
    "choice": _choice,
    "packet": _packet,
    "packets": _packets,
    "order": _order,
    "value": _value,
    "flags": _flags,
    "word": _word,
    "filter": _filter,
    "command": _command,
}


def _unclear(question: Question, answer: str) -> Judgement:
    return Judgement(False, answer.strip(), unclear=how_to_answer(question))


def _line(question: Question, number: int) -> str:
    return f"{number}  {question.lines[number - 1]}"


def _what_it_is(question: Question, number: int) -> Text:
    """What a line is, by its flags; else by its protocol."""
    from lesson_engine.tcpdump.line import read_line

    parts = {part.kind: part for part in read_line(question.lines[number - 1])}
    part = parts.get("flags") or parts.get("protocol")
    assert part is not None, "every line of the bundled captures begins with a protocol"
    return Message("drills.line.meaning", text=part.text, meaning=part.meaning)
