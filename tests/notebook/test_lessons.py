"""The lessons in both languages keep in step, and their magics do what the command does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("IPython", reason="the lessons need Jupyter, the extra `notebook`")

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def cells(path: Path) -> list[dict[str, Any]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["nbformat"] == 4
    found: list[dict[str, Any]] = document["cells"]
    return found


def test_both_languages_have_the_same_lessons() -> None:
    names = {
        language: sorted(path.name for path in (NOTEBOOKS / language).glob("*.ipynb")) for language in ("ja", "en")
    }
    assert names["ja"] == names["en"] != []


@pytest.mark.parametrize("name", sorted(path.name for path in (NOTEBOOKS / "ja").glob("*.ipynb")))
def test_their_cells_are_in_step(name: str) -> None:
    japanese, english = cells(NOTEBOOKS / "ja" / name), cells(NOTEBOOKS / "en" / name)
    assert [(cell["cell_type"], cell["id"]) for cell in japanese] == [
        (cell["cell_type"], cell["id"]) for cell in english
    ]
    for cell in (*japanese, *english):
        assert not cell.get("outputs"), "notebooks are kept without outputs"


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


def test_the_magic_captures_live(
    shell: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lesson_engine.notebook import load_ipython_extension, start
    from lesson_engine.sources import live

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
    assert shown.err == ""
