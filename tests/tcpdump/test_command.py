"""Learners' lines become commands by meaning; what tcpdump refuses is refused with its own words."""

import subprocess
from collections.abc import Callable

import pytest
from course_lines import FILES, SHOWN
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.tcpdump.command import (
    MAXIMUM_SOURCE,
    Command,
    CommandError,
    explain_command,
    parse_command,
    parse_line,
    parse_script,
)
from lesson_engine.tcpdump.manual import OPTIONS

SAME = [
    ["tcpdump -nnc10", "tcpdump -c 10 -n", "tcpdump -c10 -nn", "sudo tcpdump -n -n -c '10'", "tcpdump -nc 10x"],
    [
        "tcpdump port 80 -n",
        "tcpdump -n port 80",
        "tcpdump -n -- port 80",
        "tcpdump -n 'port 80'",
        "tcpdump -n port  80",
    ],
    [
        "tcpdump -i eth0",
        "tcpdump -ieth0",
        "tcpdump --interface eth0",
        "tcpdump --interface=eth0",
        "tcpdump --inte eth0",
    ],
    [
        "tcpdump -n",
        "sudo tcpdump -n",
        "sudo -E tcpdump -n",
        "sudo -u root -- tcpdump -n",
        "/usr/sbin/tcpdump -n",
        "sudo /usr/bin/tcpdump -n",
        "LANG=C tcpdump -n",
        "sudo LC_ALL=C tcpdump -n",
        "env TZ=UTC tcpdump -n",
        "command tcpdump -n",
        "time tcpdump -n",
        "timeout 10 tcpdump -n",
        "timeout -s INT 10 tcpdump -n",
        "tutor tcpdump -n",
        "tcpdump -n # numbers",
        "# numbers\n\n  tcpdump \\\n  -n\n",
        "tcpdump -n &",
        "tcpdump -pn",
        "tcpdump -n -Z root -B 4096 --immediate-mode",
    ],
    ["tcpdump -r a.pcap -i lo -s 64", "tcpdump -r a.pcap"],
    ["tcpdump -s 0", "tcpdump", "tcpdump -s 262144", "tcpdump --snapshot-length=0x40000"],
    ["tcpdump -tttt -vv", "tcpdump -v -ttt -t -v"],
    ["tcpdump --nano", "tcpdump --micro --time-stamp-precision=nano"],
    ["tcpdump -w a -w b", "tcpdump -w b"],
    [r"tcpdump 'tcp[13] & 2 != 0'", 'tcpdump "tcp[13] & 2 != 0"', r"tcpdump tcp[13] \& 2 != 0"],
    ["tcpdump -F f", "tcpdump -F f port 80"],
]


@pytest.mark.parametrize("line", [*SHOWN, *FILES])
def test_the_course_lines_are_commands(line: str) -> None:
    command = parse_line(line)
    assert command.sudo
    assert command.unsupported == ()
    assert command.meaning() == parse_command(line.split()[2:]).meaning()
    assert all(part.message.text("ja") and part.message.text("en") for part in explain_command(command))


@pytest.mark.parametrize("lines", SAME, ids=lambda lines: str(lines[0]))
def test_spelling_makes_no_difference(lines: list[str]) -> None:
    first = parse_line(lines[0]).meaning()
    for line in lines[1:]:
        assert parse_line(line).meaning() == first, line


def test_different_requests_differ() -> None:
    lines = [
        "tcpdump", "tcpdump -n", "tcpdump -c 1", "tcpdump -c 2", "tcpdump -i eth0", "tcpdump -i any", "tcpdump tcp",
        "tcpdump -w a", "tcpdump -r a", "tcpdump -v", "tcpdump -vv", "tcpdump -t", "tcpdump -tt", "tcpdump -e",
        "tcpdump -A", "tcpdump -X", "tcpdump -XX", "tcpdump -x", "tcpdump -l", "tcpdump -U", "tcpdump -q",
        "tcpdump -S", "tcpdump '#'", "tcpdump '-#'", "tcpdump -D", "tcpdump -h", "tcpdump --version", "tcpdump --count",
        "tcpdump -s 64", "tcpdump -Q in", "tcpdump -C 1", "tcpdump -G 1", "tcpdump -W 1", "tcpdump --print",
        "tcpdump -K", "tcpdump -N", "tcpdump --nano", "tcpdump -d",
    ]  # fmt: skip
    assert len({parse_line(line).meaning() for line in lines}) == len(lines)


def test_places_in_the_line() -> None:
    line = "sudo tcpdump -nc 3 'tcp port' 80 -i eth0"
    command = parse_line(line)
    assert command.expression == "tcp port 80"
    assert line[slice(*command.locate(0, 3))] == "tcp"
    assert line[slice(*command.locate(4, 11))] == "port' 80"
    assert line[slice(*command.locate(9, 11))] == "80"
    assert command.locate(11, 11) == (line.index("80") + 2,) * 2
    assert command.options_follow_filter
    assert not parse_line("tcpdump -n port 80").options_follow_filter


