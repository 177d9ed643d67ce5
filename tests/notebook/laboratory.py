"""A real JupyterLab: what the browser's tests, the gallery and the benchmark have in common.

Everything that Jupyter keeps is in a directory of its own, and nothing of this machine's settings is read.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromium import PATIENCE

TOKEN = "lesson"
EXHIBITS = ".tutor"
"""Where exhibits are in a page."""


class Laboratory:
    """A running JupyterLab whose files lie in `root`; `workspace` is the learner's."""

    def __init__(self, address: str, root: Path, workspace: Path) -> None:
        self.address = address
        self.root = root
        self.workspace = workspace

    def url(self, notebook: str) -> str:
        """The page of a notebook, in a JupyterLab workspace of its own."""
        name = notebook.replace("/", "-").removesuffix(".ipynb")
        return f"{self.address}/lab/workspaces/{name}/tree/{notebook}?token={TOKEN}&reset"

    def add(self, name: str, *cells: str) -> str:
        """Writes a notebook with these code cells, and returns its name."""
        sources = [
            {"cell_type": "code", "id": f"cell-{place}", "metadata": {}, "outputs": [], "execution_count": None,
             "source": source}
            for place, source in enumerate(cells)
        ]  # fmt: skip
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        document = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": sources}
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), encoding="utf-8")
        return name


@contextmanager
def laboratory(directory: Path, **environment: str) -> Iterator[Laboratory]:
    """A JupyterLab that keeps everything below `directory`."""
    root, workspace = directory / "root", directory / "workspace"
    root.mkdir(parents=True)
    settings = directory / "settings"
    notification = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    notification.parent.mkdir(parents=True)
    notification.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    own = {
        "JUPYTER_CONFIG_DIR": directory / "config",
        "JUPYTER_DATA_DIR": directory / "data",
        "JUPYTER_RUNTIME_DIR": directory / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": settings,
        "JUPYTERLAB_WORKSPACES_DIR": directory / "workspaces",
        "IPYTHONDIR": directory / "ipython",
        "TUTOR_WORKSPACE": workspace,
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (directory / "jupyter.log").open("wb")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}",
            f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        env={**os.environ, **{name: str(value) for name, value in own.items()}, **environment},
        stdout=log,
        stderr=log,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address, server, directory / "jupyter.log")
        yield Laboratory(address, root, workspace)
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _await(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')}")


def open_notebook(page: Any, lab: Laboratory, notebook: str, *, theme: str = "JupyterLab Light") -> None:
    """Opens a notebook, with its kernel connected, and nothing run yet."""
    page.goto(lab.url(notebook))
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.restored")
    page.evaluate("() => window.jupyterapp.restored")
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'"
    )


def run_all(page: Any) -> None:
    """Runs all cells, and waits until they have run."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")


def show_widget(page: Any, kind: str, place: int = 0) -> Any:
    """The live exhibit of that kind, scrolled to, once its kernel has answered."""
    # JupyterLab draws only the cells that are near; the page is walked through until this one is there.
    found = page.locator(f".tutor-live.tutor-{kind}").nth(place)
    found.wait_for(state="attached")
    found.scroll_into_view_if_needed()
    found.locator(".t-body > *").first.wait_for(state="attached")
    return found


def is_jupyterlabs(stack: str) -> bool:
    """Whether an error was thrown in JupyterLab's bundles, with nothing of ours on the stack: our module is a blob. Its
    list of cells sometimes takes a node away twice while it is scrolled."""
    return "removeChild" in stack and "/static/lab/" in stack and "blob:" not in stack
