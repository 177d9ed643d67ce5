"""`tutor practice` and `tutor quiz` as a learner uses them: at a terminal, through a pipe, left and gone on with."""

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from lesson_engine.cli import main
from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.quiz import quiz
from lesson_engine.course.drills.spacing import Deck
from lesson_engine.course.progress import Progress
from lesson_engine.course.workspace import Workspace


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("TUTOR_LANG", "en")
    return Workspace(str(tmp_path))


def tutor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    status = main(list(words))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def right_answers(seed: int, count: int) -> list[str]:
    """What `practice --seed SEED` asks of a learner without a history who gets everything right."""
    chance, deck = Random(seed), Deck(all_kinds())
    answers = []
    for _ in range(count):
        item = deck.next(chance, tuple(all_kinds()))
        answers.append(draw(*item, chance).accepted[0] or "none")
        deck.record(*item, right=True)
    return answers


@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_right_is_status_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], workspace: Workspace, language: str
) -> None:
    typed = "\n".join(right_answers(7, 14)) + "\n"
    status, out, err = tutor(monkeypatch, capsys, typed, "practice", "--seed", "7", "--count", "14", "--lang", language)
    assert (status, err) == (0, "")
    assert out.count("✓") == 14
    assert "✗" not in out
    assert "tutor quiz" in out.splitlines()[-1]
    assert [drill.right for drill in Progress(workspace).drill_history()] == [True] * 14


def test_a_miss_is_status_1_and_comes_again_in_the_next_session(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], workspace: Workspace
) -> None:
    status, out, _ = tutor(monkeypatch, capsys, "?\n?\n", "practice", "flags", "--seed", "1", "--count", "1")
    assert status == 1
    assert "Hint: " in out
    assert "0 of 1 were right" in out
    assert "Next: tutor practice flags" in out
    (missed,) = Progress(workspace).drill_history()
    status, out, _ = tutor(monkeypatch, capsys, "?\n?\nq\n", "practice", "--seed", "2")
    assert "(once more)" in out
    assert missed.topic == "flags"


@pytest.mark.parametrize("typed", ["", "q\n", "Ｑ\n", "quit\n", "zzz\nq\n"])
def test_leaving_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str) -> None:
    status, out, err = tutor(monkeypatch, capsys, typed, "practice", "handshake", "--seed", "1")
    assert (status, err) == (0, "")
    assert "were right" not in out
    assert out.splitlines()[-1].startswith("Next: ")


def test_an_answer_of_another_form_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], workspace: Workspace
) -> None:
    _, out, _ = tutor(monkeypatch, capsys, "\nno idea\n", "practice", "symptom", "--seed", "1")
    assert out.count("Answer with a number from 1 to 4") == 2
    assert Progress(workspace).drill_history() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("practice", "flag"), "flags"),
        (("practice", "--count", "0"), "--count"),
        (("practice", "--seed", "x"), "--seed"),
        (("practice", "--seed", "-1"), "--seed"),
        (("quiz", "--questions", "29"), "30 to 100"),
        (("quiz", "--questions", "１００"), "30 to 100"),
        (("quiz", "flags"), "one too many"),
    ],
)
def test_wrong_usage_is_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    status, out, err = tutor(monkeypatch, capsys, "", *words)
    assert (status, out) == (2, "")
    assert said in err


def test_practice_goes_on_where_nothing_can_be_remembered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    answers = right_answers(3, 3)
    typed = "\n".join(answers) + "\n"
    words = ("--workspace", str(tmp_path / "file"), "practice", "--seed", "3", "--count", "3")
    status, out, err = tutor(monkeypatch, capsys, typed, *words)
    assert (status, out.count("✓")) == (0, 3)
    assert err.count("tutor: ") == 1


def test_json_prints_questions_without_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = tutor(monkeypatch, capsys, "", "practice", "line", "--seed", "4", "--count", "5", "--json")
    printed = json.loads(out)["questions"]
    assert (status, len(printed)) == (0, 5)
    assert {question["topic"] for question in printed} == {"line"}
    status, out, _ = tutor(monkeypatch, capsys, "", "quiz", "--seed", "4", "--json", "--lang", "ja")
    assert json.loads(out)["questions"] == [question.as_json("ja") for question in quiz(4)]


