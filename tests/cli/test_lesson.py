"""`tutor lesson` through a pipe, with every cell run, and at a terminal; it needs no Jupyter."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lesson_engine.cli import main
from lesson_engine.cli.lesson_cells import Answer, Commands, Python, read_cell, run_python, shown
from lesson_engine.course.lessons import lessons
from lesson_engine.course.progress import Progress
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Language
from lesson_engine.messages.cells import cell_width

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")

WITHOUT_JUPYTER = """\
import sys
for module in ("IPython", "anywidget", "ipywidgets", "lesson_engine.notebook"):
    sys.modules[module] = None
from lesson_engine.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("TUTOR_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return Workspace(str(tmp_path / "workspace"))


def tutor(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("number", range(1, 8))
def test_a_pipe_gets_the_whole_lesson(
    capsys: pytest.CaptureFixture[str], number: int, language: Language, tmp_path: Path
) -> None:
    status, out, err = tutor(capsys, "lesson", str(number), "--lang", language)
    assert (status, err) == (0, "")
    lesson = lessons(language)[number - 1]
    # Without the marks of Markdown and the line breaks, every letter of the text is there, and in its order.
    written = letters(out)
    at = 0
    for section in lesson.sections():
        for cell in section:
            if cell.kind == "markdown":
                for paragraph in re.sub(r"\]\([^)]*\)|^```\w*$", "", cell.source, flags=re.MULTILINE).split("\n"):
                    found = written.find(letters(paragraph), at)
                    assert found >= 0 or paragraph.startswith("|"), paragraph
                    at = max(at, found)
    assert "\x1b" not in out
    # Nothing has been run, and nothing made.
    assert [*tmp_path.iterdir()] == []


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("number", range(1, 8))
def test_every_cell_can_be_run_without_jupyter(number: int, language: Language) -> None:
    words = ["lesson", str(number), "--run", "--lang", language]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_JUPYTER, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in done.stderr
    assert not re.search(r"^tutor: ", done.stderr, re.MULTILINE)
    assert len(done.stdout.splitlines()) > 60


@pytest.mark.parametrize("language", ["ja", "en"])
def test_prose_fits_the_width(capsys: pytest.CaptureFixture[str], language: Language) -> None:
    for number in range(1, 8):
        text = tutor(capsys, "lesson", str(number), "--lang", language)[1]
        wide = [line for line in text.splitlines() if cell_width(line) > 80 and not line.startswith((" ", "["))]
        assert wide == []


def test_the_list_says_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "lesson")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[:7]] == [str(number) for number in range(1, 8)]
    assert "tutor lesson 1" in out.splitlines()[-1]
    for exercise, command in (
        ("exercise1", "which tcpdump\ntcpdump -D\nsudo tcpdump -i eth0"),
        ("exercise2", "sudo tcpdump -nn -i eth0 -c 10"),
    ):
        assert main(["check", exercise, "--answer", command]) == 0
    out = tutor(capsys, "lesson")[1]
    assert "exercises 2 / 2" in out
    assert out.splitlines()[-1].endswith("tutor lesson 3")


@pytest.mark.parametrize("number", ["0", "8", "-1", "3.5", "three", "３", "99999999999"])
def test_a_lesson_that_is_not_there(capsys: pytest.CaptureFixture[str], number: str) -> None:
    status, out, err = tutor(capsys, "lesson", *(["--"] if number.startswith("-") else []), number)
    assert status in (1, 2)
    assert out == ""
    assert err.startswith("tutor: ")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("%tcpdump -nn 'tcp and (port 80)'", [("tcpdump", "-nn", "tcp and (port 80)")]),
        ("%explain sudo tcpdump -D", [("explain", "sudo tcpdump -D")]),
        ("%explain port 80 or 443", [("filter", "explain", "port 80 or 443")]),
        ("%explain 14:30:01.1 IP 10.0.0.1.5 > 10.0.0.2.80: Flags [S], seq 1",
         [("explain-line", "14:30:01.1 IP 10.0.0.1.5 > 10.0.0.2.80: Flags [S], seq 1")]),
        ('from lesson_engine.notebook import packet_view\n\npacket_view("mix", number=3)', [("packet", "mix", "3")]),
        ('from lesson_engine.notebook import exercise_card\n\nexercise_card("exercise9")', [("start", "exercise9")]),
    ],
)  # fmt: skip
def test_what_is_a_command(source: str, words: list[tuple[str, ...]]) -> None:
    assert read_cell(source) == Commands(tuple(words))


def test_what_is_none() -> None:
    assert read_cell('from lesson_engine.notebook import start\n\nstart("ja")') is None
    assert read_cell("%%check exercise3\na\nb") == Answer("exercise3", "a\nb")
    # A call of something else under the same name is Python.
    assert isinstance(read_cell('from elsewhere import ladder\n\nladder("mix")'), Python)
    assert shown(Commands((("tshark", "-r", "x"), ("tcpdump", "a b")))) == ["tshark -r x", "tutor tcpdump 'a b'"]


def test_python_shows_what_its_last_line_is_worth(capsys: pytest.CaptureFixture[str]) -> None:
    namespace: dict[str, object] = {}
    run_python("x = 2\nx + 1", namespace)
    run_python("print(x)\nNone", namespace)
    assert capsys.readouterr().out == "3\n2\n"


class Terminal:
    """A pseudo-terminal in which `tutor` runs."""

    def __init__(self, *words: str, columns: int = 80) -> None:
        self.master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lesson_engine.cli", *words], stdin=slave, stdout=slave, stderr=slave,
            env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._shown = ""

    def until(self, text: str) -> str:
        """What is shown up to `text`, without escape sequences."""
        end = time.monotonic() + 60
        while text not in (plain := ESCAPES.sub("", self._shown)):
            assert time.monotonic() < end, plain
            if select.select([self.master], [], [], 1)[0]:
                try:
                    self._shown += os.read(self.master, 65536).decode("utf-8", "replace")
                except OSError:
                    raise AssertionError(plain) from None
        before, _, self._shown = plain.partition(text)
        return before

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def status(self) -> int:
        try:
            return self.process.wait(60)
        finally:
            os.close(self.master)


def test_at_a_terminal_it_stops_after_each_section_and_runs_what_is_asked_for() -> None:
    terminal = Terminal("lesson", "2")
    first = terminal.until("q: leave")
    assert "2. The tools" in first
    assert "Is it installed?" not in first
    terminal.type("\n")
    terminal.until("q: leave")
    terminal.type("\n")
    assert "[1] tutor tcpdump" in terminal.until("Enter: go on   1-3: run it")
    terminal.type("1\n")
    assert "Flags [S.]" in terminal.until("Enter: go on")
    terminal.type("99\n")
    terminal.until("Enter: go on")
    terminal.type("q\n")
    terminal.until("tutor lesson 2")
    assert terminal.status() == 0


def test_at_a_terminal_an_exercise_is_answered_and_remembered(workspace: Workspace) -> None:
    terminal = Terminal("lesson", "2")
    for _ in range(3):
        terminal.until("q: leave")
        terminal.type("\n")
    terminal.until("4-5: run it")
    terminal.type("5\n")
    terminal.until("empty line")
    terminal.type("which tcpdump\ntcpdump -D\nsudo tcpdump -i eth0\n\n")
    terminal.until("✓ passed")
    terminal.until("q: leave")
    terminal.until("> ")
    terminal.type("\x04")
    assert terminal.status() == 0
    progress = Progress(workspace)
    assert progress.passed() == {"exercise1"}
    progress.close()
