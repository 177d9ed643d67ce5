"""A diagnosis as it is drawn: short, with the packets, in both languages."""

import pytest

from lesson_engine import Capture
from lesson_engine.bundled import capture_path
from lesson_engine.conversations.symptoms import Symptom, symptoms
from lesson_engine.messages import Language
from lesson_engine.messages.cells import cell_width
from lesson_engine.views.diagnosis import diagnosis_lines, plain


def shown(symptom: Symptom, number: int) -> str:
    return f"packet {number}"


def found_in(name: str) -> list[Symptom]:
    return symptoms(Capture.open(capture_path(name)))


JAPANESE = """\
✗ ICMP で拒否された   192.168.1.50.50618 > 93.184.216.34.80

  #1  packet 1
  #2  packet 2

  分かること       192.168.1.1 が 93.184.216.34.80 宛てのパケットを ICMP で拒否
                   しました: 管理者の設定で禁止。
  分からないこと   192.168.1.1 を通れば 93.184.216.34.80 が答えるのかどうか。パ
                   ケットはそこまで届いていません。
  次に調べる場所   192.168.1.1 で
                   sudo tcpdump -nn -i any 'host 192.168.1.50 and (tcp port 80 or icmp)'
                   パケットがここで拒否されるのを見ます。あわせてルールを調べま
                   す (nft list ruleset、ip route)。"""

ENGLISH = """\
✗ rejected by ICMP   192.168.1.50.50618 > 93.184.216.34.80

  #1  packet 1
  #2  packet 2

  known       192.168.1.1 rejected the packet to 93.184.216.34.80 by ICMP:
              administratively prohibited.
  not known   Whether 93.184.216.34.80 would answer: the packet got no farther
              than 192.168.1.1.
  look next   on 192.168.1.1
              sudo tcpdump -nn -i any 'host 192.168.1.50 and (tcp port 80 or icmp)'
              See it rejected there, and look at its rules (nft list ruleset, ip
              route)."""


@pytest.mark.parametrize(("language", "expected"), [("ja", JAPANESE), ("en", ENGLISH)])
def test_a_block(language: Language, expected: str) -> None:
    assert plain(diagnosis_lines(found_in("icmp_reject"), shown, language, 80)) == expected


def test_what_is_well_is_one_line_and_nothing_is_said_to_be_nothing() -> None:
    assert plain(diagnosis_lines(found_in("ssh"), shown, "en", 80)) == (
        "✓ TCP conversations without trouble: 1 (closed in order 1)"
    )
    assert plain(diagnosis_lines(found_in("dns"), shown, "en", 80)) == "There is no TCP conversation to look at."


def test_the_same_trouble_with_one_server_is_told_once() -> None:
    text = plain(diagnosis_lines(found_in("mix"), shown, "en", 80))
    assert text.count("✗ no answer") == 1
    assert "  the same again: 1\n    192.168.1.51.36196  #169 #264\n" in text
    assert text.endswith("✓ other TCP conversations, without trouble: 10 (closed in order 10)")


def test_long_evidence_is_shown_from_both_ends() -> None:
    text = plain(diagnosis_lines(found_in("lost_reply_server"), shown, "en", 80))
    lines = text.splitlines()
    assert lines[2:9] == [
        "  #1   packet 1",
        "  #2   packet 2",
        "  #3   packet 3",
        "  #4   packet 4",
        "  … 5 more",
        "  #10  packet 10",
        "  #11  packet 11",
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [40, 60, 80])
def test_prose_keeps_to_the_width(language: Language, width: int) -> None:
    """tcpdump's lines and commands are never cut; prose has at least thirty cells."""
    for line in plain(diagnosis_lines(found_in("mix"), shown, language, width)).splitlines():
        if "tcpdump -nn" not in line and " > " not in line and "TCP" not in line:
            assert cell_width(line) <= max(width, 50)
