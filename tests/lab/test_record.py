"""The recorder records in fresh namespaces, keeps the old capture when the new one is wrong, and leaves nothing."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import pytest
from private_network import AS_NOBODY, NOBODY, ROOT, python_for_everyone

from lesson_engine.lab.namespaces import NamespacesRefusedError, require_namespaces
from lesson_engine.lab.record import UnexpectedCaptureError, chosen, main, record
from lesson_engine.lab.scenarios import SCENARIOS, Expectation

needs_lab = pytest.mark.needs(
    "unshare", "setpriv", "ip", "nft", "tcpdump", "nginx", "openssl", "curl", "mariadb", "ping"
)


def recorder(*words: str, program: tuple[str, ...] = (sys.executable,), checkout: Path = ROOT) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*program, "-B", "-m", "lesson_engine.lab.record", "--lang", "en", *words],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def processes_of(directory: Path) -> list[str]:
    """The command lines of living processes that mention `directory`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(directory) in command:
            found.append(command)
    return found


@pytest.fixture
def lab() -> None:
    """Skips where the system refuses namespaces; in CI it may not."""
    try:
        require_namespaces()
    except NamespacesRefusedError as refused:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(refused))


@needs_lab
@pytest.mark.usefixtures("lab")
def test_a_fresh_recording_is_complete_and_leaves_nothing_else(tmp_path: Path) -> None:
    with recorder("handshake", "icmp_reject", "--into", str(tmp_path)) as process:
        said, complained = process.communicate()
    assert (process.returncode, complained) == (0, "")
    assert [line.partition(" (")[0] for line in said.splitlines()] == [
        "recorded handshake.pcap",
        "recorded icmp_reject.pcap",
    ]
    assert sorted(os.listdir(tmp_path)) == ["handshake.pcap", "icmp_reject.pcap", "manifest.toml"]
    assert set(tomllib.loads((tmp_path / "manifest.toml").read_text())) == {"handshake", "icmp_reject"}
    assert processes_of(tmp_path) == []


@needs_lab
@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests record as an ordinary user already")
def test_an_ordinary_user_may_record() -> None:
    # A copy of the package, and not in tmp_path: that, and root's checkout, may be for their owner alone.
    with tempfile.TemporaryDirectory() as directory:
        shutil.copytree(ROOT / "lesson_engine", Path(directory) / "lesson_engine")
        shutil.copytree(ROOT / "sample_pcaps", Path(directory) / "sample_pcaps")
        os.chown(directory, NOBODY, NOBODY)
        words = ("closed_port", "--into", directory)
        with recorder(*words, program=(*AS_NOBODY, python_for_everyone()), checkout=Path(directory)) as process:
            _, complained = process.communicate()
        if process.returncode == 1 and "The lab cannot be made" in complained and os.environ.get("CI") != "true":
            pytest.skip(complained)
        assert (process.returncode, complained) == (0, "")
        assert (Path(directory) / "closed_port.pcap").stat().st_uid == NOBODY


@needs_lab
@pytest.mark.usefixtures("lab")
def test_a_capture_without_the_promised_packets_does_not_replace_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "ping.pcap"
    old.write_bytes(b"old")
    scenario = SCENARIOS["ping"]
    (vantage,) = scenario.vantages
    impossible = vantage._replace(expectations=(Expectation("tcp port 80", 1, None),))
    with pytest.raises(UnexpectedCaptureError, match=r"ping\.pcap is not as expected: 0 packets"):
        record(scenario._replace(vantages=(impossible,)), str(tmp_path), "en")
    assert old.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["ping.pcap"]


@needs_lab
@pytest.mark.usefixtures("lab")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_neither_files_nor_processes(tmp_path: Path, how: signal.Signals) -> None:
    with recorder("ping", "--into", str(tmp_path)) as process:
        deadline = time.monotonic() + 20
        while not list(tmp_path.glob(".recording-*/ping.pcap")):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(how)
        _, complained = process.communicate()
    assert process.returncode == 130
    assert complained == "Interrupted. Nothing of the lab remains.\n"
    assert os.listdir(tmp_path) == []
    assert processes_of(tmp_path) == []


def test_names_are_of_captures_or_scenarios_and_each_is_played_once() -> None:
    assert [scenario.name for scenario in chosen(["any", "mix", "handshake"])] == ["handshake", "mix"]
    assert len(chosen([])) == len(SCENARIOS)


def test_an_unknown_name_is_told_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["handshakes", "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("There is no capture handshakes. Choose from: abort_rst, any,")


def test_a_directory_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lesson_engine.lab.record.require_namespaces", lambda: None)
        patch.setattr("lesson_engine.lab.record.require_programs", lambda programs: None)
        assert main(["ping", "--into", str(tmp_path / "nowhere"), "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith(f"Cannot record into {tmp_path}/nowhere: No such file or directory\n")
