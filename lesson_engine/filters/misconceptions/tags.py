"""Filters with `vlan` in them, where the order of words has a meaning.

`vlan` moves where all words after it look, whatever stands around it, so such trees are neither sorted nor tried
on the witnesses. What is known of them here: the places `vlan` is moved to by those who mean what is behind the
tag, and the filter that remains behind a tag that must be there. Grammar: pcap-filter(7), "vlan".

>>> from lesson_engine.filters.parser import parse
>>> [str(tree) for tree in vlan_moved(parse("(vlan and host 10.0.0.1) or host 10.0.0.1"))]
['host 10.0.0.1 or (vlan and host 10.0.0.1)']
"""

from collections.abc import Iterator
from typing import NamedTuple

from lesson_engine.filters.misconceptions.plain_form import all_of, has_plain_form, leaves
from lesson_engine.filters.nodes import And, Everything, Node, Or, Tunnel

UNTAGGED = "not (ether proto 0x8100 or ether proto 0x88a8 or ether proto 0x9100)"
"""The frames without a tag (IEEE 802.1Q; the third number is the one used before 802.1ad)."""


class Tagged(NamedTuple):
    """`tag and rest`: what is asked of the tag, and what of the frame behind it."""

    tag: Tunnel
    rest: Node


def behind_tag(tree: Node) -> Tagged | None:
    """`tree` as a tag and the rest, if it begins with a `vlan` that must be there and has no other."""
    terms = tree.terms if isinstance(tree, And) else (tree,)
    first, rest = terms[0], terms[1:]
    if not isinstance(first, Tunnel) or first.word != "vlan" or not all(map(has_plain_form, rest)):
        return None
    return Tagged(first, all_of(rest) if rest else Everything())


def mentions_vlan(tree: Node) -> bool:
    """Whether `vlan` stands anywhere in `tree`."""
    return any(isinstance(leaf, Tunnel) and leaf.word == "vlan" for leaf in leaves(tree))


def vlan_moved(tree: Node) -> Iterator[Node]:
    """`tree` with what mentions `vlan` last among alternatives, and first among conditions."""
    if not isinstance(tree, And | Or):
        return
    with_tag = tuple(term for term in tree.terms if not has_plain_form(term))
    others = tuple(term for term in tree.terms if has_plain_form(term))
    if with_tag and others:
        moved = (*others, *with_tag) if isinstance(tree, Or) else (*with_tag, *others)
        if moved != tree.terms:
            yield type(tree)(moved)
    for index, term in enumerate(tree.terms):
        for inner in vlan_moved(term):
            yield type(tree)((*tree.terms[:index], inner, *tree.terms[index + 1 :]))
