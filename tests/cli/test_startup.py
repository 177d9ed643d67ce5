"""Start-up stays cheap: which modules each way in may import, seen from a fresh process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "IPython", "asyncio", "click", "dataclasses", "inspect", "ipywidgets", "logging", "matplotlib", "numpy", "rich",
    "scapy", "subprocess", "tempfile", "unittest",
}  # fmt: skip
PROBE = (
    "import sys\nfrom lesson_engine.cli import main\nstatus = main(sys.argv[1:])\nprint('\\0', status, *sys.modules)"
)


def imported(workspace: Path, *words: str) -> tuple[int, set[str]]:
    environment = {**os.environ, "TUTOR_WORKSPACE": str(workspace), "TUTOR_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, env=environment, check=True, input=""
    )
    status, *modules = done.stdout.rpartition("\0")[2].split()
    return int(status), {*modules}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("check", "exercise3", "--answer", "tcpdump src host 192.168.1.100"), 1),
        (("check", "exercise3", "--answer", "tcpdump host 192.168.1.100"), 0),
        (("check", "exercise1", "--answer", "which tcpdump; tcpdump -D; sudo tcpdump -i eth0"), 0),
        (("check", "exercise15", "--answer", "syn = 1"), 1),
        (("check", "exercise8", "--answer", "seq = 1"), 1),
        (("check", "exercise9", "--answer", "first = [1]"), 1),
        (("check", "exercise21", "--answer", "a = 'open'"), 1),
        (("start", "exercise17"), 0),
        ((), 0),
        (("list",), 0),
        (("lesson",), 0),
        (("jupyter", "--copy"), 0),
        (("start", "exercise3"), 0),
        (("progress",), 0),
        (("check", "--all"), 1),
        (("tcpdump", "-i", "eth0", "-c", "3", "port", "80"), 0),
        (("tcpdump", "-D"), 0),
        (("practice", "--seed", "1"), 0),
        (("quiz", "--seed", "1"), 1),
        (("diagnose", "no_answer"), 1),
        (("ladder", "handshake"), 0),
        (("timeline", "handshake"), 0),
    ],
)
def test_nothing_heavy_is_imported(tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    found, modules = imported(tmp_path, *words)
    assert found == status
    assert modules & HEAVY == set()


def test_only_what_may_use_the_lab_looks_for_it(tmp_path: Path) -> None:
    def rooms(*words: str) -> set[str]:
        return {module for module in imported(tmp_path, *words)[1] if module in ("socket", "lesson_engine.lab")}

    assert rooms("check", "exercise3", "--answer", "tcpdump host 192.168.1.100") == set()
    assert rooms("check", "exercise15", "--answer", "syn = 1") == set()
    assert rooms("list") == set()
    assert rooms("check", "exercise1", "--answer", "tcpdump -D") == {"socket", "lesson_engine.lab"}


def test_a_seed_costs_nothing_heavy(tmp_path: Path) -> None:
    assert imported(tmp_path, "start", "--seed", "7", "exercise3")[1] & HEAVY == set()
    status, modules = imported(tmp_path, "check", "exercise3", "--answer", "tcpdump host 192.168.7.154")
    assert (status, modules & HEAVY) == (0, set())
    assert "lesson_engine.course.seeding" in modules
    assert "lesson_engine.course.transfer" not in modules


def test_the_probe_sees_what_is_imported(tmp_path: Path) -> None:
    assert "lesson_engine.course.grading" in imported(tmp_path, "check", "exercise3", "--answer", "host 1.2.3.4")[1]
