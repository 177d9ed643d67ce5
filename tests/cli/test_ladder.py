"""`tutor ladder` and `tutor timeline` as a learner uses them."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from lesson_engine.bundled import capture_path
from lesson_engine.cli import main
from lesson_engine.packets import Capture
from lesson_engine.sources.writing import write_savefile

ARP = bytes.fromhex("ffffffffffff02000000000108060001080006040001020000000001c0a80132000000000000c0a80163")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LANG", "en")


def tutor(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_ladder_is_drawn_with_its_symptom_and_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "ladder", "no_answer")
    assert status == 0
    assert out.count("▶ ?") == 4
    assert "Symptom: no answer. Evidence: #1 #2 #3 #4" in out
    assert out.splitlines()[-1] == "Next: tutor diagnose no_answer"


def test_numbers_may_be_absolute_and_nothing_folded(capsys: pytest.CaptureFixture[str]) -> None:
    relative, absolute = (tutor(capsys, "ladder", "handshake", *more)[1] for more in ((), ("--absolute",)))
    assert "seq 1:80  ack 1 " in relative
    assert "seq 1009101798:1009101877" in absolute
    folded, whole = (tutor(capsys, "ladder", "ssh", *more)[1] for more in ((), ("--all",)))
    assert "packets folded" in folded
    assert "packets folded" not in whole
    assert whole.count(" #") > folded.count(" #")


def test_an_expression_chooses_conversations_which_keep_the_icmp_about_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = tutor(capsys, "ladder", "icmp_reject", "tcp port 80")
    assert "ICMP from 192.168.1.1" in out
    _, out, _ = tutor(capsys, "ladder", "handshake", "tcp[tcpflags] & tcp-fin != 0")
    assert out.count("#") >= 10
    assert out.splitlines()[-1] == "Next: tutor packet handshake 1"


def test_many_conversations_are_shown_a_few_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = tutor(capsys, "ladder", "mix")
    assert out.count("Evidence: ") == 3
    assert "Conversations that are not shown: " in out
    _, out, _ = tutor(capsys, "ladder", "mix", "port 52610")
    assert out.count("Evidence: ") == 1
    assert "not shown" not in out


def test_an_icmp_error_alone_is_a_ladder_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    packet = Capture.open(capture_path("icmp_reject"))[1]
    write_savefile(tmp_path / "icmp.pcap", Capture.from_frames([packet.data]))
    status, out, _ = tutor(capsys, "ladder", str(tmp_path / "icmp.pcap"))
    assert status == 0
    assert "192.168.1.50.50618" in out
    assert "ICMP from 192.168.1.1" in out


def test_questions_by_arp_that_nobody_answers_are_a_ladder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write_savefile(tmp_path / "arp.pcap", Capture.from_frames([ARP] * 3))
    status, out, _ = tutor(capsys, "ladder", str(tmp_path / "arp.pcap"))
    assert status == 0
    assert out.count("ARP who has 192.168.1.99?") == 3
    assert "host not there" in out


@pytest.mark.parametrize("verb", ["ladder", "timeline"])
def test_pictures_go_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, verb: str) -> None:
    path = tmp_path / "picture.svg"
    status, out, err = tutor(capsys, verb, capture_path("handshake"), "--svg", str(path))
    assert (status, out, err) == (0, "", f"Written to {path}.\n")
    assert ET.parse(path).getroot().get("role") == "img"


@pytest.mark.parametrize("verb", ["ladder", "timeline"])
def test_a_file_that_breaks_off_is_shown_as_far_as_it_goes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, verb: str
) -> None:
    path = tmp_path / "cut.pcap"
    path.write_bytes(Path(capture_path("handshake")).read_bytes()[:-10])
    status, out, err = tutor(capsys, verb, str(path))
    assert status == 1
    assert "192.168.1.50.47398" in out
    assert err.startswith("tutor: ")


def test_a_timeline_by_protocol(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "timeline", "mix", "--by", "protocol", "not tcp")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:4]] == ["ARP", "UDP", "ICMP"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["ladder", "dns"], 1, "tutor tcpdump -r dns"),
        (["ladder", "handshake", "prot 80"], 1, "port 80"),
        (["ladder", "nowhere.pcap"], 1, "nowhere.pcap"),
        (["ladder", "handshake", "--svg", "/nowhere/a.svg"], 1, "/nowhere/a.svg"),
        (["timeline", "handshake", "udp"], 1, "No packet"),
        (["timeline", "handshake", "--by", "port"], 2, "conversation or protocol"),
    ],
)
def test_what_goes_wrong_says_what_would_be_right(
    capsys: pytest.CaptureFixture[str], words: list[str], status: int, said: str
) -> None:
    found, out, err = tutor(capsys, *words)
    assert (found, out) == (status, "")
    assert said in err


def test_two_points_are_laid_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--lang", "en", "ladder", "lost_reply_client", "--and", "lost_reply_server"]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "at the client" in shown
    assert "Lost in between: 6." in shown
    assert shown.endswith("Next: tutor diagnose lost_reply_client --and lost_reply_server\n")
    assert main([*words, "--svg", str(tmp_path / "two.svg")]) == 0
    assert (tmp_path / "two.svg").read_text(encoding="utf-8").count(">✕<") == 6


def test_the_expression_chooses_by_the_packets_of_either_point(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--lang", "en", "ladder", "lost_reply_client", "--and", "lost_reply_server"]
    assert main([*words, "tcp[tcpflags] & tcp-ack != 0"]) == 0  # the SYN-ACKs are in the server's capture alone
    assert main([*words, "udp"]) == 1
    assert "No TCP conversation is selected" in capsys.readouterr().err
    assert main([*words, "tcp prt 80"]) == 1
