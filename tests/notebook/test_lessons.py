"""The lessons in both languages keep in step, and their magics do what the command does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.lessons import Lesson, lessons
from lesson_engine.course.progress import Progress
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Language

pytest.importorskip("IPython", reason="the lessons need Jupyter, the extra `notebook`")
from nbformat import validate

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = sorted(path.name for path in (NOTEBOOKS / "ja").glob("*.ipynb"))
LANGUAGES: tuple[Language, ...] = ("ja", "en")


def document(language: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((NOTEBOOKS / language / name).read_text(encoding="utf-8"))
    return found


def test_both_languages_have_the_same_lessons() -> None:
    assert len(NAMES) == 7
    assert sorted(path.name for path in (NOTEBOOKS / "en").glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_their_cells_are_in_step(name: str) -> None:
    """The same cells in the same order; code differs in what it prints and in the language it starts with."""
    japanese, english = (document(language, name) for language in LANGUAGES)
    assert [(cell["cell_type"], cell["id"], cell["metadata"]) for cell in japanese["cells"]] == [
        (cell["cell_type"], cell["id"], cell["metadata"]) for cell in english["cells"]
    ]
    for mine, other in zip(japanese["cells"], english["cells"], strict=True):
        if mine["cell_type"] == "code":
            assert without_words(mine["source"]) == without_words(other["source"]), mine["id"]
        else:
            assert [line.split(" ")[0] for line in mine["source"] if line.startswith("#")] == [
                line.split(" ")[0] for line in other["source"] if line.startswith("#")
            ], mine["id"]


def without_words(source: list[str]) -> str:
    text = "".join(line for line in source if not line.startswith("# "))
    return re.sub(r'f".*?"', 'f""', text).replace('start("en")', 'start("ja")')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_clean(name: str, language: Language) -> None:
    notebook = document(language, name)
    validate(notebook, relax_add_props=False)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len({*ids}) == len(ids)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
        tags = cell["metadata"].get("tags", [])
        # What only the tests need is folded away from learners.
        assert cell["metadata"].get("jupyter", {}).get("source_hidden", False) == ("assertion" in tags)
    assert notebook["metadata"]["tutor"]["language"] == language
    # Laid out as Jupyter saves it, so that a change is seen as what it is.
    shown = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    assert (NOTEBOOKS / language / name).read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_holds_its_exercises_and_says_how_long_it_takes(language: Language) -> None:
    asked: dict[int, set[str]] = {}
    for each in load_syllabus().exercises:
        asked.setdefault(load_exercise(each).lesson, set()).add(each)
    for lesson in lessons(language):
        code = "\n".join(cell.source for cell in lesson.cells if cell.kind == "code")
        assert {*re.findall(r"exercise\d+", code)} == asked.get(lesson.number, set())
        assert re.search(rf"(?<!\d){lesson.minutes}(?!\d)", lesson.cells[0].source.split("\n")[2])
        if language == "ja":
            # Some 400 characters a minute are a usual pace for technical Japanese.
            characters = sum(len("".join(cell.source.split())) for cell in lesson.cells if cell.kind == "markdown")
            assert abs(characters / 400 - lesson.minutes) <= 1


@pytest.mark.parametrize("lesson", lessons("ja"), ids=lambda lesson: str(lesson.number))
def test_there_is_something_to_do_in_every_part(lesson: Lesson) -> None:
    """Dialogue and summaries aside, a section without code is short of its exercise."""
    telling = {"title", "story", "definition", "tools", "traps", "outcomes", "summary", "next"}
    for section in lesson.sections():
        if section[0].id not in telling:
            assert any(cell.kind == "code" for cell in section), section[0].id


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    yield InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    InteractiveShell.clear_instance()


def test_the_magics(shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from lesson_engine.notebook import load_ipython_extension, start

    load_ipython_extension(shell)
    start("en")
    shell.run_line_magic("tcpdump", "-nn -t -i eth0 port 80 -c 1")
    shown = capsys.readouterr()
    assert shown.out.splitlines()[2].startswith("IP 192.168.1.50.")
    assert shown.out.splitlines()[3] == "1 packet captured"
    assert shown.err == ""
    shell.run_line_magic("tcpdump", "tcp.port == 80")
    assert "tcp port 80" in capsys.readouterr().out
    shell.run_line_magic("tcpdump", "-c none")
    assert "invalid packet count none" in capsys.readouterr().err
    shell.run_cell_magic("check", "exercise3", "tcpdump src host 192.168.1.100\n")
    assert "one-direction" in capsys.readouterr().out
    shell.run_cell_magic("check", "exercise99", "tcpdump\n")
    assert "exercise9" in capsys.readouterr().err
    assert (tmp_path / "progress.sqlite3").exists()


@pytest.mark.parametrize("lesson", lessons("en"), ids=lambda lesson: str(lesson.number))
def test_what_names_an_address_is_about_the_recorded_captures(lesson: Lesson) -> None:
    """A learner with a seed has other addresses on their interfaces and in `mix`, but not in `mix.pcap`; what exercises
    ask of them stands on their cards."""
    for cell in lesson.cells:
        if cell.kind == "code" and "assertion" not in cell.tags and re.search(r"\d+\.\d+\.\d+\.\d+", cell.source):
            assert cell.source.startswith("%explain") or ".pcap" in cell.source or "line_reader" in cell.source, cell.id
        if cell.source.startswith("%%check"):
            exercise = load_exercise(cell.source.split()[1])
            assert exercise.task == load_exercise(exercise.id, 7).task, exercise.id


def test_a_seed_changes_no_demonstration(shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from lesson_engine.notebook import filter_playground, load_ipython_extension

    progress = Progress(Workspace(str(tmp_path)))
    progress.set_seed(7)
    progress.close()
    load_ipython_extension(shell)
    shell.run_line_magic("tcpdump", "-nn -r mix.pcap -c 1 src host 192.168.1.100")
    assert "192.168.1.100" in capsys.readouterr().out
    recorded, varied = (filter_playground(name, "src host 192.168.1.100").still().text for name in ("mix.pcap", "mix"))
    assert "56" in recorded.split("\n")[1]
    assert "56" not in varied.split("\n")[1]


def run_cell(shell: Any, source: str) -> None:
    shown = shell.run_cell(source)
    assert shown.success, f"{source}: {shown.error_before_exec or shown.error_in_exec}"


@pytest.mark.parametrize("number", range(1, 8))
def test_cells_run_in_any_order_and_none_needs_another(
    shell: Any, number: int, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restart of the kernel any cell may be the first; `tutor jupyter` loads the extension into it."""
    from lesson_engine.notebook import load_ipython_extension

    monkeypatch.chdir(tmp_path)
    load_ipython_extension(shell)
    code = [cell for cell in lessons("en")[number - 1].cells if cell.kind == "code"]
    for cell in reversed(code):
        shell.reset(new_session=False)
        run_cell(shell, cell.source)
    assert "Traceback" not in capsys.readouterr().err


