"""What the writer of a filter probably got wrong, by name, in words, and as an expression put right.

A misconception explains a wrong answer if the reference, changed as that mistake changes filters, does what the
answer does: this is shown on a few packets first and then confirmed by the lattice, so an explanation given is
true. A right answer is never called wrong: it gets advice at most (`is_fault` False). No exercise is known here.
The search is bounded by the size of both filters; what it does not find, it does not guess.

>>> from lesson_engine.filters import Filter
>>> found = of_answer(Filter("dst port 80"), Filter("port 80"))
>>> [misconception.id for misconception in found]
['one-direction']
>>> [misconception.id for misconception in advice(Filter("host 10.0.0.1 and 80"))]
['number-became-host']
"""

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.lattice import Comparison, compare
from lesson_engine.filters.misconceptions.exchanges import any_of_mask, exchanges, short_address
from lesson_engine.filters.misconceptions.plain_form import (
    accessed,
    has_plain_form,
    is_exact,
    leaves,
    plain,
    worded,
    written_out,
)
from lesson_engine.filters.misconceptions.rereading import and_first
from lesson_engine.filters.misconceptions.slips import Remark, Slip, additions, slips
from lesson_engine.filters.misconceptions.tags import UNTAGGED, behind_tag, mentions_vlan, vlan_moved
from lesson_engine.filters.misconceptions.witnesses import Witnesses
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
from lesson_engine.packets.linktype import EN10MB

if TYPE_CHECKING:
    from lesson_engine.filters import Filter


class Misconception(NamedTuple):
    """What a learner probably believes.

    `id` is stable. `message` says what the filter does and what to write. `correction` is the learner's own
    expression put right, or None where there is no more to say than the reference does. `is_fault` is False for
    advice on what is right. Those of one answer with the same `explanation` are true together; others are
    alternatives, of which the answer alone cannot say which one it is.
    """

    id: str
    message: Message
    correction: str | None
    is_fault: bool
    explanation: int = 0


PROOFS = 5
"""How often the lattice is asked for one answer: each time takes milliseconds."""
MOST_TREES = 400
"""How many trees with two mistakes are tried on the witnesses."""
MOST_LIKELY = 40
"""How many of the explanations that the witnesses allow are looked at closely."""
MOST_PRIMITIVES = 40
"""Larger filters are not searched for mistakes."""
_ANSWERS = 3
"""More explanations of one answer would be guessing aloud."""

_GENERAL = ("or-for-both", "inverted", "extra-condition", "missing-condition", "other-value")
"""Ids that describe a difference rather than a mistake in thought: told where nothing else explains an answer."""

_ADDED_OR_LEFT_OUT = ("extra-condition", "missing-condition", "own-ssh", "hides-icmp")

_CAN_BE_IMPOSSIBLE = (*_GENERAL, "and-for-either")
"""Ids that say less than that an answer matches nothing at all."""


def of_error(error: FilterSyntaxError) -> Misconception | None:
    """What is behind an expression that cannot be used; None where it looks like a mere slip."""
    from lesson_engine.filters.misconceptions.unusable import habit

    if (found := habit(error)) is None:
        return None
    correction = None if found.id == "any-is-not-ethernet" else error.hint
    return Misconception(found.id, Message(f"misconceptions.{found.key}"), correction, True)


def of_answer(
    answer: "Filter", reference: "Filter", *, within: "Filter | None" = None, comparison: Comparison | None = None
) -> tuple[Misconception, ...]:
    """What explains the difference between `answer` and `reference`, the most specific first; empty if unknown.

    Only packets that `within` matches count. `comparison` is that of the two, if it is known already. An answer
    equivalent to the reference gets advice only. Raises FilterSyntaxError as the lattice does.
    """
    if comparison is None:
        comparison = compare(answer, reference, within=within)
    if comparison.relation == "equivalent":
        return tuple(_harmless(answer, right=True))
    if _can_be_tried(answer) and _can_be_tried(reference):
        found = _Search(answer, reference, within, comparison).found()
    else:
        found = tuple(_about_vlan(answer, reference, within))
    # What hardly anyone means says more than a condition too many or a value that differs.
    slips = _slips_of_the_pen(answer)
    if slips and all(each.id in _GENERAL for each in found):
        return slips
    return found


