"""On macOS and on Windows everything is there but live capture's helper and the lab, which says so: no verb needs what
only Linux has, and each answers word for word as on Linux."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lesson_engine.cli.verbs import VERBS
from lesson_engine.messages import Message

NOT_ON_MACOS = {
    "modules": [],
    "os": ["memfd_create", "pidfd_open", "sched_getaffinity", "setns", "setresgid", "setresuid", "splice", "unshare"],
    "signal": [],
}
NOT_ON_WINDOWS = {
    "modules": ["fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"],
    "os": [
        *NOT_ON_MACOS["os"], "chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid",
        "getgrouplist", "getgroups", "getpgid", "getuid", "initgroups", "killpg", "lchown", "mkfifo", "mknod",
        "openpty", "pread", "setgid", "setgroups", "setsid", "setuid", "statvfs", "sysconf", "uname",
    ],
    "signal": ["SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGWINCH", "alarm", "pthread_sigmask"],
}  # fmt: skip

# With a seed at first: without one, each learner's network has addresses of its own.
COMMANDS = [
    ("start", "--seed", "7", "exercise3"),
    ("lesson",),
    ("lesson", "1"),
    ("lesson", "3", "--run"),
    ("jupyter", "--copy"),
    ("list",),
    ("next",),
    ("check", "exercise3", "--answer", "tcpdump src host 192.168.7.154"),
    ("check", "exercise3", "--answer", "tcpdump host 192.168.7.154"),
    ("check", "exercise15", "--answer", "syn = 1"),
    ("check", "--all"),
    ("watch", "exercise3"),
    ("hint", "exercise3"),
    ("practice", "--seed", "1"),
    ("quiz", "--seed", "1"),
    ("solution", "exercise3"),
    ("progress",),
    ("tcpdump", "-nn", "-r", "handshake.pcap"),
    ("tcpdump", "-i", "eth0", "-c", "3", "port", "80"),
    ("explain", "sudo tcpdump -i eth0 -nn port 80"),
    ("explain-line", "-r", "handshake.pcap", "-p", "1"),
    ("filter", "explain", "tcp port 80 and not host 1.2.3.4"),
    ("filter", "compare", "port 80", "tcp port 80"),
    ("filter", "wireshark", "port 80"),
    ("replay", "handshake", "--speed", "1000"),
    ("ladder", "lost_reply_client", "--and", "lost_reply_server"),
    ("timeline", "handshake"),
    ("packet", "handshake", "1"),
    ("diagnose", "no_answer"),
    ("demo",),
    ("demo", "handshake"),
    ("author", "preview", "exercise3"),
    ("completion", "bash"),
]
FOR_LINUX = [
    ("lab", "up"),
    ("lab", "status"),
    ("lab", "shell", "client"),
    ("lab", "down"),
    ("demo", "dns", "--live"),
    ("live", "-i", "lo"),
]

# Sleeping is what `watch` does until the next save: there it is interrupted.
RUN_EACH = """
import io, json, os, signal, sys, time
system, lacking, commands = json.loads(sys.argv[1])
for name in lacking["modules"]:
    sys.modules[name] = None
for module in (os, signal):
    for name in lacking[module.__name__]:
        if hasattr(module, name):
            delattr(module, name)
sys.platform = system
from lesson_engine.cli import main
from lesson_engine.sources import live
live._HELPERS = ()
sleep = time.sleep
def interrupted(seconds):
    raise KeyboardInterrupt
told = []
real = sys.stdout
for command in commands:
    time.sleep = interrupted if command[0] == "watch" else sleep
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    status = main(command)
    sys.stdout.flush(); sys.stderr.flush()
    told.append([status, sys.stdout.buffer.getvalue().decode(), sys.stderr.buffer.getvalue().decode()])
real.write(json.dumps(told))
"""


def told(
    workspace: Path, system: str, lacking: dict[str, list[str]], commands: list[tuple[str, ...]]
) -> list[tuple[int, str, str]]:
    """Exit status, output and errors of each command, where `lacking` is not there."""
    workspace.mkdir()
    environment = {**os.environ, "TUTOR_WORKSPACE": str(workspace), "TUTOR_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", RUN_EACH, json.dumps([system, lacking, commands])],
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return [
        (status, printed, said)
        for status, printed, said in json.loads(done.stdout.replace(str(workspace), "WORKSPACE"))
    ]


elsewhere = pytest.mark.parametrize(
    ("system", "lacking"),
    [pytest.param("darwin", NOT_ON_MACOS, id="macos"), pytest.param("win32", NOT_ON_WINDOWS, id="windows")],
)


def test_every_verb_is_tried() -> None:
    tried = {words[0] for words in [*COMMANDS, *FOR_LINUX]}
    assert tried == {verb.name for verb in VERBS}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str, str]]:
    nothing: dict[str, list[str]] = {"modules": [], "os": [], "signal": []}
    return told(tmp_path_factory.mktemp("here") / "work", sys.platform, nothing, COMMANDS)


@elsewhere
def test_lessons_replay_and_grading_are_whole(
    tmp_path: Path, here: list[tuple[int, str, str]], system: str, lacking: dict[str, list[str]]
) -> None:
    found = dict(zip(COMMANDS, told(tmp_path / "work", system, lacking, COMMANDS), strict=True))
    expected = dict(zip(COMMANDS, here, strict=True))
    # The layers of a packet are scapy's, which calls the system's own library and does not find this one there.
    del found["packet", "handshake", "1"], expected["packet", "handshake", "1"]
    assert found == expected


def test_here_each_verb_does_its_work(here: list[tuple[int, str, str]]) -> None:
    not_passed = {("check", "exercise15"), ("check", "--all"), ("quiz", "--seed"), ("diagnose", "no_answer")}
    for words, (status, printed, said) in zip(COMMANDS, here, strict=True):
        assert status == (words[:2] in not_passed or "src" in words[-1]), words
        assert printed, words
        assert "fault of tutor's own" not in said, words


@elsewhere
def test_what_needs_linux_or_a_helper_says_so(tmp_path: Path, system: str, lacking: dict[str, list[str]]) -> None:
    *lab, live = told(tmp_path / "work", system, lacking, FOR_LINUX)
    needs_linux = Message("lab.needs_linux").text("en")
    for status, printed, said in lab:
        assert (status, printed) == (1, "")
        assert needs_linux in said
    assert live[:2] == (1, "")
    assert "Install tcpdump, or Wireshark for its dumpcap." in live[2]


def test_tests_that_need_linux_skip_with_the_reason() -> None:
    # pytest and what it stands on would not start on a system that they know is not there.
    begin = "import sys, sysconfig, hypothesis, pytest\nsysconfig.get_config_vars()\nsys.platform = 'darwin'\n"
    tests = Path(__file__).parents[1]
    files = ["lab/test_keeper.py", "lab/test_through_sudo.py", "lab/test_record.py", "sources/test_live.py"]
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-c",
                begin + "sys.exit(pytest.main(sys.argv[1:]))",
                "-q",
                "-rs",
                "-p",
                "no:cacheprovider",
            ),
            *(str(tests / file) for file in [*files, "test_privilege.py"]),
        ],
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if key != "CI"} | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tests.parent,
    )
    assert done.returncode == 0, done.stdout
    reasons = [line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith("SKIPPED")]
    assert len(reasons) > 10
    known = ("namespaces", "only root", "as an ordinary user already", "which tools/test-packages.sh installs")
    assert [reason for reason in reasons if not any(each in reason for each in known)] == []
