"""How a filter was read: a tree of clauses, each with its text, a sentence, and its verdict on one packet.

Qualifiers that an id inherited are filled in and marked, implied parentheses show as the tree's shape. With a
packet each clause says yes, no, skipped (an earlier clause had decided) or beyond (the captured bytes end before
the answer), with the header fields that were looked at and where they lie in the frame. It gives data and
messages; `views.filter_tree` draws them. The order of evaluation is that of `evaluate`.

>>> from lesson_engine.filters import Filter
>>> root = explain(Filter("port 80 or 443")).root
>>> [(clause.text, clause.inherited, str(clause.sentence)) for clause in root.children][1]
('port 443', True, 'packets to or from port 443')
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from lesson_engine.filters import nodes
from lesson_engine.filters.evaluate import number, verdict
from lesson_engine.filters.program import (
    All,
    Calculation,
    Choice,
    Compare,
    Constant,
    Either,
    Field,
    HeaderChain,
    Load,
    Negation,
    Test,
    Value,
)
from lesson_engine.filters.sentences import sentence
from lesson_engine.messages import Message
from lesson_engine.packets.capture import Packet
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS

if TYPE_CHECKING:
    from lesson_engine.filters import Filter

Answer = Literal["yes", "no", "skipped", "beyond"]
ANSWERS: dict[bool | None, Answer] = {True: "yes", False: "no", None: "beyond"}


class Evidence(NamedTuple):
    """A value that was looked at: what it is, its text, and its bytes in the frame from `start` to `end`
    (exclusive); both are 0 where it is computed from several places."""

    what: Message
    value: str
    start: int
    end: int


class Clause(NamedTuple):
    """One part of a filter, as it was read.

    `kind` says what it is, `text` is its canonical expression, `span` its place in the learner's expression.
    `inherited`: its qualifiers were written before an earlier id. `answer` is None without a packet.
    `decisive`: its answer settled the `and` or `or` it stands in, and that one the next, up to the whole.
    """

    kind: Literal["and", "or", "not", "primitive"]
    text: str
    span: nodes.Span
    sentence: Message
    children: tuple["Clause", ...] = ()
    inherited: bool = False
    answer: Answer | None = None
    evidence: tuple[Evidence, ...] = ()
    decisive: bool = False


class Explanation(NamedTuple):
    """How the filter `expression` was read; `notes` say what of it surprises. `packet_number` is None without a
    packet, `matches` too."""

    expression: str
    root: Clause
    notes: tuple[Message, ...]
    packet_number: int | None = None
    matches: bool | None = None

    def primitives(self) -> Iterator[Clause]:
        """The clauses that are no connectives, left to right; a negated one with its `not`."""
        yield from _primitives(self.root)


def explain(filter_: "Filter", packet: Packet | None = None) -> Explanation:
    """How the filter was read, and what each clause says of `packet`.

    Raises FilterSyntaxError if the filter cannot be used on the packet's link type.
    """
    if packet is None:
        root = _clause(filter_.tree, None, None)
        return Explanation(filter_.expression, root, _notes(filter_.tree))
    program = filter_.program(packet.link_type, packet.byte_order)
    root = _clause(filter_.tree, program, packet)
    return Explanation(filter_.expression, root, _notes(filter_.tree), packet.number, root.answer == "yes")


def _primitives(clause: Clause) -> Iterator[Clause]:
    if clause.kind in ("and", "or"):
        for child in clause.children:
            yield from _primitives(child)
    elif clause.kind == "not" and clause.children[0].kind in ("and", "or"):
        yield from _primitives(clause.children[0])
    else:
        yield clause


def _clause(node: nodes.Node, program: Test | None, packet: Packet | None, *, reached: bool = True) -> Clause:
    """The clause of `node`; its program has the same shape as the tree down to the primitives."""
    match node:
        case nodes.And() | nodes.Or():
            return _connective(node, program, packet, reached=reached)
        case nodes.Not(term=term):
            part = program.part if isinstance(program, Negation) else None
            child = _clause(term, part, packet, reached=reached)
            flipped: dict[Answer | None, Answer] = {"yes": "no", "no": "yes"}
            answer = flipped.get(child.answer, child.answer)
            text = str(node)
            return Clause("not", text, node.span, sentence(node), (child,), child.inherited, answer, child.evidence)
    inherited = isinstance(node, nodes.Address) and node.inherited
    clause = Clause("primitive", str(node), node.span, sentence(node), inherited=inherited)
    if program is None or packet is None:
        return clause
    if not reached:
        return clause._replace(answer="skipped")
    answer = ANSWERS[verdict(program, packet.data, packet.original_length)]
    return clause._replace(answer=answer, evidence=_evidence(node, program, answer, packet))


def _connective(node: nodes.And | nodes.Or, program: Test | None, packet: Packet | None, *, reached: bool) -> Clause:
    kind: Literal["and", "or"] = "and" if isinstance(node, nodes.And) else "or"
    parts: tuple[Test | None, ...] = (None,) * len(node.terms)
    if isinstance(program, All | Either):
        parts = program.parts
    children = []
    settled = False
    answer: Answer | None = None if packet is None else "yes" if kind == "and" else "no"
    for term, part in zip(node.terms, parts, strict=True):
        child = _clause(term, part, packet, reached=reached and not settled)
        if packet is not None and not settled and child.answer != answer:
            settled, answer = True, child.answer
            children.append(child._replace(decisive=reached))
        else:
            children.append(_undecided(child))
    if packet is not None and not reached:
        answer = "skipped"
    return Clause(kind, str(node), node.span, sentence(node), tuple(children), answer=answer)


def _undecided(clause: Clause) -> Clause:
    """The same, where nothing in it decided the whole."""
    return clause._replace(decisive=False, children=tuple(map(_undecided, clause.children)))


def _notes(tree: nodes.Node) -> tuple[Message, ...]:
    notes = []
    if _mixes(tree):
        notes.append(Message("filters.note.equal_rank"))
    if any(isinstance(part, nodes.Address) and part.inherited for part in _walk(tree)):
        notes.append(Message("filters.note.inherited"))
    if any(isinstance(part, nodes.Tunnel) and part.word != "pppoed" for part in _walk(tree)):
        notes.append(Message("filters.note.moved"))
    return tuple(notes)


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    match node:
        case nodes.And(terms=terms) | nodes.Or(terms=terms):
            for term in terms:
                yield from _walk(term)
        case nodes.Not(term=term):
            yield from _walk(term)


def _mixes(tree: nodes.Node) -> bool:
    """Whether `and` and `or` stand side by side anywhere."""
    return any(
        isinstance(part, nodes.And | nodes.Or) and any(isinstance(term, nodes.And | nodes.Or) for term in part.terms)
        for part in _walk(tree)
    )


# What decided


def _evidence(node: nodes.Node, program: Test, answer: Answer, packet: Packet) -> tuple[Evidence, ...]:
    """The fields that decided: of a yes the one that agreed, of a no all that were asked and did not."""
    if isinstance(node, nodes.Relation):
        compare = program.parts[-1] if isinstance(program, All) else program
        if isinstance(compare, Compare) and (sides := _sides(node, compare, packet)):
            failed = next((test for test, outcome in _asked(program, packet) if test.field and not outcome), None)
            return sides if failed is None else (_field(failed, failed.field, packet),) if failed.field else ()
    asked = [(test, test.field, outcome) for test, outcome in _asked(program, packet)]
    found: dict[tuple[str, int], Evidence] = {}
    principal = [each for each in asked if each[1] is not None and each[1].name not in _PRELIMINARY]
    wanted = answer == "yes"
    for test, field, outcome in principal or asked:
        if field is None or (wanted and not outcome):
            continue
        evidence = _field(test, field, packet)
        found[(field.name, evidence.start)] = evidence
    chosen = list(found.values())
    # A protocol is told by its last test; addresses and ports are shown side by side.
    return tuple(chosen) if principal and not wanted else tuple(chosen[-1:])


_PRELIMINARY = {"ether_type", "ip_version", "family", "protocol", "fragment_offset"}


def _asked(test: Test, packet: Packet) -> Iterator[tuple[Compare, bool | None]]:
    """The comparisons that are made of a packet, in order, with their outcomes."""
    match test:
        case All(parts=parts) | Either(parts=parts):
            going_on = isinstance(test, All)
            for part in parts:
                yield from _asked(part, packet)
                if verdict(part, packet.data, packet.original_length) is not going_on:
                    return
        case Negation(part=part):
            yield from _asked(part, packet)
        case HeaderChain(carries=carries):
            yield from _asked(carries, packet)
        case Compare():
            yield test, verdict(test, packet.data, packet.original_length)


def _field(test: Compare, field: Field, packet: Packet) -> Evidence:
    """The header field that a comparison looked at, as far as it was captured."""
    load = test.left.left if isinstance(test.left, Calculation) else test.left
    what = Message(f"filters.field.{field.name}")
    start = _position(load, packet) if isinstance(load, Load) else None
    if start is None:
        return Evidence(what, "", 0, 0)
    start -= field.before
    data = packet.data[start : start + field.length]
    if len(data) < field.length:
        return Evidence(what, "", start, start + field.length)
    return Evidence(what, _shown(field.name, data), start, start + field.length)


def _position(load: Load, packet: Packet) -> int | None:
    base = 0 if load.base is None else number(load.base, packet.data, packet.original_length)
    return None if base is None else base + load.offset


def _shown(name: str, data: bytes) -> str:
    if name.endswith("_address"):
        return ".".join(map(str, data)) if len(data) == 4 else _ipv6_text(data)
    if name.endswith("_mac"):
        return data.hex(":")
    value = int.from_bytes(data, "big")
    match name:
        case "ether_type":
            known = next((name for name, kind in ETHER_TYPES.items() if kind == value), None)
            return f"0x{value:04x} ({known})" if known else f"0x{value:04x}"
        case "protocol":
            known = next((name for name, kind in IP_PROTOCOLS.items() if kind == value), None)
            return f"{value} ({known})" if known else str(value)
        case "ip_version":
            return str(value >> 4)
        case "vlan_tag":
            return str(value & 0xFFF)
        case "fragment_offset":
            return str(8 * (value & 0x1FFF))
        case "family":
            return f"0x{value:08x}"
    return str(value)


def _ipv6_text(data: bytes) -> str:
    """RFC 5952: the longest run of zero groups, of two at least and the first of equals, as ::."""
    groups = [f"{data[place] << 8 | data[place + 1]:x}" for place in range(0, 16, 2)]
    best = (0, 0)
    for start in range(8):
        length = next((end for end in range(start, 8) if groups[end] != "0"), 8) - start
        best = max(best, (length, -start))
    length, start = best[0], -best[1]
    if length < 2:
        return ":".join(groups)
    return f"{':'.join(groups[:start])}::{':'.join(groups[start + length :])}"


def _sides(node: nodes.Relation, compare: Compare, packet: Packet) -> tuple[Evidence, ...]:
    """What the two sides of a relation came to, where they are not constants."""
    sides = []
    for written, value in ((node.left, compare.left), (node.right, compare.right)):
        if isinstance(value, Constant):
            continue
        result = number(value, packet.data, packet.original_length)
        start, end = _extent(value, packet)
        what = Message("filters.field.computed", text=str(written))
        sides.append(Evidence(what, "" if result is None else str(result), start, end))
    return tuple(sides)


def _extent(value: Value, packet: Packet) -> tuple[int, int]:
    """Where the one load of a value lies; (0, 0) if it has none, or several."""
    loads = [load for load in _loads(value) if _position(load, packet) is not None]
    if len(loads) != 1:
        return 0, 0
    start = _position(loads[0], packet) or 0
    return start, start + loads[0].size


def _loads(value: Value) -> Iterator[Load]:
    match value:
        case Load():
            yield value
        case Calculation(left=left, right=right):
            yield from _loads(left)
            yield from _loads(right)
        case Choice(then=then, otherwise=otherwise):
            yield from _loads(then)
            yield from _loads(otherwise)
