"""What a learner wrote: each command by itself, with its own fault, whatever stands beside it."""

import pytest

from lesson_engine.course.written import WrittenCommand, commands_of
from lesson_engine.packets.linktype import EN10MB


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        ("tcpdump -D", ["tcpdump -D"]),
        ("# 1.\n\nsudo tcpdump -i eth0   # all\n# 2.\ntcpdump -D\n", ["sudo tcpdump -i eth0", "tcpdump -D"]),
        ("which tcpdump; tcpdump -D && tcpdump -i 1", ["which tcpdump", "tcpdump -D", "tcpdump -i 1"]),
        ("tcpdump -i eth0 | grep x; ls", ["tcpdump -i eth0 | grep x", "ls"]),
        ("tcpdump tcp[13] & 2 != 0\ntcpdump -D", ["tcpdump tcp[13] & 2 != 0", "tcpdump -D"]),
        ("tcpdump port 80 && port 443", ["tcpdump port 80 && port 443"]),
        ("tcpdump (port 80)\ntcpdump 'port 53", ["tcpdump (port 80)", "tcpdump 'port 53"]),
        ("tcpdump 'port 80\ntcpdump -D", ["tcpdump 'port 80", "tcpdump -D"]),
        ("tcpdump -nn \\\n  port 80\ntcpdump -D", ["tcpdump -nn port 80", "tcpdump -D"]),
        ("tcpdump 'port 80\nor port 443'", ["tcpdump 'port 80 or port 443'"]),
        ("tcpdump -i eth0 -w x &\ntcpdump -D", ["tcpdump -i eth0 -w x", "tcpdump -D"]),
        ("", []),
        ("# nothing\n", []),
    ],
)
def test_commands_are_told_apart(answer: str, lines: list[str]) -> None:
    assert [written.line for written in commands_of(answer)] == lines


@pytest.mark.parametrize(
    ("line", "misconception"),
    [
        ("tcpdump tcp and (port 80 or port 443)", "unquoted"),
        ("tcpdump tcp[tcpflags] & tcp-rst != 0", "unquoted"),
        ("tcpdump ip[8] > 64", "unquoted"),
        ("tcpdump tcp.port == 80", "display-filter"),
        ("tcpdump port 53 udp", "qualifier-order"),
        ("tcpdump http", "qualifier-order"),
        ("tcpdump host 10.0.0.0/24", "range-or-mask"),
        ("tcpdump port 80-90", "range-or-mask"),
        ("tcpdump net 10/8", "short-address"),
        ("tcpdump tcp host 10.0.0.1", "proto-host"),
        ("tcpdump HOST 10.0.0.1", "proto-host"),
        ("tcpdump -W all.pcap -i eth0", "option-case"),
        ("tcpdump -R all.pcap", "option-case"),
        ("tcpdump -nnC ten -i eth0", None),
        ("tcpdump prt 80", None),
        ("tcpdump port 80", None),
    ],
)
def test_what_is_behind_a_command_that_cannot_be_used(line: str, misconception: str | None) -> None:
    written = WrittenCommand(line)
    written.filter(EN10MB)
    assert written.misconception == misconception
    assert written.concerns_tcpdump


def test_another_program_is_not_tcpdump() -> None:
    for line in ("ls -l", "which tcpdump", "command -v tcpdump", "echo hello"):
        written = WrittenCommand(line)
        assert not written.concerns_tcpdump
        assert written.command is None
        assert written.filter(EN10MB) is None


def test_an_expression_alone_is_a_filter() -> None:
    written = WrittenCommand("tcp port 80 or 443")
    read = written.filter(EN10MB)
    assert written.command is None
    assert str(read) == "tcp port 80 or tcp port 443"
    assert [remark.text("en") for remark in written.remarks] == [
        "A filter alone is graded too; to use it, write it behind tcpdump."
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sudo tcpdump -nni eth0", "sudo /usr/sbin/tcpdump --interface=eth0 -n", True),
        ("sudo tcpdump -i eth0", "tcpdump -i eth0", False),
        ("which tcpdump", "which  tcpdump", True),
        ("which tcpdump", "which wireshark", False),
        ("tcpdump port 80", "tcpdump port 81", False),
    ],
)
def test_the_same_command(one: str, other: str, same: bool) -> None:
    assert WrittenCommand(one).same_as(WrittenCommand(other)) is same
