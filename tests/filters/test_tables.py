"""The language's tables: what is accepted, which packets it matches, what is refused; recorded, and again live."""

import pytest
from filter_oracle import Oracle, RefusedError
from filter_packets import ETHERNET_PACKETS, LINK_PACKETS, NETWORK_PACKETS, frames, on_link
from filter_tables import ACCEPTED, CUT, OTHER_LINKS, REFUSED, REFUSED_ON

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.packets import LinkType
from lesson_engine.packets.linktype import EN10MB

NAMED = {name: ETHERNET_PACKETS[name] for name in (*NETWORK_PACKETS, *LINK_PACKETS)}
CUTS = {name: NAMED["t6_80" if name.startswith("cut6_") else "t80"] for text in CUT.values() for name in text.split()}
CUTS = {
    name: whole if name == "full" else whole[: int(name.rpartition("_")[2].removeprefix("cut"))]
    for name, whole in CUTS.items()
    if name != "cutopt34"
} | {"cutopt34": NAMED["opt80"][:34]}


def matched(expression: str, packets: dict[str, bytes], originals: dict[str, int] | None = None) -> set[str]:
    asks = Filter(expression).predicate(EN10MB)
    return {name for name, data in packets.items() if asks(data, (originals or {}).get(name, len(data)))}


@pytest.mark.parametrize("expression", ACCEPTED)
def test_which_packets_match(expression: str) -> None:
    assert matched(expression, NAMED) == set(ACCEPTED[expression].split())


@pytest.mark.parametrize("expression", CUT)
def test_bytes_that_were_not_captured_do_not_match(expression: str) -> None:
    wire = {name: len(NAMED["t80"]) if not name.startswith("cut6_") else 999 for name in CUTS} | {"cutopt34": 70}
    assert matched(expression, CUTS, wire) == set(CUT[expression].split())


@pytest.mark.parametrize("expression", REFUSED)
def test_what_tcpdump_prints_of_a_wrong_expression(expression: str) -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression)
    assert caught.value.libpcap_text == REFUSED[expression]


@pytest.mark.parametrize(("link_type", "expression"), REFUSED_ON)
def test_what_a_link_type_cannot_answer_is_refused_there_and_nowhere_else(link_type: str, expression: str) -> None:
    number = {"EN10MB": 1, "RAW": 101, "LINUX_SLL": 113, "LINUX_SLL2": 276, "NULL": 0}[link_type]
    read = Filter(expression)
    with pytest.raises(FilterSyntaxError) as caught:
        read.program(LinkType.from_number(number))
    assert caught.value.libpcap_text == REFUSED_ON[link_type, expression]
    with pytest.raises(FilterSyntaxError):
        Filter(expression, link_type=LinkType.from_number(number))


@pytest.mark.parametrize(("number", "expression"), OTHER_LINKS)
def test_which_packets_match_on_other_link_types(number: int, expression: str) -> None:
    link_type = LinkType.from_number(number)
    asks = Filter(expression).predicate(link_type)
    packets = {name: on_link(link_type, data) for name, data in NETWORK_PACKETS.items()}
    found = {name for name, data in packets.items() if asks(data, len(data))}
    assert found == set(OTHER_LINKS[number, expression].split())


def test_an_unknown_link_type_is_refused() -> None:
    with pytest.raises(FilterSyntaxError, match="147"):
        Filter("ip").program(LinkType.from_number(147))


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize("expression", [*ACCEPTED, *CUT])
def test_libpcap_says_the_same_of_the_tables(expression: str) -> None:
    oracle = Oracle(expression, EN10MB)
    asks = Filter(expression).predicate(EN10MB)
    for name, data in [*frames(EN10MB).items(), *CUTS.items()]:
        assert asks(data, len(data)) == oracle.matches(data), name


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize("expression", REFUSED)
def test_libpcap_still_prints_what_the_tables_say(expression: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Oracle(expression, EN10MB)
    assert str(caught.value) == REFUSED[expression]


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize(("link_type", "expression"), REFUSED_ON)
def test_libpcap_refuses_the_same_on_a_link_type(link_type: str, expression: str) -> None:
    number = {"EN10MB": 1, "RAW": 101, "LINUX_SLL": 113, "LINUX_SLL2": 276, "NULL": 0}[link_type]
    with pytest.raises(RefusedError) as caught:
        Oracle(expression, LinkType.from_number(number))
    assert str(caught.value) == REFUSED_ON[link_type, expression]


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize(("number", "expression"), OTHER_LINKS)
def test_libpcap_says_the_same_on_other_link_types(number: int, expression: str) -> None:
    link_type = LinkType.from_number(number)
    oracle = Oracle(expression, link_type)
    found = {name for name, data in NETWORK_PACKETS.items() if oracle.matches(on_link(link_type, data))}
    assert found == set(OTHER_LINKS[number, expression].split())
