"""Misconceptions: named where they are, and never where they are not."""

import random
import re
from collections import Counter

import pytest
from filter_expressions import Expressions
from lattice_pairs import Pairs
from misconception_cases import CASES, ERRORS

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.lattice import compare
from lesson_engine.filters.misconceptions import advice, of_answer, of_error
from lesson_engine.filters.misconceptions.plain_form import plain
from lesson_engine.filters.misconceptions.slips import slips
from lesson_engine.filters.nodes import Address, And, Node, Not, Or
from lesson_engine.messages import LANGUAGES
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2, LinkType

COURSE = (
    "host 192.168.1.100",
    "src host 192.168.1.100",
    "dst host 192.168.1.100",
    "port 3306",
    "tcp port 80 or tcp port 443",
    "host 192.168.1.100 and tcp port 3306",
    "tcp and not port 22",
    "udp port 53 or tcp port 53",
    "not (host 10.0.0.1 or host 10.0.0.3)",
    "src net 192.168.1.0/24 and tcp dst port 80 and not host 192.168.1.5",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
    "host 192.168.1.100 and (tcp port 80 or icmp)",
    "port 80 and (host 10.0.0.1 or host 10.0.0.3)",
)
"""Filters of the course and its exercises."""


def found(reference: str, answer: str) -> list[str]:
    return [misconception.id for misconception in of_answer(Filter(answer), Filter(reference))]


# Wrong answers


@pytest.mark.parametrize(("id_", "reference", "answer"), CASES)
def test_wrong_answer(id_: str, reference: str, answer: str) -> None:
    explained = of_answer(Filter(answer), Filter(reference))
    assert [misconception.id for misconception in explained][:1] == [id_]
    assert all(misconception.is_fault for misconception in explained)
    for misconception in explained:
        for language in LANGUAGES:
            text = misconception.message.text(language)
            assert text.endswith(("。", ".")), text
            assert "!" not in text.replace("!=", "")


@pytest.mark.parametrize(("id_", "reference", "answer"), CASES)
def test_a_correction_is_right(id_: str, reference: str, answer: str) -> None:
    for misconception in of_answer(Filter(answer), Filter(reference)):
        if misconception.correction is not None:
            assert compare(Filter(misconception.correction), Filter(reference)).relation == "equivalent"


def test_every_misconception_is_shown_at_least_three_times() -> None:
    assert min(Counter(case[0] for case in [*CASES, *ERRORS]).values()) >= 3


@pytest.mark.parametrize(
    ("reference", "answer", "ids"),
    [
        (
            "host 10.0.0.1 and tcp port 80",
            "src host 10.0.0.1 and port 80",
            {"one-direction", "port-is-not-tcp"},
        ),
        ("host 192.168.1.1 and tcp port 3306", "host 192.168.1.1 and 3306", {"number-became-host", "port-is-not-tcp"}),
        (
            "src net 10.0.0.0/8 and tcp dst port 80 and not host 10.0.0.5",
            "src net 10.0.0.0/8 and dst port 80 and not src host 10.0.0.5",
            {"port-is-not-tcp", "one-direction"},
        ),
        ("tcp and not port 22", "tcp or not dst port 22", {"or-for-both", "one-direction"}),
        ("not (host 10.0.0.1 or 10.0.0.3)", "not src host 10.0.0.1 or 10.0.0.3", {"not-covers-one", "one-direction"}),
    ],
)  # fmt: skip
def test_two_mistakes_are_both_named(reference: str, answer: str, ids: set[str]) -> None:
    assert set(found(reference, answer)) == ids


def test_what_cannot_be_explained_is_not_guessed_at() -> None:
    assert found("host 10.0.0.1", "len > 1000 and ip[8] = 64 and not stp") == []


def test_packets_that_do_not_count_are_no_mistake() -> None:
    given, reference = Filter("ip host 10.0.0.1"), Filter("host 10.0.0.1")
    assert of_answer(given, reference, within=Filter("ip or ip6")) == ()
    assert [one.id for one in of_answer(given, reference)] == ["extra-condition"]


def test_a_mistake_is_recognised_among_the_packets_that_count() -> None:
    counts = Filter("ip and ip[6:2] & 0x1fff = 0")
    given, reference = Filter("tcp[0:2] != 22"), Filter("tcp and not port 22")
    assert [one.id for one in of_answer(Filter("not port 22"), reference, within=counts)] == ["port-is-not-tcp"]
    assert "tcp-index-ipv6" not in [one.id for one in of_answer(given, reference, within=counts)]


def test_values_are_named() -> None:
    (misconception,) = of_answer(Filter("tcp port 8080"), Filter("tcp port 80"))
    assert str(misconception.message) == "It says port 8080 where port 80 is needed."


# Mutants, of which the mistake is known because it was made here