def advice(filter_: "Filter") -> tuple[Misconception, ...]:
    """What can be said of a filter without knowing what it is for: what is almost always a slip, and good habits."""
    found = [*_slips_of_the_pen(filter_)]
    if not any(misconception.id == "number-became-host" for misconception in found):
        found += [*_impossible(filter_), *_harmless(filter_, right=False)]
    return tuple(found)


def _fault(remark: Remark, filter_: "Filter", correction: str | None = None) -> Misconception:
    return Misconception(remark.id, remark.message(filter_.expression), correction, True)


def _can_be_tried(filter_: "Filter") -> bool:
    """Whether the filter is one for the witnesses: no order matters, it is not huge, and Ethernet has all it asks."""
    if not has_plain_form(filter_.tree) or _size(filter_.tree) > MOST_PRIMITIVES:
        return False
    try:
        filter_.program(EN10MB)
    except FilterSyntaxError:
        return False
    return True


# Without a reference


def _slips_of_the_pen(filter_: "Filter") -> tuple[Misconception, ...]:
    """What hardly anyone means: shortened addresses, masks that are always true."""
    found: dict[str, Misconception] = {}
    for leaf in leaves(filter_.tree):
        remark = any_of_mask(plain(leaf)) if isinstance(leaf, Relation) else short_address(leaf)
        if remark is not None and remark.id not in found:
            correction = _as_ports(filter_.tree) if remark.id == "number-became-host" else None
            found[remark.id] = _fault(remark, filter_, str(correction) if correction else None)
    return tuple(found.values())


def _as_ports(tree: Node) -> Node:
    """The tree with the numbers that became hosts as ports."""
    match tree:
        case And(terms=terms) | Or(terms=terms):
            return type(tree)(tuple(map(_as_ports, terms)))
        case Not(term=term):
            return Not(_as_ports(term))
        case Address(id=IdNumber() as id_) if tree.inherited and short_address(tree) is not None:
            return Address(Qualifiers(None, None, "port"), id_)
    return tree


def _impossible(filter_: "Filter") -> Iterator[Misconception]:
    if not _can_be_tried(filter_):
        return
    tree = plain(filter_.tree)
    witnesses = Witnesses([tree])
    if not isinstance(tree, Everything) and not witnesses.verdicts(tree) and _matches_nothing(filter_):
        yield _nothing(filter_)


def _nothing(filter_: "Filter") -> Misconception:
    return _fault(Remark("impossible", "impossible", {"term": " ".join(filter_.expression.split())}), filter_)


def _matches_nothing(filter_: "Filter") -> bool:
    from lesson_engine.filters import Filter

    return compare(filter_, Filter("ip and arp")).relation == "equivalent"


def _harmless(filter_: "Filter", *, right: bool) -> Iterator[Misconception]:
    """Advice on what is no mistake; `right` says that the filter is known to do what it should."""
    tree = filter_.tree
    addresses = [leaf for leaf in leaves(tree) if isinstance(leaf, Address)]
    reading = and_first(filter_)
    if reading != tree and (not _can_be_tried(filter_) or _differ(reading, tree)):
        name, key = ("right-by-luck", "right_by_luck") if right else ("and-binds-tighter", "mixed")
        yield Misconception(name, Message(f"misconceptions.{key}", read=str(filter_)), str(filter_), False)
    elif any(leaf.inherited for leaf in addresses):
        message = Message("misconceptions.inherited_qualifier", read=str(filter_))
        yield Misconception("inherited-qualifier", message, None, False)
    for leaf in addresses:
        if leaf.qualifiers is not None and leaf.qualifiers.direction == "src or dst":
            short = Address(leaf.qualifiers._replace(direction=None, type=leaf.qualifiers.type or "host"), leaf.id)
            yield Misconception("src-or-dst", Message("misconceptions.src_or_dst", short=str(short)), None, False)
            break


