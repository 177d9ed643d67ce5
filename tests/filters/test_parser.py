"""Expressions to trees and back, and the bounds of what is read."""

# ruff: noqa: SIM905  # lists of words are easier to read as words

import time

import pytest
from filter_expressions import Expressions
from filter_tables import ACCEPTED
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.filters import Filter, FilterSyntaxError, nodes
from lesson_engine.filters.parser import MAXIMUM_DEPTH, MAXIMUM_LENGTH, parse

CANONICAL = {
    "port 80 or 443": "port 80 or port 443",
    "ip6 and tcp or udp": "(ip6 and tcp) or udp",
    "tcp or udp and ip6": "(tcp or udp) and ip6",
    "ip6 and (tcp or udp)": "ip6 and (tcp or udp)",
    "a": None,
    "(tcp) or (udp or (icmp))": "tcp or udp or icmp",
    "! tcp && not ip": "not tcp and not ip",
    "not (tcp and ip)": "not (tcp and ip)",
    "host (10.0.0.1 or not 10.0.0.2 and 10.0.0.3)": "(host 10.0.0.1 or not host 10.0.0.2) and host 10.0.0.3",
    "dst or src port 0x50": "src or dst port 80",
    "src or dst port domain": "src or dst port domain",
    "ip proto \\tcp": "ip proto \\tcp",
    "port \\http": "port http",
    "net 10.0.0.0 / 8": "net 10.0.0.0/8",
    "net 10.0 mask 255.0": "net 10.0 mask 255.0",
    "host 1.2.3.4 and net 10.0/16 or 10.1/16": None,
    "net 10.0/16 or 10.1/16": "net 10.0/16 or net 10.1/16",
    "link host 1:2:3:4:5:6 or broadcast": "ether host 1:2:3:4:5:6 or broadcast",
    "tcp[tcpflags]&(tcp-syn|tcp-ack)==tcp-syn": "tcp[13] & (2 | 16) = 2",
    "1 + 2 * 3 - 4 = len": "(1 + (2 * 3)) - 4 = len",
    "2 * 7 % 4 = -1 ^ 2": "2 * (7 % 4) = -(1 ^ 2)",
    "ether[(ip[0]&0xf)<<2:4] != 0": "ether[(ip[0] & 15) << 2:4] != 0",
    "vlan (100) and vlan and pppoed": "vlan 100 and vlan and pppoed",
    "less 0x40 or greater 100": "less 64 or greater 100",
    "byte 3 & 0xf0": "byte 3 & 240",
    "llc rnr or llc ui or llc": "llc rnr or llc ui or llc",
    "": "",
    " \t\n": "",
}


@pytest.mark.parametrize(("expression", "canonical"), [each for each in CANONICAL.items() if each[1] is not None])
def test_a_tree_prints_the_canonical_expression(expression: str, canonical: str) -> None:
    assert str(Filter(expression)) == canonical


def test_what_a_tree_prints_parses_to_an_equal_tree() -> None:
    source = Expressions(7)
    expressions = [*ACCEPTED, *(each for each in CANONICAL), *(source.one() for _ in range(1500))]
    trees = 0
    for expression in expressions:
        try:
            tree = Filter(expression).tree
        except FilterSyntaxError:
            continue
        trees += 1
        again = Filter(str(tree)).tree
        assert again == tree, expression
        assert str(again) == str(tree), expression
    assert trees > 800


def test_inherited_qualifiers_are_marked_and_do_not_count() -> None:
    tree = parse("tcp dst port 80 or (443 and 22)")
    assert isinstance(tree, nodes.Or)
    assert tree == parse("tcp dst port 80 or (tcp dst port 443 and tcp dst port 22)")
    first, (second, third) = tree.terms[0], tree.terms[1].terms  # type: ignore[attr-defined]
    assert [term.inherited for term in (first, second, third)] == [False, True, True]


def test_nodes_know_their_place_in_the_source() -> None:
    source = "host 10.0.0.1 and (port 80 or 443)"
    tree = parse(source)
    spans = [source[slice(*term.span)] for term in (tree, *tree.terms, *tree.terms[1].terms)]  # type: ignore[attr-defined]
    assert spans[1:] == ["host 10.0.0.1", "port 80 or 443", "port 80", "443"]


def test_a_tree_is_frozen() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        parse("tcp").name = "udp"  # type: ignore[attr-defined]


def test_a_misbuilt_node_is_refused() -> None:
    with pytest.raises((TypeError, KeyError)):
        nodes.LengthLimit("less")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="LengthLimit takes word, limit"):
        nodes.LengthLimit("less", 5, colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "expression",
    [
        "not " * 100_000 + "ip",
        "not " * 1000 + "ip",
        "(" * 10_000_000,
        "(" * 5000 + "ip" + ")" * 5000,
        "-" * 5000 + "1 = 1",
        "ip[" * 3000 + "0" + "]" * 3000 + "=1",
        "1" + "+1" * 3000 + "=1",
        "host (" + "not " * 2000 + "10.0.0.1)",
        "ip or tcp and " * 2000 + "ip",
        "vlan " + "(" * 5000,
    ],
    ids=lambda text: text[:12],
)
def test_absurd_nesting_is_refused_in_a_blink(expression: str) -> None:
    began = time.process_time()
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression)
    assert caught.value.message.key in ("filters.too_long", "filters.too_deep")
    assert caught.value.hint is None
    assert str(caught.value)
    assert time.process_time() - began < 5  # a hang, not a speed: it takes milliseconds


def test_what_is_deep_but_allowed_works_throughout() -> None:
    depth = MAXIMUM_DEPTH - 1
    for expression in ("(" * depth + "ip" + ")" * depth, "not " * depth + "ip", " and tcp or ip" * (depth // 2)):
        read = Filter(expression.removeprefix(" and "))
        assert read.matches_packet is not None
        assert Filter(str(read)).tree == read.tree


def test_a_long_list_is_read() -> None:
    expression = " or ".join(f"10.{index >> 8}.{index & 255}.1" for index in range(5000))
    tree = Filter(f"host {expression}").tree
    assert isinstance(tree, nodes.Or)
    assert len(tree.terms) == 5000
    assert len(expression) < MAXIMUM_LENGTH


WORDS = st.sampled_from(
    "host net port portrange src dst tcp udp ip ip6 arp ether proto protochain vlan mpls geneve not and or ( ) [ ] : "
    "= != < > <= >= & | + - * / % ^ << >> len less greater byte 80 0 13 443 0x50 089 4294967296 10.0.0.1 10.0 ::1 "
    "10.0.0.0/8 1:2:3:4:5:6 http \\tcp 80-90 tcpflags tcp-syn broadcast multicast inbound llc on type dir vpi / mask "
    "gateway addr1 decnet iso $a @ , é \x00 foo".split(" ")
)


@given(
    st.one_of(
        st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=8).map("".join)
    )
)
def test_no_input_does_anything_but_parse_or_explain_why_not(text: str) -> None:
    try:
        read = Filter(text)
    except FilterSyntaxError as refusal:
        error = refusal
    else:
        assert Filter(str(read)).tree == read.tree
        return
    start, end = error.span
    assert 0 <= start <= end <= len(text)
    assert error.text("ja")
    assert error.text("en")
    assert error.hint is None or Filter(error.hint)