MUTATIONS = [
    ("one-direction", r"(?<!src )(?<!dst )\b(host|tcp port|port) (?=\d)", lambda found: _directed(found[1])),
    ("one-direction", r"\bsrc (?=host|net)", lambda found: "dst "),
    ("own-ssh", r" and not port 22", lambda found: ""),
    ("not-covers-one", r"not \((.*) or (.*)\)", lambda found: f"not {found[1]} or {found[2]}"),
    ("not-and", r"not \((.*) or (.*)\)", lambda found: f"not {found[1]} and {found[2]}"),
    ("or-leaks", r"and \((.*) or (.*)\)", lambda found: f"and {found[1]} or {found[2]}"),
    ("other-value", r"\b(192\.168\.1\.)(?=100|5)", lambda found: "172.16.1."),
    ("other-value", r"\b(3306|443|53)\b", lambda found: "1" + found[1]),
    ("port-is-not-tcp", r"(?<=and )tcp port", lambda found: "port"),
    ("inverted", r"^(?=src host|dst host|host \S+$|port \d+$)", lambda found: "not "),
]


def _directed(words: str) -> str:
    protocol, _, kind = words.rpartition(" ")
    return f"{protocol} dst {kind} ".lstrip()


MUTANTS = [
    pytest.param(id_, reference, mutant, id=f"{id_}: {mutant}")
    for id_, pattern, change in MUTATIONS
    for reference in COURSE
    if (mutant := re.sub(pattern, change, reference, count=1)) != reference
]


@pytest.mark.parametrize(("id_", "reference", "mutant"), MUTANTS)
def test_mutant_of_a_course_filter(id_: str, reference: str, mutant: str) -> None:
    assert id_ in found(reference, mutant)


@pytest.mark.parametrize("reference", COURSE)
def test_every_single_slip_is_explained(reference: str) -> None:
    right = Filter(reference)
    for answer in {str(slip.tree): Filter(str(slip.tree)) for slip in slips(plain(right.tree))}.values():
        comparison = compare(answer, right)
        explained = of_answer(answer, right, comparison=comparison)
        if comparison.relation == "equivalent":
            assert not any(one.is_fault for one in explained)
        else:
            assert explained, answer


# Right answers


def rewritten(node: Node, chance: random.Random) -> str:
    """The expression of `node`, spelled otherwise."""
    roll = chance.random()
    match node:
        case And(terms=terms) | Or(terms=terms):
            word = "and" if isinstance(node, And) else "or"
            shuffled = chance.sample(terms, len(terms))
            if roll < 0.25:
                other = "or" if word == "and" else "and"
                inner = f" {other} ".join(f"not ({rewritten(term, chance)})" for term in shuffled)
                return f"not ({inner})"
            return f" {chance.choice((word, '&&' if word == 'and' else '||'))} ".join(
                f"({rewritten(term, chance)})" for term in shuffled
            )
        case Not(term=term):
            return f"{chance.choice(('not', '!'))} ({rewritten(term, chance)})"
        case Address(qualifiers=qualifiers, id=id_) if qualifiers is not None:
            protocol = f"{qualifiers.protocol} " if qualifiers.protocol else ""
            if qualifiers.direction is None and roll < 0.2:
                return f"{protocol}src {qualifiers.type} {id_} or {protocol}dst {qualifiers.type} {id_}"
            if qualifiers.direction is None and roll < 0.4:
                return f"{protocol}src or dst {qualifiers.type} {id_}"
            if protocol and roll < 0.6:
                return f"{protocol} and {qualifiers._replace(protocol=None)} {id_}"
            if qualifiers.type == "host" and roll < 0.8:
                return f"{qualifiers._replace(type='net')} {id_}/32"
    return f"not not {node}" if roll > 0.9 else str(node)


@pytest.mark.parametrize("reference", COURSE)
@pytest.mark.parametrize("seed", range(6))
def test_a_right_answer_has_no_fault(reference: str, seed: int) -> None:
    answer = rewritten(Filter(reference).tree, random.Random(seed))
    assert compare(Filter(answer), Filter(reference)).relation == "equivalent"
    assert not [one for one in of_answer(Filter(answer), Filter(reference)) if one.is_fault]


@pytest.mark.parametrize(
    ("answer", "reference", "ids"),
    [
        ("port 80 or 443", "port 80 or port 443", ["inherited-qualifier"]),
        ("tcp port 80 or 443", "tcp and (port 80 or port 443)", ["inherited-qualifier"]),
        ("not host 10.0.0.1 and not 10.0.0.3", "not (host 10.0.0.1 or 10.0.0.3)", ["inherited-qualifier"]),
        ("src or dst port 53", "port 53", ["src-or-dst"]),
        ("src or dst host 10.0.0.1", "host 10.0.0.1", ["src-or-dst"]),
        ("tcp src or dst port 80", "tcp port 80", ["src-or-dst"]),
        ("host 10.0.0.1 or 10.0.0.3 and tcp port 80", "(host 10.0.0.1 or 10.0.0.3) and tcp port 80", ["right-by-luck"]),
        ("port 80 or 443 and host 10.0.0.1", "host 10.0.0.1 and (port 80 or port 443)", ["right-by-luck"]),
        ("icmp or udp and not host 10.0.0.1", "not host 10.0.0.1 and (icmp or udp)", ["right-by-luck"]),
        # and before or changes nothing here
        ("host 10.0.0.1 and tcp port 80 or icmp", "icmp or (tcp port 80 and host 10.0.0.1)", []),
        ("host 10.0.0.1", "ip host 10.0.0.1 or arp host 10.0.0.1 or rarp host 10.0.0.1", []),
    ],
)  # fmt: skip
def test_advice_on_a_right_answer(answer: str, reference: str, ids: list[str]) -> None:
    noted = of_answer(Filter(answer), Filter(reference))
    assert [one.id for one in noted] == ids
    assert not any(one.is_fault for one in noted)


