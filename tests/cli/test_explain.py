"""`tutor explain`, `tutor explain-line` and `tutor filter` as a learner uses them."""

import json

import pytest

from lesson_engine.bundled import capture_path
from lesson_engine.cli import main


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LANG", "en")


def tutor(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_command_is_explained_part_by_part(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "explain", "sudo tcpdump -i eth0 port 80 -c 3")
    rows = {line[:12].strip(): line for line in out.splitlines()}
    assert status == 0
    assert "interface eth0" in rows["-i eth0"]
    assert "3 packets" in rows["-c 3"]
    assert "tutor filter explain 'port 80'" in out
    assert tutor(capsys, "explain", "tcpdump -c none")[0] == 1


def test_a_line_is_explained_with_the_bytes_it_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "explain-line", "-r", capture_path("handshake"), "-p", "2")
    (flags,) = [line for line in out.splitlines() if line.startswith("  Flags [S.]")]
    assert (status, "SYN" in flags, "ACK" in flags) == (0, True, True)
    assert "(byte 47)" in out
    assert tutor(capsys, "explain-line", "hello")[0] == 1


def test_the_tree_shows_what_was_inherited_and_what_decided(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("src host 10.0.0.1 and port 53 or 80", "-r", capture_path("handshake"), "-p", "1")
    status, out, _ = tutor(capsys, "filter", "explain", *words)
    assert status == 0
    (last,) = [line for line in out.splitlines() if line.startswith("└─ port 80")]
    assert "port inherited" in last
    assert "destination port is 80 (bytes 36-37)" in last
    assert out.splitlines()[-1].startswith("#1  ")


def test_a_slip_is_named_even_without_a_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert "number-became-host" in tutor(capsys, "filter", "explain", "host 10.0.0.1 and 80")[1]
    assert "misconception" not in tutor(capsys, "filter", "explain", "port 80 or 443")[1]


def test_filters_are_compared_for_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "filter", "compare", "port 80", "tcp port 80")
    assert (status, "A is wider" in out, "A packet that only A matches" in out) == (0, True, True)
    status, out, _ = tutor(capsys, "filter", "compare", "--json", "src host 10.0.0.1", "host 10.0.0.1")
    value = json.loads(out)
    assert (status, value["relation"], value["complete"]) == (0, "narrower", True)
    (proof,) = value["proofs"]
    assert proof["matched_by"] == "b"
    assert bytes.fromhex(proof["packet"])[30:34] == bytes((10, 0, 0, 1))
    assert "> 10.0.0.1" in proof["line"]


def test_wireshark_gets_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "filter", "wireshark", "tcp port 80 or 443")
    assert (status, out.splitlines()[0]) == (0, "tcp.port == 80 || tcp.port == 443")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["filter", "explain", "prot 80"], 1, "port 80"),
        (["filter", "compare", "tcp", "tcp.port == 80"], 1, "tcp port 80"),
        (["filter", "wireshark", "port 80-90"], 1, "portrange 80-90"),
        (["filter", "compare", "tcp"], 2, "Usage"),
        (["filter", "compare", "tcp", "udp", "icmp"], 2, "each in quotes"),
        (["filter", "explian", "tcp"], 2, "explian"),
        (["filter", "explain", "tcp", "-p", "1"], 2, "--read and --packet go together"),
        (["filter", "explain", "tcp", "-r", capture_path("handshake"), "-p", "11"], 2, "1 to 10"),
        (["filter", "compare", "tcp", "udp", "-p", "1"], 2, "belong to explain"),
        (["explain-line", "-r", capture_path("handshake"), "-p", "zero"], 2, "1 to 10"),
        (["packet", "handshake", "11"], 2, "N takes a number from 1 to 10"),
        (["packet", "handshake", "1", "--layer", "UDP"], 2, "Packet 1 has no UDP. It has Ethernet ▸ IPv4 ▸ TCP."),
    ],
)
def test_what_goes_wrong_says_what_would_be_right(
    capsys: pytest.CaptureFixture[str], words: list[str], status: int, said: str
) -> None:
    found, out, err = tutor(capsys, *words)
    assert (found, out) == (status, "")
    assert said in err


def test_a_packet_is_shown_field_by_field_with_its_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "packet", "handshake", "2")
    assert status == 0
    assert "Ethernet ▸ IPv4 ▸ TCP" in out
    assert "SYN+ACK" in out
    assert out.splitlines()[-1] == "Next: tutor packet handshake 2 --layer TCP"
    status, out, _ = tutor(capsys, "packet", capture_path("handshake"), "2", "--layer", "TCP.dport")
    assert (status, "[b9 26]" in out, "SYN+ACK" in out) == (0, True, False)
