"""Workspaces that cannot be written, or whose store is no store: a message, the verdict, and nothing lost."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

RIGHT = "tcpdump host 192.168.1.100"
WRONG = "tcpdump src host 192.168.1.100"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace where exercise3 is passed and exercise7 begun."""
    path = tmp_path / "workspace"
    assert tutor(path, "start", "exercise7").returncode == 0
    assert tutor(path, "check", "exercise3", "--answer", RIGHT).returncode == 0
    return path


def tutor(workspace: Path, *words: str, before: str = "", limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `tutor` as a process of its own; `before` is done first, in a mount namespace."""
    command = [sys.executable, "-m", "lesson_engine.cli", *words]
    if before:
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", f'{before} && exec "$@"', "sh", *command]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**os.environ, "TUTOR_WORKSPACE": str(workspace), "TUTOR_LANG": "en"},
        preexec_fn=limit and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))),
    )


def read_only(path: Path) -> str:
    return f"mount --bind {path} {path} && mount -o remount,ro,bind {path}"


def full(path: Path) -> str:
    """A small file system with a copy of the workspace and not a byte to spare."""
    return (
        f"cp -r {path} {path}.copy && mount -t tmpfs -o size=1m none {path} && cp -r {path}.copy/. {path}"
        f" && {{ dd if=/dev/zero of={path}/filler bs=4k count=1000 2>/dev/null || true; }}"
    )


@pytest.mark.parametrize("state", [read_only, full])
@pytest.mark.needs("unshare")
def test_a_verdict_is_shown_where_it_cannot_be_remembered(workspace: Path, state: object) -> None:
    assert callable(state)
    for answer, status, mark in ((RIGHT, 0, "✓ passed"), (WRONG, 1, "✗ not yet")):
        done = tutor(workspace, "check", "exercise3", "--answer", answer, before=state(workspace))
        assert (done.returncode, mark in done.stdout) == (status, True), done.stderr
        assert "progress.sqlite3 cannot be used" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("state", [read_only, full])
@pytest.mark.needs("unshare")
def test_what_was_passed_is_still_known(workspace: Path, state: object) -> None:
    assert callable(state)
    shown = tutor(workspace, "list", before=state(workspace))
    assert (shown.returncode, "✓ exercise3" in shown.stdout, shown.stderr) == (0, True, "")
    shown = tutor(workspace, "hint", "exercise7", before=state(workspace))
    assert (shown.returncode, "Hint 1 of" in shown.stdout) == (0, True)
    assert "cannot be used" in shown.stderr


@pytest.mark.parametrize(
    "words", [("start", "exercise3"), ("progress", "reset", "exercise3"), ("start", "--seed", "7")]
)
@pytest.mark.parametrize("state", [read_only, full])
@pytest.mark.needs("unshare")
def test_what_cannot_be_done_is_not_said_to_be_done(workspace: Path, state: object, words: tuple[str, ...]) -> None:
    assert callable(state)
    done = tutor(workspace, *words, before=state(workspace))
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be" in done.stderr
    assert "Traceback" not in done.stderr
    assert "✓ exercise3" in tutor(workspace, "list").stdout


@pytest.mark.needs("unshare")
def test_a_full_file_system_leaves_the_store_sound(workspace: Path) -> None:
    check = f'{sys.executable} -m lesson_engine.cli check exercise7 --answer "tcpdump tcp" >/dev/null 2>&1'
    # The same file system with room again: what was recorded before is there, and recording goes on.
    before = f"{full(workspace)} && {{ {check}; {check}; rm {workspace}/filler; }}"
    done = tutor(workspace, "check", "exercise7", "--answer", "tcpdump 'tcp and not port 22'", before=before)
    assert (done.returncode, done.stderr) == (0, "")
    assert "port”: 2 / " in done.stdout


def test_a_limit_on_file_sizes_is_told(workspace: Path) -> None:
    done = tutor(workspace, "check", "exercise3", "--answer", RIGHT, limit=1024)
    assert (done.returncode, "✓ passed" in done.stdout) == (0, True)
    assert "cannot be used" in done.stderr
    assert "✓ exercise3" in tutor(workspace, "list").stdout


@pytest.mark.parametrize("words", [("check", "exercise3", "--answer", RIGHT), ("list",), ("hint", "exercise3"), ()])
def test_a_damaged_store_is_told_of_once_and_kept(workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "progress.sqlite3").write_bytes(b"no store at all " * 1000)
    done = tutor(workspace, *words)
    assert done.returncode == 0
    (kept,) = workspace.glob("progress.sqlite3.damaged-*")
    assert kept.read_bytes() == b"no store at all " * 1000
    assert str(kept) in done.stderr
    again = tutor(workspace, *words)
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.needs("unshare")
def test_a_damaged_store_that_cannot_be_moved_is_no_pass(workspace: Path) -> None:
    (workspace / "progress.sqlite3").write_bytes(b"no store at all " * 1000)
    done = tutor(workspace, "check", "exercise3", "--answer", RIGHT, before=read_only(workspace))
    assert (done.returncode, done.stdout) == (1, "")
    assert "is damaged" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        *(("check", "exercise3", "--answer", RIGHT), ("check",), ("check", "--all"), ("list",), ("hint",), ("next",)),
        *(("progress",), ("progress", "export"), ("progress", "reset", "exercise3"), ("start", "--seed", "7"), ()),
        *(("solution", "exercise3"), ("watch",), ("tcpdump", "-i", "eth0")),
    ],
)
def test_a_newer_store_is_refused_and_left_alone(workspace: Path, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(workspace / "progress.sqlite3")) as store:
        store.execute("PRAGMA user_version = 99")
        store.commit()
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (workspace / "progress.sqlite3").read_bytes()
    done = tutor(workspace, *words)
    assert done.returncode == 1
    assert "passed" not in done.stdout
    assert "was written by a newer tutor" in done.stderr
    assert (workspace / "progress.sqlite3").read_bytes() == before
    assert [path.name for path in workspace.glob("*damaged*")] == []
