"""A demonstration from the lab: it tells what a recording of the same packets tells, and ends in order."""

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from private_network import USERS, User, users

from lesson_engine.bundled import capture_path
from lesson_engine.cli.arguments import parse
from lesson_engine.cli.demo import live, run
from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.course.demo.story import Story, load_story
from lesson_engine.lab import keeper
from lesson_engine.lab.namespaces import LabError, NamespacesRefusedError
from lesson_engine.messages import Message
from lesson_engine.packets import Capture

TO_THE_END = """
import sys, time
from lesson_engine.cli.demo.live import playing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.story import load_story
story = load_story(sys.argv[1])
with playing(story, Screen("en")) as showing:
    while showing.is_growing:
        before = showing.presentation.demo.frames
        if showing.grow():
            demo = showing.presentation.demo
            kept = before == demo.frames[:len(before)]
            assert kept, (before, demo.frames)
        time.sleep(0.02)
    again = Demo(story, demo.captures)
    assert showing.fault is None and demo.frames == again.frames
    for frame in demo.frames:
        print(frame.kind, frame.part, frame.packets, frame.reveal.text("en") if frame.reveal else "")
"""


@pytest.fixture(params=USERS, scope="module")
def user(request: pytest.FixtureRequest) -> Iterator[User]:
    for each in users(request.param):
        each.environment["TUTOR_LAB"] = f"demo-{os.getpid()}-{request.param}"
        yield each


pytestmark = pytest.mark.needs("unshare", "setpriv", "ip", "nft", "tcpdump", "nginx", "curl", "mariadb", "mariadbd")


def stands(user: User) -> bool:
    code = "from lesson_engine.lab import keeper; print(keeper.find() is not None)"
    return user.run(user.python, "-c", code).stdout.strip() == "True"


@pytest.mark.parametrize("name", ["handshake", "closed_port", "icmp_reject", "lost_reply", "dns"])
def test_a_story_is_told_of_packets_that_are_made_now(user: User, name: str) -> None:
    done = user.run(user.python, "-c", TO_THE_END, name)
    assert (done.returncode, done.stderr) == (0, "")
    story = load_story(name)
    told = [line for line in done.stdout.splitlines() if line.startswith("reveal")]
    assert len(told) == len(story.beats) + 1
    assert told[-1].endswith(story.closing.text("en"))
    assert "…" not in done.stdout
    assert not stands(user)


def test_a_lab_that_stands_is_taken_and_left_standing(user: User) -> None:
    assert user.run(user.python, "-m", "lesson_engine.cli", "lab", "up").returncode == 0
    try:
        assert user.run(user.python, "-c", TO_THE_END, "closed_port").returncode == 0
        assert stands(user)
        kept = user.run(user.python, "-m", "lesson_engine.cli", "lab", "shell", "client", "--", "ls", "/run/lab")
        assert "home" in kept.stdout
        assert "demo-" not in kept.stdout
    finally:
        user.run(user.python, "-m", "lesson_engine.cli", "lab", "down")


def test_into_a_file_the_command_writes_the_whole_story(user: User) -> None:
    here, there = os.openpty()
    try:
        done = user.run(user.python, "-m", "lesson_engine.cli", "demo", "closed_port", "--live", stdin=there)
    finally:
        os.close(here)
        os.close(there)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.index("#1   ") < done.stdout.index("A SYN, as always.") < done.stdout.index("#2   ")
    assert "Flags [R.]" in done.stdout
    assert not stands(user)


def test_a_kill_leaves_neither_a_lab_nor_a_file(user: User) -> None:
    here, there = os.openpty()
    with tempfile.TemporaryDirectory() as temporary:
        os.chmod(temporary, 0o777)
        child = subprocess.Popen(
            [*user.prefix, "env", user.python, "-m", "lesson_engine.cli", "demo", "lost_reply", "--live"],
            cwd=user.checkout,
            env=user.environment | {"TMPDIR": temporary},
            stdin=there,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert child.stdout is not None
            assert any(line.startswith("#1 ") for line in child.stdout)
        finally:
            child.kill()
            child.communicate()
            os.close(here)
            os.close(there)
        deadline = time.monotonic() + 10
        while stands(user) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not stands(user)
        assert os.listdir(temporary) == []


def test_a_lab_that_dies_in_the_middle_is_told_and_what_was_shown_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LAB", f"demo-{os.getpid()}-dying")
    with live.playing(load_story("lost_reply"), Screen("en")) as showing:
        while not any(frame.kind == "packet" for frame in showing.presentation.demo.frames):
            showing.grow()
            time.sleep(0.02)
        lab = keeper.find()
        assert lab is not None
        with lab:
            lab.kill()
        while showing.is_growing:
            showing.grow()
            time.sleep(0.02)
        assert str(showing.fault) == str(Message("lab.gone"))
        assert showing.presentation.is_broken_off
        assert any(frame.kind == "packet" for frame in showing.presentation.demo.frames)
        assert showing.wait(time.monotonic()) is None


def test_where_there_can_be_no_lab_the_recording_is_offered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise NamespacesRefusedError(Message("lab.refused_by_limit"))

    monkeypatch.setenv("TUTOR_LAB", f"demo-{os.getpid()}-refused")
    monkeypatch.setattr(live, "up", refused)
    assert run(parse(["demo", "handshake", "--live"]), Screen("en", sys.stdout, sys.stderr)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "max_user_namespaces" in said.err
    assert "tutor demo handshake" in said.err


def test_what_breaks_off_is_no_success(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    begun = Demo(
        load_story("closed_port"), [Capture.open(capture_path("closed_port")).select([1, 0])], is_complete=False
    )

    def grown() -> Demo | None:
        raise LabError(Message("lab.gone"))

    @contextmanager
    def playing(story: Story, screen: Screen) -> Iterator[Showing]:
        yield Showing(Presentation(begun), grown)

    monkeypatch.setattr(live, "playing", playing)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 9))
    assert run(parse(["demo", "closed_port", "--live"]), Screen("en", sys.stdout, sys.stderr)) == 1
    said = capsys.readouterr()
    assert "A SYN, as always." in said.out
    assert "The lab has gone." in said.err
