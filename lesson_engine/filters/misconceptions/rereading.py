"""A filter read as C or Python would read it: `and` before `or`.

tcpdump gives both the same rank and reads from left to right; who does not know that means the other tree.
Parentheses and qualifiers inherited stay what they were. Grammar: pcap-filter(7).

>>> from lesson_engine.filters import Filter
>>> answer = Filter("tcp and port 80 or udp and port 53")
>>> str(answer)
'((tcp and port 80) or udp) and port 53'
>>> str(and_first(answer))
'(tcp and port 80) or (udp and port 53)'
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lesson_engine.filters.lexer import Lexer
from lesson_engine.filters.misconceptions.plain_form import all_of, any_of, leaves
from lesson_engine.filters.nodes import Address, And, Everything, Node, Not, Or

if TYPE_CHECKING:
    from lesson_engine.filters import Filter


def and_first(filter_: "Filter") -> Node:
    """The tree of `filter_` if `and` bound tighter than `or`; the primitives are those of its own tree."""
    tree = filter_.tree
    return tree if isinstance(tree, Everything) else _Reader(list(_items(filter_))).alternatives()


def _items(filter_: "Filter") -> Iterator[Node | str]:
    """The primitives of the expression, and between them "and", "or", "not" and parentheses."""
    lexer = Lexer(filter_.expression)
    token = lexer.next()
    for leaf in leaves(filter_.tree):
        while token.end <= leaf.span[0]:
            yield token.kind
            token = lexer.next()
        within: list[str] = []
        while token.kind != "end" and token.start < leaf.span[1]:
            within.append(token.kind)
            token = lexer.next()
        if isinstance(leaf, Address):
            # The qualifiers of a list stand before its parenthesis: `port (80 or 443)`.
            yield from (kind for kind in within if kind in ("(", "not"))
        yield leaf
    while token.kind != "end":
        yield token.kind
        token = lexer.next()


class _Reader:
    """Recursive descent over items, with the ranks of C."""

    def __init__(self, items: list[Node | str]) -> None:
        self._items = items
        self._at = 0

    def _next_is(self, item: str) -> bool:
        if self._at < len(self._items) and self._items[self._at] == item:
            self._at += 1
            return True
        return False

    def alternatives(self) -> Node:
        """alternatives : conditions { "or" conditions }"""
        terms = [self._conditions()]
        while self._next_is("or"):
            terms.append(self._conditions())
        return any_of(tuple(inner for term in terms for inner in (term.terms if isinstance(term, Or) else (term,))))

    def _conditions(self) -> Node:
        """conditions : condition { "and" condition }"""
        terms = [self._condition()]
        while self._next_is("and"):
            terms.append(self._condition())
        return all_of(tuple(inner for term in terms for inner in (term.terms if isinstance(term, And) else (term,))))

    def _condition(self) -> Node:
        """condition : "not" condition | "(" alternatives ")" | primitive"""
        if self._next_is("not"):
            return Not(self._condition())
        if self._next_is("("):
            inner = self.alternatives()
            self._next_is(")")
            return inner
        leaf = self._items[self._at]
        self._at += 1
        assert isinstance(leaf, Node)
        return leaf