def quiz_answers(seed: int) -> list[str]:
    return [question.accepted[0] or "none" for question in quiz(seed)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_quiz_with_every_answer_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], workspace: Workspace, language: str
) -> None:
    typed = "\n".join(quiz_answers(1)) + "\n"
    status, out, err = tutor(monkeypatch, capsys, typed, "quiz", "--seed", "1", "--lang", language)
    assert (status, err) == (0, "")
    assert "30 / 30" in out
    assert "100%" in out
    assert out.count("####################") == 4
    assert {result.topic: (result.right, result.questions) for result in Progress(workspace).quiz_history()} == {
        item: (share, share)
        for item in ("commands", "filters", "flags", "handshake")
        for share in [sum(question.checklist == item for question in quiz(1))]
    }


def test_a_quiz_that_is_not_passed_says_what_to_look_at_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = [question.topic for question in quiz(2)]
    answers = [
        "?" if topic in ("command", "matches") else answer
        for topic, answer in zip(topics, quiz_answers(2), strict=True)
    ]
    status, out, _ = tutor(monkeypatch, capsys, "\n".join(answers) + "\n", "quiz", "--seed", "2")
    assert status == 1
    assert "Not yet" in out
    assert "tutor practice matches" in out
    assert out.splitlines()[-1] == "Next: tutor practice command"
    assert re.search(r"tutor practice command +exercise1", out)


def test_a_quiz_is_left_and_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], workspace: Workspace
) -> None:
    answers = quiz_answers(5)
    status, out, _ = tutor(monkeypatch, capsys, "\n".join([*answers[:12], "q"]), "quiz", "--seed", "5")
    assert status == 1
    assert "12 of 30 are answered" in out
    assert out.splitlines()[-1] == "Next: tutor quiz --seed 5"
    assert Progress(workspace).quiz_history() == []
    # Without a seed it is the one that was left.
    status, out, _ = tutor(monkeypatch, capsys, "\n".join(answers[12:]) + "\n", "quiz")
    assert (status, "12 questions are answered already" in out, "13 / 30" in out) == (0, True, True)
    # And after it is finished, another one.
    first = json.loads(tutor(monkeypatch, capsys, "", "quiz", "--json")[1])
    assert first["seed"] == 6


def test_what_was_missed_in_a_quiz_comes_in_practice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["?", quiz_answers(8)[1], "q"]
    tutor(monkeypatch, capsys, "\n".join(answers), "quiz", "--seed", "8")
    _, out, _ = tutor(monkeypatch, capsys, "q\n", "practice")
    assert "(once more)" in out


@pytest.mark.parametrize(("language", "right", "next_"), [("ja", "正解です", "次: "), ("en", "Right.", "Next: ")])
def test_a_session_at_a_terminal(tmp_path: Path, language: str, right: str, next_: str) -> None:
    """Typed at a real terminal: answers are echoed, Ctrl-C leaves with a summary and no traceback."""
    controller, terminal = pty.openpty()
    environment = {**os.environ, "TUTOR_WORKSPACE": str(tmp_path), "TERM": "dumb"}
    command = [sys.executable, "-m", "lesson_engine.cli", "--lang", language, "practice", "--seed", "7"]
    process = subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
    )
    os.close(terminal)
    shown = ""

    def wait_for_prompt() -> None:
        nonlocal shown
        # At a line's beginning: packets have an arrow of their own.
        while not shown.endswith("\n> "):
            assert select.select([controller], [], [], 60)[0], shown
            shown += os.read(controller, 65536).decode(errors="replace")

    for answer in right_answers(7, 3):
        wait_for_prompt()
        shown += "\n"
        os.write(controller, answer.encode() + b"\n")
    wait_for_prompt()
    process.send_signal(signal.SIGINT)
    # Python's readline may miss a signal that comes just before it waits, until the next key.
    with suppress(OSError):  # the terminal goes with the process
        os.write(controller, b"\n")
    with suppress(OSError):
        while chunk := os.read(controller, 65536):
            shown += chunk.decode(errors="replace")
    os.close(controller)
    assert process.wait(timeout=60) == 0
    assert shown.count(right) == 3
    assert "Traceback" not in shown
    assert shown.rstrip().splitlines()[-1].startswith(next_)
