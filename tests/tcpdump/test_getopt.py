"""Options are found, and refused, as glibc's getopt_long does it for tcpdump."""

import subprocess

import pytest

from lesson_engine.tcpdump.getopt import GetoptError, Given, getopt
from lesson_engine.tcpdump.manual import KEYS_BY_LONG_NAME, OPTIONS, TAKES_ARGUMENT, USAGE_TEXT
from lesson_engine.tcpdump.shell import join, lex


def read(*arguments: str) -> list[str | tuple[str, str | None]]:
    words = lex(join(["tcpdump", *arguments])).commands[0].words[1:]
    return [
        (item.key, item.value) if isinstance(item, Given) else item.text
        for item in getopt(words, TAKES_ARGUMENT, KEYS_BY_LONG_NAME)
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-nnc10", "tcp"], [("n", None), ("n", None), ("c", "10"), "tcp"]),
        (["-c", "-n"], [("c", "-n")]),
        (["-c", "--"], [("c", "--")]),
        (["tcp", "-n", "--", "-c", "--"], ["tcp", ("n", None), "-c", "--"]),
        (["-"], ["-"]),
        (["--count"], [("count", None)]),
        (["--interface=eth0", "--snap", "64"], [("i", "eth0"), ("s", "64")]),
        (["--interface="], [("i", "")]),
        (["--list-i"], [("D", None)]),
        (["-r", ""], [("r", "")]),
        (["-#X"], [("#", None), ("X", None)]),
    ],
)
def test_reading(arguments: list[str], expected: list[object]) -> None:
    assert read(*arguments) == expected


REFUSED = [
    ["-R"],
    ["-nR"],
    ["-n-"],
    ["-:"],
    ["-c"],
    ["-nr"],
    ["--interface"],
    ["--foo"],
    ["---n"],
    ["--foo=1"],
    ["--count=3"],
    ["--cou=3"],
    ["--n"],
    ["--no-"],
    ["--t=1"],
    ["--list"],
    ["--=x"],
    ["tcp", "-R"],
]


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_refusals_have_the_words_of_the_real_one(arguments: list[str]) -> None:
    with pytest.raises(GetoptError) as caught:
        read(*arguments)
    real = subprocess.run(["tcpdump", *arguments], capture_output=True, text=True, timeout=10, check=False)
    assert real.stderr.splitlines()[0] == f"tcpdump: {caught.value.text}"


@pytest.mark.needs("tcpdump")
def test_the_table_is_complete() -> None:
    # every letter there is: an unknown one is refused before anything is opened
    letters = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in "-hDJL"]
    for letter in letters:
        ran = subprocess.run(
            ["tcpdump", f"-{letter}", "0", "--version"], capture_output=True, text=True, timeout=10, check=False
        )
        known = "invalid option" not in ran.stderr and letter != "Y"  # -Y: only in builds that debug the parser
        assert known == (letter in OPTIONS), letter


@pytest.mark.needs("tcpdump")
def test_usage_is_the_real_one() -> None:
    real = subprocess.run(["tcpdump", "--help"], capture_output=True, text=True, timeout=10, check=True).stdout

    def without_openssl(text: str) -> list[str]:
        return [line for line in text.splitlines() if not line.startswith("OpenSSL")]

    assert without_openssl(USAGE_TEXT) == without_openssl(real)
