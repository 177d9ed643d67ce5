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

from lesson_engine.course.drills import replies
from lesson_engine.course.drills.question import Evidence, Form, Judgement, Question
from lesson_engine.course.exercise import Exercise
from lesson_engine.messages import LANGUAGES, Localized, Message, Text


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
        remark, misconception = _thought_behind(chosen.shown, question.filter)
        return Judgement(False, str(number), remark=remark, misconception=misconception)
    return Judgement(False, str(number), remark=chosen.thought)


def _thought_behind(wrong: str, right: str) -> tuple[Text, str | None]:
    """What is behind the choice of a filter that does something else."""
    from lesson_engine.filters import Filter
    from lesson_engine.filters.misconceptions import of_answer

    found = of_answer(Filter(wrong), Filter(right))
    return (found[0].message, found[0].id) if found else (Message("course.different"), None)


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
    for part in read_line(question.lines[0]):
        if said in (replies.word(part.text), replies.word(part.text.rpartition(" ")[2])):
            return Judgement(False, said, remark=Message("drills.line.meaning", text=part.text, meaning=part.meaning))
    return _unclear(question, answer)


def _filter(question: Question, answer: str) -> Judgement:
    from lesson_engine.course.grading import grade
    from lesson_engine.tcpdump.shell import lex, quote

    # What is asked for is the expression, which at this prompt no shell reads; a whole command will do as well.
    words = [word.text for command in lex(answer, literal=True).commands for word in command.words]
    is_command = any(word.rpartition("/")[2] == "tcpdump" for word in words)
    verdict = grade(as_exercise(question.filter), answer if is_command else f"tcpdump {quote(' '.join(words))}")
    return Judgement(verdict.passed, answer.strip(), misconception=verdict.misconception, verdict=verdict)


def as_exercise(expression: str) -> Exercise:
    """A question that asks for a filter that does what `expression` does, as grading takes it."""
    from lesson_engine.course.drills.wishes import COUNTING

    nothing = Localized("", "")
    return Exercise(
        id="drill",
        kind="filter",
        stars=1,
        lesson=3,
        title=nothing,
        task=nothing,
        capture="mix",
        starter="",
        solution=f"tcpdump '{expression}'",
        right=(),
        wrong=(),
        hints=(),
        counts=COUNTING,
        wants={},
        parts=(),
        questions=(),
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
