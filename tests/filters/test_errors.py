"""Errors say what, where, and what to write, in two languages."""

import pytest
from filter_oracle import Oracle, RefusedError

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import filters as texts
from lesson_engine.packets.linktype import EN10MB

HINTS = {
    "tcp.port == 80": "tcp port 80",
    "ip.addr == 10.0.0.1": "host 10.0.0.1",
    "ip.src==10.0.0.1 && tcp.dstport==443": "src host 10.0.0.1 && tcp dst port 443",
    "ip.addr != 10.0.0.1": "not host 10.0.0.1",
    "!tcp.port==22": "!tcp port 22",
    "ip.addr == 10.0.0.0/8": "net 10.0.0.0/8",
    "frame.len > 100": "len > 100",
    "icmp.type == 8": "icmp[icmptype] = 8",
    "eth.addr == 02:00:00:00:00:01": "ether host 02:00:00:00:00:01",
    "tcp.flags.syn == 1": "tcp[tcpflags] & tcp-syn != 0",
    "tcp.flags.ack == 0": "tcp[tcpflags] & tcp-ack = 0",
    "port 80-90": "portrange 80-90",
    "portrange 80 - 90": "portrange 80-90",
    "tcp 80": "tcp port 80",
    "tcp dst 443": "tcp dst port 443",
    "host 10.0.0.0/24": "net 10.0.0.0/24",
    "net 10.0.0.1/24": "net 10.0.0.0/24",
    "net 10/8": "net 10.0.0.0/8",
    "hots 10.0.0.1": "host 10.0.0.1",
    "tpc port 80": "tcp port 80",
    "tcp prot 80 and hots 1.2.3.4": "tcp port 80 and host 1.2.3.4",
    "port htpp": "port http",
    "TCP port 80": "tcp port 80",
    "HOST 10.0.0.1": "host 10.0.0.1",
    "http": "tcp port 80",
    "port 53 udp": "udp port 53",
    "src tcp port 80": "tcp src port 80",
    "port src 80": "src port 80",
    "port 80, 443": "port 80 or 443",
    "tcp port 80 443": "tcp port 80 or 443",
    "src 10.0.0.1 dst 10.0.0.2": "src 10.0.0.1 and dst 10.0.0.2",
    "host 10.0.0.1 port 80": "host 10.0.0.1 and port 80",
    "tcp host 10.0.0.1": "tcp and host 10.0.0.1",
    "ip6 port 80": "ip6 and port 80",
    "host 02:00:00:00:00:01": "ether host 02:00:00:00:00:01",
    "ether host 10.0.0.1": "host 10.0.0.1",
    "port 80 or 10.0.0.1": "port 80 or host 10.0.0.1",
    "tcp or 80": "tcp or port 80",
    "vlan 100 or 200": "vlan 100 or vlan 200",
    "80": "port 80",
    "10.0.0.1": "host 10.0.0.1",
    "(port 80": "(port 80)",
    "port 80)": "port 80",
    "port 80 and": "port 80",
    "port == 80": "port 80",
    "host != 10.0.0.1": "not host 10.0.0.1",
    "tcp[13] & 2": "tcp[13] & 2 != 0",
    "tcp syn": "tcp[tcpflags] & tcp-syn != 0",
    "tcp[tcpflags] = syn": "tcp[tcpflags] = tcp-syn",
    "tcp port 80 | tcp port 443": "tcp port 80 or tcp port 443",
    "proto tcp": "proto \\tcp",
    "len-1 > 5": "len - 1 > 5",
    "'tcp port 80'": "tcp port 80",
    "ｔｃｐ　ｐｏｒｔ　８０": "tcp port 80",
}

NO_HINT = ["", "@@@", "host www.example.com", "foo bar baz", "port 70000", "host 300.1.1.1", "not", "host"]


@pytest.mark.parametrize("expression", HINTS)
def test_a_likely_correction_is_offered(expression: str) -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression)
    assert caught.value.hint == HINTS[expression]


@pytest.mark.parametrize("expression", NO_HINT[1:])
def test_where_nothing_is_likely_nothing_is_offered(expression: str) -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression)
    assert caught.value.hint is None


SPANS = {
    "tcp.port == 80": "tcp.port",
    "host 10.0.0.1 and prt 80": "prt",
    "port 80-90": "80-90",
    "host 10.0.0.0/24 or tcp": "host 10.0.0.0/24",
    "tcp or 99.1": "99.1",
    "port 80 or 10.0.0.1": "10.0.0.1",
    "net 10.0.0.1/24": "10.0.0.1/24",
    "ip and tcp[0:3] = 1": "tcp[0:3]",
    "len > 5 and (1 + 4) / 0 = 1": "(1 + 4) / 0",
    "port 089": "089",
    "ip and vlan 5000": "vlan 5000",
    "tcp port 80 and udp port http": "udp port http",
    "ip ； tcp": "；",
}


@pytest.mark.parametrize("expression", SPANS)
def test_the_caret_stands_under_the_place_that_matters(expression: str) -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression)
    assert expression[slice(*caught.value.span)] == SPANS[expression]


def test_the_end_is_a_place_too() -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter("host 10.0.0.1 and ")
    assert caught.value.span == (17, 17)
    assert caught.value.caret() == "host 10.0.0.1 and \n                 ^"


def test_an_error_in_full() -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter("tcp prot 80")
    error = caught.value
    assert isinstance(error, ValueError)
    assert error.source == "tcp prot 80"
    assert error.libpcap_text == "can't parse filter expression: syntax error"
    assert "and" in error.expected
    assert str(error) == ("'prot' cannot stand here\n  tcp prot 80\n      ^^^^\ndid you mean:\n  tcp port 80")
    assert error.text("ja") == ("ここに「prot」は置けません\n  tcp prot 80\n      ^^^^\nもしかして:\n  tcp port 80")


def test_host_names_are_not_looked_up_and_the_error_says_so() -> None:
    for name in ("www.example.com", "localhost", "nosuch.invalid"):
        with pytest.raises(FilterSyntaxError, match="not looked up") as caught:
            Filter(f"host {name}")
        assert caught.value.libpcap_text == f"unknown host '{name}'"


FIRST_FAULTS = {
    "port 99999 and and": "illegal port number 99999 > 65535",
    "and port 99999": "can't parse filter expression: syntax error",
    "host foo and port bar": "unknown host 'foo'",
    "4 / 0 = 089": "division by zero",
    "net 1.2.3.4/8 089": 'non-network bits set in "1.2.3.4/8"',
    "host 999.1.1.1 089": "invalid IPv4 address '999.1.1.1'",
    "tcp 089": "number 089 contains non-octal digit",
    "port 99999 089": "illegal port number 99999 > 65535",
}


@pytest.mark.parametrize("expression", FIRST_FAULTS)
def test_of_several_faults_the_first_in_reading_order_is_told(expression: str) -> None:
    with pytest.raises(FilterSyntaxError) as caught:
        Filter(expression)
    assert caught.value.libpcap_text == FIRST_FAULTS[expression]


def test_every_message_has_both_languages_and_the_same_parameters() -> None:
    import string

    for key, (japanese, english) in texts.TEXTS.items():
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (japanese, english)]
        if key in ("filters.octal",):
            continue
        assert names[1] <= names[0] | {"first", "link_type"} or names[0] <= names[1], key
        assert "!" not in english.replace("!r", ""), key


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize("expression", FIRST_FAULTS)
def test_libpcap_tells_the_same_fault_first(expression: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Oracle(expression, EN10MB)
    assert str(caught.value) == FIRST_FAULTS[expression]
