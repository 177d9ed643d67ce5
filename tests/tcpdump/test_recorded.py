"""The bundled captures through tcpdump's own eyes: every line of the course, on the network it was written for."""

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from course_lines import SHOWN

from lesson_engine import bundled
from lesson_engine.tcpdump.command import parse_line
from lesson_engine.tcpdump.interfaces import sent_by_recorder
from lesson_engine.tcpdump.recorded import recorded_network
from lesson_engine.tcpdump.session import run


def ours(line: str) -> tuple[int, bytes, str]:
    stdout, stderr = io.BytesIO(), io.StringIO()
    status = run(parse_line(line), sources=recorded_network(), stdout=stdout, stderr=stderr)
    return status, stdout.getvalue(), stderr.getvalue()


@cache
def offline() -> list[str]:
    """What takes the network from the real tcpdump, which would ask it for names; nothing where that is forbidden."""
    prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--net"]
    able = (
        shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    )
    return prefix if able else []


def real(arguments: list[str]) -> tuple[int, bytes, str]:
    prefix = [] if any(word.startswith("-n") for word in arguments) else offline()
    ran = subprocess.run([*prefix, "tcpdump", *arguments], capture_output=True, timeout=20, check=False)
    return ran.returncode, ran.stdout, ran.stderr.decode()


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("line", SHOWN)
def test_the_course_lines_print_what_tcpdump_prints(line: str) -> None:
    status, printed, said = ours(line)
    assert (status, printed) == real(["-r", bundled.interfaces()["eth0"], *line.split()[2:]])[:2]
    assert printed
    packets = sum(not row.startswith((b"\t", b" ")) for row in printed.splitlines())
    assert f"\n{packets} packets captured\n" in said


@pytest.mark.needs("tcpdump")
def test_the_course_saves_and_reads_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, printed, _ = ours("sudo tcpdump -w capture.pcap port 3306")
    assert (status, printed) == (0, b"")
    assert Path("capture.pcap").stat().st_size > 24
    assert ours("sudo tcpdump -r capture.pcap") == real(["-r", "capture.pcap"])


# Link type SLL2 names interfaces, and the real one asks the machine it runs on for the names.
FILES = [name for name in bundled.capture_names() if name != "any"]


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("options", ["", "-nn", "-nnq -tt", "-nne -v", "-nX tcp", "--count port 80", "-nn -S -c 5"])
@pytest.mark.parametrize("name", FILES)
def test_bundled_captures_print_what_tcpdump_prints(name: str, options: str) -> None:
    arguments = ["-r", bundled.capture_path(name), *options.split()]
    assert ours(" ".join(["tcpdump", *arguments])) == real(arguments)


@pytest.mark.parametrize("interface", ["eth0", "any"])
def test_directions_are_known(interface: str) -> None:
    virtual = recorded_network()[interface]
    capture = virtual.load()
    sent = sent_by_recorder(virtual, capture)
    assert sent is not None
    assert 0 < sum(map(sent, capture)) < len(capture)


@pytest.mark.needs("tcpdump")
def test_a_sample_capture_is_read_by_its_name_unless_there_is_a_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sample = real(["-nn", "-r", bundled.capture_path("mysql")])[:2]
    assert ours("tcpdump -nn -r mysql.pcap")[:2] == ours("tcpdump -nn -r mysql")[:2] == sample
    status, printed, said = ours("tcpdump -nn -r ./mysql.pcap")
    expected = real(["-nn", "-r", "./mysql.pcap"])
    assert (status, printed) == expected[:2]
    assert said.startswith(expected[2])
    ours("tcpdump -i eth0 -c 1 -w mysql.pcap")
    assert ours("tcpdump -nn -r mysql.pcap") == real(["-nn", "-r", "mysql.pcap"])
