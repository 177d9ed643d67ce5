"""Lines are split as a POSIX shell splits them; the installed sh is asked where that is safe."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.tcpdump.shell import Finding, lex, quote


def words(source: str) -> list[str]:
    script = lex(source)
    assert len(script.commands) <= 1
    return [word.text for command in script.commands for word in command.words]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("tcpdump -n  port\t80", ["tcpdump", "-n", "port", "80"]),
        ("tcpdump 'tcp port 80'", ["tcpdump", "tcp port 80"]),
        ('tcpdump "tcp port 80"', ["tcpdump", "tcp port 80"]),
        ("tcpdump tcp\\ port' '80", ["tcpdump", "tcp port 80"]),
        ("a 'b'\"c\"d ''", ["a", "bcd", ""]),
        (r'"a\"b\$\`\\\c"', ['a"b$`\\\\c']),
        ("a\\\nb c \\\n d", ["ab", "c", "d"]),
        ("a \\\r\n b\r\n", ["a", "b"]),
        ("a b#c # the rest 'is' ignored", ["a", "b#c"]),
        ("# only a comment", []),
        ("", []),
        ("a\\", ["a\\"]),
        ("'two\nlines'", ["two\nlines"]),
    ],
)
def test_words(source: str, expected: list[str]) -> None:
    assert words(source) == expected


@pytest.mark.needs("sh")
@given(st.text(alphabet="ab '\"\\#=-.", min_size=1, max_size=12))
def test_words_are_those_of_the_real_shell(source: str) -> None:
    # Nothing here can expand, redirect or run: the alphabet has no such character.
    if any(finding.kind == "unclosed_quote" for finding in lex(source).findings) or source.endswith("\\"):
        return
    ran = subprocess.run(["sh", "-c", f"printf '[%s]' x {source}"], capture_output=True, check=True)
    assert ran.stdout.decode() == "".join(f"[{word}]" for word in words(f"x {source}"))


@given(st.lists(st.text(min_size=0, max_size=10).filter(lambda text: "\r" not in text), min_size=1, max_size=5))
def test_quoting_is_undone_by_lexing(texts: list[str]) -> None:
    script = lex(" ".join(map(quote, texts)))
    assert [word.text for word in script.commands[0].words] == texts
    assert script.findings == ()


@given(st.text(max_size=40))
def test_every_character_knows_its_place(source: str) -> None:
    for command in lex(source).commands:
        for word in command.words:
            assert len(word.text) == len(word.offsets) == len(word.quoted)
            assert "".join(source[offset] for offset in word.offsets) == word.text
            assert all(word.span[0] <= offset < word.span[1] for offset in word.offsets)


@given(st.text(alphabet="tcp[13] '\"\\$`(){}&|;<>!*?~#\n\r\u3000８", max_size=40), st.booleans())
def test_any_text_is_lexed_and_findings_lie_in_it(source: str, literal: bool) -> None:
    script = lex(source, literal=literal)
    for finding in script.findings:
        assert source[slice(*finding.span)] == finding.text
        assert finding.consequence.text("ja")
        assert finding.consequence.text("en")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("tcpdump (tcp)", [("parenthesis", "("), ("parenthesis", ")")]),
        ("tcpdump '(tcp)' \\(udp\\)", []),
        ("tcpdump tcp & 2", [("background", "&")]),
        ("tcpdump tcp && udp || icmp", [("and_then", "&&"), ("or_else", "||")]),
        ("tcpdump | grep x; ls", [("pipe", "|"), ("separator", ";")]),
        ("tcpdump > f 2>> e", [("redirect", ">"), ("redirect", "2>>")]),
        ("tcpdump !port", [("history", "!")]),
        ("tcpdump ! port a!=b a! \"a!\" '!x'", []),
        ('tcpdump "!x"', [("history", "!")]),
        ("tcpdump tcp[13]=2 '[1]' a[ ]", [("glob", "[")]),
        ("tcpdump *.pcap x?", [("glob", "*"), ("glob", "?")]),
        ("tcpdump $PORT \"$X\" '$Y' \\$Z a$ $.", [("variable", "$PORT"), ("variable", "$X")]),
        ("tcpdump `a` $(b)", [("substitution", c) for c in "``"] + [("substitution", "$("), ("parenthesis", ")")]),
        ("tcpdump 'port 80", [("unclosed_quote", "'")]),
        ("tcpdump\u3000-n ８０ “x” –n '８'", [("wide_character", c) for c in "\u3000８０“”–"]),
        ("tcpdump -n # (all) & $that", []),
    ],
)  # fmt: skip
def test_findings(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(finding.kind, finding.text) for finding in lex(source).findings] == expected


def test_literal_reading_takes_operators_for_text() -> None:
    script = lex("tcpdump tcp & (2|3) > $x !y # note", literal=True)
    assert [word.text for word in script.commands[0].words] == ["tcpdump", "tcp", "&", "(2|3)", ">", "$x", "!y"]
    assert script.findings == ()


def test_commands_end_at_operators_and_line_ends() -> None:
    script = lex("a 1 &\nb | c && d\n\n# e\nf")
    assert [(command.words[0].text, command.operator) for command in script.commands] == [
        ("a", "&"), ("b", "|"), ("c", "&&"), ("d", "\n"), ("f", ""),
    ]  # fmt: skip


def test_redirects_take_their_target_from_the_words() -> None:
    command = lex("tcpdump > out.txt port 80 2>&1 80>x").commands[0]
    assert [word.text for word in command.words] == ["tcpdump", "port", "80"]
    redirects = [(each.operator, each.target.text if each.target else None) for each in command.redirects]
    assert redirects == [(">", "out.txt"), ("2>&", "1"), ("80>", "x")]


def test_a_redirect_without_target() -> None:
    assert lex("tcpdump >").commands[0].redirects[0].target is None


def test_finding_positions() -> None:
    assert lex("tcpdump tcp & 2").findings == (Finding("background", (12, 13), "&"),)
