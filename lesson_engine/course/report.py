"""A verdict in words: lines with roles, in the learner's language, for terminals and notebooks alike.

The learner's own words stay in sight, with carets under the place that matters; a wrong filter is met with the
packets that prove it wrong. What to do next is the shell's to say.
"""

from collections.abc import Iterator

from lesson_engine.course.exercise import Exercise
from lesson_engine.course.verdict import Fault, Part, Proof, Verdict
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import caret, cell_width, pad, wrap
from lesson_engine.views.filter_tree import clause_lines
from lesson_engine.views.text import PROSE_WIDTH, Line, Role, line


def report(verdict: Verdict, exercise: Exercise, language: Language) -> list[Line]:
    """The whole report, without a last line break."""
    return [*_heading(verdict, exercise, language), line(), *_body(verdict, language)]


def _heading(verdict: Verdict, exercise: Exercise, language: Language) -> Iterator[Line]:
    left = f"{exercise.id}  {exercise.title.text(language)}"
    mark = Message("course.passed" if verdict.passed else "course.not_passed").text(language)
    role: Role = "good" if verdict.passed else "bad"
    gap = max(3, PROSE_WIDTH - cell_width(left) - cell_width(mark))
    yield line((left, "title"), " " * gap, (mark, role))


def _body(verdict: Verdict, language: Language) -> Iterator[Line]:
    if verdict.fault is not None and not verdict.parts:
        yield from _fault(verdict.fault, language)
        yield from _misconception(verdict, language)
        return
    if verdict.filter_read or verdict.proofs:
        yield from _how_it_was_read(verdict, language)
    if not verdict.proofs:
        yield from _prose(verdict.summary.text(language))
    for part in verdict.parts:
        yield from _part(part, language)
    if verdict.fault is not None:
        yield line()
        yield from _fault(verdict.fault, language)
    for proof in verdict.proofs:
        yield line()
        yield from _proof(proof, language)
    if len(verdict.proofs) == 1:
        yield line()
        yield from _prose(
            Message("course.none_missed" if not verdict.proofs[0].missed else "course.none_extra").text(language)
        )
    if verdict.remarks:
        yield line()
    for remark in verdict.remarks:
        yield from _prose(remark.text(language))
    yield from _misconception(verdict, language)


def _misconception(verdict: Verdict, language: Language) -> Iterator[Line]:
    if verdict.misconception:
        yield line("  ", (Message("course.misconception", id=verdict.misconception).text(language), "faint"))


def _fault(fault: Fault, language: Language) -> Iterator[Line]:
    if fault.source:
        shown, marks = caret(fault.source, fault.span).split("\n")
        yield line("  ", (shown, "quote"))
        yield line("  ", (marks, "bad"))
    yield from _prose(fault.message.text(language))
    if fault.hint is not None:
        yield from _prose(Message("course.try_this").text(language))
        yield line("      ", (fault.hint, "accent"))


def _how_it_was_read(verdict: Verdict, language: Language) -> Iterator[Line]:
    labels = [Message(key).text(language) for key in ("course.your_filter", "course.as_read")]
    width = max(map(cell_width, labels)) + 3
    answer = verdict.answer or Message("course.no_filter").text(language)
    yield line("  ", pad(labels[0], width), (answer, "quote"))
    if verdict.filter_read:
        yield line("  ", pad(labels[1], width), (verdict.filter_read, "quote"))
    if verdict.passed:
        yield line()


def _part(part: Part, language: Language) -> Iterator[Line]:
    mark: tuple[str, Role] = ("  ✓ ", "good") if part.passed else ("  ✗ ", "bad")
    yield line(mark, part.name.text(language))
    if part.line:
        yield line("      ", (part.line, "packet"))
    if part.remark is not None:
        for text in wrap(part.remark.text(language), PROSE_WIDTH - 6):
            yield line("      ", text)


def _proof(proof: Proof, language: Language) -> Iterator[Line]:
    side = "missed" if proof.missed else "extra"
    if proof.found:
        heading = Message(f"course.proof_{side}", found=proof.found, of=proof.of)
        number = f"#{proof.packet.number}  "
    else:
        heading = Message(f"course.proof_{side}_made")
        number = ""
    yield from _prose(heading.text(language))
    yield line("  ", (number, "accent"), (proof.line, "packet"))
    for clause in clause_lines(proof.explanation, language):
        yield line("      ", *clause)


def _prose(text: str) -> Iterator[Line]:
    for each in wrap(text, PROSE_WIDTH - 2):
        yield line("  ", each)
