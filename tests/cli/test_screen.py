"""What leaves for the terminal: colour only where it is wanted, controls never, language by the environment."""

import io
import os

import pytest

from lesson_engine.cli.screen import Screen, language_of_environment
from lesson_engine.views.text import line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"TUTOR_LANG": "en", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "ja"),
        ({}, "ja"),
    ],
)
def test_language(environment: dict[str, str], language: str) -> None:
    assert language_of_environment(environment) == language


def test_colour_is_for_terminals_and_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    shown = []
    for stream in (io.StringIO(), Terminal()):
        Screen("en", stream, stream).show([line(("yes", "good"))])
        shown.append(stream.getvalue())
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    Screen("en", stream, stream).show([line(("yes", "good"))])
    assert [*shown, stream.getvalue()] == ["yes\n", "\x1b[32myes\x1b[0m\n", "yes\n"]


def test_text_from_outside_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    Screen("en", stream, stream).show([line(("\x1b]0;owned\x07 \u202eabc", "quote"))])
    assert stream.getvalue() == "\\x1b]0;owned\\x07 \\u202eabc\n"


@pytest.mark.parametrize(("columns", "width"), [(0, 80), (10, 40), (60, 60), (200, 80)])
def test_prose_fits_terminals_that_know_their_width_and_those_that_do_not(
    monkeypatch: pytest.MonkeyPatch, columns: int, width: int
) -> None:
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    with open(os.devnull, "w", encoding="utf-8") as stream:
        assert Screen("ja", stream, stream).width == width
