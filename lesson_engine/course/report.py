"""A verdict in words: lines with roles, in the learner's language, for terminals and notebooks alike.

The learner's own words stay in sight, with carets under the place that matters; a wrong filter is met with the
packets that prove it wrong. What to do next is the shell's to say.
"""

from collections.abc import Iterator, Sequence

from lesson_engine.course.exercise import Exercise
from lesson_engine.course.verdict import Evidence, Fault, Part, Proof, Verdict
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import caret, cell_width, pad, wrap
from lesson_engine.views.filter_tree import clause_lines
from lesson_engine.views.text import PROSE_WIDTH, Line, Role, line


def report(verdict: Verdict, exercise: Exercise, language: Language) -> list[Line]:
    """The whole report, without a last line break."""
    return [*_heading(verdict, exercise, language), line(), *verdict_lines(verdict, language)]


def _heading(verdict: Verdict, exercise: Exercise, language: Language) -> Iterator[Line]:
    left = f"{exercise.id}  {exercise.title.text(language)}"
    mark = Message("course.passed" if verdict.passed else "course.not_passed").text(language)
    role: Role = "good" if verdict.passed else "bad"
    gap = max(3, PROSE_WIDTH - cell_width(left) - cell_width(mark))
    yield line((left, "title"), " " * gap, (mark, role))


def verdict_lines(verdict: Verdict, language: Language) -> Iterator[Line]:
    """The report without its heading."""
    yield from _findings(verdict, language)
    if verdict.fallback is not None:
        yield line()
        for text in wrap(verdict.fallback.text(language), PROSE_WIDTH - 2):
            yield line("  ", (text, "faint"))


def _findings(verdict: Verdict, language: Language) -> Iterator[Line]:
    if verdict.fault is not None and not verdict.parts:
        yield from _fault(verdict.fault, language)
        yield from _misconception(verdict.misconception, language)
        return
    if verdict.filter_read or verdict.proofs:
        yield from _how_it_was_read(verdict, language)
    if not verdict.proofs:
        yield from _prose(verdict.summary.text(language))
    parts = _with_own_remarks(verdict, language)
    for part in parts:
        yield from _part(part, language)
    if verdict.fault is not None:
        yield line()
        yield from _fault(verdict.fault, language)
    yield from _proofs(verdict.proofs, language)
    if verdict.evidence:
        yield line()
        yield from _prose(Message("course.evidence").text(language))
    for packet in verdict.evidence:
        yield from _evidence(packet, language)
    if verdict.remarks:
        yield line()
    for remark in verdict.remarks:
        yield from _prose(remark.text(language))
    if verdict.misconception not in {part.misconception for part in parts}:
        yield from _misconception(verdict.misconception, language)


def _with_own_remarks(verdict: Verdict, language: Language) -> list[Part]:
    """The parts; what is true of several of them is said once, below them."""
    said = [part.remark.text(language) if part.remark else "" for part in verdict.parts]
    below = {remark.text(language) for remark in verdict.remarks}
    return [
        part._replace(remark=None, misconception=None) if text in below and said.count(text) > 1 else part
        for part, text in zip(verdict.parts, said, strict=True)
    ]


def _misconception(name: str | None, language: Language) -> Iterator[Line]:
    if name:
        yield line("  ", (Message("course.misconception", id=name).text(language), "faint"))


def _proofs(proofs: Sequence[Proof], language: Language) -> Iterator[Line]:
    for proof in proofs:
        yield line()
        yield from _proof(proof, language)
    if len(proofs) == 1 and proofs[0].heading is None:
        yield line()
        yield from _prose(Message("course.none_missed" if not proofs[0].missed else "course.none_extra").text(language))


def _evidence(packet: Evidence, language: Language) -> Iterator[Line]:
    yield line("  ", (f"{packet.capture} #{packet.number}  ", "accent"), (packet.line, "packet"))
    for text in wrap(packet.shows.text(language), PROSE_WIDTH - 6):
        yield line("      ", text)


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
    yield from map(_indented, _within_part(part, language))


def _within_part(part: Part, language: Language) -> Iterator[Line]:
    """What stands below a part's own line: its filter as it was read, and why it is not right."""
    if part.filter_read:
        label = Message("course.as_read").text(language)
        yield line("  ", f"{label}   ", (part.filter_read, "quote"))
    if part.fault is not None:
        yield from _fault(part.fault, language)
    yield from _proofs(part.proofs, language)
    if part.remark is not None:
        for text in wrap(part.remark.text(language), PROSE_WIDTH - 6):
            yield line("  ", text)
    yield from _misconception(part.misconception, language)


def _indented(shown: Line) -> Line:
    return line("    ", *shown) if shown else shown


def _proof(proof: Proof, language: Language) -> Iterator[Line]:
    side = "missed" if proof.missed else "extra"
    if proof.found:
        heading = proof.heading or Message(f"course.proof_{side}", found=proof.found, of=proof.of)
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
