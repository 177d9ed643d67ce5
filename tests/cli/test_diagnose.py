"""`tutor diagnose` as a learner uses it."""

import json
from pathlib import Path

import pytest

from lesson_engine import Capture
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.cli import main
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LANG", "en")


def diagnose(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["diagnose", *words])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


WELL = {"close_fin", "dns", "handshake", "https", "mysql", "ping", "ssh"}


@pytest.mark.parametrize("name", capture_names())
def test_the_exit_status_says_whether_something_is_wrong(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, out, err = diagnose(capsys, name)
    assert (status, "✗" in out, err) == ((0, False, "") if name in WELL else (1, True, ""))


def test_evidence_is_the_line_that_tcpdump_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers are relative to the conversation, although only its packets were printed."""
    capture = Capture.open(capture_path("mix"))
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    lines = [printer.print(packet).rstrip("\n") for packet in capture]
    _, out, _ = diagnose(capsys, "mix", "--json")
    shown = [each for symptom in json.loads(out)["symptoms"] for each in symptom["evidence"] if "line" in each]
    assert len(shown) > 10
    assert [each["line"] for each in shown] == [lines[each["packet"] - 1] for each in shown]


def test_the_expression_chooses_conversations_and_hides_no_icmp(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = diagnose(capsys, "mix", "tcp", "port", "25")
    assert (status, out.count("✗"), "rejected by ICMP" in out) == (1, 1, True)
    assert "ICMP host 93.184.216.34 unreachable" in out
    assert "leave out the expression" in err
    status, out, err = diagnose(capsys, "mix", "tcp port 22")
    assert (status, out) == (0, "✓ TCP conversations without trouble: 1 (closed in order 1)\n")
    assert diagnose(capsys, "mix", "port 9999")[:2] == (0, "There is no TCP conversation to look at.\n")


def test_two_capture_points(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = diagnose(capsys, "lost_reply_client", "--and", "lost_reply_server")
    assert (status, "✗ lost between the two points" in out, "from lost_reply_server:" in out) == (1, True, True)
    assert "Flags [S.]" in out
    status, out, _ = diagnose(capsys, "handshake", "--and", "handshake", "--json")
    (symptom,) = json.loads(out)["symptoms"]
    assert (status, symptom["kind"], symptom["trouble"]) == (0, "closed", False)


def test_json_has_all_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = diagnose(capsys, "closed_port", "--json")
    (symptom,) = json.loads(out)["symptoms"]
    assert status == 1
    assert symptom["client"].startswith("192.168.1.50.")
    assert {key: symptom[key] for key in ("kind", "trouble", "server", "by", "capture")} == {
        "kind": "refused",
        "trouble": True,
        "server": "192.168.1.100.3306",
        "by": "192.168.1.100",
        "capture": 1,
    }
    assert [each["packet"] for each in symptom["evidence"]] == [1, 2]
    assert symptom["next"][0]["at"] == "192.168.1.100"
    assert symptom["known"]
    assert symptom["unknown"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "Usage: tutor diagnose"),
        (("nowhere.pcap",), 1, "nowhere.pcap"),
        (("handshake", "--and", "nowhere.pcap"), 1, "nowhere.pcap"),
        (("handshake", "--and"), 2, "--and"),
        (("handshake", "prot 80"), 1, "port 80"),
        (("handshake", "--jsno"), 2, "--json"),
    ],
)
def test_what_cannot_be_done_is_told(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, said: str
) -> None:
    found, out, err = diagnose(capsys, *words)
    assert (found, out) == (status, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_breaks_off_is_diagnosed_as_far_as_it_goes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(Path(capture_path("no_answer")).read_bytes()[:-10])
    status, out, err = diagnose(capsys, str(cut))
    assert (status, "✗ no answer" in out) == (1, True)
    assert "The 3 before it are good" in err
    not_one = tmp_path / "text.pcap"
    not_one.write_text("hello, this is no capture")
    status, out, err = diagnose(capsys, str(not_one))
    assert (status, out) == (1, "")
    assert err.startswith("tutor: ")
