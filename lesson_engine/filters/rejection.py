"""Filters that can match no packet, as far as libpcap's optimizer sees: it refuses them, and so does tcpdump.

"expression rejects all packets" is said of `tcp and udp`, but not of `less 10 and greater 20`: the optimizer knows of
a value only that it was found equal to a constant, or that the very same test was made before, and only where every
way to a test says so. What it sees is followed here over the tests of a program, as a graph with two ends.

>>> from lesson_engine.filters import Filter
>>> from lesson_engine.packets.linktype import EN10MB
>>> for expression in ("tcp and udp", "tcp or udp", "less 10 and greater 20"):
...     rejects_everything(Filter(expression).program(EN10MB))
True
False
False
"""

from typing import NamedTuple, TypeGuard

from lesson_engine.filters.evaluate import RELATIONS
from lesson_engine.filters.program import All, Always, Compare, Constant, Either, Negation, Test, Value
from lesson_engine.packets.numbers import IP_PROTOCOLS

_SAME_TEST = {
    "=": ("=", True),
    "!=": ("=", False),
    ">": (">", True),
    "<=": (">", False),
    ">=": (">=", True),
    "<": (">=", False),
}
"""Each relation as one of three, and whether it holds when that one does."""
_WITH_PORTS = tuple(Constant(IP_PROTOCOLS[name]) for name in ("tcp", "udp", "sctp"))
_MATCH, _REJECT = -1, -2
_MOST_TESTS = 2000
"""A program of more tests is not looked at: it would take long, and nobody writes such a filter by mistake."""


class _Question(NamedTuple):
    """A comparison with a constant."""

    value: Value
    relation: str
    bound: int
    is_relation: bool
    """libpcap computes the value of a written comparison anew, and does not know it again in a primitive."""


_Known = frozenset[tuple[_Question, bool]]


class _Block:
    """A question, or None where it is one that nothing is known about, and where no and yes lead: the index of another
    block, _MATCH or _REJECT."""

    def __init__(self, question: _Question | None, if_true: int, if_false: int) -> None:
        self.question = question
        self.successors = [if_false, if_true]


def rejects_everything(program: Test) -> bool:
    """Whether libpcap says that a filter with this program rejects all packets."""
    blocks: list[_Block] = []
    start = _lay(program, _MATCH, _REJECT, blocks)
    if len(blocks) > _MOST_TESTS:
        return False
    while _shorten(start, blocks):
        pass
    return start == _REJECT or (start >= 0 and _MATCH not in _reached(start, blocks))


def _lay(test: Test, if_true: int, if_false: int, blocks: list[_Block]) -> int:
    """Add the blocks of `test`; returns the first. A block's successors stand before it in the list."""
    if isinstance(test, Always):
        return if_true if test.truth else if_false
    if isinstance(test, Negation):
        return _lay(test.part, if_false, if_true, blocks)
    if isinstance(test, All):
        for position, part in enumerate(test.parts):
            if _is_choice_of_protocol(part):
                # Ports: libpcap looks at them for each protocol on its own.
                rest = test.parts[position + 1 :]
                each = Either(tuple(All((one, *rest)) for one in part.parts))
                return _lay(All((*test.parts[:position], each)), if_true, if_false, blocks)
        for part in reversed(test.parts):
            if_true = _lay(part, if_true, if_false, blocks)
        return if_true
    if isinstance(test, Either):
        for part in reversed(test.parts):
            if_false = _lay(part, if_true, if_false, blocks)
        return if_false
    question = None
    if isinstance(test, Compare) and isinstance(test.right, Constant):
        relation, holds = _SAME_TEST[test.relation]
        if isinstance(test.left, Constant):
            truth = RELATIONS[test.relation](test.left.number, test.right.number)
            return if_true if truth else if_false
        question = _Question(test.left, relation, test.right.number, test.is_relation)
        if not holds:
            if_true, if_false = if_false, if_true
    blocks.append(_Block(question, if_true, if_false))
    return len(blocks) - 1


def _is_choice_of_protocol(test: Test) -> TypeGuard[Either]:
    """Whether it asks if a packet is of one of the protocols that have ports."""
    return isinstance(test, Either) and all(
        isinstance(part, Compare) and part.relation == "=" and part.right in _WITH_PORTS for part in test.parts
    )


def _reached(start: int, blocks: list[_Block]) -> set[int]:
    """The blocks and ends that can be come to."""
    found = {start}
    for index in range(start, -1, -1):
        if index in found:
            found.update(blocks[index].successors)
    return found


def _shorten(start: int, blocks: list[_Block]) -> bool:
    """Lead each way past the tests whose answer it knows; returns whether anything changed."""
    known: dict[int, _Known] = {start: frozenset()}
    changed = False
    # From the first block to the last: all ways to a block are followed before it.
    for index in range(start, -1, -1):
        if index not in known:
            continue
        block = blocks[index]
        for answer, successor in enumerate(block.successors):
            learned = known[index]
            if block.question is not None:
                learned |= {(block.question, bool(answer))}
            while successor >= 0 and (decided := _answer(blocks[successor].question, learned)) is not None:
                successor = blocks[successor].successors[decided]
                changed = True
            block.successors[answer] = successor
            if successor >= 0:
                known[successor] = known[successor] & learned if successor in known else learned
    return changed


def _answer(question: _Question | None, known: _Known) -> bool | None:
    """The answer to a question, if what is known tells."""
    if question is None:
        return None
    for other, truth in known:
        if other == question:
            return truth
        if truth and other.relation == question.relation == "=" and other._replace(bound=question.bound) == question:
            return False
    return None