# Expressions that cannot be used


def error(expression: str, link_type: LinkType | None = None) -> FilterSyntaxError:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression, link_type=link_type)
    return caught.value


@pytest.mark.parametrize(("id_", "expression", "correction"), ERRORS)
def test_misconception_of_an_error(id_: str, expression: str, correction: str | None) -> None:
    misconception = of_error(error(expression))
    assert misconception is not None
    assert (misconception.id, misconception.correction, misconception.is_fault) == (id_, correction, True)
    assert all(misconception.message.text(language) for language in LANGUAGES)


@pytest.mark.parametrize("expression", ["ether host 02:00:00:00:00:01", "vlan 100 and tcp", "tcp or ether broadcast"])
@pytest.mark.parametrize("link_type", [LINUX_SLL, LINUX_SLL2])
def test_what_only_ethernet_has(expression: str, link_type: LinkType) -> None:
    misconception = of_error(error(expression, link_type))
    assert misconception is not None
    assert (misconception.id, misconception.correction) == ("any-is-not-ethernet", None)


@pytest.mark.parametrize("expression", ["tcp prt 80", "(port 80", "port 80 and", "host www.example.com", "port 99999"])
def test_a_mere_slip_has_no_misconception(expression: str) -> None:
    assert of_error(error(expression)) is None


# Without a reference


@pytest.mark.parametrize(
    ("expression", "ids"),
    [
        ("host 10.0.0.1 and 80", [("number-became-host", True)]),
        ("host 80", [("short-address", True)]),
        ("src 10.0.1 and tcp", [("short-address", True)]),
        ("tcp and udp", [("impossible", True)]),
        ("host 10.0.0.1 and icmp and port 80", [("impossible", True)]),
        ("src port 80 and src port 443", [("impossible", True)]),
        ("tcp[tcpflags] & (tcp-syn|tcp-ack) != 0", [("any-of-mask", True)]),
        ("tcp[tcpflags] & tcp-syn|tcp-fin != 0", [("any-of-mask", True)]),
        # The manual's own example for the start and end of each conversation
        ("tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", []),
        ("tcp and port 80 or udp and port 53", [("and-binds-tighter", False)]),
        ("port 80 or 443", [("inherited-qualifier", False)]),
        ("src or dst port 80", [("src-or-dst", False)]),
        ("net 10", []),
        ("host 167772161", []),
        ("port 80 and port 443", []),
        ("", []),
        ("vlan and host 10.0.0.1", []),
        ("inbound", []),
    ],
)
def test_advice(expression: str, ids: list[tuple[str, bool]]) -> None:
    assert [(one.id, one.is_fault) for one in advice(Filter(expression))] == ids


def test_advice_puts_the_number_right() -> None:
    (noted,) = advice(Filter("src host 10.0.0.1 and (80 or 443)"))
    assert noted.correction == "src host 10.0.0.1 and (port 80 or port 443)"


# Anything at all


@pytest.mark.parametrize("seed", range(3))
def test_random_pairs_raise_nothing_and_the_equivalent_have_no_fault(seed: int) -> None:
    pairs = Pairs(seed)
    for _ in range(12):
        texts = pairs.pair()
        try:
            a, b = map(Filter, texts)
            relation = compare(a, b).relation
        except FilterSyntaxError:
            continue
        explained = of_answer(a, b)
        assert not (relation == "equivalent" and any(one.is_fault for one in explained)), texts
        assert all(one.message.text("ja") for one in explained)


def test_random_expressions_raise_nothing() -> None:
    expressions = Expressions(7)
    before = Filter("tcp port 80")
    for _ in range(150):
        text = expressions.one()
        try:
            read = Filter(text, link_type=EN10MB)
        except FilterSyntaxError as fault:
            of_error(fault)
        else:
            assert all(str(one.message) for one in (*advice(read), *of_answer(read, before)))
            before = read


def test_only_hosts_and_ports_have_two_ends() -> None:
    # Both ends of a protocol cannot be said, so nothing may try to.
    assert found("ip and (protochain 0)", "llc rr and not tcp or ip proto 58") != ["and-for-either"]


def test_a_huge_filter_is_not_searched() -> None:
    ports = " or ".join(map(str, range(1, 400)))
    assert found("port 80", f"port {ports}") == []
