"""Plain forms: the same packets as the filter they are made of, whatever its spelling."""

import pytest
from lattice_pairs import Pairs

from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare
from lesson_engine.filters.misconceptions.plain_form import has_plain_form, is_exact, plain, worded, written_out
from lesson_engine.filters.parser import parse

SPELLINGS = [
    ("tcp port 80 or 443", "tcp and (port 80 or port 443)"),
    ("not (host 10.0.0.1 or 10.0.0.3)", "not host 10.0.0.3 and not 10.0.0.1"),
    ("tcp and not tcp port 22", "not port 22 and tcp"),
    ("src host 10.0.0.1 or dst host 10.0.0.1", "src or dst 10.0.0.1"),
    ("not src port 80 and not dst port 80", "not port 80"),
    ("tcp port http", "tcp and port 80"),
    ("net 10.0.0", "net 10.0.0.0/24"),
    ("net 10.0.0.1/32", "host 10.0.0.1"),
    ("proto 6", "tcp"),
    ("ip proto \\udp", "ip and udp"),
    ("ether proto 0x806", "arp"),
    ("tcp[13] & 2 != 0 and not tcp[tcpflags] & tcp-ack != 0", "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn"),
    ("tcp and tcp[13] = 2", "tcp[tcpflags] == tcp-syn"),
    ("tcp or (tcp and port 80)", "tcp"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_one_thought_has_one_form(one: str, other: str) -> None:
    assert plain(parse(one)) == plain(parse(other))


@pytest.mark.parametrize(
    ("one", "other"), [("port 80", "tcp port 80"), ("net 10", "net 10.0.0.0/16"), ("decnet net 10.0", "net 10.0")]
)
def test_different_thoughts_have_different_forms(one: str, other: str) -> None:
    assert plain(parse(one)) != plain(parse(other))


@pytest.mark.parametrize("seed", range(3))
def test_an_exact_form_chooses_the_same_packets(seed: int) -> None:
    pairs = Pairs(seed)
    for _ in range(25):
        read = Filter(pairs.filter())
        if has_plain_form(read.tree) and is_exact(read.tree):
            form = plain(read.tree)
            assert plain(form) == form
            for made in (form, written_out(read.tree), worded(form)):
                assert compare(read, Filter(str(made))).relation == "equivalent", (read, made)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("not port 22 and tcp", "tcp and not port 22"),
        ("port 80 and tcp and host 10.0.0.1", "host 10.0.0.1 and tcp port 80"),
        ("not host 10.0.0.1 and not host 10.0.0.3", "not (host 10.0.0.1 or host 10.0.0.3)"),
    ],
)
def test_it_is_shown_as_people_write_it(expression: str, words: str) -> None:
    assert str(worded(plain(parse(expression)))) == words


def test_order_matters_with_vlan_and_beyond_headers() -> None:
    assert not has_plain_form(parse("tcp or vlan"))
    assert not is_exact(parse("tcp[20:4] = 0x47455420"))
    assert is_exact(parse("tcp[12:2] & 0xff = 2"))
