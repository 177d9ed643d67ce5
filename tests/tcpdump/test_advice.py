"""Habits are named by their misconception, and good commands are left alone."""

import pytest

from lesson_engine.tcpdump.advice import advise, misconception
from lesson_engine.tcpdump.command import CommandError, parse_line


@pytest.mark.parametrize(
    "line",
    [
        "sudo tcpdump",
        "sudo tcpdump -nn -i eth0 -c 3 'tcp port 80'",
        "tcpdump -r web.pcap",
        "tcpdump -nr web.pcap port 80 | grep GET",
        "sudo tcpdump -l | grep GET",
        "sudo tcpdump -U -w - | tshark -r -",
        "sudo tcpdump -w web.pcap port 80 &",
        "sudo tcpdump -n > out.txt 2> errors.txt",
        "sudo tcpdump -w - > web.pcap",
        "tcpdump -D",
        "tcpdump --version",
        "tutor tcpdump -n",
        "tcpdump -r web.pcap -s 64",
        "sudo tcpdump ! port 22",
        "sudo tcpdump -s 0",
    ],
)
def test_good_commands_get_no_advice(line: str) -> None:
    assert advise(parse_line(line)) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tcpdump -n", [("missing-sudo", "tcpdump")]),
        ("sudo tcpdump -r web.pcap", [("needless-sudo", "sudo")]),
        ("sudo tcpdump port 80 -n -c 3", [("options-after-filter", "-n")]),
        ("sudo tcpdump > web.pcap", [("redirect-is-not-pcap", "> web.pcap")]),
        ("sudo tcpdump -w web.txt", [("redirect-is-not-pcap", "web.txt")]),
        ("sudo tcpdump -n | grep GET", [("grep-silence", "|")]),
        ("sudo tcpdump -s 40", [("short-snaplen", "40")]),
        ("sudo tcpdump tcp[13]=2 or !port 80", [("unquoted", "["), ("unquoted", "!")]),
        ("tcpdump -n port 80 -e > x.pcap",
         [("missing-sudo", "tcpdump"), ("options-after-filter", "-e"), ("redirect-is-not-pcap", "> x.pcap")]),
    ],
)  # fmt: skip
def test_habits_are_named_with_their_place(line: str, expected: list[tuple[str, str]]) -> None:
    given = advise(parse_line(line))
    assert [(advice.misconception, line[slice(*advice.span)]) for advice in given] == expected
    assert all(advice.message.text("ja") != advice.message.text("en") for advice in given)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("tcpdump (tcp)", "unquoted"),
        ("tcpdump tcp[13] & 2 != 0", "unquoted"),
        ("tcpdump len > 80", "unquoted"),
        ("tcpdump 'tcp", None),
        ("tcpdump -c x", None),
    ],
)
def test_faults_of_quoting_are_named(line: str, name: str | None) -> None:
    with pytest.raises(CommandError) as caught:
        parse_line(line)
    assert misconception(caught.value) == name