def _differ(a: Node, b: Node) -> bool:
    witnesses = Witnesses([a, b])
    return plain(a) != plain(b) and witnesses.verdicts(a) != witnesses.verdicts(b)


# Against a reference


class _Explanation(NamedTuple):
    """A tree that should do what `target` does, if the remarks are what is wrong."""

    remarks: tuple[Remark, ...]
    tree: Node
    target: Node
    correction: str | None = None

    @property
    def cost(self) -> tuple[int, bool]:
        """How much it supposes: mistakes, and mistakes without a reason.

        To leave out one thing and add another explains nearly everything, so those count for more.
        """
        cost = sum(3 if name in _ADDED_OR_LEFT_OUT else 2 for name in self.ids)
        return cost if len(self.ids) > 1 else 0, not self.ids.isdisjoint(_GENERAL)

    @property
    def boldness(self) -> tuple[int, bool, bool]:
        """Its cost, and whether it needs other words than were written."""
        return *self.cost, plain(self.tree) != plain(self.target)

    @property
    def ids(self) -> frozenset[str]:
        """The mistakes it supposes."""
        return frozenset(remark.id for remark in self.remarks)


class _Search:
    """The search for what explains one wrong answer."""

    def __init__(self, answer: "Filter", reference: "Filter", within: "Filter | None", comparison: Comparison) -> None:
        self._answer, self._reference, self._within, self._comparison = answer, reference, within, comparison
        self._given, self._wanted = plain(answer.tree), plain(reference.tree)
        self._witnesses = Witnesses([self._given, self._wanted], [proof.data for proof in comparison.proofs])
        self._counting = self._witnesses.everything
        if within is not None and has_plain_form(within.tree):
            self._counting = self._witnesses.verdicts(within.tree)
        self._proofs = PROOFS
        self._proven: dict[tuple[Node, Node], bool] = {}

    def found(self) -> tuple[Misconception, ...]:
        """What explains the answer."""
        likely = [one for one in self._single_mistakes() if self._is_likely(one)]
        single = [one for one in likely if len(one.ids) == 1]
        special = [one for one in single if not one.cost[1]]
        general = [one for one in single if one.cost[1]]
        found = (
            [*self._confirmed(special)]
            or [*self._kinds_of_packets()]
            or [*self._confirmed(general)]
            or [*self._confirmed([*likely, *self._double_mistakes()])]
        )
        if not found or found[0].id in _CAN_BE_IMPOSSIBLE:
            found[:0] = self._nothing_matches()
        by_id: dict[str, Misconception] = {}
        for one in map(self._by_its_word, found):
            by_id.setdefault(one.id, one)
        return tuple(by_id.values())[:_ANSWERS]

    def _by_its_word(self, one: Misconception) -> Misconception:
        """An `or` too many that the answer spells as an `and` within `not`: told by the word that stands there."""
        if one.id == "or-for-both":
            joined = [*_connectives(self._answer.tree)]
            if joined and all(isinstance(node, And) for node in joined):
                remark = Remark("and-for-either", "and_for_either", {"term": joined[-1]})
                return _fault(remark, self._answer)._replace(explanation=one.explanation)
        return one

    # Trying

    def _verdicts(self, tree: Node) -> int:
        return self._witnesses.verdicts(tree) & self._counting

    def _is_likely(self, explanation: _Explanation) -> bool:
        return self._verdicts(explanation.tree) == self._verdicts(explanation.target)

    def _confirmed(self, likely: Iterable[_Explanation]) -> Iterator[Misconception]:
        """Those explanations that are true and suppose the least."""
        boldest = None
        number = -1
        cheapest = nsmallest(MOST_LIKELY, likely, key=lambda one: one.cost)
        for one in sorted(cheapest, key=lambda one: one.boldness):
            if boldest is not None and one.boldness > boldest:
                return
            if self._same(one.tree, one.target):
                boldest = one.boldness
                number += 1
                for remark in one.remarks:
                    yield _fault(remark, self._answer, one.correction)._replace(explanation=number)

    def _same(self, a: Node, b: Node) -> bool:
        """Whether two trees choose the same packets, as far as the number of proofs allows to know."""
        from lesson_engine.filters import Filter

        pair = plain(a), plain(b)
        if pair[0] == pair[1] and is_exact(a) and is_exact(b):
            return True
        if pair not in self._proven:
            if self._proofs == 0:
                return False
            self._proofs -= 1
            # Plain forms may differ from what they are made of, on packets that end early.
            first = self._reference if a is self._wanted else Filter(str(a))
            second = self._answer if b is self._given else Filter(str(b))
            self._proven[pair] = compare(first, second, within=self._within).relation == "equivalent"
        return self._proven[pair]

    # Explanations

    def _nothing_matches(self) -> Iterator[Misconception]:
        if self._comparison.relation == "narrower" and not self._witnesses.verdicts(self._given):
            self._proofs -= 1
            if _matches_nothing(self._answer):
                yield _nothing(self._answer)

    def _single_mistakes(self) -> Iterator[_Explanation]:
        given, wanted = self._given, self._wanted
        for target, remark, correction in self._meant():
            yield _Explanation((remark,), wanted, target, correction)
        for slip in self._changes():
            yield _Explanation(slip.remarks, slip.tree, given)
        for slip in self._additions():
            yield _Explanation(slip.remarks, wanted, slip.tree, str(worded(slip.tree)))

    def _changes(self) -> Iterator[Slip]:
        """The reference with one mistake, or with primitives of the answer in it."""
        if (form := written_out(self._reference.tree)) != self._wanted:
            # One alternative may be wrong alone, unless the others then say the same without it.
            yield from (slip for slip in slips(form) if _size(slip.tree) == _size(written_out(slip.tree)))
            yield from exchanges(form, self._given)
        yield from slips(self._wanted)
        yield from exchanges(self._wanted, self._given)

    def _meant(self) -> Iterator[tuple[Node, Remark, str]]:
        """What the answer's words would mean to someone else."""
        reading = and_first(self._answer)
        if reading != self._answer.tree:
            remark = Remark("and-binds-tighter", "and_binds_tighter", {"read": str(self._answer)})
            yield reading, remark, str(reading)
        for leaf in leaves(self._answer.tree):
            remark_ = short_address(leaf)
            if remark_ is not None and remark_.id == "number-became-host":
                ports = _as_ports(self._answer.tree)
                yield ports, remark_, str(ports)
                break

    def _additions(self) -> Iterator[Slip]:
        icmp = self._witnesses.verdicts(Or((Protocol("icmp"), Protocol("icmp6"))))
        hides_icmp = bool(self._verdicts(self._wanted) & icmp)
        for form in dict.fromkeys((self._given, written_out(self._answer.tree))):
            yield from additions(form, hides_icmp=hides_icmp)

    def _double_mistakes(self) -> Iterator[_Explanation]:
        """Two mistakes, as far as the witnesses allow."""
        # All of one filter left out and all of the other added explains nothing.
        changed = [slip for slip in self._changes() if not isinstance(slip.tree, Everything)]
        targets: dict[int, list[tuple[Node, tuple[Remark, ...], bool]]] = {}
        for target, remark, _ in self._meant():
            targets.setdefault(self._verdicts(target), []).append((target, (remark,), True))
        for slip in self._additions():
            if not isinstance(slip.tree, Everything):
                targets.setdefault(self._verdicts(slip.tree), []).append((slip.tree, slip.remarks, False))
        for slip in changed:
            for target, remarks, first in targets.get(self._verdicts(slip.tree), ()):
                both = (*remarks, *slip.remarks) if first else (*slip.remarks, *remarks)
                yield _Explanation(both, slip.tree, target)
        given = self._verdicts(self._given)
        exchanged = ((one, two) for one in changed for two in exchanges(one.tree, self._given))
        twice = ((one, two) for one in changed for two in slips(plain(one.tree)))
        for one, two in (*islice(exchanged, MOST_TREES), *islice(twice, MOST_TREES)):
            if self._verdicts(two.tree) == given:
                yield _Explanation((*one.remarks, *two.remarks), two.tree, self._given)

    def _kinds_of_packets(self) -> Iterator[Misconception]:
        """Differences that lie in one kind of packet only."""
        from lesson_engine.filters.parser import parse

        bytes_of = sorted(accessed(self._given) & {"tcp", "udp", "icmp", "sctp"})
        kinds = [("not ip6", Remark("tcp-index-ipv6", "tcp_index_ipv6", {"protocol": bytes_of[0]}))] if bytes_of else []
        kinds.append(("not ip[6:2] & 0x1fff != 0", Remark("later-fragments", "later_fragments", {})))
        for counting, remark in kinds:
            mask = self._witnesses.verdicts(parse(counting))
            if (self._verdicts(self._given) ^ self._verdicts(self._wanted)) & mask == 0 and self._proofs > 0:
                self._proofs -= 1
                if (
                    compare(self._answer, self._reference, within=_both(counting, self._within)).relation
                    == "equivalent"
                ):
                    yield _fault(remark, self._answer)
                    return


