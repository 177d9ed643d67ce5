"""The magics of the lessons: each does what its command does, completes what it takes, and never shows a traceback."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("IPython", reason="the magics need Jupyter, the extra `notebook`")

from lesson_engine.bundled import capture_path
from lesson_engine.course.learner import Learner
from lesson_engine.course.tshark import TsharkError, arguments, would_show
from lesson_engine.course.workspace import Workspace
from lesson_engine.notebook import language as told
from lesson_engine.notebook.explained import explained


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    monkeypatch.setattr(told, "_told", [])
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "work"))
    monkeypatch.setenv("TUTOR_LANG", "en")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.chdir(tmp_path)
    running = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    running.run_line_magic("load_ext", "lesson_engine.notebook")
    yield running
    InteractiveShell.clear_instance()


def test_tcpdump_over_several_lines_is_the_command_in_one(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_line_magic("tcpdump", "-nn -i eth0 -c 3 port 80 or port 443")
    one = capsys.readouterr().out
    shell.run_cell_magic("tcpdump", "-nn -i eth0", "-c 3\nport 80 or\n  port 443\n")
    assert capsys.readouterr().out == one
    assert "3 packets captured" in one


def test_check_grades_the_answer_file_as_the_command_does(
    shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell.run_line_magic("check", "exercise3")
    assert "tutor start exercise3" in capsys.readouterr().err
    answers = tmp_path / "work" / "answers"
    answers.mkdir(parents=True)
    (answers / "exercise3.sh").write_text("tcpdump dst host 192.168.1.100\n", encoding="utf-8")
    shell.run_line_magic("check", "exercise3")
    assert "one-direction" in capsys.readouterr().out
    (answers / "exercise3.sh").write_text("tcpdump host 192.168.1.100\n", encoding="utf-8")
    shell.run_line_magic("check", "exercise3")
    assert "✓ passed" in capsys.readouterr().out
    with Learner(Workspace(str(tmp_path / "work")), {}) as learner:
        assert [attempt.passed for attempt in learner.progress.attempts()] == [False, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sudo tcpdump -nn -i eth0 port 80 or 443", ("-nn", ["tcp", "port", "80", "or", "443"][2], "inherited")),
        ("tcpdump -c ten", ("^^^", "-c takes a number")),
        ("tcpdump tcp.port == 80", ("tcp port 80",)),
        ("port 80 or 443", ("port 443", "inherited")),
        ("tcp prt 80", ("^^^", "tcp port 80")),
        ("14:30:01.123456 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 1, win 9, length 0", ("Flags [S]", "SYN")),
        ("", ("%explain",)),
    ],
)
def test_explain_takes_commands_filters_and_lines(text: str, said: tuple[str, ...]) -> None:
    still = explained(text, "en")
    assert [words for words in said if words not in still.text] == []
    assert "<script" not in still.html


@pytest.mark.needs("tshark")
def test_tshark_is_the_real_one(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_line_magic("tshark", "-i eth0 -Y 'tcp.flags.syn == 1' -T fields -e frame.number -e tcp.dstport -c 60")
    words = "tshark -n -T fields -e frame.number -e tcp.dstport -c 60 -Y tcp.flags.syn==1 -r"
    real = subprocess.run([*words.split(), capture_path("mix")], capture_output=True, text=True, check=True).stdout
    # A tab is shown as a blank.
    assert capsys.readouterr().out.split() == real.split() != []
    shell.run_line_magic("tshark", "-r handshake -Y nonsense.field")
    assert "nonsense.field" in capsys.readouterr().err


def test_without_tshark_it_says_what_that_would_show(
    shell: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    shell.run_line_magic("tshark", "-r handshake -Y 'tcp.port == 80' -T fields -e ip.src")
    shown = capsys.readouterr().out
    for words in ("not installed", "handshake.pcap", "tcp.port == 80", "ip.src", "apt install tshark"):
        assert words in shown
    shell.run_line_magic("tshark", "-r handshake.pcap")
    assert "Flags [S.]" in capsys.readouterr().out
    assert "入っていない" in would_show(arguments("-r mix"), "ja")[0]


@pytest.mark.parametrize("text", ["-i wlan0", "-r 'unclosed"])
def test_tshark_never_captures(text: str, shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TsharkError):
        arguments(text)
    shell.run_line_magic("tshark", text)
    assert "-r FILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("%check exercise1", {"exercise1", "exercise15"}),
        ("%%check exercise2", {"exercise2", "exercise20"}),
        ("%tcpdump -i e", {"eth0"}),
        ("%tcpdump -r han", {"handshake"}),
        ("%tcpdump -", {"-i", "-n", "-r", "-w"}),
        ("%tcpdump -i eth0 por", {"port", "portrange"}),
        ("%tshark -r my", {"mysql"}),
        ("%explain not hos", {"host"}),
    ],
)
def test_the_magics_complete_what_they_take(line: str, wanted: set[str], shell: Any) -> None:
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        found = {each.text for each in shell.Completer.completions(line, len(line))}
    assert wanted <= found
