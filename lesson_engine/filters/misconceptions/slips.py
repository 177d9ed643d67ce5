"""Slips: the ways from a right filter to the wrong ones that people write instead.

Each slip is a small function from a plain form to the trees that one mistake makes of it, with the id of the
misconception behind it and what there is to say. `slips` applies all of them at every place of a tree, those
first that say most; `additions` takes out of a wrong filter what may be too much in it. Nothing here asks whether
a tree explains an answer: `explanations` does. A slip's tree need not be in plain form.

>>> from lesson_engine.filters.parser import parse
>>> for slip in slips(parse("not host 10.0.0.1 and not host 10.0.0.3")):
...     if slip.remarks[0].id == "not-and":
...         print(slip.tree)
not host 10.0.0.1 and host 10.0.0.3
not host 10.0.0.3 and host 10.0.0.1
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from lesson_engine.filters.misconceptions.plain_form import (
    accessed,
    all_of,
    any_flag,
    any_of,
    flag_test,
    is_host,
    is_port,
    leaves,
    negated,
    plain,
    worded,
)
from lesson_engine.filters.nodes import (
    Address,
    And,
    Everything,
    IdNumber,
    Node,
    Not,
    Or,
    Protocol,
    Qualifiers,
    Relation,
)
from lesson_engine.messages import Message
from lesson_engine.packets.numbers import TCP_FLAGS

MOST_TERMS = 6
"""Of connectives with more terms no groups of terms are tried: there are too many."""


class Remark(NamedTuple):
    """The id of a misconception, and what there is to say about one case of it.

    The parts are nodes, made text only when the remark is made.
    """

    id: str
    key: str
    parts: dict[str, Node | str]

    def message(self, source: str) -> Message:
        """What is said to the learner, who wrote `source`: calculations are shown as they stand there."""
        shown: dict[str, object] = {}
        for name, part in self.parts.items():
            if name == "written" and isinstance(part, Relation) and part.span[1]:
                shown[name] = source[slice(*part.span)]
            else:
                shown[name] = part if isinstance(part, str) else _text(part)
        return Message(f"misconceptions.{self.key}", **shown)


class Slip(NamedTuple):
    """A tree that a mistake makes, and the remarks on the mistake: several where several primitives changed."""

    tree: Node
    remarks: tuple[Remark, ...]


def slips(tree: Node) -> Iterator[Slip]:
    """Every single slip at every place of `tree`, a plain form."""
    if isinstance(tree, Everything):
        return
    for slip in _SLIPS:
        for node, put in places(tree):
            for remark, changed in slip(node):
                yield Slip(put(changed), (remark,))
    yield from _inverted(tree)
    yield Slip(Everything(), (Remark("missing-condition", "missing_condition", {"term": tree}),))


def places(tree: Node) -> Iterator[tuple[Node, Callable[[Node], Node]]]:
    """Every node of `tree` (of a `not` only the whole), with a function that puts another in its place."""
    yield tree, lambda new: new
    if isinstance(tree, And | Or):
        terms = tree.terms
        for index, term in enumerate(terms):

            def outer(new: Node, index: int = index) -> Node:
                return type(tree)((*terms[:index], new, *terms[index + 1 :]))

            for node, put in places(term):

                def both(new: Node, put: Callable[[Node], Node] = put, outer: Callable[[Node], Node] = outer) -> Node:
                    return outer(put(new))

                yield node, both


_Change = tuple[Remark, Node]


def _groups(terms: tuple[Node, ...]) -> Iterator[tuple[tuple[Node, ...], tuple[Node, ...]]]:
    """Every way to part `terms` in two that are not empty, the smallest first group first."""
    if len(terms) > MOST_TERMS:
        return
    for size in range(1, len(terms)):
        for chosen in combinations(range(len(terms)), size):
            first = tuple(terms[index] for index in chosen)
            yield first, tuple(term for index, term in enumerate(terms) if index not in chosen)


# What `not` covers


def _not_covers_one(node: Node) -> Iterator[_Change]:
    """`not (a or b)` written `not a or b`; `not (a and b)` written `not a and b`."""
    for denied, rest, joined in _denied(node):
        for covered, uncovered in _groups(denied):
            bare = _bare(uncovered)
            remark = Remark(
                "not-covers-one",
                "not_covers_one",
                {
                    "covered": _together(_bare(covered), joined),
                    "uncovered": _together(bare, joined),
                    "group": _together((*_bare(covered), *bare), joined),
                },
            )
            if joined is Or:
                yield remark, any_of((all_of((*rest, *covered)), *bare))
                if rest:
                    yield remark, all_of((*rest, any_of((*covered, *bare))))
            else:
                yield remark, all_of((any_of((*rest, *covered)), *bare))
                yield remark, any_of((*rest, *covered, *bare))


def _not_and(node: Node) -> Iterator[_Change]:
    """Neither a nor b, written `not a and b`."""
    for denied, rest, joined in _denied(node):
        if joined is Or:
            for covered, uncovered in _groups(denied):
                bare = _bare(uncovered)
                group = _together((*_bare(covered), *bare), Or)
                parts = {"covered": _together(_bare(covered), Or), "group": group}
                remark = Remark("not-and", "not_and", {**parts, "uncovered": _together(bare, And)})
                yield remark, all_of((*rest, *covered, *bare))


def _denied(node: Node) -> Iterator[tuple[tuple[Node, ...], tuple[Node, ...], type[And] | type[Or]]]:
    """The terms denied together, the other terms, and what joins them inside `not ( )`."""
    if isinstance(node, And | Or):
        denied = tuple(filter(_is_denial, node.terms))
        if len(denied) > 1:
            rest = tuple(term for term in node.terms if not _is_denial(term))
            yield denied, rest, Or if isinstance(node, And) else And


def _is_denial(term: Node) -> bool:
    """Whether people write `term` with a `not` in front: `not port 22 or not tcp` is `not tcp port 22`."""
    return isinstance(term, Not) or (isinstance(term, Or) and all(isinstance(inner, Not) for inner in term.terms))


def _bare(denied: tuple[Node, ...]) -> tuple[Node, ...]:
    """The terms without their `not`."""
    return tuple(plain(Not(term)) for term in denied)


def _together(terms: tuple[Node, ...], joined: type[And] | type[Or]) -> Node:
    return terms[0] if len(terms) == 1 else joined(terms)


def _not_covers_too_much(node: Node) -> Iterator[_Change]:
    """`a and not b` written `not (a and b)` or `not (a or b)`."""
    if not isinstance(node, And):
        return
    wanted = tuple(term for term in node.terms if not _is_denial(term))
    for denied in filter(_is_denial, node.terms):
        kept = tuple(term for term in node.terms if term is not denied)
        remark = Remark("not-covers-too-much", "not_covers_too_much", {"term": plain(Not(denied))})
        for one in [kept, *((term,) for term in wanted)]:
            others = tuple(term for term in kept if term not in one)
            if all(term in wanted for term in one):
                yield remark, all_of((*others, any_of((*map(negated, one), denied))))
                yield remark, all_of((*others, *map(negated, one), denied))


# What `and` and `or` join


def _or_leaks(node: Node) -> Iterator[_Change]:
    """`p and (a or b)` written `p and a or b`; of several p, what both alternatives were given stays shared."""
    if not isinstance(node, And):
        return
    for term in node.terms:
        if isinstance(term, Or):
            rest = tuple(other for other in node.terms if other is not term)
            for leaking, bound in _groups(term.terms):
                for tied, shared in ((rest, ()), *_groups(rest)):
                    parts: dict[str, Node | str] = {"leaking": any_of(leaking), "rest": all_of(tied), "group": term}
                    leaks = any_of((*leaking, all_of((*tied, any_of(bound)))))
                    yield Remark("or-leaks", "or_leaks", parts), all_of((*shared, leaks))


def _and_for_either(node: Node) -> Iterator[_Change]:
    """`a or b` written `a and b`; a host wanted at either end, at both."""
    match node:
        case Or(terms=terms):
            remark = Remark("and-for-either", "and_for_either", {"term": And(terms)})
            yield remark, And(terms)
            for group, others in _groups(terms):
                if len(group) > 1:
                    yield remark, any_of((And(group), *others))
                yield remark, all_of((any_of(group), *others))
        case Address(qualifiers=Qualifiers(direction=None) as qualifiers, id=id_) if is_host(node) or is_port(node):
            ends = tuple(Address(qualifiers._replace(direction=end), id_) for end in ("src", "dst"))
            yield Remark("and-for-either", "and_for_either", {"term": And(ends)}), And(ends)


def _or_for_both(node: Node) -> Iterator[_Change]:
    """`a and b` written `a or b`."""
    if isinstance(node, And):
        remark = Remark("or-for-both", "or_for_both", {})
        yield remark, Or(node.terms)
        for group, others in _groups(node.terms):
            yield remark, any_of((all_of(group), *others))
            if len(group) > 1:
                yield remark, all_of((any_of(group), *others))


# What is missing


def _missing(node: Node) -> Iterator[_Change]:
    """A condition left out, or an alternative."""
    if isinstance(node, And):
        for left_out, kept in _groups(node.terms):
            yield _missing_condition(left_out, kept), all_of(kept)
    elif isinstance(node, Or):
        for left_out, kept in _groups(node.terms):
            if set(left_out) <= _ICMP and _ICMP.isdisjoint(leaves(any_of(kept))):
                yield Remark("hides-icmp", "hides_icmp", {"term": any_of(kept)}), any_of(kept)
            yield Remark("missing-condition", "missing_alternative", {"term": any_of(left_out)}), any_of(kept)
    elif (protocol := _protocol_of_bytes(node)) is not None:
        yield Remark("missing-condition", "missing_condition", {"term": node}), protocol


def _protocol_of_bytes(node: Node) -> Protocol | None:
    """The protocol whose header bytes a relation is about."""
    names = accessed(node) - {"ether"}
    return Protocol(names.pop()) if len(names) == 1 and isinstance(node, Relation) else None


_ICMP = frozenset((Protocol("icmp"), Protocol("icmp6")))
_PORT_22 = Address(Qualifiers(None, None, "port"), IdNumber(22))
_NO_SSH = (Not(_PORT_22), Or((Not(Protocol("tcp")), Not(_PORT_22))))
"""The plain forms of `not port 22` and `not tcp port 22`."""


def _missing_condition(left_out: tuple[Node, ...], kept: tuple[Node, ...]) -> Remark:
    dropped = all_of(left_out)
    if dropped in _NO_SSH:
        return Remark("own-ssh", "own_ssh", {})
    match left_out:
        case (Protocol(name="tcp" | "udp" | "sctp" as protocol),) if any(map(is_port, leaves(all_of(kept)))):
            parts: dict[str, Node | str] = {"protocol": protocol, "written": all_of(kept)}
            return Remark("port-is-not-tcp", "port_is_not_tcp", parts)
    return Remark("missing-condition", "missing_condition", {"term": dropped})


_SLIPS: tuple[Callable[[Node], Iterator[_Change]], ...] = (
    _not_covers_one,
    _not_and,
    _or_leaks,
    _not_covers_too_much,
    _and_for_either,
    _or_for_both,
    _missing,
)


def _inverted(tree: Node) -> Iterator[Slip]:
    """All of it, or one of its terms, chosen where it is to be left out or the other way round."""
    for node, put in places(tree):
        remark = Remark("inverted", "inverted", {})
        if node is not tree:
            key = "inverted_missing" if isinstance(node, Not) else "inverted_extra"
            remark = Remark("inverted", key, {"term": node.term if isinstance(node, Not) else node})
        yield Slip(put(negated(node)), (remark,))


# What is too much


def additions(tree: Node, *, hides_icmp: bool) -> Iterator[Slip]:
    """The trees that remain of a wrong filter's plain form if something in it should not be there.

    `hides_icmp` says that the right filter chooses ICMP too.
    """
    for node, put in places(tree):
        if (protocol := _protocol_of_bytes(node)) is not None:
            yield Slip(put(protocol), (Remark("extra-condition", "extra_condition", {"term": node}),))
        if not isinstance(node, And | Or):
            continue
        for extra, kept in _groups(node.terms):
            joined = _together(extra, type(node))
            if isinstance(node, Or):
                remark = Remark("extra-condition", "extra_alternative", {"term": joined})
            elif hides_icmp and Protocol("tcp") in extra:
                remark = Remark("hides-icmp", "hides_icmp", {"term": joined})
            else:
                remark = Remark("extra-condition", "extra_condition", {"term": joined})
            yield Slip(put(_together(kept, type(node))), (remark,))
    yield Slip(Everything(), (Remark("extra-condition", "extra_condition", {"term": tree}),))


# Words for people


def _text(node: Node) -> str:
    """`node` as it is shown to people: the flags of TCP by name."""
    if (test := flag_test(node)) is not None:
        return f"{_masked(test.mask)} = {_flag_names(test.value)}"
    if (mask := any_flag(node)) is not None:
        return f"{_masked(mask)} != 0"
    return str(worded(node))


def _masked(mask: int) -> str:
    if mask == 0xFF:
        return "tcp[tcpflags]"
    names = _flag_names(mask)
    return f"tcp[tcpflags] & {f'({names})' if '|' in names else names}"


def _flag_names(bits: int) -> str:
    return "|".join(f"tcp-{name}" for name, bit in TCP_FLAGS.items() if bits & bit) or "0"
