"""`tutor watch` in a process of its own, with files written as editors write them."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.progress import Progress
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.workspace import Workspace

RIGHT3 = b"sudo tcpdump -nn -i eth0 host 192.168.1.100\n"
WRONG3 = b"sudo tcpdump -nn -i eth0 src host 192.168.1.100\n"
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


@contextmanager
def watching(workspace: Path, language: str = "en") -> Iterator[Watch]:
    environment = {**os.environ, "TUTOR_WORKSPACE": str(workspace), "TUTOR_LANG": language}
    with subprocess.Popen(
        [sys.executable, "-m", "lesson_engine.cli", "watch", "exercise3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    ) as process:
        # What is never said would be waited for without end.
        at_last = threading.Timer(120, process.kill)
        at_last.start()
        try:
            yield Watch(process, workspace / "answers")
        finally:
            at_last.cancel()
            process.kill()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with watching(tmp_path) as running:
        running.until(WAITING)
        yield running


def test_each_save_is_checked_and_a_pass_goes_on(watch: Watch, tmp_path: Path) -> None:
    following = load_syllabus().next_after({"exercise3"}, "exercise3")
    assert following is not None
    watch.save("exercise3.sh", WRONG3)
    assert "one-direction" in watch.until("Next: ")
    watch.save("exercise3.sh", RIGHT3)
    assert "✓ passed" in watch.until(f"Next: tutor start {following}")
    assert f"{following}  " in watch.until(WAITING)
    # Written in place, as some editors do.
    exercise = load_exercise(following)
    (watch.answers / exercise.answer_file).write_text(exercise.solution + "\n")
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
        (following, True),
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
    with watching(tmp_path, "ja") as running:
        running.until("one-direction")
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait() == 0
