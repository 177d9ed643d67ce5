"""Mutants of an exercise's references: the same filter with one mistake in it, which some packet must tell apart.

The mistakes are those that people make (`filters.misconceptions.slips`) and those of the pen: another number,
direction or protocol. A mutant that only packets beyond `counts` tell apart would be a right answer; the author says
so by listing one that does the same, and otherwise `counts` is too narrow.

>>> [str(mutant) for mutant in mutants(Filter("dst port 80"))][:3]
['not dst port 80', '', 'src port 80']
"""

from collections.abc import Iterator

from lesson_engine.course.exercise import Exercise
from lesson_engine.course.written import commands_of
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.lattice import compare
from lesson_engine.filters.misconceptions.plain_form import has_plain_form, plain
from lesson_engine.filters.misconceptions.slips import places, slips
from lesson_engine.filters.misconceptions.witnesses import Witnesses
from lesson_engine.filters.nodes import (
    Address,
    Dotted,
    DottedPrefix,
    IdNumber,
    Node,
    Not,
    Number,
    Protocol,
    Relation,
)
from lesson_engine.packets.linktype import EN10MB


def mutants(reference: Filter) -> Iterator[Filter]:
    """Every filter that one mistake makes of `reference`, each once."""
    tree = plain(reference.tree)
    seen = {str(tree)}
    for mutant in (*(slip.tree for slip in slips(tree)), *_slips_of_the_pen(tree)):
        if (text := str(mutant)) not in seen:
            seen.add(text)
            try:
                yield Filter(text, link_type=EN10MB)
            except FilterSyntaxError:
                continue


def unseen_mutants(exercise: Exercise) -> Iterator[tuple[str, str, bool]]:
    """For each mutant that would pass: the key of its reference, its expression, and whether `counts` alone hides
    it, while another packet would show it."""
    for key, position, line, counts in references(exercise):
        reference = _filter_of(line, 0)
        within = Filter(counts, link_type=EN10MB) if counts else None
        accepted = [_filter_of(answer, position) for answer in (exercise.solution, *exercise.right)]
        for mutant in mutants(reference):
            comparison = compare(mutant, reference, within=within)
            if comparison.relation != "equivalent":
                continue
            if not comparison.complete or _witnessed(mutant, reference, within):
                yield key, str(mutant), False
            elif within is not None and compare(mutant, reference).relation != "equivalent":
                listed = any(compare(mutant, other).relation == "equivalent" for other in accepted)
                if not listed:
                    yield key, str(mutant), True


def references(exercise: Exercise) -> Iterator[tuple[str, int, str, str]]:
    """The key of each reference, the place of its command among those of an answer, its line, and what counts."""
    if exercise.kind == "filter":
        yield "solution", 0, exercise.solution, exercise.counts
    for index, part in enumerate(exercise.parts):
        if part.filter is not None:
            yield f"parts[{index}].filter", index, part.filter, part.counts


def _filter_of(answer: str, position: int) -> Filter:
    """The filter of the command at a place of an answer; everything, where there is none."""
    written = commands_of(answer)
    found = written[position].filter(EN10MB) if position < len(written) else None
    return found if found is not None else Filter("")


def _witnessed(mutant: Filter, reference: Filter, within: Filter | None) -> bool:
    """Whether a packet beside the lattice's tells the two apart: then the lattice is at fault."""
    trees = [mutant.tree, reference.tree, *([within.tree] if within else [])]
    if not all(map(has_plain_form, trees)):
        return False
    witnesses = Witnesses(trees)
    counting = witnesses.verdicts(within.tree) if within else witnesses.everything
    return bool((witnesses.verdicts(mutant.tree) ^ witnesses.verdicts(reference.tree)) & counting)


def _slips_of_the_pen(tree: Node) -> Iterator[Node]:
    """Another number, direction or protocol, at every place."""
    for node, put in places(tree):
        leaf = node.term if isinstance(node, Not) else node
        for other in _other_leaves(leaf):
            yield put(Not(other) if isinstance(node, Not) else other)


def _other_leaves(leaf: Node) -> Iterator[Node]:
    match leaf:
        case Address(qualifiers=qualifiers, id=id_) if qualifiers is not None:
            for direction in ("src", "dst", None):
                if direction != qualifiers.direction:
                    yield Address(qualifiers._replace(direction=direction), id_)
            match id_:
                case IdNumber(value=value):
                    yield Address(qualifiers, IdNumber(value + 1))
                case Dotted(text=text) if text.count(".") == 3:
                    start, _, last = text.rpartition(".")
                    yield Address(qualifiers, Dotted(f"{start}.{int(last) ^ 1}"))
                case DottedPrefix(text=text, length=length) if 0 < length < 32:
                    yield Address(qualifiers, DottedPrefix(text, length + 1))
        case Protocol(name="tcp"):
            yield Protocol("udp")
        case Protocol(name="udp"):
            yield Protocol("tcp")
        case Relation(operator=operator, left=left, right=Number(value=value)):
            yield Relation(operator, left, Number(value + 1))
            if operator in ("=", "!="):
                yield Relation("!=" if operator == "=" else "=", left, Number(value))