def _connectives(tree: Node) -> Iterator[Node]:
    """Every `and` and `or` in `tree`, the outer ones first."""
    if isinstance(tree, And | Or):
        yield tree
        for term in tree.terms:
            yield from _connectives(term)
    elif isinstance(tree, Not):
        yield from _connectives(tree.term)


def _size(tree: Node) -> int:
    return sum(1 for _ in leaves(tree))


def _both(counting: str, within: "Filter | None") -> "Filter":
    from lesson_engine.filters import Filter

    return Filter(f"{counting} and ({within})" if within is not None and str(within) else counting)


# Tags


def _about_vlan(answer: "Filter", reference: "Filter", within: "Filter | None") -> Iterator[Misconception]:
    """What can be said where order matters: tags forgotten, words on the wrong side of `vlan`, and what is behind."""
    from lesson_engine.filters import Filter

    given, wanted = behind_tag(answer.tree), behind_tag(reference.tree)
    if given is not None and wanted is not None:
        if given.rest == wanted.rest:
            parts: dict[str, Node | str] = {"written": given.tag, "wanted": wanted.tag}
            yield _fault(Remark("other-value", "other_value", parts), answer)
        elif given.tag == wanted.tag:
            for one in of_answer(Filter(str(given.rest)), Filter(str(wanted.rest))):
                if one.is_fault:
                    correction = f"{given.tag} and ({one.correction})" if one.correction else None
                    yield one._replace(correction=correction)
        return
    if mentions_vlan(answer.tree):
        for moved in islice(vlan_moved(answer.tree), PROOFS):
            if compare(Filter(str(moved)), reference, within=within).relation == "equivalent":
                yield _fault(Remark("vlan-order", "vlan_order", {}), answer, str(moved))
                return
    elif mentions_vlan(reference.tree):
        if wanted is not None and compare(answer, Filter(str(wanted.rest)), within=within).relation == "equivalent":
            yield _fault(Remark("missing-condition", "missing_condition", {"term": wanted.tag}), answer)
        elif compare(answer, reference, within=_both(UNTAGGED, within)).relation == "equivalent":
            yield _fault(Remark("vlan-order", "vlan_missing", {"first": str(answer)}), answer)