def test_an_empty_operand_keeps_places_in_order() -> None:
    command = parse_line("tcpdump '' port 80 ''")
    assert command.expression == " port 80 "
    assert command.source[slice(*command.locate(1, 5))] == "port"


def test_context_the_shell_gives() -> None:
    command = parse_line("sudo tcpdump -l port 80 2>/dev/null | grep GET")
    assert [redirect.operator for redirect in command.redirects] == ["2>"]
    assert [finding.kind for finding in command.findings] == ["redirect", "pipe"]
    assert parse_line("tcpdump > web.pcap").redirects[0].target is not None


def test_several_commands() -> None:
    source = "# first\ntcpdump -c 1\n\nls; sudo tcpdump -w a.pcap & \nwhich tcpdump\n"
    commands = parse_script(source)
    assert [(command.count, command.write_file) for command in commands] == [(1, None), (None, "a.pcap")]
    assert [finding.kind for finding in commands[1].findings] == ["background"]
    with pytest.raises(CommandError) as caught:
        parse_line(source)
    assert caught.value.message.key == "tcpdump.command.several"


@pytest.mark.parametrize(
    ("line", "key", "marked", "hint"),
    [
        (
            "sudo tcpdump host A and (port 80 or port 443) -c 3",
            "tcpdump.shell.parenthesis",
            "(",
            "sudo tcpdump -c 3 'host A and (port 80 or port 443)'",
        ),
        ("tcpdump tcp[13] & 2 != 0 -n", "tcpdump.shell.background", "&", "tcpdump -n 'tcp[13] & 2 != 0'"),
        ("tcpdump tcp[13] | 2 = 2", "tcpdump.shell.pipe", "|", "tcpdump 'tcp[13] | 2 = 2'"),
        ("tcpdump tcp && port 80", "tcpdump.shell.and_then", "&&", "tcpdump 'tcp && port 80'"),
        ("tcpdump tcp || !port 80", "tcpdump.shell.or_else", "||", "tcpdump 'tcp || !port 80'"),
        ("tcpdump len > 80", "tcpdump.shell.redirect", "> 80", "tcpdump 'len > 80'"),
        ("tcpdump len >= 0x80", "tcpdump.shell.redirect", ">=", "tcpdump 'len >= 0x80'"),
        ("tcpdump len >", "tcpdump.shell.redirect", ">", "tcpdump 'len >'"),
        ("tcpdump port $PORT", "tcpdump.shell.variable", "$PORT", None),
        ("tcpdump port `cat p`", "tcpdump.shell.substitution", "`", None),
        ("tcpdump 'port 80", "tcpdump.shell.unclosed_quote", "'", "tcpdump 'port 80'"),
        ("tcpdump　-n", "tcpdump.shell.wide_character", "　", "tcpdump -n"),
        ("tcpdump -n ‘port 80’", "tcpdump.shell.wide_character", "‘", "tcpdump -n 'port 80'"),
        ("$ sudo tcpdump -n", "tcpdump.command.prompt", "$", "sudo tcpdump -n"),
        ("tcpdmp -n", "tcpdump.command.misspelt", "tcpdmp", "tcpdump -n"),
        ("sudo tcpdum -n", "tcpdump.command.misspelt", "tcpdum", "sudo tcpdump -n"),
        ("wireshark -k", "tcpdump.command.other", "wireshark", None),
        ("host 10.0.0.1", "tcpdump.command.other", "host", None),
        ("which tcpdump", "tcpdump.command.other", "which", None),
        ("sudo apt install tcpdump", "tcpdump.command.other", "sudo", None),
        ("sudo", "tcpdump.command.other", "sudo", None),
        ("# nothing\n", "tcpdump.command.empty", "", None),
        ("", "tcpdump.command.empty", "", None),
        ("tcpdump -port 80", "tcpdump.command.unknown", "o", "tcpdump port 80"),
        ("tcpdump -count 3", "tcpdump.command.count", "ount", "tcpdump --count 3"),
        ("tcpdump --interfce=lo", "tcpdump.command.unknown_long", "--interfce=lo", "tcpdump --interface=lo"),
        ("tcpdump -c -i eth0", "tcpdump.command.count", "-i", None),
        ("tcpdump -n; tcpdump -e", "tcpdump.command.several", "tcpdump", None),
    ],
)
def test_faults_are_told_with_their_place_and_a_corrected_line(
    line: str, key: str, marked: str, hint: str | None
) -> None:
    with pytest.raises(CommandError) as caught:
        parse_line(line)
    error = caught.value
    assert (error.message.key, line[slice(*error.span)], error.hint) == (key, marked.strip("\n"), hint)
    assert error.source == line
    assert str(error) == error.message.text("en") != error.message.text("ja")


def test_a_shell_fault_is_not_tcpdumps() -> None:
    with pytest.raises(CommandError) as caught:
        parse_line("tcpdump (tcp)")
    assert caught.value.tcpdump_text is None


