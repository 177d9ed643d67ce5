"""Questions and judgements in words: lines with roles, in the learner's language, for terminals and notebooks alike.

A question shows its lines with their numbers; an answer is met with what is right, the thought behind a wrong one, and
the packet that proves it. tcpdump's lines and what a learner writes are never cut; where they are wrapped, the rest is
indented so that the numbers stay in sight.

>>> from random import Random
>>> from lesson_engine.course.drills.flags import KINDS
>>> from lesson_engine.views.text import plain
>>> print(plain(question_lines(KINDS["symbol-SYN"](Random(3)), "en")[:1]))
  Which symbol does tcpdump print for SYN?
"""

from collections.abc import Iterator

from lesson_engine.course.drills.question import Evidence, Judgement, Question
from lesson_engine.course.drills.quiz import PASS_MARK, Score
from lesson_engine.course.report import verdict_lines
from lesson_engine.messages import Language, Localized, Message, Text
from lesson_engine.messages.cells import caret, cell_width, wrap
from lesson_engine.views.filter_tree import clause_lines
from lesson_engine.views.text import PROSE_WIDTH, Line, Role, line

_MARGIN = "  "
_BAR = 20
"""Cells of a full bar."""


def question_lines(question: Question, language: Language, columns: int = 0) -> list[Line]:
    """The question: what is asked, its lines, its choices. `columns` is the terminal's width, 0 if it has none."""
    first, *more = question.prompt.text(language).split("\n")
    shown = list(_prose(first))
    for text in more:
        shown += [line("    ", (each, "quote")) for each in wrap(text, PROSE_WIDTH - 4)]
    if question.lines:
        shown.append(line())
    for number, text in enumerate(question.lines, 1):
        shown += _long(f"{number:>3}  " if question.is_numbered else _MARGIN, text, "packet", columns)
    if question.choices:
        shown.append(line())
    for number, choice in enumerate(question.choices, 1):
        if isinstance(choice.shown, str):
            shown += _long(f"{number:>3}. ", choice.shown, "quote", columns)
        else:
            shown += _numbered(number, choice.text(language))
    return shown


def judgement_lines(question: Question, judgement: Judgement, language: Language, columns: int = 0) -> list[Line]:
    """What there is to say of an answer; of one that is unclear, how to answer."""
    if judgement.unclear is not None:
        return list(_prose(judgement.unclear.text(language)))
    if judgement.right:
        shown = [line(_MARGIN, (Message("drills.right").text(language), "good"))]
        if judgement.verdict is not None:
            return [*shown, *verdict_lines(judgement.verdict, language)]
        return [*shown, *_prose(question.explanation.text(language))]
    shown = [line(_MARGIN, (_wrong(question, language), "bad"))]
    if judgement.verdict is not None:
        return [
            *shown,
            line(),
            *verdict_lines(judgement.verdict, language),
            line(),
            *_prose(question.explanation.text(language)),
        ]
    if judgement.fault is not None and judgement.fault.source:
        text, marks = caret(judgement.fault.source, judgement.fault.span).split("\n")
        shown += [line("    ", (text, "quote")), line("    ", (marks, "bad"))]
    if judgement.remark is not None:
        shown += _prose(judgement.remark.text(language))
    for evidence in judgement.evidence:
        shown += _evidence(evidence, language, columns)
    shown += _prose(question.explanation.text(language))
    named = {evidence.line for evidence in judgement.evidence}
    for number in question.proof if len(question.proof) < len(question.lines) else ():
        text = f"{number}  {question.lines[number - 1]}"
        if text not in named:
            shown += _long("    ", text, "packet", columns)
    return shown


def answer_lines(question: Question, language: Language) -> list[Line]:
    """The right answer and why, for one who asks for it."""
    text = Message("drills.shown", answer=_right_answer(question, language)).text(language)
    return [*_prose(text), *_prose(question.explanation.text(language))]


def score_lines(score: Score, titles: dict[str, Text], language: Language) -> list[Line]:
    """The result of a quiz: as a whole, then a bar for each item of the checklist, in the order of their `titles`."""
    percent = 100 * score.total.right // score.total.asked
    key = "drills.quiz_passed" if score.passed else "drills.quiz_not_passed"
    verdict = Message(key, percent=percent, mark=round(100 * PASS_MARK)).text(language)
    role: Role = "good" if score.passed else "bad"
    title = Message("drills.quiz_result").text(language)
    total = f"{score.total.right} / {score.total.asked}"
    shown = [line((title, "title"), f"   {total}   ", (verdict, role)), line()]
    for item in titles:
        share = score.by_item.get(item)
        if share is None:
            continue
        filled = _BAR * share.right // share.asked
        reached = share.right >= PASS_MARK * share.asked
        bar: tuple[str, Role] = ("#" * filled + "." * (_BAR - filled), "good" if reached else "accent")
        mark = "✓ " if reached else "▸ "
        shown.append(line(_MARGIN, mark, bar, f"  {share.right:>2} / {share.asked}   ", titles[item].text(language)))
    return shown


def _wrong(question: Question, language: Language) -> str:
    if question.form in ("filter", "command"):
        return Message("drills.not_yet").text(language)
    return Message("drills.wrong", answer=_right_answer(question, language)).text(language)


def _right_answer(question: Question, language: Language) -> Text:
    """The right answer; of a choice with its number, unless the choice is too long to be said twice."""
    if question.form != "choice":
        return question.right_answer
    number = question.accepted[0]
    if cell_width(question.right_answer.text(language)) > PROSE_WIDTH // 2:
        return Localized(number, number)
    return Message("drills.choice_shown", number=number, text=question.right_answer)


def _evidence(evidence: Evidence, language: Language, columns: int) -> Iterator[Line]:
    yield from _long("    ", evidence.line, "packet", columns)
    if evidence.remark is not None:
        for text in wrap(evidence.remark.text(language), PROSE_WIDTH - 8):
            yield line("       ", text)
    if evidence.explanation is not None:
        for clause in clause_lines(evidence.explanation, language):
            yield line("       ", *clause)


def _prose(text: str) -> Iterator[Line]:
    for each in wrap(text, PROSE_WIDTH - 2):
        yield line(_MARGIN, each)


def _numbered(number: int, text: str) -> Iterator[Line]:
    for place, each in enumerate(wrap(text, PROSE_WIDTH - 5)):
        yield line(f"{number:>3}. " if place == 0 else "     ", each)


def _long(left: str, text: str, role: Role, columns: int) -> Iterator[Line]:
    """Text that is never cut: wrapped at blanks where the terminal would break it anywhere."""
    room = columns - len(left)
    for place, each in enumerate(wrap(text, room) if room >= PROSE_WIDTH // 2 else [text]):
        yield line((left, "accent") if place == 0 else " " * len(left), (each, role))
