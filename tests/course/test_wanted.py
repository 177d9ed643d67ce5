"""Options compared by meaning, and what a learner wrote in the place of the right ones."""

import pytest

from lesson_engine.course.wanted import lacking, shows_nothing
from lesson_engine.messages import LANGUAGES
from lesson_engine.tcpdump.command import parse_line

TEN = {"interface": ["eth0", "1"], "count": 10, "numeric": True}
SAVE = {"interface": "eth0", "write_file": True, "sudo": True, "snapshot_length": 262144}
READ = {"read_file": True, "write_file": True, "sudo": False, "count": False}


@pytest.mark.parametrize(
    ("wants", "line"),
    [
        (TEN, "tcpdump -nn -i eth0 -c 10"),
        (TEN, "sudo tcpdump -nc10 --interface eth0"),
        (TEN, "tcpdump -i 1 -c 10 -n -v -tttt"),
        (SAVE, "sudo tcpdump -i eth0 -w x.pcap"),
        (SAVE, "tutor tcpdump -i eth0 -s 0 -w x"),
        (READ, "tcpdump -r x -w y"),
        (READ, "tutor tcpdump -r x -w y"),
    ],
)
def test_nothing_is_lacking(wants: dict[str, object], line: str) -> None:
    assert lacking(parse_line(line), wants) is None


@pytest.mark.parametrize(
    ("wants", "line", "key", "misconception"),
    [
        (TEN, "tcpdump -nn -c 10", "interface", "missing-option"),
        (TEN, "tcpdump -nn -c 10 eth0", "interface", "interface-is-not-a-filter"),
        (TEN, "tcpdump -nn -c 10 -i eth1", "interface", "other-value"),
        (TEN, "tcpdump -nn -I -c 10", "interface", "missing-option"),
        (TEN, "tcpdump -nn -i eth0", "count", "missing-option"),
        (TEN, "tcpdump -nn -i eth0 -C 10", "count", "option-case"),
        (TEN, "tcpdump -nnC10 -i eth0", "count", "option-case"),
        (TEN, "tcpdump -nn -i eth0 -c 100", "count", "other-value"),
        (TEN, "tcpdump -i eth0 -c 10", "numeric", "missing-option"),
        (TEN, "tcpdump -N -i eth0 -c 10", "numeric", "option-case"),
        (SAVE, "sudo tcpdump -i eth0", "write_file", "missing-option"),
        (SAVE, "sudo tcpdump -i eth0 > x.pcap", "write_file", "redirect-is-not-pcap"),
        (SAVE, "tcpdump -i eth0 -w x.pcap", "sudo", "missing-sudo"),
        (SAVE, "sudo tcpdump -i eth0 -s 64 -w x.pcap", "snapshot_length", "short-snaplen"),
        (READ, "sudo tcpdump -r x -w y", "sudo", "needless-sudo"),
        (READ, "tcpdump -i eth0 -w y", "read_file", "missing-option"),
        (READ, "tcpdump -r x -w y -c 5", "count", "extra-option"),
    ],
)
def test_what_is_lacking_and_why(wants: dict[str, object], line: str, key: str, misconception: str) -> None:
    lack = lacking(parse_line(line), wants)
    assert lack is not None
    assert (lack.key, lack.misconception) == (key, misconception)
    assert all(lack.message.text(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("line", "misconception"),
    [
        ("tcpdump -D", "extra-option"),
        ("tcpdump --version", "extra-option"),
        ("tcpdump -h", "extra-option"),
        ("tcpdump -d port 80", "extra-option"),
        ("tcpdump -F filter.txt", "extra-option"),
        ("tcpdump --count port 80", "extra-option"),
        ("tcpdump -Q in port 80", "one-direction"),
        ("tcpdump -w x.pcap port 80", "silent-w"),
        ("tcpdump -w x.pcap --print port 80", None),
        ("tcpdump -r x.pcap port 80", None),
        ("tcpdump -c 3 -nn -i eth0 port 80", None),
    ],
)
def test_why_a_command_shows_nothing(line: str, misconception: str | None) -> None:
    lack = shows_nothing(parse_line(line))
    assert (lack and lack.misconception) == misconception
