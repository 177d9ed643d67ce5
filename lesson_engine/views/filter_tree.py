"""Drawing how a filter was read: its tree with a verdict a clause, or its clauses one a line.

Lines of text with roles, for terminals and pages alike; widths are counted in terminal cells. What a clause
looked at stands behind its verdict, what it inherited is marked. Knows nothing of how filters are evaluated.

>>> from lesson_engine.filters import Filter
>>> from lesson_engine.filters.explain import explain
>>> print(plain(tree_lines(explain(Filter("src host 10.0.0.1 and port 80 or 443")), "en")))
or                        packets for which any of these holds
├─ and                    packets for which all of these hold
│  ├─ src host 10.0.0.1   packets from 10.0.0.1
│  └─ port 80             packets to or from port 80
└─ port 443               packets to or from port 443   ← port inherited
<BLANKLINE>
and and or have equal rank and are read left to right.
An id without qualifiers takes those of the one before it.
"""

from collections.abc import Iterator

from lesson_engine.filters.explain import Clause, Evidence, Explanation
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.text import Line, Role, escape_controls, line, plain, trimmed

__all__ = ["clause_lines", "plain", "tree_clauses", "tree_lines"]

_GAP = 3
_WIDEST = 60
"""Cells; beside a longer clause the columns do not line up."""
_ROLES: dict[str, Role] = {"yes": "good", "no": "bad", "skipped": "faint", "beyond": "bad"}


def tree_lines(explanation: Explanation, language: Language) -> list[Line]:
    """The tree of clauses: with a packet each with its verdict and why, else with a sentence; then the notes."""
    rows = _branches(explanation.root, "", "")
    lines = _aligned([(prefix + _label(clause), clause, len(prefix)) for prefix, clause in rows], language)
    if explanation.notes:
        lines.append(line())
        lines += [line(note.text(language)) for note in explanation.notes]
    return lines


def tree_clauses(explanation: Explanation) -> list[Clause]:
    """The clauses that the first lines of `tree_lines` are about, one a line."""
    return [clause for _, clause in _branches(explanation.root, "", "")]


def clause_lines(explanation: Explanation, language: Language) -> list[Line]:
    """The primitives in the order they are read, each with its verdict on the packet and why; none of no filter."""
    primitives = [clause for clause in explanation.primitives() if clause.text]
    return _aligned([(escape_controls(clause.text), clause, 0) for clause in primitives], language)


def _branches(clause: Clause, prefix: str, below: str) -> Iterator[tuple[str, Clause]]:
    """Each clause with the lines that lead to it; a negated primitive is one clause."""
    yield prefix, clause
    children = clause.children
    if clause.kind == "not" and not children[0].children:
        return
    for place, child in enumerate(children, 1):
        last = place == len(children)
        yield from _branches(child, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


def _label(clause: Clause) -> str:
    if clause.kind in ("and", "or") or (clause.kind == "not" and clause.children[0].children):
        return clause.kind
    return escape_controls(clause.text)


def _aligned(rows: list[tuple[str, Clause, int]], language: Language) -> list[Line]:
    width = max((cell_width(text) for text, _, _ in rows if cell_width(text) <= _WIDEST), default=0) + _GAP
    given = {clause.answer for _, clause, _ in rows if clause.answer is not None}
    answers = {answer: Message(f"filters.answer.{answer}").text(language) for answer in given}
    answer_width = max(map(cell_width, answers.values()), default=0) + _GAP
    lines = []
    for text, clause, branch in rows:
        parts: list[str | tuple[str, Role]] = [(text[:branch], "faint"), (pad(text, width)[branch:], "quote")]
        if clause.answer is None:
            parts.append(clause.sentence.text(language) + " " * _GAP)
        else:
            parts.append((pad(answers[clause.answer], answer_width), _ROLES[clause.answer]))
            parts += [f"{_why(each, clause, language)}{' ' * _GAP}" for each in clause.evidence]
        parts += [(f"{mark}{' ' * _GAP}", "accent") for mark in _marks(clause, language)]
        lines.append(trimmed(line(*parts)))
    return lines


def _why(evidence: Evidence, clause: Clause, language: Language) -> str:
    what, value, first, last = evidence.what, evidence.value, evidence.start, evidence.end - 1
    if clause.answer == "beyond" and not value and evidence.end:
        return Message("filters.why.beyond", last=last).text(language)
    if not evidence.end:
        return Message("filters.why.value", what=what, value=value).text(language)
    if first == last:
        return Message("filters.why.byte", what=what, value=value, first=first).text(language)
    return Message("filters.why.field", what=what, value=value, first=first, last=last).text(language)


def _marks(clause: Clause, language: Language) -> Iterator[str]:
    shown = clause.children[0] if clause.kind == "not" else clause
    if clause.inherited:
        words = shown.text.rpartition(" ")[0]
        yield Message("filters.why.inherited", words=words).text(language)
    if clause.decisive and not _decides_within(clause):
        yield Message("filters.why.decisive").text(language)


def _decides_within(clause: Clause) -> bool:
    return any(child.decisive or _decides_within(child) for child in clause.children)
