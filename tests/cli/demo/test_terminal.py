"""The presenter's screen at a real terminal: its keys, its sizes, and that it leaves the terminal as it was."""

import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("termios", reason="the full screen is for terminals of Unix")

import fcntl
import termios

from lesson_engine.bundled import capture_path
from lesson_engine.cli.demo.slide import slide
from lesson_engine.cli.demo.terminal import keys_in
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.course.demo.story import load_story, story_names
from lesson_engine.messages import LANGUAGES, Language
from lesson_engine.messages.cells import cell_width
from lesson_engine.packets import Capture
from lesson_engine.views.text import plain

ALTERNATE, ORDINARY = "\x1b[?1049h", "\x1b[?1049l"


class Terminal:
    """A pseudo-terminal with `tutor` in it, and what has been written to it since it was last asked."""

    def __init__(self, *words: str, before: str = "", **environment: str) -> None:
        self.here, there = os.openpty()
        self.resize(100, 30)
        self.settings = termios.tcgetattr(there)
        self.process = subprocess.Popen(
            ["setsid", "--ctty", sys.executable, "-c", f"{before}\nimport sys\nfrom lesson_engine.cli import main\n"
             "sys.exit(main(sys.argv[1:]))", *words],
            stdin=there, stdout=there, stderr=there,
            env={**os.environ, "TERM": "xterm", "TUTOR_LANG": "en"} | environment,
        )  # fmt: skip
        self.there = there
        self.said = ""

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.here, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self.here, keys.encode())

    def until(self, text: str) -> str:
        """What is written until `text` is there."""
        deadline = time.monotonic() + 20
        while text not in self.said:
            ready, _, _ = select.select([self.here], [], [], 0.2)
            if ready:
                self.said += os.read(self.here, 1 << 16).decode("utf-8", "replace")
            assert time.monotonic() < deadline, f"{text!r} is not in {self.said!r}"
        before, found, self.said = self.said.partition(text)
        return before + found

    def ended(self) -> int:
        """The exit status; the terminal must be as it was."""
        self.until(ORDINARY)
        status = self.process.wait(20)
        assert termios.tcgetattr(self.there) == self.settings
        return status


@pytest.fixture
def demo() -> Iterator[Any]:
    opened: list[Terminal] = []

    def start(*words: str, **more: str) -> Terminal:
        opened.append(Terminal("demo", *words, **more))
        return opened[-1]

    yield start
    for each in opened:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()
        os.close(each.here)
        os.close(each.there)


def test_keys_go_through_the_story_and_back(demo: Any) -> None:
    terminal = demo("closed_port")
    assert ALTERNATE in terminal.until("packet 0 of 2")
    terminal.press(" ")
    assert "Flags" not in terminal.until("What does it send first?")
    terminal.press("\x1b[C")
    terminal.until("▶ now #1")
    terminal.press("r")
    terminal.until("A SYN, as always.")
    terminal.press("\x1b[")
    terminal.press("6~r")
    terminal.until("A RST, after")
    terminal.press("b\x1b[D")
    assert "▶ now #2" not in terminal.until("Will there be an answer?").rpartition("\x1b[H")[2]
    terminal.press("?")
    terminal.until("PageUp")
    terminal.press("x?")
    terminal.press("+")
    terminal.until("speed 2×")
    terminal.press("p")
    terminal.until("▶ now #2")
    terminal.until("A RST, after")
    terminal.press("q")
    assert terminal.ended() == 0
    terminal.until("tutor ladder closed_port")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_the_terminal_as_it_was(demo: Any, number: int, status: int) -> None:
    terminal = demo("handshake")
    terminal.until("packet 0 of 10")
    terminal.process.send_signal(number)
    assert terminal.ended() == status


def test_ctrl_c_ends_it_with_the_terminal_as_it_was(demo: Any) -> None:
    terminal = demo("handshake")
    terminal.until("packet 0 of 10")
    terminal.press("\x03")
    assert terminal.ended() == 130


def test_a_fault_of_its_own_ends_it_with_the_terminal_as_it_was(demo: Any) -> None:
    terminal = demo(
        "handshake",
        before="from lesson_engine.course.demo.presentation import Presentation\ndel Presentation.do",
    )
    terminal.until("packet 0 of 10")
    terminal.press(" ")
    assert terminal.ended() == 1
    terminal.until("fault of tutor's own")


def test_while_it_is_suspended_the_terminal_is_as_it_was(demo: Any) -> None:
    terminal = demo("handshake")
    terminal.until("packet 0 of 10")
    # Its process group has no parent in this session that could bring it back: the kernel ignores SIGTSTP there.
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.until(ORDINARY)
    terminal.until(ALTERNATE)
    terminal.press(" ")
    terminal.until("which flag is set?")
    terminal.press("q")
    assert terminal.ended() == 0


def test_a_new_size_is_drawn_at_once(demo: Any) -> None:
    terminal = demo("handshake")
    narrow = terminal.until("q quit").rpartition("\x1b[H")[2]
    terminal.resize(140, 50)
    wide = terminal.until("q quit").rpartition("\x1b[H")[2]
    assert (narrow.count("\n"), wide.count("\n")) == (29, 49)
    terminal.press("q")
    assert terminal.ended() == 0


def test_a_dumb_terminal_gets_lines(demo: Any) -> None:
    terminal = demo("closed_port", TERM="dumb")
    terminal.until("Enter: go on")
    terminal.press("\n")
    terminal.until("What does it send first?")
    terminal.press("r\n")
    terminal.until("A SYN, as always.")
    terminal.press("q\n")
    assert terminal.process.wait(20) == 0
    assert "\x1b[?" not in terminal.said


def test_through_a_pipe_keys_are_lines() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lesson_engine.cli", "--lang", "en", "demo", "icmp_reject"],
        input="\nzz\nr\n\n\n\n\n\n\n\n\n",
        capture_output=True,
        text=True,
        check=True,
    )
    shown = done.stdout
    assert "#1   " in shown
    assert shown.index("Question  Who will answer?") < shown.index("#2   ") < shown.index("Not the web server:")
    assert shown.count("ICMP from 192.168.1.1") == 2
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"\x1b[5~\x1b[6~\x1bOC", ["back", "next", "next"]),
        (b"\x1b[1;5Cq", ["quit"]),
        (b"\x1b", []),
        (b"\x1b[", []),
        ("あ".encode() + b"r", ["reveal"]),
        (b"\x00\xff+-=", ["faster", "slower", "faster"]),
    ],
)
def test_keys_are_read_and_others_left_out(typed: bytes, keys: list[str]) -> None:
    assert [*keys_in(typed)] == keys


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", story_names())
def test_a_slide_is_never_bigger_than_the_screen_and_always_has_the_question(name: str, language: Language) -> None:
    story = load_story(name)
    shown = Presentation(Demo(story, [Capture.open(capture_path(each)) for each in story.captures]))
    for place, frame in enumerate(shown.demo.frames):
        shown.place = place
        for columns, rows in ((20, 6), (80, 24), (200, 40)):
            lines = slide(shown, language, columns, rows)
            assert len(lines) == rows
            assert max(cell_width(plain([each])) for each in lines) <= columns
            if columns >= 80:
                words = "".join(plain(lines).split())
                for text in (frame.question, frame.reveal if frame.kind == "reveal" else None):
                    assert text is None or "".join(text.text(language).split()) in words
                if frame.kind == "packet":
                    now = "いま#" if language == "ja" else "now#"
                    assert f"▶{now}{shown.demo.number(frame.part, frame.packets - 1)}" in words