REFUSED = [
    "-R", "-Y", "-c", "-c x", "-c 0", "-c -1", "-c 4294967296", "-c 2147483648", "-c -", "-s x", "-s -1", "-s 262145",
    "-s 08", "-s 96x", "-s ''", "-C x", "-C 0", "-C 5k", "-C 99999999999999999", "-C 9223372036854775808", "-W 0",
    "-W x", "-W -3", "-G -1", "-B 0", "-B x", "-B -4", "-Q foo", "-tttttt", "-tt -tt -tt tcp",
    "--time-stamp-precision=foo", "--time-stamp-precision NANO", "--foo", "--no", "--count=1", "-f -r x", "-c x -h",
    "-c 1 -R -c x", "-n- -r x", "-V",
]  # fmt: skip


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("options", REFUSED)
def test_refusals_are_those_of_the_real_one(options: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_line(f"tcpdump {options}")
    error = caught.value
    arguments = [word.strip("'") for word in options.split()]
    real = subprocess.run(["tcpdump", *arguments], capture_output=True, text=True, timeout=10, check=False)
    assert real.returncode == error.exit_status

    def without_openssl(text: str) -> list[str]:
        return [line for line in text.splitlines() if not line.startswith("OpenSSL")]

    assert error.tcpdump_text is not None
    assert without_openssl(error.tcpdump_text) == without_openssl(real.stderr)
    assert error.message.text("ja")


@pytest.mark.parametrize("options", ["-h -c x", "-h -R", "--version -c x", "-tttttt -h", "-D -tttttt"])
def test_nothing_is_read_after_help(options: str) -> None:
    parse_line(f"tcpdump {options}")


def test_options_of_the_real_one_that_are_missing_here_are_no_error() -> None:
    command = parse_line("tcpdump -d -y EN10MB -d tcp")
    assert command.unsupported == ("d", "y")


def test_explanation() -> None:
    line = "sudo -E tcpdump -nnvc3 -i eth0 port 80 > out.txt"
    parts = explain_command(parse_line(line))
    assert [part.text for part in parts] == [
        "sudo -E", "tcpdump", "-nn", "v", "c3", "-i eth0", "port 80", "> out.txt",
    ]  # fmt: skip
    assert all(line[slice(*part.span)] == part.text for part in parts)
    assert str(parts[4].message) == "stop after 3 packets"
    assert parts[5].message.text("ja") == "インターフェース eth0 でキャプチャする"


@pytest.mark.parametrize("option", OPTIONS.values(), ids=lambda option: option.spelling)
def test_every_option_is_explained(option: object) -> None:
    assert isinstance(option, type(OPTIONS["n"]))
    for times in range(1, 6):
        message = option.summary("7" if option.argument else None, times)
        assert message.text("ja") != message.text("en")
        assert option.argument is None or "7" in str(message)


def test_explanations_tell_repeated_letters() -> None:
    parts = explain_command(parse_line("tcpdump -tttt -v -v -XX"))
    assert [str(part.message) for part in parts[1:]] == [
        "print date and time",
        "print more: TTL, id, lengths, options, checksums",
        "print still more",
        "print each packet in hex and ASCII, link-level header included",
    ]


def command_or_error(parse: Callable[..., Command], source: object) -> Command | CommandError:
    try:
        return parse(source)
    except CommandError as caught:
        error = caught
    assert 0 <= error.span[0] <= error.span[1] <= len(error.source)
    assert error.message.text("ja")
    return error


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_arguments_are_a_command_or_refused(arguments: list[str]) -> None:
    command = command_or_error(parse_command, arguments)
    if isinstance(command, Command):
        assert command.meaning() == command.meaning().meaning()
        assert len(command.expression) == len(command.expression_offsets)
        explain_command(command)


@given(st.text(alphabet="tcpdump -nicr'\"\\$&|()<>;!# \n\u3000sudo8", max_size=50))
def test_any_line_is_a_command_or_refused(line: str) -> None:
    for text in (line, f"tcpdump {line}"):
        command_or_error(parse_line, text)


def test_length_is_bounded() -> None:
    for refused in ("tcpdump " + "x" * MAXIMUM_SOURCE, "(" * 10_000_000):
        with pytest.raises(CommandError) as caught:
            parse_line(refused)
        assert caught.value.message.key == "tcpdump.command.too_long"
    with pytest.raises(CommandError):
        parse_command(["x"] * MAXIMUM_SOURCE)


def test_a_nul_character_is_refused() -> None:
    for arguments in (["-r", "a\0b"], ["\0"]):
        with pytest.raises(CommandError) as caught:
            parse_command(arguments)
        assert caught.value.message.key == "tcpdump.command.nul"


def test_many_commands_are_read_in_one_pass() -> None:
    assert len(parse_script("tcpdump;" * 8_000)) == 8_000
    assert len(parse_script("tcpdump *\n" * 6_000)[-1].findings) == 1


def test_the_next_line_is_another_command() -> None:
    assert [command.expression for command in parse_script("tcpdump tcp\n2 x\nor y\n")] == ["tcp"]


def test_a_long_line_is_read_in_one_pass() -> None:
    assert len(parse_line("tcpdump " + "not " * 16_000 + "tcp").expression) == 64_003
