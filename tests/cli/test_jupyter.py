"""`tutor jupyter`: a real JupyterLab on the learner's copies, with settings and a kernel of the course alone."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lesson_engine.cli import jupyter, main


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("TUTOR_LANG", "en")
    return tmp_path / "workspace"


def test_copies_alone(capsys: pytest.CaptureFixture[str], workspace: Path) -> None:
    assert main(["jupyter", "--copy", "--lang", "ja"]) == 0
    assert "notebooks/ja" in capsys.readouterr().out
    assert len([*(workspace / "notebooks" / "ja").iterdir()]) == 7
    assert [path.name for path in workspace.iterdir()] == ["notebooks"]


def test_a_new_version_is_told_of(
    capsys: pytest.CaptureFixture[str], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["jupyter", "--copy"]) == 0
    copy = workspace / "notebooks" / "en" / "02-tools.ipynb"
    document = json.loads(copy.read_text(encoding="utf-8"))
    document["metadata"]["tutor"]["version"] = "an older one"
    copy.write_text(json.dumps(document), encoding="utf-8")
    capsys.readouterr()
    assert main(["jupyter", "--copy"]) == 0
    told = capsys.readouterr().out
    assert "02-tools-2.ipynb is a newer version of" in " ".join(told.split())
    assert main(["jupyter", "--copy"]) == 0
    assert "newer" not in capsys.readouterr().out


@pytest.mark.parametrize(("number", "status"), [("0", 1), ("8", 1), ("x", 2), ("１", 2)])
def test_a_lesson_that_is_not_there(capsys: pytest.CaptureFixture[str], number: str, status: int) -> None:
    assert main(["jupyter", number]) == status
    assert capsys.readouterr().err.startswith("tutor: ")


def test_without_jupyterlab_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jupyter, "find_spec", lambda name: None)
    assert main(["jupyter", "3"]) == 1
    told = capsys.readouterr().err
    assert f"{sys.executable} -m pip install 'packet-capture-tutor[notebook]'" in told
    assert "tutor lesson 3" in told


@pytest.fixture
def server(tmp_path: Path) -> Iterator[re.Match[str]]:
    """The address of a JupyterLab that `tutor jupyter 2` has started: without its path, path and token."""
    pytest.importorskip("jupyterlab", reason="needs JupyterLab, the extra `notebook`")
    environment = {**os.environ, "BROWSER": "true", "HOME": str(tmp_path), "TUTOR_LANG": "ja"}
    process = subprocess.Popen(
        [sys.executable, "-m", "lesson_engine.cli", "jupyter", "2"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if found := re.search(r"(http://localhost:\d+)(/\S*)\?token=(\w+)", line):
                break
        assert found, "".join(lines)
        yield found
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


def test_it_starts_on_the_lesson_with_a_kernel_that_knows_the_magics(
    server: re.Match[str], workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, path, token = server.groups()
    assert path == "/lab/tree/02-tools.ipynb"
    assert {each["name"] for each in ask(f"{address}/api/contents?token={token}")["content"]} == {
        path.name for path in (workspace / "notebooks" / "ja").iterdir()
    }
    assert (
        ask(f"{address}/api/kernelspecs?token={token}")["kernelspecs"]["python3"]["spec"]["argv"][0] == sys.executable
    )
    fonts = ask(f"{address}/lab/api/settings/@jupyterlab/apputils-extension:themes?token={token}")["raw"]
    assert jupyter.CODE_FONTS in json.loads(fonts)["overrides"]["code-font-family"]
    # Nothing of the learner's own Jupyter is touched.
    assert not (tmp_path / ".jupyter").exists()

    from jupyter_client.manager import start_new_kernel

    monkeypatch.setenv("JUPYTER_PATH", str(workspace / "jupyter" / "share"))
    manager, client = start_new_kernel()
    try:
        shown: list[str] = []
        reply = client.execute_interactive(
            "%tcpdump -nn -r handshake -c 1",
            output_hook=lambda message: shown.append(message["content"].get("text", "")),
            timeout=60,
        )
        assert reply["content"]["status"] == "ok"
        assert "Flags [S]" in "".join(shown)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ask(url: str) -> Any:
    """What the server answers, once it listens: it prints its address a little earlier."""
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url) as reply:
                return json.load(reply)
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError) or time.monotonic() > end:
                raise
            time.sleep(0.1)