def test_a_pass_stays_whatever_becomes_of_its_cell(
    shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Cells hold no progress: duplicated, run again with what they began with, or deleted, they take nothing away and
    add nothing that was not earned."""
    from lesson_engine.notebook import load_ipython_extension

    load_ipython_extension(shell)
    cell = next(cell.source for cell in lessons("en")[2].cells if cell.id == "exercise5")

    def passed() -> set[str]:
        progress = Progress(Workspace(str(tmp_path)))
        try:
            return progress.passed()
        finally:
            progress.close()

    for _ in range(2):
        run_cell(shell, cell)
    assert passed() == set()
    for wrong in ("", "\n", " tcp port 80 or (443", " port 80 or 443"):
        run_cell(shell, cell.rstrip("\n") + wrong)
        assert passed() == set()
    run_cell(shell, cell.replace("exercise5", "exercise"))
    run_cell(shell, cell.replace("exercise5", "exercise5 exercise4"))
    assert passed() == set()
    run_cell(shell, cell.rstrip("\n") + " tcp port 80 or 443")
    assert passed() == {"exercise5"}
    run_cell(shell, cell)
    load_ipython_extension(shell)
    assert passed() == {"exercise5"}
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize("is_root", [False, True])
def test_the_magic_captures_live_and_says_that_it_needs_no_root(
    shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_root: bool
) -> None:
    from lesson_engine.notebook import load_ipython_extension, magics, start
    from lesson_engine.sources import live

    monkeypatch.setattr(magics, "is_root", lambda: is_root)

    load_ipython_extension(shell)
    start("en")
    helper = tmp_path / "tcpdump"
    record = r"\1\0\0\0\0\0\0\0\4\0\0\0\4\0\0\0abcd"
    header = r"\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\145\0\0\0"
    helper.write_text(f"#!/bin/sh\nprintf '{header}{record}'\necho 1 packet received by filter >&2\n")
    helper.chmod(0o700)
    monkeypatch.setattr(live, "_PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(live, "_HELPERS", ("tcpdump",))
    shell.run_line_magic("tcpdump", "--live -tt -i tun0 -c 1")
    shown = capsys.readouterr()
    assert "listening on tun0, link-type RAW (Raw IP), snapshot length 262144 bytes\n1.000000 " in shown.out
    assert "1 packet captured" in shown.out
    assert ("All of Python runs as root here, and only tcpdump needs to." in shown.out) == is_root
    assert shown.err == ""
