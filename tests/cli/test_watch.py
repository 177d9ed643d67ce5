"""`tutor watch` in a process of its own, with files written as editors write them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lesson_engine.course.progress import Progress
from lesson_engine.course.workspace import Workspace

RIGHT3 = b"sudo tcpdump -nn -i eth0 host 192.168.1.100\n"
WRONG3 = b"sudo tcpdump -nn -i eth0 src host 192.168.1.100\n"
RIGHT7 = b"sudo tcpdump -nn -i eth0 'tcp and not port 22'\n"
WAITING = "Waiting for you to save"


class Watch:
    """A running `tutor watch`; reading blocks until what is waited for is said, and fails if it ends before."""

    def __init__(self, process: "subprocess.Popen[str]", answers: Path) -> None:
        self.process = process
        self.answers = answers

    def until(self, wanted: str) -> str:
        """What it says up to the line that has this."""
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if wanted in line:
                return said
        raise AssertionError(f"ended without {wanted}: {said}")

    def save(self, name: str, content: bytes) -> None:
        """Puts a new file in the old one's place, as most editors do."""
        fresh = self.answers / f".{name}.new"
        fresh.write_bytes(content)
        os.replace(fresh, self.answers / name)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with subprocess.Popen(
        [sys.executable, "-m", "lesson_engine.cli", "watch", "exercise3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "TUTOR_WORKSPACE": str(tmp_path), "TUTOR_LANG": "en"},
    ) as process:
        running = Watch(process, tmp_path / "answers")
        running.until(WAITING)
        yield running
        process.kill()


def test_each_save_is_checked_and_a_pass_goes_on(watch: Watch, tmp_path: Path) -> None:
    watch.save("exercise3.sh", WRONG3)
    assert "one-direction" in watch.until("Next: ")
    watch.save("exercise3.sh", RIGHT3)
    assert "✓ passed" in watch.until("Next: tutor start exercise7")
    assert "exercise7  All TCP but SSH" in watch.until(WAITING)
    (watch.answers / "exercise7.sh").write_bytes(RIGHT7)
    assert "✓ passed" in watch.until("Next: ")
    watch.until(WAITING)
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait() == 0
    assert watch.process.stdout is not None
    assert watch.process.stdout.read().strip() == ""
    progress = Progress(Workspace(str(tmp_path)))
    assert [(attempt.exercise, attempt.passed) for attempt in progress.attempts()] == [
        ("exercise3", False),
        ("exercise3", True),
        ("exercise7", True),
    ]
    progress.close()


def test_the_same_answer_saved_again_is_checked_again(watch: Watch) -> None:
    for _ in range(2):
        watch.save("exercise3.sh", WRONG3)
        assert "one-direction" in watch.until("Next: ")


def test_what_is_no_answer_is_told_and_the_watch_goes_on(watch: Watch) -> None:
    path = watch.answers / "exercise3.sh"
    for content, said in (
        (b"tcpdump \xff\n", "is not UTF-8"),
        (b"#" * 70000 + b"\n", "larger than 64 KiB"),
        (b"\n", "Nothing is written yet"),
        (b"tcpdump 'host\n", "✗ not yet"),
    ):
        path.write_bytes(content)
        watch.until(said)
    path.unlink()
    watch.until("There is no answer file yet")
    path.mkdir()
    watch.until("is not a regular file")
    path.rmdir()
    # Nobody ever writes into it: a watch that waited for that would hear no more.
    os.mkfifo(path)
    watch.save("exercise3.sh", RIGHT3)
    watch.until("✓ passed")


def test_an_answer_that_lies_there_already_is_checked_at_once(tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "exercise3.sh").write_bytes(WRONG3)
    environment = {**os.environ, "TUTOR_WORKSPACE": str(tmp_path), "TUTOR_LANG": "ja"}
    with subprocess.Popen(
        [sys.executable, "-m", "lesson_engine.cli", "watch", "exercise3"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        Watch(process, answers).until("one-direction")
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
