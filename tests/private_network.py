"""Python code run in a network of its own, as this user and, where that is root, as an ordinary one too."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lesson_engine.lab.namespaces import NamespacesRefusedError, require_namespaces

ROOT = Path(__file__).parents[1]
NOBODY = 65534
only_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give root back, and be someone else"
)
AS_NOBODY = ("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups")

USERS = [
    pytest.param("this user", id="this-user"),
    pytest.param(
        "nobody",
        id="ordinary-user",
        marks=pytest.mark.skipif(
            not hasattr(os, "geteuid") or os.geteuid() != 0, reason="the other tests run as an ordinary user already"
        ),
    ),
]


class User:
    """Someone who runs programs: a prefix for their command lines, their Python, and the checkout they may read."""

    def __init__(self, prefix: tuple[str, ...], python: str, checkout: Path) -> None:
        self.prefix = prefix
        self.python = python
        self.checkout = checkout
        self.environment = os.environ | {
            "PYTHONPATH": str(checkout),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TUTOR_LANG": "en",
        }

    def run(self, *command: str, timeout: float = 60, **options: object) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end, `timeout` seconds at most."""
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [*self.prefix, "env", *command],
            cwd=self.checkout,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            **options,
        )

    def run_in_namespaces(self, code: str, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Runs Python code in a network that has nothing but lo, in a pid namespace that dies with it."""
        enter = ["setpriv", "--pdeathsig", "KILL", "unshare"]
        if self.prefix or os.geteuid() != 0:
            enter += ["--user", "--map-current-user", "--keep-caps"]
        enter += ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
        up = "import subprocess; subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)\n"
        return self.run(*enter, self.python, "-c", up + code, *words, timeout=timeout)

    def root_by_sudo(self) -> "User":
        """Root, as sudo makes it of nobody; with this user's Python and checkout."""
        root = User((), self.python, self.checkout)
        root.environment = self.environment | {"SUDO_UID": str(NOBODY), "SUDO_GID": str(NOBODY), "SUDO_USER": "nobody"}
        return root


def python_for_everyone() -> str:
    """A Python that any user may run: this one, unless it lies in root's home; the lab needs no packages."""
    for python in (sys.executable, "/usr/bin/python3"):
        # Through env: setpriv itself still has root's capabilities when it starts a program.
        if subprocess.run([*AS_NOBODY, "env", python, "-c", "import tomllib"], capture_output=True).returncode == 0:
            return python
    pytest.fail("no Python 3.11 that an ordinary user may run: apt install python3")


def users(name: str) -> Iterator[User]:
    """The user of this name, for a fixture; skips where the system refuses namespaces, but not in CI."""
    if sys.platform != "linux":
        pytest.skip("namespaces are Linux's own")
    try:
        require_namespaces()
    except NamespacesRefusedError as refused:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(refused))
    if name != "nobody":
        yield User((), sys.executable, ROOT)
        return
    # A copy, and not in tmp_path: that, and root's checkout, may be for their owner alone.
    with tempfile.TemporaryDirectory() as directory:
        for each in ("lesson_engine", "sample_pcaps", "demos", "exercises"):
            shutil.copytree(ROOT / each, Path(directory) / each)
        os.chown(directory, NOBODY, NOBODY)
        yield User(AS_NOBODY, python_for_everyone(), Path(directory))
