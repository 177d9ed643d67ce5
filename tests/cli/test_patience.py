"""The sign of life: only on a terminal, only after a while, and gone afterwards."""

import io

import pytest

from lesson_engine.cli import patience
from lesson_engine.cli.patience import Patience


class Terminal(io.StringIO):
    """Tells when the line was written, so that no test has to guess a time."""

    def isatty(self) -> bool:
        return True


def test_quick_work_says_nothing() -> None:
    stream = Terminal()
    with Patience("Reading", stream):
        pass
    assert stream.getvalue() == ""


def test_long_work_shows_a_line_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "AFTER", 0.001)
    stream = Terminal()
    with Patience("Reading", stream):
        while "Reading" not in stream.getvalue():
            pass
    assert stream.getvalue().startswith("\r\x1b[KReading … ")
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "AFTER", 0.0)
    stream = io.StringIO()
    with Patience("Reading", stream):
        sum(range(100_000))
    assert stream.getvalue() == ""
